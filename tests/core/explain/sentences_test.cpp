// The explanation of a routed ping, word for word, and that each cause changes its sentence.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/explain/explain.h"
#include "tests/core/sim/networks.h"

namespace hw::explain {
namespace {

using test::ping;
using test::routedPair;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// All sentences of a device in the order of time.
std::vector<std::string> told(const Timeline& t, const char* device, Language language) {
  std::vector<std::string> all;
  const DeviceId id = *t.world().deviceNamed(device);
  for (std::uint64_t i = 0; i < t.journal().size(); ++i) {
    const EventRecord event = t.journal().read(i);
    if (event.device != id) continue;
    for (const Sentence& one : sentences(event.decisions, t.world().device(id).config(), language)) all.push_back(one.text);
  }
  return all;
}

Timeline played(const test::Builder& network, process::Ping program = ping("10.0.2.10")) {
  Timeline t(network.world());
  test::start(t, "h1", std::move(program));
  t.runUntil(Time{} + seconds(4));
  return t;
}

TEST(RoutedPing, isExplainedByTheRouterInEnglish) {
  const auto sentences = told(played(routedPair()), "r1", Language::English);
  const std::vector<std::string> golden{
      "The frame came in at eth0 for the group ff:ff:ff:ff:ff:ff, which includes everyone here: take it.",
      "The question tells that 10.0.1.10 is at 02:00:00:01:00:01: remember it, an answer will soon go there.",
      "10.0.1.10 asks for 10.0.1.1, which is ours: answer with our MAC address 02:00:00:02:00:01, to the asker only.",
      "The frame came in at eth0 and is addressed to its MAC address: take it.",
      "10.0.2.10 is in 10.0.2.0/24, the network that eth1 is connected to: it can be reached directly (table main).",
      "We are a router and the datagram is for 10.0.2.10: pass it on with TTL 64 - 1 = 63; routing changes neither IP address.",
      "Nobody has told the MAC address of 10.0.2.10 yet: ask everyone on eth1 by broadcast.",
      "The MAC address of 10.0.2.10 is not known yet, so the packet waits (number 1 in the queue).",
      "The frame came in at eth1 and is addressed to its MAC address: take it.",
      "The answer has come: 10.0.2.10 is at 02:00:00:03:00:01. 1 waiting packets can leave.",
      "The frame came in at eth1 and is addressed to its MAC address: take it.",
      "10.0.1.10 is in 10.0.1.0/24, the network that eth0 is connected to: it can be reached directly (table main).",
      "We are a router and the datagram is for 10.0.1.10: pass it on with TTL 64 - 1 = 63; routing changes neither IP address.",
      "The ARP cache knows 10.0.1.10 as 02:00:00:01:00:01, but the entry is old. It is used all the same, and "
      "checked in 5 s unless something confirms it before.",
      "A new frame for the next link: source MAC 02:00:00:02:00:01 (our eth0), destination MAC 02:00:00:01:00:01."};
  EXPECT_EQ(sentences, golden);
}

TEST(RoutedPing, isExplainedByTheRouterInChinese) {
  const auto sentences = told(played(routedPair()), "r1", Language::Chinese);
  ASSERT_EQ(sentences.size(), 15u);
  EXPECT_EQ(sentences[4], "10.0.2.10 属于 10.0.2.0/24，即 eth1 直接相连的网络：可以直接交付（表 main）。");
  EXPECT_EQ(sentences[5], "本机是路由器，数据报发往 10.0.2.10：转发，TTL 64 - 1 = 63，路由不改变两个 IP 地址。");
  EXPECT_EQ(sentences[6], "还没有人告知 10.0.2.10 的 MAC 地址：在 eth1 上用广播询问所有设备。");
  EXPECT_EQ(sentences[13],
            "ARP 高速缓存中 10.0.1.10 对应 02:00:00:01:00:01，但该表项已陈旧。先照用，若 5 秒内没有得到证实再去核实。");
  for (const std::string& one : sentences) EXPECT_THAT(one, Not(HasSubstr("{")));
}

TEST(RoutedPing, theHostTellsWhyItsDefaultRouteWon) {
  const auto sentences = told(played(routedPair()), "h1", Language::English);
  EXPECT_THAT(sentences, Contains("For 10.0.2.10 the route default is the most specific one in table main: the "
                                  "next hop is 10.0.1.1, out of eth0."));
}

TEST(ACause, removingTheRouteChangesTheSentenceOfTheRoute) {
  test::Builder network = routedPair();
  network.named("h1").routes.clear();
  const auto sentences = told(played(network), "h1", Language::English);
  EXPECT_THAT(sentences, Contains("No route matches 10.0.2.10, not even a default route: there is no way to it."));
  EXPECT_THAT(sentences, Not(Contains(HasSubstr("the route default is the most specific"))));
}

TEST(ACause, aSmallTtlChangesTheSentenceOfForwarding) {
  process::Ping program = ping("10.0.2.10");
  program.options.ttl = 1;
  const auto sentences = told(played(routedPair(), program), "r1", Language::English);
  EXPECT_THAT(sentences, Contains("The time to live was 1; taking one off leaves nothing: drop the datagram and "
                                  "tell 10.0.1.10."));
  EXPECT_THAT(sentences, Not(Contains(HasSubstr("pass it on"))));
}

TEST(ACause, deletingTheArpEntryChangesTheSentenceOfTheNextPing) {
  const char* known = "The ARP cache knows 10.0.1.1: its MAC address is 02:00:00:02:00:01, so no question is needed.";
  const char* asked = "Nobody has told the MAC address of 10.0.1.1 yet: ask everyone on eth0 by broadcast.";
  const auto second = [](bool forget) {
    Timeline t = played(routedPair());
    const std::uint64_t before = t.journal().size();
    const DeviceId h1 = *t.world().deviceNamed("h1");
    if (forget) {
      EditNeighbour edit;
      edit.what = EditNeighbour::What::Remove;
      edit.port = InterfaceId{1};
      edit.address = test::address("10.0.1.1");
      t.input(DeviceCommand{h1, edit});
    }
    test::start(t, "h1", ping("10.0.2.10"));
    std::vector<std::string> texts;
    const EventRecord event = t.journal().read(before + (forget ? 1 : 0));
    for (const Sentence& one : sentences(event.decisions, t.world().device(h1).config(), Language::English)) texts.push_back(one.text);
    return texts;
  };
  EXPECT_THAT(second(false), Contains(known));
  EXPECT_THAT(second(true), Not(Contains(known)));
  EXPECT_THAT(second(true), Contains(asked));
}

TEST(Losers, areToldWithTheReasonWhenSomebodyAsks) {
  test::Builder network = routedPair();
  network.route("h1", "10.0.0.0/8", "10.0.1.1");
  Timeline t = played(network);
  const DeviceId h1 = *t.world().deviceNamed("h1");
  std::vector<std::string> lost;
  for (const Sentence& one : sentences(t.explain(0), t.world().device(h1).config(), Language::English))
    if (one.key == "route.matched_via") lost = one.lost;
  EXPECT_THAT(lost, Contains("default matches too, but its prefix is shorter than /8: less specific."));
  EXPECT_THAT(lost, Contains("10.0.1.0/24 does not contain 10.0.2.10."));
}

}  // namespace
}  // namespace hw::explain
