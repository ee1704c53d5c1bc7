// What a device did to a frame in the shown beat, told beside the device: header fields old -> new,
// or why it was dropped.
#pragma once

#include <QPixmap>
#include <QRectF>
#include <vector>

#include "ui/model/snapshot.h"

class QPainter;
class QTransform;

namespace hw::canvas {

class NetworkScene;

/// The callouts of a beat as a picture, made bit by bit: placing and writing dozens takes longer than a frame.
class CalloutPainter {
 public:
  /// Forgets what was told before. `avoid` is what the callouts should not cover, in the view.
  void begin(std::vector<model::Happening> happenings, std::vector<QRectF> avoid);
  /// Draws up to `count` more, each where it covers least of the others, all within a view of this size.
  void drawMore(const NetworkScene& scene, const QTransform& toView, QSize view, qreal pixelRatio,
                std::size_t count);
  /// Null if there is nothing to tell.
  const QPixmap& picture() const { return m_picture; }

 private:
  void draw(const model::Happening& happening, const NetworkScene& scene, const QTransform& toView, const QRectF& view);

  std::vector<model::Happening> m_happenings;
  std::size_t m_drawn = 0;
  std::vector<QRectF> m_taken;
  QPixmap m_picture;
};

}  // namespace hw::canvas
