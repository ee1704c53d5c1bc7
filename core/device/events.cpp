// What happens to a device besides frames: time, programs, configuration, cables.
#include <algorithm>

#include "core/device/stack.h"

namespace hw {

Stack::Stack(Device& device, Time now, std::uint64_t event, Out& out)
    : m_device(device), m_now(now), m_event(event), m_out(out), m_env{now, event, device.m_state.random, out.decisions} {}

void Stack::timeReached() {
  arp::Out asked;
  arp::expire(state().arp, config().knobs.arp, env(), asked);
  carryOut(asked);
  route::expire(state().exceptions, env());
  netfilter::expire(state().filter, env());
  expireStreams();
  for (VxlanState& one : state().vxlans) vxlan::expire(one.table, *config().at(one.port).vxlan, env());
  reportGroups();
  if (state().six) expireSix();
  for (BridgeState& one : state().bridges) {
    expireTree(one);
    bridge::expire(one.table, *config().at(one.bridge).bridge, env());
    expireGroups(one);
  }
  for (const ipv4::Incomplete& one : ipv4::expire(state().reassembly, env())) {
    // RFC 792: no message without the first fragment.
    if (one.front.empty() || one.pieces.front().offset != 0) continue;
    std::vector<std::uint8_t> datagram(one.front.view().begin(), one.front.view().end());
    const ByteView first = one.pieces.front().bytes.view();
    datagram.insert(datagram.end(), first.begin(), first.end());
    complain({icmp::kTimeExceeded, icmp::kReassemblyExceeded, 0}, load<ipv4::Header>(datagram.data()),
             Bytes(ByteView(datagram)), false);
  }
  for (const process::Process& one : state().processes)
    if (one.deadline <= m_now) wake(one.id);
  runWoken();
}

void Stack::start(const process::Program& program) {
  const ProcessId id{state().nextProcess++};
  state().processes.push_back({id, program, kNever});
  wake(id);
  runWoken();
}

void Stack::signal(const SignalProcess& what) {
  for (process::Process& one : state().processes)
    if (one.id == what.process) {
      run(one, what.signal);
      break;
    }
  runWoken();
}

void Stack::wake(ProcessId process, process::Signal) {
  if (std::find(m_out.woken.begin(), m_out.woken.end(), process) == m_out.woken.end()) m_out.woken.push_back(process);
}

/// Programs run after the event that concerns them, never inside a protocol's handler.
void Stack::runWoken() {
  // A tunnel whose carrier leads into itself would never come to an end.
  constexpr std::size_t kMostRuns = 512;
  for (std::size_t i = 0; i < kMostRuns; ++i) {
    if (takeFromBacklog()) continue;
    if (m_out.woken.empty()) return;
    const ProcessId next = m_out.woken.front();
    m_out.woken.erase(m_out.woken.begin());
    for (process::Process& one : state().processes)
      if (one.id == next) {
        run(one, process::Signal::None);
        break;
      }
  }
}

void Stack::run(process::Process& process, process::Signal signal) {
  const ProcessId id = process.id;
  m_running = id;
  std::vector<process::Record> printed;
  process::Context context{m_now, *this, state().random, signal, printed};
  const process::Next next = process.step(context);
  for (process::Record& record : printed) m_out.printed.push_back({id, std::move(record)});
  process.deadline = next.deadline;
  m_running = ProcessId{};
  if (!next.ended) return;
  m_out.ended.push_back({id, next.exitCode});
  closeSockets([id](const Socket& socket) { return socket.owner == id; });
  std::erase_if(state().processes, [id](const process::Process& one) { return one.id == id; });
}

namespace {

/// Learned state that belongs to an interface which is gone, down or another bridge's now.
void forgetWhatIsGone(DeviceState& state, const Env& env, const DeviceConfig& before,
                      const DeviceConfig& after) {
  for (std::uint32_t i = 0; i < before.interfaces.size(); ++i) {
    const bool gone = i >= after.interfaces.size() || !after.interfaces[i].up;
    // With its last address an interface loses its neighbours too (Linux fib_disable_ip).
    const bool silent = !gone && after.interfaces[i].addresses.empty() && !before.interfaces[i].addresses.empty();
    if (gone || silent || before.interfaces[i].mac != after.interfaces[i].mac) arp::flush(state.arp, env, InterfaceId{i});
    if (state.six && (gone || before.interfaces[i].mac != after.interfaces[i].mac)) nd::flush(state.six->neighbours, env, InterfaceId{i});
    if (gone || before.interfaces[i].master != after.interfaces[i].master)
      for (BridgeState& one : state.bridges) bridge::flush(one.table, InterfaceId{i}), bridge::flush(one.groups, InterfaceId{i});
  }
}

}  // namespace

void Stack::reconfigure(const Reconfigure& what) {
  const Cow<DeviceConfig> before = m_device.m_config;
  m_device.m_config = what.config;
  forgetWhatIsGone(state(), env(), *before, config());
  for (std::size_t i = state().carrier.size(); i < config().interfaces.size(); ++i)
    state().carrier.push_back(!isForPrograms(config().interfaces[i].kind));
  std::erase_if(state().bridges, [&](const BridgeState& one) {
    return one.bridge.value >= config().interfaces.size() || !config().at(one.bridge).bridge;
  });
  for (std::uint32_t i = 0; i < config().interfaces.size(); ++i) {
    const bool known = std::any_of(state().bridges.begin(), state().bridges.end(),
                                   [i](const BridgeState& one) { return one.bridge.value == i; });
    if (config().interfaces[i].bridge && !known) state().bridges.push_back({InterfaceId{i}, {}, {}, {}});
  }
  // Learned ways belong to the routes that they were exceptions of.
  if (before->routes != config().routes || before->rules != config().rules) state().exceptions = {};
  arp::Out out;
  for (const StaticNeighbour& one : config().neighbours)
    arp::set(state().arp, env(), one.port, one.address, one.mac, arp::Nud::Permanent, out);
  m_device.replan();
  followFilter(*before);
  keepTunnels();
  keepSnooping();
  keepTrees();
  keepSix();
  carryOut(out);
}

void Stack::edit(const EditNeighbour& what) {
  arp::Out out;
  switch (what.what) {
    case EditNeighbour::What::Set:
      arp::set(state().arp, env(), what.port, what.address, what.mac, what.nud, out);
      break;
    case EditNeighbour::What::Remove: arp::remove(state().arp, env(), what.port, what.address); break;
    case EditNeighbour::What::Flush: arp::flush(state().arp, env(), what.port); break;
  }
  carryOut(out);
}

void Stack::flush(const FlushBridge& what) {
  for (BridgeState& one : state().bridges)
    if (one.bridge == what.bridge) bridge::flush(one.table, InterfaceId{});
}

void Stack::flushRoutes() { state().exceptions = {}; }

void Stack::carrier(const CarrierChanged& what) {
  if (state().carrier[what.port.value] == what.carrier) return;
  state().carrier[what.port.value] = what.carrier;
  if (!what.carrier) {
    arp::flush(state().arp, env(), what.port);
    for (BridgeState& one : state().bridges) bridge::flush(one.table, what.port), bridge::flush(one.groups, what.port);
  }
  m_device.replan();
  keepTrees();
  keepSix();
}

}  // namespace hw
