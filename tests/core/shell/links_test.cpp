// Virtual interfaces at the prompt. The golden texts are those of iproute2 6.1.
#include <gtest/gtest.h>

#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

TEST(IpLink, addsAndRemovesVlans) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "ip link add link eth0 name eth0.10 type vlan id 10 && ip link set eth0.10 up && ip -br link show eth0.10"),
            "eth0.10@eth0     UP             02:00:00:01:00:01 <BROADCAST,MULTICAST,UP,LOWER_UP> \n");
  const std::pair<const char*, const char*> cases[] = {
      {"ip link add link eth0 name eth0.10 type vlan id 10", "RTNETLINK answers: File exists\n"},
      {"ip link add link eth0 name other type vlan id 10", "RTNETLINK answers: File exists\n"},
      {"ip link add link eth0 name v type vlan id 4095", "Error: Invalid VLAN id.\n"},
      {"ip link add link eth0 name v type vlan id 5000", "Error: argument \"5000\" is wrong: id is invalid\n\n"},
      {"ip link add link eth9 name v type vlan id 5", "Cannot find device \"eth9\"\n"},
      {"ip link add name v type vlan id 5", "Error: link not specified.\n"},
      {"ip link add name v type frob", "Error: Unknown device type.\n"},
      {"ip link del lo", "RTNETLINK answers: Operation not supported\n"},
      {"ip link del eth0.10; ip link show eth0.10", "Device \"eth0.10\" does not exist.\n"},
  };
  for (const auto& [line, text] : cases) EXPECT_EQ(t.type("h1", line), text) << line;
}

TEST(IpTunnel, addsShowsAndRemovesTunnels) {
  Terminal t(vethPair());
  const std::pair<const char*, const char*> cases[] = {
      {"ip tunnel add g1 mode gre remote 192.0.2.9 local 192.0.2.1 ttl 64 key 42 csum", ""},
      {"ip tunnel show",
       "g1: gre/ip remote 192.0.2.9 local 192.0.2.1 ttl 64 key 42\n"
       "  Checksum in received packet is required.\n"
       "  Checksum output packets.\n"},
      {"ip link show g1",
       "3: g1: <POINTOPOINT,NOARP> mtu 1468 qdisc noqueue state DOWN mode DEFAULT group default qlen 1000\n"
       "    link/gre 192.0.2.1 peer 192.0.2.9\n"},
      {"ip link add i1 type ipip remote 192.0.2.9 local 192.0.2.1 && ip tunnel show i1",
       "i1: ip/ip remote 192.0.2.9 local 192.0.2.1 ttl inherit\n"},
      {"ip link add t1 type gretap remote 192.0.2.9 && ip -br link show t1",
       "t1               DOWN           02:fa:98:c0:22:68 <BROADCAST,MULTICAST> \n"},
      {"ip link add x type gre remote 192.0.2.9 local 192.0.2.1 key 42", "RTNETLINK answers: File exists\n"},
      {"ip link add x type ipip remote nobody", "any valid address is expected rather than \"nobody\".\n"},
      {"ip tunnel add x mode ipip remote 192.0.2.8 key 1", "Keys, checksums and sequence numbers belong to GRE, ipip and sit have no header for them.\n"},
      {"ip tunnel add x mode magic remote 192.0.2.8", "Cannot determine tunnel mode (ipip, gre, sit).\n"},
      {"ip tunnel del g1 && ip tunnel show g1", ""},
  };
  for (const auto& [line, text] : cases) EXPECT_EQ(t.type("h1", line), text) << line;
}

TEST(RarpTool, sayWhatTheyWant) {
  Terminal t(vethPair());
  const std::pair<const char*, const char*> cases[] = {
      {"rarp", "Usage: rarp [-c COUNT] DEVICE\n"},
      {"rarp -c none eth0", "rarp: invalid count 'none'\n"},
      {"rarp eth7", "rarp: no interface eth7\n"},
      {"rarp -c 1 eth0", "rarp: nobody answers\n"},
      {"rarpd eth0", "Usage: rarpd DEVICE MAC=ADDRESS ...\n"},
      {"rarpd eth0 02:00:00:00:00:aa", "rarpd: \"02:00:00:00:00:aa\" is not an entry like 02:00:00:00:00:aa=192.0.2.10\n"},
  };
  for (const auto& [line, text] : cases) EXPECT_EQ(t.type("h1", line), text) << line;
}

TEST(BridgeVlan, showsAccessAndTrunkPorts) {
  Terminal t(vethPair());
  t.type("h1", "ip link add br0 type bridge vlan_filtering 1 && ip link set br0 up && ip link set eth0 master br0");
  EXPECT_EQ(t.type("h1", "bridge vlan show"),
            "port              vlan-id  \n"
            "eth0              1 PVID Egress Untagged\n"
            "br0               1 PVID Egress Untagged\n");
  const std::pair<const char*, const char*> cases[] = {
      {"bridge vlan add dev eth0 vid 10 pvid untagged && bridge vlan add dev eth0 vid 20-21 && bridge vlan del dev eth0 vid 1", ""},
      {"bridge vlan show dev eth0",
       "port              vlan-id  \n"
       "eth0              10 PVID Egress Untagged\n"
       "                  20\n"
       "                  21\n"},
      {"bridge vlan add dev eth0 vid 10; bridge vlan show dev eth0 | head -n 2 | tail -n 1", "eth0              10\n"},
      {"bridge vlan add dev br0 vid 10", "RTNETLINK answers: Operation not supported\n"},
      {"bridge vlan add dev br0 vid 10 self", ""},
      {"bridge vlan del dev eth0 vid 99", "RTNETLINK answers: No such file or directory\n"},
      {"bridge vlan add dev eth0 vid 4095",
       "Invalid VLAN ID \"4095\": the tag has 12 bits, 0 and 4095 are reserved, so 1 to 4094 can be used\n"},
      {"bridge vlan add dev eth0", "Device and VLAN ID are required arguments.\n"},
      {"bridge vlan add dev nope vid 1", "Cannot find bridge device \"nope\"\n"},
      {"ip link set br0 type bridge vlan_default_pvid 5 && bridge vlan show dev lo", "port              vlan-id  \n"},
  };
  for (const auto& [line, text] : cases) EXPECT_EQ(t.type("h1", line), text) << line;
}

TEST(IpLink, aVlanAddedAgainTakesItsFormerPlace) {
  Terminal t(vethPair());
  t.type("h1", "ip link add link eth0 name eth0.10 type vlan id 10; ip link del eth0.10; ip link add link eth0 name eth0.10 type vlan id 11");
  EXPECT_EQ(t.time().world().device(DeviceId{0}).config().interfaces.size(), 3u);
}

TEST(IpTuntap, makesInterfacesForPrograms) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "ip tuntap add dev tun0 mode tun; ip link set tun0 up; ip link show tun0"),
            "3: tun0: <NO-CARRIER,POINTOPOINT,MULTICAST,NOARP,UP> mtu 1500 qdisc fq_codel state DOWN mode DEFAULT group default "
            "qlen 1000\n    link/none \n");
  EXPECT_EQ(t.type("h1", "ip tuntap add dev tun1"), "You failed to specify a tunnel mode\n");
}

TEST(IpLink, addsVxlansAndBridgeFdbShowsWhereTheySend) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "ip link add vxlan10 type vxlan id 10 local 192.0.2.10 remote 198.51.100.10 dev eth0 dstport 4789;"
                         "ip link set vxlan10 up; bridge fdb append 00:00:00:00:00:00 dev vxlan10 dst 198.51.100.11;"
                         "bridge fdb add 02:00:00:00:00:99 dev vxlan10 dst 198.51.100.12; bridge fdb show dev vxlan10"),
            "02:00:00:00:00:99 dst 198.51.100.12 self permanent\n"
            "00:00:00:00:00:00 dst 198.51.100.10 via eth0 self permanent\n"
            "00:00:00:00:00:00 dst 198.51.100.11 self permanent\n");
  EXPECT_EQ(t.time().world().device(DeviceId{0}).config().interfaces.back().mtu, 1450u);
  EXPECT_EQ(t.type("h1", "bridge fdb del 02:00:00:00:00:99 dev vxlan10 dst 198.51.100.13"), "RTNETLINK answers: No such file or directory\n");
  EXPECT_EQ(t.type("h1", "ip link add vxlan11 type vxlan id 16777216"), "Error: argument \"16777216\" is wrong: invalid id\n\n");
}

TEST(SpanningTreeAtThePrompt, isSwitchedOnAndShown) {
  Builder b;
  LinkConfig veth;
  veth.medium = Medium::Veth;
  b.bridge("sw1").bridge("sw2").link("sw1:p1", "sw2:p1", veth).link("sw1:p2", "sw2:p2", veth);
  Terminal t(b);
  for (const char* device : {"sw1", "sw2"})
    EXPECT_EQ(t.type(device, "ip link set br0 type bridge stp_state 1 forward_delay 200 hello_time 100 max_age 600"), "");
  t.time().runUntil(t.time().now() + seconds(10));
  EXPECT_EQ(t.type("sw2", "bridge link | tail -1"),
            "4: p2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state blocking priority 32 cost 2 \n");
  EXPECT_EQ(t.type("sw2", "bridge link set dev p2 cost 1; bridge link | tail -1"),
            "4: p2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master br0 state listening priority 32 cost 1 \n");
  EXPECT_EQ(t.type("sw2", "ip link set br0 type bridge hello_time 5"), "RTNETLINK answers: Numerical result out of range\n");
  EXPECT_EQ(t.type("sw2", "ip link set p1 type bridge stp_state 1"), "RTNETLINK answers: Operation not supported\n");
}

TEST(Tc, setsShowsAndRemovesATokenBucket) {
  Terminal t(vethPair());
  const std::pair<const char*, const char*> cases[] = {
      {"tc qdisc add dev eth0 root tbf rate 336kbit burst 60 latency 20ms; tc qdisc show | tail -1",
       "qdisc tbf 8001: dev eth0 root refcnt 2 rate 336Kbit burst 60b lat 20ms \n"},
      {"tc qdisc add dev eth0 root tbf rate 1mbit burst 1540 limit 3000", "Error: Exclusivity flag on, cannot modify.\n"},
      {"tc qdisc del dev eth0 root; tc qdisc show | tail -1", "qdisc noqueue 0: dev eth0 root refcnt 2 \n"},
      {"tc qdisc del dev eth0 root", "Error: Cannot delete qdisc with handle of zero.\n"},
      {"tc qdisc add dev eth0 root tbf rate 1mbit", "Both \"rate\" and \"burst\" are required.\n"},
      {"tc qdisc add dev eth0 root tbf rate x burst 1", "Illegal \"rate\": x\n"},
      {"tc qdisc add dev eth9 root tbf rate 1mbit burst 1540 limit 3000", "Cannot find device \"eth9\"\n"},
      {"tc qdisc add dev eth0 root frob", "Error: Specified qdisc kind is unknown.\n"},
  };
  for (const auto& [line, text] : cases) EXPECT_EQ(t.type("h1", line), text) << line;
}

TEST(Tc, setsShowsAndRemovesNetem) {
  Terminal t(vethPair());
  const std::pair<const char*, const char*> cases[] = {
      {"tc qdisc add dev eth0 root netem delay 10ms loss 1%; tc qdisc show dev eth0",
       "qdisc netem 8001: dev eth0 root refcnt 2 limit 1000 delay 10ms loss 1%\n"},
      {"tc qdisc add dev eth0 root netem delay 10ms", "Error: Exclusivity flag on, cannot modify.\n"},
      {"tc qdisc change dev eth0 root netem delay 1.5ms 250us reorder 25% gap 5 duplicate 0.5% corrupt 0.01 limit 50; tc qdisc show dev eth0",
       "qdisc netem 8001: dev eth0 root refcnt 2 limit 50 delay 1.5ms  250us duplicate 0.5% reorder 25% corrupt 0.01% gap 5\n"},
      {"tc qdisc change dev eth0 root tbf rate 1mbit burst 1540 limit 3000", "Error: Invalid qdisc name: must match existing.\n"},
      {"tc qdisc replace dev eth0 root handle 1: netem delay 10 loss random 2%; tc qdisc show dev eth0",
       "qdisc netem 8001: dev eth0 root refcnt 2 limit 1000 delay 10us loss 2%\n"},
      {"tc qdisc del dev eth0 root; tc qdisc show dev eth0", "qdisc noqueue 0: dev eth0 root refcnt 2 \n"},
      {"tc qdisc change dev eth0 root netem loss 1%", "Error: Qdisc not found. To create specify NLM_F_CREATE flag.\n"},
      {"tc qdisc add dev eth0 root netem reorder 5%", "reordering not possible without specifying some delay\n"},
      {"tc qdisc add dev eth0 root netem delay", "Command line is not complete. Try option \"help\"\n"},
      {"tc qdisc add dev eth0 root netem delay x", "Illegal \"latency\"\n"},
      {"tc qdisc add dev eth0 root netem loss 200%", "Illegal \"loss percent\"\n"},
      {"tc qdisc add dev eth0 root netem delay 10ms 1ms 25%", "Correlated delays are not simulated.\n"},
      {"tc qdisc add dev eth0 root netem bla", "What is \"bla\"?\n"},
  };
  for (const auto& [line, text] : cases) EXPECT_EQ(t.type("h1", line), text) << line;
}

}  // namespace
}  // namespace hw::test
