#include <gtest/gtest.h>

#include "core/project/complete.h"
#include "core/project/load.h"

namespace hw::project {
namespace {

Document documentOf(std::string_view text) {
  const auto loaded = loadText(text, "net.yaml");
  EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().text());
  return loaded ? loaded->document : Document{};
}

std::string interfacesOf(const Document& document, std::size_t node) {
  std::string text;
  for (const InterfaceSpec& one : document.nodes[node].interfaces) {
    text += one.name + " " + (one.mac ? one.mac->text() : "-") + "\n";
  }
  return text;
}

constexpr std::string_view kNetwork =
    "version: 1\n"
    "nodes:\n"
    "  h1: {kind: host, interfaces: {eth1: {}, eth0: {mac: 02:00:00:00:00:aa}, spare: {}, lo: {}}}\n"
    "  sw1: {kind: switch, interfaces: {br0: {addresses: [192.0.2.1/24]}, p2: {down: true}}}\n"
    "  hub1: {kind: hub}\n"
    "links:\n"
    "  - {ends: [h1:eth0, sw1:p1]}\n"
    "  - {ends: [sw1:p2, h1:eth1]}\n"
    "  - {ends: [sw1:p3, hub1:1]}\n";

TEST(Complete, numbersInterfacesInTheOrderOfTheLinks) {
  EXPECT_EQ(interfacesOf(complete(documentOf(kNetwork)), 0),
            "eth0 02:00:00:00:00:aa\neth1 02:00:00:01:00:02\nspare 02:00:00:01:00:03\nlo -\n");
}

TEST(Complete, givesASwitchItsBridgeAsTheLast) {
  const Document document = complete(documentOf(kNetwork));
  EXPECT_EQ(interfacesOf(document, 1),
            "p1 02:00:00:02:00:01\np2 02:00:00:02:00:02\np3 02:00:00:02:00:03\nbr0 02:00:00:02:00:d0\n");
  EXPECT_TRUE(document.nodes[1].interfaces[1].down);
  EXPECT_EQ(document.nodes[1].interfaces[3].addresses.size(), 1u);
}

TEST(Complete, leavesThePortsOfAHubWithoutMac) {
  EXPECT_EQ(interfacesOf(complete(documentOf(kNetwork)), 2), "1 -\n");
}

TEST(Complete, doneTwiceIsDoneOnce) {
  const Document once = complete(documentOf(kNetwork));
  EXPECT_EQ(complete(once), once);
}

TEST(Complete, derivesAMacForEveryPortOfALargeSwitch) {
  EXPECT_EQ(derivedMac(0x12, 0x34).text(), "02:00:00:12:00:34");
  EXPECT_EQ(derivedMac(0x1234, 0xCF).text(), "02:00:12:34:00:cf");
  EXPECT_EQ(derivedMac(1, 0xD0).text(), "02:00:00:01:00:d1");
  EXPECT_EQ(derivedMac(1, 0x1FF).text(), "02:00:00:01:02:00");
  EXPECT_EQ(derivedBridgeMac(1).text(), "02:00:00:01:00:d0");
}

}  // namespace
}  // namespace hw::project
