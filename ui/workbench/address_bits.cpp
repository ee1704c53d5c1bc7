#include "ui/workbench/address_bits.h"

#include <QEvent>
#include <QPainter>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::workbench {
namespace {

constexpr int kBits = 32;
constexpr qreal kOctetGap = 9;

QFont bitFont() { return kit::monoFont(kit::TextSize::Normal); }

}  // namespace

AddressBits::AddressBits(QWidget* parent) : QWidget(parent) { setObjectName(QStringLiteral("addressBits")); }

void AddressBits::setValue(const Ipv4Prefix& prefix) {
  m_prefix = prefix;
  tell();
  update();
}

void AddressBits::tell() {
  setAccessibleName(tr("The address in bits"));
  setAccessibleDescription(tr("%1: %2 bits of network part, %3 bits of host part")
                               .arg(QString::fromStdString(m_prefix.text())).arg(m_prefix.length).arg(kBits - m_prefix.length));
}

void AddressBits::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) tell(), update();
}

QSize AddressBits::sizeHint() const {
  const QFontMetrics metrics(bitFont());
  return {kBits * (metrics.horizontalAdvance(QLatin1Char('0')) + 4) + 3 * static_cast<int>(kOctetGap) + 8, 3 * metrics.height() + 12};
}

void AddressBits::paintEvent(QPaintEvent*) {
  const kit::Theme& theme = kit::theme();
  QPainter painter(this);
  const QFont font = bitFont();
  const QFontMetricsF metrics(font);
  const qreal wide = (width() - 3 * kOctetGap - 2) / kBits, high = metrics.height() + 4;
  const auto left = [&](int bit) { return 1 + wide * bit + kOctetGap * (bit / 8); };
  QColor network = theme.accent;
  network.setAlpha(60);
  painter.setFont(font);
  painter.setPen(theme.ink);
  for (int bit = 0; bit < kBits; ++bit) {
    const QRectF cell(left(bit), 0, wide, high);
    painter.fillRect(cell.adjusted(0.5, 0, -0.5, 0), bit < m_prefix.length ? network : theme.stripe);
    painter.drawText(cell, Qt::AlignCenter, (m_prefix.address.value >> (31 - bit) & 1) != 0 ? QStringLiteral("1") : QStringLiteral("0"));
  }
  for (int octet = 0; octet < 4; ++octet) {
    const QRectF below(left(8 * octet), high, 8 * wide, high);
    painter.drawText(below, Qt::AlignCenter, QString::number(m_prefix.address.value >> (24 - 8 * octet) & 0xFF));
  }
  const int length = m_prefix.length;
  painter.setFont(kit::textFont(kit::TextSize::Small));
  painter.setPen(theme.mutedInk);
  const auto name = [&](int from, int until, const QString& text) {
    if (from == until) return;
    const QRectF where(left(from), 2 * high, left(until - 1) + wide - left(from), high);
    painter.drawLine(QPointF(where.left() + 1, where.top() + 1), QPointF(where.right() - 1, where.top() + 1));
    painter.drawText(where, Qt::AlignCenter, QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, where.width()));
  };
  name(0, length, tr("network part: %1").arg(length));
  name(length, kBits, tr("host part: %1").arg(kBits - length));
}

}  // namespace hw::workbench
