// The properties of a device.
#pragma once

#include <vector>

#include "ui/editor/form.h"

class QCheckBox;
class QPushButton;
class QVBoxLayout;

namespace hw::editor {

class Field;
class InterfaceBox;
class LinesField;

class NodeForm : public Form {
  Q_OBJECT

 public:
  explicit NodeForm(QWidget* parent = nullptr);
  void setValue(const model::SnapshotPtr& snapshot, project::NodeKey key, Language language);
  /// The name, ready to be typed over.
  void rename();

 protected:
  void retranslate() override;

 private:
  void build();
  void connectFields();
  void showInterfaces(const std::vector<std::string>& names);
  void addBox(const QString& name);
  void connectBridge();
  void showBridge();
  void showRoutes();
  void enterGateway(const QString& text);
  void enterRoutes(const QStringList& lines);
  const project::Node* node() const;
  void replace(const project::Node& node);

  model::SnapshotPtr m_snapshot;
  project::NodeKey m_key;
  std::vector<std::string> m_names;
  std::vector<InterfaceBox*> m_boxes;

  Field* m_name = nullptr;
  QVBoxLayout* m_interfaces = nullptr;
  QPushButton* m_add = nullptr;
  Field* m_gateway = nullptr;
  QCheckBox* m_tree = nullptr;   ///< of a switch, as the next two
  Field* m_priority = nullptr;
  Field* m_ageing = nullptr;
  LinesField* m_routes = nullptr;
  LinesField* m_start = nullptr;
};

}  // namespace hw::editor
