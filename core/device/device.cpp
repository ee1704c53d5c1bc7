#include "core/device/device.h"

#include <algorithm>

#include "core/base/dump.h"
#include "core/device/stack.h"

namespace hw {
namespace {

DeviceState initialState(const DeviceConfig& config, std::uint64_t seed, DeviceId id) {
  DeviceState state;
  state.random = RandomStream(seed, std::uint64_t{id.value} << 1);
  state.identifications.seed(state.random);
  const Duration base = config.knobs.arp.baseReachable;
  state.arp.reachableTime = Duration{state.random.between(base.ns / 2, base.ns * 3 / 2)};
  state.carrier.assign(config.interfaces.size(), true);
  for (std::uint32_t i = 0; i < config.interfaces.size(); ++i) {
    if (isForPrograms(config.interfaces[i].kind)) state.carrier[i] = false;
    if (config.interfaces[i].kind == InterfaceKind::Bridge)
      state.bridges.push_back({InterfaceId{i}, {}, {}, {}});
  }
  return state;
}

}  // namespace

HW_FIELDS_COMPILED(Device)
bool Device::operator==(const Device& o) const { return m_config == o.m_config && m_state == o.m_state; }

Device::Device(DeviceConfig config, std::uint64_t seed, DeviceId id)
    : m_config(std::move(config)), m_state(initialState(*m_config, seed, id)) {
  replan();
  arp::Out ignored;
  Decisions none;
  const Env env{Time{}, 0, m_state.random, none};
  for (const StaticNeighbour& one : m_config->neighbours)
    arp::set(m_state.arp, env, one.port, one.address, one.mac, arp::Nud::Permanent, ignored);
  Out out;
  Stack fresh(*this, Time{}, 0, out);
  fresh.keepTunnels();
  fresh.keepSnooping();
  fresh.keepTrees();
  fresh.keepSix();
}

void Device::replan() {
  m_plan = std::make_shared<const Plan>(makePlan(*m_config, m_state.carrier));
}

Time Device::nextDeadline() const {
  Time next = std::min(m_state.arp.nextDeadline, m_state.reassembly.nextDeadline);
  next = std::min({next, m_state.exceptions.nextDeadline, m_state.igmp.nextDeadline, m_state.arp.nextAnswer, m_state.filter.connections.nextDeadline,
                   m_state.tcp.nextDeadline});
  for (const BridgeState& one : m_state.bridges) next = std::min({next, one.table.nextDeadline, one.tree.nextDeadline(), one.groups.nextDeadline});
  for (const VxlanState& one : m_state.vxlans) next = std::min(next, one.table.nextDeadline);
  if (m_state.six) next = std::min(next, m_state.six->nextDeadline());
  for (const process::Process& one : m_state.processes) next = std::min(next, one.deadline);
  return next;
}

void Device::step(Time now, std::uint64_t event, const DeviceInput& input, Out& out) {
  Stack stack(*this, now, event, out);
  struct Dispatch {
    Stack& stack;
    void operator()(const FrameArrived& what) { stack.arrived(what.port); }
    void operator()(const TimeReached&) { stack.timeReached(); }
    void operator()(const StartProcess& what) { stack.start(what.program); }
    void operator()(const SignalProcess& what) { stack.signal(what); }
    void operator()(const Reconfigure& what) { stack.reconfigure(what); }
    void operator()(const EditNeighbour& what) { stack.edit(what); }
    void operator()(const FlushBridge& what) { stack.flush(what); }
    void operator()(const FlushRoutes&) { stack.flushRoutes(); }
    void operator()(const ForgetConnections& what) { stack.forgetConnections(what); }
    void operator()(const CarrierChanged& what) { stack.carrier(what); }
    void operator()(const EditNeighbourSix& what) { stack.edit(what); }
  };
  std::visit(Dispatch{stack}, input);
}

void Device::call(Time now, std::uint64_t event, const std::function<void(socket::Calls&)>& program, Out& out) {
  Stack stack(*this, now, event, out);
  program(stack);
  stack.endCall();
}

}  // namespace hw
