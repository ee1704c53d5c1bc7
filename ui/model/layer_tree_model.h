// The layers and fields of a packet as a tree; each row knows the bytes that it stands for.
#pragma once

#include <QAbstractItemModel>
#include <QSet>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/text.h"
#include "core/dissect/packet_tree.h"
#include "ui/model/snapshot.h"

namespace hw::model {

class LayerTreeModel : public QAbstractItemModel {
  Q_OBJECT

 public:
  enum Role { KeyRole = Qt::UserRole, MeaningRole, ChangedRole };
  using QAbstractItemModel::QAbstractItemModel;

  /// The packet to show, or none. Fields that its last hop rewrote are marked.
  void setValue(std::shared_ptr<const PacketView> packet, Language language);
  const PacketView* value() const { return m_packet.get(); }

  /// The bytes of a row in the frame; nothing if it stands in other bytes (a reassembled datagram).
  std::optional<dissect::Span> spanOf(const QModelIndex& index) const;
  /// The smallest row that stands for the byte at `offset`.
  QModelIndex indexAt(std::uint32_t offset) const;

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& child) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;

 private:
  struct Node {
    int parent = -1;
    int row = 0;
    const dissect::Layer* layer = nullptr;      ///< of a layer's row
    const dissect::TreeField* field = nullptr;  ///< else
    std::uint8_t source = 0;
    std::vector<int> children;
  };
  int add(int parent, Node node);
  void addFields(int parent, const std::vector<dissect::TreeField>& fields, std::uint8_t source);
  const Node* nodeAt(const QModelIndex& index) const;
  QString textOf(const Node& node) const;
  bool isChanged(const Node& node) const;

  std::shared_ptr<const PacketView> m_packet;
  Language m_language = Language::English;
  std::vector<Node> m_nodes;
  std::vector<int> m_top;
  QSet<QByteArray> m_changed;
};

}  // namespace hw::model
