// Group membership as hosts tell it (RFC 3376 5.1), and datagrams for many.
#include "core/proto/igmp/igmp.h"

#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

struct Groups : testing::Test {
  Lab lab{R"(
    host h1 eth0 192.0.2.1/24
    host h2 eth0 192.0.2.2/24
    bridge sw
    link h1:eth0 sw:p1
    link h2:eth0 sw:p2)"};
  static process::UdpServe member() {
    process::UdpServe serve;
    serve.options.port = 5007;
    serve.options.group = address("239.1.2.3");
    serve.options.interface = address("192.0.2.2");
    return serve;
  }
  void send(const char* to = "239.1.2.3") {
    process::UdpSend send;
    send.options.target = address(to);
    send.options.port = 5007;
    send.options.sizes = {30};
    send.options.interface = address("192.0.2.1");
    lab.start("h1", send);
    lab.run("1ms");
  }
  std::vector<Raw> reports() const {
    std::vector<Raw> found;
    for (const Raw& frame : lab.sent("h2:eth0"))
      if (isIp(frame) && ipOf(frame).protocol == ipv4::kIgmp) found.push_back(frame);
    return found;
  }
};

TEST_F(Groups, AMemberReportsTwiceAndHears) {
  lab.start("h2", member());
  lab.run("2s");
  ASSERT_EQ(reports().size(), 2u);
  const Raw report = reports()[0];
  EXPECT_EQ(load<ethernet::Header>(report.data()).destination, mac("01:00:5e:00:00:16"));
  EXPECT_EQ(ipOf(report).headerSize(), 24u);
  EXPECT_EQ(ipOf(report).ttl, 1);
  EXPECT_EQ(report[38], igmp::kReportV3);
  EXPECT_EQ(report[46], igmp::kToExclude);
  EXPECT_EQ(internetChecksum(ByteView(report).subspan(38, 16)), 0);
  EXPECT_EQ(lab.keys("h2", "igmp."), "igmp.joined igmp.reported igmp.report_repeated");
  send();
  EXPECT_NE(lab.printed("h2").find("received 30 bytes from 192.0.2.1"), std::string::npos);
  EXPECT_EQ(lab.count("h1", "ipv4.assumed_on_link"), 1u);
}

TEST_F(Groups, WhoIsNoMemberDoesNotHear) {
  process::UdpServe serve = member();
  serve.options.group.reset();
  lab.start("h2", serve);
  send();
  EXPECT_EQ(lab.count("h2", "ipv4.group_not_joined"), 1u);
}

TEST_F(Groups, TheLastOneWhoLeavesTellsSo) {
  const ProcessId first = lab.start("h2", member());
  process::UdpServe other = member();
  other.options.port = 5008;
  const ProcessId second = lab.start("h2", other);
  lab.run("2s");
  lab.input("h2", SignalProcess{first, process::Signal::Terminate});
  lab.run("2s");
  EXPECT_EQ(lab.keys("h2", "igmp."), "igmp.joined igmp.joined_again igmp.reported igmp.report_repeated igmp.still_wanted");
  lab.input("h2", SignalProcess{second, process::Signal::Terminate});
  lab.run("2s");
  ASSERT_EQ(reports().size(), 4u);
  EXPECT_EQ(reports()[3][46], igmp::kToInclude);
  EXPECT_EQ(lab.count("h2", "igmp.left"), 1u);
  EXPECT_TRUE(lab.state("h2").igmp.memberships.empty());
}

TEST_F(Groups, AnAddressThatIsNoGroupCannotBeJoined) {
  process::UdpServe serve = member();
  serve.options.group = address("192.0.2.9");
  lab.start("h2", serve);
  EXPECT_NE(lab.printed("h2").find("join: Invalid argument"), std::string::npos);
}

/// A message in a datagram, with a right checksum unless it has one.
Raw groupFrame(const char* from, const char* to, Raw message) {
  ipv4::Header header = ipHeader(from, to, ipv4::kIgmp);
  header.ttl = 1;
  if (load16(message.data() + 2) == 0) store16(message.data() + 2, internetChecksum(message));
  const std::uint32_t low = address(to).value & 0x7FFFFF;
  return ethernetFrame(MacAddress{0x01005E000000u | low}, mac("02:00:00:00:00:77"), ethernet::kIpv4, ipDatagram(header, message));
}
Raw shortMessage(std::uint8_t type, std::uint8_t code, const char* group) {
  return igmp::encodeShort(static_cast<igmp::Type>(type), code, address(group));
}

TEST_F(Groups, AQueryIsAnsweredByWhoIsAMemberWithinItsTime) {
  lab.start("h2", member());
  lab.run("2s");
  const Raw query{igmp::kQuery, 100, 0, 0, 0, 0, 0, 0, 2, 125, 0, 0};
  lab.inject("h2:eth0", groupFrame("192.0.2.9", "224.0.0.1", query));
  lab.inject("h1:eth0", groupFrame("192.0.2.9", "224.0.0.1", query));
  lab.run("10s");
  ASSERT_EQ(reports().size(), 3u);
  EXPECT_EQ(reports()[2][38], igmp::kReportV3);
  EXPECT_EQ(reports()[2][46], igmp::kIsExclude);
  EXPECT_EQ(lab.count("h2", "igmp.query_answered"), 1u);
  EXPECT_EQ(lab.keys("h1", "igmp."), "igmp.query_heard");  // no member of anything
}

TEST_F(Groups, AQueryAboutAnotherGroupIsNotAnswered) {
  lab.start("h2", member());
  lab.run("2s");
  const Raw query{igmp::kQuery, 10, 0, 0, 239, 1, 2, 4, 2, 125, 0, 0};
  lab.inject("h2:eth0", groupFrame("192.0.2.9", "224.0.0.1", query));
  lab.run("5s");
  EXPECT_EQ(reports().size(), 2u);
}

TEST_F(Groups, AnOlderQuerierIsSpokenToInItsVersion) {
  const ProcessId first = lab.start("h2", member());
  lab.run("2s");
  lab.inject("h2:eth0", groupFrame("192.0.2.9", "224.0.0.1", shortMessage(igmp::kQuery, 100, "0.0.0.0")));
  lab.run("10s");
  ASSERT_EQ(reports().size(), 3u);
  EXPECT_EQ(reports()[2][38], igmp::kReportV2);
  EXPECT_EQ(ipOf(reports()[2]).destination, address("239.1.2.3"));
  EXPECT_EQ(lab.count("h2", "igmp.older_heard"), 1u);
  lab.input("h2", SignalProcess{first, process::Signal::Terminate});
  lab.run("12s");
  ASSERT_EQ(reports().size(), 4u);
  EXPECT_EQ(reports()[3][38], igmp::kLeave);
  EXPECT_EQ(ipOf(reports()[3]).destination, address("224.0.0.2"));
}

TEST_F(Groups, TheReportOfAnotherMemberSavesOurs) {
  const ProcessId first = lab.start("h2", member());
  lab.run("2s");
  lab.inject("h2:eth0", groupFrame("192.0.2.9", "224.0.0.1", shortMessage(igmp::kQuery, 100, "0.0.0.0")));
  lab.inject("h2:eth0", groupFrame("192.0.2.8", "239.1.2.3", shortMessage(igmp::kReportV2, 0, "239.1.2.3")), milliseconds(1));
  lab.run("12s");
  EXPECT_EQ(reports().size(), 2u);
  EXPECT_EQ(lab.count("h2", "igmp.reported_by_other"), 1u);
  lab.input("h2", SignalProcess{first, process::Signal::Terminate});
  lab.run("12s");
  EXPECT_EQ(reports().size(), 2u);  // the other one will say farewell
}

TEST_F(Groups, WhatIsNoQueryIsNotForHosts) {
  lab.inject("h2:eth0", groupFrame("192.0.2.9", "224.0.0.1", Raw{igmp::kQuery, 100, 0xBA, 0xD0, 0, 0, 0, 0}));
  lab.inject("h2:eth0", groupFrame("192.0.2.9", "224.0.0.1", Raw{0x13, 0, 0, 0}));
  lab.run("1ms");
  EXPECT_EQ(lab.count("h2", "igmp.not_for_hosts"), 2u);
}

/// Three hosts on a bridge that snoops.
struct Snooping : Groups {
  Snooping() {
    DeviceConfig config = lab.config("sw");
    config.interfaces[config.interfaceNamed("br0")->value].bridge->snooping.enabled = true;
    lab.reconfigure("sw", config);
  }
  void becomeQuerier() {
    DeviceConfig config = lab.config("sw");
    config.interfaces[config.interfaceNamed("br0")->value].bridge->snooping.querier = true;
    lab.reconfigure("sw", config);
  }
  /// How many datagrams for a group leave at a port when h1 sends one.
  std::size_t leaves(const char* at, const char* to) {
    const auto count = [&] {
      std::size_t all = 0;
      for (const Raw& frame : lab.sent(at)) all += isIp(frame) && ipOf(frame).protocol == ipv4::kUdp && ipOf(frame).destination == address(to);
      return all;
    };
    const std::size_t before = count();
    send(to);
    return count() - before;
  }
};

TEST_F(Snooping, FloodsWhileNobodyAsks) {
  EXPECT_EQ(leaves("sw:p2", "239.1.2.3"), 1u);
  EXPECT_EQ(lab.count("sw", "bridge.nobody_asks"), 1u);
}

TEST_F(Snooping, SendsToMembersOnlyOnceItHasAskedLongEnough) {
  lab.start("h2", member());
  lab.run("2s");
  EXPECT_EQ(lab.count("sw", "bridge.group_joined"), 1u);
  becomeQuerier();
  EXPECT_EQ(leaves("sw:p2", "239.9.9.9"), 1u);  // who wants it may not have answered yet
  lab.run("11s");
  EXPECT_EQ(lab.count("sw", "bridge.asks"), 1u);
  EXPECT_EQ(leaves("sw:p2", "239.9.9.9"), 0u);
  EXPECT_EQ(leaves("sw:p2", "239.1.2.3"), 1u);
  EXPECT_EQ(leaves("sw:p2", "224.0.0.77"), 1u);  // of the link itself
  EXPECT_GE(lab.count("sw", "bridge.only_members"), 2u);
  EXPECT_EQ(lab.count("h2", "igmp.query_answered"), 1u);
}

TEST_F(Snooping, APortThatNobodyAnswersAtIsForgotten) {
  const ProcessId first = lab.start("h2", member());
  lab.run("2s");
  becomeQuerier();
  lab.run("11s");
  lab.input("h2", SignalProcess{first, process::Signal::Terminate});
  lab.run("1s");
  EXPECT_EQ(lab.count("sw", "bridge.group_left"), 1u);
  EXPECT_EQ(leaves("sw:p2", "239.1.2.3"), 1u);
  lab.run("2s");
  EXPECT_EQ(lab.count("sw", "bridge.group_aged"), 1u);
  EXPECT_EQ(leaves("sw:p2", "239.1.2.3"), 0u);
}

TEST_F(Snooping, ARouterThatAsksGetsEveryGroup) {
  lab.inject("sw:p2", groupFrame("192.0.2.9", "224.0.0.1", shortMessage(igmp::kQuery, 20, "0.0.0.0")));
  lab.run("3s");
  EXPECT_EQ(lab.count("sw", "bridge.querier_heard"), 1u);
  EXPECT_EQ(leaves("sw:p2", "239.9.9.9"), 1u);
  EXPECT_EQ(lab.count("sw", "bridge.only_members"), 1u);
  lab.run("256s");  // the router is gone
  EXPECT_EQ(leaves("sw:p2", "239.9.9.9"), 1u);
  EXPECT_EQ(lab.count("sw", "bridge.nobody_asks"), 1u);
}

TEST_F(Snooping, TheTableOfGroupsHasABound) {
  for (std::uint32_t i = 0; i <= bridge::kMaxGroups; ++i)
    lab.inject("sw:p1", groupFrame("192.0.2.9", "239.0.0.1",
                                   igmp::encodeShort(igmp::kReportV2, 0, {address("239.0.0.0").value + i})));
  lab.run("1ms");
  EXPECT_EQ(lab.count("sw", "bridge.too_many_groups"), 1u);
  EXPECT_EQ(lab.state("sw").bridges[0].groups.groups.size(), bridge::kMaxGroups);
}

}  // namespace
}  // namespace hw::test
