#include "ui/model/device_table_model.h"

#include <QBrush>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::model {

void DeviceTableModel::setValue(TableView table, Language language) {
  const bool sameShape = table.table.id == m_table.table.id && language == m_language &&
                         table.table.columns.size() == m_table.table.columns.size();
  if (!sameShape) {
    beginResetModel();
    m_table = std::move(table);
    m_language = language;
    endResetModel();
    return;
  }
  const int before = rowCount();
  const int after = static_cast<int>(table.table.rows.size());
  if (after < before) {
    beginRemoveRows({}, after, before - 1);
    m_table = std::move(table);
    endRemoveRows();
  } else if (after > before) {
    beginInsertRows({}, before, after - 1);
    m_table = std::move(table);
    endInsertRows();
  } else {
    m_table = std::move(table);
  }
  if (const int common = std::min(before, after); common > 0)
    emit dataChanged(index(0, 0), index(common - 1, columnCount() - 1));
}

int DeviceTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_table.table.rows.size());
}

int DeviceTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_table.table.columns.size());
}

QVariant DeviceTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const lens::TableRow& row = m_table.table.rows[static_cast<std::size_t>(index.row())];
  const Freshness fresh = m_table.fresh[static_cast<std::size_t>(index.row())];
  switch (role) {
  case Qt::DisplayRole:
  case Qt::ToolTipRole: {
    const auto column = static_cast<std::size_t>(index.column());
    return column < row.cells.size() ? QString::fromStdString(row.cells[column]) : QString();
  }
  case FreshRole: return static_cast<int>(fresh);
  case Qt::FontRole: return kit::monoFont(kit::TextSize::Small);
  case Qt::BackgroundRole:
    return fresh == Freshness::Old ? QVariant() : QVariant(QBrush(kit::theme().changed));
  case Qt::ForegroundRole:
    return fresh == Freshness::Old ? QVariant() : QVariant(QBrush(kit::theme().changedInk));
  default: return {};
  }
}

QVariant DeviceTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal || section >= columnCount()) return {};
  const std::string_view title =
      m_table.table.columns[static_cast<std::size_t>(section)].in(m_language);
  return QString::fromUtf8(title.data(), static_cast<qsizetype>(title.size()));
}

}  // namespace hw::model
