// Network namespaces and veth pairs at the prompt. The golden texts are those of iproute2 6.1 on Linux 6.18.
#include <gtest/gtest.h>

#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

using Cases = std::vector<std::pair<const char*, const char*>>;

void expectAll(Terminal& t, const Cases& cases) {
  for (const auto& [line, text] : cases) EXPECT_EQ(t.type("h1", line), text) << line;
}

/// h1 with the namespaces blue and red, joined by a pair.
Terminal blueAndRed() {
  Terminal t(vethPair());
  t.type("h1", "ip netns add blue && ip netns add red && ip link add v0 netns blue type veth peer name v1 netns red");
  t.type("h1", "for n in blue red; do ip -n $n link set lo up; done; ip -n blue link set v0 up; ip -n red link set v1 up");
  t.type("h1", "ip -n blue addr add 203.0.113.1/24 dev v0; ip -n red addr add 203.0.113.2/24 dev v1");
  return t;
}

TEST(Namespaces, comeAndGoByName) {
  Terminal t(vethPair());
  expectAll(t, {
      {"ip netns", ""},
      {"ip netns add red && ip netns add blue && ip netns list", "blue\nred\n"},
      {"ip netns add blue", "Cannot create namespace file \"/run/netns/blue\": File exists\n"},
      {"ip netns add a/b", "Invalid netns name \"a/b\"\n"},
      {"ip netns add", "No netns name specified\n"},
      {"ip netns foo", "Command \"foo\" is unknown, try \"ip netns help\".\n"},
      {"ip netns del green", "Cannot remove namespace file \"/run/netns/green\": No such file or directory\n"},
      {"ip netns exec green true", "Cannot open network namespace \"green\": No such file or directory\n"},
      {"ip -n green link", "Cannot open network namespace \"green\": No such file or directory\n"},
      {"ip netns exec blue", "No command specified\n"},
      {"ip netns exec blue frob", "exec of \"frob\" failed: No such file or directory\n"},
      {"ip netns exec blue ip netns identify; hostname; ip netns exec blue hostname", "blue\nh1\nh1\n"},
      {"ip netns del blue && ip netns list", "red\n"},
  });
}

TEST(Namespaces, beginWithAnIdleStackOfTheirOwn) {
  Terminal t(vethPair());
  t.type("h1", "ip netns add blue");
  expectAll(t, {
      {"ip -n blue addr",
       "1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN group default qlen 1000\n"
       "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n"},
      {"ip -n blue route", ""},
      {"ip -n blue link set lo up && ip -n blue -br addr", "lo               UNKNOWN        127.0.0.1/8 \n"},
  });
  // What a namespace has is its own: the machine's addresses are none of its.
  t.type("h1", "ip netns exec blue ping -c 1 -W 1 192.0.2.10");
  EXPECT_EQ(t.exitCode, 2);
  t.type("h1", "ip netns exec blue ping -c 1 -W 1 127.0.0.1");
  EXPECT_EQ(t.exitCode, 0);
}

TEST(VethPairs, areMadeInOneNamespaceAndMoveToAnother) {
  Terminal t(vethPair());
  t.type("h1", "ip netns add blue; ip netns add red");
  expectAll(t, {
      {"ip link add veth0 address 02:00:00:00:00:a0 type veth peer name veth1 address 02:00:00:00:00:a1; ip link show veth0",
       "4: veth0@veth1: <BROADCAST,MULTICAST,M-DOWN> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\n"
       "    link/ether 02:00:00:00:00:a0 brd ff:ff:ff:ff:ff:ff\n"},
      {"ip link set veth1 netns blue; ip link show veth0",
       "4: veth0@if3: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\n"
       "    link/ether 02:00:00:00:00:a0 brd ff:ff:ff:ff:ff:ff link-netns blue\n"},
      {"ip -n blue link show veth1",
       "3: veth1@if4: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\n"
       "    link/ether 02:00:00:00:00:a1 brd ff:ff:ff:ff:ff:ff link-netnsid 0\n"},
      {"ip netns list", "blue (id: 0)\nred\n"},
      {"ip link set veth0 up; ip link show veth0",
       "4: veth0@if3: <NO-CARRIER,BROADCAST,MULTICAST,UP> mtu 1500 qdisc noqueue state LOWERLAYERDOWN mode DEFAULT group default "
       "qlen 1000\n    link/ether 02:00:00:00:00:a0 brd ff:ff:ff:ff:ff:ff link-netns blue\n"},
      {"ip -n blue link set veth1 up; ip -br link show veth0",
       "veth0@if3        UP             02:00:00:00:00:a0 <BROADCAST,MULTICAST,UP,LOWER_UP> \n"},
      {"ip addr add 203.0.113.1/24 dev veth0; ip link set veth0 netns red; ip -n red -br addr show veth0",
       "veth0@if3        DOWN           \n"},
      {"ip link show veth0", "Device \"veth0\" does not exist.\n"},
      {"ip -n blue link set veth1 netns red name eth0 up; ip -n red -br link",
       "lo               DOWN           00:00:00:00:00:00 <LOOPBACK> \n"
       "eth0@veth0       LOWERLAYERDOWN 02:00:00:00:00:a1 <NO-CARRIER,BROADCAST,MULTICAST,UP,M-DOWN> \n"
       "veth0@eth0       DOWN           02:00:00:00:00:a0 <BROADCAST,MULTICAST> \n"},
      {"ip -n red link set veth0 netns 1; ip -br link show veth0",
       "veth0@if3        DOWN           02:00:00:00:00:a0 <BROADCAST,MULTICAST> \n"},
      {"ip -n red link del eth0; ip link show veth0", "Device \"veth0\" does not exist.\n"},
  });
}

TEST(VethPairs, takeFreeNamesAndRefuseOthers) {
  Terminal t(vethPair());
  t.type("h1", "ip netns add blue");
  expectAll(t, {
      {"ip link add veth0 type veth", "RTNETLINK answers: File exists\n"},
      {"ip link add type veth && ip link add p0 type veth peer p1 && ip -br link | grep -c @", "5\n"},
      {"ip link show veth0 | head -1",
       "3: veth0@veth1: <BROADCAST,MULTICAST,M-DOWN> mtu 1500 qdisc noop state DOWN mode DEFAULT group default qlen 1000\n"},
      {"ip link add p0 type veth peer name p9", "RTNETLINK answers: File exists\n"},
      {"ip link add n0 type veth peer name n0", "RTNETLINK answers: File exists\n"},
      {"ip link add n0 type veth frob",
       "Usage: ip link <options> type veth [peer <options>]\nTo get <options> type 'ip link add help'\n"},
      {"ip link add n0 type veth peer name n1 up", "RTNETLINK answers: Transport endpoint is not connected\n"},
      {"ip link add n0 type veth peer name n1 netns green", "Error: argument \"green\" is wrong: Invalid \"netns\" value\n\n"},
      {"ip link set p0 netns green", "Error: argument \"green\" is wrong: Invalid \"netns\" value\n\n"},
      {"ip link set lo netns blue", "Error: The interface netns is immutable.\n"},
      {"ip link add br0 type bridge && ip link set br0 netns blue", "Error: The interface netns is immutable.\n"},
      {"ip -n blue link add p0 type veth peer name q1; ip link set p0 netns blue",
       "Error: An interface with the same name exists in the target netns.\n"},
      {"ip link add a7 type veth peer name", "Command line is not complete. Try option \"help\"\n"},
      {"ip link add name tb netns blue type bridge; ip -n blue -br link show tb | cut -c1-2", "sh: cut: not found\n"},
      {"ip -n blue link show tb | grep -c tb", "1\n"},
      {"ip tuntap add t0 mode tun; ip link set t0 netns blue; ip -n blue link show t0 | grep -c POINTOPOINT", "1\n"},
      {"ip link set p1 name lo", "RTNETLINK answers: File exists\n"},
  });
}

TEST(VethPairs, carryFramesAtOnceAndWithoutPadding) {
  Terminal t = blueAndRed();
  const Time before = t.time().now();
  t.type("h1", "ip netns exec blue udp-send 203.0.113.2 9 1");
  EXPECT_EQ(t.exitCode, 0);
  t.time().runUntil(before + milliseconds(1));
  const Journal& journal = t.time().journal();
  std::vector<std::uint32_t> sizes;
  for (std::uint64_t i = 0; i < journal.size(); ++i)
    for (const Transmission& one : journal.read(i).sent)
      if (one.link.valid()) {
        EXPECT_EQ(one.arrives, before);
        sizes.push_back(one.size);
      }
  // Two frames of ARP, one byte in a datagram, and the error that nobody listens.
  EXPECT_EQ(sizes, (std::vector<std::uint32_t>{42, 42, 43, 71}));
}

TEST(VethPairs, goWithTheNamespaceOfOneEnd) {
  Terminal t = blueAndRed();
  expectAll(t, {
      {"ip netns exec blue ping -q -c 1 203.0.113.2 | grep -c ' 0% packet loss'", "1\n"},
      {"ip netns del red; ip -n blue -br link", "lo               UNKNOWN        00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP> \n"},
      {"ip netns add red; ip -n red -br link", "lo               DOWN           00:00:00:00:00:00 <LOOPBACK> \n"},
      {"ip -n blue link add v0 type veth peer name v1 netns red; ip -n red -br link | grep -c v1", "1\n"},
  });
  // What comes again takes the places of what was there.
  EXPECT_EQ(t.time().world().devices.size(), 5u);
  EXPECT_EQ(t.time().world().links.size(), 3u);
}

TEST(Namespaces, giveACablesEndBackToTheMachine) {
  Builder b;
  b.host("h1").host("h2").link("h1:eth0", "h2:eth0").address("h1:eth0", "192.0.2.10/24").address("h2:eth0", "192.0.2.20/24");
  Terminal t(b);
  expectAll(t, {
      {"ip netns add blue; ip link set eth0 netns blue; ip -br link", "lo               UNKNOWN        00:00:00:00:00:00 <LOOPBACK,UP,LOWER_UP> \n"},
      {"ip -n blue addr add 192.0.2.11/24 dev eth0; ip -n blue link set eth0 up", ""},
      {"ip netns exec blue ping -q -c 1 192.0.2.20 | grep -c ' 0% packet loss'", "1\n"},
      {"ip netns del blue; ip -br addr show eth0", "eth0             DOWN           \n"},
      {"ip link set eth0 up; ip addr add 192.0.2.10/24 dev eth0; ping -q -c 1 192.0.2.20 | grep -c ' 0% packet loss'", "1\n"},
  });
}

TEST(Namespaces, areBehindABridgeOfTheMachine) {
  Terminal t(vethPair());
  t.type("h1", "ip link add br0 type bridge; ip link set br0 up; ip addr add 203.0.113.254/24 dev br0; sysctl -qw net.ipv4.ip_forward=1");
  t.type("h1", "for n in 1 2; do ip netns add c$n; ip link add v$n type veth peer name eth0 netns c$n; ip link set v$n master br0 up; "
               "ip -n c$n link set eth0 up; ip -n c$n addr add 203.0.113.$n/24 dev eth0; ip -n c$n route add default via 203.0.113.254; done");
  t.type("r1", "ip route add 203.0.113.0/24 via 192.0.2.10");
  expectAll(t, {
      {"ip netns exec c1 ping -q -c 1 203.0.113.2 | grep -c ' 0% packet loss'", "1\n"},
      {"ip netns exec c1 sh -c 'ping -q -c 1 198.51.100.10 | grep -c \" 0% packet loss\"'", "1\n"},
      {"bridge link show | wc -l", "2\n"},
  });
}

TEST(Lines, runWithinLinesInAnotherNamespace) {
  Terminal t(vethPair());
  t.type("h1", "ip netns add blue");
  expectAll(t, {
      {"ip netns exec blue sh -c 'ip netns identify; exit 3; echo no'; echo $?", "blue\n3\n"},
      {"sh -c 'for i in 1 2; do sh -c \"echo $i\"; done' | wc -l", "2\n"},
      {"sh -c 'echo x' >/dev/null; sh -c 'ip netns exec blue ip netns identify; ip netns identify'", "blue\n\n"},
      {"sh -c 'if'", "sh: Syntax error: end of file unexpected (expecting \"then\")\n"},
      {"x=$(ip netns exec blue sh -c 'echo a $(echo b)'); echo \"<$x>\"", "<a b>\n"},
      {"sh", "usage: sh -c LINE\n"},
  });
}

TEST(Programs, haveNumbersThatTellTheirNamespace) {
  Terminal t = blueAndRed();
  expectAll(t, {
      {"ip netns exec blue ping 203.0.113.2 >/dev/null & ip netns exec red ping 203.0.113.1 > /dev/null & echo $!", "5000002\n"},
      {"ps", "    PID CMD\n4000002 ping\n5000002 ping\n"},
      {"kill 5000002; ip netns exec red ps", "    PID CMD\n4000002 ping\n"},
      {"kill 5000002", "sh: kill: (5000002) - No such process\n"},
      // A program goes with its namespace.
      {"ip netns del blue; ps", "    PID CMD\n"},
  });
}

TEST(Namespaces, endTheLinesThatRunInThem) {
  Terminal t = blueAndRed();
  shell::Job job(*t.time().world().deviceNamed("h1"), "ip netns exec blue sleep 100; echo $?");
  for (const Input& input : job.next(t.time().world()).inputs) t.time().input(input);
  EXPECT_EQ(job.next(t.time().world()).state, shell::JobNext::State::Waiting);
  t.type("h1", "ip netns del blue");
  EXPECT_EQ(job.next(t.time().world()).state, shell::JobNext::State::Done);
  EXPECT_EQ(job.takeOutput(), "137\n");
}

}  // namespace
}  // namespace hw::test
