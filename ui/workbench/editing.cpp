#include "ui/workbench/editing.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QInputDialog>
#include <QMenu>
#include <QMimeData>
#include <QPlainTextEdit>

#include "core/project/load.h"
#include "core/project/save.h"
#include "ui/canvas/canvas_view.h"
#include "ui/editor/palette.h"
#include "ui/editor/properties_page.h"
#include "ui/model/session_port.h"
#include "ui/workbench/action_table.h"

namespace hw::workbench {
namespace {

constexpr int kPasteStep = 40;

template <class Key> std::vector<Key> listOf(const std::set<Key>& keys) { return {keys.begin(), keys.end()}; }

/// What was entered, or nothing.
std::optional<QString> askText(QWidget* window, const QString& title, const QString& before) {
  QInputDialog dialog(window);
  dialog.setWindowTitle(title);
  dialog.setOption(QInputDialog::UsePlainTextEditForTextInput);
  dialog.setLabelText(Editing::tr("Text:"));
  dialog.setTextValue(before);
  if (auto* edit = dialog.findChild<QPlainTextEdit*>()) edit->setAccessibleName(Editing::tr("Text of the note"));
  return dialog.exec() == QDialog::Accepted ? std::optional(dialog.textValue().trimmed()) : std::nullopt;
}

}  // namespace

Editing::Editing(const Parts& parts, QWidget* window) : QObject(window), m(parts), m_window(window) {
  connect(m.canvas, &canvas::CanvasView::edited, this, &Editing::edit);
  connect(m.canvas, &canvas::CanvasView::selectionChanged, this, &Editing::showSelection);
  connect(m.canvas, &canvas::CanvasView::renameWanted, this, &Editing::rename);
  connect(m.canvas, &canvas::CanvasView::noteWanted, this, &Editing::changeNote);
  connect(m.canvas, &canvas::CanvasView::propertiesWanted, this, &Editing::propertiesWanted);
  connect(m.canvas, &canvas::CanvasView::menuWanted, this, [this](const QPoint& at) {
    QMenu menu(m_window);
    for (const Command one : {Command::Cut, Command::Copy, Command::Paste, Command::Duplicate, Command::Remove,
                              Command::Rename, Command::Properties, Command::AddNote})
      menu.addAction(m.actions->at(one));
    menu.exec(at);
  });
  connect(m.canvas, &canvas::CanvasView::toolChanged, this, [this](canvas::Tool tool) {
    m.actions->at(Command::CableTool)->setChecked(tool == canvas::Tool::Cable);
  });
  connect(m.palette, &editor::Palette::chosen, this,
          [this](project::NodeKind kind) { edit(project::AddNode{kind, m.canvas->freePlace()}); });
  connect(m.properties, &editor::PropertiesPage::edited, this, &Editing::edit);
  connectActions();
}

void Editing::connectActions() {
  const auto on = [this](Command command, auto&& what) {
    connect(m.actions->at(command), &QAction::triggered, this, what);
  };
  // In a line of text these keys belong to the text: they are the canvas's only while it has the focus.
  for (const Command one : {Command::Cut, Command::Copy, Command::Paste, Command::Duplicate, Command::Remove,
                            Command::Rename, Command::SelectAll, Command::Properties}) {
    m.actions->at(one)->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    m.canvas->addAction(m.actions->at(one));
  }
  on(Command::Undo, [this] { m.port->send(model::Undo{}); });
  on(Command::Redo, [this] { m.port->send(model::Redo{}); });
  on(Command::Copy, [this] { copy(); });
  on(Command::Cut, [this] {
    if (copy()) remove();
  });
  on(Command::Paste, [this] { pasteClipboard(); });
  on(Command::Duplicate, [this] { duplicate(); });
  on(Command::Remove, [this] { remove(); });
  on(Command::SelectAll, [this] { m.canvas->selectAll(); });
  on(Command::Rename, [this] {
    if (m.canvas->selection().nodes.size() == 1) rename(*m.canvas->selection().nodes.begin());
  });
  on(Command::AddNote, [this] { addNote(); });
  on(Command::Properties, [this] { emit propertiesWanted(); });
  on(Command::CableTool, [this](bool cable) { m.canvas->setTool(cable ? canvas::Tool::Cable : canvas::Tool::Select); });
  on(Command::Grid, [this](bool shown) { m.canvas->showGrid(shown); });
  on(Command::Snap, [this](bool snap) { m.canvas->setSnap(snap); });
  on(Command::ActualSize, [this] { m.canvas->zoomToActualSize(); });
  m.actions->at(Command::Grid)->setChecked(true);
  m.actions->at(Command::Snap)->setChecked(true);
}

void Editing::edit(const project::Edit& edit) { m.port->send(model::EditNetwork{edit}); }

void Editing::take(const model::SnapshotPtr& snapshot) {
  m_snapshot = snapshot;
  m.properties->setValue(snapshot, m_language);
  if (!snapshot->freshNodes.empty() || !snapshot->freshNotes.empty())
    m.canvas->select({{snapshot->freshNodes.begin(), snapshot->freshNodes.end()},
                      {},
                      {snapshot->freshNotes.begin(), snapshot->freshNotes.end()}});
  enableActions();
}

void Editing::showSelection() {
  const canvas::Selection& selection = m.canvas->selection();
  m.properties->setSelection(selection.nodes, selection.links, selection.notes);
  enableActions();
}

void Editing::enableActions() {
  const canvas::Selection& selection = m.canvas->selection();
  for (const Command one : {Command::Cut, Command::Copy, Command::Duplicate, Command::Remove, Command::Properties})
    m.actions->at(one)->setEnabled(!selection.empty());
  m.actions->at(Command::Rename)->setEnabled(selection.nodes.size() == 1 && selection.size() == 1);
  if (!m_snapshot) return;
  m.actions->showHistory(QString::fromStdString(m_snapshot->undoTitle), QString::fromStdString(m_snapshot->redoTitle));
}

void Editing::remove() {
  const canvas::Selection& selection = m.canvas->selection();
  if (!selection.empty())
    edit(project::RemoveParts{listOf(selection.nodes), listOf(selection.links), listOf(selection.notes)});
}

project::Document Editing::fragment() const {
  if (!m_snapshot) return {};
  const canvas::Selection& selection = m.canvas->selection();
  return project::fragmentOf(*m_snapshot->draft, listOf(selection.nodes), listOf(selection.notes));
}

/// The clipboard holds the text of a project file: it can be pasted into another window, or an editor.
bool Editing::copy() {
  const project::Document copied = fragment();
  if (copied.nodes.empty() && copied.notes.empty()) return !m.canvas->selection().links.empty();
  QApplication::clipboard()->setText(QString::fromStdString(project::saveText(copied)));
  m_pastes = 0;
  return true;
}

void Editing::pasteClipboard() {
  const auto loaded = project::loadText(QApplication::clipboard()->text().toStdString(), "clipboard");
  if (loaded) paste(loaded->document);
}

void Editing::duplicate() {
  m_pastes = 0;
  paste(fragment());
}

void Editing::paste(const project::Document& fragment) {
  if (fragment.nodes.empty() && fragment.notes.empty()) return;
  ++m_pastes;
  edit(project::Paste{fragment, {kPasteStep * m_pastes, kPasteStep * m_pastes}});
}

void Editing::rename(project::NodeKey node) {
  m.canvas->select({{node}, {}, {}});
  emit propertiesWanted();
  m.properties->rename();
}

void Editing::addNote() {
  const auto text = askText(m_window, tr("New note"), {});
  if (text && !text->isEmpty()) edit(project::AddNote{{text->toStdString(), {}}, m.canvas->freePlace()});
}

void Editing::changeNote(project::NoteKey key) {
  const project::Note* note = m_snapshot ? m_snapshot->draft->note(key) : nullptr;
  if (!note) return;
  project::Note changed = *note;
  std::string& words = m_language == Language::Chinese && !changed.text.zh.empty() ? changed.text.zh : changed.text.en;
  const auto text = askText(m_window, tr("Note"), QString::fromStdString(words));
  if (!text) return;
  words = text->toStdString();
  edit(project::ReplaceNote{key, changed});
}

}  // namespace hw::workbench
