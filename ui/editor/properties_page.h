// The properties of what is selected: a device, a link, a note, or the network itself.
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
                    const std::set<project::NoteKey>& notes);
  /// Puts the cursor into the name of the selected device.
  void rename();

 signals:
  void edited(const hw::project::Edit& edit);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  QString titleOf(const project::Node& node) const;
  void show();
  void showNetwork();
  void showTroubles();
  void retranslate();

  std::unique_ptr<Impl> m;
};

}  // namespace hw::editor
