// Editing: what the canvas, the palette, the property page and the actions do to the document.
#pragma once

#include <QObject>

#include "core/project/edit.h"
#include "ui/model/snapshot.h"

namespace hw::canvas {
class CanvasView;
}
namespace hw::editor {
class Palette;
class PropertiesPage;
}
namespace hw::model {
class SessionPort;
}

namespace hw::workbench {

class ActionTable;

class Editing : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    model::SessionPort* port;
    canvas::CanvasView* canvas;
    editor::Palette* palette;
    editor::PropertiesPage* properties;
    ActionTable* actions;
  };
  Editing(const Parts& parts, QWidget* window);
  void take(const model::SnapshotPtr& snapshot);
  void setLanguage(Language language) { m_language = language; }

 signals:
  void propertiesWanted();

 private:
  void connectActions();
  void edit(const project::Edit& edit);
  void remove();
  bool copy();
  void paste(const project::Document& fragment);
  void pasteClipboard();
  void duplicate();
  void rename(project::NodeKey node);
  void addNote();
  void changeNote(project::NoteKey note);
  void showSelection();
  void enableActions();
  project::Document fragment() const;

  Parts m;
  QWidget* m_window;
  Language m_language = Language::English;
  model::SnapshotPtr m_snapshot;
  int m_pastes = 0;  ///< each lands a bit further
};

}  // namespace hw::workbench
