// A sheet to calculate with addresses: what an address with a mask says, bit by bit, and how a subnet is divided.
#pragma once

#include <QDialog>
#include <QTableWidget>

#include "core/base/text.h"
#include "core/lens/address_card.h"

class QLabel;
class QLineEdit;
class QSpinBox;

namespace hw::workbench {

class AddressCalculator : public QDialog {
  Q_OBJECT

 public:
  explicit AddressCalculator(QWidget* parent);
  void setLanguage(Language language);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void retranslate();
  void calculate();
  void showFacts(const lens::AddressCard& card);
  void showParts(const lens::AddressCard& card);

  Language m_language = Language::English;
  QLabel* m_caption;
  QLineEdit* m_line;
  QLabel* m_trouble;
  class AddressBits* m_bits;
  QTableWidget* m_facts;
  QLabel* m_partsCaption;
  QSpinBox* m_length;
  QLabel* m_partsTold;
  QTableWidget* m_parts;
};

}  // namespace hw::workbench
