#include "ui/lesson/choice_button.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/kit/theme.h"

namespace hw::lesson_page {
namespace {

constexpr int kSide = 24;
constexpr qreal kMark = 16;

void paint(QAbstractButton& button, bool round) {
  const kit::Theme& t = kit::theme();
  QPainter painter(&button);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF mark(2.5, 3.5, kMark, kMark);
  const qreal corner = round ? kMark / 2 : 3;
  const QColor colour = button.isEnabled() ? t.accent : t.mutedInk;
  if (button.hasFocus()) {
    painter.setPen(QPen(t.ink, 1.2));
    painter.drawRoundedRect(mark.adjusted(-2, -2, 2, 2), corner + 2, corner + 2);
  }
  painter.setPen(QPen(button.isChecked() ? colour : t.mutedInk, 1.6));
  painter.setBrush(button.isChecked() && !round ? QBrush(colour) : QBrush(t.panel));
  painter.drawRoundedRect(mark, corner, corner);
  if (!button.isChecked()) return;
  if (round) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(mark.adjusted(4, 4, -4, -4));
    return;
  }
  painter.setPen(QPen(t.accentInk, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPolyline(QPolygonF({{6, 11.5}, {9.5, 15}, {15.5, 8}}));
}

}  // namespace

QSize ChoiceCircle::sizeHint() const { return {kSide, kSide}; }
void ChoiceCircle::paintEvent(QPaintEvent*) { paint(*this, true); }
QSize ChoiceBox::sizeHint() const { return {kSide, kSide}; }
void ChoiceBox::paintEvent(QPaintEvent*) { paint(*this, false); }

}  // namespace hw::lesson_page
