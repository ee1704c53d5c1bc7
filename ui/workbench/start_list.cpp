#include "ui/workbench/start_list.h"

#include <QPainter>
#include <QStyledItemDelegate>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::workbench {
namespace {

enum Role { PathRole = Qt::UserRole, BelowRole };
constexpr int kSide = 12, kAbove = 8, kGap = 2;

class TwoLines : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const auto* list = static_cast<const QListWidget*>(option.widget);
    const int width = list->viewport()->width() - 2 * kSide;
    return {0, titleHeight(index, width) + kGap + below().height() + 2 * kAbove};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const kit::Theme& theme = kit::theme();
    const bool pointed = option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus);
    if (pointed) painter->fillRect(option.rect, theme.stripe);
    QRect room = option.rect.adjusted(kSide, kAbove, -kSide, -kAbove);
    painter->setFont(kit::textFont(kit::TextSize::Title));
    painter->setPen(theme.accent);
    painter->drawText(room, Qt::TextWordWrap, index.data().toString());
    room.setTop(room.top() + titleHeight(index, room.width()) + kGap);
    painter->setFont(kit::textFont());
    painter->setPen(theme.mutedInk);
    painter->drawText(room, Qt::AlignLeft, below().elidedText(index.data(BelowRole).toString(), Qt::ElideMiddle, room.width()));
  }

 private:
  static QFontMetrics below() { return QFontMetrics(kit::textFont()); }
  static int titleHeight(const QModelIndex& index, int width) {
    return QFontMetrics(kit::textFont(kit::TextSize::Title))
        .boundingRect(QRect(0, 0, width, 1000), Qt::TextWordWrap, index.data().toString())
        .height();
  }
};

}  // namespace

StartList::StartList(const QString& name, QWidget* parent) : QListWidget(parent) {
  setObjectName(name);
  setItemDelegate(new TwoLines(this));
  setFont(kit::textFont(kit::TextSize::Title));
  setWordWrap(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollMode(ScrollPerPixel);
  setMouseTracking(true);
  const auto choose = [this](const QListWidgetItem* item) { emit chosen(item->data(PathRole).toString()); };
  connect(this, &QListWidget::itemActivated, this, choose);
  connect(this, &QListWidget::itemClicked, this, choose);
}

void StartList::add(const QString& title, const QString& below, const QString& path) {
  auto* item = new QListWidgetItem(title, this);
  item->setData(PathRole, path);
  item->setData(BelowRole, below);
  item->setData(Qt::AccessibleDescriptionRole, below);
  item->setToolTip(path);
}

/// Titles are wrapped: their heights depend on the width.
void StartList::resizeEvent(QResizeEvent* event) {
  QListWidget::resizeEvent(event);
  scheduleDelayedItemsLayout();
}

}  // namespace hw::workbench
