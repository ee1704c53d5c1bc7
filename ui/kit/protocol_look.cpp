#include "ui/kit/protocol_look.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::kit {
namespace {

struct Known {
  const char* protocol;
  const char* fill;
  const char* ink;
  BadgeShape shape;
};
constexpr Known kKnown[] = {
    {"ARP", "#e69f00", "#161616", BadgeShape::Hexagon},
    {"ICMP", "#1fb489", "#10201a", BadgeShape::Envelope},
    {"UDP", "#56b4e9", "#10202a", BadgeShape::Tag},
    {"TCP", "#0072b2", "#ffffff", BadgeShape::Pill},
    {"IGMP", "#f0e442", "#161616", BadgeShape::Tag},
    {"STP", "#cc79a7", "#161616", BadgeShape::Box},
};

QPainterPath outline(const QRectF& r, BadgeShape shape) {
  QPainterPath path;
  const qreal slant = r.height() * 0.34;
  switch (shape) {
  case BadgeShape::Hexagon:
    path.addPolygon(QPolygonF({QPointF(r.left() + slant, r.top()), QPointF(r.right() - slant, r.top()),
                               QPointF(r.right(), r.center().y()),
                               QPointF(r.right() - slant, r.bottom()),
                               QPointF(r.left() + slant, r.bottom()),
                               QPointF(r.left(), r.center().y())}));
    path.closeSubpath();
    break;
  case BadgeShape::Tag:
    path.addPolygon(QPolygonF({r.topLeft(), QPointF(r.right() - slant, r.top()),
                               QPointF(r.right(), r.top() + slant), r.bottomRight(), r.bottomLeft()}));
    path.closeSubpath();
    break;
  case BadgeShape::Pill: path.addRoundedRect(r, r.height() / 2, r.height() / 2); break;
  case BadgeShape::Envelope: path.addRoundedRect(r, 3, 3); break;
  case BadgeShape::Box: path.addRect(r); break;
  }
  return path;
}

}  // namespace

ProtocolLook protocolLook(const QString& protocol) {
  for (const Known& known : kKnown)
    if (protocol == QLatin1String(known.protocol)) return {known.fill, known.ink, known.shape};
  return {"#a9b1bc", "#161616", BadgeShape::Box};
}

const QVector<QString>& knownProtocols() {
  static const QVector<QString> kNames = [] {
    QVector<QString> names;
    for (const Known& known : kKnown) names.append(QString::fromLatin1(known.protocol));
    return names;
  }();
  return kNames;
}

void paintBadge(QPainter& painter, const QRectF& where, const QString& protocol) {
  const ProtocolLook look = protocolLook(protocol);
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().id == ThemeId::Dark ? look.fill.lighter(140) : look.fill.darker(165), 1.4));
  painter.setBrush(look.fill);
  painter.drawPath(outline(where, look.shape));
  if (look.shape == BadgeShape::Envelope) {
    QColor flap = look.ink;
    flap.setAlpha(95);
    painter.setPen(QPen(flap, 1.3));
    painter.drawPolyline(QPolygonF({where.topLeft() + QPointF(2, 2),
                                    QPointF(where.center().x(), where.top() + where.height() * 0.42),
                                    where.topRight() + QPointF(-2, 2)}));
  }
  QFont font = textFont(TextSize::Normal, true);
  font.setPixelSize(qMax(8, qRound(where.height() * 0.52)));
  const qreal room = where.width() - 6;
  const qreal needed = QFontMetricsF(font).horizontalAdvance(protocol);
  if (needed > room) font.setPixelSize(qMax(6, int(font.pixelSize() * room / needed)));
  painter.setFont(font);
  painter.setPen(look.ink);
  painter.drawText(where.adjusted(0, look.shape == BadgeShape::Envelope ? where.height() * 0.12 : 0, 0, 0),
                   Qt::AlignCenter, protocol);
  painter.restore();
}

}  // namespace hw::kit
