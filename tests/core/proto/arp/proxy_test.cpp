// Answers for others (RFC 1027), and answers that are kept back (arp_ignore).
#include <gtest/gtest.h>

#include "tests/core/sim/frames.h"
#include "tests/core/sim/lab.h"

namespace hw::test {
namespace {

struct Proxy : testing::Test {
  Lab lab{R"(
    host h1 eth0 192.0.2.1/24
    router r1 eth0 192.0.2.254/24 eth1 198.51.100.254/24
    host h2 eth0 198.51.100.1/24
    link h1:eth0 r1:eth0
    link r1:eth1 h2:eth0)"};
  void set(void (*change)(InterfaceKnobs&), Duration delay = milliseconds(800)) {
    DeviceConfig config = lab.config("r1");
    change(config.interfaces[1].knobs);
    config.knobs.arp.proxyDelay = delay;
    lab.reconfigure("r1", config);
  }
  void ask(const char* target, const char* from = "192.0.2.1") {
    lab.inject("r1:eth0", arpFrame(MacAddress::broadcast(), arp::kRequest, lab.macOf("h1:eth0"), from, target));
  }
};

TEST_F(Proxy, ARouterAnswersForTheOtherSideAfterAWhile) {
  set([](InterfaceKnobs& k) { k.proxyArp = true; });
  ask("198.51.100.1");
  lab.run("1ms");
  EXPECT_EQ(lab.count("r1", "arp.request_proxied"), 1u);
  EXPECT_TRUE(lab.sent("r1:eth0").empty());
  lab.run("900ms");
  EXPECT_EQ(lab.count("r1", "arp.proxy_answers"), 1u);
  ASSERT_EQ(lab.sent("r1:eth0").size(), 1u);
  const arp::Header answer = arpOf(lab.sent("r1:eth0")[0]);
  EXPECT_EQ(answer.senderIp, address("198.51.100.1"));
  EXPECT_EQ(answer.senderMac, lab.macOf("r1:eth0"));
}

TEST_F(Proxy, WithoutDelayItAnswersAtOnceAndNotForItsOwnSideOrTheUnknown) {
  set([](InterfaceKnobs& k) { k.proxyArp = true; }, Duration{});
  ask("198.51.100.1");
  ask("192.0.2.77");
  ask("203.0.113.1");
  lab.run("1ms");
  EXPECT_EQ(lab.sent("r1:eth0").size(), 1u);
  EXPECT_EQ(lab.count("r1", "arp.request_not_for_us"), 2u);
}

TEST_F(Proxy, TooManyAnswersDoNotWait) {
  set([](InterfaceKnobs& k) { k.proxyArp = true; }, seconds(80));
  for (std::size_t i = 0; i <= arp::kMaxLateAnswers; ++i) ask("198.51.100.1");
  lab.run("1ms");
  EXPECT_EQ(lab.count("r1", "arp.proxy_queue_full"), 1u);
}

TEST_F(Proxy, ArpIgnoreKeepsAnswersBack) {
  ask("198.51.100.254");  // the weak host model: any address on any interface
  lab.run("1ms");
  EXPECT_EQ(lab.sent("r1:eth0").size(), 1u);
  set([](InterfaceKnobs& k) { k.arpIgnore = 1; });
  ask("198.51.100.254");
  ask("192.0.2.254");
  lab.run("1ms");
  EXPECT_EQ(lab.count("r1", "arp.request_ignored"), 1u);
  EXPECT_EQ(lab.sent("r1:eth0").size(), 2u);
  set([](InterfaceKnobs& k) { k.arpIgnore = 2; });
  ask("192.0.2.254", "203.0.113.5");
  lab.run("1ms");
  set([](InterfaceKnobs& k) { k.arpIgnore = 8; });
  ask("192.0.2.254");
  lab.run("1ms");
  EXPECT_EQ(lab.count("r1", "arp.request_ignored"), 3u);
}

TEST(ArpAnnounce, limitsWhichAddressAQuestionTells) {
  const auto told = [](std::uint8_t level) {
    Lab lab(R"(
      host h1 eth0 192.0.2.1/24 198.51.100.9/24
      host h2 eth0 192.0.2.2/24
      link h1:eth0 h2:eth0)");
    DeviceConfig config = lab.config("h1");
    config.interfaces[1].knobs.arpAnnounce = level;
    lab.reconfigure("h1", config);
    process::Ping p = ping("192.0.2.2");
    p.options.from = address("198.51.100.9");
    lab.start("h1", p);
    return arpOf(lab.sent("h1:eth0").at(0)).senderIp.text();
  };
  EXPECT_EQ(told(0), "198.51.100.9");
  EXPECT_EQ(told(1), "192.0.2.1");
  EXPECT_EQ(told(2), "192.0.2.1");
}

}  // namespace
}  // namespace hw::test
