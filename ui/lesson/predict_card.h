// A prediction: choose, lock, watch, compare.
#pragma once

#include "ui/lesson/cards.h"

namespace hw::lesson_page {

class ChoiceList;

class PredictCard : public Card {
  Q_OBJECT

 public:
  PredictCard(const lesson::Block& block, QWidget* parent);
  void showState(const CardState& state) override;

 private:
  void lock();
  void showOpen();
  void showOutcome(const lesson::ItemProgress& item, const CardState& state);

  QLabel* m_state;
  TextLabel* m_text;
  ChoiceList* m_choices;
  QLabel* m_command;
  QPushButton* m_lock;
  TextLabel* m_explanation;
  bool m_locked = false;
};

}  // namespace hw::lesson_page
