// iperf: what a path carries, measured at both ends (iperf 2.1).
#include <gtest/gtest.h>

#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kGigabit = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  link h1:eth0 h2:eth0 rate 1000M delay 100us queue 4000000)";

process::Iperf server(bool datagrams = false) {
  process::Iperf program;
  program.options.server = true;
  program.options.datagrams = datagrams;
  return program;
}

process::Iperf client(Duration time, bool datagrams = false) {
  process::Iperf program;
  program.options.target = address("192.0.2.2");
  program.options.time = time;
  program.options.datagrams = datagrams;
  return program;
}

std::string lastLine(const std::string& text) { return text.substr(text.rfind('\n', text.size() - 2) + 1); }
std::size_t linesOf(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

/// "[  1] 0.0000-0.1004 sec  11.2 MBytes   938 Mbits/sec": the number in front of Mbits.
double megabits(const std::string& line) {
  const std::size_t end = line.find(" Mbits/sec");
  if (end == line.npos) return 0;
  return std::stod(line.substr(line.find("Bytes") + 5, end - line.find("Bytes") - 5));
}

TEST(IperfNumber, fitsInFourPlaces) {
  using process::iperfNumber;
  EXPECT_EQ(iperfNumber(0, 1024), "0.00 ");
  EXPECT_EQ(iperfNumber(16'384, 1024), "16.0 K");
  EXPECT_EQ(iperfNumber(131'072, 1024), " 128 K");
  EXPECT_EQ(iperfNumber(1'181'116'006, 1024), "1.10 G");
  EXPECT_EQ(iperfNumber(1'000'000'000, 1024), " 954 M");
  EXPECT_EQ(iperfNumber(1'050'000, 1000), "1.05 M");
  EXPECT_EQ(iperfNumber(9'994'999, 1000), "9.99 M");
  EXPECT_EQ(iperfNumber(9'995'000, 1000), "10.0 M");
  EXPECT_EQ(iperfNumber(99'950'000, 1000), " 100 M");
  EXPECT_EQ(iperfNumber(1'023 * 1'024, 1024), "1023 K");
  EXPECT_EQ(iperfNumber(UINT64_MAX, 1000), "18446744 T");
}

TEST(Iperf, printsWhatTheRealOnePrints) {
  Lab lab(kGigabit);
  lab.start("h2", server());
  process::Iperf program = client({});
  program.options.bytes = 300 * 1024;
  const ProcessId id = lab.start("h1", program);
  lab.run("1s");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  const std::string sent = lab.printed("h1"), got = lab.printed("h2");
  const std::string rule(60, '-');
  EXPECT_TRUE(sent.starts_with(rule + "\nClient connecting to 192.0.2.2, TCP port 5001\nTCP window size: 16.0 KByte (default)\n" + rule +
                               "\n[  1] local 192.0.2.1 port ")) << sent;
  EXPECT_NE(sent.find(" connected with 192.0.2.2 port 5001 (icwnd/mss/irtt=14/1448/"), std::string::npos) << sent;
  EXPECT_NE(sent.find("\n[ ID] Interval       Transfer     Bandwidth\n[  1] 0.0000-0.0"), std::string::npos) << sent;
  EXPECT_NE(lastLine(sent).find(" sec   300 KBytes  "), std::string::npos) << sent;
  EXPECT_TRUE(got.starts_with(rule + "\nServer listening on TCP port 5001\nTCP window size:  128 KByte (default)\n" + rule +
                              "\n[  1] local 192.0.2.2 port 5001 connected with 192.0.2.1 port "))
      << got;
  EXPECT_NE(lastLine(got).find(" sec   300 KBytes  "), std::string::npos) << got;
}

TEST(Iperf, fillsALinkWithGoodput) {
  Lab lab(kGigabit);
  lab.start("h2", server());
  lab.start("h1", client(milliseconds(300)));
  lab.run("2s");
  // 1448 of 1538 bytes on the wire are data; slow start takes a few of the 300 ms.
  const double rate = megabits(lastLine(lab.printed("h2")));
  EXPECT_GT(rate, 800) << lab.printed("h2");
  EXPECT_LE(rate, 1000.0 * 1448 / 1538) << lab.printed("h2");
  EXPECT_NEAR(megabits(lastLine(lab.printed("h1"))), rate, rate * 0.1) << lab.printed("h1");
}

TEST(Iperf, reportsIntervals) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0 rate 10M queue 4000000");
  process::Iperf counting = server();
  counting.options.interval = milliseconds(500);
  lab.start("h2", counting);
  process::Iperf sending = client(seconds(2));
  sending.options.interval = milliseconds(500);
  lab.start("h1", sending);
  lab.run("10s");
  const std::string text = lab.printed("h1");
  for (const char* interval :
       {"[  1] 0.0000-0.5000 sec", "[  1] 0.5000-1.0000 sec", "[  1] 1.0000-1.5000 sec", "[  1] 1.5000-2.0000 sec", "[  1] 0.0000-2."})
    EXPECT_NE(text.find(interval), std::string::npos) << interval << "\n" << text;
  const std::string counted = lab.printed("h2");
  const std::size_t at = counted.find("[  1] 0.5000-1.0000 sec");
  ASSERT_NE(at, std::string::npos) << counted;
  EXPECT_NEAR(megabits(counted.substr(at, counted.find('\n', at) - at)), 10.0 * 1448 / 1538, 0.1) << counted;
}

TEST(Iperf, measuresSeveralStreamsOneAfterTheOther) {
  Lab lab(kGigabit);
  const ProcessId id = lab.start("h2", server());
  for (int i = 0; i < 2; ++i) {
    process::Iperf program = client({});
    program.options.bytes = 10'000;
    lab.start("h1", program);
    lab.run("1s");
  }
  EXPECT_NE(lab.printed("h2").find("\n[  2] 0.0000-"), std::string::npos) << lab.printed("h2");
  lab.input("h2", SignalProcess{id, process::Signal::Terminate});
  EXPECT_EQ(lab.exitCode("h2", id), 0);
}

TEST(Iperf, endsWhenItIsInterrupted) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0 rate 10M queue 4000000");
  lab.start("h2", server());
  const ProcessId id = lab.start("h1", client(seconds(1000)));
  lab.run("1s");
  lab.input("h1", SignalProcess{id, process::Signal::Interrupt});
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  EXPECT_TRUE(lastLine(lab.printed("h1")).starts_with("[  1] 0.0000-")) << lab.printed("h1");
}

TEST(Iperf, nobodyListens) {
  Lab lab(kGigabit);
  const ProcessId id = lab.start("h1", client(seconds(1)));
  lab.run("5s");
  EXPECT_EQ(lastLine(lab.printed("h1")), "tcp connect failed: Connection refused\n");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  const ProcessId datagrams = lab.start("h1", client(seconds(1), true));
  lab.run("5s");
  EXPECT_EQ(lastLine(lab.printed("h1")), "[  1] WARNING: did not receive ack of last datagram after 10 tries.\n");
  EXPECT_EQ(lab.exitCode("h1", datagrams), 0);
}

TEST(IperfDatagrams, areSentAtARateAndCounted) {
  Lab lab(kGigabit);
  lab.start("h2", server(true));
  const ProcessId id = lab.start("h1", client(seconds(2), true));
  lab.run("5s");
  EXPECT_EQ(lab.exitCode("h1", id), 0);
  const std::string text = lab.printed("h1");
  EXPECT_NE(text.find("Sending 1470 byte datagrams, IPG target: 11215.21 us (kalman adjust)\nUDP buffer size:  208 KByte (default)\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("[  1] 0.0000-2.0000 sec   258 KBytes  1.06 Mbits/sec\n[  1] Sent 180 datagrams\n[  1] Server Report:\n"),
            std::string::npos)
      << text;
  EXPECT_EQ(lastLine(text), lastLine(lab.printed("h2")));
  EXPECT_TRUE(lastLine(text).ends_with("  1.06 Mbits/sec   0.000 ms 0/180 (0%)\n")) << text;
  EXPECT_NE(lab.printed("h2").find("\n[  1] local 192.0.2.2 port 5001 connected with 192.0.2.1 port "), std::string::npos)
      << lab.printed("h2");
}

TEST(IperfDatagrams, areMissedWhenTheyAreLost) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0 rate 1000M loss 100000");
  lab.start("h2", server(true));
  process::Iperf program = client(seconds(2), true);
  program.options.rate = 10'000'000;
  lab.start("h1", program);
  lab.run("8s");
  std::size_t lost = 0, arrived = 0;
  for (const auto& [transmission, bytes] : lab.tapped)
    if (bytes.size() > 1500) ++(transmission.fate == Fate::Delivered ? arrived : lost);
  ASSERT_GT(lost, 100u);
  const std::string line = lastLine(lab.printed("h2"));
  // What was lost at the very begin or end is not missed twice: the last datagram is repeated.
  const std::size_t slash = line.find('/', line.find(" ms "));
  const auto told = std::stoul(line.substr(line.rfind(' ', slash) + 1));
  EXPECT_NEAR(static_cast<double>(told), static_cast<double>(lost), 3) << line;
}

TEST(IperfCount, knowsLateDatagramsAndJitter) {
  process::IperfCount count;
  const auto at = [](std::int64_t ms) { return Time{} + milliseconds(ms); };
  for (const std::uint64_t number : {1u, 2u, 5u, 3u}) count.take(number, at(100), at(110));
  EXPECT_EQ(count.lost, 1u);
  EXPECT_EQ(count.disordered, 1u);
  EXPECT_EQ(count.next, 6u);
  EXPECT_EQ(count.jitter16, 0);
  count.take(6, at(200), at(226));
  EXPECT_EQ(count.jitter16, milliseconds(16).ns) << "one sixteenth of the change, sixteen times";
}

TEST(Iperf, isTheSameWhenItIsPlayedAgain) {
  const auto play = [](bool datagrams) {
    Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0 rate 10M delay 1ms loss 20000");
    lab.start("h2", server(datagrams));
    lab.start("h1", client(seconds(1), datagrams));
    lab.run("10s");
    return std::pair(hashOf(lab.world), lab.printed("h2"));
  };
  EXPECT_EQ(play(false), play(false));
  EXPECT_EQ(play(true), play(true));
  EXPECT_GT(linesOf(play(true).second), 6u);
}

}  // namespace
}  // namespace hw::test
