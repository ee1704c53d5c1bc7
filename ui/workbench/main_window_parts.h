// What the window is made of, for the files that put it together: main_window.cpp builds and shows,
// main_window_wiring.cpp connects.
#pragma once

#include "ui/canvas/canvas_view.h"
#include "ui/conversation/conversation_page.h"
#include "ui/device_page/device_page.h"
#include "ui/inspector/hop_page.h"
#include "ui/inspector/packet_list_page.h"
#include "ui/inspector/packet_page.h"
#include "ui/kit/message_bar.h"
#include "ui/kit/turns.h"
#include "ui/lesson/lesson_page.h"
#include "ui/model/session_port.h"
#include "ui/editor/palette.h"
#include "ui/editor/properties_page.h"
#include "ui/terminal/terminal_page.h"
#include "ui/timeline/player.h"
#include "ui/timeline/timeline_bar.h"
#include "ui/workbench/address_calculator.h"
#include "ui/workbench/docks.h"
#include "ui/workbench/editing.h"
#include "ui/workbench/file_keeper.h"
#include "ui/workbench/language_switch.h"
#include "ui/workbench/main_window.h"
#include "ui/workbench/menus.h"
#include "ui/workbench/recovery_bar.h"
#include "ui/workbench/start_page.h"

class QLabel;
class QStackedWidget;

namespace hw::workbench {

struct MainWindow::Impl {
  WindowOptions options;
  LanguageSwitch language;
  model::SessionPort* port = nullptr;
  ActionTable* actions = nullptr;
  timeline::Player* player = nullptr;
  kit::Turns* turns = nullptr;

  kit::MessageBar* message = nullptr;
  canvas::CanvasView* canvas = nullptr;
  timeline::TimelineBar* timeline = nullptr;
  QLabel* status = nullptr;
  Docks docks;
  Menus menus;

  FileKeeper* files = nullptr;
  Editing* editing = nullptr;
  RecoveryBar* recovery = nullptr;
  QStackedWidget* middle = nullptr;  ///< the start page or the canvas
  StartPage* start = nullptr;
  AddressCalculator* calculator = nullptr;  ///< once it has been wanted

  bool hadPacket = false;
  bool typed = false;  ///< a line was typed: play if it started a program

  int moveMilliseconds() const;
  /// What shows the rest of a snapshot, beside the canvas.
  std::vector<kit::Turns::Piece> pagesOf(const model::SnapshotPtr& snapshot) const;
};

}  // namespace hw::workbench
