// What expressions come to on a live network: in its tables, in what was sent, and in a copy of it.
#include "tests/core/lesson/fixture.h"

namespace hw::test {
namespace {

TEST(Look, readsTablesAndInterfacesOfDevices) {
  Session session = newSession();
  EXPECT_EQ(valueOf(session, "device(\"h1\").arp[\"10.0.1.1\"].mac"), "");
  EXPECT_EQ(valueOf(session, "device(\"h1\").arp[\"10.0.1.1\"].mac == none"), "true");
  play(session, "h1", "ping -c 1 10.0.2.10");
  EXPECT_EQ(valueOf(session, "device(\"h1\").arp[\"10.0.1.1\"].mac == device(\"r1\").interface(\"eth0\").mac"), "true");
  EXPECT_EQ(valueOf(session, "device(\"h1\").arp[device(\"h1\").gateway].mac"), "02:00:00:04:00:01");
  EXPECT_EQ(valueOf(session, "device(\"h1\").arp.count"), "1");
  EXPECT_EQ(valueOf(session, "device(\"r1\").arp.count"), "2");
  EXPECT_EQ(valueOf(session, "device(\"sw1\").fdb[device(\"h1\").interface(\"eth0\").mac]"), "p1");
  EXPECT_EQ(valueOf(session, "device(\"h1\").route(\"10.0.2.10\").via"), "10.0.1.1");
  EXPECT_EQ(valueOf(session, "device(\"h1\").route(\"10.0.1.20\").via"), "");
  EXPECT_EQ(valueOf(session, "device(\"r1\").route(\"10.0.2.10\").interface"), "eth1");
  EXPECT_EQ(valueOf(session, "device(\"r1\").forwards and not device(\"h2\").forwards"), "true");
  EXPECT_EQ(valueOf(session, "device(\"h1\").interface(\"eth0\").prefix"), "10.0.1.0/24");
  EXPECT_EQ(valueOf(session, "device(\"h1\").interface(\"eth0\").address in \"10.0.2.0/24\""), "false");
  EXPECT_EQ(valueOf(session, "device(\"h2\").interface(\"eth0\").address in device(\"h1\").interface(\"eth0\").prefix"), "true");
}

TEST(Look, tellsToWhomAMacAddressBelongs) {
  Session session = newSession();
  EXPECT_EQ(valueOf(session, "owner(device(\"r1\").interface(\"eth1\").mac)"), "r1:eth1");
  EXPECT_EQ(valueOf(session, "owner(\"ff:ff:ff:ff:ff:ff\")"), "");
  EXPECT_EQ(valueOf(session, "owner(packets(\"arp\").first[\"eth.src\"])"), "");
  play(session, "h1", "ping -c 1 10.0.2.10");
  EXPECT_EQ(valueOf(session, "owner(packets(\"arp\").first[\"eth.src\"])"), "h1:eth0");
}

TEST(Look, seesFramesUpToTheDisplayedMomentAndNotThoseBefore) {
  Session session = newSession();
  play(session, "h1", "ping -c 1 10.0.2.10");
  // the request is on four links, and so is the reply
  EXPECT_EQ(valueOf(session, "packets(\"icmp.type == 8\").count"), "4");
  EXPECT_EQ(valueOf(session, "packets(\"icmp\").count"), "8");
  EXPECT_EQ(valueOf(session, "packets(\"icmp.type == 8\").sent_by(\"h1\").first[\"ip.ttl\"]"), "64");
  EXPECT_EQ(valueOf(session, "packets(\"icmp.type == 8\").received_by(\"h3\").last[\"ip.ttl\"] == 64 - 1"), "true");
  EXPECT_EQ(valueOf(session, "packets(\"icmp.type == 8 && eth.src == 02:00:00:04:00:02\").first.sender"), "r1");
  EXPECT_EQ(valueOf(session, "packets(\"icmp.type == 0\").last.receiver"), "h1");
  const std::uint64_t after = session.timeline().world().events;
  EXPECT_EQ(valueOf(session, "packets(\"icmp\").count", after), "0");
  session.seekBeat(1);
  EXPECT_EQ(valueOf(session, "packets(\"icmp\").count"), "0");
  session.seekBeat(session.beats().size());
  EXPECT_EQ(valueOf(session, "packets(\"icmp\").count"), "8");
}

TEST(Look, aFrameThatIsUnderWayHasNotReachedAnybody) {
  Session session = newSession();
  session.type(*session.timeline().world().deviceNamed("h1"), "ping -c 1 10.0.2.10");
  EXPECT_EQ(valueOf(session, "packets(\"arp\").sent_by(\"h1\").count"), "1");
  EXPECT_EQ(valueOf(session, "packets(\"arp\").received_by(\"sw1\").count"), "0");
}

TEST(Look, triesAPingInACopyAndLeavesTheNetworkAsItIs) {
  Session session = newSession();
  const std::uint64_t before = hashOf(session.timeline().world());
  EXPECT_EQ(valueOf(session, "reaches(\"h1\", \"10.0.2.10\")"), "true");
  EXPECT_EQ(valueOf(session, "reaches(\"h1\", \"10.0.9.9\")"), "false");
  EXPECT_EQ(hashOf(session.timeline().world()), before);
  EXPECT_EQ(session.timeline().world().events, 0u);
}

TEST(Look, aPingThatRunsForeverDoesNotMakeATryEndless) {
  Session session = newSession();
  session.type(*session.timeline().world().deviceNamed("h1"), "ping 10.0.2.10");
  for (int i = 0; i < 5; ++i) session.stepForward();
  EXPECT_EQ(valueOf(session, "reaches(\"h2\", \"10.0.2.20\")"), "true");
}

TEST(Look, whatIsGoneFromTheNetworkIsNothing) {
  Session session = newSession();
  lesson::Expression expression = *lesson::parseExpression("device(\"gone\").interface(\"eth0\").mac", nullptr);
  const auto shared = std::make_shared<const lesson::Expression>(std::move(expression));
  EXPECT_FALSE(lesson::isThere(lesson::look({{"it", shared, 0}}, session.timeline()).at("it")));
}

}  // namespace
}  // namespace hw::test
