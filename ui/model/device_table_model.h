// A table of a device (ARP cache, routes ...), with what the shown beat changed marked.
#pragma once

#include <QAbstractTableModel>

#include "core/base/text.h"
#include "ui/model/snapshot.h"

namespace hw::model {

class DeviceTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role { FreshRole = Qt::UserRole };
  using QAbstractTableModel::QAbstractTableModel;

  void setValue(TableView table, Language language);
  const TableView& value() const { return m_table; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  TableView m_table;
  Language m_language = Language::English;
};

}  // namespace hw::model
