#include "ui/model/layer_tree_model.h"

#include <QBrush>
#include <QFont>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::model {
namespace {

QString text(std::string_view utf8) {
  return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// The fields that the last hop of the strip rewrote, if it is the packet's.
QSet<QByteArray> rewrittenFields(const PacketView& packet) {
  QSet<QByteArray> keys;
  for (const lens::Hop& hop : packet.hops)
    if (hop.id == packet.card.row.id)
      for (std::size_t i = 0; i < lens::kHopFields.size(); ++i)
        if (hop.changed[i])
          keys.insert(QByteArray(lens::kHopFields[i].data(),
                                 static_cast<qsizetype>(lens::kHopFields[i].size())));
  return keys;
}

}  // namespace

void LayerTreeModel::setValue(std::shared_ptr<const PacketView> packet, Language language) {
  beginResetModel();
  m_packet = std::move(packet);
  m_language = language;
  m_nodes.clear();
  m_top.clear();
  m_changed.clear();
  if (m_packet) {
    m_changed = rewrittenFields(*m_packet);
    std::vector<int> of;  // the row of each layer
    for (const dissect::Layer& layer : m_packet->card.tree.layers) {
      const bool quoted = layer.within != dissect::Layer::kTop && layer.within < of.size();
      const int row = add(quoted ? of[layer.within] : -1, {-1, 0, &layer, nullptr, layer.source, {}});
      addFields(row, layer.fields, layer.source);
      of.push_back(row);
    }
  }
  endResetModel();
}

int LayerTreeModel::add(int parent, Node node) {
  const int number = static_cast<int>(m_nodes.size());
  auto& siblings = parent < 0 ? m_top : m_nodes[static_cast<std::size_t>(parent)].children;
  node.parent = parent;
  node.row = static_cast<int>(siblings.size());
  siblings.push_back(number);
  m_nodes.push_back(std::move(node));
  return number;
}

void LayerTreeModel::addFields(int parent, const std::vector<dissect::TreeField>& fields,
                               std::uint8_t source) {
  for (const dissect::TreeField& field : fields)
    if (!field.hidden) addFields(add(parent, {-1, 0, nullptr, &field, source, {}}), field.fields, source);
}

const LayerTreeModel::Node* LayerTreeModel::nodeAt(const QModelIndex& index) const {
  return index.isValid() ? &m_nodes[static_cast<std::size_t>(index.internalId())] : nullptr;
}

std::optional<dissect::Span> LayerTreeModel::spanOf(const QModelIndex& index) const {
  const Node* node = nodeAt(index);
  if (!node || node->source != 0) return std::nullopt;
  return node->layer ? node->layer->where : node->field->where;
}

QModelIndex LayerTreeModel::indexAt(std::uint32_t offset) const {
  QModelIndex best;
  std::uint32_t size = UINT32_MAX;
  for (std::size_t i = 0; i < m_nodes.size(); ++i) {
    const Node& node = m_nodes[i];
    const dissect::Span span = node.layer ? node.layer->where : node.field->where;
    if (node.source != 0 || offset < span.pos || offset >= span.pos + span.size) continue;
    if (span.size >= size) continue;  // of rows for the same bytes the outer one
    size = span.size;
    best = createIndex(node.row, 0, static_cast<quintptr>(i));
  }
  return best;
}

QModelIndex LayerTreeModel::index(int row, int column, const QModelIndex& parent) const {
  const auto& siblings = parent.isValid() ? nodeAt(parent)->children : m_top;
  if (row < 0 || column != 0 || row >= static_cast<int>(siblings.size())) return {};
  return createIndex(row, 0, static_cast<quintptr>(siblings[static_cast<std::size_t>(row)]));
}

QModelIndex LayerTreeModel::parent(const QModelIndex& child) const {
  const Node* node = nodeAt(child);
  if (!node || node->parent < 0) return {};
  const Node& above = m_nodes[static_cast<std::size_t>(node->parent)];
  return createIndex(above.row, 0, static_cast<quintptr>(node->parent));
}

int LayerTreeModel::rowCount(const QModelIndex& parent) const {
  return static_cast<int>(parent.isValid() ? nodeAt(parent)->children.size() : m_top.size());
}

int LayerTreeModel::columnCount(const QModelIndex&) const { return 1; }

QString LayerTreeModel::textOf(const Node& node) const {
  if (node.layer) return text(node.layer->protocol->title.in(m_language));
  const std::string shown = node.field->text(m_language);
  return node.field->generated ? QStringLiteral("[%1]").arg(text(shown)) : text(shown);
}

bool LayerTreeModel::isChanged(const Node& node) const {
  if (!node.field) return false;
  const std::string_view key = node.field->name();
  return m_changed.contains(QByteArray(key.data(), static_cast<qsizetype>(key.size())));
}

QVariant LayerTreeModel::data(const QModelIndex& index, int role) const {
  const Node* node = nodeAt(index);
  if (!node) return {};
  switch (role) {
  case Qt::DisplayRole: return textOf(*node);
  case Qt::ToolTipRole:
  case MeaningRole: return node->field ? text(node->field->about->meaning.in(m_language)) : QString();
  case KeyRole: return text(node->layer ? node->layer->name() : node->field->name());
  case ChangedRole: return isChanged(*node);
  case Qt::FontRole:
    return node->layer ? QVariant(kit::textFont(kit::TextSize::Normal, true)) : QVariant();
  case Qt::BackgroundRole: return isChanged(*node) ? QVariant(QBrush(kit::theme().changed)) : QVariant();
  case Qt::ForegroundRole:
    return isChanged(*node) ? QVariant(QBrush(kit::theme().changedInk)) : QVariant();
  default: return {};
  }
}

}  // namespace hw::model
