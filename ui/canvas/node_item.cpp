#include "ui/canvas/node_item.h"

#include <QFontMetricsF>
#include <QPainter>

#include "ui/kit/fonts.h"
#include "ui/kit/icons.h"
#include "ui/kit/theme.h"
#include "ui/model/device_look.h"

namespace hw::canvas {
namespace {

constexpr qreal kGap = 3;
constexpr qreal kPadding = 4;

QFont nameFont() { return kit::textFont(kit::TextSize::Normal, true); }
QFont addressFont() { return kit::monoFont(kit::TextSize::Small); }

}  // namespace

NodeItem::NodeItem() {
  setFlag(ItemIgnoresTransformations);
  setFlag(ItemIsSelectable);
  setZValue(2);
}

void NodeItem::setCard(const lens::NodeCard& card, const QString& label) {
  if (m_card == card && m_label == label) return;
  prepareGeometryChange();
  m_card = card;
  m_label = label;
  m_addresses.clear();
  std::size_t ports = 0;
  for (const lens::PortCard& port : card.ports) ports += port.addresses.empty() ? 0 : 1;
  for (const lens::PortCard& port : card.ports)
    for (const std::string& address : port.addresses)
      m_addresses += QString::fromStdString(ports > 1 ? port.name + " " + address : address);
  setToolTip(label);
  update();
}

void NodeItem::setDetail(qreal detail) {
  if (m_detail == detail) return;
  prepareGeometryChange();
  m_detail = detail;
}

void NodeItem::setMarked(bool marked, bool chosen) {
  if (m_marked == marked && m_chosen == chosen) return;
  m_marked = marked;
  m_chosen = chosen;
  update();
}

QRectF NodeItem::labelRect() const {
  const QFontMetricsF name(nameFont()), address(addressFont());
  qreal width = name.horizontalAdvance(m_label);
  for (const QString& one : m_addresses) width = qMax(width, address.horizontalAdvance(one));
  const qreal height = name.ascent() + name.descent() +
                       address.height() * static_cast<qreal>(m_addresses.size());
  return QRectF(-width / 2 - kPadding, kRadius + kGap, width + 2 * kPadding, height + kGap);
}

QRectF NodeItem::boundingRect() const {
  const QRectF icon(-kRadius - 2, -kRadius - 2, 2 * kRadius + 4, 2 * kRadius + 4);
  const QRectF all = icon.united(labelRect());
  return QRectF(all.topLeft() * m_detail, all.size() * m_detail);
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const kit::Theme& theme = kit::theme();
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setRenderHint(QPainter::SmoothPixmapTransform);
  painter->scale(m_detail, m_detail);
  QColor behind = theme.canvas;
  behind.setAlpha(225);
  painter->setPen(Qt::NoPen);
  painter->setBrush(behind);
  painter->drawRoundedRect(labelRect(), 4, 4);
  if (m_marked || m_chosen) {
    painter->setPen(m_chosen ? QPen(theme.accent, 2) : QPen(theme.accent, 1.2, Qt::DotLine));
    QColor fill = theme.accent;
    fill.setAlpha(28);
    painter->setBrush(fill);
    painter->drawRoundedRect(QRectF(-kRadius, -kRadius, 2 * kRadius, 2 * kRadius), 9, 9);
  }
  const int pixels = qRound(kIcon * m_detail * painter->device()->devicePixelRatioF());
  const QPixmap icon = kit::iconPixmap(model::iconOf(m_card), pixels, 1);
  painter->drawPixmap(QRectF(-kIcon / 2, -kIcon / 2, kIcon, kIcon), icon, QRectF(icon.rect()));

  const QFontMetricsF name(nameFont()), address(addressFont());
  const QRectF label = labelRect();
  qreal y = label.top() + name.ascent();
  painter->setFont(nameFont());
  painter->setPen(theme.ink);
  painter->drawText(QPointF(-name.horizontalAdvance(m_label) / 2, y), m_label);
  y += name.descent();
  painter->setFont(addressFont());
  painter->setPen(theme.mutedInk);
  for (const QString& one : m_addresses) {
    painter->drawText(QPointF(-address.horizontalAdvance(one) / 2, y + address.ascent()), one);
    y += address.height();
  }
  painter->restore();
}

}  // namespace hw::canvas
