// The packet filter at work: what its hooks decide, how connections are followed and addresses are translated.
// RFC 3022, RFC 4787, RFC 5508. Linux was asked by recordings where these are silent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/proto/tcp/tcp_wire.h"
#include "core/shell/nft_reader.h"
#include "tests/core/shell/terminal.h"
#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// h1 and h2 behind r1, s1 outside.
constexpr const char* kInside = R"(
  host h1 eth0 192.168.1.10/24
  host h2 eth0 192.168.1.11/24
  router r1 eth0 192.168.1.1/24 eth1 203.0.113.1/24
  host s1 eth0 203.0.113.80/24
  bridge sw
  link h1:eth0 sw:p1
  link h2:eth0 sw:p2
  link r1:eth0 sw:p3
  link r1:eth1 s1:eth0
  route h1 default via 192.168.1.1
  route h2 default via 192.168.1.1
  route s1 192.168.1.0/24 via 203.0.113.1)";

/// kInside with a packet filter on a device.
struct Filtered : Lab {
  explicit Filtered(std::string_view rules, const char* device = "r1") : Lab(kInside) { filter(rules, device); }
  void filter(std::string_view rules, const char* device = "r1") {
    const auto result = shell::runNft(rules, config(device).filter, state(device).filter, false);
    ASSERT_TRUE(result.has_value()) << result.error().what;
    DeviceConfig changed = config(device);
    changed.filter = result->rules;
    reconfigure(device, changed);
  }
  void serve(const char* device, std::uint16_t port) {
    process::UdpServe program;
    program.options.port = port;
    program.options.echo = true;
    start(device, program);
  }
  /// Sends a datagram, waits for a second, and gives what the program printed.
  std::string send(const char* device, const char* to, std::uint16_t port, std::uint16_t from = 5000, std::uint32_t size = 30) {
    const std::size_t before = printed(device).size();
    process::UdpSend program;
    program.options.target = test::address(to);
    program.options.port = port;
    program.options.sourcePort = from;
    program.options.sizes = {size};
    program.options.connect = true;
    program.options.wait = seconds(1);
    start(device, program);
    run("1500ms");
    return printed(device).substr(before);
  }
  const std::vector<netfilter::Connection>& connections() { return state("r1").filter.connections.all; }
};

constexpr const char* kMasquerade =
    "table ip nat { chain post { type nat hook postrouting priority 100; oifname \"eth1\" masquerade; }; }";

TEST(Masquerade, lendsTheRoutersAddressAndTakesAnswersBack) {
  Filtered lab(kMasquerade);
  lab.serve("s1", 7);
  EXPECT_EQ(lab.send("h1", "203.0.113.80", 7), "sent 30 bytes\nreceived 30 bytes from 203.0.113.80 port 7\n");
  EXPECT_THAT(lab.printed("s1"), HasSubstr("received 30 bytes from 203.0.113.1 port 5000\n"));
  EXPECT_EQ(lab.keys("r1", "netfilter."),
            "netfilter.begins netfilter.translates netfilter.source_chosen netfilter.source_rewritten netfilter.answers "
            "netfilter.destination_rewritten");
  EXPECT_THAT(lab.decisions("r1", "netfilter.source_rewritten"),
              HasSubstr("before=192.168.1.10:5000 after=203.0.113.1:5000 from=192.168.1.10:5000 to=203.0.113.80:7"));
  for (const auto& frame : lab.sent("r1:eth1"))  // checksums are whole
    if (frame.size() > 40 && load16(frame.data() + 12) == ethernet::kIpv4) {
      EXPECT_EQ(internetChecksum(ByteView(frame).subspan(14, 20)), 0);
    }
}

TEST(Masquerade, keepsThePortUnlessItsAnswersWouldBeSomebodyElses) {
  Filtered lab(kMasquerade);
  lab.serve("s1", 7);
  lab.serve("s1", 8);
  EXPECT_THAT(lab.send("h1", "203.0.113.80", 7), HasSubstr("received 30"));
  EXPECT_THAT(lab.send("h2", "203.0.113.80", 8), HasSubstr("received 30"));
  EXPECT_EQ(lab.connections().back().reply.destinationPort, 5000);  // another destination: no clash
  EXPECT_THAT(lab.send("h2", "203.0.113.80", 7), HasSubstr("received 30"));
  EXPECT_NE(lab.connections().back().reply.destinationPort, 5000);
  EXPECT_THAT(lab.decisions("r1", "netfilter.port_taken"), HasSubstr("wanted=5000"));
}

TEST(Masquerade, endsWithItsConnectionsAfterATimeOrWithTheInterface) {
  Filtered lab(kMasquerade);
  lab.serve("s1", 7);
  lab.send("h1", "203.0.113.80", 7);
  ASSERT_EQ(lab.connections().size(), 1u);
  lab.run("40s");
  EXPECT_TRUE(lab.connections().empty());
  EXPECT_EQ(lab.count("r1", "netfilter.expired"), 1u);
  lab.send("h1", "203.0.113.80", 7);
  DeviceConfig config = lab.config("r1");
  config.interfaces[2].up = false;
  lab.reconfigure("r1", config);
  EXPECT_TRUE(lab.connections().empty());
  EXPECT_THAT(lab.decisions("r1", "netfilter.masquerade_over"), HasSubstr("port=eth1 count=1"));
}

TEST(Masquerade, ofAStreamLastsLonger) {
  Filtered lab(kMasquerade);
  lab.serve("s1", 7);
  lab.send("h1", "203.0.113.80", 7);
  lab.run("1s");
  lab.send("h1", "203.0.113.80", 7);
  EXPECT_EQ(lab.count("r1", "netfilter.goes_on"), 1u);
  EXPECT_TRUE(lab.connections()[0].has(netfilter::kAssured));
  lab.run("100s");
  EXPECT_EQ(lab.connections().size(), 1u);
}

TEST(Translation, ofErrorsReachesTheDatagramThatTheyQuote) {
  Filtered lab(kMasquerade);
  EXPECT_EQ(lab.send("h1", "203.0.113.80", 9), "sent 30 bytes\nrecv -> ECONNREFUSED\n");
  EXPECT_EQ(lab.count("r1", "netfilter.error_related"), 1u);
  EXPECT_THAT(lab.decisions("r1", "netfilter.error_translated"),
              HasSubstr("before=203.0.113.1 after=192.168.1.10 quoted=192.168.1.10:5000"));
}

TEST(Translation, ofPingsChangesTheIdentifierOnlyIfItMust) {
  Filtered lab(kMasquerade);
  for (const char* host : {"h1", "h2"}) {
    lab.start(host, test::ping("203.0.113.80"));
    lab.run("500ms");
    EXPECT_THAT(lab.printed(host), HasSubstr("64 bytes from 203.0.113.80: icmp_seq=1 ttl=63"));
  }
}

TEST(Translation, ofFragmentsPutsThemTogetherAndCutsThemAgain) {
  Filtered lab(kMasquerade);
  lab.serve("s1", 7);
  EXPECT_THAT(lab.send("h1", "203.0.113.80", 7, 5000, 4000), HasSubstr("received 4000 bytes"));
  EXPECT_EQ(lab.count("r1", "ipv4.reassembled"), 2u);  // there and back
  EXPECT_EQ(lab.count("r1", "ipv4.fragmented"), 2u);
}

TEST(DestinationNat, bringsWhatIsForTheRouterToAHostInside) {
  Filtered lab("table ip nat { chain pre { type nat hook prerouting priority -100; udp dport 5353 dnat to 192.168.1.10:53; "
               "udp dport 5355 redirect to :53; }; }");
  lab.serve("h1", 53);
  lab.serve("r1", 53);
  EXPECT_THAT(lab.send("s1", "203.0.113.1", 5353), HasSubstr("received 30 bytes from 203.0.113.1 port 5353"));
  EXPECT_THAT(lab.printed("h1"), HasSubstr("received 30 bytes from 203.0.113.80 port 5000"));
  EXPECT_THAT(lab.decisions("r1", "netfilter.destination_chosen"), HasSubstr("before=203.0.113.1:5353 after=192.168.1.10:53"));
  EXPECT_THAT(lab.send("s1", "203.0.113.1", 5355), HasSubstr("received 30 bytes from 203.0.113.1 port 5355"));
  EXPECT_THAT(lab.printed("r1"), HasSubstr("received 30 bytes from 203.0.113.80 port 5000"));
}

TEST(DestinationNat, fromInsideNeedsTheSourceTooOrTheAnswerTakesAnotherWay) {
  Filtered lab("table ip nat { chain pre { type nat hook prerouting priority -100; udp dport 5353 dnat to 192.168.1.10:53; }; "
               "chain post { type nat hook postrouting priority 100; }; }");
  lab.serve("h1", 53);
  EXPECT_EQ(lab.send("h2", "203.0.113.1", 5353), "sent 30 bytes\nrecv -> TIMEOUT\n");
  EXPECT_EQ(lab.count("r1", "netfilter.redirect_of_translated"), 1u);  // it would tell h2 an address that it did not ask for
  lab.filter("add rule ip nat post ip daddr 192.168.1.10 masquerade");
  EXPECT_THAT(lab.send("h2", "203.0.113.1", 5353, 5001), HasSubstr("received 30 bytes from 203.0.113.1 port 5353"));
}

TEST(Output, isTranslatedAndRoutedAnew) {
  Filtered lab("table ip nat { chain out { type nat hook output priority -100; ip daddr 9.9.9.9 udp dport 53 dnat to 203.0.113.80:7; }; }");
  DeviceConfig config = lab.config("r1");
  route::Route everywhere;
  everywhere.via = test::address("192.168.1.11");
  everywhere.port = InterfaceId{1};
  config.routes.push_back(everywhere);
  lab.reconfigure("r1", config);
  lab.serve("s1", 7);
  EXPECT_THAT(lab.send("r1", "9.9.9.9", 53), HasSubstr("received 30 bytes from 9.9.9.9 port 53"));
  EXPECT_THAT(lab.decisions("r1", "netfilter.routed_anew"), HasSubstr("dst=203.0.113.80"));
}

TEST(Output, thatIsDroppedFailsInTheProgram) {
  Filtered lab("table ip f { chain out { type filter hook output priority 0; udp dport 7 drop; }; }", "h1");
  EXPECT_THAT(lab.send("h1", "203.0.113.80", 7), HasSubstr("EPERM"));
  EXPECT_EQ(lab.keys("h1", "netfilter."), "netfilter.drops netfilter.not_permitted");
}

TEST(Chains, areLeftByTheFirstVerdictOrByTheirPolicy) {
  Filtered lab("table ip f { chain side { udp dport 8 accept; udp dport 9 return; udp dport 10 drop; }; "
               "chain c { type filter hook forward priority 0; policy drop; icmp type echo-request accept; iifname \"eth1\" accept; "
               "meta l4proto udp log jump side; udp dport 9 reject; }; }");
  lab.serve("s1", 8);
  EXPECT_THAT(lab.send("h1", "203.0.113.80", 8), HasSubstr("received 30"));
  EXPECT_EQ(lab.keys("r1", "netfilter."), "netfilter.logs netfilter.jumps netfilter.accepts netfilter.accepts");
  EXPECT_EQ(lab.send("h1", "203.0.113.80", 9), "sent 30 bytes\nrecv -> ECONNREFUSED\n");
  EXPECT_EQ(lab.count("r1", "netfilter.rejects"), 1u);
  EXPECT_EQ(lab.send("h1", "203.0.113.80", 11), "sent 30 bytes\nrecv -> TIMEOUT\n");
  EXPECT_EQ(lab.count("r1", "netfilter.policy_drops"), 1u);
  lab.filter("add chain ip f c { policy accept; }");
  lab.send("h1", "203.0.113.80", 12);
  EXPECT_EQ(lab.count("r1", "netfilter.policy_accepts"), 1u);
}

TEST(Chains, sayWhichRuleDecidedAndWhyTheOthersDidNot) {
  Terminal t(vethPair());
  t.type("r1", "nft 'table ip f { chain c { type filter hook forward priority 0; iifname \"eth1\" udp dport 7 accept; icmp type echo-request drop; } }'");
  t.type("h1", "ping -c 1 -W 1 198.51.100.10");
  std::string told;
  for (std::uint64_t i = 0; i < t.time().journal().size(); ++i) {
    const EventRecord event = t.time().journal().read(i);
    const DeviceConfig& config = t.time().world().device(event.device).config();
    if (config.name == "r1") told += decisionText(t.time().explain(i), config, "netfilter.");
  }
  EXPECT_EQ(told, "netfilter.drops rule=icmp type echo-request drop chain=f c\n"
                  "lost netfilter.does_not_apply part=iifname \"eth1\" rule=iifname \"eth1\" udp dport 7 accept\n");
}

TEST(Chains, countAndLimit) {
  Filtered lab("table ip f { chain c { type filter hook forward priority 0; udp dport 7 counter; "
               "udp dport 7 numgen inc mod 3 == 1 drop; udp dport 8 limit rate 1/minute burst 2 packets accept; udp dport 8 drop; }; }");
  for (const char* expected : {"yes", "no", "yes", "yes", "no"}) {
    const bool passes = expected[0] == 'y';
    const std::size_t before = lab.sent("r1:eth1").size();
    lab.send("h1", "203.0.113.80", 7);
    EXPECT_EQ(lab.sent("r1:eth1").size() > before, passes);
  }
  EXPECT_EQ(lab.state("r1").filter.counted[0].packets, 5u);
  EXPECT_EQ(lab.state("r1").filter.counted[0].bytes, 5u * 58);
  for (const bool passes : {true, true, false}) {
    const std::size_t before = lab.count("r1", "netfilter.accepts");
    lab.send("h1", "203.0.113.80", 8);
    EXPECT_EQ(lab.count("r1", "netfilter.accepts") > before, passes);
  }
  lab.run("60s");
  lab.send("h1", "203.0.113.80", 8);
  EXPECT_EQ(lab.count("r1", "netfilter.accepts"), 3u);
}

TEST(Marks, chooseAnotherTable) {
  Filtered lab("table ip m { chain pre { type filter hook prerouting priority -150; udp dport 7 meta mark set 1; udp dport 7 ct mark set meta mark; }; "
               "chain out { type route hook output priority -150; udp dport 8 meta mark set 1; }; }");
  DeviceConfig config = lab.config("r1");
  route::PolicyRule rule;
  rule.preference = 100;
  rule.mark = 1;
  rule.markMask = UINT32_MAX;
  rule.action = route::Action::Blackhole;
  route::insertRule(config.rules, rule);
  lab.reconfigure("r1", config);
  lab.serve("s1", 7);
  lab.send("h1", "203.0.113.80", 7);
  EXPECT_EQ(lab.count("s1", "udp.delivered"), 0u);
  EXPECT_EQ(lab.count("r1", "netfilter.marks"), 1u);
  EXPECT_EQ(lab.count("r1", "netfilter.marks_connection"), 1u);
  EXPECT_THAT(lab.send("r1", "203.0.113.80", 8), HasSubstr("EINVAL"));
  EXPECT_EQ(lab.count("r1", "netfilter.routed_anew"), 1u);
}

TEST(Tracking, canBeLeftOut) {
  Filtered lab("table ip f { chain raw { type filter hook prerouting priority raw; udp dport 7 notrack; }; "
               "chain c { type filter hook forward priority 0; ct state untracked accept; drop; }; }");
  lab.serve("s1", 7);
  lab.send("h1", "203.0.113.80", 7);
  EXPECT_EQ(lab.keys("r1", "netfilter."), "netfilter.does_not_track netfilter.policy_accepts netfilter.accepts netfilter.policy_accepts netfilter.begins netfilter.drops");
}

TEST(Tracking, knowsWhatCannotBegin) {
  Filtered lab("table ip f { chain c { type filter hook forward priority 0; ct state invalid drop; }; }");
  lab.send("h1", "203.0.113.80", 9);
  const ipv4::Header header = ipHeader("203.0.113.80", "192.168.1.10", ipv4::kIcmp);
  lab.inject("r1:eth1", ethernetFrame(lab.macOf("r1:eth1"), lab.macOf("s1:eth0"), ethernet::kIpv4,
                                      ipDatagram(header, echoMessage(icmp::kEchoReply, 1, 1, counting(8)))));
  lab.run("1ms");
  EXPECT_EQ(lab.count("r1", "netfilter.belongs_to_nothing"), 1u);
  Raw lie = ipDatagram(ipHeader("192.168.1.10", "203.0.113.99", ipv4::kUdp), udpSegment(ipHeader("192.168.1.10", "203.0.113.99", ipv4::kUdp), 1, 2, counting(8)));
  lab.inject("r1:eth1", ethernetFrame(lab.macOf("r1:eth1"), lab.macOf("s1:eth0"), ethernet::kIpv4,
                                      ipDatagram(header, errorMessage({icmp::kUnreachable, icmp::kHostUnreachable, 0}, lie))));
  lab.run("1ms");
  EXPECT_EQ(lab.count("r1", "netfilter.error_about_nothing"), 1u);
  EXPECT_EQ(lab.count("r1", "netfilter.drops"), 2u);
}

// TCP: hosts do not speak it yet, so segments are made by hand.

Raw segment(const ipv4::Header& ip, std::uint16_t from, std::uint16_t to, std::uint16_t flags) {
  tcp::Header header;
  header.sourcePort = from;
  header.destinationPort = to;
  header.sequence = 1000;
  header.acknowledgment = (flags & tcp::kAck) != 0 ? 2000 : 0;
  header.flags = flags;
  Raw bytes(tcp::kHeaderSize);
  store(header, bytes.data());
  ChecksumSum sum;
  sum.add32(ip.source.value);
  sum.add32(ip.destination.value);
  sum.add16(ipv4::kTcp);
  sum.add16(static_cast<std::uint16_t>(bytes.size()));
  sum.add(bytes);
  store16(bytes.data() + 16, sum.checksum());
  return ipDatagram(ip, bytes);
}

/// A TCP conversation that passes r1: "SYN>", "SYN,ACK<" ...; each as flags and whether it is an answer.
void converse(Filtered& lab, std::initializer_list<std::pair<std::uint16_t, bool>> segments) {
  const ipv4::Header there = ipHeader("192.168.1.10", "203.0.113.80", ipv4::kTcp), back = ipHeader("203.0.113.80", "203.0.113.1", ipv4::kTcp);
  for (const auto& [flags, reply] : segments) {
    const char* at = reply ? "r1:eth1" : "r1:eth0";
    const MacAddress from = lab.macOf(reply ? "s1:eth0" : "h1:eth0");
    lab.inject(at, ethernetFrame(lab.macOf(at), from, ethernet::kIpv4, reply ? segment(back, 80, 4000, flags) : segment(there, 4000, 80, flags)));
    lab.run("10ms");
  }
}

TEST(TcpTracking, followsAConnectionFromItsBeginningToItsEnd) {
  constexpr std::uint16_t kSynAck = tcp::kSyn | tcp::kAck, kFinAck = tcp::kFin | tcp::kAck;
  Filtered lab(kMasquerade);
  // The hosts do not hear what they would answer with RST.
  for (const auto& [port, host] : {std::pair(1u, "192.168.1.10"), std::pair(2u, "203.0.113.80")})
    lab.input("r1", EditNeighbour{EditNeighbour::What::Set, InterfaceId{port}, address(host), mac("02:00:00:00:00:77"), arp::Nud::Permanent});
  using netfilter::Tcp;
  const std::tuple<std::uint16_t, bool, Tcp> steps[] = {
      {tcp::kSyn, false, Tcp::SynSent},     {kSynAck, true, Tcp::SynReceived},  {tcp::kAck, false, Tcp::Established},
      {tcp::kAck, true, Tcp::Established},  {kFinAck, false, Tcp::FinWait},     {tcp::kAck, true, Tcp::CloseWait},
      {kFinAck, true, Tcp::LastAck},        {tcp::kAck, false, Tcp::TimeWait},  {tcp::kSyn, false, Tcp::SynSent},
      {tcp::kRst | tcp::kAck, true, Tcp::Close}};
  for (const auto& [flags, reply, state] : steps) {
    converse(lab, {{flags, reply}});
    ASSERT_EQ(lab.connections().size(), 1u);
    EXPECT_EQ(lab.connections()[0].tcp, state) << flags;
  }
  EXPECT_TRUE(lab.connections()[0].has(netfilter::kAssured));
  lab.run("15s");
  EXPECT_TRUE(lab.connections().empty());
  for (const auto& frame : lab.sent("r1:eth1"))  // translated, with a whole checksum
    if (frame.size() >= 54 && frame[23] == ipv4::kTcp) {
      ChecksumSum sum;
      sum.add(ByteView(frame).subspan(26, 8));
      sum.add16(ipv4::kTcp);
      sum.add16(tcp::kHeaderSize);
      sum.add(ByteView(frame).subspan(34, tcp::kHeaderSize));
      EXPECT_EQ(sum.checksum(), 0);
    }
}

TEST(Reject, withAResetLooksAsIfNobodyListened) {
  Filtered lab("table ip f { chain c { type filter hook forward priority 0; tcp dport 80 reject with tcp reset; }; }");
  converse(lab, {{tcp::kSyn, false}});
  lab.run("1s");
  EXPECT_THAT(lab.decisions("r1", "netfilter.reset_sent"), HasSubstr("to=192.168.1.10 port=80"));
  const auto frames = lab.sent("r1:eth0");
  const auto reset = std::find_if(frames.begin(), frames.end(), [](const auto& f) { return f.size() >= 54 && f[23] == ipv4::kTcp; });
  ASSERT_NE(reset, frames.end());
  const auto header = load<tcp::Header>(reset->data() + 34);
  EXPECT_EQ(header.flags, tcp::kRst | tcp::kAck);
  EXPECT_EQ(header.acknowledgment, 1001u);
  EXPECT_EQ(header.sourcePort, 80);
}

TEST(SourceNat, hasOnlySoManyPorts) {
  Filtered lab("table ip nat { chain post { type nat hook postrouting priority 100; udp dport 7 snat to 203.0.113.1:6000-6001; "
               "udp dport 8 snat to 203.0.113.1:7000; }; }");
  for (const std::uint16_t from : std::initializer_list<std::uint16_t>{1, 2, 3}) lab.send("h1", "203.0.113.80", 7, from);
  EXPECT_EQ(lab.connections().size(), 2u);
  EXPECT_THAT(lab.decisions("r1", "netfilter.no_port_free"), HasSubstr("first=6000 last=6001"));
  for (const std::uint16_t from : std::initializer_list<std::uint16_t>{1, 2}) lab.send("h1", "203.0.113.80", 8, from);
  EXPECT_EQ(lab.count("r1", "netfilter.place_taken"), 1u);
}

TEST(Masquerade, needsAnAddressAndTheSameWayOut) {
  Filtered lab(kMasquerade);
  DeviceConfig config = lab.config("r1");
  const auto addresses = std::exchange(config.interfaces[2].addresses, {});
  route::Route out;
  out.port = InterfaceId{2};
  config.routes.push_back(out);
  lab.reconfigure("r1", config);
  lab.send("h1", "203.0.113.80", 7);
  EXPECT_THAT(lab.decisions("r1", "netfilter.no_address"), HasSubstr("port=eth1"));
  config.interfaces[2].addresses = addresses;
  lab.reconfigure("r1", config);
  lab.send("h1", "203.0.113.80", 7);
  route::Route elsewhere;
  elsewhere.prefix = prefix("203.0.113.80/32");
  elsewhere.via = test::address("192.168.1.11");
  elsewhere.port = InterfaceId{1};
  config.routes.push_back(elsewhere);
  lab.reconfigure("r1", config);
  lab.send("h1", "203.0.113.80", 7);
  EXPECT_THAT(lab.decisions("r1", "netfilter.way_changed"), HasSubstr("before=eth1 now=eth0"));
}

TEST(Tracking, hasRoomForSoManyConnections) {
  Filtered lab(kMasquerade);
  DeviceConfig config = lab.config("r1");
  config.knobs.tracking.most = 2;
  lab.reconfigure("r1", config);
  for (const std::uint16_t from : std::initializer_list<std::uint16_t>{1, 2, 3}) lab.send("h1", "203.0.113.80", 7, from);
  EXPECT_EQ(lab.connections().size(), 2u);
  EXPECT_THAT(lab.decisions("r1", "netfilter.table_full"), HasSubstr("most=2"));
}

}  // namespace
}  // namespace hw::test
