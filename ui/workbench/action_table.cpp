#include "ui/workbench/action_table.h"

#include <QAction>
#include <QCoreApplication>

#include "ui/kit/icons.h"

namespace hw::workbench {
namespace {

constexpr ActionRow kRows[] = {
    {Command::New, "new", QT_TRANSLATE_NOOP("Actions", "&New"), "new", "Ctrl+N", false},
    {Command::Open, "open", QT_TRANSLATE_NOOP("Actions", "&Open..."), "open", "Ctrl+O", false},
    {Command::Save, "save", QT_TRANSLATE_NOOP("Actions", "&Save"), "save", "Ctrl+S", false},
    {Command::SaveAs, "saveAs", QT_TRANSLATE_NOOP("Actions", "Save &as..."), nullptr, "Ctrl+Shift+S", false},
    {Command::StartPage, "startPage", QT_TRANSLATE_NOOP("Actions", "Start &page"), "hopwise", "Ctrl+Home", false},
    {Command::Reload, "reload", QT_TRANSLATE_NOOP("Actions", "Start &again"), "restart", "Ctrl+R", false},
    {Command::Quit, "quit", QT_TRANSLATE_NOOP("Actions", "&Quit"), nullptr, "Ctrl+Q", false},
    {Command::Undo, "undo", QT_TRANSLATE_NOOP("Actions", "&Undo"), "undo", "Ctrl+Z", false},
    {Command::Redo, "redo", QT_TRANSLATE_NOOP("Actions", "&Redo"), "redo", "Ctrl+Shift+Z", false},
    {Command::Cut, "cut", QT_TRANSLATE_NOOP("Actions", "Cu&t"), nullptr, "Ctrl+X", false},
    {Command::Copy, "copy", QT_TRANSLATE_NOOP("Actions", "&Copy"), nullptr, "Ctrl+C", false},
    {Command::Paste, "paste", QT_TRANSLATE_NOOP("Actions", "&Paste"), nullptr, "Ctrl+V", false},
    {Command::Duplicate, "duplicate", QT_TRANSLATE_NOOP("Actions", "D&uplicate"), nullptr, "Ctrl+D", false},
    {Command::Remove, "remove", QT_TRANSLATE_NOOP("Actions", "De&lete"), "delete", "Del", false},
    {Command::SelectAll, "selectAll", QT_TRANSLATE_NOOP("Actions", "Select &all"), nullptr, "Ctrl+A", false},
    {Command::Rename, "rename", QT_TRANSLATE_NOOP("Actions", "Rena&me"), nullptr, "F2", false},
    {Command::Properties, "properties", QT_TRANSLATE_NOOP("Actions", "P&roperties"), nullptr, "Alt+Return", false},
    {Command::CableTool, "cableTool", QT_TRANSLATE_NOOP("Actions", "&Connect with a cable"), "cable", "Ctrl+K", true},
    {Command::AddNote, "addNote", QT_TRANSLATE_NOOP("Actions", "Add a &note..."), "note", "Ctrl+Shift+N", false},
    {Command::ToStart, "toStart", QT_TRANSLATE_NOOP("Actions", "To the &beginning"), "to-start", "Shift+F9", false},
    {Command::StepBack, "stepBack", QT_TRANSLATE_NOOP("Actions", "Step &back"), "step-back", "F9", false},
    {Command::PlayPause, "playPause", QT_TRANSLATE_NOOP("Actions", "&Play"), "play", "F5", false},
    {Command::StepOn, "step", QT_TRANSLATE_NOOP("Actions", "&Step"), "step", "F10", false},
    {Command::ZoomIn, "zoomIn", QT_TRANSLATE_NOOP("Actions", "Zoom &in"), "zoom-in", "Ctrl++", false},
    {Command::ZoomOut, "zoomOut", QT_TRANSLATE_NOOP("Actions", "Zoom &out"), "zoom-out", "Ctrl+-", false},
    {Command::ActualSize, "actualSize", QT_TRANSLATE_NOOP("Actions", "Actual si&ze"), nullptr, "Ctrl+1", false},
    {Command::Fit, "fit", QT_TRANSLATE_NOOP("Actions", "&Fit to the window"), "fit", "Ctrl+0", false},
    {Command::Grid, "grid", QT_TRANSLATE_NOOP("Actions", "Show the &grid"), nullptr, "Ctrl+G", true},
    {Command::Snap, "snap", QT_TRANSLATE_NOOP("Actions", "Snap to the &grid"), nullptr, "Ctrl+Shift+G", true},
    {Command::Follow, "follow", QT_TRANSLATE_NOOP("Actions", "Follow the p&acket"), "hops", nullptr, true},
    {Command::PlayTyped, "playTyped", QT_TRANSLATE_NOOP("Actions", "Play when a &command is typed"), nullptr, nullptr, true},
    {Command::NoDomains, "noDomains", QT_TRANSLATE_NOOP("Actions", "&No colours"), nullptr, nullptr, true},
    {Command::CollisionDomains, "collisionDomains", QT_TRANSLATE_NOOP("Actions", "&Collision domains"), nullptr, "Ctrl+Alt+1", true},
    {Command::BroadcastDomains, "broadcastDomains", QT_TRANSLATE_NOOP("Actions", "&Broadcast domains"), nullptr, "Ctrl+Alt+2", true},
    {Command::Subnets, "subnets", QT_TRANSLATE_NOOP("Actions", "&Subnets"), nullptr, "Ctrl+Alt+3", true},
    {Command::Dark, "dark", QT_TRANSLATE_NOOP("Actions", "&Dark theme"), "theme", "Ctrl+Shift+D", true},
    {Command::English, "english", QT_TRANSLATE_NOOP("Actions", "&English"), nullptr, nullptr, true},
    {Command::Chinese, "chinese", QT_TRANSLATE_NOOP("Actions", "&Chinese"), nullptr, nullptr, true},
    {Command::GoToTerminal, "goToTerminal", QT_TRANSLATE_NOOP("Actions", "Go to the &terminal"), "terminal", "Ctrl+T", false},
    {Command::GoToLesson, "goToLesson", QT_TRANSLATE_NOOP("Actions", "Go to the &lesson"), "lesson", "Ctrl+L", false},
    {Command::NextLessonStep, "nextLessonStep", QT_TRANSLATE_NOOP("Actions", "&Next step of the lesson"), nullptr, "Ctrl+PgDown", false},
    {Command::PreviousLessonStep, "previousLessonStep", QT_TRANSLATE_NOOP("Actions", "Step of the lesson be&fore"), nullptr, "Ctrl+PgUp", false},
    {Command::LessonOver, "lessonOver", QT_TRANSLATE_NOOP("Actions", "Begin the lesson an&ew"), nullptr, nullptr, false},
    {Command::Calculator, "calculator", QT_TRANSLATE_NOOP("Actions", "Address ca&lculator..."), nullptr, "Ctrl+Shift+A", false},
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
  showHistory(m_undo, m_redo);
  for (QAction* action : m_actions) {
    const QString plain = action->text().remove(QLatin1Char('&'));
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? plain : QStringLiteral("%1 (%2)").arg(plain, keys));
  }
}

void ActionTable::showHistory(const QString& undo, const QString& redo) {
  m_undo = undo;
  m_redo = redo;
  const auto show = [this](Command command, const char* text, const QString& what) {
    at(command)->setEnabled(!what.isEmpty());
    at(command)->setText(what.isEmpty() ? translated(text) : QStringLiteral("%1: %2").arg(translated(text), what));
  };
  show(Command::Undo, "&Undo", undo);
  show(Command::Redo, "&Redo", redo);
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
