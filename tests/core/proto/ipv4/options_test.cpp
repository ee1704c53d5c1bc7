// IPv4 options: record route, timestamp, source route (RFC 791 3.1).
#include <gtest/gtest.h>

#include "core/proto/ipv4/options.h"
#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

const Ipv4Address kMe = Ipv4Address::of(192, 0, 2, 254);

ipv4::Reader reader(Time now = Time{5'000'000}) {
  return {kMe, now, [](Ipv4Address one) { return one == kMe; }};
}

TEST(Options, aRecordRouteTakesAnAddressAndMovesItsPointer) {
  Raw bytes{1, 7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0};
  const auto slots = ipv4::readOptions(bytes, reader());
  ASSERT_TRUE(slots);
  EXPECT_EQ(slots->recorded, 4);
  EXPECT_EQ(bytes, (Raw{1, 7, 11, 8, 192, 0, 2, 254, 0, 0, 0, 0}));
  ipv4::fill(bytes, *slots, Ipv4Address::of(198, 51, 100, 1), Time{});
  EXPECT_EQ(bytes, (Raw{1, 7, 11, 8, 198, 51, 100, 1, 0, 0, 0, 0}));
}

TEST(Options, aFullRecordRouteIsLeftAlone) {
  Raw bytes{7, 7, 8, 1, 2, 3, 4, 0};
  const Raw before = bytes;
  const auto slots = ipv4::readOptions(bytes, reader());
  ASSERT_TRUE(slots);
  EXPECT_FALSE(slots->written);
  EXPECT_EQ(bytes, before);
}

TEST(Options, aTimestampTakesTheMillisecondsOfTheDayAndAnAddressIfItWants) {
  Raw alone{68, 8, 5, 0, 0, 0, 0, 0};
  ASSERT_TRUE(ipv4::readOptions(alone, reader(Time{86'400'000'000'000 + 7'000'000})));
  EXPECT_EQ(alone, (Raw{68, 8, 9, 0, 0, 0, 0, 7}));
  Raw both{68, 12, 5, 1, 0, 0, 0, 0, 0, 0, 0, 0};
  ASSERT_TRUE(ipv4::readOptions(both, reader()));
  EXPECT_EQ(both, (Raw{68, 12, 13, 1, 192, 0, 2, 254, 0, 0, 0, 5}));
}

TEST(Options, onlyTheHostThatATimestampNamesWritesIntoIt) {
  Raw other{68, 12, 5, 3, 192, 0, 2, 9, 0, 0, 0, 0}, mine{68, 12, 5, 3, 192, 0, 2, 254, 0, 0, 0, 0};
  const Raw before = other;
  ASSERT_TRUE(ipv4::readOptions(other, reader()));
  EXPECT_EQ(other, before);
  ASSERT_TRUE(ipv4::readOptions(mine, reader()));
  EXPECT_EQ(mine, (Raw{68, 12, 13, 3, 192, 0, 2, 254, 0, 0, 0, 5}));
}

TEST(Options, whoFindsNoRoomForATimeIsCounted) {
  Raw bytes{68, 8, 9, 0x20, 0, 0, 0, 1};
  const auto slots = ipv4::readOptions(bytes, reader());
  ASSERT_TRUE(slots);
  EXPECT_TRUE(slots->written);
  EXPECT_EQ(bytes[3], 0x30);
  bytes[3] = 0xF0;
  EXPECT_EQ(ipv4::readOptions(bytes, reader()).error(), 23);
}

TEST(Options, whatIsWrongIsToldByItsPlaceInTheHeader) {
  const auto problemOf = [](Raw bytes) { return ipv4::readOptions(bytes, reader()).error(); };
  EXPECT_EQ(problemOf({7}), 20);                              // no length
  EXPECT_EQ(problemOf({1, 7, 1, 4}), 21);                     // shorter than itself
  EXPECT_EQ(problemOf({7, 9, 4, 0, 0, 0, 0, 0}), 20);         // longer than the header
  EXPECT_EQ(problemOf({7, 2, 0, 0}), 21);                     // no pointer
  EXPECT_EQ(problemOf({7, 7, 3, 0, 0, 0, 0, 0}), 22);         // the pointer points at itself
  EXPECT_EQ(problemOf({7, 7, 6, 0, 0, 0, 0, 0}), 22);         // half an entry
  EXPECT_EQ(problemOf({7, 3, 4, 7, 3, 4, 0, 0}), 23);         // twice
  EXPECT_EQ(problemOf({68, 8, 4, 0, 0, 0, 0, 0}), 22);
  EXPECT_EQ(problemOf({131, 3, 3, 0}), 22);
}

TEST(Options, anAnswerGoesOnWithTheListsAndLeavesRoomForItsSender) {
  const Raw bytes{1, 131, 3, 4, 7, 11, 8, 192, 0, 2, 1, 0, 0, 0, 0, 0};
  const auto echoed = ipv4::echoOptions(bytes);
  EXPECT_EQ(echoed.slots.recorded, 7);
  const Raw answer(echoed.options.view().begin(), echoed.options.view().end());
  EXPECT_EQ(answer, (Raw{7, 11, 12, 192, 0, 2, 1, 0, 0, 0, 0, 0}));
}

TEST(Options, laterFragmentsHaveNoOperationsForWhatIsNotCopied) {
  const Raw bytes{7, 7, 4, 0, 0, 0, 0, 130, 3, 9, 0, 0};
  const Bytes later = ipv4::optionsOfLaterFragments(bytes);
  EXPECT_EQ(Raw(later.view().begin(), later.view().end()), (Raw{1, 1, 1, 1, 1, 1, 1, 130, 3, 9, 0, 0}));
}

struct OptionsOnTheWay : testing::Test {
  Lab lab{kRouted};

  Raw withOptions(const Raw& options) const {
    ipv4::Header h = ipHeader("192.0.2.1", "198.51.100.1", ipv4::kIcmp);
    const Raw echo = echoMessage(icmp::kEchoRequest, 7, 1, counting(20));
    Raw datagram(20 + options.size());
    ipv4::encodeHeader(h, options, static_cast<std::uint32_t>(echo.size()), datagram.data());
    datagram.insert(datagram.end(), echo.begin(), echo.end());
    return ethernetFrame(lab.macOf("r1:eth0"), lab.macOf("h1:eth0"), ethernet::kIpv4, datagram);
  }
};

TEST_F(OptionsOnTheWay, aRouterEntersTheAddressByWhichTheDatagramLeaves) {
  lab.inject("r1:eth0", withOptions({7, 11, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  lab.run("10ms");
  EXPECT_EQ(lab.count("r1", "ipv4.route_recorded"), 1u);
  const Raw out = ipOnly(lab.sent("r1:eth1")).at(0);
  EXPECT_EQ(Raw(out.begin() + 34, out.begin() + 42), (Raw{7, 11, 8, 198, 51, 100, 254, 0}));
  EXPECT_EQ(internetChecksum(ByteView(out).subspan(14, 32)), 0);
}

TEST_F(OptionsOnTheWay, timesAreEnteredToo) {
  lab.inject("r1:eth0", withOptions({68, 8, 5, 0, 0, 0, 0, 0}));
  lab.run("10ms");
  EXPECT_EQ(lab.count("r1", "ipv4.time_stamped"), 1u);
  EXPECT_EQ(ipOnly(lab.sent("r1:eth1")).at(0)[36], 9);
}

TEST_F(OptionsOnTheWay, aSenderIsToldWhereItsOptionsAreWrong) {
  lab.inject("r1:eth0", withOptions({7, 11, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  lab.run("10ms");
  EXPECT_EQ(lab.decisions("r1", "ipv4.bad"), "0 ipv4.bad_option offset=22 src=192.0.2.1\n");
  const Raw told = ipOnly(lab.sent("r1:eth0")).at(0);
  // The error goes on with the record route of what it is about, as far as that can be read.
  const std::size_t icmpAt = 14 + (told[14] & 0x0Fu) * 4;
  EXPECT_EQ(told[icmpAt], icmp::kParameterProblem);
  EXPECT_EQ(told[icmpAt + 4], 22);
}

TEST_F(OptionsOnTheWay, nobodyMayChooseTheWayOfItsDatagrams) {
  lab.inject("r1:eth0", withOptions({131, 7, 4, 198, 51, 100, 1, 0}));
  lab.run("10ms");
  EXPECT_EQ(lab.decisions("r1", "ipv4."), "0 ipv4.source_route_refused src=192.0.2.1\n");
  EXPECT_TRUE(ipOnly(lab.sent("r1:eth0")).empty());
}

}  // namespace
}  // namespace hw::test
