#include "ui/inspector/hop_table.h"

#include <QHeaderView>
#include <QMouseEvent>
#include <numeric>

#include "ui/kit/fonts.h"
#include "ui/model/hop_strip_model.h"

namespace hw::inspector {

constexpr qreal kLargest = 14, kLeast = 8.5, kStep = 0.5;
constexpr int kMargin = 14, kHeadMargin = 8;  // of a cell and of a head, both sides
constexpr int kRowMargin = 6;     // of a row, above and below

HopTable::HopTable(QWidget* parent) : QTableView(parent) {
  setSelectionMode(NoSelection);
  setEditTriggers(NoEditTriggers);
  setWordWrap(false);
  setCornerButtonEnabled(false);
  setHorizontalScrollMode(ScrollPerPixel);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setMinimumSectionSize(1);
  // The rows share the height there is: the strip is read from the last row of a class.
  verticalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

void HopTable::setStrip(model::HopStripModel* strip) {
  m_strip = strip;
  setModel(strip);
}

void HopTable::arrange() {
  clearSpans();
  joinCells();
  fitToRoom();
}

void HopTable::joinCells() {
  for (int row = 0; row < m_strip->rowCount(); ++row)
    for (int from = 0, to = 0; from < m_strip->columnCount(); from = to) {
      to = m_strip->endOfValue(row, from);
      if (to - from > 1) setSpan(row, from, 1, to - from);
    }
}

void HopTable::setPoints(qreal points) {
  QFont mono = kit::monoFont(), text = kit::textFont();
  mono.setPointSizeF(points);
  text.setPointSizeF(points);
  setFont(mono);
  m_strip->setHeadFont(text);
  horizontalHeader()->setFont(text);
  verticalHeader()->setFont(text);
  verticalHeader()->setMinimumSectionSize(verticalHeader()->fontMetrics().height() + 2);
}

/// A joined cell that its columns do not hold widens them evenly.
QList<int> HopTable::neededWidths() const {
  QFont bold = font(), head = horizontalHeader()->font();
  bold.setBold(true);
  head.setBold(true);
  const QFontMetrics cells(bold), heads(head);
  QList<int> widths;
  for (int column = 0; column < m_strip->columnCount(); ++column)
    widths += heads.horizontalAdvance(m_strip->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()) + kHeadMargin;
  for (int row = 0; row < m_strip->rowCount(); ++row)
    for (int from = 0, to = 0; from < m_strip->columnCount(); from = to) {
      to = m_strip->endOfValue(row, from);
      const int needed = cells.horizontalAdvance(m_strip->index(row, from).data().toString()) + kMargin;
      const int missing = needed - std::accumulate(widths.begin() + from, widths.begin() + to, 0);
      for (int column = from; missing > 0 && column < to; ++column) widths[column] += missing / (to - from) + 1;
    }
  return widths;
}

void HopTable::fitToRoom() {
  if (!m_strip || m_strip->columnCount() == 0) return;
  QList<int> widths;
  int room = 0, wide = 0;
  for (qreal points = kLargest; points >= kLeast; points -= kStep) {
    setPoints(points);
    widths = neededWidths();
    wide = std::accumulate(widths.begin(), widths.end(), 0);
    room = contentsRect().width() - verticalHeader()->sizeHint().width();
    const int row = verticalHeader()->fontMetrics().height() + kRowMargin;
    const int high = row * m_strip->rowCount() + horizontalHeader()->sizeHint().height();
    if (wide <= room && high <= contentsRect().height()) break;
  }
  const int columns = static_cast<int>(widths.size()), spare = std::max(0, room - wide);
  for (int column = 0; column < columns; ++column)
    setColumnWidth(column, widths[column] + spare / columns);
}

/// Within a joined cell too the hop is meant that lies below the mouse.
void HopTable::mouseReleaseEvent(QMouseEvent* event) {
  QTableView::mouseReleaseEvent(event);
  if (const int hop = columnAt(event->pos().x()); hop >= 0) emit hopClicked(hop);
}

void HopTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  fitToRoom();
}

}  // namespace hw::inspector
