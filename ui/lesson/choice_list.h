// The choices of a question: one or several can be taken, by mouse or keys; later each is marked.
#pragma once

#include <QWidget>
#include <set>
#include <vector>

#include "core/lesson/script.h"

class QAbstractButton;
class QFrame;
class QLabel;

namespace hw::lesson_page {

class TextLabel;

class ChoiceList : public QWidget {
  Q_OBJECT

 public:
  /// `several`: any number of choices can be taken.
  ChoiceList(const lesson::Block& block, bool several, QWidget* parent);

  std::vector<std::size_t> chosen() const;
  void choose(const std::vector<std::size_t>& choices);
  void setOpen(bool open);
  /// Marks what was right (✓) and what was taken and is not (✕), with the words on those choices.
  void mark(const std::set<std::size_t>& right, const std::vector<std::size_t>& taken);
  void unmark();

 signals:
  void changed();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Row {
    QFrame* frame;
    QAbstractButton* button;
    TextLabel* text;
    QLabel* sign;
    TextLabel* feedback;
  };
  Row newRow(const lesson::Choice& choice, std::size_t index, const QString& id, bool several);
  void paintRow(const Row& row, const QColor& edge, const QString& sign);

  std::vector<Row> m_rows;
  bool m_open = true;
};

}  // namespace hw::lesson_page
