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

}  // namespace
}  // namespace hw::test
