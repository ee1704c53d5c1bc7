// What changed at every hop of the selected packet.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/model/snapshot.h"

namespace hw::inspector {

class HopPage : public QWidget {
  Q_OBJECT

 public:
  explicit HopPage(QWidget* parent = nullptr);
  ~HopPage() override;
  void setValue(const model::SnapshotPtr& snapshot);

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
