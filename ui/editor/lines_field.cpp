#include "ui/editor/lines_field.h"

#include <QEvent>
#include <QLabel>
#include <QTextDocument>
#include <QVBoxLayout>

#include "ui/editor/field.h"
#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::editor {

LinesField::LinesField(const QString& name, int lines, QWidget* parent)
    : QWidget(parent), m_caption(new QLabel(this)), m_text(new QPlainTextEdit(this)), m_trouble(new QLabel(this)) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(2);
  column->addWidget(m_caption);
  column->addWidget(m_text);
  column->addWidget(m_trouble);
  m_text->setObjectName(name);
  m_text->setFont(kit::monoFont());
  m_text->setFixedHeight(m_text->fontMetrics().height() * (lines + 1));
  m_text->setTabChangesFocus(true);
  m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
  m_text->installEventFilter(this);
  m_caption->setBuddy(m_text);
  m_trouble->setObjectName(name + QStringLiteral("Trouble"));
  m_trouble->setWordWrap(true);
  kit::setMood(*m_trouble, "bad");
  m_trouble->hide();
}

void LinesField::setCaption(const QString& caption, const QString& accessibleName) {
  m_caption->setText(caption);
  m_text->setAccessibleName(accessibleName);
}

void LinesField::setPlaceholder(const QString& text) { m_text->setPlaceholderText(text); }

void LinesField::setValue(const QStringList& lines) {
  const QString text = lines.join(QLatin1Char('\n'));
  if (m_text->hasFocus() || m_text->document()->isModified() || m_text->toPlainText() == text) return;
  m_text->setPlainText(text);
}

void LinesField::forget() {
  m_text->document()->setModified(false);
  m_own.clear();
  showTrouble();
}

void LinesField::setTrouble(const QString& trouble) {
  m_found = trouble;
  showTrouble();
}

void LinesField::enter() {
  if (!m_text->document()->isModified()) return;
  QStringList lines;
  m_own.clear();
  for (const QString& line : m_text->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
    if (line.trimmed().isEmpty()) continue;
    lines += line.trimmed();
    if (m_judge && m_own.isEmpty()) m_own = m_judge(lines.back());
  }
  showTrouble();
  if (!m_own.isEmpty()) return;
  m_text->document()->setModified(false);
  emit entered(lines);
}

void LinesField::showTrouble() {
  const QString text = asSentences(m_own.isEmpty() ? m_found : m_own);
  m_trouble->setText(text);
  m_trouble->setVisible(!text.isEmpty());
  m_text->setAccessibleDescription(text);
}

bool LinesField::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_text && event->type() == QEvent::FocusOut) enter();
  return QWidget::eventFilter(watched, event);
}

}  // namespace hw::editor
