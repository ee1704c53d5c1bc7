// A device on the canvas: icon, name, addresses. Its size follows the zoom only as far as it stays
// readable.
#pragma once

#include <QGraphicsItem>
#include <QString>
#include <QStringList>

#include "core/lens/cards.h"
#include "core/project/draft.h"

namespace hw::canvas {

class NodeItem : public QGraphicsItem {
 public:
  enum { Type = QGraphicsItem::UserType + 1 };
  static constexpr qreal kIcon = 52;    ///< pixels at detail 1
  static constexpr qreal kRadius = 29;  ///< where links and packets begin

  NodeItem();
  int type() const override { return Type; }
  DeviceId device() const { return m_card.id; }
  const lens::NodeCard& card() const { return m_card; }
  project::NodeKey key() const { return m_key; }
  void setKey(project::NodeKey key) { m_key = key; }
  const QString& label() const { return m_label; }

  void setCard(const lens::NodeCard& card, const QString& label);
  /// How many pixels a pixel of the drawing has.
  void setDetail(qreal detail);
  /// Marked: its tables are shown. Chosen: edits are about it.
  void setMarked(bool marked, bool chosen);

  QRectF boundingRect() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  QRectF labelRect() const;

  lens::NodeCard m_card;
  QString m_label;
  QStringList m_addresses;
  qreal m_detail = 1;
  bool m_marked = false;
  bool m_chosen = false;
  project::NodeKey m_key;
};

}  // namespace hw::canvas
