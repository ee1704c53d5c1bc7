// The network is changed while it runs: edits, undo, time travel and branches together.
#include <gtest/gtest.h>

#include "core/base/dump.h"
#include "core/base/hash.h"
#include "core/project/load.h"
#include "core/project/save.h"
#include "core/session/session_file.h"

namespace hw {
namespace {

using namespace project;

constexpr const char* kPair = R"(
version: 1
seed: 3
nodes:
  h1: {kind: host, interfaces: {eth0: {addresses: [10.0.1.10/24]}}}
  sw1: {kind: switch}
  h2: {kind: host, interfaces: {eth0: {addresses: [10.0.1.20/24]}}}
links:
  - {ends: [h1:eth0, sw1:p1]}
  - {ends: [h2:eth0, sw1:p2]}
)";

Session pair() {
  auto loaded = loadText(kPair, "pair");
  EXPECT_TRUE(loaded);
  return std::move(*Session::open(std::move(loaded->document)));
}

DeviceId device(const Session& session, const char* name) {
  const auto id = session.timeline().world().deviceNamed(name);
  EXPECT_TRUE(id) << name;
  return id.value_or(DeviceId{});
}
NodeKey node(const Session& session, const char* name) { return session.draft()->nodeNamed(name).value_or(NodeKey{}); }

/// The exit code of a command.
int run(Session& session, const char* name, const char* line) {
  const DeviceId id = device(session, name);
  session.type(id, line);
  session.runUntilIdle(id, session.timeline().now() + seconds(30));
  return session.lastExit(id).value_or(-1);
}
constexpr const char* kPing = "ping -c 1 -W 1 10.0.1.20";

Node withAddress(Node node, const char* interface, const char* address) {
  InterfaceSpec spec;
  spec.name = interface;
  spec.addresses = {*Ipv4Prefix::parse(address)};
  std::erase_if(node.interfaces, [&](const auto& one) { return one.name == spec.name; });
  node.interfaces.push_back(std::move(spec));
  return node;
}

/// A host h3 on the switch, drawn, cabled and given an address.
void addThirdHost(Session& session) {
  ASSERT_TRUE(session.edit(AddNode{NodeKind::Host, {}}));
  ASSERT_TRUE(session.edit(Connect{node(session, "h3"), node(session, "sw1"), {}, {}}));
  const NodeKey key = node(session, "h3");
  ASSERT_TRUE(session.edit(ReplaceNode{key, withAddress(*session.draft()->node(key), "eth0", "10.0.1.30/24")}));
}

TEST(SessionEdit, namespacesThatWereTypedComeAgainWithTheFile) {
  Session session = pair();
  EXPECT_EQ(run(session, "h1", "ip netns add blue && ip link add v0 type veth peer name v1 netns blue && ip link set v0 up"), 0);
  EXPECT_EQ(run(session, "h1", "ip addr add 192.0.2.1/24 dev v0; ip -n blue link set v1 up"), 0);
  EXPECT_EQ(run(session, "h1/blue", "ip addr add 192.0.2.2/24 dev v1"), 0);
  EXPECT_EQ(run(session, "h1", "ip netns exec blue ping -c 1 192.0.2.1"), 0);
  Session reopened = *Session::open(loadText(saveText(session.document()), "saved")->document);
  EXPECT_EQ(run(reopened, "h1/blue", "ping -c 1 192.0.2.1"), 0);
  EXPECT_EQ(reopened.timeline().world().device(device(reopened, "h1/blue")).config(),
            session.timeline().world().device(device(session, "h1/blue")).config());
}

TEST(SessionEdit, aMachineTakesItsNamespacesAlong) {
  Session session = pair();
  EXPECT_EQ(run(session, "h1", "ip netns add blue && ip link add v0 type veth peer name v1 netns blue"), 0);
  session.type(device(session, "h1"), "ip netns exec blue sleep 100");
  ASSERT_TRUE(session.edit(RemoveParts{{node(session, "h1")}, {}, {}}));
  EXPECT_FALSE(session.timeline().world().deviceNamed("h1/blue"));
  EXPECT_FALSE(session.busy());
}

TEST(SessionEdit, anEditAtTheBeginningBuildsTheWorldAsTheSavedFileWould) {
  Session session = pair();
  addThirdHost(session);
  const Session reopened = *Session::open(loadText(saveText(session.document()), "saved")->document);
  EXPECT_EQ(session.timeline().world().events, 0u);
  EXPECT_EQ(hashOf(session.timeline().world()), hashOf(reopened.timeline().world()));
}

TEST(SessionEdit, aHostThatIsAddedToARunningNetworkAnswers) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  const auto learned = session.timeline().world().device(device(session, "h1")).state().arp.entries.size();
  const std::uint64_t builds = session.builds();
  addThirdHost(session);
  EXPECT_EQ(session.builds(), builds) << "the World goes on";
  EXPECT_EQ(session.timeline().world().device(device(session, "h1")).state().arp.entries.size(), learned);
  EXPECT_EQ(run(session, "h1", "ping -c 1 -W 1 10.0.1.30"), 0);
  EXPECT_EQ(run(session, "h3", kPing), 0);
}

TEST(SessionEdit, aDeletedCableCarriesNothingAndUndoBringsItBackUnderTheSameId) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  const Time before = session.timeline().now();
  ASSERT_TRUE(session.edit(RemoveParts{{}, {session.draft()->links[1]}, {}}));
  EXPECT_NE(run(session, "h1", kPing), 0);
  const Time later = session.timeline().now();
  EXPECT_GT(later, before);
  session.undo();  // the terminal configured nothing: this is the cable
  EXPECT_EQ(session.timeline().now(), later) << "time never moves back by undo";
  EXPECT_TRUE(session.timeline().world().links[1].config.plugged);
  EXPECT_EQ(session.timeline().world().links.size(), 2u);
  EXPECT_EQ(run(session, "h1", kPing), 0);
}

TEST(SessionEdit, aDeletedDeviceKeepsItsIdForUndo) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  const DeviceId id = device(session, "h2");
  const NodeKey key = node(session, "h2");
  ASSERT_TRUE(session.edit(RemoveParts{{key}, {}, {}}));
  EXPECT_FALSE(session.timeline().world().deviceNamed("h2"));
  EXPECT_NE(run(session, "h1", kPing), 0);
  session.undo();
  EXPECT_EQ(device(session, "h2"), id);
  EXPECT_EQ(node(session, "h2"), key);
  EXPECT_EQ(run(session, "h1", kPing), 0);
}

TEST(SessionEdit, aSeekComesToTheNetworkAsItWasThen) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  const std::size_t beat = session.beat();
  addThirdHost(session);
  ASSERT_EQ(run(session, "h1", "ping -c 1 -W 1 10.0.1.30"), 0);
  const std::uint64_t end = hashOf(session.timeline().world());
  const std::size_t last = session.beat();
  session.seekBeat(beat);
  EXPECT_EQ(session.timeline().world().devices.size(), 3u);
  EXPECT_EQ(session.document().nodes.size(), 4u) << "the document is one, whatever moment is displayed";
  EXPECT_EQ(session.standing().draft->document.nodes.size(), 3u);
  while (session.beat() < last && session.stepForward()) {
  }
  session.runUntil(kNever, 0);
  EXPECT_EQ(session.timeline().world().devices.size(), 4u);
  EXPECT_EQ(hashOf(session.timeline().at(session.timeline().known())), end);
}

TEST(SessionEdit, anEditInThePastMakesAnotherFutureInWhichAllThatIsDrawnIsThere) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  const std::size_t beat = session.beat();
  ASSERT_EQ(run(session, "h1", "sleep 1"), 0);
  addThirdHost(session);
  const std::uint64_t known = session.timeline().known();
  session.seekBeat(beat);
  ASSERT_TRUE(session.edit(AddNode{NodeKind::Host, {}}));
  EXPECT_LT(session.timeline().now(), Time{} + seconds(1));
  EXPECT_TRUE(session.timeline().atEnd());
  EXPECT_TRUE(session.timeline().world().deviceNamed("h3"));
  EXPECT_TRUE(session.timeline().world().deviceNamed("h4"));
  EXPECT_NE(session.timeline().known(), known);
  EXPECT_EQ(run(session, "h1", "ping -c 1 -W 1 10.0.1.30"), 0);
}

TEST(SessionEdit, typedConfigurationIsAnEditThatUndoTakesBack) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", "ip addr add 10.0.9.1/24 dev eth0"), 0);
  ASSERT_EQ(run(session, "h1", "ip route add 10.0.8.0/24 via 10.0.9.7"), 0);
  ASSERT_EQ(run(session, "h1", "sysctl -w net.ipv4.ip_default_ttl=9"), 0);
  const Node typed = session.document().nodes[0];
  EXPECT_EQ(typed.interfaces[0].addresses.size(), 2u);
  ASSERT_EQ(typed.routes.size(), 1u);
  EXPECT_EQ(routeText(typed.routes[0]), "10.0.8.0/24 via 10.0.9.7 dev eth0");
  EXPECT_EQ(typed.sysctl.at("net.ipv4.ip_default_ttl"), "9");
  EXPECT_EQ(session.undoTitle(Language::English), "sysctl -w net.ipv4.ip_default_ttl=9");
  for (int i = 0; i < 3; ++i) session.undo();
  EXPECT_EQ(session.document(), pair().document());
  const DeviceConfig& config = session.timeline().world().device(device(session, "h1")).config();
  EXPECT_EQ(config.interfaces[1].addresses.size(), 1u);
  EXPECT_TRUE(config.routes.empty());
  EXPECT_EQ(config.knobs.defaultTtl, 64);
  for (int i = 0; i < 3; ++i) session.redo();
  EXPECT_EQ(session.document().nodes[0], typed);
  EXPECT_EQ(session.timeline().world().device(device(session, "h1")).config().knobs.defaultTtl, 9);
}

TEST(SessionEdit, whatStartLinesConfigureStaysWhenADeviceIsEdited) {
  auto document = pair().document();
  document.nodes[0].start = {"ip addr add 10.0.5.1/24 dev eth0"};
  Session session = std::move(*Session::open(document));
  ASSERT_EQ(run(session, "h1", kPing), 0);
  ASSERT_TRUE(session.edit(ReplaceNode{node(session, "h1"), withAddress(session.document().nodes[0], "eth0", "10.0.1.11/24")}));
  const auto& addresses = session.timeline().world().device(device(session, "h1")).config().interfaces[1].addresses;
  EXPECT_NE(std::find(addresses.begin(), addresses.end(), *Ipv4Prefix::parse("10.0.5.1/24")), addresses.end());
  EXPECT_NE(std::find(addresses.begin(), addresses.end(), *Ipv4Prefix::parse("10.0.1.11/24")), addresses.end());
  EXPECT_EQ(std::find(addresses.begin(), addresses.end(), *Ipv4Prefix::parse("10.0.1.10/24")), addresses.end());
  EXPECT_EQ(session.document().nodes[0].interfaces[0].addresses.size(), 1u) << "start lines are not adopted";
}

TEST(SessionEdit, aDraftWithErrorsIsKeptAndTheWorldWaitsForTheRepair) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  Node broken = session.document().nodes[0];
  broken.routes.push_back(*parseRoute("default via 10.99.0.1"));
  ASSERT_TRUE(session.edit(ReplaceNode{node(session, "h1"), broken}));
  EXPECT_FALSE(session.runs());
  ASSERT_FALSE(session.findings().empty());
  EXPECT_EQ(session.findings().front().path, "nodes/h1/routes/0");
  EXPECT_TRUE(session.timeline().world().device(device(session, "h1")).config().routes.empty());
  broken.routes.front() = *parseRoute("default via 10.0.1.1");
  ASSERT_TRUE(session.edit(ReplaceNode{node(session, "h1"), broken}));
  EXPECT_TRUE(session.runs());
  EXPECT_EQ(session.timeline().world().device(device(session, "h1")).config().routes.size(), 1u);
}

TEST(SessionEdit, positionsAndNotesAreNoPartOfTheWorld) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  const std::uint64_t before = hashOf(session.timeline().world());
  ASSERT_TRUE(session.edit(MoveParts{{{node(session, "h1"), {500, 500}}}, {}}));
  ASSERT_TRUE(session.edit(AddNote{{"look", "看"}, Position{3, 4}}));
  EXPECT_EQ(hashOf(session.timeline().world()), before);
  session.seekBeat(0);
  ASSERT_TRUE(session.edit(MoveParts{{{node(session, "h1"), {1, 2}}}, {}}));
  EXPECT_FALSE(session.timeline().atEnd()) << "moving a device forgets nothing";
}

TEST(SessionEdit, aRemovedInterfaceIsFoundByNobodyAndComesBackByUndo) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  ASSERT_TRUE(session.edit(AddInterface{node(session, "h1"), "lan"}));
  EXPECT_EQ(run(session, "h1", "ip link show dev lan"), 0);
  session.undo();
  EXPECT_NE(run(session, "h1", "ip link show dev lan"), 0);
  session.redo();
  EXPECT_EQ(run(session, "h1", "ip link show dev lan"), 0);
  EXPECT_EQ(run(session, "h1", kPing), 0);
}

TEST(SessionEdit, aSavedSessionRepeatsItsEditsToTheSameWorld) {
  Session session = pair();
  ASSERT_TRUE(session.edit(RemoveParts{{node(session, "h2")}, {}, {}}));
  session.undo();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  addThirdHost(session);
  ASSERT_EQ(run(session, "h3", "ip route add default via 10.0.1.10"), 0);
  ASSERT_TRUE(session.edit(RemoveParts{{node(session, "h2")}, {}, {}}));
  session.undo();
  ASSERT_EQ(run(session, "h3", kPing), 0);
  auto again = loadSession(saveSession(session));
  ASSERT_TRUE(again) << again.error().text;
  EXPECT_EQ(firstDifference(session, *again, Language::English), "");
  EXPECT_EQ(hashOf(session.timeline().world()), hashOf(again->timeline().world()));
  EXPECT_EQ(saveText(session.document()), saveText(again->document()));
}

TEST(SessionEdit, aStepBackNeverStandsStillAfterEdits) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", kPing), 0);
  addThirdHost(session);
  ASSERT_TRUE(session.edit(RemoveParts{{node(session, "sw1")}, {}, {}}));
  ASSERT_TRUE(session.edit(RemoveParts{{}, {}, {}}));
  for (std::size_t beat = session.beat(); beat > 0; --beat) {
    ASSERT_TRUE(session.stepBack());
    ASSERT_EQ(session.beat(), beat - 1);
  }
}

TEST(SessionEdit, framesUnderWayInADeletedCableAreLost) {
  Session session = pair();
  session.type(device(session, "h1"), kPing);
  ASSERT_TRUE(session.stepForward());
  ASSERT_TRUE(session.edit(RemoveParts{{node(session, "sw1")}, {}, {}}));
  session.runUntil(session.timeline().now() + seconds(10));
  EXPECT_NE(session.lastExit(device(session, "h1")).value_or(0), 0);
}

TEST(Typed, whatHasNoKeyInTheFileStaysAsALineThatDoesIt) {
  Session session = pair();
  ASSERT_EQ(run(session, "h1", "echo 200 chao >> /etc/iproute2/rt_tables; ip rule add from 10.0.1.10 table chao"), 0);
  ASSERT_EQ(run(session, "h1", "sysctl -w net.ipv4.conf.eth0.rp_filter=1"), 0);
  const Node& typed = session.document().nodes[0];
  EXPECT_EQ(typed.start, (std::vector<std::string>{"echo '200 chao' | tee -a /etc/iproute2/rt_tables",
                                                   "ip rule add from 10.0.1.10 table chao"}));
  EXPECT_EQ(typed.sysctl.at("net.ipv4.conf.eth0.rp_filter"), "1");
  auto loaded = loadText(saveText(session.document()), "again");
  ASSERT_TRUE(loaded);
  Session again = std::move(*Session::open(std::move(loaded->document)));
  EXPECT_EQ(again.timeline().world().device(device(again, "h1")).config().rules,
            session.timeline().world().device(device(session, "h1")).config().rules);
  session.undo();
  session.undo();
  EXPECT_TRUE(session.document().nodes[0].start.empty());
}

}  // namespace
}  // namespace hw
