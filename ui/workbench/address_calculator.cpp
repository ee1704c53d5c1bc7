#include "ui/workbench/address_calculator.h"

#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"
#include "ui/workbench/address_bits.h"

namespace hw::workbench {
namespace {

QString text(const Text& of, Language language) {
  const std::string_view words = of.in(language);
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

QTableWidget* newTable(QWidget* parent, const char* name, int columns) {
  auto* table = new QTableWidget(0, columns, parent);
  table->setObjectName(QString::fromLatin1(name));
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table->horizontalHeader()->setStretchLastSection(true);
  table->setWordWrap(false);
  return table;
}

QTableWidgetItem* cell(const QString& text, bool number) {
  auto* item = new QTableWidgetItem(text);
  if (number) item->setFont(kit::monoFont());
  return item;
}

QString shown(Ipv4Address address) { return QString::fromStdString(address.text()); }

}  // namespace

AddressCalculator::AddressCalculator(QWidget* parent) : QDialog(parent) {
  setObjectName(QStringLiteral("addressCalculator"));
  m_caption = new QLabel(this);
  m_line = new QLineEdit(QStringLiteral("192.168.1.77/26"), this);
  m_line->setObjectName(QStringLiteral("calculatedAddress"));
  m_line->setFont(kit::monoFont());
  m_caption->setBuddy(m_line);
  m_trouble = new QLabel(this);
  m_trouble->setObjectName(QStringLiteral("calculatedTrouble"));
  m_trouble->setWordWrap(true);
  kit::setMood(*m_trouble, "bad");
  m_bits = new AddressBits(this);
  m_facts = newTable(this, "addressFacts", 2);
  m_facts->horizontalHeader()->hide();
  m_partsCaption = new QLabel(this);
  m_length = new QSpinBox(this);
  m_length->setObjectName(QStringLiteral("partLength"));
  m_length->setRange(0, 32);
  m_length->setPrefix(QStringLiteral("/"));
  m_length->setValue(28);
  m_partsCaption->setBuddy(m_length);
  m_partsTold = new QLabel(this);
  m_partsTold->setObjectName(QStringLiteral("partCount"));
  m_parts = newTable(this, "addressParts", 4);
  auto* grid = new QGridLayout(this);
  grid->addWidget(m_caption, 0, 0);
  grid->addWidget(m_line, 0, 1, 1, 2);
  grid->addWidget(m_trouble, 1, 0, 1, 3);
  grid->addWidget(m_bits, 2, 0, 1, 3);
  grid->addWidget(m_facts, 3, 0, 1, 3);
  grid->addWidget(m_partsCaption, 4, 0);
  grid->addWidget(m_length, 4, 1);
  grid->addWidget(m_partsTold, 4, 2);
  grid->addWidget(m_parts, 5, 0, 1, 3);
  grid->setColumnStretch(2, 1);
  grid->setRowStretch(3, 3);
  grid->setRowStretch(5, 2);
  resize(640, 700);
  connect(m_line, &QLineEdit::textChanged, this, &AddressCalculator::calculate);
  connect(m_length, &QSpinBox::valueChanged, this, &AddressCalculator::calculate);
  retranslate();
}

void AddressCalculator::setLanguage(Language language) {
  m_language = language;
  retranslate();
}

void AddressCalculator::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

void AddressCalculator::retranslate() {
  setWindowTitle(tr("Address calculator"));
  m_caption->setText(tr("&Address and mask"));
  m_line->setAccessibleName(tr("Address and mask"));
  m_line->setPlaceholderText(QStringLiteral("192.0.2.10/24"));
  m_facts->setAccessibleName(tr("What the address says"));
  m_partsCaption->setText(tr("&Divided into subnets of"));
  m_length->setAccessibleName(tr("Divided into subnets of"));
  m_parts->setAccessibleName(tr("Subnets"));
  m_parts->setHorizontalHeaderLabels({tr("Subnet"), tr("First host"), tr("Last host"), tr("Broadcast address")});
  calculate();
}

void AddressCalculator::calculate() {
  const auto card = lens::addressCard(m_line->text().toStdString());
  m_trouble->setText(card ? QString() : text(card.error(), m_language));
  m_trouble->setVisible(!card);
  for (QWidget* one : std::initializer_list<QWidget*>{m_bits, m_facts, m_parts, m_partsTold}) one->setEnabled(card.has_value());
  if (!card) return;
  m_bits->setValue(card->prefix);
  showFacts(*card);
  showParts(*card);
}

void AddressCalculator::showFacts(const lens::AddressCard& card) {
  m_facts->setRowCount(static_cast<int>(card.facts.size()));
  for (int row = 0; row < m_facts->rowCount(); ++row) {
    const lens::AddressFact& fact = card.facts[static_cast<std::size_t>(row)];
    const QString value = QString::fromStdString(fact.value), words = text(fact.words, m_language);
    m_facts->setItem(row, 0, cell(text(fact.label, m_language), false));
    m_facts->setItem(row, 1, cell(value.isEmpty() || words.isEmpty() ? value + words : QStringLiteral("%1   %2").arg(value, words), words.isEmpty()));
  }
}

void AddressCalculator::showParts(const lens::AddressCard& card) {
  const auto length = static_cast<std::uint8_t>(m_length->value());
  const auto parts = lens::partsOf(card.prefix, length);
  if (parts.empty()) m_partsTold->setText(tr("/%1 is no longer than /%2").arg(length).arg(card.prefix.length));
  else if (const quint64 all = quint64{1} << (length - card.prefix.length); all > parts.size())
    m_partsTold->setText(tr("%1 subnets, the first %2 are shown").arg(all).arg(parts.size()));
  else m_partsTold->setText(tr("%1 subnets").arg(all));
  m_parts->setRowCount(static_cast<int>(parts.size()));
  for (int row = 0; row < m_parts->rowCount(); ++row) {
    const Ipv4Prefix& one = parts[static_cast<std::size_t>(row)];
    const auto [first, last] = lens::hostsOf(one);
    m_parts->setItem(row, 0, cell(QString::fromStdString(one.text()), true));
    m_parts->setItem(row, 1, cell(shown(first), true));
    m_parts->setItem(row, 2, cell(shown(last), true));
    m_parts->setItem(row, 3, cell(one.length < 31 ? shown(one.broadcast()) : QStringLiteral("-"), true));
  }
}

}  // namespace hw::workbench
