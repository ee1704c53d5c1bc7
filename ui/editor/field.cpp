#include "ui/editor/field.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QToolButton>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"

namespace hw::editor {

constexpr int kCaptionWidth = 112;

QString asSentences(const QString& troubles) {
  QStringList lines = troubles.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  for (QString& line : lines) line[0] = line[0].toUpper();
  return lines.join(QLatin1Char('\n'));
}

Field::Field(const QString& name, QWidget* parent)
    : QWidget(parent),
      m_caption(new QLabel(this)),
      m_line(new QLineEdit(this)),
      m_suggestion(new QToolButton(this)),
      m_trouble(new QLabel(this)) {
  auto* grid = new QGridLayout(this);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(6);
  grid->setVerticalSpacing(2);
  grid->addWidget(m_caption, 0, 0);
  grid->addWidget(m_line, 0, 1);
  grid->addWidget(m_suggestion, 1, 1, Qt::AlignLeft);
  grid->addWidget(m_trouble, 2, 1);
  grid->setColumnStretch(1, 1);
  m_caption->setMinimumWidth(kCaptionWidth);
  m_caption->setBuddy(m_line);
  m_line->setObjectName(name);
  m_line->setFont(kit::monoFont());
  m_suggestion->setObjectName(name + QStringLiteral("Suggestion"));
  kit::setMood(*m_suggestion, "offer");
  m_suggestion->hide();
  m_trouble->setObjectName(name + QStringLiteral("Trouble"));
  m_trouble->setWordWrap(true);
  kit::setMood(*m_trouble, "bad");
  m_trouble->hide();
  connect(m_line, &QLineEdit::editingFinished, this, &Field::enter);
  connect(m_suggestion, &QToolButton::clicked, this, [this] {
    m_line->setText(m_suggestion->property("value").toString());
    m_line->setModified(true);
    enter();
  });
}

void Field::setCaption(const QString& caption) {
  m_caption->setText(caption);
  m_line->setAccessibleName(caption);
}
void Field::setPlaceholder(const QString& text) { m_line->setPlaceholderText(text); }
void Field::setJudge(std::function<QString(const QString&)> judge) { m_judge = std::move(judge); }

void Field::setValue(const QString& value) {
  const bool typing = m_line->isModified() && (m_line->hasFocus() || !m_own.isEmpty());
  const bool same = m_value == value;
  m_value = value;
  if (typing && same) return;
  m_line->setText(value);
  m_own.clear();
  showTrouble();
}

void Field::setTrouble(const QString& trouble) {
  m_found = trouble;
  showTrouble();
}

void Field::setSuggestion(const QString& value) {
  m_suggestion->setProperty("value", value);
  m_suggestion->setText(tr("Take %1").arg(value));
  m_suggestion->setVisible(!value.isEmpty());
}

void Field::enter() {
  if (!m_line->isModified()) return;
  const QString text = m_line->text().trimmed();
  m_own = m_judge ? m_judge(text) : QString();
  showTrouble();
  if (!m_own.isEmpty()) return;
  m_line->setModified(false);
  if (text != m_value) emit entered(text);
}

void Field::showTrouble() {
  const QString text = asSentences(m_own.isEmpty() ? m_found : m_own);
  m_trouble->setText(text);
  m_trouble->setVisible(!text.isEmpty());
  m_line->setAccessibleDescription(text);
}

void Field::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) setSuggestion(m_suggestion->property("value").toString());
}

}  // namespace hw::editor
