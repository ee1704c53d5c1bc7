#include "ui/lesson/hint_box.h"

#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/theme.h"
#include "ui/lesson/text_label.h"

namespace hw::lesson_page {

HintBox::HintBox(const std::vector<const lesson::Block*>& hints, QWidget* parent)
    : QFrame(parent), m_more(new QPushButton(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  for (const lesson::Block* hint : hints) {
    auto* label = new TextLabel(this);
    label->setObjectName(QStringLiteral("hint"));
    label->setMarkdown(hint->text);
    label->setStyleSheet(QStringLiteral("#hint{background:%1;color:%2;border-radius:5px;padding:8px 12px}")
                             .arg(kit::theme().changed.name(), kit::theme().changedInk.name()));
    m_hints.push_back(label);
    column->addWidget(label);
  }
  m_more->setObjectName(QStringLiteral("hintButton"));
  column->addWidget(m_more, 0, Qt::AlignLeft);
  connect(m_more, &QPushButton::clicked, this, &HintBox::hintWanted);
}

void HintBox::showHints(int count) {
  const int all = static_cast<int>(m_hints.size());
  for (int i = 0; i < all; ++i) m_hints[static_cast<std::size_t>(i)]->setVisible(i < count);
  m_more->setVisible(count < all);
  m_more->setText(count == 0 ? tr("Give me a hint") : tr("Another hint (%1 of %2)").arg(count + 1).arg(all));
}

}  // namespace hw::lesson_page
