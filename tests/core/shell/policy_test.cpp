// ip rule, tables by name, several ways. The golden texts are those of iproute2 6.1.
#include <gtest/gtest.h>

#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

const std::string kDefaults = "32766:\tfrom all lookup main\n32767:\tfrom all lookup default\n";

TEST(IpRule, addsListsAndRemovesAsLinuxDoes) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("r1", "ip rule"), "0:\tfrom all lookup local\n" + kDefaults);
  for (const char* line :
       {"ip rule add from 10.0.0.5 table 100", "ip rule add from 10.0.0.0/24 to 10.9.0.0/16 table 101 pref 50",
        "ip rule add fwmark 1 lookup 102", "ip rule add fwmark 0x10/0xf0 lookup 103 prio 77",
        "ip rule add not from 10.0.0.7 lookup 104", "ip rule add iif eth0 table 105", "ip rule add oif eth1 table 106",
        "ip rule add tos 0x10 table 107", "ip rule add from 1.2.3.4 prohibit", "ip rule add from 1.2.3.5 unreachable",
        "ip rule add from 1.2.3.6 blackhole", "ip rule add pref 10 goto 32766", "ip rule add pref 11 nop",
        "ip rule add pref 5 goto 99"})
    EXPECT_EQ(t.type("r1", line), "") << line;
  EXPECT_EQ(t.type("r1", "ip rule ls"),
            "0:\tfrom all lookup local\n5:\tfrom all goto 99 [unresolved]\n10:\tfrom all goto 32766\n11:\tfrom all nop\n"
            "42:\tfrom 1.2.3.6 blackhole\n43:\tfrom 1.2.3.5 unreachable\n44:\tfrom 1.2.3.4 prohibit\n"
            "45:\tfrom all tos 0x10 lookup 107\n46:\tfrom all oif eth1 lookup 106\n47:\tfrom all iif eth0 lookup 105\n"
            "48:\tnot from 10.0.0.7 lookup 104\n49:\tfrom all fwmark 0x1 lookup 102\n"
            "50:\tfrom 10.0.0.0/24 to 10.9.0.0/16 lookup 101\n77:\tfrom all fwmark 0x10/0xf0 lookup 103\n"
            "32765:\tfrom 10.0.0.5 lookup 100\n" + kDefaults);
  EXPECT_EQ(t.type("r1", "ip rule list table 104"), "48:\tnot from 10.0.0.7 lookup 104\n");
  EXPECT_EQ(t.type("r1", "ip rule del pref 50; ip rule del table 107; ip rule flush; ip rule"), "0:\tfrom all lookup local\n");
}

TEST(IpRule, refusesWhatLinuxRefuses) {
  Terminal t(vethPair());
  const std::pair<const char*, const char*> cases[] = {
      {"ip rule add from 1.2.3.7 nat 9.9.9.9", "Warning: route NAT is deprecated\n"},
      {"ip rule add from 1.2.3.8 reject", "Error: argument \"reject\" is wrong: Failed to parse rule type\n\n"},
      {"ip rule add pref 9 prohibit; ip rule add pref 9 prohibit", "RTNETLINK answers: File exists\n"},
      {"ip rule del from 9.9.9.9", "RTNETLINK answers: No such file or directory\n"},
      {"ip rule add from foo", "Error: any valid prefix is expected rather than \"foo\".\n"},
      {"ip rule add table foo", "Error: argument \"foo\" is wrong: invalid table ID\n\n"},
      {"ip rule add pref 7 goto 3", "Error: Backward goto not supported.\n"},
      {"ip rule frob", "Command \"frob\" is unknown, try \"ip rule help\".\n"},
      {"ip rule add", "\"ip rule add\" requires arguments.\n"},
  };
  for (const auto& [line, text] : cases) EXPECT_EQ(t.type("r1", line), text) << line;
}

TEST(Tables, haveNamesOfTheDevicesOwn) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("r1", "ip rule add from 192.0.2.10 table chao"),
            "Error: argument \"chao\" is wrong: invalid table ID\n\n");
  EXPECT_EQ(t.type("r1", "echo 200 chao >> /etc/iproute2/rt_tables; cat /etc/iproute2/rt_tables"),
            "255\tlocal\n254\tmain\n253\tdefault\n0\tunspec\n200 chao\n");
  EXPECT_EQ(t.type("r1", "ip rule add from 192.0.2.10 table chao; ip route add default via 198.51.100.10 table chao;"
                         "ip rule | head -2; ip route show table chao; ip route get 203.0.113.1 from 192.0.2.10 iif eth0"),
            "0:\tfrom all lookup local\n32765:\tfrom 192.0.2.10 lookup chao\ndefault via 198.51.100.10 dev eth1 \n"
            "203.0.113.1 from 192.0.2.10 via 198.51.100.10 dev eth1 table chao \n    cache iif eth0 \n");
  EXPECT_EQ(t.type("r1", "ip route get 203.0.113.1 from 192.0.2.11 iif eth0"), "RTNETLINK answers: No route to host\n");
  EXPECT_EQ(t.type("r1", "ip route flush cache; ip route show cache"), "");
}

TEST(SeveralWays, arePrintedWithTheirWeights) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("r1", "ip route add default nexthop via 192.0.2.10 weight 1 nexthop via 198.51.100.10 dev eth1 weight 3;"
                         "ip route show default"),
            "default \n\tnexthop via 192.0.2.10 dev eth0 weight 1 \n\tnexthop via 198.51.100.10 dev eth1 weight 3 \n");
  EXPECT_EQ(t.type("r1", "ip link set eth0 down; ip route show default"),
            "default \n\tnexthop via 192.0.2.10 dev eth0 weight 1 dead linkdown \n"
            "\tnexthop via 198.51.100.10 dev eth1 weight 3 \n");
  EXPECT_EQ(t.type("r1", "ip route add 203.0.113.0/24 nexthop via 198.51.100.10 weight 0"),
            "Error: \"nexthop\" or end of line is expected instead of \"0\"\n\n");
}

}  // namespace
}  // namespace hw::test
