// The properties of a note: its text.
#pragma once

#include "ui/editor/form.h"

class QLabel;
class QPlainTextEdit;

namespace hw::editor {

class NoteForm : public Form {
  Q_OBJECT

 public:
  explicit NoteForm(QWidget* parent = nullptr);
  void setValue(const model::SnapshotPtr& snapshot, project::NoteKey key, Language language);

 protected:
  void retranslate() override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void enter();

  model::SnapshotPtr m_snapshot;
  project::NoteKey m_key;
  QLabel* m_caption;
  QPlainTextEdit* m_text;
  QLabel* m_hint;
};

}  // namespace hw::editor
