// RARP: a machine that knows only its MAC address hears its IP address (RFC 903).
#include <gtest/gtest.h>

#include "core/process/rarp.h"
#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

struct Rarp : testing::Test {
  Lab lab{R"(
    bridge sw
    host server eth0 192.0.2.1/24
    host client eth0
    link server:eth0 sw:p1 veth
    link client:eth0 sw:p2 veth)"};

  void serve(MacAddress mac, const char* address) {
    process::RarpServe server;
    server.device = "eth0";
    server.table = {{mac, test::address(address)}};
    lab.start("server", server);
  }
  int ask(std::uint32_t count = 2) {
    process::RarpAsk asks;
    asks.device = "eth0";
    asks.count = count;
    const ProcessId id = lab.start("client", asks);
    lab.run("5s");
    return lab.exitCode("client", id).value_or(-1);
  }
};

TEST_F(Rarp, AMachineHearsItsAddressFromWhoHasATable) {
  serve(lab.macOf("client:eth0"), "192.0.2.77");
  EXPECT_EQ(ask(), 0);
  EXPECT_EQ(lab.printed("client"), "eth0: my address is 192.0.2.77, says 192.0.2.1 [" + lab.macOf("server:eth0").text() + "]\n");
  const Raw question = lab.sent("client:eth0").at(0), reply = lab.sent("server:eth0").at(0);
  EXPECT_EQ(load16(question.data() + 12), ethernet::kRarp);
  EXPECT_EQ(load<arp::Header>(question.data() + 14).opcode, arp::kRarpRequest);
  EXPECT_EQ(load<arp::Header>(question.data() + 14).targetMac, lab.macOf("client:eth0"));
  EXPECT_EQ(load<arp::Header>(reply.data() + 14).opcode, arp::kRarpReply);
  EXPECT_EQ(load<arp::Header>(reply.data() + 14).targetIp, address("192.0.2.77"));
  EXPECT_EQ(lab.count("server", "eth.given_to_program"), 1u);
}

TEST_F(Rarp, WhoIsInNoTableHearsNothing) {
  serve(mac("02:00:00:00:00:99"), "192.0.2.77");
  EXPECT_EQ(ask(2), 1);
  EXPECT_EQ(lab.sent("client:eth0").size(), 2u);
  EXPECT_EQ(lab.printed("client"), "rarp: nobody answers\n");
  EXPECT_TRUE(lab.sent("server:eth0").empty());
}

TEST_F(Rarp, WithoutAServerNobodyKnowsTheType) {
  EXPECT_EQ(ask(1), 1);
  EXPECT_EQ(lab.count("server", "eth.unknown_type"), 1u);
}

}  // namespace
}  // namespace hw::test
