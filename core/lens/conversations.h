// What two programs say to each other: the segments of a TCP connection or the datagrams of a UDP exchange, as their makers
// sent them, with what became of each. Followed through routers, bridges and address translation by the frames themselves.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "core/sim/timeline.h"
#include "core/wire/address.h"

namespace hw::lens {

struct Speaker {
  DeviceId device;
  std::string name;         ///< of the device
  Ipv4Address address;      ///< as it sees itself
  std::uint16_t port = 0;
  std::string text() const; ///< "192.0.2.1:80"
  bool operator==(const Speaker&) const = default;
};

/// A segment or a datagram. Numbers are relative to the first of its direction, as Wireshark shows them; bytes.
struct Message {
  TransmissionId id;             ///< where it was made
  bool byOpener = false;
  Time sent;
  Time arrived = kNever;         ///< at the other program's device; kNever: not, or not yet
  std::uint64_t arrivalEvent = UINT64_MAX;
  std::uint64_t lostEvent = UINT64_MAX;  ///< in which its last copy came to an end on the way
  std::uint32_t size = 0;        ///< of its data
  // Of a segment:
  std::uint16_t flags = 0;       ///< tcp::Flag
  bool again = false;            ///< everything in it had been sent before
  std::uint64_t sequence = 0;
  std::uint64_t acknowledgment = 0;
  std::uint32_t window = 0;      ///< scaled, if the handshake was seen
  std::vector<std::array<std::uint64_t, 2>> selective;  ///< SACK blocks [from, to)

  /// The number behind its last byte; SYN and FIN count as one each.
  std::uint64_t end() const;
  bool isLost() const { return lostEvent != UINT64_MAX; }
  bool operator==(const Message&) const = default;
};

/// What a TCP sender decided about how much may be under way; segments.
struct Congestion {
  std::uint64_t event = 0;
  Time at;
  bool ofOpener = false;
  std::uint32_t window = 0;
  std::optional<std::uint32_t> inFlight;  ///< if it was told
  bool operator==(const Congestion&) const = default;
};

struct Conversation {
  enum class Kind : std::uint8_t { Tcp, Udp } kind = Kind::Tcp;
  Speaker opener;
  Speaker answerer;              ///< its device is unknown until it has heard something
  std::vector<Message> messages; ///< in order of sending
  std::vector<Congestion> congestion;
  const Speaker& from(const Message& message) const { return message.byOpener ? opener : answerer; }
  const Speaker& to(const Message& message) const { return message.byOpener ? answerer : opener; }
  bool operator==(const Conversation&) const = default;
};

/// conversations(journal): a pure function of the journal, made bit by bit as that grows and anew when it begins another future.
class ConversationMap {
 public:
  /// Takes in what the journal has got since. O(new events + hops of the frames that begin a conversation).
  void follow(const Timeline& timeline);
  /// How many messages each of them had after `events` events; those that had not begun are left out.
  std::vector<std::size_t> messagesAt(std::uint64_t events) const;
  /// Without its messages.
  Conversation headOf(std::size_t index) const;
  /// As it stood after `events` events, with the latest `limit` of its messages. `index` is one of messagesAt().
  Conversation at(std::size_t index, std::uint64_t events, std::size_t limit) const;

 private:
  struct Talk {
    Conversation what;
    std::array<std::uint32_t, 2> base{};        ///< first sequence number of opener and answerer
    std::array<bool, 2> hasBase{};
    std::array<std::uint64_t, 2> furthest{};    ///< end of what was sent
    std::array<std::uint8_t, 2> scale{};
    std::array<bool, 2> scales{};
    bool heard = false;                         ///< the answerer's own view of it is known
    std::uint64_t firstEvent = 0;
  };
  struct Key {
    std::uint8_t protocol = 0;
    std::uint64_t from = 0;  ///< address and port
    std::uint64_t to = 0;
    auto operator<=>(const Key&) const = default;
  };
  struct Place {
    std::uint32_t talk = 0;
    std::uint32_t message = 0;
  };
  struct Packet;

  void take(const Timeline& timeline, const EventRecord& event);
  void arrive(const Timeline& timeline, const EventRecord& event, std::vector<Place>& carried);
  void made(const Timeline& timeline, const EventRecord& event, const Transmission& what, std::vector<std::pair<Packet, Place>>& before);
  Place say(const EventRecord& event, const Packet& packet, std::string_view name);
  void readSegment(Talk& talk, Message& message, const Packet& packet);
  void tellCongestion(const EventRecord& event, const std::vector<std::pair<Packet, Place>>& sent, const std::vector<Place>& heard);
  void copyLeft(Place place, const Transmission& what, std::uint64_t event);
  void heardBy(const Timeline& timeline, const EventRecord& event, Place place);
  Message& at(Place place) { return m_all[place.talk].what.messages[place.message]; }

  std::vector<Talk> m_all;
  std::map<Key, std::uint32_t> m_byKey;         ///< the latest of each pair of ends, from both sides
  std::map<TransmissionId, Place> m_underWay;
  std::map<std::uint64_t, std::vector<Place>> m_waiting;  ///< by the event in which they began to wait
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> m_copies;  ///< of a message, on the way
  std::uint64_t m_events = 0;
  std::uint64_t m_futures = 0;  ///< of the timeline, when it was followed last
};

/// How long each segment took to be acknowledged, measured at its sender; segments that were sent again do not count (RFC 6298 3).
struct RoundTrip {
  Time at;                 ///< when the acknowledgment came
  bool ofOpener = false;
  Duration time;
};
std::vector<RoundTrip> roundTrips(const Conversation& conversation);

/// What both sides have said, as the programs read it: each byte once, in the order in which it could be read.
struct Said {
  bool byOpener = false;
  std::string text;        ///< bytes that are no text are dots
  TransmissionId id;       ///< where its first byte came from
};
/// At most `limit` bytes of it.
std::vector<Said> whatWasSaid(const Timeline& timeline, const Conversation& conversation, std::size_t limit);

}  // namespace hw::lens
