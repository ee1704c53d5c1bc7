// One event's view of a device: the receive paths, IP, sockets and programs meet here. A Stack
// lives as long as one step(); all that stays is in the device's State.
#pragma once

#include <array>
#include <functional>

#include "core/device/device.h"
#include "core/journal/env.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/icmp/icmp.h"
#include "core/proto/udp/udp.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/ipv4/options.h"
#include "core/socket/socket.h"

namespace hw {

/// The Ethernet header that every frame inside a device has.
inline constexpr std::uint32_t kLink = ethernet::kHeaderSize;

/// Tunnels inside each other (XMIT_RECURSION_LIMIT of Linux).
inline constexpr int kMaxTunnelDepth = 8;

/// A datagram that this device makes.
struct Outgoing {
  ipv4::Header header;          ///< source may be 0.0.0.0: the route chooses
  Bytes options;
  ipv4::Slots slots;            ///< entries of the options that wait to be written
  Bytes payload;
  /// The transport header, in front of the payload and apart from it, so that the payload is shared.
  std::array<std::uint8_t, 60> transport{};
  std::uint32_t transportSize = 0;
  socket::PathMtu pathMtu = socket::PathMtu::Dont;
  InterfaceId device;           ///< bound to it
  std::uint32_t mark = 0;       ///< for the routing policy
  std::uint16_t sourcePort = 0; ///< for sharing the load among several ways
  std::uint16_t destinationPort = 0;
  std::optional<std::uint16_t> identification;  ///< of a connected socket's own counter
  bool confirm = false;         ///< the neighbour was heard just now
  std::optional<netfilter::Tracked> tracked;  ///< known already: it answers a datagram that is tracked
  const route::Route* route = nullptr;  ///< once it has been asked for
  SocketId from;                ///< to be told about local errors
};

/// A whole IPv6 datagram that came in at a port.
struct Datagram6 {
  ipv6::Header header;
  Bytes bytes;
  InterfaceId port;
};

/// An ICMPv6 message that this device sends.
struct Outgoing6 {
  ipv6::Header header;       ///< source may be ::: the way chooses
  std::vector<std::uint8_t> message;
  InterfaceId device;        ///< bound to it
  socket::PathMtu pathMtu = socket::PathMtu::Want;
  SocketId from;             ///< to be told about local errors
  bool confirm = false;      ///< the neighbour was heard just now
  bool plain = false;        ///< no flow label: a message of the link
};

/// Where a datagram leaves: by which interface, to whom, how large at most.
struct Way {
  InterfaceId port;
  Ipv4Address nextHop;
  std::uint32_t mtu = 1500;
  bool local = false;
};

class Stack final : public socket::Calls {
 public:
  Stack(Device& device, Time now, std::uint64_t event, Out& out);

  // VXLAN interfaces as the configuration has them (tunnels.cpp)
  void keepTunnels();
  // Bridges that snoop, as the configuration has them (snooping.cpp)
  void keepSnooping();
  // Spanning trees as configuration and cables have them (spanning_tree.cpp)
  void keepTrees();
  // Addresses and groups of IPv6 as configuration and cables have them (neighbours6.cpp)
  void keepSix();

  // Events (events.cpp)
  void arrived(InterfaceId port);
  void timeReached();
  void start(const process::Program& program);
  void signal(const SignalProcess& what);
  void reconfigure(const Reconfigure& what);
  void edit(const EditNeighbour& what);
  void edit(const EditNeighbourSix& what);
  void flush(const FlushBridge& what);
  void flushRoutes();
  void forgetConnections(const ForgetConnections& what);
  void carrier(const CarrierChanged& what);
  void endCall() { runWoken(); }

  // System calls (calls.cpp)
  SocketId open(socket::Kind kind) override;
  void close(SocketId socket) override;
  std::optional<socket::Errno> bind(SocketId socket, socket::Endpoint local) override;
  std::optional<socket::Errno> connect(SocketId socket, socket::Endpoint peer) override;
  std::optional<socket::Errno> send(SocketId socket, const socket::SendRequest& request) override;
  std::optional<socket::Datagram> receive(SocketId socket) override;
  std::optional<socket::Errno> takeError(SocketId socket) override;
  std::optional<socket::ErrorReport> receiveError(SocketId socket) override;
  socket::Options& options(SocketId socket) override;
  socket::Endpoint local(SocketId socket) override;
  std::optional<socket::Errno> join(SocketId socket, Ipv4Address group, std::optional<InterfaceId> port) override;
  std::optional<InterfaceId> interfaceOf(Ipv4Address address) override;
  std::optional<socket::Errno> attach(SocketId socket, InterfaceId port) override;
  std::optional<socket::Errno> connectSix(SocketId socket, const socket::SixPeer& peer) override;
  Ipv6Address localSix(SocketId socket) override;
  std::uint32_t pathMtu(SocketId socket) override;
  std::optional<socket::Errno> listen(SocketId socket, std::uint32_t backlog) override;
  Expected<socket::Accepted, socket::Errno> accept(SocketId socket) override;
  bool isConnected(SocketId socket) override;
  Expected<std::uint32_t, socket::Errno> write(SocketId socket, const Bytes& data) override;
  Expected<Bytes, socket::Errno> read(SocketId socket, std::uint32_t most) override;
  std::optional<socket::Errno> shutdown(SocketId socket) override;
  void applyOptions(SocketId socket) override;
  socket::StreamInfo streamInfo(SocketId socket) override;
  std::optional<socket::Errno> sendFrame(SocketId socket, MacAddress to, std::uint16_t type,
                                         ByteView payload) override;
  std::optional<InterfaceId> interfaceNamed(std::string_view name) override;
  MacAddress macOf(InterfaceId port) override;
  std::optional<Ipv4Address> addressOf(InterfaceId port, Ipv4Address towards) override;

 private:
  // Link layer (link.cpp): frames in, repeating, bridging, frames out
  void repeat(InterfaceId in);
  void bridgeFrame(InterfaceId in, InterfaceId bridge);
  void bridgeOut(InterfaceId bridge, const Send& what);
  void copyToPorts(const std::vector<InterfaceId>& ports, const Send& what);
  /// A frame in a bridge that tells VLANs apart (vlan_bridge.cpp), as it is with its tag and without, as far as somebody wants it.
  struct InVlan {
    std::uint16_t vlan = 0;
    std::optional<std::uint32_t> tagged, bare;
    std::uint32_t arrived = 0;  ///< which of both came in
  };
  std::optional<InVlan> admitted(InterfaceId in, const bridge::Config& bridge, std::uint32_t frame);
  std::uint32_t frameFor(InVlan& frame, bool bare);
  void copyToVlan(const std::vector<InterfaceId>& ports, const bridge::Config& bridge, InVlan& frame, Send what);
  bool passesUpInVlan(InterfaceId bridge, InVlan& frame);
  void receiveFrame(InterfaceId port);
  void receiveArp(InterfaceId port);
  void transmit(Send what);
  void makeFrame(InterfaceId port, MacAddress to, std::uint16_t type, Frame payload);
  bool deliverToPacketSockets(InterfaceId port);
  void receiveAt(InterfaceId port);

  // Virtual interfaces (virtual.cpp)
  void pass(InterfaceId port, const Frame& frame, Fate direction);
  bool receivedTagged(InterfaceId port);
  void transmitTagged(Send what);
  bool receivedPpp(InterfaceId port);
  void transmitPpp(Send what);
  void giveToProgram(const Send& what);
  std::optional<socket::Errno> takeFromProgram(InterfaceId port, const Bytes& data);
  void later(InterfaceId port, Frame frame);
  bool takeFromBacklog();
  bool deliverToRawSockets(const ipv4::Header& header, const Frame& datagram);
  Origin unchanged(Origin origin) const { return m_changed ? Origin::Made : origin; }
  bool toGroup() const { return m_link.destination.isGroup(); }
  Frame& hand() { return m_out.frames[m_hand]; }

  // Neighbours (neighbours.cpp)
  void toNeighbour(Ipv4Address nextHop, Ipv4Address askAs, Send what);
  void carryOut(arp::Out& what);
  void unreachable(Frame& frame);
  bool ignoresRequest(InterfaceId port, const arp::Header& message);
  bool answersFor(InterfaceId port, const arp::Header& message) const;
  Ipv4Address addressForAsking(InterfaceId port, Ipv4Address target, Ipv4Address preferred) const;

  // IPv4 (ip_input.cpp, ip_output.cpp, icmp.cpp)
  void receiveIp(InterfaceId port);
  void deliver(InterfaceId port, const ipv4::Header& header, const Frame& datagram);
  void handOver(InterfaceId port, const ipv4::Header& header, const Frame& datagram);
  void forward(InterfaceId in, const ipv4::Header& header, const route::Route& route);
  bool isFiltered(InterfaceId in, const ipv4::Header& header);
  void tellBetterGateway(InterfaceId in, const ipv4::Header& header, const route::Route& route);
  void receiveRedirect(const ipv4::Header& header, const Bytes& message);
  std::uint32_t mtuTo(Ipv4Address destination, InterfaceId port) const;
  void sendInPieces(const Frame& whole, const Way& way, std::uint32_t mtu, bool continues);
  std::optional<socket::Errno> sendDatagram(Outgoing& outgoing);
  Way wayOf(const Outgoing& outgoing, const route::Route& route);
  Frame wrap(const Outgoing& outgoing) const;
  void leave(Frame frame, const Way& way);
  const route::Route* routeFor(Outgoing& outgoing);
  const route::Route* onLinkWay(const Outgoing& outgoing);
  route::Flow flowOf(const Outgoing& outgoing) const;
  route::Flow flowInHand(InterfaceId in, const ipv4::Header& header) const;
  std::optional<socket::Errno> routeError(const route::Route* route) const;
  void complain(const icmp::Error& error, const ipv4::Header& header, const Bytes& datagram, bool toGroup,
                const netfilter::Tracked* about = nullptr);
  void receiveIcmp(const ipv4::Header& header, const Bytes& datagram);
  void answerEcho(const ipv4::Header& header, const Bytes& message, const Bytes& datagram);
  /// What an error quotes: the header of a datagram and the start of what it carried.
  struct Quoted {
    ipv4::Header header;
    Bytes transport;
  };
  std::optional<Quoted> quotedIn(const Bytes& message) const;
  Socket* senderOf(const Quoted& quoted);
  void receiveError(const ipv4::Header& header, const Bytes& message);
  void learnPathMtu(Ipv4Address destination, std::uint32_t told);
  void tellSender(Socket& socket, const ipv4::Header& header, const icmp::Header& icmp, const Quoted& quoted);
  void receiveUdp(InterfaceId port, const ipv4::Header& header, const Frame& datagram);
  bool isGroupAddress(Ipv4Address address) const;
  Ipv4Address receivingAddress(InterfaceId in, const ipv4::Header& header);
  bool readOptions(InterfaceId in, const ipv4::Header& header);
  void fillOptions(std::span<std::uint8_t> options, const ipv4::Slots& slots, Ipv4Address address);
  void fillOptionsInHand(const route::Route& route, Ipv4Address nextHop);
  void echoOptions(Outgoing& answer, const ipv4::Header& header, const Bytes& datagram) const;
  Frame datagramInHand(const ipv4::Header& header) const;

  // IPv6 (ip6_input.cpp, ip6_output.cpp, icmp6.cpp, neighbours6.cpp)
  struct Way6 {
    InterfaceId port;
    Ipv6Address nextHop;
    std::uint32_t mtu = 1500;
  };
  bool speaksSix(InterfaceId port) const;
  bool isOurSix(InterfaceId port, Ipv6Address address);
  void receiveIp6(InterfaceId port);
  void deliverSix(const Datagram6& datagram);
  void handOverSix(const Datagram6& datagram, const ipv6::Chain& chain);
  void forwardSix(const Datagram6& datagram);
  const ipv6::Route* routeSix(Ipv6Address to, InterfaceId out);
  Ipv6Address sourceSix(Ipv6Address to, InterfaceId out);
  std::uint32_t mtuToSix(Ipv6Address to, InterfaceId port);
  Expected<Way6, socket::Errno> waySix(Ipv6Address to, InterfaceId out);
  std::optional<socket::Errno> sendSix(Outgoing6& outgoing);
  void leaveSix(ipv6::Header header, const Bytes& payload, const Way6& way);
  void loopBack(InterfaceId port, const Frame& frame);
  void toNeighbourSix(Ipv6Address nextHop, Ipv6Address askAs, Send what);
  void complainSix(const icmp6::Error& error, const Datagram6& datagram, bool mayAnswerGroup);
  void receiveIcmp6(const Datagram6& datagram, const Bytes& message);
  void answerEchoSix(const Datagram6& datagram, const Bytes& message);
  void receiveEchoReply(const Datagram6& datagram, const Bytes& message);
  void receiveErrorSix(const Datagram6& datagram, const Bytes& message);
  Socket* pingSocketSix(std::uint16_t identifier);
  std::optional<socket::Errno> sendPingSix(Socket& socket, const socket::SendRequest& request);
  void sendNeighbour(InterfaceId port, Ipv6Address source, Ipv6Address to, MacAddress mac, std::vector<std::uint8_t> message);
  void carryOut(nd::Out& what);
  void unreachableSix(Frame& frame);
  void receiveNeighbour(const Datagram6& datagram, const Bytes& message);
  void answerSolicitation(const Datagram6& datagram, const nd::Received& received);
  void joinSix(InterfaceId port, Ipv6Address address, bool joins);
  void askForDuplicate(const nd::Probe& probe);
  void sendReport(mld::Message message);
  void expireSix();

  // Packet filter (filter.cpp)
  bool passes(netfilter::Passage& passage, netfilter::Hook hook);
  bool passesIn(InterfaceId port, ipv4::Header& header);
  bool passesToUs(ipv4::Header& header, Frame& datagram);
  bool passesOn(ipv4::Header& header, InterfaceId out, Ipv4Address nextHop);
  void noteChanges(ipv4::Header& header);
  std::optional<socket::Errno> sendFiltered(const Outgoing& outgoing, Way way);
  void sendReset(const netfilter::Passage& passage);
  void followFilter(const DeviceConfig& before);

  // Spanning tree (spanning_tree.cpp)
  void expireTree(BridgeState& bridge);
  void carryOut(BridgeState& bridge, const stp::Messages& messages);
  bool passesTree(InterfaceId in, BridgeState& bridge);

  // IGMP snooping (snooping.cpp)
  std::optional<bridge::Snooped> snooped(InterfaceId in, BridgeState& bridge, std::uint16_t vlan, const Frame& frame);
  void expireGroups(BridgeState& bridge);
  void ask(const BridgeState& bridge, const std::vector<bridge::Question>& questions);

  // VXLAN (tunnels.cpp)
  void transmitVxlan(const Send& what);
  void sendVxlan(InterfaceId port, const Frame& inner, Ipv4Address remote);
  bool refusedVxlan(InterfaceId port, const Frame& inner, Ipv4Address remote, std::uint32_t mtu);
  bool receivedVxlan(const ipv4::Header& ip, std::uint16_t port, const Frame& payload);
  void unwrap(InterfaceId port, Ipv4Address remote, Frame frame);
  void leaveGroup(VxlanState& tunnel);

  // GRE and IP in IP (ip_tunnels.cpp)
  void transmitTunnel(const Send& what);
  void carry(InterfaceId port, const tunnel::Config& tunnel, std::uint16_t type, Frame passenger);
  bool receivedTunnel(const ipv4::Header& header, const Frame& datagram);

  // TCP (streams.cpp)
  tcp::Work tcpWork() { return {state().tcp, config().knobs.tcp, m_env, m_out.tcp}; }
  void receiveTcp(InterfaceId port, const ipv4::Header& header, const Frame& datagram);
  void carryOutStreams();
  void sendSegment(const tcp::Segment& segment);
  void expireStreams();
  void holdIfSent(const Socket& socket, std::size_t before);
  void closeStream(const Socket& socket);
  std::optional<socket::Errno> bindStream(Socket& socket, socket::Endpoint local);
  std::optional<socket::Errno> connectStream(Socket& socket, socket::Endpoint peer);
  std::optional<socket::Errno> problemOf(const Socket& socket);
  void receiveTcpError(const icmp::Header& icmp, const ipv4::Header& header, const Quoted& quoted);
  void wakeSoon(ProcessId process);

  // Multicast (groups.cpp)
  void leaveGroups(const Socket& socket);
  void reportGroups();
  bool deliverToGroup(socket::Endpoint to, socket::Endpoint from, InterfaceId port, const socket::Datagram& data);

  // Sockets (sockets.cpp)
  Socket* find(SocketId socket);
  void closeSockets(const std::function<bool(const Socket&)>& which);
  void setCarrier(InterfaceId port, bool carrier);
  Socket* pingSocket(std::uint16_t identifier);
  Socket* udpSocket(socket::Endpoint local, socket::Endpoint remote, InterfaceId port);
  void enqueue(Socket& socket, socket::Datagram datagram);
  void report(Socket& socket, const socket::ErrorReport& report, bool fatal);
  std::uint16_t freePort(socket::Kind kind);
  std::optional<socket::Errno> sendUdp(Socket& socket, const socket::SendRequest& request, socket::Endpoint to);
  std::optional<socket::Errno> sendPing(Socket& socket, const socket::SendRequest& request, socket::Endpoint to);
  static bool giveOptions(Outgoing& outgoing, const Bytes& options);
  Outgoing outgoingFor(Socket& socket, socket::Endpoint to, std::uint8_t protocol);

  // Programs (events.cpp)
  void wake(ProcessId process, process::Signal signal = process::Signal::None);
  void run(process::Process& process, process::Signal signal);
  void runWoken();

  const DeviceConfig& config() const { return *m_device.m_config; }
  DeviceState& state() { return m_device.m_state; }
  const Plan& plan() const { return *m_device.m_plan; }
  Decisions& decisions() { return m_out.decisions; }
  Env env() { return m_env; }
  std::uint16_t lastDecision() const {
    const std::uint16_t count = m_out.decisions.count();
    return static_cast<std::uint16_t>(count == 0 ? 0 : count - 1);
  }

  Device& m_device;
  Time m_now;
  std::uint64_t m_event;
  Out& m_out;
  Env m_env;
  ethernet::Header m_link;              ///< of the frame in hand
  std::uint32_t m_hand = 0;             ///< index of the frame in hand
  route::Route m_onLink;                ///< the way of a datagram that is bound to an interface and has no route
  bool m_changed = false;               ///< the frame in hand is not as it arrived
  int m_depth = 0;                      ///< tunnels inside each other
  std::size_t m_taken = 0;              ///< how many of the backlog have been handled
  ProcessId m_running;
  netfilter::Passage m_passage;         ///< the datagram in hand at the hooks
  std::uint32_t m_largestPiece = 0;     ///< of the datagram in hand, if it was put together here
  ipv4::Slots m_slots;                  ///< of the options of the datagram in hand
  bool m_rerouted = false;              ///< the last hook changed what the routing decision looks at
};

}  // namespace hw
