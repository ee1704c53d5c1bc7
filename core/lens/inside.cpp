#include "core/lens/inside.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <numeric>
#include <optional>

#include "core/dissect/dissect.h"
#include "core/explain/explain.h"
#include "core/lens/packets.h"

namespace hw::lens {
namespace {

using Kind = InsidePart::Kind;

constexpr std::size_t kProgramRow = 0, kSocketRow = 1, kStackRow = 2, kFirstInterfaceRow = 3;

std::string aboutInterface(const InterfaceConfig& one) {
  switch (one.kind) {
  case InterfaceKind::Vlan: return fmt::format("VLAN {}", one.vlan->id);
  case InterfaceKind::Tun: return "TUN";
  case InterfaceKind::Tap: return "TAP";
  case InterfaceKind::Vxlan: return fmt::format("VXLAN {}", one.vxlan->vni);
  case InterfaceKind::Tunnel: return one.tunnel->mode == tunnel::Mode::Sit ? "SIT" : one.tunnel->mode == tunnel::Mode::Ipip ? "IPIP" : "GRE";
  case InterfaceKind::Gretap: return "GRETAP";
  case InterfaceKind::Ethernet: return one.medium == Medium::Veth ? "veth" : one.medium == Medium::Ppp ? "PPP" : "";
  case InterfaceKind::Bridge:
  case InterfaceKind::Loopback:
  case InterfaceKind::Removed: break;
  }
  return {};
}

std::string socketName(const Socket& one) {
  switch (one.kind) {
  case socket::Kind::Udp: return one.local.port == 0 ? "UDP" : fmt::format("UDP {}", one.local.port);
  case socket::Kind::Tcp: return fmt::format("TCP {}", one.local.port);
  case socket::Kind::Ping: return "ICMP";
  case socket::Kind::PingSix: return "ICMPv6";
  case socket::Kind::Packet: return "AF_PACKET";
  case socket::Kind::Raw: return "raw";
  case socket::Kind::Interface: break;
  }
  return {};
}

/// Whether an interface carries its frames inside datagrams of the stack.
bool isTunnel(InterfaceKind kind) {
  return kind == InterfaceKind::Vxlan || kind == InterfaceKind::Tunnel || kind == InterfaceKind::Gretap;
}

/// The parts and lines of a device.
class Plan {
 public:
  Plan(const World& world, DeviceId id, const World* before) : m_world(world), m_id(id), m_device(world.device(id)) {
    const DeviceState& now = m_device.state();
    m_processes = now.processes;
    m_sockets = now.sockets;
    if (before && id.value < before->devices.size()) addEnded(before->device(id).state());
    const DeviceConfig& config = m_device.config();
    m_ports.resize(config.interfaces.size(), kNone);
    m_wires.resize(config.interfaces.size(), kNone);
    addStack();
    for (std::uint32_t i = 1; i < config.interfaces.size(); ++i)
      if (config.interfaces[i].kind != InterfaceKind::Removed) addInterface(InterfaceId{i});
    for (std::uint32_t i = 1; i < config.interfaces.size(); ++i)
      if (m_ports[i] != kNone) connect(InterfaceId{i});
    addWires();
  }

  Inside take() { return std::move(m_inside); }
  std::size_t stack() const { return m_stack; }
  std::size_t part(InterfaceId port) const { return port.value < m_ports.size() ? m_ports[port.value] : kNone; }
  std::size_t wire(InterfaceId port) const { return port.value < m_wires.size() ? m_wires[port.value] : kNone; }
  std::size_t behind(InterfaceId port) const;
  bool isProgram(std::size_t part) const { return m_inside.parts[part].kind == Kind::Program; }
  /// The program of a socket with these properties, with the socket in front of it: the way up from the stack.
  std::size_t programOf(socket::Kind kind, std::uint16_t port) const;
  /// The lines of the shortest way between two parts, each with its direction; empty if there is none. A tunnel and the stack
  /// have two lines: `around` wants the one that the packed datagrams take.
  std::vector<std::pair<std::size_t, bool>> way(std::size_t from, std::size_t to, bool around) const;

  static constexpr std::size_t kNone = SIZE_MAX;

 private:
  std::size_t add(InsidePart part) {
    m_inside.parts.push_back(std::move(part));
    return m_inside.parts.size() - 1;
  }
  void line(std::size_t upper, std::size_t lower, bool around = false) { m_inside.lines.push_back({upper, lower, around}); }
  void addEnded(const DeviceState& before);
  void addStack();
  void addInterface(InterfaceId id);
  void connect(InterfaceId id);
  void addWires();
  std::size_t depth(InterfaceId id, int bound = 8) const;

  const World& m_world;
  DeviceId m_id;
  const Device& m_device;
  Inside m_inside;
  std::vector<process::Process> m_processes;
  std::vector<Socket> m_sockets;
  std::size_t m_stack = kNone;
  std::vector<std::size_t> m_ports;     ///< by interface
  std::vector<std::size_t> m_wires;     ///< by interface
  std::vector<std::pair<ProcessId, std::size_t>> m_programs;
};

/// Programs that are gone since, with their sockets.
void Plan::addEnded(const DeviceState& before) {
  for (const process::Process& one : before.processes) {
    const auto same = [&](const process::Process& other) { return other.id == one.id; };
    if (std::any_of(m_processes.begin(), m_processes.end(), same)) continue;
    m_processes.push_back(one);
    for (const Socket& socket : before.sockets)
      if (socket.owner == one.id) m_sockets.push_back(socket);
  }
}

void Plan::addStack() {
  m_stack = add({Kind::Stack, "", "", {}, {}, kStackRow, true});
  for (const process::Process& one : m_processes)
    m_programs.emplace_back(one.id, add({Kind::Program, std::string(process::name(one.program)), "", {}, {}, kProgramRow, true}));
  for (const Socket& one : m_sockets) {
    const auto owner = std::find_if(m_programs.begin(), m_programs.end(), [&](const auto& p) { return p.first == one.owner; });
    if (one.kind == socket::Kind::Interface || owner == m_programs.end()) continue;
    const std::size_t socket = add({Kind::Socket, socketName(one), "", {}, {}, kSocketRow, true});
    line(owner->second, socket);
    line(socket, m_stack);
  }
}

/// How many interfaces lie above one: a port below its bridge, a trunk below its VLAN interfaces.
std::size_t Plan::depth(InterfaceId id, int bound) const {
  const DeviceConfig& config = m_device.config();
  std::size_t most = 0;
  if (bound == 0) return most;
  if (const InterfaceId master = config.at(id).master; master.valid()) most = 1 + depth(master, bound - 1);
  for (std::uint32_t i = 1; i < config.interfaces.size(); ++i)
    if (const auto& vlan = config.interfaces[i].vlan; vlan && vlan->parent == id)
      most = std::max(most, 1 + depth(InterfaceId{i}, bound - 1));
  return most;
}

void Plan::addInterface(InterfaceId id) {
  const InterfaceConfig& one = m_device.config().at(id);
  InsidePart part{one.kind == InterfaceKind::Bridge ? Kind::Bridge : Kind::Interface, one.name, aboutInterface(one), {}, id, kFirstInterfaceRow + depth(id), one.up};
  for (const Ipv4Prefix& address : one.addresses) part.addresses.push_back(address.text());
  m_ports[id.value] = add(std::move(part));
}

void Plan::connect(InterfaceId id) {
  const InterfaceConfig& one = m_device.config().at(id);
  const std::size_t self = m_ports[id.value];
  if (one.master.valid()) line(m_ports[one.master.value], self);
  else line(m_stack, self);
  if (one.vlan && part(one.vlan->parent) != kNone) line(self, part(one.vlan->parent));
  if (isTunnel(one.kind)) line(m_stack, self, true);
  if (!isForPrograms(one.kind)) return;
  for (const Socket& file : m_sockets) {
    if (file.kind != socket::Kind::Interface || file.options.device != id) continue;
    for (const auto& [process, program] : m_programs)
      if (process == file.owner) line(program, self, true);
  }
}

void Plan::addWires() {
  m_inside.rows = kFirstInterfaceRow;
  for (const InsidePart& one : m_inside.parts) m_inside.rows = std::max(m_inside.rows, one.row + 1);
  const std::size_t row = m_inside.rows;
  for (std::uint32_t i = 1; i < m_ports.size(); ++i) {
    const Plug* plug = m_ports[i] == kNone ? nullptr : m_world.plugAt(m_id, InterfaceId{i});
    if (!plug || !plug->link.valid()) continue;
    const LinkConfig& link = m_world.links[plug->link.value].config;
    const LinkEnd& far = link.ends[1 - plug->end];
    const DeviceConfig& other = m_world.device(far.device).config();
    m_wires[i] = add({Kind::Wire, other.name + ":" + other.at(far.port).name, "", {}, InterfaceId{i}, row, link.up});
    line(m_ports[i], m_wires[i]);
    m_inside.rows = row + 1;
  }
}

/// What is behind an interface: its wire, its program, the interface or the stack that carries it.
std::size_t Plan::behind(InterfaceId port) const {
  const std::size_t self = part(port);
  if (wire(port) != kNone) return wire(port);
  if (self == kNone) return kNone;
  const InterfaceConfig& one = m_device.config().at(port);
  if (one.vlan) return part(one.vlan->parent);
  if (isTunnel(one.kind)) return m_stack;
  for (const InsideLine& each : m_inside.lines)
    if (each.lower == self && m_inside.parts[each.upper].kind == Kind::Program) return each.upper;
  return kNone;
}

std::size_t Plan::programOf(socket::Kind kind, std::uint16_t port) const {
  for (const Socket& one : m_sockets) {
    if (one.kind != kind || one.local.port != port) continue;
    for (const auto& [process, program] : m_programs)
      if (process == one.owner) return program;
  }
  return kNone;
}

std::vector<std::pair<std::size_t, bool>> Plan::way(std::size_t from, std::size_t to, bool around) const {
  std::vector<std::size_t> via(m_inside.parts.size(), kNone);  // the line by which a part was reached
  std::deque<std::size_t> open{from};
  std::vector<bool> known(m_inside.parts.size());
  std::vector<std::size_t> order(m_inside.lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_partition(order.begin(), order.end(), [&](std::size_t i) { return m_inside.lines[i].around == around; });
  known[from] = true;
  while (!open.empty() && !known[to]) {
    const std::size_t at = open.front();
    open.pop_front();
    for (const std::size_t i : order) {
      const InsideLine& each = m_inside.lines[i];
      if (each.upper != at && each.lower != at) continue;
      const std::size_t next = each.upper == at ? each.lower : each.upper;
      if (known[next]) continue;
      known[next] = true;
      via[next] = i;
      open.push_back(next);
    }
  }
  std::vector<std::pair<std::size_t, bool>> steps;
  for (std::size_t at = to; known[to] && at != from;) {
    const InsideLine& last = m_inside.lines[via[at]];
    steps.emplace_back(via[at], last.lower == at);
    at = last.lower == at ? last.upper : last.lower;
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

std::optional<std::uint16_t> number(const dissect::PacketTree& tree, std::string_view field) {
  const dissect::TreeField* found = dissect::findField(tree, field);
  std::uint16_t value = 0;
  if (!found) return std::nullopt;
  std::string_view text = found->show;
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value, hex ? 16 : 10);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

/// Follows the events of a beat through a plan.
class Walk {
 public:
  Walk(const Timeline& timeline, DeviceId device, const Plan& plan) : m_timeline(timeline), m_device(device), m_plan(plan) {}

  void event(const EventRecord& event) {
    m_at = Plan::kNone;
    m_inner = event.arrived;
    m_innerPort = event.port;
    if (event.kind == EventKind::Arrival) {
      go(m_plan.wire(event.port), m_plan.part(event.port), event.arrived);
      m_at = m_plan.part(event.port);
    }
    readTags(event);
    const std::size_t start = m_at;
    const std::size_t before = m_steps.size();
    for (const Transmission& one : event.sent) sent(one, start);
    const bool taken = event.kind == EventKind::Arrival && delivered(event);
    if (!taken && m_steps.size() == before && event.kind == EventKind::Arrival && reachesStack(event)) go(start, m_plan.stack(), event.arrived);
  }
  std::vector<InsideStep> take() { return std::move(m_steps); }

 private:
  void go(std::size_t from, std::size_t to, TransmissionId frame, bool around = false) {
    if (from == Plan::kNone || to == Plan::kNone || from == to) return;
    for (const auto& [line, down] : m_plan.way(from, to, around))
      if (m_steps.size() < kMostInsideSteps) m_steps.push_back({line, down, frame});
  }

  /// VLAN interfaces take and give tags without a transmission of their own: decisions tell of them.
  void readTags(const EventRecord& event) {
    m_tagged.clear();
    Decisions::visit(event.decisions, [&](const Decision& decision) {
      if (decision.alternative || decision.facts.size() < 3) return;
      const InterfaceId first{static_cast<std::uint32_t>(decision.facts[0])}, last{static_cast<std::uint32_t>(decision.facts[2])};
      const std::string_view key = explain::info(decision.rule).key;
      if (key == "vif.tag_added") m_tagged.emplace_back(first, last);
      if (key != "vif.tag_removed") return;
      go(m_at, m_plan.part(last), m_inner);
      m_at = m_plan.part(last);
    });
  }

  /// Goes to the port by which a frame leaves, by the VLAN interface that gave it its tag if one did.
  void goOut(InterfaceId port, TransmissionId frame) {
    const auto tag = std::find_if(m_tagged.begin(), m_tagged.end(), [&](const auto& one) { return one.second == port; });
    if (tag != m_tagged.end()) {
      go(m_at, m_plan.part(tag->first), frame);
      m_at = m_plan.part(tag->first);
      m_tagged.erase(tag);
    }
    go(m_at, m_plan.part(port), frame);
  }

  void sent(const Transmission& one, std::size_t start) {
    const std::size_t port = m_plan.part(one.port);
    if (port == Plan::kNone) return;
    if (one.fate == Fate::PassedUp) {
      passedUp(one, port);
      return;
    }
    if (m_at == Plan::kNone) {
      m_at = maker(one);
    } else if (one.origin == Origin::Made && !one.continuesArrival) {  // an answer, or what the program has packed
      go(m_at, m_plan.stack(), m_inner);
      m_at = m_plan.stack();
    }
    goOut(one.port, one.id);
    const std::size_t behind = m_plan.behind(one.port);
    go(port, behind, one.id, true);
    // What went out by a wire or to a program has left; the next one is another copy of what came.
    m_at = one.fate == Fate::PassedDown && m_plan.wire(one.port) == Plan::kNone ? behind : start;
  }

  void passedUp(const Transmission& one, std::size_t port) {
    const std::size_t behind = m_plan.behind(one.port);
    const bool byProgram = behind != Plan::kNone && m_plan.isProgram(behind);
    if (byProgram) {  // which has read from its socket before
      go(m_at, behind, m_inner);
      m_at = behind;
    }
    go(m_at == Plan::kNone ? behind : m_at, port, one.id, true);
    m_at = port;
    m_inner = one.id;
    m_innerPort = one.port;
  }

  dissect::PacketTree treeOf(TransmissionId id, InterfaceId port) const {
    const std::vector<std::uint8_t> bytes = m_timeline.journal().frame(id).toVector();
    dissect::PacketBytes packet;
    packet.bytes = bytes;
    packet.linkType = linkTypeOf(m_timeline.world(), m_device, port);
    return dissect::dissectPacket(packet);
  }

  std::size_t program(const dissect::PacketTree& tree, bool mine) const {
    if (const auto port = number(tree, mine ? "udp.srcport" : "udp.dstport")) return m_plan.programOf(socket::Kind::Udp, *port);
    if (const auto port = number(tree, mine ? "tcp.srcport" : "tcp.dstport")) return m_plan.programOf(socket::Kind::Tcp, *port);
    const auto type = number(tree, "icmp.type");
    const auto ident = number(tree, "icmp.ident");
    const bool echo = type && ident && *type == (mine ? 8 : 0);
    return echo ? m_plan.programOf(socket::Kind::Ping, *ident) : Plan::kNone;
  }

  /// Who made a frame: the program that runs behind its socket, else the stack.
  std::size_t maker(const Transmission& one) const {
    if (one.origin != Origin::Made || one.waitedSince != UINT64_MAX) return m_plan.stack();
    const std::size_t found = program(treeOf(one.id, one.port), true);
    return found == Plan::kNone ? m_plan.stack() : found;
  }

  /// Whether a program got what arrived; the way up to it.
  bool delivered(const EventRecord& event) {
    bool mine = false;
    Decisions::visit(event.decisions, [&](const Decision& decision) {
      const std::string_view key = explain::info(decision.rule).key;
      mine = mine || key == "udp.delivered" || key == "icmp.echo_reply_delivered" || key == "tcp.data_in_order" || key == "tcp.opened" || key == "tcp.accepted";
    });
    if (!mine) return false;
    const std::size_t target = program(treeOf(m_inner, m_innerPort), false);
    go(m_at == Plan::kNone ? m_plan.part(event.port) : m_at, target == Plan::kNone ? m_plan.stack() : target, m_inner);
    return true;
  }

  /// Whether what arrived was for the stack: something there was noted, answered or accepted.
  static bool reachesStack(const EventRecord& event) {
    bool any = false;
    Decisions::visit(event.decisions, [&](const Decision& decision) {
      const std::string_view key = explain::info(decision.rule).key;
      any = any || key.starts_with("arp.") || key.starts_with("ipv4.") || key.starts_with("icmp.") || key.starts_with("tcp.");
    });
    return any;
  }

  const Timeline& m_timeline;
  DeviceId m_device;
  const Plan& m_plan;
  std::size_t m_at = Plan::kNone;   ///< where what is in hand is
  TransmissionId m_inner;           ///< what is in hand: what arrived, or what came out of it
  InterfaceId m_innerPort;
  std::vector<std::pair<InterfaceId, InterfaceId>> m_tagged;  ///< VLAN interfaces that gave tags, each with its parent
  std::vector<InsideStep> m_steps;
};

}  // namespace

Inside insideOf(const Timeline& timeline, const BeatMap& beats, DeviceId device, std::size_t beat, const World* before) {
  if (timeline.world().device(device).config().hub) return {};  // bits go from every port to all others
  Plan plan(timeline.world(), device, before);
  std::vector<InsideStep> steps;
  if (beat < beats.size()) {
    Walk walk(timeline, device, plan);
    const std::uint64_t end = std::min(beats.endOf(beat), timeline.world().events);
    for (std::uint64_t i = beats.at(beat).firstEvent; i < end; ++i) {
      const EventRecord event = timeline.journal().read(i);
      if (event.device == device) walk.event(event);
    }
    steps = walk.take();
  }
  Inside inside = plan.take();
  inside.steps = std::move(steps);
  return inside;
}

}  // namespace hw::lens
