// The picture of the network with the packets on it.
#pragma once

#include <QGraphicsView>
#include <memory>

#include "core/base/text.h"
#include "core/project/edit.h"
#include "ui/canvas/selection.h"
#include "ui/model/snapshot.h"

namespace hw::canvas {

class NetworkScene;
struct PacketSpot;

/// What a dragged device is: its kind as a word of the file ("host").
inline constexpr const char* kDeviceMime = "application/x-hopwise-device";

/// What the mouse does on the canvas.
enum class Tool { Select, Cable };

class CanvasView : public QGraphicsView {
  Q_OBJECT

 public:
  explicit CanvasView(QWidget* parent = nullptr);
  ~CanvasView() override;

  /// Shows the snapshot; moves there in `milliseconds` if it is one beat on or back, else at once.
  void show(const model::SnapshotPtr& snapshot, int milliseconds);
  using QGraphicsView::show;
  void setLanguage(Language language);
  Language language() const;
  bool isMoving() const;
  /// Ends the movement at its goal.
  void finishMoving();

  void fit();
  void zoomBy(qreal factor);
  void zoomToActualSize();
  void showGrid(bool shown);
  void setSnap(bool snap);
  void setTool(Tool tool);
  Tool tool() const;

  const Selection& selection() const;
  void select(const Selection& selection);
  void selectAll();
  /// A free place near the middle of what is seen, for a new device.
  project::Position freePlace() const;
  /// What stands on the canvas, in words: for the screen reader.
  const model::Snapshot* shown() const;
  NetworkScene& scene() const;

  /// The packets as they are drawn now, in the view's coordinates.
  std::vector<PacketSpot> packetSpots() const;
  /// Where a device is drawn, in the view's coordinates.
  QPoint devicePoint(DeviceId device) const;
  QPoint pointOf(project::NodeKey key) const;
  /// The moment that is drawn, see flight_place.h.
  double moment() const;
  /// How many callouts are drawn now.
  std::size_t calloutCount() const;

 signals:
  void packetClicked(hw::TransmissionId packet);
  void deviceClicked(hw::DeviceId device);
  /// A movement has reached its goal.
  void arrived();
  void selectionChanged();
  void toolChanged(hw::canvas::Tool tool);
  /// The person has moved, cabled or dropped something.
  void edited(const hw::project::Edit& edit);
  void renameWanted(hw::project::NodeKey node);
  void noteWanted(hw::project::NoteKey note);
  void propertiesWanted();
  void menuWanted(const QPoint& at);
  void fileDropped(const QString& path);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dragMoveEvent(QDragMoveEvent* event) override;
  void dropEvent(QDropEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;

 private:
  struct Impl;
  void paintStill();
  const std::vector<QRectF>& boxes() const;
  void beginCallouts(const model::Snapshot& told, const std::vector<PacketSpot>& spots);
  std::vector<model::Happening> worthTelling(const model::Snapshot& told) const;
  void paintLegend(QPainter& painter) const;
  void paintDomains(QPainter& painter) const;
  void advance();
  void setZoom(qreal zoom);
  void paintGesture(QPainter& painter) const;
  QGraphicsItem* partAt(const QPoint& at) const;
  void pressPart(QGraphicsItem& part, const QMouseEvent& event);
  void beginMove();
  void moveTo(const QPoint& at);
  void band(const QPoint& to);
  void endMove();
  void endCable(const QPoint& at);
  void setSelection(const Selection& selection);
  void dropSelectionOfWhatIsGone();
  void followDevice();
  bool traverse(int key);
  bool nudge(int key);
  project::Position placeAt(const QPointF& inScene) const;

  std::unique_ptr<Impl> m;
};

}  // namespace hw::canvas
