// ping: what it prints, when it stops, how it exits (ping(8), iputils 20221126).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kPair = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  link h1:eth0 h2:eth0 delay 5ms)";

/// The last lines, from the statistics on.
std::string summary(const std::string& printed) { return printed.substr(printed.find("---")); }

TEST(Ping, countsAndExitsZeroWhenAnswered) {
  Lab lab(kPair);
  const ProcessId p = lab.start("h1", ping("192.0.2.2", 3));
  lab.run("5s");
  EXPECT_EQ(lab.exitCode("h1", p), 0);
  EXPECT_EQ(summary(lab.printed("h1")),
            "--- 192.0.2.2 ping statistics ---\n"
            "3 packets transmitted, 3 received, 0% packet loss, time 2000ms\n"
            "rtt min/avg/max/mdev = 10.000/13.333/20.000/4.714 ms\n");
}

TEST(Ping, withoutAnAnswerItWaitsTheLingerAndExitsOne) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0 loss 1000000");
  lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.2"), lab.macOf("h2:eth0"), arp::Nud::Permanent});
  process::Ping p = ping("192.0.2.2", 2);
  p.options.linger = seconds(3);
  const ProcessId id = lab.start("h1", p);
  lab.run("3999ms");
  EXPECT_FALSE(lab.exitCode("h1", id));
  lab.run("1ms");
  EXPECT_EQ(lab.exitCode("h1", id), 1);
  EXPECT_EQ(summary(lab.printed("h1")),
            "--- 192.0.2.2 ping statistics ---\n2 packets transmitted, 0 received, 100% packet loss, time 1000ms\n\n");
}

TEST(Ping, aDeadlineEndsItAndMissingAnswersAreAFailure) {
  Lab lab(kPair);
  process::Ping p = ping("192.0.2.2", 9);
  p.options.deadline = seconds(2);
  const ProcessId id = lab.start("h1", p);
  lab.run("2s");
  EXPECT_EQ(lab.exitCode("h1", id), 1) << "two of nine by the deadline";
  p.options.count = 0;
  const ProcessId endless = lab.start("h1", p);
  lab.run("2s");
  EXPECT_EQ(lab.exitCode("h1", endless), 0);
}

TEST(Ping, anInterruptEndsItWithItsStatistics) {
  Lab lab(kPair);
  const ProcessId id = lab.start("h1", ping("192.0.2.2", 0));
  lab.run("2500ms");
  lab.input("h1", SignalProcess{id, process::Signal::Interrupt});
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  EXPECT_NE(lab.printed("h1").find("3 packets transmitted, 3 received, 0% packet loss, time 2000ms"), std::string::npos)
      << lab.printed("h1");
  EXPECT_TRUE(lab.state("h1").sockets.empty());
  EXPECT_TRUE(lab.state("h1").processes.empty());
}

TEST(Ping, quietPrintsOnlyTheFirstAndTheLastLines) {
  Lab lab(kPair);
  process::Ping p = ping("192.0.2.2", 3);
  p.options.quiet = true;
  lab.start("h1", p);
  lab.run("5s");
  EXPECT_EQ(lab.printed("h1").find("bytes from"), std::string::npos);
}

TEST(Ping, requestsUnderWayTogetherAreThePipe) {
  Lab lab(kPair);
  process::Ping p = ping("192.0.2.2", 6);
  p.options.interval = milliseconds(3);
  lab.start("h1", p);
  lab.run("5s");
  EXPECT_NE(lab.printed("h1").find(", pipe "), std::string::npos) << lab.printed("h1");
}

TEST(Ping, theSameAnswerTwiceIsADuplicate) {
  Lab lab(kPair);
  lab.start("h1", ping("192.0.2.2", 2));
  lab.run("100ms");
  // The answer of h2, once more.
  const Raw reply = ipOnly(lab.sent("h2:eth0")).at(0);
  lab.inject("h1:eth0", reply);
  lab.run("3s");
  EXPECT_NE(lab.printed("h1").find("icmp_seq=1 ttl=64 time=100 ms (DUP!)"), std::string::npos) << lab.printed("h1");
  EXPECT_NE(lab.printed("h1").find("2 packets transmitted, 2 received, +1 duplicates, 0% packet loss"), std::string::npos);
}

TEST(Ping, errorsAreCountedAndNamed) {
  Lab lab(R"(
    host h1 eth0 192.0.2.1/24
    router r1 eth0 192.0.2.254/24
    link h1:eth0 r1:eth0
    route h1 default via 192.0.2.254)");
  const ProcessId id = lab.start("h1", ping("203.0.113.1", 2));
  lab.run("5s");
  EXPECT_EQ(lab.exitCode("h1", id), 1);
  EXPECT_EQ(summary(lab.printed("h1")),
            "--- 203.0.113.1 ping statistics ---\n"
            "2 packets transmitted, 0 received, +2 errors, 100% packet loss, time 1000ms\n\n");
}

TEST(Ping, dataTooShortForATimeIsNotTimed) {
  Lab lab(kPair);
  process::Ping p = ping("192.0.2.2", 1);
  p.options.size = 8;
  lab.start("h1", p);
  lab.run("2s");
  EXPECT_NE(lab.printed("h1").find("16 bytes from 192.0.2.2: icmp_seq=1 ttl=64\n"), std::string::npos) << lab.printed("h1");
}

TEST(Ping, whatCannotWorkIsSaidAtOnce) {
  const auto fails = [](const std::function<void(process::Ping&)>& change, const char* to = "192.0.2.2") {
    Lab lab(kPair);
    process::Ping p = ping(to);
    change(p);
    const ProcessId id = lab.start("h1", p);
    EXPECT_EQ(lab.exitCode("h1", id), 2);
    return lab.printed("h1");
  };
  EXPECT_EQ(fails([](process::Ping& p) { p.options.device = "eth9"; }), "ping: unknown iface: eth9\n");
  EXPECT_EQ(fails([](process::Ping& p) { p.options.from = address("192.0.2.9"); }), "ping: bind: Cannot assign requested address\n");
  EXPECT_EQ(fails([](process::Ping&) {}, "203.0.113.1"), "ping: connect: Network is unreachable\n");
  EXPECT_EQ(fails([](process::Ping&) {}, "192.0.2.255"),
            "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules\n");
}

TEST(Ping, aSourceOrDeviceIsNamedInTheFirstLine) {
  Lab lab(kPair);
  process::Ping p = ping("192.0.2.2");
  p.options.device = "eth0";
  lab.start("h1", p);
  EXPECT_EQ(lab.printed("h1"), "PING 192.0.2.2 (192.0.2.2) from 192.0.2.1 eth0: 56(84) bytes of data.\n");
}

TEST(Ping, itsOwnAddressAnswersOverLoopback) {
  Lab lab(kPair);
  const ProcessId id = lab.start("h1", ping("192.0.2.1"));
  lab.run("1s");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  EXPECT_TRUE(lab.sent("h1:eth0").empty());
}

}  // namespace
}  // namespace hw::test
