// A text that somebody put on the canvas.
#pragma once

#include <QGraphicsItem>
#include <QString>

#include "core/project/draft.h"

namespace hw::canvas {

class NoteItem : public QGraphicsItem {
 public:
  enum { Type = QGraphicsItem::UserType + 3 };
  NoteItem();
  int type() const override { return Type; }
  void setText(const QString& text);
  const QString& text() const { return m_text; }
  project::NoteKey key() const { return m_key; }
  void setKey(project::NoteKey key) { m_key = key; }
  void setChosen(bool chosen);
  void setDetail(qreal detail);

  QRectF boundingRect() const override;
  void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
  QRectF paper() const;

  QString m_text;
  qreal m_detail = 1;
  bool m_chosen = false;
  project::NoteKey m_key;
};

}  // namespace hw::canvas
