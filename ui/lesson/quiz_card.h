// A question with one or several right answers. It can be tried again until it is right.
#pragma once

#include "ui/lesson/cards.h"

namespace hw::lesson_page {

class ChoiceList;

class QuizCard : public Card {
  Q_OBJECT

 public:
  QuizCard(const lesson::Block& block, QWidget* parent);
  void showState(const CardState& state) override;

 private:
  void answer();
  void showWrong(const lesson::ItemProgress& item);

  QLabel* m_state;
  TextLabel* m_text;
  ChoiceList* m_choices;
  QPushButton* m_answer;
  TextLabel* m_explanation;
  int m_tries = 0;  ///< that are shown
};

}  // namespace hw::lesson_page
