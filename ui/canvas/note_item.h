// A text that somebody put on the canvas.
#pragma once

#include <QGraphicsItem>
#include <QString>

namespace hw::canvas {

class NoteItem : public QGraphicsItem {
 public:
  enum { Type = QGraphicsItem::UserType + 3 };
  NoteItem();
  int type() const override { return Type; }
  void setText(const QString& text);
  void setDetail(qreal detail);

  QRectF boundingRect() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  QRectF paper() const;

  QString m_text;
  qreal m_detail = 1;
};

}  // namespace hw::canvas
