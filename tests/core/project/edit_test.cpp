// Edits of a document, and undo as their inverse.
#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/project/address_advice.h"
#include "core/project/check.h"
#include "core/project/edit.h"
#include "core/project/load.h"
#include "core/project/save.h"

namespace hw::project {
namespace {

Draft draw(std::initializer_list<Edit> edits, Draft draft = {}) {
  for (const Edit& edit : edits) {
    auto next = edited(draft, edit);
    EXPECT_TRUE(next) << sentence(next.error(), "draft", Language::English);
    if (!next) return {};
    draft = std::move(*next);
  }
  return draft;
}

Draft twoHostsAndARouter() {
  Draft draft = draw({AddNode{NodeKind::Host, Position{40, 80}}, AddNode{NodeKind::Router, Position{200, 80}},
                      AddNode{NodeKind::Host, Position{360, 80}}});
  return draw({Connect{draft.nodes[0], draft.nodes[1], {}, {}}, Connect{draft.nodes[1], draft.nodes[2], {}, {}}},
              draft);
}

Draft withAddress(Draft draft, std::size_t node, const char* interface, const char* address) {
  Node changed = draft.document.nodes[node];
  InterfaceSpec spec;
  spec.name = interface;
  spec.addresses = {*Ipv4Prefix::parse(address)};
  std::erase_if(changed.interfaces, [&](const auto& one) { return one.name == spec.name; });
  changed.interfaces.push_back(spec);
  return draw({ReplaceNode{draft.nodes[node], changed}}, draft);
}

TEST(Edit, newNodesTakeTheNextFreeNameOfTheirKind) {
  Draft draft = draw({AddNode{}, AddNode{}, AddNode{NodeKind::Switch, {}}, AddNode{NodeKind::Router, {}}});
  draft = draw({RemoveParts{{draft.nodes[0]}, {}, {}}, AddNode{}}, draft);
  std::string names;
  for (const Node& node : draft.document.nodes) names += node.name + " ";
  EXPECT_EQ(names, "h2 sw1 r1 h1 ");
}

TEST(Edit, aCableTakesAnInterfaceWithoutCableAndElseMakesOne) {
  const Draft draft = twoHostsAndARouter();
  ASSERT_EQ(draft.document.links.size(), 2u);
  EXPECT_EQ(draft.document.links[0].a.text() + " " + draft.document.links[0].b.text(), "h1:eth0 r1:eth0");
  EXPECT_EQ(draft.document.links[1].a.text() + " " + draft.document.links[1].b.text(), "r1:eth1 h2:eth0");
  const Draft spare = draw({AddInterface{draft.nodes[0], "lan"}}, draft);
  EXPECT_EQ(freeInterface(spare.document, spare.document.nodes[0]), "lan");
}

TEST(Edit, aNewNameGoesAlongTheCables) {
  Draft draft = twoHostsAndARouter();
  draft = draw({RenameNode{draft.nodes[1], "edge"}, RenameInterface{draft.nodes[1], "eth1", "wan"}}, draft);
  EXPECT_EQ(draft.document.links[1].a.text(), "edge:wan");
  EXPECT_EQ(draft.nodeNamed("edge"), draft.nodes[1]);
}

TEST(Edit, aNameThatIsTakenOrNoneIsRefusedWithTheReason) {
  const Draft draft = twoHostsAndARouter();
  for (const char* name : {"h2", "", "a b", "x:y"}) {
    const auto refused = edited(draft, RenameNode{draft.nodes[0], name});
    ASSERT_FALSE(refused) << name;
    EXPECT_FALSE(sentence(refused.error(), "", Language::English).empty());
  }
}

TEST(Edit, aDeletedNodeTakesItsCablesWithIt) {
  Draft draft = twoHostsAndARouter();
  draft = draw({RemoveParts{{draft.nodes[1]}, {}, {}}}, draft);
  EXPECT_EQ(draft.document.nodes.size(), 2u);
  EXPECT_TRUE(draft.document.links.empty());
}

TEST(Edit, aDeletedInterfaceTakesCableRoutesAndNeighboursWithIt) {
  Draft draft = withAddress(twoHostsAndARouter(), 0, "eth0", "10.0.1.10/24");
  Node node = draft.document.nodes[0];
  node.routes.push_back(*parseRoute("default via 10.0.1.1 dev eth0"));
  draft = draw({ReplaceNode{draft.nodes[0], node}, RemoveInterface{draft.nodes[0], "eth0"}}, draft);
  EXPECT_TRUE(draft.document.nodes[0].interfaces.empty());
  EXPECT_TRUE(draft.document.nodes[0].routes.empty());
  EXPECT_EQ(draft.document.links.size(), 1u);
}

TEST(Edit, whatIsPastedHasFreeNamesItsOwnAddressesAndItsCables) {
  Draft draft = withAddress(twoHostsAndARouter(), 0, "eth0", "10.0.1.10/24");
  const Document copied = fragmentOf(draft, {draft.nodes[0], draft.nodes[1]}, {});
  ASSERT_EQ(copied.links.size(), 1u) << "the cable to the node that was not copied stays behind";
  draft = draw({Paste{copied, {20, 20}}}, draft);
  ASSERT_EQ(draft.document.nodes.size(), 5u);
  const Node& host = draft.document.nodes[3];
  EXPECT_EQ(host.name, "h3");
  EXPECT_EQ(host.position, (Position{60, 100}));
  EXPECT_EQ(host.interfaces[0].addresses[0].text(), "10.0.1.11/24");
  EXPECT_EQ(draft.document.links.back().a.text() + " " + draft.document.links.back().b.text(), "h3:eth0 r2:eth0");
}

TEST(Edit, theInverseOfAChangeIsUndo) {
  const Draft before = withAddress(twoHostsAndARouter(), 0, "eth0", "10.0.1.10/24");
  const std::vector<Edit> edits{
      AddNode{NodeKind::Hub, {}},
      RemoveParts{{before.nodes[1]}, {before.links[0]}, {}},
      RenameNode{before.nodes[2], "server"},
      MoveParts{{{before.nodes[0], {7, 8}}}, {}},
      Connect{before.nodes[0], before.nodes[2], {}, {}},
      AddNote{{"try", "试"}, Position{1, 2}},
      SetTitle{{"A title", {}}},
      Paste{before.document, {5, 5}},
  };
  for (const Edit& edit : edits) {
    const Draft after = draw({edit}, before);
    const Change change = changeBetween(before, after);
    Draft back = after;
    apply(change.inverse(), back);
    EXPECT_EQ(back.document, before.document) << titleOf(edit).en;
    EXPECT_EQ(back.nodes, before.nodes) << "identities come back too: " << titleOf(edit).en;
    apply(change, back);
    EXPECT_EQ(back.document, after.document) << titleOf(edit).en;
    EXPECT_EQ(back.nodes, after.nodes);
  }
}

Edit anyEdit(const Draft& draft, RandomStream& random) {
  const auto pick = [&](std::size_t count) { return static_cast<std::size_t>(random.below(count)); };
  const auto node = [&] { return draft.nodes.empty() ? NodeKey{} : draft.nodes[pick(draft.nodes.size())]; };
  switch (pick(8)) {
    case 0:
    case 1: return AddNode{static_cast<NodeKind>(pick(4)), Position{static_cast<int>(pick(500)), 3}};
    case 2: return RemoveParts{{node()}, {}, {}};
    case 3: return RenameNode{node(), "n" + std::to_string(pick(20))};
    case 4: return MoveParts{{{node(), {static_cast<int>(pick(500)), static_cast<int>(pick(500))}}}, {}};
    case 5:
    case 6: return Connect{node(), node(), {}, {}};
    default: return AddInterface{node(), {}};
  }
}

TEST(Edit, anyHistoryCanBeUndoneAndDoneAgainAndEveryDraftCanBeSaved) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    RandomStream random(seed, 0);
    std::vector<Draft> drafts{Draft{}};
    std::vector<Change> changes;
    for (int i = 0; i < 60; ++i) {
      auto next = edited(drafts.back(), anyEdit(drafts.back(), random));
      if (!next) continue;
      changes.push_back(changeBetween(drafts.back(), *next));
      drafts.push_back(std::move(*next));
      const auto loaded = loadText(saveText(drafts.back().document), "draft");
      ASSERT_TRUE(loaded) << "seed " << seed << "\n" << loaded.error().text();
      ASSERT_EQ(loaded->document, drafts.back().document) << "seed " << seed;
    }
    Draft draft = drafts.back();
    for (std::size_t i = changes.size(); i-- > 0;) {
      apply(changes[i].inverse(), draft);
      ASSERT_EQ(draft.document, drafts[i].document) << "seed " << seed << " undo " << i;
    }
    for (std::size_t i = 0; i < changes.size(); ++i) apply(changes[i], draft);
    ASSERT_EQ(draft.document, drafts.back().document) << "seed " << seed;
  }
}

TEST(AddressAdvice, followsTheNeighboursOfTheSegment) {
  Draft draft = withAddress(twoHostsAndARouter(), 1, "eth0", "192.168.7.1/26");
  const AddressAdvice advice = adviceFor(draft.document, {"h1", "eth0"});
  EXPECT_EQ(advice.subnet.text(), "192.168.7.0/26");
  ASSERT_TRUE(advice.address);
  EXPECT_EQ(advice.address->text(), "192.168.7.10/26");
  ASSERT_TRUE(advice.gateway);
  EXPECT_EQ(advice.gateway->text(), "192.168.7.1");
  draft = withAddress(draft, 0, "eth0", "192.168.7.10/26");
  EXPECT_EQ(adviceFor(draft.document, {"r1", "eth1"}).subnet.text(), "172.16.1.0/24") << "a segment of its own";
}

TEST(AddressAdvice, looksThroughSwitchesAndHubsButNotThroughRouters) {
  Draft draft = draw({AddNode{NodeKind::Host, {}}, AddNode{NodeKind::Switch, {}}, AddNode{NodeKind::Hub, {}},
                      AddNode{NodeKind::Host, {}}, AddNode{NodeKind::Router, {}}, AddNode{NodeKind::Host, {}}});
  const auto key = [&](std::size_t i) { return draft.nodes[i]; };
  draft = draw({Connect{key(0), key(1), {}, {}}, Connect{key(1), key(2), {}, {}}, Connect{key(2), key(3), {}, {}},
                Connect{key(2), key(4), {}, {}}, Connect{key(4), key(5), {}, {}}},
               draft);
  std::string ends;
  for (const LinkEnd& end : segmentOf(draft.document, {"h1", "eth0"}))
    if (end.node[0] != 's' && end.node.substr(0, 3) != "hub") ends += end.text() + " ";
  EXPECT_EQ(ends, "h1:eth0 h2:eth0 r1:eth0 ");
}

TEST(AddressAdvice, hasNoAddressWhenTheSubnetIsFull) {
  Draft draft = withAddress(twoHostsAndARouter(), 1, "eth0", "10.9.0.1/30");
  draft = withAddress(draft, 2, "eth0", "10.9.0.2/30");
  EXPECT_FALSE(adviceFor(draft.document, {"h1", "eth0"}).address);
}

}  // namespace
}  // namespace hw::project
