#include "ui/device_page/inside_view.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::device_page {
namespace {

using lens::InsideLine;
using lens::InsidePart;
using Kind = InsidePart::Kind;

constexpr qreal kGap = 28;        ///< between rows: room for a number
constexpr qreal kPadding = 6;     ///< inside boxes
constexpr qreal kApart = 8;       ///< between boxes of a row
constexpr qreal kMargin = 26;     ///< on both sides: lines that pass rows go there
constexpr qreal kNumber = 9;      ///< radius of the disc with a number

QFont nameFont() { return kit::textFont(kit::TextSize::Small, true); }
QFont smallFont() { return kit::textFont(kit::TextSize::Small); }
QFont addressFont() { return kit::monoFont(kit::TextSize::Small); }

qreal heightOf(const InsidePart& part) {
  const qreal line = QFontMetricsF(nameFont()).height();
  if (part.kind == Kind::Wire) return line + 4;
  return line * (part.about.empty() ? 1 : 2) + QFontMetricsF(addressFont()).height() * static_cast<qreal>(part.addresses.size()) + 2 * kPadding;
}

bool isInterface(const InsidePart& part) { return part.kind == Kind::Interface || part.kind == Kind::Bridge; }

}  // namespace

InsideView::InsideView(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("inside"));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void InsideView::setValue(const lens::Inside& inside) {
  const QString told = tr("Inside of the device");
  if (accessibleName() != told) setAccessibleName(told);
  if (inside == m_inside) return;
  const bool same = inside.parts == m_inside.parts && inside.lines == m_inside.lines;
  m_inside = inside;
  setVisible(!m_inside.parts.empty());
  if (!same) {
    placeColumns();
    layOut();
    updateGeometry();
  }
  setAccessibleDescription(tellSteps());
  update();
}

QString InsideView::title(const InsidePart& part) const {
  return part.kind == Kind::Stack ? tr("Protocol stack") : QString::fromStdString(part.name);
}

/// "1 ping → ICMP, 2 ICMP → Protocol stack, ..."
QString InsideView::tellSteps() const {
  QStringList steps;
  for (std::size_t i = 0; i < m_inside.steps.size(); ++i) {
    const lens::InsideStep& step = m_inside.steps[i];
    const InsideLine& line = m_inside.lines[step.line];
    const InsidePart& from = m_inside.parts[step.down ? line.upper : line.lower];
    const InsidePart& to = m_inside.parts[step.down ? line.lower : line.upper];
    steps += QStringLiteral("%1 %2 → %3").arg(i + 1).arg(title(from), title(to));
  }
  return steps.join(QStringLiteral(", "));
}

/// Interfaces that nothing stands below get a column each; what stands above is in the middle of what it is above.
void InsideView::placeColumns() {
  const auto& parts = m_inside.parts;
  m_middles.assign(parts.size(), -1);
  std::vector<std::vector<std::size_t>> lower(parts.size());
  for (const InsideLine& line : m_inside.lines)
    if (!line.around && isInterface(parts[line.upper]) && isInterface(parts[line.lower])) lower[line.upper].push_back(line.lower);
  qreal next = 0;
  const auto place = [&](auto&& self, std::size_t part, int bound) -> void {
    if (m_middles[part] >= 0 || bound == 0) return;
    std::vector<std::size_t>& below = lower[part];
    if (below.empty()) m_middles[part] = next++ + 0.5;
    qreal least = 1e9, most = -1;
    for (const std::size_t one : below) {
      self(self, one, bound - 1);
      least = std::min(least, m_middles[one]);
      most = std::max(most, m_middles[one]);
    }
    if (!below.empty()) m_middles[part] = (least + most) / 2;
  };
  for (std::size_t row = 0; row < m_inside.rows; ++row)
    for (std::size_t i = 0; i < parts.size(); ++i)
      if (isInterface(parts[i]) && parts[i].row == row) place(place, i, 16);
  // Several VLANs of one trunk have the same middle: they share its column side by side.
  for (std::size_t i = 0; i < parts.size(); ++i) {
    std::vector<std::size_t> here;
    for (std::size_t j = 0; j < parts.size(); ++j)
      if (isInterface(parts[j]) && parts[j].row == parts[i].row && isInterface(parts[i]) && m_middles[j] == m_middles[i]) here.push_back(j);
    if (here.size() < 2 || here.front() != i) continue;
    const qreal middle = m_middles[i], share = 1.0;
    for (std::size_t k = 0; k < here.size(); ++k)
      m_middles[here[k]] = middle + share * (static_cast<qreal>(k) - static_cast<qreal>(here.size() - 1) / 2);
  }
  qreal least = 0;
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (isInterface(parts[i])) least = std::min(least, m_middles[i] - 0.5), next = std::max(next, m_middles[i] + 0.5);
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (isInterface(parts[i])) m_middles[i] -= least;
  m_columns = static_cast<std::size_t>(std::ceil(std::max(1.0, next - least)));
  for (const InsideLine& line : m_inside.lines)
    if (parts[line.lower].kind == Kind::Wire) m_middles[line.lower] = m_middles[line.upper];
}

/// Programs and sockets share the width of their row.
void InsideView::placeUpper(std::size_t row, qreal top, qreal height) {
  std::vector<std::size_t> here;
  for (std::size_t i = 0; i < m_inside.parts.size(); ++i)
    if (m_inside.parts[i].row == row) here.push_back(i);
  // A program behind an interface stands on the right, where its line goes down; its sockets stand below it.
  const auto ownsLine = [this](std::size_t part) {
    return std::any_of(m_inside.lines.begin(), m_inside.lines.end(), [&](const InsideLine& one) { return one.around && one.upper == part; });
  };
  std::stable_partition(here.begin(), here.end(), [&](std::size_t part) {
    for (const InsideLine& one : m_inside.lines)
      if (m_inside.parts[part].kind == Kind::Socket && one.lower == part && ownsLine(one.upper)) return false;
    return m_inside.parts[part].kind != Kind::Program || !ownsLine(part);
  });
  const qreal room = (width() - 2 * kMargin) / static_cast<qreal>(std::max<std::size_t>(1, here.size()));
  for (std::size_t k = 0; k < here.size(); ++k) {
    const bool stack = m_inside.parts[here[k]].kind == Kind::Stack;
    const qreal wide = stack ? room : std::min(room - kApart, QFontMetricsF(nameFont()).horizontalAdvance(title(m_inside.parts[here[k]])) + 4 * kPadding);
    m_boxes[here[k]] = QRectF(kMargin + room * (static_cast<qreal>(k) + 0.5) - wide / 2, top, wide, height);
  }
}

void InsideView::layOut() {
  const auto& parts = m_inside.parts;
  m_boxes.assign(parts.size(), {});
  const qreal column = (width() - 2 * kMargin) / static_cast<qreal>(m_columns);
  qreal top = 2;
  for (std::size_t row = 0; row < m_inside.rows; ++row) {
    qreal height = 0;
    for (const InsidePart& one : parts)
      if (one.row == row) height = std::max(height, heightOf(one));
    if (height == 0) continue;
    if (row < 3) placeUpper(row, top, height);
    for (std::size_t i = 0; i < parts.size() && row >= 3; ++i) {
      if (parts[i].row != row) continue;
      const qreal most = parts[i].kind == Kind::Wire || isInterface(parts[i]) ? column - kApart : column;
      QFontMetricsF metrics(nameFont()), mono(addressFont());
      qreal wide = std::max(metrics.horizontalAdvance(title(parts[i])), QFontMetricsF(smallFont()).horizontalAdvance(QString::fromStdString(parts[i].about)));
      for (const std::string& one : parts[i].addresses) wide = std::max(wide, mono.horizontalAdvance(QString::fromStdString(one)));
      wide = std::min(most, wide + 2 * kPadding + 2);
      m_boxes[i] = QRectF(kMargin + column * m_middles[i] - wide / 2, top, wide, parts[i].kind == Kind::Wire ? height : heightOf(parts[i]));
    }
    top += height + kGap;
  }
  m_height = static_cast<int>(std::ceil(top - kGap + 4));
}

QSize InsideView::sizeHint() const { return {280, m_height}; }
QSize InsideView::minimumSizeHint() const { return {200, m_height}; }

void InsideView::resizeEvent(QResizeEvent*) { layOut(); }

void InsideView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) setAccessibleName(tr("Inside of the device")), setAccessibleDescription(tellSteps()), layOut();
  if (event->type() == QEvent::FontChange) layOut(), updateGeometry();
}

/// The way of a line, and where its number stands.
QPainterPath InsideView::pathOf(const InsideLine& line, QPointF& middle) const {
  const QRectF &upper = m_boxes[line.upper], &lower = m_boxes[line.lower];
  QPainterPath path;
  if (line.around && m_inside.parts[line.upper].kind == Kind::Program) {
    // Down the side to the bottom of the interface, as if it were a wire.
    const qreal side = width() - kMargin / 2, foot = lower.bottom() + 10;
    path.moveTo(upper.right(), upper.center().y());
    path.lineTo(side, upper.center().y());
    path.lineTo(side, foot);
    path.lineTo(lower.center().x(), foot);
    path.lineTo(lower.center().x(), lower.bottom());
    middle = {side, (upper.center().y() + foot) / 2};
    return path;
  }
  if (line.around) {  // what a tunnel has packed goes through the stack once more
    const qreal side = lower.right() + 9, foot = lower.bottom() + 9;
    path.moveTo(lower.center().x(), lower.bottom());
    path.lineTo(lower.center().x(), foot);
    path.lineTo(side, foot);
    path.lineTo(side, upper.bottom());
    middle = {side, (upper.bottom() + lower.top()) / 2};
    return path;
  }
  const bool stack = m_inside.parts[line.upper].kind == Kind::Stack;
  const QPointF from(stack ? lower.center().x() : upper.center().x(), upper.bottom());
  const bool below = m_inside.parts[line.lower].kind == Kind::Stack;
  const QPointF to(below ? upper.center().x() : lower.center().x(), lower.top());
  path.moveTo(from);
  path.lineTo(to);
  middle = (from + to) / 2;
  return path;
}

void InsideView::paintLine(QPainter& painter, std::size_t number) const {
  const kit::Theme& theme = kit::theme();
  QPointF middle;
  const QPainterPath path = pathOf(m_inside.lines[number], middle);
  QStringList numbers;
  bool down = false, up = false;
  for (std::size_t i = 0; i < m_inside.steps.size(); ++i) {
    if (m_inside.steps[i].line != number) continue;
    numbers += QString::number(i + 1);
    (m_inside.steps[i].down ? down : up) = true;
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(numbers.isEmpty() ? QPen(theme.cable, 1.4) : QPen(theme.accent, 3));
  painter.drawPath(path);
  if (numbers.isEmpty()) return;
  const auto head = [&](const QPointF& at, const QPointF& from) {
    const qreal turn = std::atan2(at.y() - from.y(), at.x() - from.x());
    const auto wing = [&](qreal by) { return at - QPointF(std::cos(turn + by), std::sin(turn + by)) * 9; };
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawPolygon(QPolygonF{at, wing(0.45), wing(-0.45)});
  };
  // Paths around run from the lower to the upper end, or from the program down to its interface.
  const InsideLine& line = m_inside.lines[number];
  const bool upwards = line.around && m_inside.parts[line.upper].kind != Kind::Program;
  if (upwards ? up : down) head(path.pointAtPercent(1), path.pointAtPercent(0.97));
  if (upwards ? down : up) head(path.pointAtPercent(0), path.pointAtPercent(0.03));
  while (numbers.size() > 3) numbers.removeAt(numbers.size() - 2);
  const QString text = numbers.join(QStringLiteral(", "));
  const QFont font = nameFont();
  const qreal wide = std::max(2 * kNumber, QFontMetricsF(font).horizontalAdvance(text) + 8);
  QRectF disc(0, 0, wide, 2 * kNumber);
  disc.moveCenter(middle);
  disc.moveRight(std::min(disc.right(), width() - 1.0));
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.accent);
  painter.drawRoundedRect(disc, kNumber, kNumber);
  painter.setPen(theme.accentInk);
  painter.setFont(font);
  painter.drawText(disc, Qt::AlignCenter, text);
}

void InsideView::paintPart(QPainter& painter, std::size_t number) const {
  const kit::Theme& theme = kit::theme();
  const InsidePart& part = m_inside.parts[number];
  const QRectF box = m_boxes[number];
  const auto put = [&](const QRectF& where, const QString& text, const QFont& font, const QColor& ink) {
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(where, Qt::AlignHCenter | Qt::AlignTop, QFontMetricsF(font).elidedText(text, Qt::ElideMiddle, where.width()));
  };
  if (part.kind == Kind::Wire) return put(box, title(part), smallFont(), theme.mutedInk);
  const bool soft = part.kind == Kind::Program || part.kind == Kind::Socket;
  painter.setPen(QPen(part.active ? theme.mutedInk : theme.line, 1.3, part.active ? Qt::SolidLine : Qt::DashLine));
  painter.setBrush(part.kind == Kind::Stack ? theme.stripe : theme.panel);
  painter.drawRoundedRect(box, soft ? box.height() / 2 : 4, soft ? box.height() / 2 : 4);
  QRectF text = box.adjusted(2, kPadding, -2, 0);
  put(text, title(part), nameFont(), part.active ? theme.ink : theme.mutedInk);
  text.setTop(text.top() + QFontMetricsF(nameFont()).height());
  if (!part.about.empty()) {
    put(text, QString::fromStdString(part.about), smallFont(), theme.mutedInk);
    text.setTop(text.top() + QFontMetricsF(smallFont()).height());
  }
  for (const std::string& one : part.addresses) {
    put(text, QString::fromStdString(one), addressFont(), theme.mutedInk);
    text.setTop(text.top() + QFontMetricsF(addressFont()).height());
  }
}

/// Between the programs and the kernel.
void InsideView::paintBorder(QPainter& painter) const {
  qreal least = 0;
  for (std::size_t i = 0; i < m_boxes.size(); ++i)
    if (m_inside.parts[i].kind == Kind::Program) least = std::max(least, m_boxes[i].bottom());
  if (least == 0) return;
  painter.setPen(QPen(kit::theme().line, 1.2, Qt::DashLine));
  painter.drawLine(QPointF(2, least + kGap / 2), QPointF(width() - 2, least + kGap / 2));
}

void InsideView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintBorder(painter);
  std::vector<bool> walked(m_inside.lines.size());
  for (const lens::InsideStep& one : m_inside.steps) walked[one.line] = true;
  for (const bool now : {false, true})
    for (std::size_t i = 0; i < m_inside.lines.size(); ++i)
      if (walked[i] == now) paintLine(painter, i);
  for (std::size_t i = 0; i < m_inside.parts.size(); ++i) paintPart(painter, i);
}

}  // namespace hw::device_page
