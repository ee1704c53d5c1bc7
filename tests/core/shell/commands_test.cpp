#include <gtest/gtest.h>

#include "core/shell/complete.h"
#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

TEST(Ping, saysWhatIputilsSaysOfWrongUse) {
  const std::pair<const char*, const char*> cases[] = {
      {"ping", "ping: usage error: Destination address required\n"},
      {"ping -c x h2", "ping: invalid argument: 'x'\n"},
      {"ping -c 0 h2", "ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807\n"},
      {"ping -t 256 h2", "ping: invalid argument: '256': out of range: 0 <= value <= 255\n"},
      {"ping -M foo h2", "ping: invalid -M argument: foo\n"},
      {"ping nohost", "ping: nohost: Name or service not known\n"},
      {"ping -I eth9 h2", "ping: SO_BINDTODEVICE eth9: No such device\n"},
      {"ping -c 1 192.0.2.255",
       "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n"},
      {"ping -i 0 h2",
       "ping: cannot flood; minimal interval allowed for user is 2 ms, use -i 0.002 (or higher)\n"},
      {"ping -z h2 2>&1 | head -1", "ping: invalid option -- 'z'\n"},
  };
  Terminal t(vethPair());
  for (const auto& [line, expected] : cases) EXPECT_EQ(t.type("h1", line), expected) << line;
}

TEST(Ping, namesItsTargetAndAnswersBroadcastOnlyWhereItMay) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "ping -c 1 h2 | head -1"), "PING h2 (198.51.100.10) 56(84) bytes of data.\n");
  t.type("r1", "sysctl -qw net.ipv4.icmp_echo_ignore_broadcasts=0");
  EXPECT_EQ(t.type("h1", "ping -b -c 1 192.0.2.255 | head -2"),
            "WARNING: pinging broadcast address\nPING 192.0.2.255 (192.0.2.255) 56(84) bytes of data.\n");
  EXPECT_EQ(t.type("h1", "ping -b -c 1 192.0.2.255 | grep -c 'bytes from 192.0.2.1'"), "1\n");
}

TEST(Traceroute, findsTheRouter) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "traceroute -n -q 1 h2 | grep -c 192.0.2.1"), "1\n");
  EXPECT_EQ(t.type("h1", "traceroute -q 11 h2"), "no more than 10 probes per hop\n");
  EXPECT_EQ(t.exitCode, 2);
}

TEST(Udp, aDatagramComesBackFromAnEcho) {
  Terminal t(vethPair());
  t.type("h2", "udp-serve 7 --echo &");
  EXPECT_EQ(t.type("h1", "udp-send h2 7 10 --sport 5000 --wait 1"),
            "sent 10 bytes\nreceived 10 bytes from 198.51.100.10 port 7\n");
  EXPECT_EQ(t.type("h1", "udp-send h2 9 10 20 --connect --gap 0.1"), "sent 10 bytes\nsend 20 -> ECONNREFUSED\n");
  EXPECT_EQ(t.type("h1", "udp-send h2 7 60000 --sndbuf 2000"), "send 60000 -> ENOBUFS\n");
  EXPECT_EQ(t.type("h1", "udp-send h2 7 2>&1 | tail -1"),
            "udp-send: error: the following arguments are required: host, port, size\n");
}

TEST(Sysctl, turnsKnobsUnderLinuxNames) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("r1", "sysctl net.ipv4.ip_forward"), "net.ipv4.ip_forward = 1\n");
  EXPECT_EQ(t.type("r1", "sysctl -n net/ipv4/ip_forward"), "1\n");
  EXPECT_EQ(t.type("r1", "sysctl -w net.ipv4.ip_forward=0"), "net.ipv4.ip_forward = 0\n");
  EXPECT_EQ(t.type("h1", "ping -c 1 -W 0.2 h2 | grep -c 'bytes from'"), "0\n");
  EXPECT_EQ(t.type("r1", "sysctl -w net.ipv4.ip_default_ttl=300"),
            "sysctl: setting key \"net.ipv4.ip_default_ttl\": Invalid argument\n");
  EXPECT_EQ(t.type("r1", "sysctl net.ipv4.foo"),
            "sysctl: cannot stat /proc/sys/net/ipv4/foo: No such file or directory\n");
  EXPECT_EQ(t.exitCode, 1);
  EXPECT_EQ(t.type("r1", "sysctl -qw net.ipv4.neigh.eth0.retrans_time_ms=250; sysctl net.ipv4.neigh.eth1 | head -4"),
            "net.ipv4.neigh.eth1.base_reachable_time_ms = 30000\nnet.ipv4.neigh.eth1.delay_first_probe_time = 5\n"
            "net.ipv4.neigh.eth1.locktime = 100\nnet.ipv4.neigh.eth1.mcast_solicit = 3\n");
}

TEST(Arp, hasTheTableOfNetTools) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "arp -n"), "");
  t.type("h1", "ping -c 1 192.0.2.1; ping -c 1 -W 0.1 192.0.2.77; arp -s 192.0.2.44 02:00:00:00:00:44");
  EXPECT_EQ(t.type("h1", "arp -n"),
            "Address                  HWtype  HWaddress           Flags Mask            Iface\n"
            "192.0.2.1                ether   02:00:00:02:00:01   C                     eth0\n"
            "192.0.2.44               ether   02:00:00:00:00:44   CM                    eth0\n"
            "192.0.2.77                       (incomplete)                              eth0\n");
  EXPECT_EQ(t.type("h1", "arp -an 192.0.2.44"), "? (192.0.2.44) at 02:00:00:00:00:44 [ether] PERM on eth0\n");
  EXPECT_EQ(t.type("h1", "arp -a 192.0.2.1"), "r1 (192.0.2.1) at 02:00:00:02:00:01 [ether] on eth0\n");
  EXPECT_EQ(t.type("h1", "arp -d 192.0.2.44; arp -d 192.0.2.45"), "No ARP entry for 192.0.2.45\n");
}

TEST(Bridge, showsWhatASwitchHasLearned) {
  Builder b;
  b.host("h1").host("h2").bridge("sw");
  b.link("h1:eth0", "sw:p1").link("h2:eth0", "sw:p2");
  b.address("h1:eth0", "192.0.2.1/24").address("h2:eth0", "192.0.2.2/24");
  Terminal t(b);
  t.type("h1", "ping -c 1 192.0.2.2");
  EXPECT_EQ(t.type("sw", "bridge fdb show | grep -v permanent"),
            "02:00:00:01:00:01 dev p1 master br0 \n02:00:00:02:00:01 dev p2 master br0 \n");
  EXPECT_EQ(t.type("sw", "bridge fdb show dev p2 | head -1"), "02:00:00:02:00:01 master br0 \n");
  EXPECT_EQ(t.type("sw", "bridge fdb flush dev br0; bridge fdb | grep -vc permanent"), "0\n");
  EXPECT_EQ(t.type("sw", "bridge link | grep -c forwarding"), "2\n");
  EXPECT_EQ(t.type("sw", "bridge foo"), "Object \"foo\" is unknown, try \"bridge help\".\n");
}

TEST(Help, knowsEveryCommandInBothLanguages) {
  Terminal t(vethPair());
  for (const shell::Command& one : shell::commands()) {
    const std::string text = t.type("h1", "help " + std::string(one.name));
    EXPECT_NE(text.find(one.summary.en), text.npos) << one.name;
    EXPECT_NE(text.find(one.summary.zh), text.npos) << one.name;
    EXPECT_EQ(shell::findCommand(one.name), &one);
  }
  EXPECT_EQ(t.type("h1", "help nosuch"), "help: no command nosuch\n");
}

TEST(Complete, offersCommandsWordsInterfacesAndDevices) {
  const World world = vethPair().world();
  using List = std::vector<std::string>;
  const auto at = [&](std::string_view line) { return shell::complete(world, DeviceId{0}, line, line.size()); };
  EXPECT_EQ(at("pi"), List{"ping"});
  EXPECT_EQ(at("true; tr"), (List{"traceroute", "true"}));
  EXPECT_EQ(at("ping h"), (List{"h1", "h2"}));
  EXPECT_EQ(at("ip link set e"), List{"eth0"});
  EXPECT_EQ(at("sysctl net.ipv4.ip_f"), List{"net.ipv4.ip_forward"});
  EXPECT_EQ(at("nosuch x"), List{});
}

TEST(Reading, leavesTheWorldAlone) {
  const World world = vethPair().world();
  const std::uint64_t before = hashOf(world);
  for (const char* line : {"ip addr", "ip -s link", "ip route show table all", "ip neigh", "arp -a", "bridge fdb",
                           "sysctl -a", "ps", "help", "ip route get 192.0.2.1"}) {
    shell::Job job(DeviceId{0}, line);
    const shell::JobNext next = job.next(world);
    EXPECT_TRUE(next.inputs.empty()) << line;
    EXPECT_EQ(next.state, shell::JobNext::State::Done) << line;
  }
  EXPECT_EQ(hashOf(world), before);
}

}  // namespace
}  // namespace hw::test
