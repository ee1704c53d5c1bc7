// Who takes a frame: interfaces and hubs (IEEE 802.3 4.2.9 and clause 9).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

constexpr const char* kHub = R"(
  hub x
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  host h3 eth0 192.0.2.3/24
  link h1:eth0 x:1
  link h2:eth0 x:2
  link h3:eth0 x:3)";

TEST(Hub, everyBitLeavesAtEveryOtherPort) {
  Lab lab(kHub);
  lab.start("h1", ping("192.0.2.2"));
  lab.run("1ms");
  EXPECT_EQ(lab.keys("x", ""), "eth.repeated eth.repeated eth.repeated eth.repeated");
  EXPECT_EQ(lab.decisions("x", "").substr(0, 30), "0 eth.repeated port=1 ports=2\n");
  EXPECT_EQ(lab.keys("h3", "eth."), "eth.for_group eth.not_for_us eth.not_for_us eth.not_for_us");
}

TEST(Hub, aPortWithoutACarrierIsLeftOut) {
  Lab lab(kHub);
  lab.cable("x:2", [](LinkConfig& c) { c.up = false; });
  lab.cable("x:3", [](LinkConfig& c) { c.up = false; });
  lab.start("h1", ping("192.0.2.2"));
  lab.run("1ms");
  EXPECT_EQ(lab.keys("x", "eth."), "eth.nothing_to_repeat");
}

TEST(Hub, repeatsEvenWhatIsNoFrame) {
  Lab lab(kHub);
  lab.inject("x:1", counting(9));
  lab.run("1ms");
  EXPECT_EQ(lab.keys("h2", ""), "eth.too_short") << "too short for a header even when padded on Ethernet";
}

constexpr const char* kNetworkCard = R"(
  host h1 eth0 192.0.2.1/24
  host h2 eth0 192.0.2.2/24
  link h1:eth0 h2:eth0 veth)";

TEST(Interface, whatIsForOthersIsDropped) {
  Lab lab(kNetworkCard);
  lab.inject("h1:eth0", ethernetFrame(mac("02:00:00:00:00:aa"), lab.macOf("h2:eth0"), 0x0800, counting(46)));
  lab.run("1ms");
  EXPECT_EQ(lab.decisions("h1", ""), "0 eth.not_for_us port=eth0 mac=02:00:00:00:00:aa\n");
}

TEST(Interface, framesShorterThanAHeaderAreDropped) {
  Lab lab(kNetworkCard);
  for (std::size_t size = 0; size < 14; ++size) lab.inject("h1:eth0", counting(size));
  lab.run("1ms");
  EXPECT_EQ(lab.count("h1", "eth.too_short"), 14u);
}

TEST(Interface, aTypeThatNobodyHandlesIsDropped) {
  Lab lab(kNetworkCard);
  lab.inject("h1:eth0", ethernetFrame(lab.macOf("h1:eth0"), lab.macOf("h2:eth0"), 0x86DD, counting(46)));
  lab.run("1ms");
  EXPECT_EQ(lab.decisions("h1", "eth."), "0 eth.for_us port=eth0\n0 eth.unknown_type type=0x86dd\n");
}

TEST(Interface, aClosedInterfaceTakesNothingAndSendsNothing) {
  Lab lab(kNetworkCard);
  DeviceConfig config = lab.config("h1");
  config.interfaces[1].up = false;
  lab.reconfigure("h1", config);
  lab.inject("h1:eth0", ethernetFrame(lab.macOf("h1:eth0"), lab.macOf("h2:eth0"), 0x0800, counting(46)));
  lab.run("1ms");
  EXPECT_EQ(lab.decisions("h1", ""), "0 eth.port_down port=eth0\n");
  const ProcessId p = lab.start("h1", ping("192.0.2.2"));
  EXPECT_EQ(lab.exitCode("h1", p), 2) << "its routes are gone: " << lab.printed("h1");
}

TEST(Interface, aProgramMaySendAWholeFrame) {
  Lab lab(kNetworkCard);
  process::Arping arping;
  arping.options.target = address("192.0.2.2");
  arping.options.device = "eth0";
  arping.options.count = 1;
  lab.start("h1", arping);
  EXPECT_EQ(lab.decisions("h1", "eth."), "0 eth.sent_by_program type=0x0806 to=ff:ff:ff:ff:ff:ff port=eth0\n");
}

TEST(Interface, aNewNextHopGetsANewFrame) {
  Lab lab(kNetworkCard);
  lab.input("h1", EditNeighbour{EditNeighbour::What::Set, {1}, address("192.0.2.2"), lab.macOf("h2:eth0"), arp::Nud::Permanent});
  lab.start("h1", ping("192.0.2.2"));
  EXPECT_EQ(lab.decisions("h1", "eth."),
            "0 eth.rewritten from=02:00:00:01:00:01 port=eth0 to=02:00:00:02:00:01\n");
}

TEST(Interface, multicastAndBroadcastAreTakenByAll) {
  Lab lab(kNetworkCard);
  lab.inject("h1:eth0", ethernetFrame(mac("01:00:5e:00:00:01"), lab.macOf("h2:eth0"), 0x88B5, counting(46)));
  lab.run("1ms");
  EXPECT_EQ(lab.keys("h1", "eth."), "eth.for_group eth.unknown_type");
}

}  // namespace
}  // namespace hw::test
