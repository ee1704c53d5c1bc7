// Packets over the still picture: badges with the protocol's name, colour and shape, and what they
// say beside them. Packets are plain structs; nothing is kept between frames but rendered badges.
#pragma once

#include <QColor>
#include <QHash>
#include <QPixmap>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <vector>

#include "core/lens/packets.h"

class QPainter;

namespace hw::canvas {

class NetworkScene;

/// A packet in the coordinates of the view.
struct PacketSpot {
  TransmissionId id;
  QString protocol;
  QString label;
  QPointF at;
  double opacity = 1;
  bool lost = false;
  QRectF text;         ///< where the label stands; empty: no room
  bool collided = false;
};

class PacketPainter {
 public:
  /// Beyond so many packets only badges are drawn.
  static constexpr std::size_t kMaxLabels = 12;

  /// The packets that are on their links at that moment.
  static std::vector<PacketSpot> spots(const std::vector<lens::Flight>& flights, double moment,
                                       const NetworkScene& scene, const QTransform& toView);
  void paint(QPainter& painter, const std::vector<PacketSpot>& spots, TransmissionId selected,
             qreal detail);
  /// Gives each label the place, under or over its badge, where it covers least of `taken`.
  static void placeLabels(std::vector<PacketSpot>& spots, const std::vector<QRectF>& taken, const QRectF& view, qreal detail);
  /// The packet under a point of the view, or none. O(packets).
  static TransmissionId hit(const std::vector<PacketSpot>& spots, const QPointF& point, qreal detail);
  static QSizeF badgeSize(qreal detail) { return QSizeF(46, 25) * detail; }
  /// Colours have changed.
  void forget() { m_badges.clear(); }

 private:
  const QPixmap& badge(const QString& protocol, qreal detail, qreal ratio);
  QHash<QString, QPixmap> m_badges;  ///< by protocol, for this detail and ratio
  qreal m_detail = 0, m_ratio = 0;
};

}  // namespace hw::canvas
