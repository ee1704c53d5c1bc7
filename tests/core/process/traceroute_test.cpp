// traceroute: hops, silence, marks, the end (traceroute(8), version 2.1).
#include <gtest/gtest.h>

#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kPath = R"(
  host h1 eth0 192.0.2.1/24
  router r1 eth0 192.0.2.254/24 eth1 198.51.100.1/24
  router r2 eth0 198.51.100.2/24 eth1 203.0.113.254/24
  host h2 eth0 203.0.113.1/24
  link h1:eth0 r1:eth0
  link r1:eth1 r2:eth0
  link r2:eth1 h2:eth0
  route h1 default via 192.0.2.254
  route r1 203.0.113.0/24 via 198.51.100.2
  route r1 10.1.0.0/16 prohibit
  route r1 10.2.0.0/16 unreachable
  route r2 192.0.2.0/24 via 198.51.100.1
  route h2 default via 203.0.113.254)";

process::Traceroute trace(const char* to) {
  process::Traceroute t;
  t.options.target = to;
  t.options.address = address(to);
  return t;
}

/// The printed lines with every time replaced by #.
std::string withoutTimes(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t ms = text.find(" ms", i);
    if (ms == text.npos) return out + text.substr(i);
    const std::size_t from = text.rfind(' ', ms - 1) + 1;
    out += text.substr(i, from - i) + "# ms";
    i = ms + 3;
  }
  return out;
}

TEST(Traceroute, namesEveryHopUntilTheTarget) {
  for (const bool icmp : {false, true}) {
    Lab lab(kPath);
    process::Traceroute t = trace("203.0.113.1");
    t.options.icmp = icmp;
    const ProcessId id = lab.start("h1", t);
    lab.run("30s");
    EXPECT_EQ(withoutTimes(lab.printed("h1")),
              "traceroute to 203.0.113.1 (203.0.113.1), 30 hops max, 60 byte packets\n"
              " 1  192.0.2.254  # ms  # ms  # ms\n"
              " 2  198.51.100.2  # ms  # ms  # ms\n"
              " 3  203.0.113.1  # ms  # ms  # ms\n");
    EXPECT_EQ(lab.exitCode("h1", id), 0);
    EXPECT_TRUE(lab.state("h1").sockets.empty());
  }
}

TEST(Traceroute, silenceIsAStarAfterTheWait) {
  Lab lab(kPath);
  lab.cable("h2:eth0", [](LinkConfig& c) { c.lossPpm = 1'000'000; });
  process::Traceroute t = trace("203.0.113.1");
  t.options.hops = 4;
  t.options.probes = 2;
  t.options.wait = seconds(1);
  const ProcessId id = lab.start("h1", t);
  lab.run("20s");
  const std::string printed = withoutTimes(lab.printed("h1"));
  EXPECT_NE(printed.find(" 3  * *\n"), std::string::npos) << printed;
  EXPECT_EQ(lab.exitCode("h1", id), 0);
}

TEST(Traceroute, errorsHaveMarks) {
  const auto lastLine = [](const char* to) {
    Lab lab(kPath);
    process::Traceroute t = trace(to);
    t.options.probes = 1;
    lab.start("h1", t);
    lab.run("30s");
    const std::string all = withoutTimes(lab.printed("h1"));
    return all.substr(all.rfind('\n', all.size() - 2) + 1);
  };
  EXPECT_EQ(lastLine("10.1.0.1"), " 1  192.0.2.254  # ms !X\n");
  EXPECT_EQ(lastLine("10.2.0.1"), " 1  192.0.2.254  # ms !H\n");
  EXPECT_EQ(lastLine("10.3.0.1"), " 1  192.0.2.254  # ms !N\n");
  EXPECT_EQ(lastLine("203.0.113.77"), " 3  198.51.100.2  # ms !H\n");
}

TEST(Traceroute, startsAtTheHopThatIsAskedFor) {
  Lab lab(kPath);
  process::Traceroute t = trace("203.0.113.1");
  t.options.first = 2;
  t.options.probes = 1;
  lab.start("h1", t);
  lab.run("30s");
  EXPECT_EQ(withoutTimes(lab.printed("h1")),
            "traceroute to 203.0.113.1 (203.0.113.1), 30 hops max, 60 byte packets\n"
            " 2  198.51.100.2  # ms\n 3  203.0.113.1  # ms\n");
}

TEST(Traceroute, withoutARouteItEndsAtOnce) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0");
  const ProcessId id = lab.start("h1", trace("203.0.113.1"));
  EXPECT_EQ(lab.exitCode("h1", id), 1);
  EXPECT_NE(lab.printed("h1").find("connect: Network is unreachable\n"), std::string::npos);
}

}  // namespace
}  // namespace hw::test
