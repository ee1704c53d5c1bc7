#include "core/proto/stp/stp.h"

#include <algorithm>
#include <tuple>

namespace hw::stp {
namespace {

constexpr Duration kHoldTime = seconds(1);
/// A port's identifier is its priority above so many bits of its number.
constexpr int kNumberBits = 10;
std::uint16_t numberOf(const Port& port) { return port.id & ((1 << kNumberBits) - 1); }
std::uint16_t idOf(const Port& port, std::uint8_t priority) {
  return static_cast<std::uint16_t>(priority << kNumberBits | numberOf(port));
}
constexpr Duration kMigrateTime = seconds(3);  ///< IEEE 802.1D-2004 table 17-1
constexpr std::uint8_t kTxHoldCount = 6;
constexpr Duration kAgeIncrement{seconds(1).ns / 256};

std::uint16_t ticks(Duration d) { return static_cast<std::uint16_t>((d.ns * 256 + seconds(1).ns / 2) / seconds(1).ns); }
Duration fromTicks(std::uint16_t t) { return {t * seconds(1).ns / 256}; }

/// What makes one way to the root better than another (8.6.8.3.1).
auto towards(const Port& port) {
  return std::tuple(port.designatedRoot, port.designatedCost + port.cost, port.designatedBridge, port.designatedPort, port.id);
}

/// The procedures of 8.6 over one bridge; each is named as there.
class Bridge {
 public:
  Bridge(State& state, const Config& config, const Env& env, Messages& out)
      : m_s(state), m_config(config), m_env(env), m_out(out) {}

  void start(MacAddress mac) {
    m_s = {};
    m_s.running = true;
    m_s.rapid = m_config.rapid;
    m_s.self = m_s.root = {m_config.priority, mac};
    takeOwnTimes();
    m_s.hello = m_env.now + m_s.helloTime;
    m_env.decisions.decide(Rule::BecameRoot, mac);
  }

  /// The bridge gets another identifier while it runs: its ports keep their states (br_stp_set_bridge_priority,
  /// br_stp_change_bridge_id).
  void rename(BridgeId self) {
    const bool wasRoot = m_s.isRoot();
    for (Port& port : m_s.ports) {
      if (port.designatedBridge == m_s.self) port.designatedBridge = self;
      if (port.designatedRoot == m_s.self) port.designatedRoot = self;
    }
    m_s.self = self;
    update();
    selectPortStates();
    if (m_s.isRoot() && !wasRoot) becomeRoot();
  }

  /// A new port gets the lowest number that is free, and keeps it (find_portno).
  void addPort(const PortNow& now) {
    std::uint16_t number = 1;
    auto at = m_s.ports.begin();
    for (; at != m_s.ports.end() && numberOf(*at) == number; ++at) ++number;
    Port fresh;
    fresh.port = now.port;
    fresh.cost = now.cost;
    fresh.id = static_cast<std::uint16_t>(now.priority << kNumberBits | number);
    m_s.ports.insert(at, fresh);
  }

  void enablePort(const PortNow& now) {
    Port& known = *find(now.port);
    known.cost = now.cost;
    known.id = idOf(known, now.priority);
    known.state = PortState::Blocking;
    known.acknowledge = known.configPending = false;
    known.messageAge = known.forwardDelay = known.hold = kNever;
    known.edge = known.legacy = known.proposing = known.agreed = false;
    known.edgeAt = m_config.rapid ? m_env.now + kMigrateTime : kNever;
    becomeDesignated(known);
    selectPortStates();
  }

  /// A port's cost or priority was changed by hand (br_stp_set_path_cost, br_stp_set_port_priority).
  void setCost(const PortNow& now) {
    Port& port = *find(now.port);
    const std::uint16_t id = idOf(port, now.priority);
    if (port.cost == now.cost && port.id == id) return;
    const bool designated = isDesignated(port);
    port.cost = now.cost;
    port.id = id;
    if (designated) port.designatedPort = id;
    update();
    selectPortStates();
  }

  void disablePort(InterfaceId port) {
    Port* known = find(port);
    if (!known || known->state == PortState::Disabled) return;
    const bool wasRoot = m_s.isRoot();
    m_env.decisions.decide(Rule::PortDisabled, port);
    becomeDesignated(*known);
    known->state = PortState::Disabled;
    known->acknowledge = known->configPending = false;
    known->messageAge = known->forwardDelay = known->hold = known->edgeAt = kNever;
    update();
    selectPortStates();
    if (m_s.isRoot() && !wasRoot) becomeRoot();
  }

  void generate() {
    for (Port& port : m_s.ports)
      if (port.state != PortState::Disabled && isDesignated(port)) transmit(port);
  }

  /// 17.21.8 of 2004 and what follows from it.
  void receiveRapid(Port& port, const Header& message) {
    port.legacy = port.edge = false;
    port.edgeAt = kNever;
    const int role = message.flags >> kRoleShift & 3;
    if (role == kRoleDesignated) hearDesignated(port, message);
    else if ((message.flags & kAgreement) != 0 && isDesignated(port) && BridgeId{message.rootPriority, message.rootMac} == m_s.root)
      hearAgreement(port);
    if ((message.flags & kTopologyChange) != 0) spreadChange(&port);
  }

  void receiveConfig(Port& port, const Header& message) {
    if (m_config.rapid) hearLegacy(port);
    const bool wasRoot = m_s.isRoot();
    if (!supersedes(port, message)) {
      if (!isDesignated(port)) return static_cast<void>(m_env.decisions.decide(Rule::WorseIgnored, port.port));
      m_env.decisions.decide(Rule::WorseAnswered, port.port);
      return transmit(port);
    }
    record(port, message);
    update();
    selectPortStates();
    if (!m_s.isRoot() && wasRoot && !m_config.rapid) {
      m_s.hello = kNever;
      if (m_s.changeDetected) {
        m_s.change = kNever;
        notifyRoot();
      }
    }
    if (port.port != m_s.rootPort) return;
    m_s.maxAge = fromTicks(message.maxAge);
    m_s.helloTime = fromTicks(message.helloTime);
    m_s.forwardDelay = fromTicks(message.forwardDelay);
    setChanging((message.flags & kTopologyChange) != 0);
    generate();
    if ((message.flags & kTopologyChangeAck) != 0) acknowledged();
  }

  void receiveNotification(Port& port) {
    if (m_config.rapid) hearLegacy(port);
    if (!isDesignated(port)) return static_cast<void>(m_env.decisions.decide(Rule::WorseIgnored, port.port));
    m_env.decisions.decide(Rule::ChangeHeard, port.port);
    if (m_config.rapid) spreadChange(&port);
    else detectChange();
    port.acknowledge = true;
    transmit(port);
  }

  void expire() {
    if (m_s.hello <= m_env.now) sayHello();
    if (m_s.notify <= m_env.now) notifyRoot();
    if (m_s.change <= m_env.now) {
      m_s.change = kNever;
      m_s.changeDetected = false;
      setChanging(false);
    }
    for (std::size_t i = 0; i < m_s.ports.size(); ++i) expirePort(m_s.ports[i]);
  }

  Port* find(InterfaceId port) { return const_cast<Port*>(m_s.find(port)); }

 private:
  void takeOwnTimes() {
    m_s.helloTime = m_config.helloTime;
    m_s.maxAge = m_config.maxAge;
    m_s.forwardDelay = m_config.forwardDelay;
  }
  bool isDesignated(const Port& port) const { return port.designatedBridge == m_s.self && port.designatedPort == port.id; }
  bool isDesignatedSomewhere() const {
    return std::any_of(m_s.ports.begin(), m_s.ports.end(), [&](const Port& port) {
      return port.state != PortState::Disabled && isDesignated(port);
    });
  }
  void becomeDesignated(Port& port) {
    port.designatedRoot = m_s.root;
    port.designatedCost = m_s.rootPathCost;
    port.designatedBridge = m_s.self;
    port.designatedPort = port.id;
  }

  /// 8.6.2.2: is what a message says better than what is known at the port?
  bool supersedes(const Port& port, const Header& message) const {
    const BridgeId root{message.rootPriority, message.rootMac}, sender{message.bridgePriority, message.bridgeMac};
    const auto told = std::tuple(root, message.rootPathCost, sender);
    const auto known = std::tuple(port.designatedRoot, port.designatedCost, port.designatedBridge);
    if (told != known) return told < known;
    return sender != m_s.self || message.port <= port.designatedPort;
  }

  void record(Port& port, const Header& message) {
    port.designatedRoot = {message.rootPriority, message.rootMac};
    port.designatedCost = message.rootPathCost;
    port.designatedBridge = {message.bridgePriority, message.bridgeMac};
    port.designatedPort = message.port;
    port.age = fromTicks(message.messageAge);
    port.messageAge = m_env.now + (port.legacy || !m_config.rapid ? fromTicks(message.maxAge) - port.age : fromTicks(message.helloTime) * 3);
    m_env.decisions.decide(Rule::BetterHeard, message.bridgeMac, port.port, message.rootMac, message.rootPathCost);
  }

  /// 8.6.7: root selection, then designated ports.
  void update() {
    const InterfaceId before = m_s.rootPort;
    const auto vector = std::tuple(m_s.root, m_s.rootPathCost);
    const Port* best = nullptr;
    for (const Port& port : m_s.ports)
      if (mayLeadToRoot(port) && (!best || towards(port) < towards(*best))) best = &port;
    m_s.rootPort = best ? best->port : InterfaceId{};
    m_s.root = best ? best->designatedRoot : m_s.self;
    m_s.rootPathCost = best ? best->designatedCost + best->cost : 0;
    if (best && before != best->port)
      m_env.decisions.decide(Rule::RootPortChosen, m_s.root.mac, best->port, m_s.rootPathCost);
    for (Port& port : m_s.ports)
      if (port.state != PortState::Disabled && shouldBeDesignated(port)) becomeDesignated(port);
    // What was agreed to was something else.
    if (vector != std::tuple(m_s.root, m_s.rootPathCost))
      for (Port& port : m_s.ports) port.agreed = false;
    m_left = before != m_s.rootPort ? before : InterfaceId{};
  }
  bool mayLeadToRoot(const Port& port) const {
    return port.state != PortState::Disabled && !isDesignated(port) && port.designatedRoot < m_s.self;
  }
  bool shouldBeDesignated(const Port& port) const {
    if (isDesignated(port) || port.designatedRoot != m_s.root) return true;
    return std::tuple(m_s.rootPathCost, m_s.self, port.id) <
           std::tuple(port.designatedCost, port.designatedBridge, port.designatedPort);
  }

  /// A better or newer message of the bridge that speaks for the LAN.
  void hearDesignated(Port& port, const Header& message) {
    const bool wasRoot = m_s.isRoot();
    const bool sameSender = port.designatedBridge == BridgeId{message.bridgePriority, message.bridgeMac} && port.designatedPort == message.port;
    if (!sameSender && !supersedes(port, message)) {
      if (!isDesignated(port)) return static_cast<void>(m_env.decisions.decide(Rule::WorseIgnored, port.port));
      m_env.decisions.decide(Rule::WorseAnswered, port.port);
      return transmit(port);
    }
    if (fromTicks(message.messageAge) + seconds(1) > fromTicks(message.maxAge)) {
      m_env.decisions.decide(Rule::TooOld, port.port, fromTicks(message.messageAge));
      if (sameSender && !isDesignated(port)) port.messageAge = m_env.now;
      return;
    }
    record(port, message);
    update();
    if (port.port == m_s.rootPort) {
      m_s.maxAge = fromTicks(message.maxAge);
      m_s.helloTime = fromTicks(message.helloTime);
      m_s.forwardDelay = fromTicks(message.forwardDelay);
    }
    const bool proposed = (message.flags & kProposal) != 0 && !isDesignated(port);
    if (proposed && port.port == m_s.rootPort) sync();
    selectPortStates();
    if (m_s.isRoot() && !wasRoot) becomeRoot();
    if (!proposed) return;
    m_env.decisions.decide(Rule::Agreed, port.port);
    transmitRapid(port, kAgreement);
  }
  /// Before we agree, no port towards the leaves may forward that has not agreed with what is told now (17.29.2 setSyncTree).
  void sync() {
    for (Port& port : m_s.ports)
      if (isDesignated(port) && !port.edge && !port.agreed && port.port != m_s.rootPort) discard(port);
  }
  void discard(Port& port) {
    if (port.state == PortState::Disabled) return;
    port.state = PortState::Blocking;
    port.forwardDelay = kNever;
  }
  void hearAgreement(Port& port) {
    port.agreed = true;
    port.proposing = false;
    if (port.state == PortState::Forwarding) return;
    m_env.decisions.decide(Rule::AgreementHeard, port.port);
    forwards(port);
  }
  void hearLegacy(Port& port) {
    if (!port.legacy) m_env.decisions.decide(Rule::LegacyHeard, port.port);
    port.legacy = true;
    port.edge = port.proposing = port.agreed = false;
    port.edgeAt = kNever;
  }
  /// Addresses are forgotten at once, and everybody on the other sides is told (17.21.18, 17.21.19).
  void spreadChange(const Port* heardAt) {
    m_env.decisions.decide(Rule::Flushed);
    for (Port& port : m_s.ports) {
      const PortRole role = m_s.roleOf(port);
      if (&port == heardAt || port.edge || (role != PortRole::Root && role != PortRole::Designated)) continue;
      m_out.push_back({port.port, {}});
      if (port.changeUntil > m_env.now) continue;
      port.changeUntil = m_env.now + m_s.helloTime + seconds(1);
      if (port.legacy && role == PortRole::Root) notifyRoot();
      else if (role == PortRole::Root) transmitRapid(port, 0);
      else transmit(port);
    }
  }
  /// Roles decide at once; only a designated port needs the other end's agreement, or time (17.29).
  void selectRapidly() {
    for (Port& port : m_s.ports) {
      const PortRole role = m_s.roleOf(port);
      if (role == PortRole::Alternate || role == PortRole::Backup) {
        port.proposing = port.agreed = false;
        makeBlocking(port);
      } else if (role == PortRole::Designated && port.port == m_left) {
        discard(port);  // it led to the root: nobody behind it has agreed to anything
      }
    }
    for (Port& port : m_s.ports) {
      const PortRole role = m_s.roleOf(port);
      if (role == PortRole::Root && port.state != PortState::Forwarding) {
        m_env.decisions.decide(Rule::RootForwards, port.port);
        port.proposing = false;
        forwards(port);
      } else if (role == PortRole::Designated) {
        port.messageAge = kNever;
        designate(port);
      }
    }
  }
  void designate(Port& port) {
    if (port.state != PortState::Blocking) return;
    if (port.edge || port.agreed) return forwards(port);
    makeForwarding(port);
    port.proposing = !port.legacy;
    if (port.proposing) m_env.decisions.decide(Rule::Proposed, port.port);
    transmit(port);
  }

  /// 8.6.11
  void selectPortStates() {
    if (m_config.rapid) return selectRapidly();
    for (Port& port : m_s.ports) {
      if (port.state == PortState::Disabled) continue;
      if (port.port == m_s.rootPort) {
        port.configPending = port.acknowledge = false;
        makeForwarding(port);
      } else if (isDesignated(port)) {
        port.messageAge = kNever;
        makeForwarding(port);
      } else {
        port.configPending = port.acknowledge = false;
        makeBlocking(port);
      }
    }
  }
  void makeForwarding(Port& port) {
    if (port.state != PortState::Blocking) return;
    if (m_s.forwardDelay.ns == 0) return forwards(port);
    m_env.decisions.decide(Rule::PortListens, port.port, m_s.forwardDelay);
    port.state = PortState::Listening;
    port.forwardDelay = m_env.now + m_s.forwardDelay;
  }
  void makeBlocking(Port& port) {
    if (port.state == PortState::Blocking) return;
    m_env.decisions.decide(Rule::PortBlocked, port.port, port.designatedBridge.mac);
    const bool changes = port.state == PortState::Forwarding || port.state == PortState::Learning;
    port.state = PortState::Blocking;
    port.forwardDelay = kNever;
    if (changes && !m_config.rapid) detectChange();
  }
  void forwards(Port& port) {
    m_env.decisions.decide(Rule::PortForwards, port.port);
    port.state = PortState::Forwarding;
    port.forwardDelay = kNever;
    if (m_config.rapid) {
      if (!port.edge) spreadChange(nullptr);
    } else if (isDesignatedSomewhere()) {
      detectChange();
    }
  }

  void becomeRoot() {
    m_env.decisions.decide(Rule::BecameRoot, m_s.self.mac);
    takeOwnTimes();
    if (!m_config.rapid) detectChange();
    m_s.notify = kNever;
    sayHello();
  }
  void sayHello() {
    // The root may tell any time, zero too; how often the rapid protocol says hello is our own affair.
    const Duration interval = m_config.rapid ? m_config.helloTime : m_s.helloTime;
    m_env.decisions.decide(m_config.rapid ? Rule::RapidHello : Rule::HelloSent, interval);
    generate();
    m_s.hello = m_env.now + interval;
  }

  /// 8.6.14
  void detectChange() {
    if (m_s.isRoot()) {
      const Duration time = m_config.forwardDelay + m_config.maxAge;
      m_env.decisions.decide(Rule::TopologyChanged, time);
      setChanging(true);
      m_s.change = m_env.now + time;
    } else if (!m_s.changeDetected) {
      notifyRoot();
    }
    m_s.changeDetected = true;
  }
  void notifyRoot() {
    m_s.notify = kNever;
    if (m_s.isRoot() || !m_s.rootPort.valid()) return;
    m_env.decisions.decide(Rule::ChangeTold, m_s.rootPort);
    m_out.push_back({m_s.rootPort, {0, 0, 0, kTopologyChangeNotification}});
    m_s.notify = m_env.now + m_config.helloTime;
  }
  void acknowledged() {
    if (m_s.changeDetected) m_env.decisions.decide(Rule::ChangeAcknowledged);
    m_s.changeDetected = false;
    m_s.notify = kNever;
  }
  void setChanging(bool changing) {
    if (m_s.changing && !changing) m_env.decisions.decide(Rule::ChangeOver);
    m_s.changing = changing;
  }

  void expirePort(Port& port) {
    if (port.messageAge <= m_env.now) {
      const bool wasRoot = m_s.isRoot();
      m_env.decisions.decide(Rule::MessageAged, port.port);
      port.messageAge = kNever;
      becomeDesignated(port);
      update();
      selectPortStates();
      if (m_s.isRoot() && !wasRoot) becomeRoot();
    }
    if (port.forwardDelay <= m_env.now) {
      if (port.state == PortState::Listening) {
        m_env.decisions.decide(Rule::PortLearns, port.port, m_s.forwardDelay);
        port.state = PortState::Learning;
        port.forwardDelay = m_env.now + m_s.forwardDelay;
      } else {
        forwards(port);
      }
    }
    if (port.edgeAt <= m_env.now) {
      port.edgeAt = kNever;
      port.edge = isDesignated(port);
      if (port.edge) m_env.decisions.decide(Rule::IsEdge, port.port, kMigrateTime);
      if (port.edge && port.state != PortState::Forwarding) forwards(port);
    }
    if (port.hold <= m_env.now) {
      port.hold = kNever;
      if (port.configPending) transmit(port);
    }
  }

  void transmitRapid(Port& port, std::uint8_t more) {
    if (port.hold == kNever) {
      port.hold = m_env.now + kHoldTime;
      port.sent = 0;
    }
    if (port.sent >= kTxHoldCount) {
      port.configPending = true;
      return;
    }
    ++port.sent;
    const PortRole role = m_s.roleOf(port);
    const int sent = role == PortRole::Designated ? kRoleDesignated : role == PortRole::Root ? kRoleRoot : kRoleAlternate;
    int flags = more | sent << kRoleShift;
    if (port.changeUntil > m_env.now) flags |= kTopologyChange;
    if (role == PortRole::Designated && port.proposing) flags |= kProposal;
    if (port.state == PortState::Learning || port.state == PortState::Forwarding) flags |= kLearning;
    if (port.state == PortState::Forwarding) flags |= kForwarding;
    const Port* towardsRoot = m_s.find(m_s.rootPort);
    Header message = told(port, m_s.isRoot() || !towardsRoot ? Duration{} : towardsRoot->age + seconds(1));
    message.version = kRapidVersion;
    message.type = kRapid;
    message.flags = static_cast<std::uint8_t>(flags);
    std::vector<std::uint8_t> bytes(kRapidSize);
    store(message, bytes.data());
    m_out.push_back({port.port, std::move(bytes)});
    port.configPending = false;
  }
  /// What we know, without flags.
  Header told(const Port& port, Duration age) const {
    Header message;
    message.rootPriority = m_s.root.priority, message.rootMac = m_s.root.mac;
    message.rootPathCost = m_s.rootPathCost;
    message.bridgePriority = m_s.self.priority, message.bridgeMac = m_s.self.mac;
    message.port = port.id;
    message.messageAge = ticks(age);
    message.maxAge = ticks(m_s.maxAge), message.helloTime = ticks(m_s.helloTime), message.forwardDelay = ticks(m_s.forwardDelay);
    return message;
  }

  /// 8.6.1: not more than one in the hold time.
  void transmit(Port& port) {
    if (m_config.rapid && !port.legacy) return transmitRapid(port, 0);
    if (port.hold != kNever) {
      port.configPending = true;
      return;
    }
    const Duration age = ageOfRoot();
    if (age >= m_s.maxAge) return;
    Header message = told(port, age);
    message.flags = static_cast<std::uint8_t>((m_s.changing ? kTopologyChange : 0) | (port.acknowledge ? kTopologyChangeAck : 0));
    std::vector<std::uint8_t> bytes(kConfigSize);
    store(message, bytes.data());
    m_out.push_back({port.port, std::move(bytes)});
    port.acknowledge = port.configPending = false;
    port.hold = m_env.now + kHoldTime;
  }
  /// How old what the root said is when we pass it on.
  Duration ageOfRoot() {
    const Port* port = m_s.find(m_s.rootPort);
    if (m_s.isRoot() || !port || port->messageAge == kNever) return {};
    return m_s.maxAge - (port->messageAge - m_env.now) + kAgeIncrement;
  }

  State& m_s;
  const Config& m_config;
  const Env& m_env;
  Messages& m_out;
  InterfaceId m_left;  ///< the port that was the root port before the last update
};

}  // namespace

std::string_view name(PortState state) {
  constexpr std::string_view names[] = {"disabled", "listening", "learning", "forwarding", "blocking"};
  return names[static_cast<std::size_t>(state)];
}

std::string_view name(PortRole role) {
  constexpr std::string_view names[] = {"disabled", "root", "designated", "alternate", "backup"};
  return names[static_cast<std::size_t>(role)];
}

PortRole State::roleOf(const Port& port) const {
  if (port.state == PortState::Disabled) return PortRole::Disabled;
  if (port.port == rootPort) return PortRole::Root;
  if (port.designatedBridge != self) return PortRole::Alternate;
  return port.designatedPort == port.id ? PortRole::Designated : PortRole::Backup;
}

const Port* State::find(InterfaceId port) const {
  const auto at = std::find_if(ports.begin(), ports.end(), [&](const Port& one) { return one.port == port; });
  return at == ports.end() ? nullptr : &*at;
}

PortState State::stateOf(InterfaceId port) const {
  if (!running) return PortState::Forwarding;
  const Port* known = find(port);
  return known ? known->state : PortState::Disabled;
}

Time State::nextDeadline() const {
  Time next = std::min({hello, notify, change});
  for (const Port& port : ports) next = std::min({next, port.messageAge, port.forwardDelay, port.hold, port.edgeAt});
  return next;
}

void follow(State& state, const Config& config, const Env& env, bool bridgeIsUp, MacAddress mac, std::span<const PortNow> ports,
            Messages& out) {
  const bool runs = config.enabled && bridgeIsUp;
  if (!runs) {
    state = {};
    return;
  }
  Bridge bridge(state, config, env, out);
  // Another protocol starts anew.
  if (state.running && state.rapid != config.rapid) state = {};
  if (!state.running) bridge.start(mac);
  else if (state.self != BridgeId{config.priority, mac}) bridge.rename({config.priority, mac});
  for (std::size_t i = state.ports.size(); i-- > 0;) {
    const InterfaceId port = state.ports[i].port;
    if (std::any_of(ports.begin(), ports.end(), [&](const PortNow& one) { return one.port == port; })) continue;
    bridge.disablePort(port);
    std::erase_if(state.ports, [&](const Port& one) { return one.port == port; });
  }
  for (const PortNow& one : ports) {
    if (!state.find(one.port)) bridge.addPort(one);
    const bool enabled = state.stateOf(one.port) != PortState::Disabled;
    if (enabled) bridge.setCost(one);
    if (one.usable && !enabled) bridge.enablePort(one);
    if (!one.usable && enabled) bridge.disablePort(one.port);
  }
}

void receive(State& state, const Config& config, const Env& env, InterfaceId port, ByteView bytes, Messages& out) {
  Bridge bridge(state, config, env, out);
  Port* known = bridge.find(port);
  const bool llc = bytes.size() >= kLlcSize + kTcnSize && std::equal(kLlc.begin(), kLlc.end(), bytes.begin());
  const ByteView message = llc ? bytes.subspan(kLlcSize) : ByteView();
  const bool ours = llc && known && known->state != PortState::Disabled && load16(message.data()) == 0;
  if (ours && message[3] == kTopologyChangeNotification) return bridge.receiveNotification(*known);
  if (ours && config.rapid && message[2] >= kRapidVersion && message[3] == kRapid && message.size() >= kRapidSize)
    return bridge.receiveRapid(*known, load<Header>(message.data()));
  if (ours && message[3] == kConfiguration && message.size() >= kConfigSize)
    return bridge.receiveConfig(*known, load<Header>(message.data()));
  env.decisions.decide(Rule::Malformed, port);
}

void expire(State& state, const Config& config, const Env& env, Messages& out) {
  if (state.running && state.nextDeadline() <= env.now) Bridge(state, config, env, out).expire();
}

}  // namespace hw::stp
