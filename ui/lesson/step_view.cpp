#include "ui/lesson/step_view.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/kit/theme.h"
#include "ui/lesson/hint_box.h"
#include "ui/lesson/predict_card.h"
#include "ui/lesson/quiz_card.h"
#include "ui/lesson/text_label.h"

namespace hw::lesson_page {
namespace {

QLabel* newTitle(const std::string& title, QWidget* parent) {
  auto* label = new QLabel(QString::fromStdString(title), parent);
  label->setObjectName(QStringLiteral("stepTitle"));
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  QFont font = lessonFont();
  font.setPointSizeF(font.pointSizeF() * 1.4);
  font.setBold(true);
  label->setFont(font);
  return label;
}

}  // namespace

StepView::StepView(const lesson::Step& step, std::size_t number, QWidget* parent) : QWidget(parent), m_number(number) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(18, 14, 18, 18);
  column->setSpacing(12);
  column->addWidget(newTitle(step.title, this));
  std::vector<const lesson::Block*> hints;
  for (const lesson::Block& block : step.blocks) {
    if (block.kind == lesson::BlockKind::Hint) {
      hints.push_back(&block);
      continue;
    }
    m_cards.push_back(newCard(block));
    column->addWidget(m_cards.back());
  }
  if (!hints.empty()) {
    m_hints = new HintBox(hints, this);
    connect(m_hints, &HintBox::hintWanted, this, &StepView::hintWanted);
    column->addWidget(m_hints);
  }
  column->addStretch(1);
}

Card* StepView::newCard(const lesson::Block& block) {
  using lesson::BlockKind;
  Card* card = nullptr;
  switch (block.kind) {
    case BlockKind::Check: card = new CheckCard(block, this); break;
    case BlockKind::Predict: card = new PredictCard(block, this); break;
    case BlockKind::Quiz: card = new QuizCard(block, this); break;
    case BlockKind::Run: card = new RunCard(block, this); break;
    case BlockKind::Note:
    case BlockKind::Unknown: card = new NoteCard(block, this); break;
    case BlockKind::Text:
    case BlockKind::Hint: card = new TextCard(block, this); break;
  }
  connect(card, &Card::commandWanted, this, &StepView::commandWanted);
  connect(card, &Card::predictionLocked, this, &StepView::predictionLocked);
  connect(card, &Card::quizAnswered, this, &StepView::quizAnswered);
  return card;
}

void StepView::showState(const CardState& state) {
  for (Card* card : m_cards) card->showState(state);
  const auto hints = state.progress.hints.find(m_number);
  if (m_hints) m_hints->showHints(hints == state.progress.hints.end() ? 0 : hints->second);
}

}  // namespace hw::lesson_page
