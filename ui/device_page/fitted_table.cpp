#include "ui/device_page/fitted_table.h"

#include <QHeaderView>
#include <QResizeEvent>
#include <QScrollBar>
#include <algorithm>
#include <vector>

#include "ui/kit/fonts.h"

namespace hw::device_page {

FittedTable::FittedTable(QWidget* parent) : QTableView(parent) {
  verticalHeader()->hide();
  verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 4);
  verticalHeader()->setMinimumSectionSize(16);
  horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  horizontalHeader()->setHighlightSections(false);
  horizontalHeader()->setFont(kit::textFont(kit::TextSize::Small));
  setSelectionMode(QAbstractItemView::NoSelection);
  setEditTriggers(QAbstractItemView::NoEditTriggers);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setShowGrid(false);
  setWordWrap(false);
}

/// What the longest word of a column, or its head, takes.
int FittedTable::leastWidth(int column) const {
  constexpr int kMargins = 12;
  int least = horizontalHeader()->sectionSizeHint(column);
  for (int row = 0; row < model()->rowCount(); ++row) {
    const QModelIndex index = model()->index(row, column);
    const QVariant font = index.data(Qt::FontRole);
    const QFontMetrics metrics(font.isValid() ? font.value<QFont>() : this->font());
    for (const QString& word : index.data().toString().split(QLatin1Char(' ')))
      least = std::max(least, metrics.horizontalAdvance(word) + kMargins);
  }
  return least;
}

/// Takes `excess` pixels from the widest columns; false if they have not as much to give.
bool FittedTable::narrow(int excess) {
  std::vector<int> least;
  for (int column = 0; column < model()->columnCount(); ++column) least.push_back(leastWidth(column));
  while (excess > 0) {
    int widest = -1;
    int next = 0;  // the width at which another column is as wide
    for (int column = 0; column < static_cast<int>(least.size()); ++column) {
      const int width = columnWidth(column);
      if (width <= least[static_cast<std::size_t>(column)]) continue;
      if (widest < 0 || width > columnWidth(widest)) {
        if (widest >= 0) next = std::max(next, columnWidth(widest));
        widest = column;
      } else {
        next = std::max(next, width);
      }
    }
    if (widest < 0) return false;
    const int width = columnWidth(widest);
    const int floor = std::max({least[static_cast<std::size_t>(widest)], std::min(next, width - 1), width - excess});
    setColumnWidth(widest, floor);
    excess -= width - floor;
  }
  return true;
}

void FittedTable::fit() {
  horizontalHeader()->setStretchLastSection(false);
  resizeColumnsToContents();
  const int excess = horizontalHeader()->length() - viewport()->width();
  const bool wraps = excess > 0;
  const bool scrolls = wraps && !narrow(excess);
  if (wraps || wordWrap()) {
    setWordWrap(wraps);
    resizeRowsToContents();
  }
  horizontalHeader()->setStretchLastSection(true);
  setHorizontalScrollBarPolicy(scrolls ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
  int height = horizontalHeader()->sizeHint().height() + 2 * frameWidth();
  for (int row = 0; row < model()->rowCount(); ++row) height += rowHeight(row);
  if (scrolls) height += horizontalScrollBar()->sizeHint().height();
  setFixedHeight(height);
}

void FittedTable::resizeEvent(QResizeEvent* event) {
  QTableView::resizeEvent(event);
  if (model() && event->size().width() != event->oldSize().width()) fit();
}

}  // namespace hw::device_page
