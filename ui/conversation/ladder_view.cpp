#include "ui/conversation/ladder_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "core/proto/tcp/tcp_wire.h"
#include "ui/conversation/plot_kit.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::conversation {
namespace {

constexpr int kMargin = 10;
constexpr Duration kSilence = milliseconds(150);  ///< a longer one is told

QFont labelFont() { return kit::textFont(kit::TextSize::Small); }
QFont timeFont() { return kit::monoFont(kit::TextSize::Small); }
int rowHeight() { return QFontMetrics(labelFont()).height() + 4; }
int gutter() { return QFontMetrics(timeFont()).horizontalAdvance(QStringLiteral("00000.000")) + 8; }

/// How far apart two moments are drawn: enough to be told apart, and more for a longer time.
int distance(Duration span) {
  if (span.ns <= 0) return 0;
  const double microseconds = static_cast<double>(span.ns) / 1e3;
  return 4 + static_cast<int>(std::min(26.0, 5 * std::log10(1 + microseconds)));
}

QString spanText(Duration span) {
  const double seconds = static_cast<double>(span.ns) / 1e9;
  return seconds >= 1 ? QStringLiteral("%1 s").arg(seconds, 0, 'f', 1) : QStringLiteral("%1 ms").arg(seconds * 1e3, 0, 'f', 0);
}

}  // namespace

LadderView::LadderView(QWidget* parent) : QAbstractScrollArea(parent) {
  setObjectName(QStringLiteral("ladder"));
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  viewport()->setBackgroundRole(QPalette::Base);
  viewport()->setAutoFillBackground(true);
}

void LadderView::setValue(const std::shared_ptr<const model::ConversationsView>& view, TransmissionId selected) {
  const bool atEnd = verticalScrollBar()->value() >= verticalScrollBar()->maximum();
  m_view = view;
  m_selected = selected;
  layOut();
  if (atEnd) verticalScrollBar()->setValue(verticalScrollBar()->maximum());
  describe();
  viewport()->update();
}

void LadderView::layOut() {
  m_columns.clear();
  m_height = 0;
  if (!m_view) return;
  for (const auto* one : {&m_view->shown, &m_view->beside})
    if (*one) {
      Column& column = m_columns.emplace_back();
      column.what = &**one;
      placeArrows(column);
      m_height = std::max(m_height, column.height);
    }
  placeColumns();
}

void LadderView::placeColumns() {
  const double each = m_columns.empty() ? 0 : viewport()->width() / static_cast<double>(m_columns.size());
  for (std::size_t i = 0; i < m_columns.size(); ++i) {
    Column& column = m_columns[i];
    column.begin = each * static_cast<double>(i);
    column.left = column.begin + gutter() + kMargin;
    column.right = column.begin + each - kMargin - 8;
  }
  const int room = viewport()->height() - headHeight();
  verticalScrollBar()->setRange(0, std::max(0, m_height - room));
  verticalScrollBar()->setPageStep(std::max(1, room));
  verticalScrollBar()->setSingleStep(rowHeight());
}

/// Every sending gets a row, so that no two labels stand in each other's way; arrivals stand between them.
void LadderView::placeArrows(Column& column) const {
  struct Point {
    Time at;
    bool sending = false;
    std::size_t message = 0;
  };
  const auto& messages = column.what->what.messages;
  std::vector<Point> points;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    points.push_back({messages[i].sent, true, i});
    if (messages[i].arrived != kNever) points.push_back({messages[i].arrived, false, i});
  }
  std::stable_sort(points.begin(), points.end(), [](const Point& a, const Point& b) { return a.at < b.at || (a.at == b.at && !a.sending && b.sending); });
  column.arrows.resize(messages.size());
  int y = rowHeight(), lastSending = 0;
  Time before = points.empty() ? Time{} : points.front().at;
  for (const Point& point : points) {
    const Duration span = point.at - before;
    if (span > kSilence) {
      column.gaps.push_back({y + rowHeight(), span});
      y += 2 * rowHeight();
    } else {
      y += distance(span);
    }
    if (point.sending) {
      y = std::max(y, lastSending + rowHeight());
      lastSending = y;
      column.arrows[point.message] = {y, y};
    } else {
      column.arrows[point.message].arrived = y;
    }
    before = point.at;
  }
  column.height = y + 2 * rowHeight();
}

int LadderView::headHeight() const { return QFontMetrics(kit::textFont(kit::TextSize::Small, true)).height() + QFontMetrics(timeFont()).height() + 8; }

void LadderView::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.setRenderHint(QPainter::Antialiasing);
  for (const Column& column : m_columns) {
    painter.save();
    painter.setClipRect(QRectF(column.begin, headHeight(), column.right - column.begin + kMargin, viewport()->height()));
    painter.translate(0, headHeight() - verticalScrollBar()->value());
    paintColumn(painter, column);
    painter.restore();
    paintHead(painter, column);
  }
}

void LadderView::paintColumn(QPainter& painter, const Column& column) const {
  const kit::Theme& t = kit::theme();
  painter.setPen(QPen(t.cable, 2));
  const int end = std::max(m_height, viewport()->height());
  for (const double x : {column.left, column.right}) painter.drawLine(QPointF(x, 0), QPointF(x, end));
  painter.setFont(labelFont());
  for (const Gap& gap : column.gaps) {
    painter.setPen(QPen(t.panel, 3));
    for (const double x : {column.left, column.right}) painter.drawLine(QPointF(x, gap.y - 4), QPointF(x, gap.y + 4));
    painter.setPen(t.mutedInk);
    painter.drawText(QRectF(column.left, gap.y - rowHeight() / 2.0, column.right - column.left, rowHeight()), Qt::AlignCenter,
                     QStringLiteral("⋮  ") + spanText(gap.span) + QStringLiteral("  ⋮"));
  }
  const int top = verticalScrollBar()->value() - 2 * rowHeight(), bottom = top + viewport()->height() + 4 * rowHeight();
  const Time first = column.what->what.messages.empty() ? Time{} : column.what->what.messages.front().sent;
  for (std::size_t i = 0; i < column.arrows.size(); ++i) {
    const Arrow& arrow = column.arrows[i];
    if (arrow.arrived < top || arrow.sent > bottom) continue;
    painter.setFont(timeFont());
    painter.setPen(t.mutedInk);
    const double milliseconds = static_cast<double>((column.what->what.messages[i].sent - first).ns) / 1e6;
    painter.drawText(QRectF(column.begin, arrow.sent - rowHeight() / 2.0, column.left - column.begin - 8, rowHeight()), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(milliseconds, 'f', 3));
    paintArrow(painter, column, i);
  }
  for (std::size_t i = 0; i < column.arrows.size(); ++i)
    if (column.arrows[i].arrived >= top && column.arrows[i].sent <= bottom) paintLabel(painter, column, i);
}

void LadderView::paintArrow(QPainter& painter, const Column& column, std::size_t index) const {
  const kit::Theme& t = kit::theme();
  const lens::Conversation& what = column.what->what;
  const lens::Message& message = what.messages[index];
  const Arrow& arrow = column.arrows[index];
  const QColor color = colorOf(what, message);
  const double from = message.byOpener ? column.left : column.right, to = message.byOpener ? column.right : column.left;
  const bool there = message.arrived != kNever;
  const double share = there ? 1 : 0.88;
  const QPointF start(from, arrow.sent), end(from + (to - from) * share, there ? arrow.arrived : arrow.sent + rowHeight() * 0.4);
  const bool chosen = message.id == m_selected;
  painter.setPen(QPen(color, chosen ? 3 : 1.6, there ? Qt::SolidLine : Qt::DashLine));
  painter.drawLine(start, end);
  if (there) {
    const double angle = std::atan2(end.y() - start.y(), end.x() - start.x());
    QPolygonF head;
    head << end;
    for (const double side : {2.75, -2.75}) head << end + 9 * QPointF(std::cos(angle + side), std::sin(angle + side));
    painter.setBrush(color);
    painter.drawPolygon(head);
    painter.setBrush(Qt::NoBrush);
  } else if (message.isLost()) {
    painter.setPen(QPen(t.bad, 2.4));
    painter.drawLine(end + QPointF(-6, -6), end + QPointF(6, 6));
    painter.drawLine(end + QPointF(-6, 6), end + QPointF(6, -6));
  }
}

/// Beside the life line of who sends, in the row of the sending: no two stand in each other's way.
void LadderView::paintLabel(QPainter& painter, const Column& column, std::size_t index) const {
  const kit::Theme& t = kit::theme();
  const lens::Conversation& what = column.what->what;
  const lens::Message& message = what.messages[index];
  const bool chosen = message.id == m_selected;
  const QFont font = labelFont();
  const int room = static_cast<int>(column.right - column.left - 44);
  const QString label = QFontMetrics(font).elidedText(labelOf(what, message), Qt::ElideRight, room);
  const double width = QFontMetricsF(font).horizontalAdvance(label) + 8;
  const double left = message.byOpener ? column.left + 12 : column.right - 12 - width;
  const QRectF box(left, column.arrows[index].sent - rowHeight() / 2.0 + 1, width, rowHeight() - 2);
  QColor behind = chosen ? t.changed : t.panel;
  if (!chosen) behind.setAlpha(225);
  painter.fillRect(box, behind);
  painter.setFont(font);
  painter.setPen(chosen ? t.changedInk : colorOf(what, message));
  painter.drawText(box, Qt::AlignCenter, label);
}

void LadderView::paintHead(QPainter& painter, const Column& column) const {
  const kit::Theme& t = kit::theme();
  painter.fillRect(QRectF(column.begin, 0, column.right - column.begin + kMargin + 8, headHeight()), t.stripe);
  const double half = (column.right - column.begin) / 2;
  const auto told = [&](const lens::Speaker& speaker, const QRectF& where, Qt::Alignment side) {
    const QFont bold = kit::textFont(kit::TextSize::Small, true);
    painter.setFont(bold);
    painter.setPen(t.ink);
    painter.drawText(where.adjusted(0, 3, 0, 0), side | Qt::AlignTop, speaker.name.empty() ? QStringLiteral("?") : QString::fromStdString(speaker.name));
    painter.setFont(timeFont());
    painter.setPen(t.mutedInk);
    painter.drawText(where.adjusted(0, 0, 0, -3), side | Qt::AlignBottom,
                     QFontMetrics(timeFont()).elidedText(QString::fromStdString(speaker.text()), Qt::ElideMiddle, static_cast<int>(where.width())));
  };
  const lens::Conversation& what = column.what->what;
  told(what.opener, QRectF(column.begin + 6, 0, half - 22, headHeight()), Qt::AlignLeft);
  told(what.answerer, QRectF(column.begin + half + 22, 0, half - 22 + 8, headHeight()), Qt::AlignRight);
  painter.setFont(kit::textFont(kit::TextSize::Small, true));
  painter.setPen(t.accent);
  painter.drawText(QRectF(column.begin + half - 22, 0, 44, headHeight()), Qt::AlignCenter,
                   what.kind == lens::Conversation::Kind::Tcp ? QStringLiteral("TCP") : QStringLiteral("UDP"));
}

QString LadderView::labelOf(const lens::Conversation& what, const lens::Message& message) const {
  if (what.kind == lens::Conversation::Kind::Udp) return tr("%n byte(s)", nullptr, static_cast<int>(message.size));
  QStringList flags;
  if (message.flags & tcp::kSyn) flags += QStringLiteral("SYN");
  if (message.flags & tcp::kFin) flags += QStringLiteral("FIN");
  if (message.flags & tcp::kRst) flags += QStringLiteral("RST");
  if (message.flags & tcp::kPsh) flags += QStringLiteral("PSH");
  if (message.flags & tcp::kAck) flags += QStringLiteral("ACK");
  QString label = flags.join(QStringLiteral(", "));
  if (message.end() > message.sequence) label += QStringLiteral("  seq %1").arg(message.sequence);
  if (message.flags & tcp::kAck) label += QStringLiteral("  ack %1").arg(message.acknowledgment);
  if (message.size == 0 && message.flags == tcp::kAck) label += QStringLiteral("  win %1").arg(message.window);
  if (message.size > 0) label += QStringLiteral("  ") + tr("%n byte(s)", nullptr, static_cast<int>(message.size));
  if (message.again) label += QStringLiteral("  ") + tr("again");
  return label;
}

QColor LadderView::colorOf(const lens::Conversation& what, const lens::Message& message) const {
  const PlotColors colors = plotColors();
  if (what.kind == lens::Conversation::Kind::Udp) return colors.data;
  if (message.flags & tcp::kRst) return kit::theme().bad;
  if (message.again) return colors.again;
  if (message.flags & (tcp::kSyn | tcp::kFin)) return kit::theme().accent;
  return message.size > 0 ? colors.data : colors.acknowledged;
}

std::optional<LadderView::Hit> LadderView::hitAt(const QPoint& where) const {
  const int y = where.y() - headHeight() + verticalScrollBar()->value();
  for (const Column& column : m_columns) {
    if (where.x() < column.begin || where.x() > column.right + kMargin || where.y() < headHeight()) continue;
    const auto& messages = column.what->what.messages;
    std::optional<Hit> best;
    double nearest = rowHeight();
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const double share = std::clamp((where.x() - column.left) / std::max(1.0, column.right - column.left), 0.0, 1.0);
      const Arrow& arrow = column.arrows[i];
      const double at = arrow.sent + (arrow.arrived - arrow.sent) * (messages[i].byOpener ? share : 1 - share);
      if (std::abs(at - y) >= nearest) continue;
      nearest = std::abs(at - y);
      best = Hit{column.what, i};
    }
    return best;
  }
  return std::nullopt;
}

void LadderView::mousePressEvent(QMouseEvent* event) {
  if (const auto hit = hitAt(event->pos())) emit packetChosen(hit->view->what.messages[hit->message].id);
}

void LadderView::mouseDoubleClickEvent(QMouseEvent* event) {
  if (const auto hit = hitAt(event->pos())) emit momentChosen(hit->view->beats[hit->message]);
}

/// Up and down go from message to message, Enter to the moment of the selected one.
void LadderView::keyPressEvent(QKeyEvent* event) {
  const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (m_columns.empty() || (step == 0 && !enter)) return QAbstractScrollArea::keyPressEvent(event);
  const Column& column = m_columns.front();
  const auto& messages = column.what->what.messages;
  const auto at = std::find_if(messages.begin(), messages.end(), [this](const lens::Message& one) { return one.id == m_selected; });
  if (enter) {
    if (at != messages.end()) emit momentChosen(column.what->beats[static_cast<std::size_t>(at - messages.begin())]);
    return;
  }
  const auto count = static_cast<std::ptrdiff_t>(messages.size());
  const std::ptrdiff_t next = at == messages.end() ? (step > 0 ? 0 : count - 1) : std::clamp<std::ptrdiff_t>(at - messages.begin() + step, 0, count - 1);
  if (count == 0) return;
  const int y = column.arrows[static_cast<std::size_t>(next)].sent;
  const int room = viewport()->height() - headHeight();
  QScrollBar* bar = verticalScrollBar();
  if (y < bar->value() + rowHeight()) bar->setValue(y - rowHeight());
  if (y > bar->value() + room - 2 * rowHeight()) bar->setValue(y - room + 2 * rowHeight());
  emit packetChosen(messages[static_cast<std::size_t>(next)].id);
}

void LadderView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  placeColumns();
}

void LadderView::describe() {
  QString told;
  for (const Column& column : m_columns) {
    const auto& what = column.what->what;
    for (const lens::Message& one : what.messages) {
      if (one.id != m_selected) continue;
      told = QStringLiteral("%1 → %2: %3").arg(shortName(what.from(one)), shortName(what.to(one)), labelOf(what, one));
    }
  }
  setAccessibleDescription(told);
}

void LadderView::retranslate() {
  setAccessibleName(tr("Messages between both programs"));
  describe();
  viewport()->update();
}

}  // namespace hw::conversation
