// A network is drawn, run and taken back again, with the mouse and the keys of a person.
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTimer>

#include "core/project/file.h"
#include "core/project/save.h"
#include "tests/ui/workbench/window_fixture.h"
#include "ui/editor/palette.h"

namespace hw::test {
namespace {

using workbench::Command;

class DrawingANetwork : public WindowTest {
 protected:
  void SetUp() override {
    workbench::WindowOptions options;
    options.animated = false;
    openWindow(options);
    window->newNetwork();
    settle();
  }

  const project::Document& document() const { return snapshot()->draft->document; }
  project::NodeKey key(const char* name) const { return snapshot()->draft->nodeNamed(name).value_or(project::NodeKey{}); }
  QPoint at(const char* name) const { return canvas()->pointOf(key(name)); }
  const project::Node& node(const char* name) const { return *snapshot()->draft->node(key(name)); }

  /// What the palette gives to a drag, dropped on the canvas by the events that a drag makes.
  void drag(project::NodeKind kind, const QPoint& to) {
    auto* palette = named<editor::Palette>("palette");
    const QModelIndex index = palette->indexAt(palette->pointOf(kind));
    ASSERT_TRUE(index.isValid());
    const std::unique_ptr<QMimeData> data(palette->model()->mimeData({index}));
    dropAt(*data, to);
  }
  void dropAt(const QMimeData& data, const QPoint& to) {
    QWidget* target = canvas()->viewport();
    QDragEnterEvent enter(to, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &enter);
    QDragMoveEvent move(to, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &move);
    QDropEvent drop(to, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(target, &drop);
    settle();
  }
  void pull(const QPoint& from, const QPoint& to, Qt::KeyboardModifiers keys = Qt::NoModifier) {
    QWidget* target = canvas()->viewport();
    QTest::mousePress(target, Qt::LeftButton, keys, from);
    QTest::mouseMove(target, (from + to) / 2);
    QTest::mouseMove(target, to);
    QTest::mouseRelease(target, Qt::LeftButton, keys, to);
    settle();
  }
  void cable(const char* from, const char* to) {
    if (canvas()->tool() != canvas::Tool::Cable) click("cableToolButton");
    pull(at(from), at(to));
    click("cableToolButton");
  }
  void select(const char* name) {
    QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, Qt::NoModifier, at(name));
    settle();
  }
  void enter(const char* field, const char* text) {
    window->showPropertiesTab();
    auto* line = named<QLineEdit>(field);
    ASSERT_TRUE(QTest::qWaitFor([line] { return line->isVisible(); }));
    QTest::mouseClick(line, Qt::LeftButton);
    line->selectAll();
    QTest::keyClicks(line, QString::fromLatin1(text));
    QTest::keyClick(line, Qt::Key_Return);
    settle();
  }
  void press(Command command) {
    window->actions().at(command)->trigger();
    settle();
  }
  void keys(QKeySequence::StandardKey standard) {
    canvas()->setFocus();
    QTest::keySequence(canvas(), QKeySequence(standard));
    settle();
  }
  void drawTwoSubnets() {
    drag(project::NodeKind::Host, {140, 220});
    drag(project::NodeKind::Router, {340, 220});
    drag(project::NodeKind::Host, {540, 220});
    cable("h1", "r1");
    cable("r1", "h2");
    select("h1");
    enter("eth0-address", "10.0.1.10/24");
    select("r1");
    takeSuggestion("eth0-addressSuggestion");
    enter("eth1-address", "10.0.2.1/24");
    select("h2");
    takeSuggestion("eth0-addressSuggestion");
    takeSuggestion("gatewaySuggestion");
    select("h1");
    takeSuggestion("gatewaySuggestion");
  }
  void takeSuggestion(const char* button) {
    window->showPropertiesTab();
    auto* chip = named<QAbstractButton>(button);
    ASSERT_TRUE(QTest::qWaitFor([chip] { return chip->isVisible(); })) << button;
    QTest::mouseClick(chip, Qt::LeftButton);
    settle();
  }
};

TEST_F(DrawingANetwork, DraggedCabledAndAddressedItPingsStepsAndIsUndoneToNothing) {
  drawTwoSubnets();
  ASSERT_EQ(document().nodes.size(), 3u);
  ASSERT_EQ(document().links.size(), 2u);
  EXPECT_EQ(node("r1").interfaces.at(0).addresses.at(0).text(), "10.0.1.1/24") << "the first free address";
  EXPECT_EQ(node("h2").interfaces.at(0).addresses.at(0).text(), "10.0.2.10/24");
  EXPECT_EQ(project::routeText(node("h2").routes.at(0)), "default via 10.0.2.1");
  EXPECT_TRUE(snapshot()->troubles.empty());

  type("ping -c 1 10.0.2.10");
  settle();
  bool rewritten = false;
  for (int i = 0; i < 30 && !rewritten; ++i) {
    click("stepButton");
    for (const model::Happening& one : snapshot()->happenings)
      rewritten = rewritten || one.kind == model::Happening::Kind::Rewritten;
  }
  ASSERT_TRUE(rewritten) << "the router gives the packet new addresses and a lower TTL";
  const std::size_t beat = snapshot()->beat;
  click("stepBackButton");
  EXPECT_EQ(snapshot()->beat, beat - 1);
  EXPECT_TRUE(snapshot()->happenings.empty());
  click("stepButton");

  const Time moment = snapshot()->time;
  const project::Document drawn = document();
  int steps = 0;
  for (; window->actions().at(Command::Undo)->isEnabled() && steps < 100; ++steps) keys(QKeySequence::Undo);
  EXPECT_GE(steps, 10);
  EXPECT_EQ(document(), project::Document());
  EXPECT_EQ(snapshot()->time, moment) << "time never moves back by undo";
  for (int i = 0; i < steps; ++i) press(Command::Redo);
  EXPECT_EQ(document(), drawn);
}

TEST_F(DrawingANetwork, TheFileReopenedIsTheSame) {
  drawTwoSubnets();
  QTemporaryDir folder;
  const QString path = folder.filePath("drawn.hopwise");
  ASSERT_TRUE(window->saveAs(path));
  EXPECT_FALSE(window->isWindowModified());
  const project::Document drawn = document();
  window->newNetwork();
  settle();
  EXPECT_TRUE(document().nodes.empty());
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(path)});
  dropAt(data, {200, 150});
  EXPECT_EQ(document(), drawn);
  ASSERT_TRUE(window->save());
  EXPECT_EQ(project::loadFile(path.toStdString())->document, drawn);
}

TEST_F(DrawingANetwork, SavingAsksForANameWhenAFolderIsOpen) {
  QTemporaryDir folder;
  const QString file = folder.filePath("network.yaml");
  ASSERT_TRUE(QFile::copy("lessons/two-networks/network.yaml", file));
  const auto before = project::loadFile(file.toStdString())->document;
  window->open(folder.path());
  settle();
  drag(project::NodeKind::Host, {300, 60});
  ASSERT_EQ(document().nodes.size(), before.nodes.size() + 1);
  bool asked = false;
  QTimer::singleShot(0, window.get(), [&asked] {
    if (auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget())) asked = true, dialog->reject();
  });
  EXPECT_FALSE(window->save());
  EXPECT_TRUE(asked);
  EXPECT_TRUE(window->isWindowModified());
  EXPECT_EQ(project::loadFile(file.toStdString())->document, before);
}

TEST_F(DrawingANetwork, EverythingIsReachedByTheKeyboard) {
  auto* palette = named<QListWidget>("palette");
  palette->setFocus();
  palette->setCurrentRow(0);
  QTest::keyClick(palette, Qt::Key_Return);
  settle();
  QTest::keyClick(palette, Qt::Key_Return);
  settle();
  ASSERT_EQ(document().nodes.size(), 2u);
  EXPECT_NE(document().nodes[0].position, document().nodes[1].position) << "one does not cover the other";
  canvas()->setFocus();
  QTest::keyClick(canvas(), Qt::Key_Right);
  settle();
  ASSERT_EQ(canvas()->selection().nodes.size(), 1u);
  const project::Position before = *snapshot()->draft->node(*canvas()->selection().nodes.begin())->position;
  QTest::keyClick(canvas(), Qt::Key_Right, Qt::ControlModifier);
  settle();
  EXPECT_EQ(snapshot()->draft->node(*canvas()->selection().nodes.begin())->position->x, before.x + 20);
  const auto renamed = *canvas()->selection().nodes.begin();
  QTest::keyClick(canvas(), Qt::Key_F2);
  auto* name = named<QLineEdit>("nodeName");
  ASSERT_TRUE(name->hasFocus());
  QTest::keyClicks(name, "server");
  QTest::keyClick(name, Qt::Key_Return);
  settle();
  EXPECT_EQ(snapshot()->draft->node(renamed)->name, "server");
  canvas()->setFocus();
  QTest::keyClick(canvas(), Qt::Key_Delete);
  settle();
  EXPECT_EQ(document().nodes.size(), 1u);
  keys(QKeySequence::Undo);
  EXPECT_EQ(snapshot()->draft->node(renamed)->name, "server");
}

TEST_F(DrawingANetwork, ADragMovesAllThatIsSelectedToTheGrid) {
  drag(project::NodeKind::Host, {140, 120});
  drag(project::NodeKind::Host, {340, 120});
  pull({60, 60}, {420, 200});  // a band around both
  ASSERT_EQ(canvas()->selection().nodes.size(), 2u);
  const project::Position first = *node("h1").position, second = *node("h2").position;
  pull(at("h1"), at("h1") + QPoint(53, 41));
  EXPECT_EQ(node("h1").position->x % 20, 0);
  EXPECT_NE(node("h1").position, first);
  EXPECT_EQ(node("h1").position->x - first.x, node("h2").position->x - second.x);
  press(Command::Undo);
  EXPECT_EQ(node("h1").position, first);
  EXPECT_EQ(node("h2").position, second) << "one step takes back the whole move";
}

TEST_F(DrawingANetwork, CopyPasteCutAndDuplicateKeepCablesAmongTheCopied) {
  drawTwoSubnets();
  keys(QKeySequence::SelectAll);
  keys(QKeySequence::Copy);
  keys(QKeySequence::Paste);
  EXPECT_EQ(document().nodes.size(), 6u);
  EXPECT_EQ(document().links.size(), 4u);
  EXPECT_EQ(canvas()->selection().nodes.size(), 3u) << "what was pasted is selected";
  keys(QKeySequence::Cut);
  EXPECT_EQ(document().nodes.size(), 3u);
  keys(QKeySequence::Paste);
  EXPECT_EQ(document().nodes.size(), 6u);
  press(Command::Duplicate);
  EXPECT_EQ(document().nodes.size(), 9u);
  EXPECT_EQ(document().links.size(), 6u);
}

TEST_F(DrawingANetwork, AMistakeIsToldBesideTheFieldAndLeavesTheDocument) {
  drag(project::NodeKind::Host, {140, 120});
  select("h1");
  QTest::mouseClick(named<QAbstractButton>("addInterface"), Qt::LeftButton);
  settle();
  const project::Document before = document();
  enter("eth0-address", "10.0.1.300/24");
  EXPECT_EQ(document(), before);
  EXPECT_TRUE(named<QLabel>("eth0-addressTrouble")->text().contains("10.0.1.300/24"));
  EXPECT_TRUE(named<QLabel>("eth0-addressTrouble")->isVisible());
  enter("eth0-address", "10.0.1.0/24");
  EXPECT_TRUE(named<QLabel>("eth0-addressTrouble")->text().contains("10.0.1.0")) << "the core finds: the subnet's own address";
  enter("eth0-address", "10.0.1.3");
  EXPECT_EQ(node("h1").interfaces.at(0).addresses.at(0).text(), "10.0.1.3/24") << "the length of the subnet is meant";
  EXPECT_FALSE(named<QLabel>("eth0-addressTrouble")->isVisible());
}

TEST_F(DrawingANetwork, ADeviceAddedWhileTheNetworkRunsTakesPartInIt) {
  drawTwoSubnets();
  type("ping -c 1 10.0.2.10");
  settle();
  for (int i = 0; i < 4; ++i) click("stepButton");
  const std::size_t beat = snapshot()->beat;
  ASSERT_GT(beat, 2u);
  drag(project::NodeKind::Switch, {340, 320});
  cable("r1", "sw1");
  EXPECT_EQ(snapshot()->nodes.size(), 4u);
  EXPECT_GE(snapshot()->beat, beat) << "the clock stays";
  for (std::size_t i = snapshot()->beat; i > 0; --i) click("stepBackButton");
  ASSERT_EQ(snapshot()->beat, 0u);
  EXPECT_EQ(snapshot()->nodes.size(), 3u) << "the switch is not there yet";
  EXPECT_EQ(document().nodes.size(), 4u);
  const model::DrawnNode* drawn = snapshot()->drawing.node(key("sw1"));
  ASSERT_NE(drawn, nullptr);
  EXPECT_TRUE(drawn->faint) << "what is drawn but not there yet is drawn faint";
}

TEST_F(DrawingANetwork, WhatIsTypedAtATerminalStandsOnThePropertyPage) {
  drawTwoSubnets();
  select("h1");
  type("ip addr add 10.0.7.7/24 dev eth0");
  settle();
  EXPECT_EQ(node("h1").interfaces.at(0).addresses.size(), 2u);
  EXPECT_TRUE(named<QLineEdit>("eth0-address")->text().contains("10.0.7.7/24"));
  EXPECT_TRUE(window->isWindowModified());
  press(Command::Undo);
  EXPECT_EQ(node("h1").interfaces.at(0).addresses.size(), 1u);
  EXPECT_FALSE(named<QLineEdit>("eth0-address")->text().contains("10.0.7.7/24"));
}

TEST_F(DrawingANetwork, ScreenReadersHearOfEveryDeviceAndLink) {
  drawTwoSubnets();
  QAccessibleInterface* picture = QAccessible::queryAccessibleInterface(canvas());
  ASSERT_NE(picture, nullptr);
  QStringList names;
  for (int i = 0; i < picture->childCount(); ++i) {
    QAccessibleInterface* child = picture->child(i);
    names += child->text(QAccessible::Name);
    EXPECT_FALSE(child->rect().isEmpty()) << names.back().toStdString();
    EXPECT_EQ(picture->indexOfChild(child), i);
  }
  EXPECT_EQ(names.join(", ").toStdString(),
            "Host h1, Router r1, Host h2, Link from h1:eth0 to r1:eth0, Link from r1:eth1 to h2:eth0");
  select("r1");
  EXPECT_TRUE(picture->child(1)->state().selected);
  EXPECT_TRUE(picture->child(1)->text(QAccessible::Description).contains("10.0.2.1/24"));
}

TEST_F(DrawingANetwork, TheStartPageOpensASample) {
  window.reset();
  workbench::WindowOptions options;
  options.samples = "lessons";
  openWindow(options);
  window->showStartPage();
  auto* samples = named<QListWidget>("samples");
  ASSERT_GE(samples->count(), 1);
  EXPECT_FALSE(canvas()->isVisible());
  QTest::mouseClick(samples->viewport(), Qt::LeftButton, Qt::NoModifier, samples->visualItemRect(samples->item(0)).center());
  settle();
  EXPECT_TRUE(canvas()->isVisible());
  EXPECT_FALSE(document().nodes.empty());
}

}  // namespace
}  // namespace hw::test
