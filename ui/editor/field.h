// A property in one line: its caption, what is typed, a suggestion to take, and what is wrong with it.
#pragma once

#include <QLineEdit>
#include <functional>

class QLabel;
class QToolButton;

namespace hw::editor {

/// What the core found, a line each, as sentences that begin with a capital letter.
QString asSentences(const QString& troubles);

class Field : public QWidget {
  Q_OBJECT

 public:
  /// `name`: of the line, for tests; the caption names it for people.
  explicit Field(const QString& name, QWidget* parent = nullptr);

  void setCaption(const QString& caption);
  void setPlaceholder(const QString& text);
  /// What the document says; shown unless the person is just typing something else.
  void setValue(const QString& value);
  /// An own mistake in what is typed; then the value does not reach the document.
  void setJudge(std::function<QString(const QString&)> judge);
  /// What the core found, for the person to repair.
  void setTrouble(const QString& trouble);
  /// What "take" would type; empty: no suggestion.
  void setSuggestion(const QString& value);
  QLineEdit* line() const { return m_line; }

 signals:
  void entered(const QString& value);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void enter();
  void showTrouble();

  QLabel* m_caption;
  QLineEdit* m_line;
  QToolButton* m_suggestion;
  QLabel* m_trouble;
  std::function<QString(const QString&)> m_judge;
  QString m_value;
  QString m_own;
  QString m_found;
};

}  // namespace hw::editor
