// A cable on the canvas with the names of the interfaces at its ends.
#pragma once

#include <QFont>
#include <QGraphicsItem>
#include <QString>
#include <vector>

#include "core/lens/cards.h"
#include "core/project/draft.h"

namespace hw::canvas {

class LinkItem : public QGraphicsItem {
 public:
  enum { Type = QGraphicsItem::UserType + 2 };
  LinkItem();
  int type() const override { return Type; }
  LinkId link() const { return m_card.id; }
  const lens::LinkCard& card() const { return m_card; }
  project::LinkKey key() const { return m_key; }
  project::NodeKey a() const { return m_from; }
  project::NodeKey b() const { return m_to; }
  void setKey(project::LinkKey key, project::NodeKey a, project::NodeKey b) {
    m_key = key;
    m_from = a;
    m_to = b;
  }
  void setChosen(bool chosen);
  /// The groups that it belongs to, each by its number from 0: drawn as bands along it.
  void setBands(const std::vector<std::size_t>& groups);

  void setCard(const lens::LinkCard& card);
  /// The ends in the scene.
  void setEnds(const QPointF& a, const QPointF& b);
  const QPointF& end(std::size_t which) const { return which == 0 ? m_a : m_b; }
  void setDetail(qreal detail, qreal zoom);

  /// Where the names of the interfaces stand in the view.
  std::vector<QRectF> nameBoxes(const QTransform& toView) const;

  QRectF boundingRect() const override;
  QPainterPath shape() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  QFont nameFont() const;
  void paintBands(QPainter& painter, const QPointF& a, const QPointF& b) const;
  void paintNumbers(QPainter& painter, const QPointF& middle) const;
  QRectF nameBox(const QPointF& from, const QPointF& to, const QString& name) const;

  lens::LinkCard m_card;
  QString m_aName;
  QString m_bName;
  QPointF m_a;
  QPointF m_b;
  qreal m_detail = 1;
  qreal m_zoom = 1;
  bool m_chosen = false;
  std::vector<std::size_t> m_bands;
  project::LinkKey m_key;
  project::NodeKey m_from;
  project::NodeKey m_to;
};

}  // namespace hw::canvas
