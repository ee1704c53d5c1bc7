// The properties of what is selected: a device, a link, or the network itself.
#pragma once

#include <QWidget>
#include <memory>
#include <set>

#include "core/base/text.h"
#include "core/project/edit.h"
#include "ui/model/snapshot.h"

namespace hw::editor {

class PropertiesPage : public QWidget {
  Q_OBJECT

 public:
  explicit PropertiesPage(QWidget* parent = nullptr);
  ~PropertiesPage() override;

  void setValue(const model::SnapshotPtr& snapshot, Language language);
  void setSelection(const std::set<project::NodeKey>& nodes, const std::set<project::LinkKey>& links,
                    std::size_t notes);
  /// Puts the cursor into the name of the selected device.
  void rename();

 signals:
  void edited(const hw::project::Edit& edit);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  void show();
  void retranslate();

  std::unique_ptr<Impl> m;
};

}  // namespace hw::editor
