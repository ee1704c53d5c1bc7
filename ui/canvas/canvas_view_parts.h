// What the canvas is made of, for its files: canvas_view.cpp shows, canvas_input.cpp listens.
#pragma once

#include <QElapsedTimer>
#include <QPixmap>
#include <QTimer>
#include <optional>
#include <set>
#include <string>

#include "ui/canvas/callout_painter.h"
#include "ui/canvas/canvas_view.h"
#include "ui/canvas/empty_hint.h"
#include "ui/canvas/network_scene.h"
#include "ui/canvas/packet_painter.h"

namespace hw::canvas {

/// Devices snap to multiples of this, in the document's pixels.
inline constexpr int kGrid = 20;

/// What the mouse is doing between press and release.
struct Gesture {
  enum class Kind { None, Press, Move, Band, Cable, Pan } kind = Kind::None;
  QPoint start;                  ///< in the view
  QPoint now;
  project::NodeKey from;         ///< of a cable
  bool narrows = false;          ///< a click without movement selects this part only
  Selection before;              ///< of a band that adds
  std::map<project::NodeKey, QPointF> nodes;  ///< where what is moved stood
  std::map<project::NoteKey, QPointF> notes;
};

struct CanvasView::Impl {
  NetworkScene scene;
  EmptyHint* hint = nullptr;
  PacketPainter packets;
  model::SnapshotPtr snapshot;
  model::SnapshotPtr before;  ///< while moving: where from
  std::vector<lens::Flight> flights;
  Language language = Language::English;
  QPixmap still;
  bool stale = true;
  std::optional<std::vector<QRectF>> boxes;  ///< what stands in `still`, made when somebody asks
  CalloutPainter told;                   ///< the callouts
  std::optional<std::size_t> toldBeat;   ///< of this beat
  std::set<std::string> legend;  ///< protocols of the first `legendRows` packets
  std::size_t legendRows = 0;
  bool fitted = true;  ///< the zoom follows the size of the view
  bool showGrid = true;
  bool snap = true;

  Selection selection;
  Tool tool = Tool::Select;
  Gesture gesture;

  QTimer timer;
  QElapsedTimer clock;
  double from = 0, to = 0;
  int milliseconds = 0;

  double moment() const;
  const model::Snapshot& nearer(double at) const;
  void mark() {
    if (snapshot) scene.mark(snapshot->device, selection);
  }
};

}  // namespace hw::canvas
