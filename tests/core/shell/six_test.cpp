// The terminal in IPv6: addresses, routes, neighbours, knobs, tunnels, ping.
#include <gtest/gtest.h>

#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

/// h1 - r1 - h2 with IPv6 beside IPv4; the addresses of the links are checked.
struct Six : testing::Test {
  Terminal terminal{vethPair()};

  Six() {
    for (const char* line : {"ip addr add 2001:db8:1::1/64 dev eth0", "ip -6 route add default via 2001:db8:1::ff"}) terminal.type("h1", line);
    for (const char* line : {"ip addr add 2001:db8:1::ff/64 dev eth0", "ip addr add 2001:db8:2::ff/64 dev eth1",
                             "sysctl -qw net.ipv6.conf.all.forwarding=1"})
      terminal.type("r1", line);
    for (const char* line : {"ip addr add 2001:db8:2::2/64 dev eth0", "ip route add default via 2001:db8:2::ff dev eth0"}) terminal.type("h2", line);
    terminal.type("h1", "sleep 3");
  }
};

TEST_F(Six, pingTellsWhatLinuxTells) {
  EXPECT_EQ(terminal.type("h1", "ping -c 1 2001:db8:2::2 | head -n 1"), "PING 2001:db8:2::2(2001:db8:2::2) 56 data bytes\n");
  EXPECT_NE(terminal.type("h1", "ping -6 -c 1 -I eth0 h2").find("PING h2(2001:db8:2::2) from 2001:db8:1::1 eth0: 56 data bytes"), std::string::npos);
  EXPECT_EQ(terminal.type("h1", "ping -c 1 fe80::1%eth7"), "ping: fe80::1%eth7: Name or service not known\n");
  EXPECT_EQ(terminal.exitCode, 2);
  EXPECT_EQ(terminal.type("h1", "ping -6 -c 1 192.0.2.1"), "ping: 192.0.2.1: Address family for hostname not supported\n");
  EXPECT_EQ(terminal.type("r1", "ping -c 1 2001:db8:7::1"), "ping: connect: Network is unreachable\n");
}

TEST_F(Six, addressesAreListedTheYoungestFirst) {
  terminal.type("h1", "ip -6 addr add 2001:db8:1::5/64 dev eth0 nodad");
  EXPECT_EQ(terminal.type("h1", "ip -6 addr show dev eth0 | grep inet6"),
            "    inet6 2001:db8:1::5/64 scope global nodad \n"
            "    inet6 2001:db8:1::1/64 scope global \n"
            "    inet6 fe80::ff:fe01:1/64 scope link \n");
  EXPECT_EQ(terminal.type("h1", "ip addr add 2001:db8:1::5/64 dev eth0"), "Error: ipv6: address already assigned.\n");
  EXPECT_EQ(terminal.exitCode, 2);
  terminal.type("h1", "ip addr del 2001:db8:1::5/64 dev eth0");
  EXPECT_EQ(terminal.type("h1", "ip addr del 2001:db8:1::5/64 dev eth0"), "Error: ipv6: address not found.\n");
  EXPECT_EQ(terminal.type("h1", "ip -6 addr | grep -c inet6"), "3\n");  // ::1 too
}

TEST_F(Six, routesAreListedAndAsked) {
  terminal.type("h1", "ip -6 route add unreachable 2001:db8:a::/48");
  EXPECT_EQ(terminal.type("h1", "ip -6 route"),
            "2001:db8:1::/64 dev eth0 proto kernel metric 256 pref medium\n"
            "unreachable 2001:db8:a::/48 dev lo metric 1024 pref medium\n"
            "fe80::/64 dev eth0 proto kernel metric 256 pref medium\n"
            "default via 2001:db8:1::ff dev eth0 metric 1024 pref medium\n");
  EXPECT_EQ(terminal.type("h1", "ip route get 2001:db8:2::2"),
            "2001:db8:2::2 from :: via 2001:db8:1::ff dev eth0 src 2001:db8:1::1 metric 1024 pref medium\n");
  EXPECT_EQ(terminal.type("h1", "ip route get 2001:db8:a::1"), "RTNETLINK answers: No route to host\n");
  EXPECT_EQ(terminal.type("h1", "ip -6 route add default via 2001:db8:1::ff"), "RTNETLINK answers: File exists\n");
  EXPECT_EQ(terminal.type("h1", "ip -6 route add 2001:db8:b::/48 via 2001:db8:7::1"), "RTNETLINK answers: No route to host\n");
  EXPECT_EQ(terminal.type("h1", "ip -6 route del 2001:db8:c::/48"), "RTNETLINK answers: No such process\n");
  EXPECT_EQ(terminal.type("h1", "ip -6 route show table local | head -n 1"), "local ::1 dev lo proto kernel metric 0 pref medium\n");
}

TEST_F(Six, neighboursAreListedSetAndForgotten) {
  terminal.type("h1", "ping -c 1 2001:db8:1::ff");
  const std::string shown = terminal.type("h1", "ip -6 neigh");
  EXPECT_EQ(shown.find("2001:db8:1::ff dev eth0 lladdr "), 0u) << shown;
  EXPECT_NE(shown.find(" router REACHABLE"), std::string::npos) << shown;
  EXPECT_EQ(terminal.type("h1", "ip -6 neigh add 2001:db8:1::77 dev eth0"), "Error: No link layer address given.\n");
  terminal.type("h1", "ip neigh add 2001:db8:1::77 lladdr 02:00:00:00:00:77 dev eth0");
  EXPECT_NE(terminal.type("h1", "ip neigh").find("2001:db8:1::77 dev eth0 lladdr 02:00:00:00:00:77 PERMANENT"), std::string::npos);
  terminal.type("h1", "ip -6 neigh del 2001:db8:1::77 dev eth0");
  terminal.type("h1", "ip -6 neigh flush dev eth0");
  EXPECT_EQ(terminal.type("h1", "ip -6 neigh"), "");
}

TEST_F(Six, knobsTurnIpv6OnAndOff) {
  EXPECT_EQ(terminal.type("h1", "sysctl -n net.ipv6.conf.eth0.disable_ipv6"), "0\n");
  EXPECT_EQ(terminal.type("r1", "sysctl net.ipv6.conf.all.forwarding"), "net.ipv6.conf.all.forwarding = 1\n");
  terminal.type("h1", "sysctl -w net.ipv6.conf.eth0.disable_ipv6=1");
  EXPECT_EQ(terminal.type("h1", "ip -6 addr show dev eth0"), "");
  EXPECT_EQ(terminal.type("h1", "ping -c 1 2001:db8:2::2"), "ping: connect: Network is unreachable\n");
  EXPECT_EQ(terminal.type("h1", "sysctl -w net.ipv6.conf.all.hop_limit=0"), "sysctl: setting key \"net.ipv6.conf.all.hop_limit\": Invalid argument\n");
  EXPECT_NE(terminal.type("h1", "sysctl -w net.ipv6.conf.all.accept_ra=1").find("not built here"), std::string::npos);
  EXPECT_NE(terminal.type("h1", "sysctl net.ipv6.conf.eth9.forwarding").find("cannot stat"), std::string::npos);
}

TEST_F(Six, aSitTunnelSpeaksIpv6FromTheStart) {
  EXPECT_EQ(terminal.type("h1", "ip link add sit1 type sit local 192.0.2.10 remote 198.51.100.10"), "");
  EXPECT_EQ(terminal.type("h1", "ip link set sit1 up"), "");
  EXPECT_EQ(terminal.type("h1", "ip -6 addr show dev sit1 | grep inet6"), "    inet6 fe80::c000:20a/64 scope link \n");
  EXPECT_EQ(terminal.type("h1", "ip tunnel"), "sit1: ipv6/ip remote 198.51.100.10 local 192.0.2.10 ttl inherit\n");
}

}  // namespace
}  // namespace hw::test
