#include "ui/canvas/hull_item.h"

#include <QPainter>

#include "ui/kit/theme.h"

namespace hw::canvas {

HullItem::HullItem() { setZValue(-1); }

void HullItem::setArea(const QRectF& area) {
  if (m_area == area) return;
  prepareGeometryChange();
  m_area = area;
}

QRectF HullItem::boundingRect() const { return m_area.adjusted(-2, -2, 2, 2); }

void HullItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const kit::Theme& theme = kit::theme();
  QPen pen(theme.line, 1.5, Qt::DashLine);
  pen.setCosmetic(true);
  QColor fill = theme.accent;
  fill.setAlpha(14);
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(pen);
  painter->setBrush(fill);
  const qreal zoom = painter->worldTransform().m11();
  painter->drawRoundedRect(m_area, 14 / zoom, 14 / zoom);
}

}  // namespace hw::canvas
