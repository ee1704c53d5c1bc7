// The bar under the picture: buttons, seek bar, speed, beat and clock.
#pragma once

#include <QWidget>
#include <memory>

#include "ui/model/snapshot.h"

class QAction;

namespace hw::timeline {

class Player;

class TimelineBar : public QWidget {
  Q_OBJECT

 public:
  /// The buttons show these actions, in this order.
  TimelineBar(Player& player, const QList<QAction*>& actions, QWidget* parent = nullptr);
  ~TimelineBar() override;

  void setValue(const model::SnapshotPtr& snapshot);
  QString clockText() const;
  QString beatText() const;

 protected:
  void changeEvent(QEvent* event) override;

 private:
  struct Impl;
  void retranslate();
  std::unique_ptr<Impl> m;
};

}  // namespace hw::timeline
