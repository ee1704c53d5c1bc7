#include "ui/inspector/hop_page.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/kit/fonts.h"
#include "ui/model/hop_strip_model.h"

namespace hw::inspector {

struct HopPage::Impl {
  QStackedLayout* stack = nullptr;
  QLabel* none = nullptr;
  QTableView* table = nullptr;
  model::HopStripModel* model = nullptr;
};

HopPage::HopPage(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  m->stack = new QStackedLayout(this);
  m->none = new QLabel(this);
  m->none->setAlignment(Qt::AlignCenter);
  m->none->setWordWrap(true);
  m->stack->addWidget(m->none);
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(8, 6, 8, 8);
  m->table = new QTableView(page);
  m->table->setObjectName(QStringLiteral("hopTable"));
  m->model = new model::HopStripModel(this);
  m->table->setModel(m->model);
  m->table->setSelectionMode(QAbstractItemView::NoSelection);
  m->table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m->table->setWordWrap(false);
  m->table->setFont(kit::textFont(kit::TextSize::Small));
  m->table->verticalHeader()->setFont(kit::textFont(kit::TextSize::Small));
  // The rows share the height there is: the strip is read from the last row of a class.
  m->table->verticalHeader()->setMinimumSectionSize(m->table->verticalHeader()->fontMetrics().height() + 2);
  m->table->verticalHeader()->setSectionResizeMode(QHeaderView::Stretch);
  m->table->verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m->table->setCornerButtonEnabled(false);
  column->addWidget(m->table);
  m->stack->addWidget(page);
  connect(m->table, &QTableView::clicked, this,
          [this](const QModelIndex& index) { emit packetChosen(m->model->idAt(index.column())); });
  connect(m->table->horizontalHeader(), &QHeaderView::sectionClicked, this,
          [this](int hop) { emit packetChosen(m->model->idAt(hop)); });
  retranslate();
}

HopPage::~HopPage() = default;

void HopPage::setValue(const model::SnapshotPtr& snapshot) {
  m->model->setValue(snapshot->packet);
  m->stack->setCurrentIndex(snapshot->packet ? 1 : 0);
  m->table->resizeColumnsToContents();
  for (int column = 0; column < m->model->columnCount(); ++column)
    m->table->setColumnWidth(column, m->table->columnWidth(column) + 6);
  if (m->model->columnCount() > 0) m->table->scrollTo(m->model->index(0, m->model->columnCount() - 1));
}

void HopPage::retranslate() {
  m->none->setText(tr("Select a packet to see what changed at every hop."));
  m->table->setAccessibleName(tr("What changed at every hop"));
  m->model->retranslate();
}

void HopPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::inspector
