// ICMPv6: echoes to us, errors that may and may not be sent, errors that come in.
#include <gtest/gtest.h>

#include "tests/core/proto/ipv6/six_lab.h"

namespace hw::test {
namespace {

constexpr const char* kHost = "2001:db8:1::1";
constexpr const char* kRouter = "2001:db8:1::ff";

void hearMessage(SixLab& lab, icmp6::Header header, const Raw& body = {}, std::uint8_t hopLimit = 64) {
  lab.hearAtHost(sixHeader(kRouter, kHost, ipv6::kIcmp, hopLimit), icmp6Message(kRouter, kHost, header, body));
}

TEST(Icmp6, anEchoToTheGroupIsAnsweredFromAnAddressOfOurs) {
  SixLab lab;
  process::Ping all = pingSix("ff02::1");
  all.options.zone = "eth0";
  EXPECT_EQ(lab.pings("h1", all), 0);
  EXPECT_NE(lab.printed("h1").find("64 bytes from fe80::ff:fe01:1%eth0: icmp_seq=1 ttl=64"), std::string::npos) << lab.printed("h1");
  EXPECT_EQ(lab.count("r1", "icmp6.echo_answered"), 1u);
  EXPECT_EQ(lab.count("h1", "icmp6.echo_answered"), 1u);
}

TEST(Icmp6, messagesThatAreWrongOrForNobodyAreDropped) {
  SixLab lab;
  hearMessage(lab, {icmp6::kEchoReply, 0, 0, 0x00010001});
  EXPECT_EQ(lab.count("h1", "icmp6.echo_reply_unwanted"), 1u);
  hearMessage(lab, {200, 0, 0, 0});
  hearMessage(lab, {icmp6::kRouterAdvertisement, 0, 0, 0}, Raw(8), 255);
  EXPECT_EQ(lab.count("h1", "icmp6.unknown_type"), 2u);
  Raw wrong = icmp6Message(kRouter, kHost, {icmp6::kEchoRequest, 0, 0, 1}, {});
  wrong[7] ^= 1;
  lab.hearAtHost(sixHeader(kRouter, kHost, ipv6::kIcmp), wrong);
  EXPECT_EQ(lab.count("h1", "icmp6.bad_checksum"), 1u);
  lab.hearAtHost(sixHeader(kRouter, kHost, ipv6::kIcmp), {128, 0, 0});
  EXPECT_EQ(lab.count("h1", "icmp6.truncated"), 1u);
  hearMessage(lab, {icmp6::kUnreachable, 0, 0, 0}, encoded(sixHeader(kHost, "2001:db8:2::2", ipv6::kUdp)) + counting(8));
  EXPECT_EQ(lab.count("h1", "icmp6.error_for_nobody"), 1u);
}

TEST(Icmp6, noErrorIsSentAboutAnErrorOrAGroup) {
  SixLab lab;
  ipv6::Header dying = sixHeader(kHost, "2001:db8:2::2", ipv6::kIcmp, 1);
  lab.hearAtRouter(dying, icmp6Message(kHost, "2001:db8:2::2", {icmp6::kTimeExceeded, 0, 0, 0}, counting(48)));
  EXPECT_EQ(lab.count("r1", "icmp6.error_not_about_error"), 1u);
  lab.inject("r1:eth0", sixFrame(kAllNodesMac, lab.macOf("h1:eth0"), sixHeader(kHost, "ff02::1", 200), counting(8)));
  lab.run("1ms");
  EXPECT_EQ(lab.count("r1", "icmp6.error_not_to_group"), 1u);
  EXPECT_EQ(lab.count("r1", "icmp6.error_sent"), 0u);
}

TEST(Icmp6, errorsAreHeldBackWhenThereAreTooMany) {
  SixLab lab;
  process::Ping fast = pingSix("2001:db8:2::2", 20);
  fast.options.ttl = 1;
  fast.options.interval = milliseconds(10);
  lab.pings("h1", fast, "3s");
  // Six at once, then four per second to a /64.
  EXPECT_EQ(lab.count("r1", "icmp6.error_sent"), 6u);
  EXPECT_EQ(lab.count("r1", "icmp6.error_rate_limited"), 14u);
  EXPECT_EQ(lab.count("h1", "icmp6.error_received"), 6u);
}

TEST(Icmp6, anErrorQuotesNoMoreThanFitsTheMinimumMtu) {
  const Bytes large{Raw(3000)};
  EXPECT_EQ(icmp6::encodeError({}, large).size() + ipv6::kHeaderSize, 1280u);
  EXPECT_EQ(icmp6::encodeError({}, large.slice(0, 100)).size(), 108u);
}

}  // namespace
}  // namespace hw::test
