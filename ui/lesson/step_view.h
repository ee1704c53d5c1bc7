// One step of a lesson: its title and its cards, below each other.
#pragma once

#include <QWidget>
#include <vector>

#include "ui/lesson/cards.h"

namespace hw::lesson_page {

class HintBox;

class StepView : public QWidget {
  Q_OBJECT

 public:
  StepView(const lesson::Step& step, std::size_t number, QWidget* parent);
  void showState(const CardState& state);

 signals:
  void commandWanted(const QString& device, const QString& line);
  void predictionLocked(const QString& id, int choice);
  void quizAnswered(const QString& id, const QList<int>& choices);
  void hintWanted();

 private:
  Card* newCard(const lesson::Block& block);

  std::size_t m_number;
  std::vector<Card*> m_cards;
  HintBox* m_hints = nullptr;
};

}  // namespace hw::lesson_page
