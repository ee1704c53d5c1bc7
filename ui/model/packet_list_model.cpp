#include "ui/model/packet_list_model.h"

#include <QBrush>
#include <algorithm>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"
#include "ui/model/end_text.h"
#include "ui/model/time_text.h"

namespace hw::model {
namespace {

std::size_t commonFront(const std::vector<lens::PacketRow>& a, const std::vector<lens::PacketRow>& b) {
  std::size_t i = 0;
  while (i < a.size() && i < b.size() && a[i].id == b[i].id && a[i].line == b[i].line) ++i;
  return i;
}

}  // namespace

void PacketListModel::setValue(Rows rows, std::size_t beat) {
  const int keep = static_cast<int>(commonFront(*m_rows, *rows));
  const int before = rowCount();
  const int after = static_cast<int>(rows->size());
  m_beat = beat;
  if (keep < before) {
    beginRemoveRows({}, keep, before - 1);
    m_rows = std::make_shared<std::vector<lens::PacketRow>>(m_rows->begin(), m_rows->begin() + keep);
    endRemoveRows();
  }
  if (keep < after) {
    beginInsertRows({}, keep, after - 1);
    m_rows = std::move(rows);
    endInsertRows();
  } else {
    m_rows = std::move(rows);
  }
  if (keep > 0) emit dataChanged(index(0, 0), index(keep - 1, ColumnCount - 1));
}

TransmissionId PacketListModel::idAt(int row) const {
  return row < 0 || row >= rowCount() ? TransmissionId() : (*m_rows)[static_cast<std::size_t>(row)].id;
}

int PacketListModel::rowOf(TransmissionId id) const {
  const auto found = std::find_if(m_rows->begin(), m_rows->end(),
                                  [id](const lens::PacketRow& row) { return row.id == id; });
  return found == m_rows->end() ? -1 : static_cast<int>(found - m_rows->begin());
}

void PacketListModel::retranslate() {
  emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
  if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PacketListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows->size());
}

int PacketListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString PacketListModel::textOf(const lens::PacketRow& row, int column) const {
  switch (column) {
  case TimeColumn: return timeText(row.time).chopped(2);
  case FromColumn: return deviceOf(row.fromName);
  case ToColumn:
    if (row.fate == Fate::Waiting) return tr("waits");
    if (row.fate == Fate::Collided) return tr("collision");
    return arrivesThere(row.fate) ? deviceOf(row.toName) : tr("lost");
  case ProtocolColumn: return QString::fromStdString(row.line.protocol);
  case InfoColumn: return QString::fromStdString(row.line.info);
  default: return {};
  }
}

QVariant PacketListModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const lens::PacketRow& row = (*m_rows)[static_cast<std::size_t>(index.row())];
  const bool shownNow = row.beat + 1 == m_beat;
  switch (role) {
  case Qt::ToolTipRole:
    if (index.column() == FromColumn) return QString::fromStdString(row.fromName);
    if (index.column() == ToColumn && arrivesThere(row.fate)) return QString::fromStdString(row.toName);
    [[fallthrough]];
  case Qt::DisplayRole: return textOf(row, index.column());
  case BeatRole: return QVariant::fromValue(static_cast<qulonglong>(row.beat));
  case ProtocolRole: return QString::fromStdString(row.line.protocol);
  case Qt::FontRole:
    return index.column() == TimeColumn ? QVariant(kit::monoFont(kit::TextSize::Small)) : QVariant();
  case Qt::BackgroundRole: return shownNow ? QVariant(QBrush(kit::theme().changed)) : QVariant();
  case Qt::ForegroundRole:
    if (!arrivesThere(row.fate) && row.fate != Fate::Waiting && index.column() == ToColumn) return QBrush(kit::theme().bad);
    return shownNow ? QVariant(QBrush(kit::theme().changedInk)) : QVariant();
  default: return {};
  }
}

QVariant PacketListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (role != Qt::DisplayRole || orientation != Qt::Horizontal) return {};
  switch (section) {
  case TimeColumn: return tr("Time (s)");
  case FromColumn: return tr("From");
  case ToColumn: return tr("To");
  case ProtocolColumn: return tr("Protocol");
  case InfoColumn: return tr("What it says");
  default: return {};
  }
}

}  // namespace hw::model
