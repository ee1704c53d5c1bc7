#include "ui/canvas/packet_painter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <cmath>
#include <map>

#include "ui/canvas/flight_place.h"
#include "ui/canvas/link_item.h"
#include "ui/canvas/network_scene.h"
#include "ui/canvas/node_item.h"
#include "ui/kit/fonts.h"
#include "ui/kit/icons.h"
#include "ui/kit/protocol_look.h"
#include "ui/kit/theme.h"

namespace hw::canvas {
namespace {

/// From the edge of the sender's icon to that of the receiver's.
QPointF pointOnWay(const QPointF& from, const QPointF& to, double way, qreal detail) {
  const QPointF line = to - from;
  const qreal length = std::max(1.0, std::hypot(line.x(), line.y()));
  const qreal edge = std::min(NodeItem::kRadius * detail / length, 0.45);
  return from + line * (edge + (1 - 2 * edge) * way);
}

/// Packets on one cable at one moment are drawn beside each other.
void spread(std::vector<PacketSpot>& spots, const std::vector<LinkId>& links, qreal detail) {
  std::map<std::uint32_t, std::vector<std::size_t>> onLink;
  for (std::size_t i = 0; i < spots.size(); ++i) onLink[links[i].value].push_back(i);
  for (const auto& [link, members] : onLink) {
    if (members.size() < 2 || members.size() > 4) continue;
    for (std::size_t k = 0; k < members.size(); ++k)
      spots[members[k]].at.ry() +=
          (static_cast<qreal>(k) - static_cast<qreal>(members.size() - 1) / 2) * 32 * detail;
  }
}

QFont labelFont(qreal detail) {
  QFont font = kit::textFont(kit::TextSize::Small);
  font.setPointSizeF(font.pointSizeF() * detail);
  return font;
}

double covered(const QRectF& box, const std::vector<QRectF>& taken) {
  double sum = 0;
  for (const QRectF& other : taken) {
    const QRectF both = box.intersected(other);
    if (!both.isEmpty()) sum += both.width() * both.height();
  }
  return sum;
}

}  // namespace

void PacketPainter::placeLabels(std::vector<PacketSpot>& spots, const std::vector<QRectF>& taken, const QRectF& view,
                                qreal detail) {
  if (spots.size() > kMaxLabels || (!spots.empty() && spots.front().label.isEmpty())) return;
  const QFontMetricsF metrics(labelFont(detail));
  std::vector<QRectF> all = taken;
  const QSizeF badge = badgeSize(detail);
  for (const PacketSpot& spot : spots)
    all.emplace_back(spot.at - QPointF(badge.width() / 2, badge.height() / 2), badge);
  for (PacketSpot& spot : spots) {
    const QSizeF size(metrics.horizontalAdvance(spot.label) + 8, metrics.height() * 0.8);
    const qreal beside = badge.height() / 2 + 6 + size.height() / 2;
    const qreal aside = badge.width() / 2 + 8 + size.width() / 2;
    double least = -1;
    for (const QPointF& shift : {QPointF(0, beside), QPointF(0, -beside), QPointF(aside, 0), QPointF(-aside, 0),
                                 QPointF(0, 2 * beside), QPointF(0, -2 * beside)}) {
      QRectF box(QPointF(), size);
      box.moveCenter(spot.at + shift);
      // Whole where there is room for it.
      if (box.right() > view.right()) box.moveRight(view.right());
      if (box.left() < view.left()) box.moveLeft(view.left());
      const double cost = covered(box, all);
      if (least >= 0 && cost >= least) continue;
      least = cost;
      spot.text = box;
    }
    all.push_back(spot.text);
  }
}

std::vector<PacketSpot> PacketPainter::spots(const std::vector<lens::Flight>& flights, double moment,
                                             const NetworkScene& scene, const QTransform& toView) {
  std::vector<PacketSpot> spots;
  std::vector<LinkId> links;
  const bool labelled = flights.size() <= 2 * kMaxLabels;  // those of two beats, of which some have ended
  for (const lens::Flight& flight : flights) {
    const LinkItem* link = scene.link(flight.link);
    const auto place = placeOf(flight, moment);
    if (!link || !place) continue;
    const QPointF from = toView.map(link->end(flight.fromEnd));
    const QPointF to = toView.map(link->end(1 - std::size_t{flight.fromEnd}));
    spots.push_back({flight.id, QString::fromStdString(flight.line.protocol),
                     labelled ? QString::fromStdString(flight.line.info) : QString(),
                     pointOnWay(from, to, place->way, scene.detail()), place->opacity, place->lost, {}, flight.fate == Fate::Collided});
    links.push_back(flight.link);
  }
  spread(spots, links, scene.detail());
  return spots;
}

const QPixmap& PacketPainter::badge(const QString& protocol, qreal detail, qreal ratio) {
  if (m_detail != detail || m_ratio != ratio) m_badges.clear();
  m_detail = detail;
  m_ratio = ratio;
  const auto found = m_badges.constFind(protocol);
  if (found != m_badges.constEnd()) return found.value();
  const QSizeF size = badgeSize(detail) + QSizeF(4, 4);
  QPixmap pixmap((size * ratio).toSize());
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  kit::paintBadge(painter, QRectF(QPointF(2, 2), badgeSize(detail)), protocol);
  painter.end();
  return m_badges.insert(protocol, pixmap).value();
}

void PacketPainter::paint(QPainter& painter, const std::vector<PacketSpot>& spots,
                          TransmissionId selected, qreal detail) {
  const kit::Theme& theme = kit::theme();
  const qreal ratio = painter.device()->devicePixelRatioF();
  const QSizeF size = badgeSize(detail);
  painter.setFont(labelFont(detail));
  for (const PacketSpot& spot : spots) {
    const QRectF body(spot.at - QPointF(size.width() / 2, size.height() / 2), size);
    painter.setOpacity(spot.opacity);
    if (spot.id == selected) {
      painter.setPen(QPen(theme.accent, 2.4 * detail));
      painter.setBrush(theme.canvas);
      painter.drawRoundedRect(body.adjusted(-5, -5, 5, 5), 7, 7);
    }
    painter.drawPixmap(body.topLeft() - QPointF(2, 2), badge(spot.protocol, detail, ratio));
    if (spot.lost) {
      const qreal cross = (spot.collided ? 34 : 22) * detail;
      const QString mark = spot.collided ? QStringLiteral("collision") : QStringLiteral("dropped");
      painter.drawPixmap(QRectF(body.center() - QPointF(cross / 2, cross / 2), QSizeF(cross, cross)),
                         kit::iconPixmap(mark, qRound(cross * ratio), 1), QRectF());
    }
    if (spot.text.isEmpty()) continue;
    QColor behind = theme.canvas;
    behind.setAlpha(215);
    painter.setPen(Qt::NoPen);
    painter.setBrush(behind);
    painter.drawRoundedRect(spot.text, 3, 3);
    painter.setPen(theme.ink);
    painter.drawText(spot.text, Qt::AlignCenter, spot.label);
  }
  painter.setOpacity(1);
}

TransmissionId PacketPainter::hit(const std::vector<PacketSpot>& spots, const QPointF& point,
                                  qreal detail) {
  const QSizeF size = badgeSize(detail) + QSizeF(8, 8);
  for (auto spot = spots.rbegin(); spot != spots.rend(); ++spot)
    if (QRectF(spot->at - QPointF(size.width() / 2, size.height() / 2), size).contains(point))
      return spot->id;
  return {};
}

}  // namespace hw::canvas
