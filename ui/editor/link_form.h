// The properties of a cable.
#pragma once

#include <QWidget>

#include "core/base/text.h"
#include "core/project/edit.h"
#include "ui/model/snapshot.h"

class QCheckBox;
class QLabel;

namespace hw::editor {

class Field;

class LinkForm : public QWidget {
  Q_OBJECT

 public:
  explicit LinkForm(QWidget* parent = nullptr);
  void setValue(const model::SnapshotPtr& snapshot, project::LinkKey key, Language language);

 signals:
  void edited(const hw::project::Edit& edit);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void connectFields();
  void retranslate();
  void replace(const project::LinkSpec& link) { emit edited(project::ReplaceLink{m_key, link}); }

  project::LinkKey m_key;
  project::LinkSpec m_spec;
  Language m_language = Language::English;
  QLabel* m_ends;
  QLabel* m_trouble;
  Field* m_latency;
  Field* m_rate;
  Field* m_loss;
  QCheckBox* m_cut;
};

}  // namespace hw::editor
