// The line to type on: history, completion, Ctrl+C.
#pragma once

#include <QLineEdit>
#include <QStringList>

namespace hw::terminal {

class PromptEdit : public QLineEdit {
  Q_OBJECT

 public:
  using QLineEdit::QLineEdit;
  /// What Tab led to: one candidate is taken, several are shown by their common beginning.
  void complete(const QStringList& candidates);
  const QStringList& history() const { return m_history; }

 signals:
  void entered(const QString& line);
  void completionWanted(const QString& line, int cursor);
  void interrupted();
  void choicesShown(const QStringList& candidates);

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  void recall(qsizetype place);

  QStringList m_history;
  qsizetype m_place = 0;  ///< in the history; its size: the line that is being typed
  QString m_draft;
};

}  // namespace hw::terminal
