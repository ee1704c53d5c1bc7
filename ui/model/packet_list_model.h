// The list of what was sent until the displayed moment.
#pragma once

#include <QAbstractTableModel>
#include <memory>
#include <vector>

#include "ui/model/snapshot.h"

namespace hw::model {

class PacketListModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { TimeColumn, FromColumn, ToColumn, ProtocolColumn, InfoColumn, ColumnCount };
  enum Role { BeatRole = Qt::UserRole, ProtocolRole };
  using Rows = std::shared_ptr<const std::vector<lens::PacketRow>>;
  using QAbstractTableModel::QAbstractTableModel;

  /// Rows that stay at the front are kept; `beat`: how many beats are shown, to mark the last one's.
  void setValue(Rows rows, std::size_t beat);
  TransmissionId idAt(int row) const;
  /// The row of a packet, or -1.
  int rowOf(TransmissionId id) const;
  /// The language of the window has changed.
  void retranslate();

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString textOf(const lens::PacketRow& row, int column) const;

  Rows m_rows = std::make_shared<std::vector<lens::PacketRow>>();
  std::size_t m_beat = 0;
};

}  // namespace hw::model
