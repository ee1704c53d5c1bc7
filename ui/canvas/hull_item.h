// The frame around a machine and its network namespaces: they are one computer.
#pragma once

#include <QGraphicsItem>

namespace hw::canvas {

class HullItem : public QGraphicsItem {
 public:
  enum { Type = QGraphicsItem::UserType + 4 };
  HullItem();
  int type() const override { return Type; }
  /// The rectangle in the scene.
  void setArea(const QRectF& area);
  const QRectF& area() const { return m_area; }

  QRectF boundingRect() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  QRectF m_area;
};

}  // namespace hw::canvas
