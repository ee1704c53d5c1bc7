#include "ui/canvas/callout_painter.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QTransform>
#include <algorithm>

#include "ui/canvas/network_scene.h"
#include "ui/canvas/node_item.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::canvas {
namespace {

constexpr qreal kSentenceWidth = 230;
constexpr qreal kPadding = 7;

QFont scaled(QFont font, qreal detail) {
  font.setPointSizeF(font.pointSizeF() * detail);
  return font;
}
QFont fieldFont(qreal detail) { return scaled(kit::textFont(kit::TextSize::Small, true), detail); }
QFont valueFont(qreal detail) { return scaled(kit::monoFont(kit::TextSize::Small), detail); }
QFont sentenceFont(qreal detail) { return scaled(kit::textFont(kit::TextSize::Small), detail); }

struct Callout {
  const model::Happening* happening = nullptr;
  QRectF box;      ///< in the view
  QPointF device;  ///< what it points to
};

struct Columns {
  qreal field = 0, before = 0, arrow = 0, after = 0, line = 0;
};

Columns columnsOf(const model::Happening& happening, qreal detail) {
  const QFontMetricsF bold(fieldFont(detail)), mono(valueFont(detail));
  Columns c;
  c.arrow = mono.horizontalAdvance(QStringLiteral(" → "));
  c.line = std::max(bold.height() * 0.86, mono.height());
  for (const auto& line : happening.lines) {
    c.field = std::max(c.field, bold.horizontalAdvance(QString::fromStdString(line.field)) + 8 * detail);
    c.before = std::max(c.before, mono.horizontalAdvance(QString::fromStdString(line.before)));
    c.after = std::max(c.after, mono.horizontalAdvance(QString::fromStdString(line.after)));
  }
  return c;
}

QSizeF sizeOf(const model::Happening& happening, qreal detail) {
  const qreal padding = 2 * kPadding * detail;
  if (happening.kind == model::Happening::Kind::Dropped) {
    const QRectF text = QFontMetricsF(sentenceFont(detail))
                            .boundingRect(QRectF(0, 0, kSentenceWidth * detail, 1000), Qt::TextWordWrap,
                                          QString::fromStdString(happening.lines.front().after));
    return {text.width() + padding + 2, text.height() + padding};
  }
  const Columns c = columnsOf(happening, detail);
  return {c.field + c.before + c.arrow + c.after + padding,
          c.line * static_cast<qreal>(happening.lines.size()) + padding};
}

qreal overlap(const QRectF& a, const QRectF& b) {
  const QRectF both = a.intersected(b);
  return both.isEmpty() ? 0 : both.width() * both.height();
}

/// Around the device: above and below first.
std::vector<QRectF> candidates(const QPointF& device, const QSizeF& size, qreal detail) {
  const qreal up = NodeItem::kRadius * detail + 14 * detail + size.height() / 2;
  const qreal down = 92 * detail + size.height() / 2;
  const qreal side = NodeItem::kRadius * detail + 16 * detail + size.width() / 2;
  std::vector<QRectF> boxes;
  for (const QPointF& shift :
       {QPointF(0, -up), QPointF(0, down), QPointF(side, -up), QPointF(-side, -up), QPointF(side, down),
        QPointF(-side, down), QPointF(side, 0), QPointF(-side, 0), QPointF(0, -1.7 * up)}) {
    QRectF box(QPointF(), size);
    box.moveCenter(device + shift);
    boxes.push_back(box);
  }
  return boxes;
}

QRectF within(QRectF box, const QRectF& view) {
  box.moveLeft(std::clamp(box.left(), view.left() + 6, std::max(view.left() + 6, view.right() - box.width() - 6)));
  box.moveTop(std::clamp(box.top(), view.top() + 6, std::max(view.top() + 6, view.bottom() - box.height() - 6)));
  return box;
}

void paintLines(QPainter& painter, const Callout& callout, qreal detail) {
  const Columns c = columnsOf(*callout.happening, detail);
  const QFontMetricsF mono(valueFont(detail));
  qreal y = callout.box.top() + kPadding * detail + mono.ascent();
  for (const auto& line : callout.happening->lines) {
    qreal x = callout.box.left() + kPadding * detail;
    painter.setFont(fieldFont(detail));
    painter.setPen(kit::theme().changedInk);
    painter.drawText(QPointF(x, y), QString::fromStdString(line.field));
    x += c.field;
    painter.setFont(valueFont(detail));
    painter.setPen(kit::theme().mutedInk);
    painter.drawText(QPointF(x, y), QString::fromStdString(line.before));
    x += c.before;
    painter.setPen(kit::theme().ink);
    painter.drawText(QPointF(x, y), QStringLiteral(" → "));
    painter.drawText(QPointF(x + c.arrow, y), QString::fromStdString(line.after));
    y += c.line;
  }
}

void paint(QPainter& painter, const Callout& callout, qreal detail) {
  const kit::Theme& theme = kit::theme();
  const bool dropped = callout.happening->kind == model::Happening::Kind::Dropped;
  const QColor edge = dropped ? theme.bad : theme.changedInk;
  const QPointF foot(std::clamp(callout.device.x(), callout.box.left(), callout.box.right()),
                     std::clamp(callout.device.y(), callout.box.top(), callout.box.bottom()));
  QPointF away = callout.device - foot;
  const qreal length = std::max(1.0, std::hypot(away.x(), away.y()));
  away *= std::max(0.0, length - (NodeItem::kRadius - 6) * detail) / length;
  painter.setPen(QPen(edge, 1.3 * detail));
  // Right below the device its name stands in the way, and nobody doubts whose it is.
  const bool rightBelow = foot.y() > callout.device.y() && std::abs(away.x()) < NodeItem::kRadius * detail;
  if (!rightBelow) painter.drawLine(foot, foot + away);
  painter.setBrush(dropped ? theme.panel : theme.changed);
  painter.drawRoundedRect(callout.box, 6, 6);
  if (!dropped) return paintLines(painter, callout, detail);
  painter.setFont(sentenceFont(detail));
  painter.setPen(theme.bad);
  painter.drawText(callout.box.adjusted(kPadding, kPadding, -kPadding, -kPadding), Qt::TextWordWrap,
                   QString::fromStdString(callout.happening->lines.front().after));
}

}  // namespace

void CalloutPainter::begin(std::vector<model::Happening> happenings, std::vector<QRectF> avoid) {
  m_happenings = std::move(happenings);
  m_taken = std::move(avoid);
  m_drawn = 0;
  m_picture = QPixmap();
}

void CalloutPainter::drawMore(const NetworkScene& scene, const QTransform& toView, QSize view, qreal pixelRatio,
                              std::size_t count) {
  const std::size_t end = m_drawn + std::min(count, m_happenings.size() - m_drawn);
  if (m_drawn < end && m_picture.isNull()) {
    m_picture = QPixmap(view * pixelRatio);
    m_picture.setDevicePixelRatio(pixelRatio);
    m_picture.fill(Qt::transparent);
  }
  for (; m_drawn < end; ++m_drawn) draw(m_happenings[m_drawn], scene, toView, QRectF(QPointF(), view));
}

void CalloutPainter::draw(const model::Happening& happening, const NetworkScene& scene, const QTransform& toView,
                          const QRectF& view) {
  const NodeItem* node = scene.node(happening.device);
  if (!node) return;
  const QPointF device = toView.map(node->pos());
  QRectF best;
  qreal least = -1;
  for (const QRectF& wanted : candidates(device, sizeOf(happening, scene.detail()), scene.detail())) {
    const QRectF box = within(wanted, view);
    qreal cost = 0.02 * std::abs(box.center().y() - wanted.center().y());
    for (const QRectF& other : m_taken) cost += overlap(box.adjusted(-4, -4, 4, 4), other);
    if (least >= 0 && cost >= least) continue;
    least = cost;
    best = box;
  }
  m_taken.push_back(best);
  QPainter painter(&m_picture);
  painter.setRenderHint(QPainter::Antialiasing);
  paint(painter, {&happening, best, device}, scene.detail());
}

}  // namespace hw::canvas
