// What a device did to a frame in the shown beat, told beside the device: header fields old -> new,
// or why it was dropped.
#pragma once

#include <QRectF>
#include <vector>

#include "ui/model/snapshot.h"

class QPainter;
class QTransform;

namespace hw::canvas {

class NetworkScene;

struct Callout {
  const model::Happening* happening = nullptr;
  QRectF box;      ///< in the view
  QPointF device;  ///< what it points to
};

/// Each where it covers least of the others and of `avoid`, all within `view`.
std::vector<Callout> placeCallouts(const std::vector<model::Happening>& happenings,
                                   const NetworkScene& scene, const QTransform& toView,
                                   const QRectF& view, const std::vector<QRectF>& avoid);
void paintCallouts(QPainter& painter, const std::vector<Callout>& callouts, qreal detail);

}  // namespace hw::canvas
