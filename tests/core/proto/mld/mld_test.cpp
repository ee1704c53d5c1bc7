// Multicast listener discovery: reports of joining, leaving and answering.
#include <gtest/gtest.h>

#include "core/proto/mld/mld.h"
#include "tests/core/proto/ipv6/six_lab.h"

namespace hw::test {
namespace {

/// The groups of the reports that an interface sent: "4:ff02::1:ff00:1 ..." a line each.
std::string reports(const Lab& lab, std::string_view at) {
  std::string text;
  for (const Raw& frame : lab.sent(at)) {
    constexpr std::size_t kMessage = 14 + 40 + 8;
    if (frame.size() < kMessage + 8 || load<ethernet::Header>(frame.data()).type != ethernet::kIpv6 || frame[20] != 0 || frame[kMessage] != 143) continue;
    const auto report = load<mld::Report>(frame.data() + kMessage);
    for (std::uint16_t i = 0; i < report.records; ++i) {
      const auto record = load<mld::Record>(frame.data() + kMessage + mld::kReportSize + i * mld::kRecordSize);
      text += (i == 0 ? "" : " ") + std::to_string(record.type) + ":" + record.group.text();
    }
    text += "\n";
  }
  return text;
}

TEST(Mld, whoTakesAnAddressTellsItsGroupTwice) {
  SixLab lab;
  EXPECT_EQ(reports(lab, "h1:eth0"),
            "4:ff02::1:ff00:1 4:ff02::1:ff01:1\n"
            "4:ff02::1:ff00:1 4:ff02::1:ff01:1\n");
  EXPECT_EQ(lab.count("h1", "mld.joined"), 2u);
  EXPECT_EQ(lab.count("h1", "mld.report_sent"), 2u);
  // A router is a member of all routers too.
  EXPECT_NE(reports(lab, "r1:eth0").find("4:ff02::2"), std::string::npos) << reports(lab, "r1:eth0");
}

TEST(Mld, whoLeavesTellsThatAlone) {
  SixLab lab;
  const std::size_t before = reports(lab, "h1:eth0").size();
  DeviceConfig device = lab.config("h1");
  device.interfaces[1].six->addresses.clear();
  lab.reconfigure("h1", device);
  lab.run("3s");
  EXPECT_EQ(reports(lab, "h1:eth0").substr(before), "3:ff02::1:ff00:1\n3:ff02::1:ff00:1\n");
  EXPECT_EQ(lab.count("h1", "mld.left"), 1u);
}

TEST(Mld, aQueryIsAnsweredWithWhatStands) {
  SixLab lab;
  const std::size_t before = reports(lab, "h1:eth0").size();
  Raw group(16);
  const Raw query = icmp6Message("fe80::ff:fe03:1", "ff02::1", {icmp6::kListenerQuery, 0, 0, 1000u << 16}, group);
  lab.hearAtHost(sixHeader("fe80::ff:fe03:1", "ff02::1", ipv6::kIcmp, 1), query, kAllNodesMac);
  EXPECT_EQ(lab.count("h1", "mld.query_heard"), 1u);
  lab.run("1s");
  EXPECT_EQ(reports(lab, "h1:eth0").substr(before), "2:ff02::1:ff00:1 2:ff02::1:ff01:1\n");
}

}  // namespace
}  // namespace hw::test
