// The steps of a lesson as a row of numbers: done, shown, still to come. A press goes there.
#pragma once

#include <QWidget>
#include <vector>

#include "core/lesson/tutor.h"

class QToolButton;

namespace hw::lesson_page {

class StepBar : public QWidget {
  Q_OBJECT

 public:
  explicit StepBar(QWidget* parent = nullptr);
  void showSteps(const lesson::Script& script, const lesson::Progress& progress);

 signals:
  void stepChosen(int step);

 private:
  void makeButtons(std::size_t count);
  std::vector<QToolButton*> m_buttons;
};

}  // namespace hw::lesson_page
