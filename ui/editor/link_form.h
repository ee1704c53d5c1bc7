// The properties of a cable.
#pragma once

#include "ui/editor/form.h"

class QCheckBox;
class QComboBox;
class QLabel;

namespace hw::editor {

class Field;

class LinkForm : public Form {
  Q_OBJECT

 public:
  explicit LinkForm(QWidget* parent = nullptr);
  void setValue(const model::SnapshotPtr& snapshot, project::LinkKey key, Language language);

 protected:
  void retranslate() override;

 private:
  void connectFields();
  void replace(const project::LinkSpec& link) { emit edited(project::ReplaceLink{m_key, link}); }

  project::LinkKey m_key;
  project::LinkSpec m_spec;
  QLabel* m_ends;
  QLabel* m_trouble;
  Field* m_latency;
  Field* m_rate;
  Field* m_loss;
  Field* m_length;
  QLabel* m_duplexName;
  QComboBox* m_duplex;
  QCheckBox* m_cut;
};

}  // namespace hw::editor
