#include "ui/inspector/hop_page.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/inspector/hop_table.h"
#include "ui/model/hop_strip_model.h"

namespace hw::inspector {

struct HopPage::Impl {
  QStackedLayout* stack = nullptr;
  QLabel* none = nullptr;
  HopTable* table = nullptr;
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
  m->table = new HopTable(page);
  m->table->setObjectName(QStringLiteral("hopTable"));
  m->model = new model::HopStripModel(this);
  m->table->setStrip(m->model);
  column->addWidget(m->table);
  m->stack->addWidget(page);
  const auto choose = [this](int hop) { emit packetChosen(m->model->idAt(hop)); };
  connect(m->table, &HopTable::hopClicked, this, choose);
  connect(m->table->horizontalHeader(), &QHeaderView::sectionClicked, this, choose);
  retranslate();
}

HopPage::~HopPage() = default;

void HopPage::setValue(const model::SnapshotPtr& snapshot) {
  m->model->setValue(snapshot->packet);
  m->stack->setCurrentIndex(snapshot->packet ? 1 : 0);
  m->table->arrange();
  if (m->model->columnCount() > 0) m->table->scrollTo(m->model->index(0, m->model->columnCount() - 1));
}

void HopPage::retranslate() {
  m->none->setText(tr("Select a packet to see what changed at every hop."));
  m->table->setAccessibleName(tr("What changed at every hop"));
  m->model->retranslate();
  m->table->arrange();
}

void HopPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::inspector
