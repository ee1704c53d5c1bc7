// Where the devices stand: as the document says, else by a layout that is the same every time.
#pragma once

#include <QPointF>
#include <vector>

#include "ui/model/snapshot.h"

namespace hw::canvas {

/// The place of each node of the drawing, in the document's pixels. O(nodes^2) if any has none.
std::vector<QPointF> placesOf(const model::Drawing& drawing);

/// A place beside `around` that is as free as can be of what is at `taken`.
QPointF freeSpot(const QPointF& around, const std::vector<QPointF>& taken);

}  // namespace hw::canvas
