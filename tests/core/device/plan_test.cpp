// What is derived from a configuration: own addresses and the kernel's own routes (fib_add_ifaddr).
#include <gtest/gtest.h>

#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

/// "type prefix table" of each route of h1 that the kernel made for an address, lo left out.
std::string kernelRoutes(const char* address) {
  Lab lab(std::string("host h1 eth0 ") + address + "\n host h2 eth0\n link h1:eth0 h2:eth0");
  std::string all;
  for (const route::Route& r : lab.world.device(lab.device("h1")).plan().fib.routes()) {
    if (r.port.value == 0) continue;
    EXPECT_EQ(r.protocol, route::Protocol::Kernel);
    const char* const type = r.type == route::Type::Local ? "local" : r.type == route::Type::Broadcast ? "broadcast" : "unicast";
    all += std::string(type) + " " + r.prefix.text() + " " + std::to_string(r.table) + "\n";
  }
  return all;
}

TEST(Plan, anAddressBringsItsNetworkItsBroadcastAndItself) {
  EXPECT_EQ(kernelRoutes("192.0.2.9/24"),
            "unicast 192.0.2.0/24 254\nlocal 192.0.2.9/32 255\nbroadcast 192.0.2.255/32 255\n");
}

TEST(Plan, aPointToPointPairHasNoBroadcast) {
  EXPECT_EQ(kernelRoutes("192.0.2.8/31"), "unicast 192.0.2.8/31 254\nlocal 192.0.2.8/32 255\n");
}

TEST(Plan, aSingleAddressIsOnlyItself) {
  EXPECT_EQ(kernelRoutes("192.0.2.8/32"), "local 192.0.2.8/32 255\n");
}

TEST(Plan, allOf127IsOurs) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0\n link h1:eth0 h2:eth0");
  const Plan& plan = lab.world.device(lab.device("h1")).plan();
  EXPECT_TRUE(plan.isOwn(address("127.9.8.7")));
  EXPECT_TRUE(plan.isOwn(address("192.0.2.1")));
  EXPECT_FALSE(plan.isOwn(address("192.0.2.2")));
  const ProcessId p = lab.start("h1", ping("127.1.2.3"));
  lab.run("1s");
  EXPECT_EQ(lab.exitCode("h1", p), 0);
}

}  // namespace
}  // namespace hw::test
