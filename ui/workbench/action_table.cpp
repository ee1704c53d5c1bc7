#include "ui/workbench/action_table.h"

#include <QAction>
#include <QCoreApplication>

#include "ui/kit/icons.h"

namespace hw::workbench {
namespace {

constexpr ActionRow kRows[] = {
    {Command::Open, "open", QT_TRANSLATE_NOOP("Actions", "&Open..."), "open", "Ctrl+O", false},
    {Command::Reload, "reload", QT_TRANSLATE_NOOP("Actions", "Start &again"), "restart", "Ctrl+R", false},
    {Command::Quit, "quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), nullptr, "Ctrl+Q", false},
    {Command::ToStart, "toStart", QT_TRANSLATE_NOOP("Actions", "To the &beginning"), "to-start", "Shift+F9", false},
    {Command::StepBack, "stepBack", QT_TRANSLATE_NOOP("Actions", "Step &back"), "step-back", "F9", false},
    {Command::PlayPause, "playPause", QT_TRANSLATE_NOOP("Actions", "&Play"), "play", "F5", false},
    {Command::StepOn, "step", QT_TRANSLATE_NOOP("Actions", "&Step"), "step", "F10", false},
    {Command::ZoomIn, "zoomIn", QT_TRANSLATE_NOOP("Actions", "Zoom &in"), "zoom-in", "Ctrl++", false},
    {Command::ZoomOut, "zoomOut", QT_TRANSLATE_NOOP("Actions", "Zoom &out"), "zoom-out", "Ctrl+-", false},
    {Command::Fit, "fit", QT_TRANSLATE_NOOP("Actions", "&Fit to the window"), "fit", "Ctrl+0", false},
    {Command::Follow, "follow", QT_TRANSLATE_NOOP("Actions", "Follow the p&acket"), "hops", nullptr, true},
    {Command::PlayTyped, "playTyped", QT_TRANSLATE_NOOP("Actions", "Play when a &command is typed"), nullptr, nullptr, true},
    {Command::Dark, "dark", QT_TRANSLATE_NOOP("Actions", "&Dark theme"), "theme", "Ctrl+D", true},
    {Command::English, "english", QT_TRANSLATE_NOOP("Actions", "&English"), nullptr, nullptr, true},
    {Command::Chinese, "chinese", QT_TRANSLATE_NOOP("Actions", "&Chinese"), nullptr, nullptr, true},
    {Command::GoToTerminal, "goToTerminal", QT_TRANSLATE_NOOP("Actions", "Go to the &terminal"), "terminal", "Ctrl+T", false},
    {Command::GoToLesson, "goToLesson", QT_TRANSLATE_NOOP("Actions", "Go to the &lesson"), "lesson", "Ctrl+L", false},
    {Command::NextLessonStep, "nextLessonStep", QT_TRANSLATE_NOOP("Actions", "&Next step of the lesson"), nullptr, "Ctrl+PgDown", false},
    {Command::PreviousLessonStep, "previousLessonStep", QT_TRANSLATE_NOOP("Actions", "Step of the lesson be&fore"), nullptr, "Ctrl+PgUp", false},
    {Command::LessonOver, "lessonOver", QT_TRANSLATE_NOOP("Actions", "Begin the lesson an&ew"), nullptr, nullptr, false},
    {Command::About, "about", QT_TRANSLATE_NOOP("Actions", "&About Hopwise"), nullptr, nullptr, false},
};
constexpr const char* kPause = QT_TRANSLATE_NOOP("Actions", "&Pause");

QString translated(const char* text) { return QCoreApplication::translate("Actions", text); }

}  // namespace

std::span<const ActionRow> actionRows() { return kRows; }

ActionTable::ActionTable(QObject* parent) : QObject(parent) {
  for (const ActionRow& row : kRows) {
    auto* action = new QAction(this);
    action->setObjectName(QString::fromLatin1(row.id));
    action->setCheckable(row.checkable);
    if (row.shortcut) action->setShortcut(QKeySequence(QString::fromLatin1(row.shortcut)));
    m_actions.push_back(action);
  }
  retranslate();
}

QAction* ActionTable::at(Command command) const {
  for (std::size_t i = 0; i < m_actions.size(); ++i)
    if (kRows[i].command == command) return m_actions[i];
  return nullptr;
}

void ActionTable::retranslate() {
  for (std::size_t i = 0; i < m_actions.size(); ++i) m_actions[i]->setText(translated(kRows[i].text));
  showPlaying(m_playing);
  for (QAction* action : m_actions) {
    const QString plain = action->text().remove(QLatin1Char('&'));
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? plain : QStringLiteral("%1 (%2)").arg(plain, keys));
  }
}

void ActionTable::redrawIcons() {
  for (std::size_t i = 0; i < m_actions.size(); ++i)
    if (kRows[i].icon) m_actions[i]->setIcon(kit::icon(QString::fromLatin1(kRows[i].icon)));
  showPlaying(m_playing);
}

void ActionTable::showPlaying(bool playing) {
  m_playing = playing;
  QAction* action = at(Command::PlayPause);
  action->setText(translated(playing ? kPause : "&Play"));
  action->setIcon(kit::icon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
}

}  // namespace hw::workbench
