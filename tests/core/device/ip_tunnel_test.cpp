// Tunnels in IPv4: GRE (RFC 2784, 2890) and IP in IP (RFC 2003) between two routers.
#include <gtest/gtest.h>

#include "core/proto/gre/gre_wire.h"
#include "core/proto/tunnel/tunnel.h"
#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

using tunnel::Mode;

/// h1 - r1 = r2 - h2, where the hosts' networks know of each other through a tunnel between the routers alone.
struct IpTunnel : testing::Test {
  Lab lab{R"(
    host h1 eth0 10.1.0.10/24
    router r1 lan 10.1.0.1/24 wan 192.0.2.1/24
    router r2 wan 192.0.2.2/24 lan 10.2.0.1/24
    host h2 eth0 10.2.0.10/24
    link h1:eth0 r1:lan veth
    link r1:wan r2:wan veth
    link r2:lan h2:eth0 veth
    route h1 default via 10.1.0.1
    route h2 default via 10.2.0.1)"};

  void add(const char* device, const char* local, const char* remote, const char* inside, const char* to,
           const std::function<void(tunnel::Config&)>& change) {
    DeviceConfig config = lab.config(device);
    InterfaceConfig mouth;
    mouth.name = "tun";
    mouth.medium = Medium::Veth;
    mouth.mac = mac(device[1] == '1' ? "02:00:00:00:77:01" : "02:00:00:00:77:02");
    mouth.addresses = {prefix(inside)};
    tunnel::Config& tunnel = mouth.tunnel.emplace();
    tunnel.local = address(local);
    tunnel.remote = address(remote);
    tunnel.ttl = 64;
    change(tunnel);
    mouth.kind = tunnel.mode == Mode::Gretap ? InterfaceKind::Gretap : InterfaceKind::Tunnel;
    mouth.mtu = 1500 - tunnel.overhead() - (tunnel.mode == Mode::Gretap ? 14 : 0);
    config.interfaces.push_back(mouth);
    route::Route way;
    way.prefix = prefix(to);
    way.port = InterfaceId{static_cast<std::uint32_t>(config.interfaces.size() - 1)};
    if (tunnel.mode == Mode::Gretap) way.via = address(device[1] == '1' ? "10.9.0.2" : "10.9.0.1");
    config.routes.push_back(way);
    lab.reconfigure(device, config);
  }
  void addBoth(const std::function<void(tunnel::Config&)>& change) {
    add("r1", "192.0.2.1", "192.0.2.2", "10.9.0.1/30", "10.2.0.0/24", change);
    add("r2", "192.0.2.2", "192.0.2.1", "10.9.0.2/30", "10.1.0.0/24", change);
  }
  static process::Ping ofSize(std::uint32_t size, socket::PathMtu pathMtu = socket::PathMtu::Want) {
    process::Ping program = ping("10.2.0.10");
    program.options.size = size;
    program.options.pathMtu = pathMtu;
    return program;
  }
  int pings(std::uint32_t size = 56, socket::PathMtu pathMtu = socket::PathMtu::Want) {
    const ProcessId id = lab.start("h1", ofSize(size, pathMtu));
    lab.run("2s");
    return lab.exitCode("h1", id).value_or(-1);
  }
  /// A carrier of this protocol with these bytes for r2, as if r1 had sent it.
  void hear(std::uint8_t protocol, const Raw& bytes, const char* from = "192.0.2.1") {
    const ipv4::Header ip = ipHeader(from, "192.0.2.2", protocol);
    lab.inject("r2:wan", ethernetFrame(lab.macOf("r2:wan"), lab.macOf("r1:wan"), ethernet::kIpv4, ipDatagram(ip, bytes)));
    lab.run("1ms");
  }
  Raw carrier() const { return ipOnly(lab.sent("r1:wan")).at(0); }
};

TEST_F(IpTunnel, GreTakesFourBytesAndTheCarriersHeader) {
  addBoth([](tunnel::Config&) {});
  EXPECT_EQ(pings(), 0);
  const Raw out = carrier();
  EXPECT_EQ(out.size(), 14u + 24 + 84);
  EXPECT_EQ(ipOf(out).protocol, ipv4::kGre);
  EXPECT_EQ(ipOf(out).source, address("192.0.2.1"));
  EXPECT_TRUE(ipOf(out).dontFragment);
  EXPECT_EQ(Raw(out.begin() + 34, out.begin() + 38), (Raw{0, 0, 8, 0}));
  EXPECT_EQ(load<ipv4::Header>(out.data() + 38).ttl, 63);  // the tunnel is one hop
  for (const auto& [what, bytes] : lab.tapped) EXPECT_EQ(lab.journal.frame(what.id).toVector(), bytes);
}

TEST_F(IpTunnel, IpInIpTakesNothingButTheCarriersHeader) {
  addBoth([](tunnel::Config& tunnel) { tunnel.mode = Mode::Ipip; });
  EXPECT_EQ(pings(), 0);
  EXPECT_EQ(carrier().size(), 14u + 20 + 84);
  EXPECT_EQ(ipOf(carrier()).protocol, ipv4::kIpip);
}

TEST_F(IpTunnel, GretapCarriesWholeFrames) {
  addBoth([](tunnel::Config& tunnel) { tunnel.mode = Mode::Gretap; });
  EXPECT_EQ(pings(), 0);
  const auto out = ipOnly(lab.sent("r1:wan"));
  EXPECT_EQ(load16(out.at(0).data() + 36), gre::kBridged);
  EXPECT_EQ(load16(out.at(0).data() + 38 + 12), ethernet::kArp);  // first somebody asks by ARP, inside
}

TEST_F(IpTunnel, KeysChecksumsAndSequenceNumbersStandInTheHeader) {
  addBoth([](tunnel::Config& tunnel) {
    tunnel.inKey = tunnel.outKey = 7;
    tunnel.inChecksum = tunnel.outChecksum = tunnel.inSequence = tunnel.outSequence = true;
  });
  EXPECT_EQ(pings(), 0);
  EXPECT_EQ(pings(), 0);
  const auto out = ipOnly(lab.sent("r1:wan"));
  const ByteView second = ByteView(out.at(1)).subspan(34);
  EXPECT_EQ(load16(second.data()), 0xB000);
  EXPECT_EQ(internetChecksum(second), 0);
  EXPECT_EQ(load32(second.data() + 8), 7u);
  EXPECT_EQ(load32(second.data() + 12), 1u);
}

TEST_F(IpTunnel, TheCarriersTimeToLiveAndServiceCanBeThePassengers) {
  addBoth([](tunnel::Config& tunnel) { tunnel.ttl = 0, tunnel.inheritTos = true; });
  process::Ping program = ping("10.2.0.10");
  program.options.ttl = 9;
  program.options.tos = 0x28;
  lab.start("h1", program);
  lab.run("2s");
  EXPECT_EQ(ipOf(carrier()).ttl, 8);
  EXPECT_EQ(ipOf(carrier()).tos, 0x28);
}

TEST_F(IpTunnel, ThePassengersSenderHearsHowMuchFits) {
  addBoth([](tunnel::Config&) {});
  for (const char* end : {"r1:wan", "r2:wan"}) {
    const std::string device(end, 2);
    DeviceConfig config = lab.config(device);
    config.interfaces[lab.end(end).port.value].mtu = 1000;
    lab.reconfigure(device, config);
  }
  EXPECT_EQ(pings(1200, socket::PathMtu::Do), 1);
  EXPECT_NE(lab.decisions("r1", "tunnel.too").find("size=1228 mtu=976 remote=192.0.2.2"), std::string::npos);
  EXPECT_EQ(pings(1200, socket::PathMtu::Dont), 0);  // may be cut, inside or outside
}

TEST_F(IpTunnel, ATunnelThatLeadsIntoItselfIsNoWay) {
  add("r1", "192.0.2.1", "10.2.0.1", "10.9.0.1/30", "10.2.0.0/24", [](tunnel::Config&) {});
  EXPECT_NE(pings(), 0);
  EXPECT_GE(lab.count("r1", "tunnel.leads_into_itself"), 1u);
}

TEST_F(IpTunnel, ATunnelWithoutAFarEndSendsNothing) {
  addBoth([](tunnel::Config& tunnel) { tunnel.remote = {}; });
  EXPECT_NE(pings(), 0);
  EXPECT_EQ(lab.count("r1", "tunnel.no_remote"), 1u);
}

TEST_F(IpTunnel, FramesOfOtherTypesAreNotCarried) {
  addBoth([](tunnel::Config&) {});
  process::Arping asks;
  asks.options.target = address("10.9.0.2");
  asks.options.device = "tun";
  asks.options.count = 1;
  lab.start("r1", asks);
  lab.run("2s");
  EXPECT_GE(lab.count("r1", "tunnel.not_carried"), 1u);
}

TEST_F(IpTunnel, WhatIsNoHeaderOfOursIsDropped) {
  addBoth([](tunnel::Config&) {});
  hear(ipv4::kGre, {0, 0});                             // cut
  hear(ipv4::kGre, {0, 1, 8, 0});                       // version 1
  hear(ipv4::kGre, {0x40, 0, 8, 0, 0, 0, 0, 0});        // source routes
  hear(ipv4::kGre, {0x20, 0, 8, 0, 0, 0});              // a key that is cut
  EXPECT_EQ(lab.count("r2", "tunnel.bad_header"), 4u);
}

TEST_F(IpTunnel, ATunnelThatNobodyHasIsTold) {
  addBoth([](tunnel::Config&) {});
  hear(ipv4::kGre, {0x20, 0, 8, 0, 0, 0, 0, 9, 0x45});  // another key
  EXPECT_EQ(lab.keys("r2", "tunnel."), "tunnel.no_tunnel");
  lab.run("1s");
  const Raw told = ipOnly(lab.sent("r2:wan")).at(0);
  EXPECT_EQ(told[34], icmp::kUnreachable);
  EXPECT_EQ(told[35], icmp::kPortUnreachable);
}

TEST_F(IpTunnel, AChecksumIsWantedOrNot) {
  addBoth([](tunnel::Config&) {});
  hear(ipv4::kGre, {0x80, 0, 8, 0, 0x77, 0xFF, 0, 0});  // right, but nobody wants one
  hear(ipv4::kGre, {0x80, 0, 8, 0, 0x12, 0x34, 0, 0});  // wrong
  EXPECT_EQ(lab.count("r2", "tunnel.checksum_wrong"), 2u);
}

TEST_F(IpTunnel, WhatIsOlderThanWhatHasComeIsDropped) {
  addBoth([](tunnel::Config& tunnel) { tunnel.inSequence = tunnel.outSequence = true; });
  const auto numbered = [](std::uint8_t number) { return Raw{0x10, 0, 8, 0, 0, 0, 0, number, 0x45}; };
  hear(ipv4::kGre, numbered(5));
  hear(ipv4::kGre, numbered(4));
  hear(ipv4::kGre, numbered(6));
  hear(ipv4::kGre, {0, 0, 8, 0, 0x45});  // none at all
  EXPECT_EQ(lab.keys("r2", "tunnel."), "tunnel.unwrapped tunnel.out_of_order tunnel.unwrapped tunnel.out_of_order");
}

TEST_F(IpTunnel, WithoutATunnelNothingSpeaksTheProtocol) {
  hear(ipv4::kGre, {0, 0, 8, 0, 0x45});
  EXPECT_EQ(lab.count("r2", "ipv4.unknown_protocol"), 1u);
}

TEST_F(IpTunnel, TheMouthLearnsThePathOfTheCarrier) {
  addBoth([](tunnel::Config&) {});
  // A router on the way says that the carrier does not fit: the next passenger's sender hears of it.
  EXPECT_EQ(pings(1400, socket::PathMtu::Do), 0);
  Raw quoted = carrier();
  quoted.erase(quoted.begin(), quoted.begin() + 14);
  quoted.resize(60);
  Raw message{3, 4, 0, 0, 0, 0, 0x03, 0xE8};  // MTU 1000
  message.insert(message.end(), quoted.begin(), quoted.end());
  store16(message.data() + 2, internetChecksum(message));
  const ipv4::Header ip = ipHeader("192.0.2.2", "192.0.2.1", ipv4::kIcmp);
  lab.inject("r1:wan", ethernetFrame(lab.macOf("r1:wan"), lab.macOf("r2:wan"), ethernet::kIpv4, ipDatagram(ip, message)));
  lab.run("1ms");
  EXPECT_EQ(pings(1400, socket::PathMtu::Do), 1);
  EXPECT_EQ(lab.count("r1", "tunnel.too_large"), 1u);
}

}  // namespace
}  // namespace hw::test
