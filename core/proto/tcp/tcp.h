// TCP: connections, listeners and what programs may ask of them. Segments come in and leave as values; nothing is sent or
// scheduled from inside.
//
//   receive(work, arrived)   ->   work.out says which segments leave and which sockets have news
//
// Read first: RFC 9293 3.10 ("Event Processing"), whose steps the functions of input.cpp follow. Where the RFC leaves a
// choice, Linux's is taken.
#pragma once

#include <span>

#include "core/base/expected.h"
#include "core/journal/env.h"
#include "core/proto/tcp/connection.h"
#include "core/proto/tcp/tcp_rules.h"
#include "core/proto/tcp/tcp_wire.h"
#include "core/wire/frame.h"

namespace hw::tcp {

enum class Control : std::uint8_t { Reno, Cubic };
std::string_view name(Control control);

/// net.ipv4.tcp_*
struct Config {
  bool timestamps = true;
  bool sack = true;
  bool windowScaling = true;
  bool slowStartAfterIdle = true;
  Control control = Control::Cubic;
  std::uint32_t synRetries = 6;
  std::uint32_t synLinearTimeouts = 4;
  std::uint32_t synAckRetries = 5;
  std::uint32_t retries = 15;          ///< tcp_retries2
  std::uint32_t orphanRetries = 8;
  std::uint32_t backlog = 512;         ///< tcp_max_syn_backlog
  Duration finTimeout = seconds(60);
  Duration keepAliveTime = seconds(7200);
  Duration keepAliveInterval = seconds(75);
  std::uint32_t keepAliveProbes = 9;
  Duration leastTimeout = milliseconds(200);
  std::uint32_t receiveDefault = 131'072;  ///< tcp_rmem
  std::uint32_t receiveMost = 6'291'456;
  std::uint32_t sendDefault = 16'384;      ///< tcp_wmem
  std::uint32_t sendMost = 4'194'304;
  std::uint32_t initialWindow = 10;        ///< packets
  HW_FIELDS(Config, timestamps, sack, windowScaling, slowStartAfterIdle, control, synRetries, synLinearTimeouts, synAckRetries, retries,
            orphanRetries, backlog, finTimeout, keepAliveTime, keepAliveInterval, keepAliveProbes, leastTimeout, receiveDefault,
            receiveMost, sendDefault, sendMost, initialWindow)
};

/// A handshake that a listener has answered.
struct Request {
  Endpoint local;
  Endpoint remote;
  std::uint32_t theirs = 0;      ///< the number of their SYN
  std::uint32_t ours = 0;
  std::uint32_t mss = 536;       ///< of theirs
  std::uint32_t announced = 1460;
  std::uint32_t mtu = 1500;
  std::uint8_t theirScale = 0;
  std::uint8_t ourScale = 0;
  bool scaling = false;
  bool sack = false;
  bool stamps = false;
  std::uint32_t recentStamp = 0;
  std::uint32_t clockOffset = 0;
  std::uint32_t window = 0;
  std::uint32_t clamp = 0;
  Time answered;
  std::uint8_t attempts = 0;
  Time deadline = kNever;
  Time limitedUntil;
  HW_FIELDS(Request, local, remote, theirs, ours, mss, announced, mtu, theirScale, ourScale, scaling, sack, stamps, recentStamp,
            clockOffset, window, clamp, answered, attempts, deadline, limitedUntil)
};

/// How buffers were set before there was a connection: SO_RCVBUF, SO_SNDBUF, TCP_MAXSEG; 0: not set.
struct Buffers {
  std::uint32_t receive = 0;
  std::uint32_t send = 0;
  std::uint32_t mss = 0;
  HW_FIELDS(Buffers, receive, send, mss)
};

struct Listener {
  std::uint32_t id = 0;
  Endpoint local;                ///< the address may be 0.0.0.0
  SocketId socket;
  std::uint32_t backlog = 0;
  Buffers buffers;
  Choices choices;
  std::vector<Request> requests; ///< the SYN queue
  std::vector<std::uint32_t> ready;  ///< the accept queue: connections
  HW_FIELDS(Listener, id, local, socket, backlog, buffers, choices, requests, ready)
};

struct State {
  struct Place {
    Endpoint local;
    Endpoint remote;
    std::uint32_t id = 0;
    HW_FIELDS(Place, local, remote, id)
  };
  std::vector<Boxed<Connection>> connections;  ///< in the order of their ids
  std::vector<Place> places;                   ///< sorted by both ends
  std::vector<Listener> listeners;
  std::uint32_t nextId = 1;
  Time nextDeadline = kNever;    ///< a lower bound
  HW_FIELDS(State, connections, places, listeners, nextId, nextDeadline)

  Connection* find(std::uint32_t id);
  const Connection* find(std::uint32_t id) const;
  Connection* find(const Endpoint& local, const Endpoint& remote);
  /// The listener that fits best: one of the address before one of any.
  Listener* listenerAt(const Endpoint& local);
  Listener* listener(std::uint32_t id);
  bool isUsed(std::uint16_t port) const;
};

/// At most so many connections and bytes out of order.
inline constexpr std::size_t kMaxConnections = 65'536;
inline constexpr std::size_t kMaxEarly = 4'096;

/// A segment that leaves; the checksum is not made yet.
struct Segment {
  Endpoint local;
  Endpoint remote;
  Header header;
  std::array<std::uint8_t, kMaxOptions> options;
  std::uint32_t optionsSize = 0;
  Bytes payload;
  std::uint16_t identification = 0;  ///< of the datagram; 0 if no socket sends it
  Choices choices;
  bool confirm = false;              ///< the neighbour was heard just now
};

struct Out {
  std::vector<Segment> segments;
  std::vector<SocketId> news;    ///< sockets whose programs should look

  void clear() { segments.clear(), news.clear(); }
};

/// What every function works with.
struct Work {
  State& state;
  const Config& config;
  const Env& env;
  Out& out;
  bool held = false;             ///< a program holds the connection: ACKs leave when it lets go
};

/// The header of a received segment with its options and data, or nothing; records why.
std::optional<Arrived> decode(const Env& env, Ipv4Address source, Ipv4Address destination, const Frame& segment);
/// The checksum of a segment over pseudo header, header, options and data.
std::uint16_t checksumOf(const Segment& segment);

/// RFC 9293 3.10.7: a segment arrives.
void receive(Work work, const Arrived& arrived);
/// Does what is due.
void expire(Work work);
/// An ICMP error about a segment of ours with this sequence number (RFC 5927 4): it ends the opening of a connection, and
/// is remembered as the reason if an open one times out.
void heardError(Work work, const Endpoint& local, const Endpoint& remote, std::uint32_t sequence, Problem problem);
/// The path takes datagrams of `mtu` bytes only (RFC 1191).
void pathMtuIsLower(Work work, const Endpoint& local, const Endpoint& remote, std::uint32_t sequence, std::uint32_t mtu);

// What a program asks (RFC 9293 3.9.1). Ids are those of State.

struct Opening {
  Endpoint local;
  Endpoint remote;
  SocketId socket;
  std::uint32_t mtu = 1500;
  Buffers buffers;
  Choices choices;
};
/// Sends a SYN; result: the id, or nothing if the pair of ends is taken.
std::optional<std::uint32_t> open(Work work, const Opening& opening);
std::uint32_t listen(Work work, const Endpoint& local, SocketId socket, std::uint32_t backlog, const Buffers& buffers, const Choices& choices);
/// The next connection of the accept queue, which belongs to `socket` from now on.
std::optional<std::uint32_t> accept(Work work, std::uint32_t listener, SocketId socket);
/// Takes as many bytes as the send buffer has room for; result: how many. 0: wait.
std::uint32_t write(Work work, std::uint32_t id, const Bytes& data);
/// Up to `most` bytes, as far as they are there.
Bytes read(Work work, std::uint32_t id, std::uint32_t most);
/// No more data will be sent.
void shutdown(Work work, std::uint32_t id);
/// The program is gone. `abort`: SO_LINGER 0.
void close(Work work, std::uint32_t id, bool abort);
void closeListener(Work work, std::uint32_t id);
/// A program is inside a call until then: what arrives waits (Linux's backlog).
void hold(Work work, std::uint32_t id, Time until);
void setNoDelay(Work work, std::uint32_t id, bool on);
void setKeepAlive(Work work, std::uint32_t id, bool on);
void setBuffers(Work work, std::uint32_t id, const Buffers& buffers);

/// Most data in a segment now.
std::uint32_t currentMss(const Connection& connection);

}  // namespace hw::tcp
