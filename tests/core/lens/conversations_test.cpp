// Conversations, against what was typed and what the frames say.
#include "core/lens/conversations.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/project/load.h"
#include "core/proto/tcp/tcp_wire.h"
#include "core/session/session.h"

namespace hw::lens {
namespace {

constexpr const char* kNetwork = R"(
version: 1
seed: 5
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [10.0.1.10/24]}}, routes: [default via 10.0.1.1]}
  s1: {kind: switch, interfaces: {p1: {}, p2: {}, p3: {}}}
  h3: {kind: host, interfaces: {eth0: {addresses: [10.0.1.30/24]}}}
  r1: {kind: router, interfaces: {eth0: {addresses: [10.0.1.1/24]}, eth1: {addresses: [10.0.2.1/24]}}}
  h2: {kind: host, interfaces: {eth0: {addresses: [10.0.2.20/24]}}, routes: [default via 10.0.2.1]}
links:
  - {ends: [h1:eth0, s1:p1]}
  - {ends: [h3:eth0, s1:p3]}
  - {ends: [s1:p2, r1:eth0]}
  - {ends: [r1:eth1, h2:eth0], latency: 5ms}
)";

Session sessionOf(const char* text) {
  auto loaded = project::loadText(text, "network");
  EXPECT_TRUE(loaded);
  auto session = Session::open(std::move(loaded->document));
  EXPECT_TRUE(session);
  return std::move(*session);
}

void type(Session& session, const char* device, const char* line) {
  session.type(*session.timeline().world().deviceNamed(device), line);
}
void typeAndRun(Session& session, const char* device, const char* line) {
  const DeviceId id = *session.timeline().world().deviceNamed(device);
  session.type(id, line);
  session.runUntilIdle(id, session.timeline().now() + seconds(60));
}

std::vector<Conversation> all(const Session& session) {
  ConversationMap map;
  map.follow(session.timeline());
  std::vector<Conversation> found;
  for (std::size_t i = 0; i < map.messagesAt(UINT64_MAX).size(); ++i) found.push_back(map.at(i, UINT64_MAX, SIZE_MAX));
  return found;
}

TEST(Conversations, NumbersSegmentsFromTheBeginningOfEachDirection) {
  Session session = sessionOf(kNetwork);
  type(session, "h2", "tcp-serve 80 accept recv:100 send:40 close &");
  typeAndRun(session, "h1", "tcp-client 10.0.2.20 80 connect send:100 recveof close");
  session.runUntil(session.timeline().now() + seconds(1));
  const auto found = all(session);
  ASSERT_EQ(found.size(), 1u);
  const Conversation& talk = found[0];
  EXPECT_EQ(talk.kind, Conversation::Kind::Tcp);
  EXPECT_EQ(talk.opener.name, "h1");
  EXPECT_EQ(talk.answerer.name, "h2");
  EXPECT_EQ(talk.answerer.text(), "10.0.2.20:80");
  ASSERT_GE(talk.messages.size(), 6u);
  const Message &syn = talk.messages[0], &synAck = talk.messages[1], &ack = talk.messages[2], &data = talk.messages[3];
  EXPECT_TRUE(syn.byOpener);
  EXPECT_EQ(syn.flags, tcp::kSyn);
  EXPECT_EQ(syn.sequence, 0u);
  EXPECT_EQ(syn.end(), 1u);
  EXPECT_FALSE(synAck.byOpener);
  EXPECT_EQ(synAck.acknowledgment, 1u);
  EXPECT_EQ(ack.sequence, 1u);
  EXPECT_EQ(ack.acknowledgment, 1u);
  EXPECT_EQ(data.sequence, 1u);
  EXPECT_EQ(data.size, 100u);
  ASSERT_FALSE(talk.congestion.empty());
  EXPECT_TRUE(talk.congestion.front().ofOpener);
  EXPECT_EQ(talk.congestion.front().window, 10u) << "the initial window (RFC 6928)";
  EXPECT_GT(ack.window, 65'535u / 2) << "scaled";
  for (const Message& one : talk.messages) {
    EXPECT_NE(one.arrived, kNever);
    EXPECT_GE(one.arrived - one.sent, milliseconds(5));
    EXPECT_FALSE(one.isLost());
    EXPECT_FALSE(one.again);
  }
  std::string said[2];
  for (const Said& one : whatWasSaid(session.timeline(), talk, 1000)) said[one.byOpener ? 0 : 1] += one.text;
  EXPECT_EQ(said[0].size(), 100u);
  EXPECT_EQ(said[1].size(), 40u);
  EXPECT_EQ(said[0].substr(0, 20), "0123456789abcdef0123");
  const auto trips = roundTrips(talk);
  ASSERT_FALSE(trips.empty());
  for (const RoundTrip& trip : trips) EXPECT_GE(trip.time, milliseconds(10));
}

TEST(Conversations, TellWhatWasLostAndWhatWasSentAgain) {
  Session session = sessionOf(kNetwork);
  typeAndRun(session, "r1", "nft add table ip f");
  typeAndRun(session, "r1", "nft add chain ip f c '{ type filter hook forward priority 0; }'");
  typeAndRun(session, "r1", "nft add rule ip f c tcp dport 80 ip length \\> 1000 numgen inc mod 100000 == 2 drop");
  type(session, "h2", "tcp-serve 80 accept recveof close &");
  typeAndRun(session, "h1", "tcp-client 10.0.2.20 80 connect send:14480 shut recveof close");
  const auto found = all(session);
  ASSERT_EQ(found.size(), 1u);
  const auto& messages = found[0].messages;
  const auto lost = std::count_if(messages.begin(), messages.end(), [](const Message& one) { return one.isLost(); });
  const auto again = std::find_if(messages.begin(), messages.end(), [](const Message& one) { return one.again; });
  EXPECT_EQ(lost, 1);
  ASSERT_NE(again, messages.end());
  const auto first = std::find_if(messages.begin(), messages.end(), [](const Message& one) { return one.isLost(); });
  EXPECT_EQ(first->sequence, again->sequence);
  EXPECT_NE(again->arrived, kNever);
  EXPECT_TRUE(std::any_of(messages.begin(), messages.end(), [&](const Message& one) { return !one.selective.empty() && one.selective[0][0] == first->end(); }));
  std::size_t said = 0;
  for (const Said& one : whatWasSaid(session.timeline(), found[0], 100'000)) said += one.text.size();
  EXPECT_EQ(said, 14'480u) << "each byte once";
}

TEST(Conversations, GoOnThroughAnAddressTranslation) {
  Session session = sessionOf(kNetwork);
  typeAndRun(session, "r1", "nft add table ip n");
  typeAndRun(session, "r1", "nft add chain ip n p '{ type nat hook postrouting priority 100; }'");
  typeAndRun(session, "r1", "nft add rule ip n p oifname eth1 masquerade");
  type(session, "h2", "udp-serve --echo 9 &");
  typeAndRun(session, "h1", "udp-send --wait 1 10.0.2.20 9 5");
  const auto found = all(session);
  ASSERT_EQ(found.size(), 1u) << "question and answer are one conversation";
  EXPECT_EQ(found[0].kind, Conversation::Kind::Udp);
  EXPECT_EQ(found[0].opener.address.text(), "10.0.1.10");
  EXPECT_EQ(found[0].answerer.name, "h2");
  ASSERT_EQ(found[0].messages.size(), 2u);
  EXPECT_TRUE(found[0].messages[0].byOpener);
  EXPECT_FALSE(found[0].messages[1].byOpener);
  EXPECT_NE(found[0].messages[0].arrived, kNever) << "it waited for ARP twice, and arrived";
  EXPECT_NE(found[0].messages[1].arrived, kNever);
}

TEST(Conversations, AFloodedCopyThatNobodyWantsIsNoLoss) {
  Session session = sessionOf(kNetwork);
  typeAndRun(session, "h1", "ip neigh replace 10.0.1.30 lladdr 02:00:00:00:00:77 dev eth0");
  typeAndRun(session, "h1", "udp-send 10.0.1.30 9 6");
  session.runUntil(session.timeline().now() + seconds(1));
  const auto found = all(session);
  ASSERT_EQ(found.size(), 1u);
  ASSERT_EQ(found[0].messages.size(), 1u);
  EXPECT_EQ(found[0].messages[0].arrived, kNever);
  EXPECT_TRUE(found[0].messages[0].isLost()) << "no copy of it was for anybody";
}

TEST(Conversations, OfAMomentAreThoseOfTheEventsUntilThen) {
  Session session = sessionOf(kNetwork);
  type(session, "h2", "tcp-serve 80 accept recveof close &");
  typeAndRun(session, "h1", "tcp-client 10.0.2.20 80 connect send:3000 shut recveof close");
  ConversationMap whole;
  whole.follow(session.timeline());
  const std::uint64_t end = session.timeline().known();
  for (std::uint64_t events = 0; events <= end; events += 7) {
    const auto counts = whole.messagesAt(events);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      const Conversation then = whole.at(i, events, SIZE_MAX);
      ASSERT_EQ(then.messages.size(), counts[i]);
      for (const Message& one : then.messages) {
        EXPECT_LT(one.id.event, events);
        EXPECT_TRUE(one.arrived == kNever || one.arrivalEvent < events);
        EXPECT_TRUE(!one.isLost() || one.lostEvent < events);
      }
    }
  }
  EXPECT_EQ(whole.at(0, end, 2).messages.size(), 2u) << "the latest";
}

TEST(Conversations, AnotherFutureIsFollowedAnew) {
  Session session = sessionOf(kNetwork);
  type(session, "h2", "tcp-serve 80 accept recveof close &");
  typeAndRun(session, "h1", "tcp-client 10.0.2.20 80 connect send:3000 shut recveof close");
  ConversationMap map;
  map.follow(session.timeline());
  const std::size_t before = map.messagesAt(UINT64_MAX)[0];
  session.seekBeat(session.beats().size() / 2);
  typeAndRun(session, "h1", "ip link set eth0 down");
  session.runUntil(session.timeline().now() + milliseconds(50));
  map.follow(session.timeline());
  ConversationMap fresh;
  fresh.follow(session.timeline());
  ASSERT_EQ(map.messagesAt(UINT64_MAX), fresh.messagesAt(UINT64_MAX));
  EXPECT_LT(map.messagesAt(UINT64_MAX)[0], before);
  EXPECT_EQ(map.at(0, UINT64_MAX, SIZE_MAX), fresh.at(0, UINT64_MAX, SIZE_MAX));
}

}  // namespace
}  // namespace hw::lens
