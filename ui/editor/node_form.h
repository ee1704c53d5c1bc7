// The properties of a device.
#pragma once

#include <vector>

#include "ui/editor/form.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QVBoxLayout;

namespace hw::editor {

class Field;
class InterfaceBox;

class NodeForm : public Form {
  Q_OBJECT

 public:
  explicit NodeForm(QWidget* parent = nullptr);
  void setValue(const model::SnapshotPtr& snapshot, project::NodeKey key, Language language);
  /// The name, ready to be typed over.
  void rename();

 protected:
  void retranslate() override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void build();
  void connectFields();
  void showInterfaces(const std::vector<std::string>& names);
  void addBox(const QString& name);
  void showRoutes();
  void enterGateway(const QString& text);
  void enterRoutes();
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
  QLabel* m_routesCaption = nullptr;
  QPlainTextEdit* m_routes = nullptr;
  QLabel* m_routesTrouble = nullptr;
};

}  // namespace hw::editor
