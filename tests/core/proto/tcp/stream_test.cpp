// Whatever a path does to segments, the bytes of a stream arrive once, intact and in order; a connection only ever goes the
// ways of RFC 9293's diagram. HOPWISE_SEED=N repeats one seed, HOPWISE_TCP_BYTES=N sends so many bytes.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>

#include "core/device/device.h"
#include "tests/core/sim/networks.h"

namespace hw::test {
namespace {

constexpr std::uint64_t kSeeds = 200;

std::uint64_t number(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::string randomLines(RandomStream& random, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    for (std::uint64_t left = random.below(90); left > 0; --left) text.push_back(static_cast<char>('a' + random.below(26)));
    text.push_back('\n');
  }
  return text;
}

/// What a path does to frames, in a thousand.
struct Trouble {
  std::uint64_t lost = 0;
  std::uint64_t twice = 0;
  std::uint64_t late = 0;
  Duration delay = milliseconds(1);
};

/// Two hosts, and between them a path that loses, repeats and delays.
class Path {
 public:
  Path(std::uint64_t seed, const Trouble& trouble, tcp::Config config) : m_trouble(trouble), m_random(seed, 99) {
    for (std::uint32_t i = 0; i < 2; ++i) {
      DeviceConfig device = makeDeviceConfig(i == 0 ? "h1" : "h2");
      InterfaceConfig port;
      port.name = "eth0";
      port.mac = {0x020000000001u + i};
      port.addresses.push_back(prefix(i == 0 ? "192.0.2.1/24" : "192.0.2.2/24"));
      device.interfaces.push_back(port);
      device.neighbours.push_back({InterfaceId{1}, address(i == 0 ? "192.0.2.2" : "192.0.2.1"), {0x020000000002u - i}});
      device.knobs.tcp = config;
      m_devices.emplace_back(device, seed, DeviceId{i});
    }
  }

  void start(std::size_t device, process::Program program) { step(device, StartProcess{std::move(program)}); }

  /// Runs until both programs have ended; false if they never do.
  bool run() {
    for (std::uint64_t i = 0; i < 3'000'000 && m_ended < 2; ++i)
      if (!next()) return false;
    return m_ended == 2;
  }

  const std::string& printed(std::size_t device) const { return m_printed[device]; }
  std::uint64_t hash() const { return hashOf(m_devices[0]) ^ hashOf(m_devices[1]) * 3; }
  Time now() const { return m_now; }
  const std::set<std::pair<tcp::Phase, tcp::Phase>>& transitions() const { return m_transitions; }

 private:
  struct Arrival {
    std::size_t device = 0;
    Frame frame;
  };

  bool next() {
    const Time wake = std::min(m_devices[0].nextDeadline(), m_devices[1].nextDeadline());
    if (m_flight.empty() && wake == kNever) return false;
    if (!m_flight.empty() && m_flight.begin()->first.first <= wake) {
      m_now = m_flight.begin()->first.first;
      Arrival arrival = std::move(m_flight.begin()->second);
      m_flight.erase(m_flight.begin());
      m_out.clear();
      m_out.frames.push_back(std::move(arrival.frame));
      carryOut(arrival.device, FrameArrived{InterfaceId{1}});
      return true;
    }
    m_now = std::max(m_now, wake);
    step(m_devices[0].nextDeadline() <= m_devices[1].nextDeadline() ? 0 : 1, TimeReached{});
    return true;
  }

  void step(std::size_t device, const DeviceInput& input) {
    m_out.clear();
    carryOut(device, input);
  }

  std::map<std::uint32_t, tcp::Phase> phases(std::size_t device) const {
    std::map<std::uint32_t, tcp::Phase> all;
    for (const auto& one : m_devices[device].state().tcp.connections) all[one->id] = one->phase;
    return all;
  }

  void carryOut(std::size_t device, const DeviceInput& input) {
    const auto before = phases(device);
    m_devices[device].step(m_now, m_events++, input, m_out);
    for (const auto& [id, phase] : phases(device))
      if (const auto was = before.find(id); was != before.end() && was->second != phase) m_transitions.insert({was->second, phase});
    for (const Printed& one : m_out.printed) m_printed[device] += process::text(one.record);
    m_ended += m_out.ended.size();
    for (const Send& send : m_out.sends) {
      if (m_random.below(1000) < m_trouble.lost) continue;
      const int copies = m_random.below(1000) < m_trouble.twice ? 2 : 1;
      for (int i = 0; i < copies; ++i) {
        Duration delay = m_trouble.delay + nanoseconds(static_cast<std::int64_t>(m_sequence % 1000));
        if (m_random.below(1000) < m_trouble.late) delay = delay + microseconds(m_random.between(0, 5000));
        m_flight[{m_now + delay, m_sequence++}] = {1 - device, m_out.frames[send.frame]};
      }
    }
  }

  Trouble m_trouble;
  RandomStream m_random;
  std::vector<Device> m_devices;
  std::map<std::pair<Time, std::uint64_t>, Arrival> m_flight;
  std::array<std::string, 2> m_printed;
  std::set<std::pair<tcp::Phase, tcp::Phase>> m_transitions;
  std::uint64_t m_sequence = 0;
  std::uint64_t m_events = 0;
  std::size_t m_ended = 0;
  Time m_now;
  Out m_out;
};

struct Outcome {
  std::string sent;
  std::string got;
  bool ended = false;
  std::uint64_t hash = 0;
  std::set<std::pair<tcp::Phase, tcp::Phase>> transitions;
};

Outcome play(std::uint64_t seed, std::size_t bytes) {
  RandomStream random(seed, 7);
  const Trouble trouble{random.below(100), random.below(60), random.below(300), microseconds(random.between(10, 20'000))};
  tcp::Config config;
  config.control = random.below(2) == 0 ? tcp::Control::Reno : tcp::Control::Cubic;
  config.sack = random.below(4) != 0;
  config.timestamps = random.below(4) != 0;
  config.windowScaling = random.below(4) != 0;
  // Small buffers close the window again and again.
  config.receiveDefault = static_cast<std::uint32_t>(random.between(6000, 140'000));
  config.receiveMost = std::max(config.receiveDefault, 200'000u);
  Path path(seed, trouble, config);
  process::Netcat server;
  server.options.listen = true;
  server.options.port = 80;
  process::Netcat client;
  client.options.target = address("192.0.2.2");
  client.options.port = 80;
  client.options.piped = client.options.shutAtEnd = true;
  Outcome outcome;
  outcome.sent = randomLines(random, bytes);
  client.options.input = Bytes(asBytes(outcome.sent));
  path.start(1, server);
  path.start(0, client);
  outcome.ended = path.run();
  outcome.got = path.printed(1);
  outcome.hash = path.hash();
  outcome.transitions = path.transitions();
  return outcome;
}

/// RFC 9293, figure 5, with what Linux forgets at once (a reset, the last ACK).
bool isInDiagram(tcp::Phase from, tcp::Phase to) {
  using P = tcp::Phase;
  const std::set<std::pair<P, P>> allowed = {
      {P::SynSent, P::Established},    {P::SynSent, P::SynReceived},  {P::SynReceived, P::Established}, {P::SynReceived, P::FinWait1},
      {P::Established, P::FinWait1},   {P::Established, P::CloseWait}, {P::FinWait1, P::FinWait2},      {P::FinWait1, P::Closing},
      {P::FinWait1, P::TimeWait},      {P::FinWait2, P::TimeWait},    {P::Closing, P::TimeWait},        {P::CloseWait, P::LastAck},
      {P::Established, P::LastAck}};  // a program that answers a FIN in the same moment
  return to == P::Closed || allowed.count({from, to}) != 0;
}

TEST(TcpStream, arrivesIntactWhateverThePathDoes) {
  const std::size_t bytes = number("HOPWISE_TCP_BYTES", 30'000);
  const std::uint64_t only = number("HOPWISE_SEED", 0);
  for (std::uint64_t seed = only != 0 ? only : 1; seed <= (only != 0 ? only : kSeeds); ++seed) {
    const Outcome outcome = play(seed, bytes);
    ASSERT_TRUE(outcome.ended) << "HOPWISE_SEED=" << seed << " never ends, " << outcome.got.size() << " bytes have come";
    ASSERT_EQ(outcome.got.size(), outcome.sent.size()) << "HOPWISE_SEED=" << seed;
    ASSERT_TRUE(outcome.got == outcome.sent) << "HOPWISE_SEED=" << seed;
    for (const auto& [from, to] : outcome.transitions)
      ASSERT_TRUE(isInDiagram(from, to)) << "HOPWISE_SEED=" << seed << ": " << tcp::name(from) << " to " << tcp::name(to);
  }
}

TEST(TcpStream, isTheSameWhenItIsPlayedAgain) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) EXPECT_EQ(play(seed, 20'000).hash, play(seed, 20'000).hash) << seed;
}

}  // namespace
}  // namespace hw::test
