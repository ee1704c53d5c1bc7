// arping: questions, duplicate detection, announcements (arping(8), iputils 20221126).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kNeighbours = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  link h1:eth0 h2:eth0 delay 1ms)";

struct Result {
  std::optional<int> code;
  std::string printed;
  std::vector<Raw> sent;
};

Result arping(const char* target, const std::function<void(process::ArpingOptions&)>& change) {
  Lab lab(kNeighbours);
  process::Arping a;
  a.options.target = address(target);
  a.options.device = "eth0";
  change(a.options);
  const ProcessId id = lab.start("h1", a);
  lab.run("10s");
  return {lab.exitCode("h1", id), lab.printed("h1"), lab.sent("h1:eth0")};
}

TEST(Arping, asksEverySecondAndGoesOnDirectlyAfterTheFirstAnswer) {
  const Result r = arping("192.0.2.2", [](auto& o) { o.count = 2; });
  EXPECT_EQ(r.code, 0);
  EXPECT_EQ(r.printed,
            "ARPING 192.0.2.2 from 192.0.2.1 eth0\n"
            "Unicast reply from 192.0.2.2 [02:00:00:02:00:01]  2.000ms\n"
            "Unicast reply from 192.0.2.2 [02:00:00:02:00:01]  2.000ms\n"
            "Sent 2 probes (1 broadcast(s))\nReceived 2 response(s)\n");
}

TEST(Arping, mayStayWithBroadcasts) {
  const Result r = arping("192.0.2.2", [](auto& o) { o.count = 2, o.broadcastOnly = true; });
  EXPECT_NE(r.printed.find("Sent 2 probes (2 broadcast(s))"), std::string::npos);
}

TEST(Arping, quitsOnTheFirstReplyWhenAsked) {
  const Result r = arping("192.0.2.2", [](auto& o) { o.count = 5, o.quitOnReply = true; });
  EXPECT_EQ(r.code, 0);
  EXPECT_EQ(r.sent.size(), 1u);
}

TEST(Arping, silenceIsAFailure) {
  const Result r = arping("192.0.2.9", [](auto& o) { o.count = 3; });
  EXPECT_EQ(r.code, 1);
  EXPECT_NE(r.printed.find("Sent 3 probes (3 broadcast(s))\nReceived 0 response(s)\n"), std::string::npos);
}

TEST(Arping, aTimeoutEndsIt) {
  const Result r = arping("192.0.2.9", [](auto& o) { o.timeout = 2; });
  EXPECT_EQ(r.code, 1);
  EXPECT_EQ(r.sent.size(), 2u);
}

TEST(Arping, duplicateDetectionAsksWithoutAnAddress) {
  const Result taken = arping("192.0.2.2", [](auto& o) { o.count = 2, o.duplicateDetection = true; });
  EXPECT_EQ(taken.code, 1) << "somebody has it";
  EXPECT_EQ(arpOf(taken.sent.at(0)).senderIp, address("0.0.0.0"));
  const Result unused = arping("192.0.2.9", [](auto& o) { o.count = 2, o.duplicateDetection = true; });
  EXPECT_EQ(unused.code, 0);
}

TEST(Arping, announcementsNameOnlyTheirOwnAddress) {
  const Result asked = arping("192.0.2.1", [](auto& o) { o.count = 1, o.unsolicited = true; });
  EXPECT_EQ(asked.code, 0);
  EXPECT_EQ(arpOf(asked.sent.at(0)).opcode, arp::kRequest);
  EXPECT_EQ(arpOf(asked.sent.at(0)).senderIp, arpOf(asked.sent.at(0)).targetIp);
  const Result told = arping("192.0.2.1", [](auto& o) { o.count = 1, o.answer = true; });
  EXPECT_EQ(arpOf(told.sent.at(0)).opcode, arp::kReply);
}

TEST(Arping, aSourceMayBeNamed) {
  const Result r = arping("192.0.2.2", [](auto& o) { o.count = 1, o.source = address("192.0.2.77"); });
  EXPECT_EQ(arpOf(r.sent.at(0)).senderIp, address("192.0.2.77"));
}

TEST(Arping, quietPrintsNothing) {
  EXPECT_EQ(arping("192.0.2.2", [](auto& o) { o.count = 1, o.quiet = true; }).printed, "");
}

TEST(Arping, anUnknownDeviceIsSaidAtOnce) {
  const Result r = arping("192.0.2.2", [](auto& o) { o.device = "eth7"; });
  EXPECT_EQ(r.code, 2);
  EXPECT_EQ(r.printed, "arping: Device eth7 not available.\n");
}

}  // namespace
}  // namespace hw::test
