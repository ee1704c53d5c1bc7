#include "ui/model/hop_strip_model.h"

#include <QBrush>
#include <algorithm>

#include "ui/kit/theme.h"
#include "ui/model/end_text.h"

namespace hw::model {
namespace {

/// Most networks have no VLANs: their row is there only if a hop has a tag.
bool isShown(std::size_t field, const PacketView* packet) {
  if (lens::kHopFields[field] != "vlan.id") return true;
  return packet && std::any_of(packet->hops.begin(), packet->hops.end(),
                               [&](const lens::Hop& hop) { return !hop.values[field].empty(); });
}

}  // namespace

void HopStripModel::setValue(std::shared_ptr<const PacketView> packet) {
  beginResetModel();
  m_packet = std::move(packet);
  m_fields.clear();
  for (std::size_t i = 0; i < lens::kHopFields.size(); ++i)
    if (isShown(i, m_packet.get())) m_fields.push_back(i);
  endResetModel();
}

TransmissionId HopStripModel::idAt(int column) const {
  return column < 0 || column >= columnCount() ? TransmissionId()
                                               : m_packet->hops[static_cast<std::size_t>(column)].id;
}

int HopStripModel::endOfValue(int row, int column) const {
  const std::size_t field = fieldOf(row);
  const auto& hops = m_packet->hops;
  int end = column + 1;
  while (end < columnCount() && hops[static_cast<std::size_t>(end)].values[field] == hops[static_cast<std::size_t>(column)].values[field]) ++end;
  return end;
}

void HopStripModel::retranslate() { emit headerDataChanged(Qt::Vertical, 0, rowCount() - 1); }

int HopStripModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_fields.size());
}

int HopStripModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() || !m_packet ? 0 : static_cast<int>(m_packet->hops.size());
}

QVariant HopStripModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.column() >= columnCount()) return {};
  const lens::Hop& hop = m_packet->hops[static_cast<std::size_t>(index.column())];
  const std::size_t field = fieldOf(index.row());
  const bool changed = hop.changed[field];
  switch (role) {
  case Qt::DisplayRole:
  case Qt::ToolTipRole:
    return hop.values[field].empty() ? QStringLiteral("–") : QString::fromStdString(hop.values[field]);
  case ChangedRole: return changed;
  case SelectedRole: return hop.id == m_packet->card.row.id;
  case Qt::TextAlignmentRole: return static_cast<int>(Qt::AlignCenter);
  case Qt::FontRole: {
    QFont font;  // the rest is the view's
    font.setBold(changed);
    return font;
  }
  case Qt::BackgroundRole: return changed ? QVariant(QBrush(kit::theme().changed)) : QVariant();
  case Qt::ForegroundRole:
    return QBrush(changed ? kit::theme().changedInk : kit::theme().mutedInk);
  default: return {};
  }
}

QVariant HopStripModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Horizontal) {
    if (section >= columnCount()) return {};
    const lens::Hop& hop = m_packet->hops[static_cast<std::size_t>(section)];
    // Inside a device the interface is what people know it by.
    if (role == Qt::DisplayRole && hop.fromName == hop.toName) return QString::fromStdString(hop.fromName);
    if (role == Qt::DisplayRole)
      return deviceOf(hop.fromName) + QStringLiteral(" → ") + deviceOf(hop.toName);
    if (role == Qt::ToolTipRole) return QString::fromStdString(hop.fromName + " → " + hop.toName);
    if (role == Qt::FontRole) {
      QFont font = m_headFont;
      font.setBold(hop.id == m_packet->card.row.id);
      return font;
    }
    return {};
  }
  if (role == Qt::FontRole) return m_headFont;
  if (role != Qt::DisplayRole || section < 0 || section >= rowCount()) return {};
  switch (fieldOf(section)) {
  case 0: return tr("Source MAC");
  case 1: return tr("Destination MAC");
  case 2: return tr("VLAN ID");
  case 3: return tr("Source IP");
  case 4: return tr("Destination IP");
  case 5: return tr("Time to live");
  case 6: return tr("Header checksum");
  default: return {};
  }
}

}  // namespace hw::model
