#include "ui/lesson/quiz_card.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"
#include "ui/lesson/choice_list.h"
#include "ui/lesson/text_label.h"

namespace hw::lesson_page {

QuizCard::QuizCard(const lesson::Block& block, QWidget* parent)
    : Card(block, true, parent), m_state(new QLabel(this)), m_text(new TextLabel(this)),
      m_choices(new ChoiceList(block, block.many(), this)), m_answer(new QPushButton(tr("Check the answer"), this)),
      m_explanation(newExplanation(block, this)) {
  const QString id = QString::fromStdString(block.id);
  m_state->setObjectName(QStringLiteral("state_") + id);
  m_state->setFont(kit::textFont(kit::TextSize::Normal, true));
  m_state->setWordWrap(true);
  m_answer->setObjectName(QStringLiteral("answer_") + id);
  m_answer->setEnabled(false);
  column()->addWidget(m_state);
  column()->addWidget(m_text);
  column()->addWidget(m_choices);
  column()->addWidget(m_answer, 0, Qt::AlignLeft);
  if (m_explanation) column()->addWidget(m_explanation);
  connect(m_choices, &ChoiceList::changed, this, [this] { m_answer->setEnabled(!m_choices->chosen().empty()); });
  connect(m_answer, &QPushButton::clicked, this, &QuizCard::answer);
}

void QuizCard::answer() {
  QList<int> chosen;
  for (const std::size_t one : m_choices->chosen()) chosen.append(static_cast<int>(one));
  emit quizAnswered(QString::fromStdString(block().id), chosen);
}

/// What was taken is judged; what is right and was left out is not given away.
void QuizCard::showWrong(const lesson::ItemProgress& item) {
  std::set<std::size_t> right;
  for (const std::size_t one : item.chosen)
    if (one < block().choices.size() && block().choices[one].right) right.insert(one);
  m_choices->mark(right, item.chosen);
  const bool onlyMissing = right.size() == item.chosen.size();
  m_state->setText(onlyMissing ? tr("✕ Right so far, but something is missing") : tr("✕ Not yet: think again"));
  paintLine(*m_state, kit::theme().bad);
}

void QuizCard::showState(const CardState& state) {
  const kit::Theme& t = kit::theme();
  m_text->setMarkdown(block().text, valuesOf(state));
  const lesson::ItemProgress* item = lesson::itemIn(state.progress, block().id);
  const bool done = lesson::isDone(block(), state.progress);
  if (item && item->tries != m_tries) m_choices->choose(item->chosen);
  m_choices->setOpen(!done);
  m_answer->setVisible(!done);
  setEdge(done ? t.good : t.accent);
  if (done) {
    m_state->setText(tr("✓ Right"));
    paintLine(*m_state, t.good);
    std::set<std::size_t> right(item->chosen.begin(), item->chosen.end());
    m_choices->mark(right, item->chosen);
    if (m_explanation) m_explanation->setMarkdown(block().explanation, valuesOf(state));
    if (m_explanation) m_explanation->show();
  } else if (item && item->tries > 0) {
    if (item->tries != m_tries) showWrong(*item);
  } else {
    m_state->setText(block().many() ? tr("? A question: several answers are right") : tr("? A question: one answer is right"));
    paintLine(*m_state, t.accent);
  }
  m_tries = item ? item->tries : 0;
}

}  // namespace hw::lesson_page
