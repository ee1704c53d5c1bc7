// VXLAN: frames in datagrams, tables of endpoints, networks kept apart (RFC 7348).
#include "core/proto/vxlan/vxlan.h"

#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kThree = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  host h3 eth0 192.0.2.3/24
  bridge sw
  link h1:eth0 sw:p1 veth
  link h2:eth0 sw:p2 veth
  link h3:eth0 sw:p3 veth)";

/// Three endpoints on one underlay.
struct Overlay : testing::Test {
  explicit Overlay(const std::string& network = kThree) : lab(network) {}
  Lab lab;
  void add(const char* device, const char* inner, std::vector<const char*> remotes, std::uint32_t vni = 10) {
    DeviceConfig config = lab.config(device);
    InterfaceConfig tunnel;
    tunnel.name = "vxlan" + std::to_string(vni);
    tunnel.kind = InterfaceKind::Vxlan;
    tunnel.medium = Medium::Veth;
    tunnel.mac = {0x02000000A000u + static_cast<std::uint64_t>(device[1] - '0')};
    tunnel.mtu = 1450;
    tunnel.addresses = {prefix(inner)};
    tunnel.vxlan.emplace();
    tunnel.vxlan->vni = vni;
    for (const char* remote : remotes) tunnel.vxlan->remotes.push_back(address(remote));
    tunnel.vxlan->lower = InterfaceId{1};
    config.interfaces.push_back(tunnel);
    lab.reconfigure(device, config);
  }
  void addAll() {
    add("h1", "10.0.0.1/24", {"192.0.2.2", "192.0.2.3"});
    add("h2", "10.0.0.2/24", {"192.0.2.1", "192.0.2.3"});
    add("h3", "10.0.0.3/24", {"192.0.2.1", "192.0.2.2"});
  }
  int pings(const char* from, const char* to) {
    const ProcessId id = lab.start(from, ping(to));
    lab.run("2s");
    return lab.exitCode(from, id).value_or(-1);
  }
  /// A datagram to h2's endpoint with these bytes in it, as h1 would send it.
  void hear(const Raw& bytes) {
    const ipv4::Header ip = ipHeader("192.0.2.1", "192.0.2.2", ipv4::kUdp);
    lab.inject("h2:eth0", ethernetFrame(lab.macOf("h2:eth0"), lab.macOf("h1:eth0"), ethernet::kIpv4,
                                        ipDatagram(ip, udpSegment(ip, 40000, vxlan::kPort, bytes))));
    lab.run("1ms");
  }
  static Raw wrapped(std::uint32_t vni, const Raw& frame, std::uint16_t flags = vxlan::kValidVni) {
    vxlan::Header header;
    header.flags = flags;
    header.vni = vni;
    return encoded(header) + frame;
  }
};

TEST_F(Overlay, UnknownFramesGoToAllEndpointsKnownOnesToOne) {
  addAll();
  EXPECT_EQ(pings("h1", "10.0.0.2"), 0);
  EXPECT_EQ(lab.count("h1", "vxlan.flooded"), 2u);        // the question, to both
  EXPECT_EQ(lab.count("h1", "vxlan.sent_to_known"), 1u);  // the echo request
  EXPECT_EQ(lab.count("h3", "vxlan.unwrapped"), 1u);
  const Raw outer = lab.sent("h1:eth0").back();
  EXPECT_EQ(outer.size(), 98u + vxlan::kOverhead);
  EXPECT_FALSE(ipOf(outer).dontFragment);
  EXPECT_EQ(load16(outer.data() + 36), vxlan::kPort);
  for (const auto& [what, bytes] : lab.tapped) EXPECT_EQ(lab.journal.frame(what.id).toVector(), bytes);
}

TEST_F(Overlay, BothDirectionsOfAFlowHaveOneSourcePort) {
  addAll();
  pings("h1", "10.0.0.2");
  const auto port = [&](const char* at) { return load16(lab.sent(at).back().data() + 34); };
  EXPECT_EQ(port("h1:eth0"), port("h2:eth0"));
  EXPECT_GE(port("h1:eth0"), 32768);
}

TEST_F(Overlay, NetworksAreKeptApart) {
  add("h1", "10.0.0.1/24", {"192.0.2.2"}, 10);
  add("h2", "10.0.0.2/24", {"192.0.2.1"}, 20);
  EXPECT_NE(pings("h1", "10.0.0.2"), 0);
  EXPECT_GE(lab.count("h2", "vxlan.unknown_vni"), 1u);
}

TEST_F(Overlay, AMachineThatMovesIsFoundBehindItsNewEndpoint) {
  addAll();
  const MacAddress machine = mac("02:00:00:00:00:77");
  const Raw hello = ethernetFrame(MacAddress::broadcast(), machine, 0x88B5, counting(46));
  const auto from = [&](const char* remote) {
    const ipv4::Header ip = ipHeader(remote, "192.0.2.2", ipv4::kUdp);
    lab.inject("h2:eth0", ethernetFrame(lab.macOf("h2:eth0"), mac("02:00:00:00:99:99"), ethernet::kIpv4,
                                        ipDatagram(ip, udpSegment(ip, 40000, vxlan::kPort, wrapped(10, hello)))));
    lab.run("1ms");
    return lab.state("h2").vxlans.at(0).table.find(machine)->remote;
  };
  EXPECT_EQ(from("192.0.2.1"), address("192.0.2.1"));
  EXPECT_EQ(from("192.0.2.3"), address("192.0.2.3"));
  EXPECT_EQ(lab.count("h2", "vxlan.moved"), 1u);
  lab.run("301s");
  EXPECT_GE(lab.count("h2", "vxlan.aged_out"), 1u);
  EXPECT_EQ(lab.state("h2").vxlans.at(0).table.find(machine), nullptr);
}

TEST_F(Overlay, WhatIsNoVxlanOrOurOwnIsDropped) {
  add("h2", "10.0.0.2/24", {"192.0.2.1"});
  hear(counting(4));
  hear(wrapped(10, counting(60), 0));
  hear(wrapped(10, counting(4)));
  EXPECT_EQ(lab.count("h2", "vxlan.bad_header"), 3u);
  hear(wrapped(10, ethernetFrame(MacAddress::broadcast(), mac("02:00:00:00:a0:02"), 0x88B5, counting(46))));
  EXPECT_EQ(lab.count("h2", "vxlan.own_frame"), 1u);
}

TEST_F(Overlay, WithoutARemoteAFrameGoesNowhere) {
  add("h1", "10.0.0.1/24", {});
  EXPECT_NE(pings("h1", "10.0.0.2"), 0);
  EXPECT_GE(lab.count("h1", "vxlan.no_remote"), 1u);
}

TEST_F(Overlay, ATunnelThatLeadsIntoItselfIsCut) {
  add("h1", "10.0.0.1/24", {"10.0.0.9"});
  DeviceConfig config = lab.config("h1");
  config.interfaces[2].vxlan->lower = InterfaceId{};
  config.neighbours.push_back({InterfaceId{2}, address("10.0.0.9"), mac("02:00:00:00:00:99")});
  lab.reconfigure("h1", config);
  lab.start("h1", ping("10.0.0.9"));
  EXPECT_EQ(lab.count("h1", "vxlan.too_deep"), 1u);
}

TEST_F(Overlay, AnEndpointMayBeEnteredByHand) {
  add("h1", "10.0.0.1/24", {});
  add("h2", "10.0.0.2/24", {"192.0.2.1"});
  DeviceConfig config = lab.config("h1");
  config.interfaces[2].vxlan->fixed.push_back({mac("02:00:00:00:a0:02"), address("192.0.2.2")});
  config.neighbours.push_back({InterfaceId{2}, address("10.0.0.2"), mac("02:00:00:00:a0:02")});
  lab.reconfigure("h1", config);
  EXPECT_EQ(pings("h1", "10.0.0.2"), 0);
  EXPECT_EQ(lab.count("h1", "vxlan.learned"), 0u);
}

TEST_F(Overlay, AGroupIsJoinedWhileTheInterfaceIsUp) {
  add("h1", "10.0.0.1/24", {"239.1.1.1"});
  add("h2", "10.0.0.2/24", {"239.1.1.1"});
  EXPECT_EQ(pings("h1", "10.0.0.2"), 0);
  EXPECT_TRUE(lab.state("h1").igmp.isMember(InterfaceId{1}, address("239.1.1.1")));
  DeviceConfig config = lab.config("h1");
  config.interfaces[2].up = false;
  lab.reconfigure("h1", config);
  EXPECT_FALSE(lab.state("h1").igmp.isMember(InterfaceId{1}, address("239.1.1.1")));
}

/// A machine behind a bridge that a tunnel prolongs to h2.
struct Prolonged : Overlay {
  Prolonged() : Overlay(std::string(kThree) + "\n  host h4 eth0 10.0.0.4/24\n  link h4:eth0 h1:p1 veth") {
    add("h1", "10.0.9.1/24", {"192.0.2.2"});
    add("h2", "10.0.0.2/24", {"192.0.2.1"});
    DeviceConfig config = lab.config("h1");
    InterfaceConfig bridge;
    bridge.name = "br0";
    bridge.kind = InterfaceKind::Bridge;
    bridge.mac = {0x02000000B001u};
    bridge.bridge.emplace();
    config.interfaces.push_back(bridge);
    const InterfaceId at{static_cast<std::uint32_t>(config.interfaces.size() - 1)};
    for (const char* port : {"p1", "vxlan10"}) {
      config.interfaces[config.interfaceNamed(port)->value].master = at;
      config.interfaces[at.value].bridge->ports.push_back(*config.interfaceNamed(port));
    }
    config.interfaces[config.interfaceNamed("vxlan10")->value].addresses.clear();
    lab.reconfigure("h1", config);
  }
  int pingsWith(std::uint32_t size, socket::PathMtu pathMtu) {
    process::Ping program = ping("10.0.0.2");
    program.options.size = size;
    program.options.pathMtu = pathMtu;
    const ProcessId id = lab.start("h4", program);
    lab.run("2s");
    return lab.exitCode("h4", id).value_or(-1);
  }
};

TEST_F(Prolonged, TheSenderOfADatagramThatTheTunnelCannotCarryIsTold) {
  EXPECT_EQ(pingsWith(1422, socket::PathMtu::Do), 0);
  EXPECT_EQ(pingsWith(1424, socket::PathMtu::Do), 1);
  EXPECT_EQ(lab.decisions("h1", "vxlan.too_large"),
            "2000 vxlan.too_large_for_path size=1452 remote=192.0.2.2 mtu=1450 src=10.0.0.4 dst=10.0.0.2\n");
  const auto out = ipOnly(lab.sent("h1:p1"));
  ASSERT_FALSE(out.empty());
  const Raw told = out.back();
  EXPECT_EQ(ipOf(told).source, address("10.0.0.2"));  // nobody but the bridge has said it
  EXPECT_EQ(told[34], icmp::kUnreachable);
  EXPECT_EQ(load16(told.data() + 40), 1450);
}

TEST_F(Prolonged, BeyondTheSlackOfABridgeAFrameVanishesSilently) {
  EXPECT_NE(pingsWith(1427, socket::PathMtu::Do), 0);
  EXPECT_EQ(lab.count("h1", "vxlan.too_large"), 0u);
  EXPECT_EQ(lab.count("h1", "bridge.too_big"), 1u);
}

TEST_F(Prolonged, WhatMayBeCutIsCutOutside) {
  EXPECT_EQ(pingsWith(1424, socket::PathMtu::Dont), 0);
  EXPECT_EQ(lab.count("h1", "vxlan.too_large"), 0u);
}

}  // namespace
}  // namespace hw::test
