// All packets until the displayed moment.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/model/snapshot.h"

class QTableView;

namespace hw::inspector {

class PacketListPage : public QWidget {
  Q_OBJECT

 public:
  explicit PacketListPage(QWidget* parent = nullptr);
  ~PacketListPage() override;
  void setValue(const model::SnapshotPtr& snapshot);
  QTableView* table() const;

 signals:
  void packetChosen(hw::TransmissionId packet);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  void retranslate();
  std::unique_ptr<Impl> m;
};

}  // namespace hw::inspector
