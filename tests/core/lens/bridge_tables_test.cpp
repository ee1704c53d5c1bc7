// The tables that a switch has besides its forwarding table, once there is something in them.
#include <gtest/gtest.h>

#include "core/lens/cards.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

std::string rowsOf(const Lab& lab, const char* device, const std::string& id) {
  std::string text;
  for (const lens::TableCard& table : lens::tablesOf(lab.world, lab.device(device)))
    if (table.id == id)
      for (const lens::TableRow& row : table.rows) {
        for (const std::string& cell : row.cells) text += cell + " ";
        text += "| ";
      }
  return text;
}

struct BridgeTables : testing::Test {
  BridgeTables() : lab(R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    bridge sw
    link h1:eth0 sw:p1
    link h2:eth0 sw:p2)") {}
  void configure(void (*change)(InterfaceConfig&)) {
    DeviceConfig config = lab.config("sw");
    change(config.interfaces[config.interfaceNamed("br0")->value]);
    lab.reconfigure("sw", config);
  }
  Lab lab;
};

TEST_F(BridgeTables, aTreeTellsRolesAndStatesOfItsPorts) {
  EXPECT_EQ(rowsOf(lab, "sw", "tree"), "");
  configure([](InterfaceConfig& bridge) { bridge.stp.emplace().enabled = true; });
  lab.run("20s");
  EXPECT_EQ(rowsOf(lab, "sw", "tree"), "p1 designated learning 4 | p2 designated learning 4 | ");
}

TEST_F(BridgeTables, aBridgeThatSnoopsTellsWhoWantsAGroup) {
  configure([](InterfaceConfig& bridge) { bridge.bridge->snooping.enabled = true; });
  EXPECT_EQ(rowsOf(lab, "sw", "group"), "");
  process::UdpServe serve;
  serve.options.port = 5007;
  serve.options.group = address("239.1.2.3");
  serve.options.interface = address("192.0.2.2");
  lab.start("h2", serve);
  lab.run("2s");
  EXPECT_EQ(rowsOf(lab, "sw", "group"), "239.1.2.3 p2 | ");
}

TEST(ProgramTables, NumberProgramsAsTheTerminalDoesAndNameEveryKindOfSocket) {
  Lab lab("host h1 eth0 192.0.2.1/24\n host h2 eth0 192.0.2.2/24\n link h1:eth0 h2:eth0");
  process::UdpServe serve;
  serve.options.port = 5007;
  lab.start("h1", serve);
  process::Traceroute route;
  route.options.address = address("192.0.2.2");
  route.options.icmp = true;
  lab.start("h1", route);
  lab.run("1ms");
  EXPECT_EQ(rowsOf(lab, "h1", "process").substr(0, 14), "2 udp-serve | ");
  EXPECT_EQ(rowsOf(lab, "h1", "socket").substr(0, 4), "UDP ");
}

}  // namespace
}  // namespace hw::test
