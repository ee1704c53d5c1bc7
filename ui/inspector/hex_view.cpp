#include "ui/inspector/hex_view.h"

#include <QEvent>
#include <QFont>
#include <QFontMetrics>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::inspector {

constexpr std::uint32_t kPerLine = 16;

/// Where things stand, in pixels of the viewport.
struct HexView::Metrics {
  QFont font;
  int digit = 0, step = 0, line = 0, ascent = 0;
  int offsetX = 0, bytesX = 0, lettersX = 0;
  int width = 0;
  int byteX(std::uint32_t column) const {
    return bytesX + static_cast<int>(column) * step + (column >= 8 ? digit / 2 : 0);
  }
};

HexView::Metrics HexView::metricsOf(const QFont& font) {
  const QFontMetrics metrics(font);
  Metrics m;
  m.font = font;
  m.digit = metrics.horizontalAdvance(QLatin1Char('0'));
  m.step = 2 * m.digit + m.digit * 2 / 5;
  m.line = metrics.height() + 1;
  m.ascent = metrics.ascent();
  m.offsetX = 5;
  m.bytesX = m.offsetX + 4 * m.digit + m.digit / 2;
  m.lettersX = m.bytesX + 16 * m.step + m.digit;
  m.width = m.lettersX + 16 * m.digit + 5;
  return m;
}

/// The largest letters with which a line fits.
HexView::Metrics HexView::metrics() const {
  QFont font = kit::monoFont();
  for (const qreal points : {11.0, 10.0, 9.5, 9.0, 8.5, 8.0}) {
    font.setPointSizeF(points);
    if (const Metrics m = metricsOf(font); m.width <= viewport()->width()) return m;
  }
  font.setPointSizeF(7.5);
  return metricsOf(font);
}

HexView::HexView(QWidget* parent) : QAbstractScrollArea(parent) {
  setFocusPolicy(Qt::ClickFocus);
  setMinimumHeight(3 * metricsOf(kit::monoFont()).line + 8);
}

QSize HexView::sizeHint() const { const Metrics m = metricsOf(kit::monoFont());
  return {m.width, 6 * m.line + 8}; }

void HexView::setBytes(std::vector<std::uint8_t> bytes) {
  m_bytes = std::move(bytes);
  m_size = 0;
  updateRange();
  viewport()->update();
}

void HexView::highlight(std::uint32_t pos, std::uint32_t size) {
  m_pos = pos;
  m_size = size;
  const int top = static_cast<int>(pos / kPerLine) * metrics().line;
  QScrollBar* bar = verticalScrollBar();
  if (size > 0 && (top < bar->value() || top + metrics().line > bar->value() + viewport()->height()))
    bar->setValue(top);
  viewport()->update();
}

void HexView::updateRange() {
  const Metrics m = metrics();
  const int lines = static_cast<int>((m_bytes.size() + kPerLine - 1) / kPerLine);
  verticalScrollBar()->setRange(0, std::max(0, lines * m.line + 6 - viewport()->height()));
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(m.line);
  horizontalScrollBar()->setRange(0, std::max(0, m.width - viewport()->width()));
  horizontalScrollBar()->setPageStep(viewport()->width());
}

QRect HexView::byteRect(std::uint32_t offset) const {
  const Metrics m = metrics();
  return QRect(m.byteX(offset % kPerLine) - horizontalScrollBar()->value(),
               3 + static_cast<int>(offset / kPerLine) * m.line - verticalScrollBar()->value(),
               2 * m.digit, m.line);
}

void HexView::paintEvent(QPaintEvent*) {
  const Metrics m = metrics();
  const kit::Theme& theme = kit::theme();
  QPainter painter(viewport());
  painter.setFont(m.font);
  const int shift = horizontalScrollBar()->value();
  for (std::uint32_t i = 0; i < m_bytes.size(); ++i) {
    const QRect at = byteRect(i);
    if (at.bottom() < 0 || at.top() > viewport()->height()) continue;
    if (i % kPerLine == 0) {
      painter.setPen(theme.mutedInk);
      painter.drawText(m.offsetX - shift, at.top() + m.ascent,
                       QStringLiteral("%1").arg(i, 4, 16, QLatin1Char('0')));
    }
    const QRect letter(m.lettersX + static_cast<int>(i % kPerLine) * m.digit - shift, at.top(), m.digit, m.line);
    const bool lit = i >= m_pos && i < m_pos + m_size;
    if (lit) {
      const bool goesOn = i + 1 < m_pos + m_size && i % kPerLine != kPerLine - 1;
      painter.fillRect(at.adjusted(-2, 0, goesOn ? m.digit / 2 + 2 : 2, 0), theme.accent);
      painter.fillRect(letter, theme.accent);
    }
    painter.setPen(lit ? theme.accentInk : theme.ink);
    painter.drawText(at.left(), at.top() + m.ascent, QStringLiteral("%1").arg(m_bytes[i], 2, 16, QLatin1Char('0')));
    const bool printable = m_bytes[i] >= 0x20 && m_bytes[i] < 0x7F;
    painter.setPen(lit ? theme.accentInk : theme.mutedInk);
    painter.drawText(letter.left(), letter.top() + m.ascent, QString(QChar::fromLatin1(printable ? static_cast<char>(m_bytes[i]) : '.')));
  }
}

void HexView::resizeEvent(QResizeEvent*) { updateRange(); }

void HexView::mousePressEvent(QMouseEvent* event) {
  const Metrics m = metrics();
  for (std::uint32_t i = 0; i < m_bytes.size(); ++i) {
    const QRect at = byteRect(i);
    const QRect letter(m.lettersX + static_cast<int>(i % kPerLine) * m.digit - horizontalScrollBar()->value(),
                       at.top(), m.digit, m.line);
    if (at.adjusted(-2, 0, 2, 0).contains(event->pos()) || letter.contains(event->pos())) {
      emit byteClicked(i);
      return;
    }
  }
}

void HexView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) viewport()->update();
}

}  // namespace hw::inspector
