// A device of a kind, the target's variant, is given any frames, at any times, while its programs run. Whatever comes:
// no crash, what it sends is a frame, its deadlines come to an end, and a twin for whom nobody asks
// what lost ends in the same State.
#include <algorithm>
#include <array>

#include "core/device/device.h"
#include "core/proto/icmp/icmp_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/wire/checksum.h"
#include "tests/fuzz/reader.h"
#include "tests/fuzz/variant.h"

namespace {

using namespace hw;

constexpr std::uint32_t kPorts = 3;
constexpr int kMaxInputs = 200;
constexpr int kMaxWakes = 64;
constexpr std::uint32_t kMaxFrame = 2000;

InterfaceConfig port(std::uint32_t number) {
  InterfaceConfig one;
  one.name = "eth" + std::to_string(number - 1);
  one.mac = MacAddress{0x02005E100000u + number};
  return one;
}

netfilter::Match match(netfilter::Key key, std::uint32_t value, std::uint8_t protocol = 0) {
  netfilter::Match one;
  one.key = key;
  one.protocol = protocol;
  one.values = {{value, value}};
  return one;
}

netfilter::Statement statement(netfilter::Do what) {
  netfilter::Statement one;
  one.what = what;
  return one;
}

/// A packet filter that looks at all that a datagram can bring: states, ports, flags; that translates and refuses.
netfilter::Ruleset filterOf() {
  using namespace netfilter;
  Chain pre{1, "pre", Base{ChainType::Nat, Hook::Prerouting, -100, false}, {}};
  Statement inside = statement(Do::DestinationNat);
  inside.addresses = Range{0xC0000209, 0xC0000209};
  pre.rules.push_back({10, {match(Key::DestinationPort, 7, 17), inside}, ""});
  pre.rules.push_back({11, {match(Key::DestinationPort, 8, 17), statement(Do::Redirect)}, ""});
  Chain post{2, "post", Base{ChainType::Nat, Hook::Postrouting, 100, false}, {}};
  post.rules.push_back({12, {statement(Do::Masquerade)}, ""});
  Chain forward{3, "forward", Base{ChainType::Filter, Hook::Forward, 0, false}, {}};
  Match invalid = match(Key::CtState, kInvalid);
  invalid.anyBit = true;
  forward.rules.push_back({13, {invalid, statement(Do::Count), statement(Do::Drop)}, ""});
  Statement reset = statement(Do::Reject);
  reset.reset = true;
  forward.rules.push_back({14, {match(Key::TcpFlags, 2), reset}, ""});
  forward.rules.push_back({15, {match(Key::IcmpType, 13), statement(Do::Reject)}, ""});
  Chain output{4, "output", Base{ChainType::Route, Hook::Output, -150, false}, {}};
  Statement mark = statement(Do::SetMark);
  mark.value = 1;
  output.rules.push_back({16, {match(Key::Protocol, 17), mark, statement(Do::CtFromMark)}, ""});
  Ruleset rules;
  rules.tables.push_back({1, false, "t", 17, {pre, post, forward, output}});
  return rules;
}

/// All that has a stack speaks IPv6 too: 2001:db8:N::1 at port N.
void speakSix(DeviceConfig& config) {
  for (std::uint32_t i = 1; i < config.interfaces.size(); ++i) {
    enableSix(config, InterfaceId{i});
    const Ipv6Address own{0x2001'0DB8'0000'0000u | std::uint64_t{i} << 16, 1};
    config.interfaces[i].six->addresses.push_back({{own, 64}, i % 2 == 0});
  }
  config.six->forwarding = config.knobs.forwarding;
  ipv6::Route away;
  away.via = Ipv6Address{0x2001'0DB8'0002'0000u, 0xFF};
  away.port = InterfaceId{2};
  config.six->routes = {away};
}

enum class Kind { Host, Router, Switch, Hub };

Kind kindNamed(std::string_view name) {
  static constexpr std::string_view kNames[] = {"host", "router", "switch", "hub"};
  const auto found = std::find(std::begin(kNames), std::end(kNames), name);
  HW_CHECK(found != std::end(kNames));
  return static_cast<Kind>(found - std::begin(kNames));
}

/// Two subnets for a host or router; all ports in a bridge that has an address; a hub.
DeviceConfig configOf(Kind kind, bool filters, bool six) {
  DeviceConfig config = makeDeviceConfig("d");
  for (std::uint32_t i = 1; i <= kPorts; ++i) config.interfaces.push_back(port(i));
  config.hub = kind == Kind::Hub;
  if (kind == Kind::Switch) {
    InterfaceConfig bridge = port(kPorts + 1);
    bridge.kind = InterfaceKind::Bridge;
    bridge.addresses = {*Ipv4Prefix::parse("192.0.2.1/24")};
    bridge.bridge = bridge::Config{};
    for (std::uint32_t i = 1; i <= kPorts; ++i) {
      config.interfaces[i].master = InterfaceId{kPorts + 1};
      bridge.bridge->ports.push_back(InterfaceId{i});
    }
    config.interfaces.push_back(bridge);
  } else if (!config.hub) {
    config.knobs.forwarding = kind == Kind::Router;
    config.interfaces[1].addresses = {*Ipv4Prefix::parse("192.0.2.1/24")};
    config.interfaces[2].addresses = {*Ipv4Prefix::parse("198.51.100.1/24")};
    config.interfaces[2].mtu = 600;
    route::Route away;
    away.via = *Ipv4Address::parse("198.51.100.254");
    away.port = InterfaceId{2};
    config.routes = {away};
  }
  if (filters) config.filter = filterOf();
  if (six && !config.hub) speakSix(config);
  return config;
}

/// Makes the checksum of an ICMPv6 message right that stands behind the IPv6 header.
void repairSix(std::vector<std::uint8_t>& frame) {
  constexpr std::size_t kMessage = 14 + 40;
  if (frame.size() < kMessage + 8 || frame[12] != 0x86 || frame[13] != 0xDD || frame[20] != ipv6::kIcmp) return;
  const std::size_t length = static_cast<std::size_t>(frame[18] << 8 | frame[19]);
  if (length < 8 || kMessage + length > frame.size()) return;
  const auto header = load<ipv6::Header>(frame.data() + 14);
  std::vector<std::uint8_t> message(frame.begin() + kMessage, frame.begin() + static_cast<std::ptrdiff_t>(kMessage + length));
  icmp6::seal(message, header.source, header.destination);
  std::copy(message.begin(), message.end(), frame.begin() + kMessage);
}

/// Makes the IPv4 header's checksum right, and that of an unfragmented ICMP message: random bytes
/// would hardly ever get past them.
void repair(std::vector<std::uint8_t>& frame) {
  if (frame.size() < 34 || frame[12] != 8 || frame[13] != 0) return;
  const std::size_t header = (frame[14] & 0xFu) * 4u;
  if (header < 20 || frame.size() < 14 + header) return;
  const auto fix = [&](std::size_t from, std::size_t until, std::size_t at) {
    frame[at] = frame[at + 1] = 0;
    const std::uint16_t sum = internetChecksum(ByteView{frame}.subspan(from, until - from));
    frame[at] = static_cast<std::uint8_t>(sum >> 8);
    frame[at + 1] = static_cast<std::uint8_t>(sum & 0xFF);
  };
  fix(14, 14 + header, 24);
  const std::size_t total = static_cast<std::size_t>(frame[16] << 8 | frame[17]);
  if (frame[23] == ipv4::kIcmp && total >= header + 8 && 14 + total <= frame.size())
    fix(14 + header, 14 + total, 14 + header + 2);
}

std::vector<std::uint8_t> frameOf(fuzz::Reader& reader) {
  const bool mend = reader.byte() % 4 != 0;
  const ByteView bytes = reader.take(std::min(reader.number(), kMaxFrame));
  std::vector<std::uint8_t> frame(bytes.begin(), bytes.end());
  frame.resize(std::max<std::size_t>(frame.size(), 14));
  if (mend) repair(frame), repairSix(frame);
  return frame;
}

/// Programs of the upper layers have few numbers, so that inputs that were found earlier mean what they meant.
constexpr std::uint8_t kFirstApplication = 240;

process::Program applicationOf(std::uint8_t kind, Ipv4Address target, fuzz::Reader& reader) {
  const auto port = static_cast<std::uint16_t>(reader.number());
  switch (kind % 4) {
    case 0: {
      process::HttpServe server;
      server.port = port;
      return server;
    }
    case 1: {
      process::Curl client;
      client.options.address = target;
      client.options.port = port;
      client.options.verbose = true;
      return client;
    }
    case 2: {
      process::Iperf iperf;
      iperf.options.server = reader.byte() % 2 != 0;
      iperf.options.datagrams = reader.byte() % 4 != 0;
      iperf.options.target = target;
      iperf.options.port = port;
      iperf.options.bytes = reader.number();
      iperf.options.interval = seconds(1);
      return iperf;
    }
    default: {
      process::Gateway gateway;
      gateway.port = port;
      gateway.beyond = {target, 7};
      return gateway;
    }
  }
}

process::Program programOf(fuzz::Reader& reader) {
  static constexpr std::array kTargets{"192.0.2.2", "192.0.2.1", "198.51.100.9", "203.0.113.7",
                                       "192.0.2.255", "255.255.255.255", "127.0.0.1", "0.0.0.0"};
  const Ipv4Address target = *Ipv4Address::parse(kTargets[reader.byte() % kTargets.size()]);
  const std::uint32_t size = reader.number();
  const std::uint8_t kind = reader.byte();
  if (kind >= kFirstApplication) return applicationOf(kind, target, reader);
  switch (kind % 5) {
    case 0: {
      process::Ping ping;
      ping.options.address = target;
      ping.options.count = 1 + reader.byte() % 4;
      ping.options.size = size;
      ping.options.broadcast = true;
      if (size % 2 != 0) ping.options.six = Ipv6Address{0x2001'0DB8'0001'0000u | std::uint64_t{target.value % 3} << 16, target.value % 4};
      return ping;
    }
    case 1: {
      process::Traceroute traceroute;
      traceroute.options.address = target;
      traceroute.options.icmp = reader.byte() % 2 != 0;
      return traceroute;
    }
    case 2: {
      process::Arping arping;
      arping.options.target = target;
      arping.options.device = "eth0";
      arping.options.count = 1 + reader.byte() % 4;
      return arping;
    }
    case 3: {
      process::UdpServe serve;
      serve.options.port = static_cast<std::uint16_t>(reader.number());
      serve.options.echo = true;
      return serve;
    }
    default: {
      process::UdpSend send;
      send.options.target = target;
      send.options.port = static_cast<std::uint16_t>(reader.number());
      send.options.sizes = {size, reader.byte()};
      send.options.connect = reader.byte() % 2 != 0;
      send.options.wait = seconds(1);
      return send;
    }
  }
}

/// The device and its twin, stepped alike.
class Pair {
 public:
  Pair(Kind kind, bool filters, bool six) : m_device(configOf(kind, filters, six), 7, DeviceId{0}), m_twin(m_device) {
    m_out.decisions.wantAlternatives(true);
  }

  void step(const DeviceInput& input, const Frame* frame = nullptr) {
    stepOne(m_device, m_out, input, frame);
    stepOne(m_twin, m_twinOut, input, frame);
    ++m_event;
    HW_CHECK(m_device.state() == m_twin.state());
    HW_CHECK(m_out.sends.size() == m_twinOut.sends.size());
    HW_CHECK(m_out.decisions.count() == m_twinOut.decisions.count());
    for (const Send& send : m_out.sends) {
      HW_CHECK(send.frame < m_out.frames.size());
      HW_CHECK(send.port.value < m_device.config().interfaces.size());
      HW_CHECK(send.decision < m_out.decisions.count());
      HW_CHECK(m_out.frames[send.frame].size() >= 14);
    }
  }

  /// Lets time pass; whatever is due by then happens, and comes to an end.
  void wait(Duration span) {
    const Time until = m_now + span;
    for (int wakes = 0; wakes < kMaxWakes && m_device.nextDeadline() <= until; ++wakes) {
      m_now = std::max(m_now, m_device.nextDeadline());
      int again = 0;
      do step(TimeReached{});
      while (m_device.nextDeadline() <= m_now && ++again < kMaxWakes);
      HW_CHECK(again < kMaxWakes);
    }
    m_now = std::max(m_now, until);
  }

 private:
  void stepOne(Device& device, Out& out, const DeviceInput& input, const Frame* frame) {
    out.clear();
    if (frame) out.frames.push_back(*frame);
    device.step(m_now, m_event, input, out);
  }

  Device m_device;
  Device m_twin;
  Out m_out;
  Out m_twinOut;
  Time m_now;
  std::uint64_t m_event = 0;
};

void stepAsTold(Pair& pair, fuzz::Reader& reader) {
  const std::uint8_t what = reader.byte();
  const InterfaceId port{1 + what / 16 % kPorts};
  switch (what % 8) {
    case 0: return pair.wait(milliseconds(reader.number()));
    case 1: return pair.step(StartProcess{programOf(reader)});
    case 2: return pair.step(CarrierChanged{port, reader.byte() % 2 != 0});
    case 3:
      return pair.step(EditNeighbour{static_cast<EditNeighbour::What>(reader.byte() % 3), port,
                                     Ipv4Address{0xC0000200u + reader.byte()},
                                     MacAddress{0x02005E100100u + reader.byte()}});
    default: {
      const Frame frame{Bytes{frameOf(reader)}.view()};
      return pair.step(FrameArrived{port}, &frame);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Reader reader({data, size});
  const std::uint8_t options = reader.byte();
  Pair pair(kindNamed(fuzz::variant()), options % 2 != 0, options % 4 >= 2);
  for (int i = 0; i < kMaxInputs && !reader.atEnd(); ++i) stepAsTold(pair, reader);
  pair.wait(seconds(20));
  return 0;
}
