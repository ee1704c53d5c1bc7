// "What changed at every hop": a row for each header field, a column for each link on the way.
#pragma once

#include <QAbstractTableModel>
#include <QFont>
#include <memory>
#include <vector>

#include "ui/model/snapshot.h"

namespace hw::model {

class HopStripModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role { ChangedRole = Qt::UserRole, SelectedRole };
  using QAbstractTableModel::QAbstractTableModel;

  void setValue(std::shared_ptr<const PacketView> packet);
  TransmissionId idAt(int column) const;
  /// The first column behind `column` in which this row has another value.
  int endOfValue(int row, int column) const;
  /// Of the heads of columns and rows; that of the selected hop is bold.
  void setHeadFont(const QFont& font) { m_headFont = font; }
  void retranslate();

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  std::size_t fieldOf(int row) const { return m_fields[static_cast<std::size_t>(row)]; }

  std::shared_ptr<const PacketView> m_packet;
  std::vector<std::size_t> m_fields;  ///< which of lens::kHopFields each row shows
  QFont m_headFont;
};

}  // namespace hw::model
