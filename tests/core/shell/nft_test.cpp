// nft and conntrack at the prompt. The golden texts are those of nftables 1.0.6 and conntrack 1.4.7.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

TEST(Nft, listsWhatWasSaidInItsOwnWords) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("r1", R"(nft 'table ip nat {
 chain pre { type nat hook prerouting priority -100; iifname "eth1" tcp dport 8080 dnat to 192.168.1.10:80; fib daddr type local tcp dport { 443, 80, 1000-2000 } redirect to :8080; ip daddr 203.0.113.1 tcp dport http dnat to 192.168.1.10-192.168.1.20:80 persistent; }
 chain post { type nat hook postrouting priority 100; oifname "eth1" meta l4proto udp masquerade to :40000-40001; ip saddr 172.17.0.0/16 oifname != "docker0" masquerade; ip saddr { 10.0.0.1, 10.0.0.5-10.0.0.9 } snat to 203.0.113.1; ip saddr 1.2.3.4 ip protocol tcp snat to 203.0.113.1:1000-2000; }
}'; nft -a list ruleset)"),
            "table ip nat { # handle 1\n"
            "\tchain pre { # handle 1\n"
            "\t\ttype nat hook prerouting priority dstnat; policy accept;\n"
            "\t\tiifname \"eth1\" tcp dport 8080 dnat to 192.168.1.10:80 # handle 3\n"
            "\t\tfib daddr type local tcp dport { 80, 443, 1000-2000 } redirect to :8080 # handle 5\n"
            "\t\tip daddr 203.0.113.1 tcp dport 80 dnat to 192.168.1.10-192.168.1.20:80 persistent # handle 6\n"
            "\t}\n\n"
            "\tchain post { # handle 2\n"
            "\t\ttype nat hook postrouting priority srcnat; policy accept;\n"
            "\t\toifname \"eth1\" meta l4proto udp masquerade to :40000-40001 # handle 7\n"
            "\t\tip saddr 172.17.0.0/16 oifname != \"docker0\" masquerade # handle 8\n"
            "\t\tip saddr { 10.0.0.1, 10.0.0.5-10.0.0.9 } snat to 203.0.113.1 # handle 10\n"
            "\t\tip saddr 1.2.3.4 ip protocol tcp snat to 203.0.113.1:1000-2000 # handle 11\n"
            "\t}\n"
            "}\n");
}

TEST(Nft, writesEachConditionAndStatementAsNftDoes) {
  const std::pair<const char*, const char*> rules[] = {
      {"tcp dport 81 counter drop", "tcp dport 81 counter packets 0 bytes 0 drop"},
      {"tcp dport 82 reject", "tcp dport 82 reject"},
      {"tcp dport 83 reject with tcp reset", "tcp dport 83 reject with tcp reset"},
      {"udp dport 84 reject with icmp type admin-prohibited", "udp dport 84 reject with icmp admin-prohibited"},
      {"tcp flags syn / syn,ack numgen inc mod 100000 == 0 drop", "tcp flags syn / syn,ack numgen inc mod 100000 0 drop"},
      {"tcp flags & (syn|ack) == syn drop", "tcp flags syn / syn,ack drop"},
      {"tcp flags & (fin|syn|rst|ack) == syn accept", "tcp flags syn / fin,syn,rst,ack accept"},
      {"tcp flags syn accept", "tcp flags syn accept"},
      {"tcp flags { syn, ack } accept", "tcp flags { syn, ack } accept"},
      {"tcp flags == syn accept", "tcp flags == syn accept"},
      {"tcp dport 80 ip length > 400 drop", "tcp dport 80 ip length > 400 drop"},
      {"ct state established,related accept", "ct state established,related accept"},
      {"ct state related,established accept", "ct state established,related accept"},
      {"ct state { new, untracked } counter accept", "ct state { new, untracked } counter packets 0 bytes 0 accept"},
      {"ct state != new accept", "ct state != new accept"},
      {"ct status dnat accept", "ct status dnat accept"},
      {"ct mark 7 accept", "ct mark 0x00000007 accept"},
      {"icmp type { echo-request, echo-reply } accept", "icmp type { echo-reply, echo-request } accept"},
      {"icmp code 3 accept", "icmp code port-unreachable accept"},
      {"meta l4proto { tcp, udp } th dport 53 return", "meta l4proto { tcp, udp } th dport 53 return"},
      {"limit rate 10/second accept", "limit rate 10/second accept"},
      {"limit rate over 5/minute burst 10 packets drop", "limit rate over 5/minute burst 10 packets drop"},
      {"ip ttl < 5 drop", "ip ttl < 5 drop"},
      {"ip protocol != udp accept", "ip protocol != udp accept"},
      {"ip dscp ef accept", "ip dscp ef accept"},
      {"ip daddr != 10.0.0.0/8 accept", "ip daddr != 10.0.0.0/8 accept"},
      {"tcp sport 1-5 accept", "tcp sport 1-5 accept"},
      {"iif lo accept", "iifname \"lo\" accept"},
      {"iifname { \"eth0\", \"eth1\" } accept", "iifname { \"eth0\", \"eth1\" } accept"},
      {"oifname \"eth*\" accept", "oifname \"eth*\" accept"},
      {"log prefix \"x: \"", "log prefix \"x: \""},
      {"meta mark 1 accept", "meta mark 0x00000001 accept"},
      {"meta mark and 0xff == 1 accept", "meta mark & 0x000000ff == 0x00000001 accept"},
      {"meta mark set 1", "meta mark set 0x00000001"},
      {"meta mark set mark or 0x10", "meta mark set meta mark | 0x00000010"},
      {"meta mark set meta mark & 0x10", "meta mark set meta mark & 0x00000010"},
      {"ct mark set meta mark", "ct mark set meta mark"},
      {"meta mark set ct mark", "meta mark set ct mark"},
      {"ct mark set 5", "ct mark set 0x00000005"},
      {"accept comment \"hey\"", "accept comment \"hey\""},
  };
  for (const auto& [said, listed] : rules) {
    Terminal t(vethPair());
    const std::string line = std::string("nft 'add table ip f; add chain ip f c { type filter hook forward priority 0; policy drop; }; add rule ip f c ") +
                             said + "'; nft list ruleset";
    EXPECT_EQ(t.type("r1", line), std::string("table ip f {\n\tchain c {\n\t\ttype filter hook forward priority filter; policy drop;\n\t\t") +
                                      listed + "\n\t}\n}\n");
  }
}

TEST(Nft, changesRulesByTheirHandles) {
  Terminal t(vethPair());
  t.type("r1", "nft add table f; nft add chain f c '{ type filter hook input priority filter + 10; }'; nft add rule f c udp dport 1 drop");
  EXPECT_EQ(t.type("r1", "nft add rule f c udp dport 3 drop; nft insert rule f c udp dport 0 drop; nft add rule f c handle 2 udp dport 2 drop;"
                         "nft replace rule f c handle 3 udp dport 33 drop; nft delete rule f c handle 4; nft -a list chain f c"),
            "table ip f { # handle 1\n\tchain c { # handle 1\n\t\ttype filter hook input priority filter + 10; policy accept;\n"
            "\t\tudp dport 1 drop # handle 2\n\t\tudp dport 2 drop # handle 5\n\t\tudp dport 33 drop # handle 6\n\t}\n}\n");
  EXPECT_EQ(t.type("r1", "nft add table inet g; nft list tables; nft flush chain f c; nft delete chain f c; nft delete table f; nft flush ruleset;"
                         "nft list ruleset"),
            "table ip f\ntable inet g\n");
}

TEST(Nft, rulesFromAPipeOrAFileAreAllTakenOrNone) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("r1", "echo 'add table ip f' | nft -f - && nft list ruleset"), "table ip f {\n}\n");
  EXPECT_EQ(t.type("r1", "nft 'add table ip g\nadd chain ip nope c'"),
            "Error: Could not process rule: No such file or directory\nadd chain ip nope c\n             ^^^^\n");
  EXPECT_EQ(t.type("r1", "nft list tables"), "table ip f\n");
  EXPECT_EQ(t.type("r1", "nft -f /nowhere"), "Error: Could not open file \"/nowhere\": No such file or directory\n");
}

TEST(Nft, saysWhereAFaultIs) {
  Terminal t(vethPair());
  t.type("r1", "nft 'table ip t { chain c { type filter hook input priority 0; }; chain side { }; chain n { type nat hook postrouting priority 100; } }'");
  const std::pair<const char*, const char*> cases[] = {
      {"add rule ip t nope accept", "Error: Could not process rule: No such file or directory\nadd rule ip t nope accept\n              ^^^^\n"},
      {"add rule ip t c tcp dprt 22 accept", "Error: syntax error, “dprt” was found where sport, dport or flags is expected\n"
                                             "add rule ip t c tcp dprt 22 accept\n                    ^^^^\n"},
      {"delete rule ip t c handle 9", "Error: Could not process rule: No such file or directory\ndelete rule ip t c handle 9\n"
                                      "                          ^\n"},
      {"list table ip q", "Error: Could not process rule: No such file or directory\nlist table ip q\n              ^\n"},
      {"add rule ip t c masquerade", "Error: Could not process rule: Operation not supported\nadd rule ip t c masquerade\n"
                                     "                ^^^^^^^^^^\n"},
      {"add rule ip t n snat to 1.2.3.4:80", "Error: transport protocol mapping is only valid after transport protocol match\n"
                                             "add rule ip t n snat to 1.2.3.4:80\n                               ^\n"},
      {"add chain ip t x { type nat hook forward priority 0; }", "Error: Could not process rule: Operation not supported\n"
                                                                 "add chain ip t x { type nat hook forward priority 0; }\n"
                                                                 "                   ^^^^\n"},
      {"add table ip6 t", "Error: tables of family ip6 are not built here: only ip and inet\nadd table ip6 t\n          ^^^\n"},
      {"add rule ip t c ip saddr 10.0.0.300 drop", "Error: syntax error, “10.0.0.300” was found where an address such as 192.0.2.1 or "
                                                   "192.0.2.0/24 is expected\nadd rule ip t c ip saddr 10.0.0.300 drop\n"
                                                   "                         ^^^^^^^^^^\n"},
      {"add rule ip t c ip saddr @s drop", "Error: named sets are not built here: write the values in braces\nadd rule ip t c ip saddr @s drop\n"
                                           "                         ^\n"},
      {"add rule ip t c jump nowhere", "Error: Could not process rule: No such file or directory\nadd rule ip t c jump nowhere\n"
                                       "                            ^\n"},
      {"frobnicate", "Error: syntax error, unexpected “frobnicate”: add, insert, replace, delete, flush or list is expected\nfrobnicate\n"
                     "^^^^^^^^^^\n"},
      {"add rule ip t side jump side", "Error: Could not process rule: Too many links\nadd rule ip t side jump side\n"
                                       "                            ^\n"},
      {"create table ip t", "Error: Could not process rule: File exists\ncreate table ip t\n                ^\n"},
  };
  for (const auto& [line, text] : cases) {
    EXPECT_EQ(t.type("r1", std::string("nft '") + line + "'"), text);
    EXPECT_EQ(t.exitCode, 1) << line;
  }
  t.type("r1", "nft add rule ip t c jump side");
  EXPECT_THAT(t.type("r1", "nft delete chain ip t side"), HasSubstr("Device or resource busy"));
}

TEST(Conntrack, listsCountsAndForgetsConnections) {
  Terminal t(vethPair());
  t.type("r1", "nft 'table ip f { chain c { type filter hook forward priority 0; ct state new accept; } }'");
  t.type("h2", "udp-serve --echo 7 &");
  t.type("h1", "udp-send --sport 5000 --wait 1 198.51.100.10 7 30");
  t.type("h1", "udp-send --sport 5001 198.51.100.10 9 30; sleep 0.1");
  EXPECT_THAT(t.type("r1", "conntrack -L -p udp --dport 7"),
              MatchesRegex("udp      17 2. src=192.0.2.10 dst=198.51.100.10 sport=5000 dport=7 src=198.51.100.10 dst=192.0.2.10 sport=7 "
                           "dport=5000 mark=0 use=1\nconntrack v1.4.7 .conntrack-tools.: 1 flow entries have been shown.\n"));
  EXPECT_THAT(t.type("r1", "conntrack -L -o extended --dport 9"), HasSubstr("ipv4     2 udp      17 2"));
  EXPECT_THAT(t.type("r1", "conntrack -L --dport 9"), HasSubstr("[UNREPLIED]"));
  EXPECT_EQ(t.type("r1", "conntrack -C; conntrack -D --sport 5001 2>/dev/null | wc -l; conntrack -C; conntrack -F; conntrack -C"),
            "2\n1\n1\nconntrack v1.4.7 (conntrack-tools): connection tracking table has been emptied.\n0\n");
  EXPECT_THAT(t.type("r1", "conntrack -Q"), HasSubstr("unknown option `-Q'"));
}

}  // namespace
}  // namespace hw::test
