#include "ui/editor/note_form.h"

#include <QEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace hw::editor {

constexpr int kLines = 6;

/// A note has a text for each language; where the Chinese one is missing, the English one is shown and edited.
static std::string& wordsOf(project::Note& note, Language language) {
  return language == Language::Chinese && !note.text.zh.empty() ? note.text.zh : note.text.en;
}

NoteForm::NoteForm(QWidget* parent)
    : Form(parent), m_caption(new QLabel(this)), m_text(new QPlainTextEdit(this)), m_hint(new QLabel(this)) {
  m_text->setObjectName(QStringLiteral("noteText"));
  m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * kLines);
  m_text->setTabChangesFocus(true);
  m_text->installEventFilter(this);
  m_caption->setBuddy(m_text);
  m_hint->setWordWrap(true);
  m_hint->setForegroundRole(QPalette::PlaceholderText);
  for (QWidget* part : {static_cast<QWidget*>(m_caption), static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_hint)})
    column()->addWidget(part);
  column()->addStretch(1);
  retranslate();
}

void NoteForm::setValue(const model::SnapshotPtr& snapshot, project::NoteKey key, Language language) {
  const bool other = m_key != key || m_language != language;
  m_snapshot = snapshot;
  m_key = key;
  m_language = language;
  const project::Note* its = snapshot->draft->note(key);
  if (!its) return;
  project::Note note = *its;
  const QString text = QString::fromStdString(wordsOf(note, language));
  const bool typing = m_text->hasFocus() && m_text->document()->isModified();
  if (other || (!typing && m_text->toPlainText() != text)) m_text->setPlainText(text);
}

void NoteForm::enter() {
  const project::Note* its = m_snapshot ? m_snapshot->draft->note(m_key) : nullptr;
  if (!its || !m_text->document()->isModified()) return;
  m_text->document()->setModified(false);
  project::Note note = *its;
  wordsOf(note, m_language) = m_text->toPlainText().trimmed().toStdString();
  emit edited(project::ReplaceNote{m_key, note});
}

bool NoteForm::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_text && event->type() == QEvent::FocusOut) enter();
  return Form::eventFilter(watched, event);
}

void NoteForm::retranslate() {
  m_caption->setText(tr("Text"));
  m_text->setAccessibleName(tr("Text of the note"));
  m_hint->setText(tr("A note explains something to whoever looks at the picture. It does not change the network."));
}

}  // namespace hw::editor
