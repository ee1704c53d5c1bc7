#include "ui/terminal/prompt_edit.h"

#include <QKeyEvent>

namespace hw::terminal {
namespace {

constexpr qsizetype kMaxHistory = 500;

QString commonFront(const QStringList& words) {
  QString front = words.value(0);
  for (const QString& word : words)
    while (!word.startsWith(front)) front.chop(1);
  return front;
}

}  // namespace

void PromptEdit::complete(const QStringList& candidates) {
  if (candidates.isEmpty()) return;
  const QString before = text().left(cursorPosition());
  const qsizetype start = before.lastIndexOf(QLatin1Char(' ')) + 1;
  QString word = commonFront(candidates);
  if (word.size() < before.size() - start) return;
  if (candidates.size() == 1) word += QLatin1Char(' ');
  else emit choicesShown(candidates);
  const QString after = text().mid(cursorPosition());
  setText(before.left(start) + word + after);
  setCursorPosition(static_cast<int>(start + word.size()));
}

/// Tab completes and does not leave the line; Shift+Tab does.
bool PromptEdit::event(QEvent* event) {
  if (event->type() == QEvent::KeyPress) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Tab && key->modifiers() == Qt::NoModifier && !text().isEmpty()) {
      emit completionWanted(text(), cursorPosition());
      return true;
    }
  }
  return QLineEdit::event(event);
}

void PromptEdit::keyPressEvent(QKeyEvent* event) {
  if (event->matches(QKeySequence::Copy) && !hasSelectedText()) {
    clear();
    emit interrupted();
  } else if (event->key() == Qt::Key_Up) {
    recall(m_place - 1);
  } else if (event->key() == Qt::Key_Down) {
    recall(m_place + 1);
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    const QString line = text().trimmed();
    clear();
    if (!line.isEmpty() && m_history.value(m_history.size() - 1) != line) m_history.append(line);
    if (m_history.size() > kMaxHistory) m_history.removeFirst();
    m_place = m_history.size();
    if (!line.isEmpty()) emit entered(line);
  } else {
    QLineEdit::keyPressEvent(event);
  }
}

void PromptEdit::recall(qsizetype place) {
  if (place < 0 || place > m_history.size()) return;
  if (m_place == m_history.size()) m_draft = text();
  m_place = place;
  setText(place == m_history.size() ? m_draft : m_history[place]);
}

}  // namespace hw::terminal
