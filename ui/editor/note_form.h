// The properties of a note: its text.
#pragma once

#include <QWidget>

#include "core/base/text.h"
#include "core/project/edit.h"
#include "ui/model/snapshot.h"

class QLabel;
class QPlainTextEdit;

namespace hw::editor {

class NoteForm : public QWidget {
  Q_OBJECT

 public:
  explicit NoteForm(QWidget* parent = nullptr);
  void setValue(const model::SnapshotPtr& snapshot, project::NoteKey key, Language language);

 signals:
  void edited(const hw::project::Edit& edit);

 protected:
  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void enter();
  void retranslate();

  model::SnapshotPtr m_snapshot;
  project::NoteKey m_key;
  Language m_language = Language::English;
  QLabel* m_caption;
  QPlainTextEdit* m_text;
  QLabel* m_hint;
};

}  // namespace hw::editor
