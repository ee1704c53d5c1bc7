// TCP at the prompt: nc, ss, tcp-serve, tcp-client, sysctl.
#include <gtest/gtest.h>

#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

TEST(Netcat, carriesAPipeToTheOtherSide) {
  Terminal t(vethPair());
  t.type("h2", "nc -l 7000 &");
  EXPECT_EQ(t.type("h1", "echo hello | nc -N h2 7000"), "");
  EXPECT_EQ(t.exitCode, 0);
  EXPECT_EQ(printed(t.time(), "h2"), "hello\n");
}

TEST(Netcat, saysWhatHappenedOnlyIfItIsAsked) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "nc -z h2 7000"), "");
  EXPECT_EQ(t.exitCode, 1);
  EXPECT_EQ(t.type("h1", "nc -vz h2 7000"), "nc: connect to h2 port 7000 (tcp) failed: Connection refused\n");
  t.type("h2", "nc -lk 7000 &");
  EXPECT_EQ(t.type("h1", "nc -vz h2 7000"), "Connection to h2 7000 port [tcp/*] succeeded!\n");
  EXPECT_EQ(t.type("h1", "nc -z h2 7000; echo $?"), "0\n");
  EXPECT_EQ(t.type("h1", "nc h2"), "usage: nc [-klNnvz] [-p source_port] [-s source] [-w timeout] [destination] [port]\n");
  EXPECT_EQ(t.type("h1", "nc h2 99999"), "nc: port number invalid: 99999\n");
}

TEST(Netcat, isPatientOnlyForSoLong) {
  Terminal t(vethPair());
  t.type("r1", "ip link set eth1 down");
  EXPECT_EQ(t.type("h1", "nc -v -w 2 192.0.2.77 7000"), "nc: connect to 192.0.2.77 port 7000 (tcp) failed: Connection timed out\n");
}

TEST(SocketStatistics, listsListenersConnectionsAndWhatIsLeftOfThem) {
  Terminal t(vethPair());
  t.type("h2", "tcp-serve 80 accept recv:5 sleep:10 &");
  EXPECT_EQ(t.type("h2", "ss -Hltn"), "LISTEN     0      5             0.0.0.0:80         0.0.0.0:*\n");
  t.type("h1", "tcp-client h2 80 sport=40001 send:5 send:7 sleep:1 close &");
  t.type("h1", "sleep 0.5");
  EXPECT_EQ(t.type("h2", "ss -Htn | grep -c 'ESTAB      7      0'"), "1\n");
  EXPECT_EQ(t.type("h1", "ss -tni | grep -c 'cubic wscale:7,7'"), "1\n");
  t.type("h1", "sleep 20");
  EXPECT_EQ(t.type("h1", "ss -Hta"), "");
}

TEST(SocketStatistics, knowsDatagramSockets) {
  Terminal t(vethPair());
  t.type("h2", "udp-serve 53 &");
  EXPECT_EQ(t.type("h2", "ss -Hlun | grep -c 'UNCONN.*0.0.0.0:53'"), "1\n");
  EXPECT_EQ(t.type("h2", "ss -Hl | grep -c '^udp'"), "1\n");
}

TEST(TcpTools, explainThemselves) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "tcp-client h2 80 dance"), "unknown op dance\n");
  EXPECT_EQ(t.type("h1", "tcp-serve x 2>&1 | head -1"), "usage: tcp-serve PORT OP...\n");
  EXPECT_EQ(t.type("h1", "tcp-client nohost 80"), "tcp-client: nohost: Name or service not known\n");
  EXPECT_EQ(t.type("h1", "tcp-client h2 80 connect"), "connect -> ECONNREFUSED\n");
}

TEST(TcpKnobs, areTurnedUnderLinuxNames) {
  Terminal t(vethPair());
  EXPECT_EQ(t.type("h1", "sysctl -n net.ipv4.tcp_congestion_control"), "cubic\n");
  t.type("h1", "sysctl -qw net.ipv4.tcp_congestion_control=reno net.ipv4.tcp_timestamps=0 net.ipv4.tcp_fin_timeout=30");
  const tcp::Config& config = t.time().world().device(*t.time().world().deviceNamed("h1")).config().knobs.tcp;
  EXPECT_EQ(config.control, tcp::Control::Reno);
  EXPECT_FALSE(config.timestamps);
  EXPECT_EQ(config.finTimeout, seconds(30));
  EXPECT_NE(t.type("h1", "sysctl -w net.ipv4.tcp_congestion_control=vegas 2>&1"), "");
}

}  // namespace
}  // namespace hw::test
