// The hints of a step, one after the other, when asked for.
#pragma once

#include <QFrame>
#include <vector>

#include "core/lesson/script.h"

class QPushButton;

namespace hw::lesson_page {

class TextLabel;

class HintBox : public QFrame {
  Q_OBJECT

 public:
  HintBox(const std::vector<const lesson::Block*>& hints, QWidget* parent);
  void showHints(int count);

 signals:
  void hintWanted();

 private:
  std::vector<TextLabel*> m_hints;
  QPushButton* m_more;
};

}  // namespace hw::lesson_page
