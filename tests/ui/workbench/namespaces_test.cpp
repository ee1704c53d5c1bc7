// Network namespaces made at a terminal stand on the canvas beside their machine, and packets go to them.
#include <QAccessible>
#include <QLabel>
#include <QLineEdit>

#include "tests/ui/workbench/window_fixture.h"

namespace hw::test {
namespace {

class NamespacesInTheWindow : public WindowTest {
 protected:
  void SetUp() override {
    workbench::WindowOptions options;
    options.animated = false;
    openWindow(options);
    QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, Qt::NoModifier, canvas()->devicePoint(deviceNamed(newSession(), "h1")));
    settle();
  }
  void enter(const char* line) {
    type(line);
    ASSERT_TRUE(QTest::qWaitFor([this] { return window->port().idle(); }));
    for (int i = 0; i < 5; ++i) click("stepButton");
  }
  const model::DrawnNode* drawn(const char* name) const {
    for (const model::DrawnNode& one : snapshot()->drawing.nodes)
      if (one.card.present && one.card.name == name) return &one;
    return nullptr;
  }
};

TEST_F(NamespacesInTheWindow, StandBesideTheirMachineAndAreWorkedLikeADevice) {
  const std::size_t before = snapshot()->drawing.nodes.size();
  enter("ip netns add blue");
  enter("ip link add v0 type veth peer name v1 netns blue");
  ASSERT_EQ(snapshot()->drawing.nodes.size(), before + 1);
  const model::DrawnNode* blue = drawn("h1/blue");
  ASSERT_NE(blue, nullptr);
  EXPECT_EQ(blue->within, drawn("h1")->key);
  EXPECT_EQ(snapshot()->drawing.links.back().card.bName, "h1/blue:v1");
  const QPoint machine = canvas()->pointOf(drawn("h1")->key), space = canvas()->pointOf(blue->key);
  EXPECT_GT((space - machine).manhattanLength(), 60);
  for (const model::DrawnNode& one : snapshot()->drawing.nodes)
    if (one.key != blue->key) {
      EXPECT_GT((canvas()->pointOf(one.key) - space).manhattanLength(), 60) << one.card.name;
    }

  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, Qt::NoModifier, space);
  settle();
  EXPECT_EQ(named<QLabel>("deviceName")->text(), QStringLiteral("h1/blue"));
  QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(canvas());
  QStringList names;
  for (int i = 0; i < picture->childCount(); ++i) names += picture->child(i)->text(QAccessible::Name);
  EXPECT_TRUE(names.contains(QStringLiteral("Network namespace h1/blue"))) << names.join(", ").toStdString();
}

TEST_F(NamespacesInTheWindow, GoWithTheirMachineAndAreNotMovedAlone) {
  enter("ip netns add blue");
  const project::NodeKey machine = drawn("h1")->key, blue = drawn("h1/blue")->key;
  const auto pull = [this](const QPoint& from, const QPoint& to) {
    QTest::mousePress(canvas()->viewport(), Qt::LeftButton, Qt::NoModifier, from);
    QTest::mouseMove(canvas()->viewport(), (from + to) / 2);
    QTest::mouseMove(canvas()->viewport(), to);
    QTest::mouseRelease(canvas()->viewport(), Qt::LeftButton, Qt::NoModifier, to);
    settle();
  };
  const QPoint apart = canvas()->pointOf(blue) - canvas()->pointOf(machine);
  pull(canvas()->pointOf(machine), canvas()->pointOf(machine) + QPoint(40, 0));
  EXPECT_LE((canvas()->pointOf(blue) - canvas()->pointOf(machine) - apart).manhattanLength(), 2);
  const auto draft = snapshot()->draft;
  pull(canvas()->pointOf(blue), canvas()->pointOf(blue) + QPoint(0, 60));
  EXPECT_EQ(snapshot()->draft->document, draft->document);
  EXPECT_LE((canvas()->pointOf(blue) - canvas()->pointOf(machine) - apart).manhattanLength(), 2);
  canvas()->setFocus();
  QTest::keyClick(canvas(), Qt::Key_Delete);
  settle();
  EXPECT_NE(drawn("h1/blue"), nullptr) << "it is taken away where it was made: ip netns del blue";
}

TEST_F(NamespacesInTheWindow, GoAndComeWithTime) {
  enter("ip netns add blue");
  ASSERT_NE(drawn("h1/blue"), nullptr);
  while (snapshot()->beat > 0) click("stepBackButton");
  EXPECT_EQ(drawn("h1/blue"), nullptr);
  click("stepButton");
  EXPECT_NE(drawn("h1/blue"), nullptr);
}

}  // namespace
}  // namespace hw::test
