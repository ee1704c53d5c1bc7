// A property of several lines: its caption, what is typed and what is wrong with it. It is entered when the person leaves it.
#pragma once

#include <QPlainTextEdit>
#include <functional>

class QLabel;

namespace hw::editor {

class LinesField : public QWidget {
  Q_OBJECT

 public:
  /// `name`: of the text, for tests.
  LinesField(const QString& name, int lines, QWidget* parent);

  void setCaption(const QString& caption, const QString& accessibleName);
  void setPlaceholder(const QString& text);
  /// What the document says; shown unless the person is just typing something else.
  void setValue(const QStringList& lines);
  /// Forgets what is typed and not entered: another device is shown.
  void forget();
  /// A mistake in a line of what is typed; then nothing is entered.
  void setJudge(std::function<QString(const QString&)> judge) { m_judge = std::move(judge); }
  /// What the core found, for the person to repair.
  void setTrouble(const QString& trouble);
  QPlainTextEdit* text() const { return m_text; }

 signals:
  void entered(const QStringList& lines);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void enter();
  void showTrouble();

  QLabel* m_caption;
  QPlainTextEdit* m_text;
  QLabel* m_trouble;
  std::function<QString(const QString&)> m_judge;
  QString m_own;
  QString m_found;
};

}  // namespace hw::editor
