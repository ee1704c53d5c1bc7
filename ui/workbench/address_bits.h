// The 32 bits of an address: the network part in a colour, the host part not; below them the four numbers that they make.
#pragma once

#include <QWidget>

#include "core/wire/address.h"

namespace hw::workbench {

class AddressBits final : public QWidget {
  Q_OBJECT

 public:
  explicit AddressBits(QWidget* parent);
  void setValue(const Ipv4Prefix& prefix);

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void tell();

  Ipv4Prefix m_prefix;
};

}  // namespace hw::workbench
