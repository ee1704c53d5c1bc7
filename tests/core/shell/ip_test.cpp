// The golden texts are those of iproute2 6.1.
#include <gtest/gtest.h>

#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

TEST(IpRoute, showsAddsAndRefusesAsLinuxDoes) {
  Terminal t(vethPair());
  const std::pair<const char*, const char*> cases[] = {
      {"ip route", "default via 192.0.2.1 dev eth0 \n192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.10 \n"},
      {"ip r s default", "default via 192.0.2.1 dev eth0 \n"},
      {"ip route show dev eth0", "default via 192.0.2.1 \n192.0.2.0/24 proto kernel scope link src 192.0.2.10 \n"},
      {"ip route get 198.51.100.10", "198.51.100.10 via 192.0.2.1 dev eth0 src 192.0.2.10 uid 0 \n    cache \n"},
      {"ip route get 192.0.2.10", "local 192.0.2.10 dev lo src 192.0.2.10 uid 0 \n    cache <local> \n"},
      {"ip route get 192.0.2.255", "broadcast 192.0.2.255 dev eth0 src 192.0.2.10 uid 0 \n    cache <local,brd> \n"},
      {"ip route add default via 192.0.2.7", "RTNETLINK answers: File exists\n"},
      {"ip route add 203.0.113.0/24 via 198.51.100.10", "Error: Nexthop has invalid gateway.\n"},
      {"ip route add 203.0.113.1/24 dev eth0", "Error: Invalid prefix for given prefix length.\n"},
      {"ip route add 203.0.113.0/33 dev eth0",
       "Error: any valid prefix is expected rather than \"203.0.113.0/33\".\n"},
      {"ip route add 203.0.113.0/24 dev eth9", "Cannot find device \"eth9\"\n"},
      {"ip route add 203.0.113.0/24", "RTNETLINK answers: No such device\n"},
      {"ip route del 203.0.113.0/24", "RTNETLINK answers: No such process\n"},
      {"ip route add blackhole 203.0.113.0/25 && ip route get 203.0.113.1", "RTNETLINK answers: Invalid argument\n"},
      {"ip route add unreachable 203.0.113.128/26; ip route get 203.0.113.129", "RTNETLINK answers: No route to host\n"},
      {"ip route add prohibit 203.0.113.192/26 metric 5; ip route get 203.0.113.193",
       "RTNETLINK answers: Permission denied\n"},
      {"ip route | tail -3",
       "blackhole 203.0.113.0/25 \nunreachable 203.0.113.128/26 \nprohibit 203.0.113.192/26 metric 5 \n"},
      {"ip route replace default via 192.0.2.7; ip route append default via 192.0.2.8; ip route show default",
       "default via 192.0.2.7 dev eth0 \ndefault via 192.0.2.8 dev eth0 \n"},
      {"ip route flush root 203.0.113.0/24; ip route del default; ip route del default; ip route",
       "192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.10 \n"},
      {"ip route get 203.0.113.1", "RTNETLINK answers: Network is unreachable\n"},
      {"ip route show table 7", "Error: ipv4: FIB table does not exist.\nDump terminated\n"},
      {"ip route add 203.0.113.0/24 dev eth0 table 7; ip route show table 7", "203.0.113.0/24 dev eth0 scope link \n"},
      {"ip route foo", "Command \"foo\" is unknown, try \"ip route help\".\n"},
      {"ip foo", "Object \"foo\" is unknown, try \"ip help\".\n"},
      {"ip route show table local | head -2",
       "local 127.0.0.0/8 dev lo proto kernel scope host src 127.0.0.1 \n"
       "local 127.0.0.1 dev lo proto kernel scope host src 127.0.0.1 \n"},
  };
  for (const auto& [line, expected] : cases) EXPECT_EQ(t.type("h1", line), expected) << line;
}

TEST(IpAddr, showsAddsAndRemovesAsLinuxDoes) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "ip addr show eth0"),
            "2: eth0@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000\n"
            "    link/ether 02:00:00:01:00:01 brd ff:ff:ff:ff:ff:ff\n"
            "    inet 192.0.2.10/24 brd 192.0.2.255 scope global eth0\n"
            "       valid_lft forever preferred_lft forever\n");
  EXPECT_EQ(t.type("h1", "ip -br a"),
            "lo               UNKNOWN        127.0.0.1/8 \neth0@if2         UP             192.0.2.10/24 \n");
  EXPECT_EQ(t.type("h1", "ip addr add 192.0.2.10/24 dev eth0"), "Error: ipv4: Address already assigned.\n");
  EXPECT_EQ(t.type("h1", "ip addr add 300.1.1.1/24 dev eth0"),
            "Error: any valid prefix is expected rather than \"300.1.1.1/24\".\n");
  EXPECT_EQ(t.type("h1", "ip addr add 192.0.2.20/24"), "Not enough information: \"dev\" argument is required.\n");
  t.type("h1", "ip addr add 192.0.2.20/24 dev eth0");
  EXPECT_EQ(t.type("h1", "ip addr show eth0 | grep secondary"),
            "    inet 192.0.2.20/24 brd 192.0.2.255 scope global secondary eth0\n");
  EXPECT_EQ(t.type("h1", "ip route show 192.0.2.0/24"),
            "192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.10 \n");
  EXPECT_EQ(t.type("r1", "ping -c 1 192.0.2.20 | grep -c 'bytes from'"), "1\n");
  EXPECT_EQ(t.type("h1", "ip addr del 192.0.2.77/24 dev eth0"), "Error: ipv4: Address not found.\n");
  // A primary address takes its secondary ones along; without any the routes go too.
  EXPECT_EQ(t.type("h1", "ip addr del 192.0.2.10/24 dev eth0; ip -br addr show eth0; ip route"),
            "eth0@if2         UP             \n");
}

TEST(IpLink, anInterfaceThatGoesDownTakesItsRoutesAndThePeersCarrier) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "ip link set eth0 down; ip -br link; ip route"),
            "lo               UNKNOWN        00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP> \n"
            "eth0@if2         DOWN           02:00:00:01:00:01 <BROADCAST,MULTICAST> \n");
  EXPECT_EQ(t.type("r1", "ip -br link show eth0; ip route show dev eth0"),
            "eth0@if2         LOWERLAYERDOWN 02:00:00:02:00:01 <NO-CARRIER,BROADCAST,MULTICAST,UP> \n"
            "192.0.2.0/24 proto kernel scope link src 192.0.2.1 linkdown \n");
  EXPECT_EQ(t.type("h1", "ping -c 1 192.0.2.1"), "ping: connect: Network is unreachable\n");
  EXPECT_EQ(t.exitCode, 2);
  EXPECT_EQ(t.type("h1", "ip link set eth0 up; ip route"),
            "192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.10 \n");
  EXPECT_EQ(t.type("h1", "ping -c 1 192.0.2.1 | grep -c 'bytes from'"), "1\n");
  EXPECT_EQ(t.type("h1", "ip link set eth0 mtu 10"), "Error: mtu less than device minimum.\n");
  EXPECT_EQ(t.type("h1", "ip link set eth9 up"), "Cannot find device \"eth9\"\n");
}

TEST(IpLink, anInterfaceDropsWhatIsLongerThanItsMtu) {
  Terminal t(vethPair());
  t.type("h2", "ip link set eth0 mtu 600");
  EXPECT_EQ(t.type("h1", "ping -c 1 -W 0.5 -s 500 h2 | grep -c 'bytes from'"), "1\n");
  EXPECT_EQ(t.type("h1", "ping -c 1 -W 0.5 -s 1000 h2 | grep -c 'bytes from'"), "0\n");
}

TEST(IpNeigh, showsAndEditsTheTable) {
  Terminal t(vethPair());
  t.type("h1", "ping -c 1 192.0.2.1");
  EXPECT_EQ(t.type("h1", "ip neigh"), "192.0.2.1 dev eth0 lladdr 02:00:00:02:00:01 REACHABLE \n");
  EXPECT_EQ(t.type("r1", "ip neigh show dev eth0"), "192.0.2.10 lladdr 02:00:00:01:00:01 DELAY \n");
  EXPECT_EQ(t.type("h1", "ip neigh add 192.0.2.1 lladdr 02:00:00:00:aa:01 dev eth0"), "RTNETLINK answers: File exists\n");
  t.type("h1", "ip neigh replace 192.0.2.5 lladdr 02:00:00:00:aa:05 dev eth0; ip neigh flush dev eth0");
  EXPECT_EQ(t.type("h1", "ip neigh; ip neigh del 192.0.2.5 dev eth0; ip neigh"),
            "192.0.2.5 dev eth0 lladdr 02:00:00:00:aa:05 PERMANENT \n");
  EXPECT_EQ(t.type("h1", "ip neigh del 192.0.2.5 dev eth0"), "RTNETLINK answers: No such file or directory\n");
  EXPECT_EQ(t.type("h1", "ip neigh add 192.0.2.5 lladdr zz dev eth0"), "\"zz\" is invalid lladdr.\n");
  t.type("h1", "ping -c 1 -W 0.5 192.0.2.99");
  EXPECT_EQ(t.type("h1", "ip neigh"), "192.0.2.99 dev eth0 INCOMPLETE \n");
}

}  // namespace
}  // namespace hw::test
