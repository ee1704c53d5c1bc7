// The properties of one interface.
#pragma once

#include <QGroupBox>

#include "core/base/text.h"
#include "core/project/edit.h"
#include "ui/model/snapshot.h"

class QCheckBox;
class QPushButton;

namespace hw::editor {

class Field;

class InterfaceBox : public QGroupBox {
  Q_OBJECT

 public:
  InterfaceBox(const QString& name, QWidget* parent);
  void setValue(const model::Snapshot& snapshot, const project::Node& node, Language language);
  const QString& name() const { return m_name; }

 signals:
  /// The interface as it should be.
  void changed(const hw::project::InterfaceSpec& spec);
  void removed();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void build();
  void connectFields();
  void retranslate();

  QString m_name;
  project::InterfaceSpec m_spec;
  std::uint8_t m_length = 24;  ///< of an address without one
  Language m_language = Language::English;
  Field* m_address = nullptr;
  Field* m_mac = nullptr;
  Field* m_mtu = nullptr;
  Field* m_vlan = nullptr;       ///< of a switch's port
  QCheckBox* m_up = nullptr;
  QPushButton* m_remove = nullptr;
};

/// What the core says at a path of the document, in one text.
QString troubleAt(const model::Snapshot& snapshot, const std::string& path);
/// "“x” is not an IPv4 address; write it like 192.0.2.1"
QString refusal(const QString& found, const Text& of, const char* right, Language language);

}  // namespace hw::editor
