// IPv6 in tunnels: sit (RFC 4213) and GRE between two machines that are joined by IPv4 alone.
#include <gtest/gtest.h>

#include "core/proto/gre/gre_wire.h"
#include "core/proto/ipv6/ipv6_wire.h"
#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

using tunnel::Mode;

struct SixTunnel : testing::Test {
  Lab lab{R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    link h1:eth0 h2:eth0 veth)"};

  void add(const char* device, Mode mode, const char* local, const char* remote, const char* inside) {
    DeviceConfig config = lab.config(device);
    InterfaceConfig mouth;
    mouth.name = "tun6";
    mouth.kind = InterfaceKind::Tunnel;
    mouth.medium = Medium::Veth;
    mouth.tunnel.emplace();
    mouth.tunnel->mode = mode;
    mouth.tunnel->local = address(local);
    mouth.tunnel->remote = address(remote);
    mouth.mtu = 1500 - mouth.tunnel->overhead();
    config.interfaces.push_back(mouth);
    enableSix(config, InterfaceId{2});
    config.interfaces[2].six->addresses.push_back({*Ipv6Prefix::parse(inside), true});
    lab.reconfigure(device, config);
  }
  void join(Mode mode) {
    add("h1", mode, "192.0.2.1", "192.0.2.2", "2001:db8:9::1/64");
    add("h2", mode, "192.0.2.2", "192.0.2.1", "2001:db8:9::2/64");
  }
  int pings(const char* to, std::uint32_t size = 56) {
    process::Ping program;
    program.options.target = to;
    program.options.six = *Ipv6Address::parse(to);
    program.options.zone = "tun6";
    program.options.count = 1;
    program.options.size = size;
    program.options.ttl = 0;
    const ProcessId id = lab.start("h1", program);
    lab.run("2s");
    return lab.exitCode("h1", id).value_or(-1);
  }
};

TEST_F(SixTunnel, SitCarriesDatagramsBehindTheIpv4HeaderAlone) {
  join(Mode::Sit);
  EXPECT_EQ(pings("2001:db8:9::2"), 0) << lab.printed("h1");
  const auto sent = ipOnly(lab.sent("h1:eth0"));
  ASSERT_FALSE(sent.empty());
  EXPECT_EQ(ipOf(sent[0]).protocol, ipv4::kIpv6);
  EXPECT_EQ(sent[0].size(), 14u + 20 + 40 + 64);
  EXPECT_EQ(load<ipv6::Header>(sent[0].data() + 34).destination.text(), "2001:db8:9::2");
  // No link-layer address, so nobody is asked for anything.
  EXPECT_EQ(lab.keys("h1", "nd."), "");
}

TEST_F(SixTunnel, TheMouthHasALinkLocalAddressOfItsIpv4Address) {
  join(Mode::Sit);
  EXPECT_EQ(pings("fe80::c000:202"), 0) << lab.printed("h1");
}

TEST_F(SixTunnel, GreCarriesIpv6BesidesIpv4) {
  join(Mode::Gre);
  EXPECT_EQ(pings("2001:db8:9::2"), 0) << lab.printed("h1");
  const auto sent = ipOnly(lab.sent("h1:eth0"));
  ASSERT_FALSE(sent.empty());
  EXPECT_EQ(load<gre::Header>(sent[0].data() + 34).protocol, ethernet::kIpv6);
  EXPECT_EQ(pings("fe80::5efe:c000:202"), 0) << lab.printed("h1");
}

TEST_F(SixTunnel, IpInIpCarriesNoIpv6) {
  join(Mode::Ipip);
  EXPECT_NE(pings("2001:db8:9::2"), 0);
  EXPECT_GE(lab.count("h1", "tunnel.not_carried"), 1u);
}

TEST_F(SixTunnel, WhatDoesNotFitIsCutAtTheSource) {
  join(Mode::Sit);
  EXPECT_EQ(pings("2001:db8:9::2", 2000), 0) << lab.printed("h1");
  for (const Raw& frame : ipOnly(lab.sent("h1:eth0"))) EXPECT_FALSE(ipOf(frame).isFragment());
  EXPECT_EQ(lab.count("h2", "ipv6.fragment_complete"), 1u);
}

}  // namespace
}  // namespace hw::test
