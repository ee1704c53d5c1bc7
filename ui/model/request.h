// What the window may ask of the engine, as values.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/id.h"
#include "core/base/text.h"
#include "core/base/time.h"
#include "core/journal/journal.h"
#include "core/lens/domains.h"
#include "core/lesson/evaluate.h"
#include "core/project/edit.h"

namespace hw::model {

struct OpenProject {
  std::string path;
};
/// An empty network.
struct NewProject {};
struct EditNetwork {
  project::Edit edit;
};
struct Undo {};
struct Redo {};
struct StepForward {};
struct StepBack {};
struct SeekBeat {
  std::size_t beat = 0;
};
/// Command lines that start one after the other, each when the one before has ended, until a beat or
/// a moment is reached, or all have ended.
struct PlayScript {
  struct Command {
    std::string device;
    std::string line;
  };
  std::vector<Command> commands;
  std::optional<std::size_t> untilBeat;
  std::optional<Time> untilTime;
};
struct TypeLine {
  DeviceId device;
  std::string line;
};
struct InterruptProgram {
  DeviceId device;
};
struct CompleteLine {
  DeviceId device;
  std::string line;
  std::size_t cursor = 0;
};
struct SelectDevice {
  DeviceId device;
};
struct SelectPacket {
  TransmissionId packet;  ///< none: nothing is selected
};
struct ShowTerminal {
  DeviceId device;
};
/// Whether the selection moves on with the packet from hop to hop.
struct FollowPacket {
  bool follow = true;
};
/// Which cables belong together is wanted in the picture; none: it is not.
struct ShowDomains {
  std::optional<lens::DomainKind> kind;
};
/// Whether what programs say to each other is looked at.
struct WatchConversations {
  bool wanted = true;
};
/// Which conversation is shown, and which one beside it; indices into ConversationsView::all. None: the engine chooses, or nothing.
struct ChooseConversation {
  std::optional<std::size_t> shown;
  std::optional<std::size_t> beside;
};
struct SetLanguage {
  Language language = Language::English;
};

/// What the lesson wants to know of the network at every moment that is shown.
struct WatchLesson {
  std::vector<lesson::Watch> watches;
};

using Request = std::variant<OpenProject, NewProject, EditNetwork, Undo, Redo, StepForward, StepBack, SeekBeat, PlayScript, TypeLine,
                             InterruptProgram, CompleteLine, SelectDevice, SelectPacket, ShowTerminal,
                             FollowPacket, ShowDomains, WatchConversations, ChooseConversation, SetLanguage, WatchLesson>;

}  // namespace hw::model
