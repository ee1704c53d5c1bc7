// The picture of the network with the packets on it.
#pragma once

#include <QGraphicsView>
#include <memory>

#include "core/base/text.h"
#include "ui/model/snapshot.h"

namespace hw::canvas {

class NetworkScene;
struct PacketSpot;

class CanvasView : public QGraphicsView {
  Q_OBJECT

 public:
  explicit CanvasView(QWidget* parent = nullptr);
  ~CanvasView() override;

  /// Shows the snapshot; moves there in `milliseconds` if it is one beat on or back, else at once.
  void show(const model::SnapshotPtr& snapshot, int milliseconds);
  using QGraphicsView::show;
  void setLanguage(Language language);
  bool isMoving() const;
  /// Ends the movement at its goal.
  void finishMoving();

  void fit();
  void zoomBy(qreal factor);

  /// The packets as they are drawn now, in the view's coordinates.
  std::vector<PacketSpot> packetSpots() const;
  /// Where a device is drawn, in the view's coordinates.
  QPoint devicePoint(DeviceId device) const;
  /// The moment that is drawn, see flight_place.h.
  double moment() const;
  /// How many callouts are drawn now.
  std::size_t calloutCount() const;

 signals:
  void packetClicked(hw::TransmissionId packet);
  void deviceClicked(hw::DeviceId device);
  /// A movement has reached its goal.
  void arrived();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;

 private:
  struct Impl;
  void paintStill();
  void paintLegend(QPainter& painter) const;
  void advance();
  void setZoom(qreal zoom);

  std::unique_ptr<Impl> m;
};

}  // namespace hw::canvas
