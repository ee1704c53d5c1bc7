#include "ui/canvas/link_item.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPathStroker>
#include <cmath>

#include "ui/canvas/node_item.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::canvas {
namespace {

QString portName(const std::string& end) {
  const std::size_t colon = end.find(':');
  return QString::fromStdString(colon == std::string::npos ? end : end.substr(colon + 1));
}

}  // namespace

LinkItem::LinkItem() { setZValue(1); }

void LinkItem::setCard(const lens::LinkCard& card) {
  if (m_card == card) return;
  m_card = card;
  m_aName = portName(card.aName);
  m_bName = portName(card.bName);
  setToolTip(QString::fromStdString(card.aName + " – " + card.bName + "\n" + card.about));
  update();
}

void LinkItem::setChosen(bool chosen) {
  if (m_chosen == chosen) return;
  m_chosen = chosen;
  update();
}

void LinkItem::setBands(const std::vector<std::size_t>& groups) {
  if (m_bands == groups) return;
  m_bands = groups;
  update();
}

void LinkItem::setEnds(const QPointF& a, const QPointF& b) {
  if (m_a == a && m_b == b) return;
  prepareGeometryChange();
  m_a = a;
  m_b = b;
}

void LinkItem::setDetail(qreal detail, qreal zoom) {
  if (m_detail == detail && m_zoom == zoom) return;
  prepareGeometryChange();
  m_detail = detail;
  m_zoom = zoom;
}

QRectF LinkItem::boundingRect() const {
  const qreal margin = 24 * m_detail / m_zoom;
  return QRectF(m_a, m_b).normalized().adjusted(-margin, -margin, margin, margin);
}

QPainterPath LinkItem::shape() const {
  QPainterPath line(m_a);
  line.lineTo(m_b);
  QPainterPathStroker stroker;
  stroker.setWidth(10 / m_zoom);
  return stroker.createStroke(line);
}

QFont LinkItem::nameFont() const {
  QFont font = kit::textFont(kit::TextSize::Small);
  font.setPointSizeF(font.pointSizeF() * m_detail);
  return font;
}

/// Beside the line, just outside the device that it leaves; empty if the line is too short.
QRectF LinkItem::nameBox(const QPointF& from, const QPointF& to, const QString& name) const {
  const QPointF way = to - from;
  const qreal length = std::hypot(way.x(), way.y());
  const QFontMetricsF metrics(nameFont());
  const qreal width = metrics.horizontalAdvance(name);
  const QPointF along = way / std::max(1.0, length);
  const qreal room = NodeItem::kRadius * m_detail + std::abs(along.x()) * width / 2 + 5 * m_detail;
  if (length < 2.6 * room) return {};
  QPointF aside(-along.y(), along.x());
  if (aside.y() > 0) aside = -aside;  // above the line
  const qreal distance = metrics.height() * 0.5 + std::abs(aside.x()) * width * 0.42;
  QRectF box(0, 0, width, metrics.ascent());
  box.moveCenter(from + along * room + aside * distance);
  return box;
}

std::vector<QRectF> LinkItem::nameBoxes(const QTransform& toView) const {
  const QPointF a = toView.map(m_a), b = toView.map(m_b);
  return {nameBox(a, b, m_aName), nameBox(b, a, m_bName)};
}

/// Several bands take turns along the cable.
void LinkItem::paintBands(QPainter& painter, const QPointF& a, const QPointF& b) const {
  const qreal width = 11 * m_detail, turn = 18 * m_detail;
  const auto count = static_cast<qreal>(m_bands.size());
  for (std::size_t i = 0; i < m_bands.size(); ++i) {
    QColor color = kit::groupColor(m_bands[i]);
    color.setAlpha(150);
    QPen pen(color, width, Qt::SolidLine, m_bands.size() == 1 ? Qt::RoundCap : Qt::FlatCap);
    if (m_bands.size() > 1) {
      pen.setDashPattern({turn / width, turn * (count - 1) / width});
      pen.setDashOffset(-static_cast<qreal>(i) * turn / width);
    }
    painter.setPen(pen);
    painter.drawLine(a, b);
  }
}

/// The numbers of the groups, for who does not tell colours apart.
void LinkItem::paintNumbers(QPainter& painter, const QPointF& middle) const {
  QString text;
  for (const std::size_t one : m_bands) text += (text.isEmpty() ? QString() : QStringLiteral(", ")) + QString::number(one + 1);
  const QFont font = kit::textFont(kit::TextSize::Small, true);
  const QFontMetricsF metrics(font);
  QRectF box(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 2);
  box.moveCenter(middle);
  painter.setPen(QPen(kit::theme().cable, 1));
  painter.setBrush(kit::theme().panel);
  painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
  painter.setFont(font);
  painter.setPen(kit::theme().ink);
  painter.drawText(box, Qt::AlignCenter, text);
}

void LinkItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const QTransform toView = painter->worldTransform();
  const QPointF a = toView.map(m_a), b = toView.map(m_b);
  painter->save();
  painter->resetTransform();
  painter->setRenderHint(QPainter::Antialiasing);
  QPen pen(m_card.up ? kit::theme().cable : kit::theme().bad, 2.2 * m_detail);
  if (!m_card.up) pen.setStyle(Qt::DashLine);
  if (m_chosen) {
    QColor glow = kit::theme().accent;
    glow.setAlpha(110);
    painter->setPen(QPen(glow, 8 * m_detail, Qt::SolidLine, Qt::RoundCap));
    painter->drawLine(a, b);
  }
  if (!m_bands.empty()) paintBands(*painter, a, b);
  painter->setPen(pen);
  painter->drawLine(a, b);
  if (!m_bands.empty()) paintNumbers(*painter, (a + b) / 2);
  painter->setFont(nameFont());
  painter->setPen(kit::theme().mutedInk);
  if (const QRectF box = nameBox(a, b, m_aName); !box.isEmpty()) painter->drawText(box.bottomLeft(), m_aName);
  if (const QRectF box = nameBox(b, a, m_bName); !box.isEmpty()) painter->drawText(box.bottomLeft(), m_bName);
  painter->restore();
}

}  // namespace hw::canvas
