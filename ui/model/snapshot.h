// All that the window shows of a session at a moment, as one value. Made on the engine's thread and
// never changed afterwards.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/lens/cards.h"
#include "core/lens/conversations.h"
#include "core/lens/domains.h"
#include "core/lens/inside.h"
#include "core/lens/packets.h"
#include "core/lesson/evaluate.h"
#include "core/project/document.h"
#include "core/session/session.h"
#include "ui/model/drawing.h"

namespace hw::model {

/// What happened to a row of a table in the shown beat.
enum class Freshness : std::uint8_t { Old, Changed, New };

struct TableView {
  lens::TableCard table;
  std::vector<Freshness> fresh;  ///< of each row
};

/// Something that a device did to a frame in the shown beat, told beside it on the canvas.
struct Happening {
  enum class Kind : std::uint8_t { Rewritten, Dropped } kind = Kind::Rewritten;
  DeviceId device;
  TransmissionId frame;  ///< that left with the new values, or that was dropped on arrival
  struct Line {
    std::string field;   ///< Wireshark's name; empty for a sentence
    std::string before;
    std::string after;   ///< or the sentence
    bool operator==(const Line&) const = default;
  };
  std::vector<Line> lines;
  bool operator==(const Happening&) const = default;
};

/// The selected packet in full.
struct PacketView {
  lens::PacketCard card;
  std::string receiverName;
  std::vector<lens::Hop> hops;
};

/// A conversation in full.
struct ConversationView {
  std::size_t index = 0;         ///< into ConversationsView::all
  lens::Conversation what;
  std::vector<std::size_t> beats;  ///< in which each message was sent: show so many to see it leave
  std::vector<lens::RoundTrip> roundTrips;
  std::vector<lens::Said> said;
};
struct ConversationsView {
  struct Line {
    lens::Conversation head;     ///< without its messages
    std::size_t messages = 0;
  };
  std::vector<Line> all;         ///< in the order in which they began
  std::optional<ConversationView> shown;
  std::optional<ConversationView> beside;
};

/// A problem of the document, at a path such as "nodes/h1/interfaces/eth0/addresses/0".
struct Trouble {
  std::string path;
  std::string text;
  bool error = false;
  bool operator==(const Trouble&) const = default;
};

struct Snapshot {
  std::uint64_t network = 0;  ///< another number: another document, lay everything out anew
  std::shared_ptr<const project::Draft> draft;  ///< the document as it is edited and saved
  Drawing drawing;            ///< what of it, and of the displayed moment, stands on the canvas
  std::uint64_t revision = 0; ///< counts the changes of the document
  std::vector<Trouble> troubles;                ///< what is wrong with the document
  std::string undoTitle;      ///< empty: nothing to undo
  std::string redoTitle;
  std::vector<project::NodeKey> freshNodes;     ///< that the last request added
  std::vector<project::NoteKey> freshNotes;
  std::size_t beat = 0;       ///< how many have been shown
  std::size_t beats = 0;      ///< how many are known
  std::uint64_t events = 0;
  Time time;
  bool busy = false;          ///< a program runs in the foreground of some terminal
  bool quiet = false;         ///< nothing is under way or to come but timers of caches
  bool ended = false;         ///< the last request wanted to go on, but nothing will ever happen

  std::vector<lens::NodeCard> nodes;  ///< by DeviceId; those that are not present keep their places
  std::vector<lens::LinkCard> links;
  std::optional<lens::DomainKind> domainKind;  ///< of `domains`, if they are wanted
  std::vector<lens::Domain> domains;
  std::vector<lens::Flight> flights;
  std::vector<Happening> happenings;
  std::shared_ptr<const std::vector<lens::PacketRow>> packets;

  DeviceId device;            ///< whose tables these are
  std::vector<TableView> tables;
  lens::Inside inside;        ///< of that device, with the way of data in the shown beat
  DeviceId terminalDevice;
  std::vector<TerminalEntry> terminal;
  bool terminalBusy = false;   ///< its last line has not ended

  TransmissionId selected;
  std::shared_ptr<const PacketView> packet;  ///< none: nothing is selected, or it is not sent yet

  std::shared_ptr<const ConversationsView> conversations;  ///< none: nobody looks at them

  std::shared_ptr<const lesson::Findings> findings;  ///< of the lesson's watches; none: nothing is watched
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace hw::model
