#include "ui/inspector/packet_list_page.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/kit/fonts.h"
#include "ui/kit/protocol_look.h"
#include "ui/model/packet_list_model.h"

namespace hw::inspector {
namespace {

constexpr int kBadgeColumn = 62;

/// The protocol as the badge that it has on the canvas.
class BadgeDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    QStyleOptionViewItem empty = option;
    initStyleOption(&empty, index);
    empty.text.clear();
    empty.widget->style()->drawControl(QStyle::CE_ItemViewItem, &empty, painter, empty.widget);
    QRectF where(option.rect);
    where.adjust(3, 2, 0, -2);
    where.setWidth(42);
    kit::paintBadge(*painter, where, index.data(model::PacketListModel::ProtocolRole).toString());
  }
};

}  // namespace

struct PacketListPage::Impl {
  QStackedLayout* stack = nullptr;
  QLabel* none = nullptr;
  QTableView* table = nullptr;
  model::PacketListModel* model = nullptr;
  bool taking = false;  ///< the selection changes because the snapshot says so
};

PacketListPage::PacketListPage(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  m->stack = new QStackedLayout(this);
  m->none = new QLabel(this);
  m->none->setAlignment(Qt::AlignCenter);
  m->none->setWordWrap(true);
  m->stack->addWidget(m->none);
  auto* page = new QWidget(this);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(8, 6, 8, 8);
  m->table = new QTableView(page);
  m->table->setObjectName(QStringLiteral("packetTable"));
  m->model = new model::PacketListModel(this);
  m->table->setModel(m->model);
  m->table->setFont(kit::textFont(kit::TextSize::Small));
  m->table->verticalHeader()->hide();
  m->table->verticalHeader()->setDefaultSectionSize(m->table->fontMetrics().height() + 4);
  m->table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  m->table->horizontalHeader()->setHighlightSections(false);
  m->table->horizontalHeader()->setStretchLastSection(true);
  m->table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m->table->setSelectionMode(QAbstractItemView::SingleSelection);
  m->table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m->table->setShowGrid(false);
  m->table->setWordWrap(false);
  m->table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m->table->setItemDelegateForColumn(model::PacketListModel::ProtocolColumn, new BadgeDelegate(m->table));
  const int digits = QFontMetrics(kit::monoFont(kit::TextSize::Small)).horizontalAdvance(QStringLiteral("0.000 000 000"));
  m->table->setColumnWidth(model::PacketListModel::TimeColumn, digits + 12);
  for (const int end : {model::PacketListModel::FromColumn, model::PacketListModel::ToColumn})
    m->table->horizontalHeader()->setSectionResizeMode(end, QHeaderView::ResizeToContents);
  m->table->setColumnWidth(model::PacketListModel::ProtocolColumn, kBadgeColumn);
  column->addWidget(m->table);
  m->stack->addWidget(page);
  connect(m->table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          [this](const QModelIndex& now) {
            if (now.isValid() && !m->taking) emit packetChosen(m->model->idAt(now.row()));
          });
  retranslate();
}

PacketListPage::~PacketListPage() = default;

void PacketListPage::setValue(const model::SnapshotPtr& snapshot) {
  m->taking = true;
  m->model->setValue(snapshot->packets, snapshot->beat);
  const int row = m->model->rowOf(snapshot->selected);
  if (row >= 0) m->table->setCurrentIndex(m->model->index(row, 0));
  else m->table->setCurrentIndex({});
  m->taking = false;
  m->stack->setCurrentIndex(m->model->rowCount() > 0 ? 1 : 0);
  if (row >= 0) m->table->scrollTo(m->model->index(row, 0));
  else m->table->scrollToBottom();
}

QTableView* PacketListPage::table() const { return m->table; }

void PacketListPage::retranslate() {
  m->none->setText(tr("No packets yet. Type a command in a terminal, such as ping."));
  m->table->setAccessibleName(tr("Packets"));
  m->model->retranslate();
}

void PacketListPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace hw::inspector
