#include "ui/lesson/predict_card.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"
#include "ui/lesson/choice_list.h"
#include "ui/lesson/text_label.h"

namespace hw::lesson_page {

using State = lesson::ItemProgress::State;

PredictCard::PredictCard(const lesson::Block& block, QWidget* parent)
    : Card(block, true, parent), m_state(new QLabel(this)), m_text(new TextLabel(this)),
      m_choices(new ChoiceList(block, false, this)), m_command(newCommandLabel(block.command, this)),
      m_lock(new QPushButton(this)), m_explanation(newExplanation(block, this)) {
  const QString id = QString::fromStdString(block.id);
  m_state->setObjectName(QStringLiteral("state_") + id);
  m_state->setFont(kit::textFont(kit::TextSize::Normal, true));
  m_state->setWordWrap(true);
  m_lock->setObjectName(QStringLiteral("lock_") + id);
  for (QWidget* one : {static_cast<QWidget*>(m_state), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_choices),
                       static_cast<QWidget*>(m_command)})
    column()->addWidget(one);
  column()->addWidget(m_lock, 0, Qt::AlignLeft);
  if (m_explanation) column()->addWidget(m_explanation);
  connect(m_choices, &ChoiceList::changed, this, &PredictCard::showOpen);
  connect(m_lock, &QPushButton::clicked, this, &PredictCard::lock);
}

void PredictCard::lock() {
  const auto chosen = m_choices->chosen();
  if (!chosen.empty()) emit predictionLocked(QString::fromStdString(block().id), static_cast<int>(chosen.front()));
}

void PredictCard::showOpen() {
  if (!m_locked) m_lock->setEnabled(!m_choices->chosen().empty());
}

void PredictCard::showState(const CardState& state) {
  const kit::Theme& t = kit::theme();
  m_text->setMarkdown(block().text, valuesOf(state));
  const lesson::ItemProgress* item = lesson::itemIn(state.progress, block().id);
  const State now = item ? item->state : State::Open;
  m_locked = now != State::Open;
  m_choices->setOpen(!m_locked);
  if (item) m_choices->choose(item->chosen);
  m_lock->setText(m_locked ? tr("Send the packet again") : tr("Lock the answer and send the packet"));
  m_lock->setVisible(now != State::Done);
  m_command->setVisible(now != State::Done);
  if (now == State::Done) return showOutcome(*item, state);
  m_state->setText(m_locked ? tr("● Locked. Watch what happens: play, or step on") : tr("? Your prediction"));
  paintLine(*m_state, t.accent);
  setEdge(t.accent);
  if (m_locked) m_lock->setEnabled(true);
  showOpen();
}

void PredictCard::showOutcome(const lesson::ItemProgress& item, const CardState& state) {
  const kit::Theme& t = kit::theme();
  const bool foreseen = item.right && !item.chosen.empty() && item.chosen.front() == *item.right;
  const QString value = QString::fromStdString(item.value);
  m_state->setText(foreseen ? tr("✓ As you said: it was %1").arg(value) : tr("✕ It came otherwise: it was %1").arg(value));
  paintLine(*m_state, foreseen ? t.good : t.bad);
  setEdge(foreseen ? t.good : t.bad);
  std::set<std::size_t> right;
  if (item.right) right.insert(*item.right);
  m_choices->mark(right, item.chosen);
  if (!m_explanation) return;
  m_explanation->setMarkdown(block().explanation, valuesOf(state));
  m_explanation->show();
}

}  // namespace hw::lesson_page
