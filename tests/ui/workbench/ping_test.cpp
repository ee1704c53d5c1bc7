// The ping in the window, worked by keys and clicks, against a session that no window knows of.
#include <QLabel>
#include <QAction>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSlider>
#include <QTableView>
#include <QTextBrowser>
#include <QTreeView>
#include <cmath>

#include "tests/ui/workbench/window_fixture.h"
#include "ui/inspector/hex_view.h"
#include "ui/model/layer_tree_model.h"
#include "ui/model/time_text.h"

namespace hw::test {
namespace {

class PingInTheWindow : public WindowTest {
 protected:
  void SetUp() override { openWindow(); }

  /// Types the ping; it begins to play, and is paused at once.
  void ping() {
    type(kPing);
    ASSERT_TRUE(QTest::qWaitFor([this] { return window->port().idle() && snapshot()->beat > 0; }));
    click("playPauseButton");
    settle();
  }
  void stepTo(std::size_t beat) {
    for (int i = 0; i < 60 && snapshot()->beat < beat; ++i) click("stepButton");
    ASSERT_EQ(snapshot()->beat, beat);
  }
  void select(const char* device) {
    QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, Qt::NoModifier,
                      canvas()->devicePoint(deviceNamed(newSession(), device)));
    settle();
    ASSERT_EQ(named<QLabel>("deviceName")->text(), QString::fromLatin1(device));
  }

  void compareTables(const Session& alone, const char* device);
  void comparePackets(const Session& alone);
  void compareAll(std::size_t beat, const char* device);
};

void PingInTheWindow::compareTables(const Session& alone, const char* device) {
  for (const lens::TableCard& table : lens::tablesOf(alone.timeline().world(), deviceNamed(alone, device))) {
    const auto* shown = named<QTableView>((table.id + "Table").c_str())->model();
    ASSERT_EQ(static_cast<std::size_t>(shown->rowCount()), table.rows.size()) << table.id;
    for (int row = 0; row < shown->rowCount(); ++row)
      for (int column = 0; column < shown->columnCount(); ++column)
        EXPECT_EQ(shown->index(row, column).data().toString().toStdString(),
                  table.rows[static_cast<std::size_t>(row)].cells[static_cast<std::size_t>(column)]);
  }
}

/// Each packet in flight is drawn once, on the line between the devices at the ends of its link.
void PingInTheWindow::comparePackets(const Session& alone) {
  const auto flights = lens::flightsAt(alone.timeline(), alone.beats(), alone.beat() - 1);
  const auto spots = canvas()->packetSpots();
  ASSERT_EQ(spots.size(), flights.size());
  for (std::size_t i = 0; i < spots.size(); ++i) {
    EXPECT_EQ(spots[i].id, flights[i].id);
    EXPECT_EQ(spots[i].label.toStdString(), flights[i].line.info);
    EXPECT_EQ(spots[i].protocol.toStdString(), flights[i].line.protocol);
    const LinkConfig& link = alone.timeline().world().links[flights[i].link.value].config;
    const QPointF a = canvas()->devicePoint(link.ends[flights[i].fromEnd].device);
    const QPointF b = canvas()->devicePoint(link.ends[1 - flights[i].fromEnd].device);
    const double around = std::hypot(spots[i].at.x() - a.x(), spots[i].at.y() - a.y()) +
                          std::hypot(spots[i].at.x() - b.x(), spots[i].at.y() - b.y());
    EXPECT_LT(around, std::hypot(a.x() - b.x(), a.y() - b.y()) + 12);
  }
}

void PingInTheWindow::compareAll(std::size_t beat, const char* device) {
  const Session alone = pingAt(beat);
  compareTables(alone, device);
  comparePackets(alone);
  EXPECT_EQ(named<QLabel>("clockLabel")->text(), model::timeText(alone.timeline().now()));
  EXPECT_EQ(named<QSlider>("seekSlider")->value(), static_cast<int>(beat));
  std::string terminal;
  for (const TerminalEntry& entry : alone.terminal(deviceNamed(alone, "h1")))
    terminal += entry.kind == TerminalEntry::Kind::Typed ? "h1 # " + entry.text + "\n" : entry.text;
  while (!terminal.empty() && terminal.back() == '\n') terminal.pop_back();
  window->port().send(model::ShowTerminal{deviceNamed(alone, "h1")});
  settle();
  std::string shown = named<QPlainTextEdit>("terminalOutput")->toPlainText().toStdString();
  while (!shown.empty() && shown.back() == '\n') shown.pop_back();
  EXPECT_EQ(shown, terminal);
}

TEST_F(PingInTheWindow, EveryBeatShowsTheWorldOfThatMomentForthAndBack) {
  ping();
  const std::size_t first = snapshot()->beat;
  const std::size_t last = first + 14;
  select("r1");
  for (std::size_t beat = first; beat <= last; ++beat) {
    stepTo(beat);
    compareAll(beat, "r1");
  }
  for (std::size_t beat = last; beat-- > first;) {
    click("stepBackButton");
    ASSERT_EQ(snapshot()->beat, beat);
    compareAll(beat, "r1");
  }
}

TEST_F(PingInTheWindow, PlayingComesToAnEndWhenThePingHasPrintedItsSummary) {
  window->actions().at(workbench::Command::PlayTyped)->setChecked(true);
  named<QWidget>("speedBox")->setFocus();
  QTest::keyClick(named<QWidget>("speedBox"), Qt::Key_End);
  type(kPing);
  ASSERT_TRUE(QTest::qWaitFor([this] {
    return window->port().idle() && snapshot()->beat > 5 && !snapshot()->busy && !canvas()->isMoving();
  }, 20'000));
  EXPECT_TRUE(named<QPlainTextEdit>("terminalOutput")->toPlainText().contains("1 received"));
}

TEST_F(PingInTheWindow, TheSeekBarGoesToAnyBeatThatIsKnown) {
  ping();
  stepTo(snapshot()->beat + 10);
  auto* slider = named<QSlider>("seekSlider");
  slider->setFocus();
  QTest::keyClick(slider, Qt::Key_Home);
  settle();
  EXPECT_EQ(snapshot()->beat, 0u);
  EXPECT_TRUE(canvas()->packetSpots().empty());
  QTest::keyClick(slider, Qt::Key_Right);
  settle();
  EXPECT_EQ(snapshot()->beat, 1u);
}

TEST_F(PingInTheWindow, APacketMovesFromLinkToLinkBetweenTwoBeats) {
  ping();
  ASSERT_FALSE(canvas()->packetSpots().empty());
  const QPointF before = canvas()->packetSpots().front().at;
  QTest::mouseClick(named<QAbstractButton>("stepButton"), Qt::LeftButton);
  ASSERT_TRUE(QTest::qWaitFor([this] { return canvas()->isMoving(); }));
  const double start = canvas()->moment();
  ASSERT_TRUE(QTest::qWaitFor([this, start] { return canvas()->moment() > start + 0.2; }));
  ASSERT_TRUE(canvas()->isMoving());
  ASSERT_FALSE(canvas()->packetSpots().empty());
  EXPECT_NE(canvas()->packetSpots().front().at, before);
  settle();
}

TEST_F(PingInTheWindow, AClickOnAPacketOpensItsLayersBytesAndReasons) {
  ping();
  const auto spots = canvas()->packetSpots();
  ASSERT_FALSE(spots.empty());
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, Qt::NoModifier, spots.front().at.toPoint());
  settle();
  EXPECT_EQ(snapshot()->selected, spots.front().id);
  auto* tree = named<QTreeView>("layerTree");
  ASSERT_GE(tree->model()->rowCount(), 2);
  EXPECT_TRUE(tree->isVisible());
  EXPECT_TRUE(named<QTextBrowser>("explanation")->toPlainText().contains(
      QString::fromStdString(snapshot()->packet->card.sentBecause.front().text)));
}

TEST_F(PingInTheWindow, AFieldAndItsBytesHighlightEachOther) {
  ping();
  auto* tree = named<QTreeView>("layerTree");
  auto* hex = named<inspector::HexView>("hexView");
  ASSERT_TRUE(tree->isVisible());
  const auto row = tree->model()->match(tree->model()->index(0, 0), model::LayerTreeModel::KeyRole, "eth.src", 1,
                                        Qt::MatchExactly | Qt::MatchRecursive);
  ASSERT_EQ(row.size(), 1);
  tree->scrollTo(row.front());
  QTest::mouseClick(tree->viewport(), Qt::LeftButton, Qt::NoModifier, tree->visualRect(row.front()).center());
  EXPECT_EQ(hex->highlightedPos(), 6u);
  EXPECT_EQ(hex->highlightedSize(), 6u);
  QTest::mouseClick(hex->viewport(), Qt::LeftButton, Qt::NoModifier, hex->byteRect(4).center());
  EXPECT_EQ(tree->currentIndex().data(model::LayerTreeModel::KeyRole).toString(), "eth.dst");
}

TEST_F(PingInTheWindow, TheRouterShowsWhatItRewrote) {
  ping();
  std::size_t seen = 0;
  for (int i = 0; i < 30 && seen == 0; ++i) {
    click("stepButton");
    for (const model::Happening& one : snapshot()->happenings)
      if (one.kind == model::Happening::Kind::Rewritten) seen = canvas()->calloutCount();
  }
  EXPECT_GE(seen, 1u);
}

TEST_F(PingInTheWindow, TabCompletesAndUpBringsBackWhatWasTyped) {
  auto* prompt = named<QLineEdit>("terminalLine");
  QTest::mouseClick(prompt, Qt::LeftButton);
  QTest::keyClicks(prompt, "pin");
  QTest::keyClick(prompt, Qt::Key_Tab);
  settle();
  EXPECT_EQ(prompt->text(), "ping ");
  QTest::keyClicks(prompt, "-c 1 10.0.2.10");
  QTest::keyClick(prompt, Qt::Key_Return);
  EXPECT_EQ(prompt->text(), "");
  QTest::keyClick(prompt, Qt::Key_Up);
  EXPECT_EQ(prompt->text(), "ping -c 1 10.0.2.10");
  settle();
}

TEST_F(PingInTheWindow, ControlCEndsThePing) {
  type("ping 10.0.2.10");
  ASSERT_TRUE(QTest::qWaitFor([this] { return window->port().idle() && snapshot()->busy; }));
  click("playPauseButton");
  QTest::keyClick(named("terminalLine"), Qt::Key_C, Qt::ControlModifier);
  ASSERT_TRUE(QTest::qWaitFor([this] { return window->port().idle() && !snapshot()->busy; }));
  EXPECT_TRUE(named<QPlainTextEdit>("terminalOutput")->toPlainText().contains("^C"));
}

TEST_F(PingInTheWindow, AProjectThatCannotBeReadLeavesTheOldOneAndSaysWhy) {
  window->open("no/such/network.yaml");
  settle();
  EXPECT_EQ(snapshot()->nodes.size(), 7u);
  bool told = false;
  for (const QLabel* label : window->findChildren<QLabel*>())
    told = told || (label->isVisible() && label->text().contains("no/such/network.yaml"));
  EXPECT_TRUE(told);
}

/// The cables of the lesson: two subnets with a switch each.
TEST_F(PingInTheWindow, CablesAreColouredByTheDomainsThatTheyBelongTo) {
  const auto colour = [this](const char* action) {
    window->findChild<QAction*>(QString::fromLatin1(action))->trigger();
    settle();
  };
  EXPECT_TRUE(snapshot()->domains.empty());
  const QImage plain = canvas()->grab().toImage();
  colour("broadcastDomains");
  EXPECT_EQ(snapshot()->domains.size(), 2u);
  EXPECT_NE(canvas()->grab().toImage(), plain);
  colour("collisionDomains");
  EXPECT_EQ(snapshot()->domains.size(), snapshot()->links.size());
  colour("subnets");
  EXPECT_EQ(snapshot()->domains.at(0).name, "10.0.1.0/24");
  colour("noDomains");
  EXPECT_TRUE(snapshot()->domains.empty());
  EXPECT_EQ(canvas()->grab().toImage(), plain);
}

}  // namespace
}  // namespace hw::test
