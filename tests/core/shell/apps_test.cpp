// Applications at the prompt: http-serve, curl, iperf, gateway.
#include <gtest/gtest.h>

#include "core/shell/complete.h"
#include "tests/core/shell/terminal.h"

namespace hw::test {
namespace {

TEST(CurlCommand, fetchesByNameOrAddress) {
  Terminal t(vethPair());
  t.type("h2", "http-serve 80 &");
  EXPECT_EQ(t.type("h1", "curl http://h2/"), "This is h2, port 80.\nThere is more at /bytes/N (N bytes) and /time (virtual time).\n");
  EXPECT_EQ(t.exitCode, 0);
  EXPECT_EQ(t.type("h1", "curl -s 198.51.100.10/bytes/16 | wc -c"), "16\n");
  EXPECT_EQ(t.type("h1", "curl -sI http://h2/bytes/7 | grep Content-Length"), "Content-Length: 7\n");
  EXPECT_EQ(t.type("h1", "curl -so/dev/null -v h2/nosuch | grep '^<' | head -1"), "< HTTP/1.1 404 Not Found\n");
  EXPECT_EQ(t.type("h1", "curl --silent --max-time 1.5 http://192.0.2.77/; echo $?"), "28\n");
  EXPECT_EQ(t.type("h2", "http-serve 80"), "http-serve: bind: Address already in use\n");
  EXPECT_EQ(t.type("h2", "ps | grep -c http-serve"), "1\n");
}

TEST(CurlCommand, complainsAsTheRealOne) {
  Terminal t(vethPair());
  constexpr const char* kHint = "curl: try 'curl --help' or 'curl --manual' for more information\n";
  const auto fails = [&](const char* line, int code, const std::string& text) {
    EXPECT_EQ(t.type("h1", line), text) << line;
    EXPECT_EQ(t.exitCode, code) << line;
  };
  fails("curl", 2, kHint);
  fails("curl --foo h2", 2, std::string("curl: option --foo: is unknown\n") + kHint);
  fails("curl -sQ h2", 2, std::string("curl: option -Q: is unknown\n") + kHint);
  fails("curl -m", 2, std::string("curl: option -m: requires parameter\n") + kHint);
  fails("curl -m abc h2", 2, std::string("curl: option -m: expected a proper numerical parameter\n") + kHint);
  fails("curl http://h2:99999/", 3, "curl: (3) URL using bad/illegal format or missing URL\n");
  fails("curl ftpx://h2/", 1, "curl: (1) Protocol \"ftpx\" not supported or disabled in libcurl\n");
  fails("curl http://nohost/", 6, "curl: (6) Could not resolve host: nohost\n");
  fails("curl -s http://nohost/", 6, "");
  fails("curl -sS http://nohost/", 6, "curl: (6) Could not resolve host: nohost\n");
  fails("curl -o page h2", 23, "curl: (23) only /dev/null can be written to; a device has no files\n");
  fails("curl h2 h1", 2, "curl: one URL at a time\n");
  fails("curl http://h2:81/", 7, "curl: (7) Failed to connect to h2 port 81 after 0 ms: Couldn't connect to server\n");
}

TEST(IperfCommand, measuresAPath) {
  Terminal t(vethPair());
  t.type("h2", "iperf -s &");
  EXPECT_EQ(t.type("h1", "iperf -c h2 -n 100K | grep -c '^.  1. 0.0000-.* sec   100 KBytes '"), "1\n");
  t.type("h2", "iperf -su -p 5002 &");
  EXPECT_EQ(t.type("h1", "iperf -c h2 -u -b 100k -t 1 -p 5002 | grep -c 'Server Report'"), "1\n");
}

TEST(IperfCommand, complainsAsTheRealOne) {
  Terminal t(vethPair());
  constexpr const char* kUsage = "Usage: iperf [-s|-c host] [options]\nTry `iperf --help' for more information.\n";
  const auto fails = [&](const char* line, const std::string& text) {
    EXPECT_EQ(t.type("h1", line), text) << line;
    EXPECT_EQ(t.exitCode, 1) << line;
  };
  fails("iperf", kUsage);
  fails("iperf -s -c h2", kUsage);
  fails("iperf -c", std::string("iperf: option requires an argument -- 'c'\n") + kUsage);
  fails("iperf -c nohost", "nohost: Unknown host\n");
  fails("iperf -c h2 -t x", "ERROR: -t value of 'x' not recognized\n");
  fails("iperf -c h2 -n 5T", "ERROR: -n value of '5T' not recognized\n");
  fails("iperf -c h2 -n 0", "ERROR: -n value of '0' not recognized\n");
  fails("iperf -c h2 -p 70000", "ERROR: -p value of '70000' not recognized\n");
  fails("iperf -c h2 -i 0.001", "ERROR: -i value of '0.001' not recognized\n");
  fails("iperf -c h2 -b 1M", "iperf: a stream has no rate here; -b wants -u\n");
}

TEST(GatewayCommand, joinsTwoProtocols) {
  Terminal t(vethPair());
  t.type("h2", "udp-serve --echo 7 &");
  t.type("r1", "gateway 8080 to udp h2 7 &");
  EXPECT_EQ(t.type("h1", "curl http://r1:8080/ask/hello"), "hello");
  EXPECT_EQ(t.type("r1", "gateway 8080 to tcp h2 7"), "usage: gateway PORT to udp ADDRESS PORT\n");
  EXPECT_EQ(t.exitCode, 2);
  EXPECT_EQ(t.type("r1", "gateway 8080 to udp nohost 7"), "gateway: nohost: Name or service not known\n");
  EXPECT_EQ(t.type("r1", "http-serve 0"), "usage: http-serve PORT\n");
}

TEST(Applications, areCompleted) {
  Terminal t(vethPair());
  const World& world = t.time().world();
  const DeviceId h1 = *world.deviceNamed("h1");
  EXPECT_EQ(shell::complete(world, h1, "http-s", 6), std::vector<std::string>{"http-serve"});
  EXPECT_EQ(shell::complete(world, h1, "curl --m", 8), std::vector<std::string>{"--max-time"});
  EXPECT_EQ(shell::complete(world, h1, "iperf -c h", 10), (std::vector<std::string>{"h1", "h2"}));
}

}  // namespace
}  // namespace hw::test
