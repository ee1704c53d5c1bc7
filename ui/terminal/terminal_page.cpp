#include "ui/terminal/terminal_page.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include "ui/kit/fonts.h"
#include "ui/kit/theme.h"
#include "ui/terminal/prompt_edit.h"

namespace hw::terminal {

struct TerminalPage::Impl {
  QLabel* caption = nullptr;
  QComboBox* devices = nullptr;
  QPlainTextEdit* output = nullptr;
  QLabel* prompt = nullptr;
  PromptEdit* line = nullptr;
  QWidget* lineRow = nullptr;
  model::SnapshotPtr snapshot;
  std::vector<std::pair<QString, std::uint32_t>> known;
  QString shown;

  DeviceId device() const { return snapshot ? snapshot->terminalDevice : DeviceId(); }
  QString promptText() const {
    return device().valid() ? QString::fromStdString(snapshot->nodes[device().value].name) + QStringLiteral(" # ")
                            : QString();
  }
};

TerminalPage::TerminalPage(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
  build();
  connect(m->line, &PromptEdit::entered, this, [this](const QString& line) {
    if (m->device().valid()) emit typed(m->device(), line);
  });
  connect(m->line, &PromptEdit::interrupted, this, [this] {
    if (m->device().valid()) emit interrupted(m->device());
  });
  connect(m->line, &PromptEdit::completionWanted, this, [this](const QString& line, int cursor) {
    if (m->device().valid()) emit completionWanted(m->device(), line, cursor);
  });
  connect(m->line, &PromptEdit::choicesShown, this, [this](const QStringList& choices) {
    m->output->appendPlainText(choices.join(QStringLiteral("  ")));
  });
  connect(m->devices, &QComboBox::currentIndexChanged, this, [this](int index) {
    if (index >= 0) emit deviceChosen(DeviceId{m->devices->itemData(index).toUInt()});
  });
  applyTheme();
  retranslate();
}

TerminalPage::~TerminalPage() = default;

void TerminalPage::build() {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(8, 6, 8, 8);
  column->setSpacing(4);
  auto* head = new QHBoxLayout;
  m->caption = new QLabel(this);
  m->devices = new QComboBox(this);
  m->devices->setObjectName(QStringLiteral("terminalDevice"));
  m->devices->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  head->addWidget(m->caption);
  head->addWidget(m->devices);
  head->addStretch(1);
  column->addLayout(head);
  m->output = new QPlainTextEdit(this);
  m->output->setObjectName(QStringLiteral("terminalOutput"));
  m->output->setReadOnly(true);
  m->output->setFont(kit::monoFont());
  m->output->setMaximumBlockCount(10'000);
  m->output->setMinimumHeight(60);
  m->output->setFocusPolicy(Qt::ClickFocus);
  column->addWidget(m->output, 1);
  m->lineRow = new QWidget(this);
  auto* row = new QHBoxLayout(m->lineRow);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(4);
  m->prompt = new QLabel(m->lineRow);
  m->prompt->setFont(kit::monoFont());
  m->line = new PromptEdit(m->lineRow);
  m->line->setObjectName(QStringLiteral("terminalLine"));
  m->line->setFont(kit::monoFont());
  m->prompt->setBuddy(m->line);
  row->addWidget(m->prompt);
  row->addWidget(m->line, 1);
  column->addWidget(m->lineRow);
}

void TerminalPage::setValue(const model::SnapshotPtr& snapshot) {
  m->snapshot = snapshot;
  showDevices();
  m->prompt->setText(m->promptText());
  m->line->setReadOnly(snapshot->terminalBusy);
  showHint();
  showText();
}

void TerminalPage::showHint() {
  m->line->setPlaceholderText(m->line->isReadOnly() ? tr("Ctrl+C stops it")
                                                    : tr("Type a command"));
}

/// Devices that have a stack have a terminal.
void TerminalPage::showDevices() {
  const QSignalBlocker quiet(m->devices);
  std::vector<std::pair<QString, std::uint32_t>> devices;
  for (const lens::NodeCard& node : m->snapshot->nodes)
    if (node.present && !lens::repeatsBits(node.kind))
      devices.emplace_back(QString::fromStdString(node.name), node.id.value);
  if (devices != m->known) {
    m->devices->clear();
    for (const auto& [name, id] : devices) m->devices->addItem(name, id);
    m->known = devices;
  }
  m->line->setEnabled(m->device().valid());
  m->devices->setCurrentIndex(m->devices->findData(m->snapshot->terminalDevice.value));
}

void TerminalPage::showText() {
  QString text;
  for (const TerminalEntry& entry : m->snapshot->terminal) {
    if (entry.kind == TerminalEntry::Kind::Typed)
      text += m->promptText() + QString::fromStdString(entry.text) + QLatin1Char('\n');
    else if (entry.kind == TerminalEntry::Kind::Output) text += QString::fromStdString(entry.text);
  }
  if (text.endsWith(QLatin1Char('\n'))) text.chop(1);
  if (text == m->shown) return;
  m->shown = text;
  m->output->setPlainText(text);
  m->output->verticalScrollBar()->setValue(m->output->verticalScrollBar()->maximum());
}

QString TerminalPage::shownText() const { return m->output->toPlainText(); }
void TerminalPage::complete(const QStringList& candidates) { m->line->complete(candidates); }
void TerminalPage::focusPrompt() { m->line->setFocus(Qt::OtherFocusReason); }

void TerminalPage::retranslate() {
  m->caption->setText(tr("Terminal of"));
  m->devices->setAccessibleName(tr("Device of the terminal"));
  m->output->setAccessibleName(tr("Output of the terminal"));
  m->line->setAccessibleName(tr("Command"));
  m->line->setToolTip(tr("Tab completes what you type, the arrow keys bring earlier commands back"));
  showHint();
  m->output->setPlaceholderText(tr("What commands print appears here."));
}

void TerminalPage::applyTheme() { m->prompt->setStyleSheet(QStringLiteral("color:%1").arg(kit::theme().good.name())); }

void TerminalPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::LanguageChange) retranslate();
  if (event->type() == QEvent::PaletteChange) applyTheme();
}

}  // namespace hw::terminal
