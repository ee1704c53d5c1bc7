#include "ui/device_page/device_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/device_page/fitted_table.h"
#include "ui/device_page/inside_view.h"
#include "ui/device_page/interface_table.h"
#include "ui/kit/fonts.h"
#include "ui/kit/icons.h"
#include "ui/model/device_look.h"
#include "ui/model/device_table_model.h"

namespace hw::device_page {

struct DevicePage::Section {
  QLabel* title = nullptr;
  FittedTable* view = nullptr;
  QLabel* empty = nullptr;
  model::DeviceTableModel* model = nullptr;
};

struct DevicePage::Impl {
  QStackedLayout* pages = nullptr;  ///< without and with a device
  QLabel* none = nullptr;
  QScrollArea* scroll = nullptr;
  QLabel* icon = nullptr;
  QLabel* name = nullptr;
  QLabel* kind = nullptr;
  QPushButton* terminal = nullptr;
  InsideView* inside = nullptr;
  QWidget* content = nullptr;
  QVBoxLayout* column = nullptr;
  std::vector<Section> sections;
  std::vector<std::string> shape;  ///< ids of the tables that there are sections for
  model::SnapshotPtr snapshot;
  Language language = Language::English;

  const lens::NodeCard& node() const { return snapshot->nodes[snapshot->device.value]; }
};

namespace {

QString text(const Text& of, Language language) {
  const std::string_view words = of.in(language);
  return QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
}

}  // namespace

DevicePage::DevicePage(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  m->pages = new QStackedLayout(this);
  m->none = new QLabel(this);
  m->none->setAlignment(Qt::AlignCenter);
  m->none->setWordWrap(true);
  m->none->setMargin(16);
  m->pages->addWidget(m->none);
  auto* page = new QWidget(this);
  m->pages->addWidget(page);
  auto* outer = new QVBoxLayout(page);
  outer->setContentsMargins(8, 6, 8, 8);
  auto* head = new QHBoxLayout;
  m->icon = new QLabel(this);
  m->name = new QLabel(this);
  m->name->setFont(kit::textFont(kit::TextSize::Title, true));
  m->name->setObjectName(QStringLiteral("deviceName"));
  m->kind = new QLabel(this);
  m->terminal = new QPushButton(this);
  m->terminal->setObjectName(QStringLiteral("openTerminal"));
  head->addWidget(m->icon);
  head->addWidget(m->name);
  head->addWidget(m->kind);
  head->addStretch(1);
  head->addWidget(m->terminal);
  outer->addLayout(head);
  auto* scroll = m->scroll = new QScrollArea(this);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  m->content = new QWidget(scroll);
  auto* whole = new QVBoxLayout(m->content);
  whole->setContentsMargins(0, 0, 0, 0);
  m->inside = new InsideView(m->content);
  whole->addWidget(m->inside);
  m->column = new QVBoxLayout;
  m->column->setSpacing(4);
  whole->addLayout(m->column, 1);
  scroll->setWidget(m->content);
  outer->addWidget(scroll, 1);
  connect(m->terminal, &QPushButton::clicked, this, [this] { emit terminalWanted(m->snapshot->device); });
  retranslate();
}

DevicePage::~DevicePage() = default;

void DevicePage::setValue(const model::SnapshotPtr& snapshot, Language language) {
  m->snapshot = snapshot;
  m->language = language;
  m->pages->setCurrentIndex(snapshot->device.valid() ? 1 : 0);
  if (!snapshot->device.valid()) return;
  showHead();
  m->inside->setValue(snapshot->inside);
  std::vector<model::TableView> tables{interfaceTable(m->node())};
  tables.insert(tables.end(), snapshot->tables.begin(), snapshot->tables.end());
  std::vector<std::string> shape;
  for (const auto& one : tables) shape.push_back(one.table.id);
  if (shape != m->shape) {
    m->shape = shape;
    rebuild();
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    Section& section = m->sections[i];
    section.title->setText(text(tables[i].table.title, language));
    section.view->setAccessibleName(section.title->text());
    const bool none = tables[i].table.rows.empty();
    section.model->setValue(std::move(tables[i]), language);
    section.view->setVisible(!none);
    section.empty->setVisible(none);
    section.view->fit();
  }
}

void DevicePage::rebuild() {
  while (QLayoutItem* item = m->column->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  m->sections.clear();
  for (const std::string& id : m->shape) {
    Section section;
    section.title = new QLabel(m->content);
    section.title->setFont(kit::textFont(kit::TextSize::Normal, true));
    section.view = new FittedTable(m->content);
    section.view->setObjectName(QString::fromStdString(id) + QStringLiteral("Table"));
    section.model = new model::DeviceTableModel(section.view);
    section.view->setModel(section.model);
    section.empty = new QLabel(m->content);
    section.empty->setForegroundRole(QPalette::PlaceholderText);
    section.empty->setText(tr("Empty"));
    m->column->addWidget(section.title);
    m->column->addWidget(section.view);
    m->column->addWidget(section.empty);
    m->sections.push_back(section);
  }
  m->column->addStretch(1);
}

void DevicePage::showHead() {
  const lens::NodeCard& node = m->node();
  m->name->setText(QString::fromStdString(node.name));
  m->icon->setPixmap(kit::iconPixmap(model::iconOf(node), 28, devicePixelRatioF()));
  m->kind->setText(model::kindText(node, m->language));
  m->terminal->setVisible(!lens::repeatsBits(node.kind));
}

const QAbstractItemModel* DevicePage::table(const QString& id) const {
  for (const Section& section : m->sections)
    if (section.model->value().table.id == id.toStdString()) return section.model;
  return nullptr;
}

void DevicePage::retranslate() {
  m->none->setText(tr("Click on a device in the picture to see its tables."));
  m->scroll->setAccessibleName(tr("Tables of the device"));
  m->terminal->setText(tr("Terminal"));
  m->terminal->setToolTip(tr("Type commands on this device"));
  for (const Section& section : m->sections) section.empty->setText(tr("Empty"));
  if (m->snapshot && m->snapshot->device.valid()) showHead();
}

void DevicePage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
  if (event->type() == QEvent::PaletteChange) {
    m->terminal->setIcon(kit::icon(QStringLiteral("terminal")));
    if (m->snapshot && m->snapshot->device.valid()) showHead();
  }
}

}  // namespace hw::device_page
