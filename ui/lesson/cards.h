// The parts of a step as widgets. Each is told what the learner has done and what the network came to.
#pragma once

#include <QFrame>

#include "core/lesson/markdown.h"
#include "core/lesson/tutor.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace hw::lesson_page {

class TextLabel;

/// What a card shows, at a moment.
struct CardState {
  const lesson::Step& step;
  const lesson::Progress& progress;
  const lesson::Findings& findings;
};

class Card : public QFrame {
  Q_OBJECT

 public:
  /// `box`: set apart by a border and a ground of its own.
  Card(const lesson::Block& block, bool box, QWidget* parent);
  virtual void showState(const CardState& state) = 0;

 signals:
  /// Type this line at that device.
  void commandWanted(const QString& device, const QString& line);
  /// A prediction was locked; its command is to be typed.
  void predictionLocked(const QString& id, int choice);
  void quizAnswered(const QString& id, const QList<int>& choices);

 protected:
  const lesson::Block& block() const { return m_block; }
  QVBoxLayout* column() const { return m_column; }
  /// A small line over or under the text, in the colour of a state.
  void paintLine(QLabel& label, const QColor& colour) const;
  void setEdge(const QColor& colour);

 private:
  const lesson::Block& m_block;
  QVBoxLayout* m_column;
};

/// Running text.
class TextCard : public Card {
  Q_OBJECT

 public:
  TextCard(const lesson::Block& block, QWidget* parent);
  void showState(const CardState& state) override;

 private:
  TextLabel* m_text;
};

/// A box: a note, or a directive that nobody knows.
class NoteCard : public Card {
  Q_OBJECT

 public:
  NoteCard(const lesson::Block& block, QWidget* parent);
  void showState(const CardState& state) override;

 private:
  TextLabel* m_text;
};

/// A task, with the state in which the network has it.
class CheckCard : public Card {
  Q_OBJECT

 public:
  CheckCard(const lesson::Block& block, QWidget* parent);
  void showState(const CardState& state) override;

 private:
  QLabel* m_state;
  TextLabel* m_text;
};

/// A command to try.
class RunCard : public Card {
  Q_OBJECT

 public:
  RunCard(const lesson::Block& block, QWidget* parent);
  void showState(const CardState& state) override;

 private:
  TextLabel* m_text;
};

/// "h1 # ping -c 1 10.0.1.20"
QLabel* newCommandLabel(const lesson::CommandLine& command, QWidget* parent);
/// The explanation of an answer; hidden until it is known.
TextLabel* newExplanation(const lesson::Block& block, QWidget* parent);
lesson::ValueText valuesOf(const CardState& state);

}  // namespace hw::lesson_page
