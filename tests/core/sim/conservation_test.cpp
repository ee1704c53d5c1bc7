// Frames are conserved in networks drawn at random with faults at random: none comes from nowhere, none is lost without a
// reason in the journal, none goes round in a ring once the spanning tree has settled; played again all is the same.
// HOPWISE_SEED=N repeats one network, HOPWISE_NETWORKS=N plays so many (1,000 unless told otherwise).
#include <gtest/gtest.h>

#include <cstdlib>
#include <deque>
#include <functional>
#include <map>
#include <set>

#include "core/explain/explain.h"
#include "core/proto/bridge/bridge_rules.h"
#include "core/proto/ethernet/ethernet_rules.h"
#include "core/proto/medium/medium_rules.h"
#include "core/sim/link_rules.h"
#include "tests/core/sim/random_network.h"

namespace hw::test {
namespace {

constexpr Duration kSettling = seconds(22);  // maximum age, twice the forward delay, and a topology change

/// Reads the journal of a run and says what is wrong with it; each line begins with the kind of fault.
class Audit {
 public:
  Audit(const Journal& journal, const World& end, Time settled) : m_journal(journal), m_end(end), m_settled(settled) {}

  std::vector<std::string> faults() {
    for (std::uint64_t i = 0; i < m_journal.size() && m_faults.size() < kEnough; ++i) look(m_journal.read(i));
    m_end.queue.visitDeliveries([&](Time at, const Delivery& one) {
      const auto sent = m_underWay.find(one.id);
      if (sent == m_underWay.end()) fault("under way from nowhere", one.id.event);
      else if (sent->second.arrives != at) fault("under way at another time", one.id.event);
      else m_underWay.erase(sent);
    });
    for (const auto& [id, what] : m_underWay) fault("vanished", id.event);
    for (const Link& link : m_end.links)
      for (std::size_t end = 0; end < 2; ++end) {
        const Boxed<Adapter>& adapter = link.state.adapters[end];
        if (adapter && adapter->frames.size() != m_waiting[at(link.config.ends[end].device, link.config.ends[end].port)].size())
          fault("other frames wait for a shared wire than were handed over", m_end.events);
      }
    return std::move(m_faults);
  }

 private:
  static constexpr std::size_t kEnough = 5;

  struct Decided {
    bool any = false;                 ///< more than a remark
    std::uint64_t flooded = UINT64_MAX;  ///< ports that a bridge or hub said it would send to
    std::uint64_t kept = 0;           ///< ports where a copy stayed with a reason
    std::set<std::uint16_t> rules;
  };
  static Decided decidedIn(const EventRecord& record) {
    Decided all;
    Decisions::visit(record.decisions, [&](const Decision& one) {
      all.rules.insert(one.rule.value);
      all.any = all.any || explain::info(one.rule).outcome != Outcome::Noted;
      const bool bridged = one.rule == ruleId(bridge::Rule::FloodedGroup) || one.rule == ruleId(bridge::Rule::FloodedUnknown);
      if (bridged || one.rule == ruleId(ethernet::Rule::Repeated)) all.flooded = one.facts[1];
      if (one.rule == ruleId(bridge::Rule::TooBig)) ++all.kept;
    });
    return all;
  }

  void look(const EventRecord& record) {
    const Decided decided = decidedIn(record);
    if (record.kind == EventKind::Arrival) arrival(record, decided);
    std::uint64_t copies = 0;
    for (const Transmission& one : record.sent) {
      if (isPass(one.fate)) continue;
      copies += one.origin == Origin::Same || one.continuesArrival;
      sent(record, one, decided);
    }
    const bool repeats = record.kind == EventKind::Arrival && decided.flooded != UINT64_MAX;
    if (repeats && copies + decided.kept < decided.flooded) fault("fewer copies than ports", record.index);
  }

  void arrival(const EventRecord& record, const Decided& decided) {
    const auto sent = m_underWay.find(record.arrived);
    if (sent == m_underWay.end()) return fault("arrives twice or from nowhere", record.index);
    if (sent->second.arrives != record.time) fault("arrives at another time", record.index);
    if (!decided.any) fault("nothing is decided about what arrived", record.index);
    m_underWay.erase(sent);
    const bool goesOn = std::any_of(record.sent.begin(), record.sent.end(), [](const Transmission& one) { return one.origin == Origin::Same; });
    const DeviceConfig& device = m_end.device(record.device).config();
    const bool bridge = !device.hub && device.interfaces.size() > 1 && device.interfaces[1].kind == InterfaceKind::Bridge;
    if (!goesOn || !bridge || record.time < m_settled) return;
    if (!m_passed.emplace(m_root[record.arrived], record.device.value).second) fault("goes round in a ring", record.index);
  }

  using Place = std::pair<std::uint32_t, std::uint32_t>;
  static Place at(DeviceId device, InterfaceId port) { return {device.value, port.value}; }

  /// What an interface of a shared wire says of the first frame that waits there.
  void toldOfWaiting(const EventRecord& record, const Transmission& one, bool done) {
    std::deque<TransmissionId>& waiting = m_waiting[at(record.device, one.port)];
    if (waiting.empty()) return fault("sent from nowhere into a shared wire", record.index);
    m_root[one.id] = waiting.front();
    if (done) waiting.pop_front();
  }

  void sent(const EventRecord& record, const Transmission& one, const Decided& decided) {
    const bool copy = one.origin == Origin::Same && record.kind == EventKind::Arrival;
    const auto root = copy ? m_root.find(record.arrived) : m_root.end();
    m_root[one.id] = root == m_root.end() ? one.id : root->second;
    if (record.kind == EventKind::Medium)
      toldOfWaiting(record, one, one.fate != Fate::Collided || decided.rules.contains(ruleId(medium::Rule::GaveUp).value));
    const auto says = [&](auto rule) { return decided.rules.contains(ruleId(rule).value); };
    switch (one.fate) {
      case Fate::Delivered: m_underWay[one.id] = one; break;
      case Fate::Lost: if (!says(link::Rule::Lost)) fault("lost without a reason", record.index); break;
      case Fate::QueueFull:
        if (!says(link::Rule::QueueFull) && !says(medium::Rule::QueueFull)) fault("queued out without a reason", record.index);
        break;
      case Fate::NoCarrier:
        if (!says(link::Rule::NoCable) && !says(medium::Rule::Reset)) fault("sent nowhere without a reason", record.index);
        break;
      case Fate::Waiting:
        if (!says(medium::Rule::Started) && !says(medium::Rule::Deferred) && !says(medium::Rule::Queued)) fault("waits without a reason", record.index);
        m_waiting[at(record.device, one.port)].push_back(m_root[one.id]);
        break;
      case Fate::Collided:
        if (!says(medium::Rule::Collided) && !says(medium::Rule::LateCollision) && !says(medium::Rule::GaveUp))
          fault("collided without a reason", record.index);
        break;
      case Fate::Discarded: if (!says(link::Rule::NetemLost)) fault("discarded without a reason", record.index); break;
      case Fate::PassedDown:
      case Fate::PassedUp: break;
    }
  }

  void fault(const std::string& what, std::uint64_t event) {
    if (m_faults.size() < kEnough) m_faults.push_back(what + ", event " + std::to_string(event));
  }

  const Journal& m_journal;
  const World& m_end;
  Time m_settled;
  std::map<TransmissionId, Transmission> m_underWay;
  std::map<Place, std::deque<TransmissionId>> m_waiting;           ///< for a shared wire: whose copies they are
  std::map<TransmissionId, TransmissionId> m_root;                ///< the transmission of which this one is a copy
  std::set<std::pair<TransmissionId, std::uint32_t>> m_passed;    ///< which bridge has sent it on
  std::vector<std::string> m_faults;
};

/// A network's life: settle, traffic with faults, settle again, traffic.
struct Life {
  RandomNetwork network;
  World world;
  Journal journal;
  Simulator simulator;
  RandomStream random;
  Time now, settled;
  std::uint64_t limit = 200'000;  ///< events: a loop never ends

  using Mutant = std::function<void(Life&)>;

  explicit Life(std::uint64_t seed) : network(randomNetwork(seed)), world(network.world), random(seed, 42) {}

  void run(Duration howLong) {
    now = now + howLong;
    while (world.events < limit && simulator.step(world, now, sinks())) {}
  }
  void input(const Input& what) {
    if (world.events < limit) simulator.apply(world, std::max(now, world.now), what, sinks());
  }
  Sinks sinks() {
    Sinks all;
    all.journal = &journal;
    return all;
  }
  void live(const Mutant& mutant = {}) {
    run(kSettling);
    for (int i = 0; i < 12; ++i) {
      run(milliseconds(random.between(0, 700)));
      input(random.below(3) == 0 ? randomFault(random, network, world) : randomTraffic(random, network, world));
    }
    heal();
    run(kSettling);
    settled = now;
    for (int i = 0; i < 8; ++i) {
      input(randomTraffic(random, network, world));
      if (mutant && i == 2) mutant(*this);
      run(milliseconds(random.between(0, 500)));
    }
  }
  /// Cables lose nothing any more: the tree could not settle if its messages went astray.
  void heal() {
    for (std::uint32_t i = 0; i < world.links.size(); ++i) {
      if (world.links[i].config.lossPpm == 0) continue;
      LinkCommand cable{LinkId{i}, world.links[i].config};
      cable.config.lossPpm = 0;
      input(cable);
    }
  }
  std::vector<std::string> faults() const { return Audit(journal, world, settled).faults(); }
};

std::uint64_t fromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

TEST(Conservation, holdsInNetworksDrawnAtRandom) {
  const std::uint64_t first = fromEnvironment("HOPWISE_SEED", 1);
  const std::uint64_t count = fromEnvironment("HOPWISE_NETWORKS", std::getenv("HOPWISE_SEED") ? 1 : 1000);
  std::uint64_t events = 0, rings = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    Life one(seed);
    one.live();
    events += one.world.events;
    rings += !one.network.trunks.empty();
    const std::vector<std::string> faults = one.faults();
    ASSERT_TRUE(faults.empty()) << faults.front() << "\nrepeat: HOPWISE_SEED=" << seed << " test_conservation";
    ASSERT_LT(one.world.events, one.limit) << "repeat: HOPWISE_SEED=" << seed << " test_conservation";
    Life again(seed);
    again.live();
    ASSERT_EQ(hashOf(again.world), hashOf(one.world)) << "repeat: HOPWISE_SEED=" << seed << " test_conservation";
  }
  std::printf("%llu networks, %llu with several switches, %llu events\n", static_cast<unsigned long long>(count),
              static_cast<unsigned long long>(rings), static_cast<unsigned long long>(events));
}

/// How many of so many networks a mutant of the engine is caught in; `why` must be the first fault found.
int caught(const Life::Mutant& mutant, std::string_view why, int networks) {
  int count = 0;
  for (int seed = 1; seed <= networks; ++seed) {
    Life one(static_cast<std::uint64_t>(seed));
    one.limit = 60'000;
    one.live(mutant);
    const std::vector<std::string> faults = one.faults();
    count += !faults.empty() && faults.front().substr(0, why.size()) == why;
  }
  return count;
}

/// The next frame under way.
std::optional<Delivery> nextUnderWay(const World& world) {
  std::optional<Delivery> next;
  world.queue.visitDeliveries([&](Time, const Delivery& one) {
    if (!next) next = one;
  });
  return next;
}

TEST(Conservation, aFrameThatIsDroppedSilentlyIsMissed) {
  const auto drop = [](Life& life) {
    while (!life.world.queue.empty() && life.world.queue.top().wake.valid()) life.simulator.step(life.world, kNever, life.sinks());
    life.now = std::max(life.now, life.world.now);
    if (!life.world.queue.empty()) life.world.queue.free(life.world.queue.pop().slot);
  };
  EXPECT_EQ(caught(drop, "vanished", 20), 20);
}

TEST(Conservation, aFrameThatComesTwiceIsNoticed) {
  const auto twice = [](Life& life) {
    while (!nextUnderWay(life.world)) life.simulator.step(life.world, kNever, life.sinks());
    life.now = std::max(life.now, life.world.now);
    const Delivery copy = *nextUnderWay(life.world);
    life.world.queue.pushDelivery(life.world.now + seconds(1)) = copy;
  };
  EXPECT_EQ(caught(twice, "arrives", 20) + caught(twice, "under way", 20), 20);
}

/// Without the spanning tree a ring of switches is a loop: some of the networks have one.
TEST(Conservation, aLoopIsNoticed) {
  const auto noTree = [](Life& life) {
    for (const std::string& name : life.network.bridges) {
      const auto id = life.world.deviceNamed(name);
      if (!id) continue;
      DeviceConfig config = life.world.device(*id).config();
      config.interfaces[1].stp->enabled = false;
      life.input(DeviceCommand{*id, Reconfigure{Cow<DeviceConfig>(std::move(config))}});
    }
  };
  EXPECT_GE(caught(noTree, "goes round", 40), 8);
}

}  // namespace
}  // namespace hw::test
