#include "ui/lesson/cards.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"
#include "ui/lesson/text_label.h"

namespace hw::lesson_page {

Card::Card(const lesson::Block& block, bool box, QWidget* parent)
    : QFrame(parent), m_block(block), m_column(new QVBoxLayout(this)) {
  setObjectName(QString::fromStdString(block.id.empty() ? std::string("card") : "card_" + block.id));
  const int side = box ? 14 : 0;
  m_column->setContentsMargins(side, box ? 12 : 0, side, box ? 12 : 0);
  m_column->setSpacing(8);
  if (box) setEdge(kit::theme().line);
}

void Card::setEdge(const QColor& colour) {
  const kit::Theme& t = kit::theme();
  setStyleSheet(QStringLiteral("#%1{background:%2;border:1px solid %3;border-left:4px solid %4;border-radius:6px}")
                    .arg(objectName(), t.panel.name(), t.line.name(), colour.name()));
}

void Card::paintLine(QLabel& label, const QColor& colour) const {
  label.setStyleSheet(QStringLiteral("color:%1").arg(colour.name()));
}

lesson::ValueText valuesOf(const CardState& state) {
  return [&state](std::string_view expression) { return lesson::valueText(state.findings, expression); };
}

QLabel* newCommandLabel(const lesson::CommandLine& command, QWidget* parent) {
  auto* label = new QLabel(QString::fromStdString(command.device + " # " + command.line), parent);
  label->setFont(kit::monoFont());
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setStyleSheet(QStringLiteral("color:%1;background:%2;padding:4px 8px;border-radius:4px")
                           .arg(kit::theme().ink.name(), kit::theme().stripe.name()));
  return label;
}

TextLabel* newExplanation(const lesson::Block& block, QWidget* parent) {
  if (block.explanation.empty()) return nullptr;
  auto* label = new TextLabel(parent);
  label->setObjectName(QStringLiteral("explanation_") + QString::fromStdString(block.id));
  label->hide();
  return label;
}

TextCard::TextCard(const lesson::Block& block, QWidget* parent)
    : Card(block, false, parent), m_text(new TextLabel(this)) {
  column()->addWidget(m_text);
}
void TextCard::showState(const CardState& state) { m_text->setMarkdown(block().text, valuesOf(state)); }

NoteCard::NoteCard(const lesson::Block& block, QWidget* parent)
    : Card(block, true, parent), m_text(new TextLabel(this)) {
  const bool unknown = block.kind == lesson::BlockKind::Unknown;
  setEdge(unknown ? kit::theme().bad : kit::theme().accent);
  if (unknown) {
    auto* title = new QLabel(tr("This part needs a newer Hopwise: %1").arg(QString::fromStdString(block.name)), this);
    title->setWordWrap(true);
    paintLine(*title, kit::theme().bad);
    column()->addWidget(title);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setText(QString::fromStdString(block.text));
  }
  column()->addWidget(m_text);
}
void NoteCard::showState(const CardState& state) {
  if (block().kind == lesson::BlockKind::Note) m_text->setMarkdown(block().text, valuesOf(state));
}

CheckCard::CheckCard(const lesson::Block& block, QWidget* parent)
    : Card(block, true, parent), m_state(new QLabel(this)), m_text(new TextLabel(this)) {
  m_state->setObjectName(QStringLiteral("state_") + QString::fromStdString(block.id));
  m_state->setFont(kit::textFont(kit::TextSize::Normal, true));
  m_state->setWordWrap(true);
  column()->addWidget(m_state);
  column()->addWidget(m_text);
}

void CheckCard::showState(const CardState& state) {
  const kit::Theme& t = kit::theme();
  const bool done = lesson::isDone(block(), state.progress);
  const lesson::Block* next = lesson::nextCheck(state.step, state.progress);
  m_state->setText(done              ? tr("✓ Done")
                   : next == &block() ? tr("○ To do: the network will show when it is done")
                                      : tr("○ To do after the task above"));
  paintLine(*m_state, done ? t.good : next == &block() ? t.accent : t.mutedInk);
  setEdge(done ? t.good : next == &block() ? t.accent : t.line);
  m_text->setMarkdown(block().text, valuesOf(state));
}

RunCard::RunCard(const lesson::Block& block, QWidget* parent)
    : Card(block, true, parent), m_text(new TextLabel(this)) {
  auto* button = new QPushButton(tr("Try it"), this);
  button->setObjectName(QStringLiteral("run_") + QString::fromStdString(block.id));
  button->setAccessibleName(tr("Try it: %1").arg(QString::fromStdString(block.command.text())));
  connect(button, &QPushButton::clicked, this, [this] {
    emit commandWanted(QString::fromStdString(this->block().command.device), QString::fromStdString(this->block().command.line));
  });
  column()->addWidget(m_text);
  column()->addWidget(newCommandLabel(block.command, this));
  column()->addWidget(button, 0, Qt::AlignLeft);
}
void RunCard::showState(const CardState& state) { m_text->setMarkdown(block().text, valuesOf(state)); }

}  // namespace hw::lesson_page
