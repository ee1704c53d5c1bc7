#include "ui/canvas/note_item.h"

#include <QFontMetricsF>
#include <QPainter>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::canvas {

constexpr qreal kMaxWidth = 420;

NoteItem::NoteItem() {
  setFlag(ItemIgnoresTransformations);
  setZValue(0);
}

void NoteItem::setText(const QString& text) {
  if (m_text == text) return;
  prepareGeometryChange();
  m_text = text;
  update();
}

void NoteItem::setChosen(bool chosen) {
  if (m_chosen == chosen) return;
  m_chosen = chosen;
  update();
}

void NoteItem::setDetail(qreal detail) {
  if (m_detail == detail) return;
  prepareGeometryChange();
  m_detail = detail;
}

QRectF NoteItem::paper() const {
  const QFontMetricsF metrics(kit::textFont());
  QRectF text = metrics.boundingRect(QRectF(0, 0, kMaxWidth, 2000), Qt::TextWordWrap, m_text);
  text.moveCenter({0, 0});
  return text.adjusted(-12, -7, 12, 7);
}

QRectF NoteItem::boundingRect() const {
  const QRectF rect = paper().adjusted(-1, -1, 1, 1);
  return QRectF(rect.topLeft() * m_detail, rect.size() * m_detail);
}

void NoteItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
  const kit::Theme& theme = kit::theme();
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->scale(m_detail, m_detail);
  painter->setPen(m_chosen ? QPen(theme.accent, 2) : QPen(theme.line, 1));
  painter->setBrush(theme.panel);
  painter->drawRoundedRect(paper(), 6, 6);
  painter->setPen(theme.ink);
  painter->setFont(kit::textFont());
  painter->drawText(paper(), Qt::AlignCenter | Qt::TextWordWrap, m_text);
  painter->restore();
}

}  // namespace hw::canvas
