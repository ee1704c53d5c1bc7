// How a protocol looks: a colour of the palette of Okabe and Ito, which the colour-blind can tell
// apart, and a shape as second sign.
#pragma once

#include <QColor>
#include <QString>
#include <QVector>

class QPainter;
class QRectF;

namespace hw::kit {

enum class BadgeShape { Envelope, Hexagon, Tag, Pill, Box };

struct ProtocolLook {
  QColor fill;
  QColor ink;
  BadgeShape shape;
};

/// By Wireshark's name of the protocol: "ARP", "ICMP" ...
ProtocolLook protocolLook(const QString& protocol);
/// The protocols that have a look of their own, for legends.
const QVector<QString>& knownProtocols();

/// The badge of a packet with its protocol's name on it.
void paintBadge(QPainter& painter, const QRectF& where, const QString& protocol);

}  // namespace hw::kit
