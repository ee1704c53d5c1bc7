// The live tables of a device.
#pragma once

#include <QWidget>
#include <memory>

#include "core/base/text.h"
#include "ui/model/snapshot.h"

class QAbstractItemModel;

namespace hw::device_page {

class DevicePage : public QWidget {
  Q_OBJECT

 public:
  explicit DevicePage(QWidget* parent = nullptr);
  ~DevicePage() override;

  void setValue(const model::SnapshotPtr& snapshot, Language language);
  /// The table with that id ("arp"), or null.
  const QAbstractItemModel* table(const QString& id) const;

 signals:
  void terminalWanted(hw::DeviceId device);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  struct Section;
  void rebuild();
  void showHead();
  void retranslate();

  std::unique_ptr<Impl> m;
};

}  // namespace hw::device_page
