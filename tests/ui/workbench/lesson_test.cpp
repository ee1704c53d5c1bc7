// The lesson in the window from its first step to its last, by clicks and keys, in both languages.
#include <QAbstractButton>
#include <QAction>
#include <QLabel>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QTemporaryDir>
#include <fstream>

#include "tests/ui/workbench/window_fixture.h"
#include "ui/lesson/lesson_page.h"
#include "ui/lesson/progress_file.h"

namespace hw::test {
namespace {

class LessonInTheWindow : public WindowTest {
 protected:
  void SetUp() override {
    lesson_page::forgetProgress(**lesson::loadLesson(kNetwork));
    openWindow(plain(Language::English));
  }
  static workbench::WindowOptions plain(Language language) {
    workbench::WindowOptions options;
    options.language = language;
    options.animated = false;
    return options;
  }
  lesson_page::LessonPage* page() const { return window->findChild<lesson_page::LessonPage*>(); }
  bool done(const char* id) const {
    const auto* item = lesson::itemIn(page()->progress(), id);
    return item && item->state == lesson::ItemProgress::State::Done;
  }
  /// A widget of the shown step, brought into view.
  QWidget* part(const QString& name) const {
    auto* widget = page()->findChild<QWidget*>(name);
    EXPECT_NE(widget, nullptr) << name.toStdString();
    if (widget) named<QScrollArea>("lessonStep")->ensureWidgetVisible(widget);
    return widget;
  }
  void press(const QString& name) {
    QWidget* button = part(name);
    ASSERT_TRUE(button->isEnabled()) << name.toStdString();
    QTest::mouseClick(button, Qt::LeftButton);
    settle();
  }
  void choose(const char* id, int choice) {
    QTest::mouseClick(part(QStringLiteral("choice_%1_%2").arg(QLatin1String(id)).arg(choice)), Qt::LeftButton, {}, QPoint(6, 8));
  }
  void answer(const char* id, std::initializer_list<int> choices) {
    for (const int one : choices) choose(id, one);
    press(QStringLiteral("answer_") + QLatin1String(id));
  }
  /// Steps on with the keyboard until something is so.
  template <class What> void stepUntil(What&& what) {
    for (int i = 0; i < 60 && !what(); ++i) {
      QTest::keyClick(window.get(), Qt::Key_F10);
      settle();
    }
  }
  void predict(const char* id, int choice) {
    choose(id, choice);
    press(QStringLiteral("lock_") + QLatin1String(id));
    stepUntil([&] { return done(id); });
    EXPECT_TRUE(done(id)) << id;
    stepUntil([this] { return !snapshot()->busy; });
  }
  /// Types at a device that is clicked in the picture, and lets the line end.
  void typeAt(const char* device, const char* line) {
    QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, Qt::NoModifier, canvas()->devicePoint(deviceNamed(newSession(), device)));
    settle();
    type(line);
    settle();
    stepUntil([this] { return !snapshot()->busy; });
  }
  void next() {
    QTest::keyClick(window.get(), Qt::Key_PageDown, Qt::ControlModifier);
    settle();
  }
  QString said(const char* id) const { return named<QLabel>((std::string("state_") + id).c_str())->text(); }
  void playFirstHalf();
  void playSecondHalf(std::initializer_list<const char*> mending);
};

void LessonInTheWindow::playFirstHalf() {
  answer("same-subnet", {1, 2});
  EXPECT_TRUE(done("same-subnet"));
  next();
  predict("through-switch", 1);
  typeAt("h4", "ping -c 1 10.0.2.10");
  EXPECT_TRUE(done("right-side"));
  next();
  predict("who-is-asked", 2);
  next();
  predict("far-mac", 1);  // a wrong prediction is a prediction too
  predict("far-ip", 2);
  next();
}

void LessonInTheWindow::playSecondHalf(std::initializer_list<const char*> mending) {
  predict("after-router", 3);
  predict("router-ip", 1);
  predict("ttl", 2);
  next();
  predict("reply-mac", 3);
  answer("what-h1-knows", {2});
  next();
  typeAt("h1", "ip route del default");
  EXPECT_TRUE(done("broken"));
  typeAt("h1", "ip route add default via 10.0.1.20");  // nearly right
  EXPECT_FALSE(done("mended"));
  typeAt("h1", "ip route del default");
  for (const char* line : mending) typeAt("h1", line);
  EXPECT_TRUE(done("mended"));
  next();
  answer("last", {1, 2, 4});
  EXPECT_TRUE(done("last"));
}

TEST_F(LessonInTheWindow, IsPlayedFromTheFirstToTheLastStepInEnglish) {
  EXPECT_TRUE(page()->isVisible());
  playFirstHalf();
  playSecondHalf({"ip route add default via 10.0.1.1"});
  EXPECT_EQ(named<QLabel>("lessonHow")->text(), "✓ The lesson is done");
}

TEST_F(LessonInTheWindow, IsPlayedInChineseWithAnotherSolutionThatIsRightToo) {
  window->actions().at(workbench::Command::Chinese)->trigger();
  settle();
  EXPECT_EQ(named<QLabel>("stepTitle")->text(), QStringLiteral("两对地址"));
  playFirstHalf();
  playSecondHalf({"ip route add 10.0.2.0/24 via 10.0.1.1"});
  EXPECT_EQ(named<QLabel>("lessonHow")->text(), QStringLiteral("✓ 课程已完成"));
}

TEST_F(LessonInTheWindow, KeepsTheProgressWhenTheLanguageChangesInTheMiddle) {
  playFirstHalf();
  window->setLanguage(Language::Chinese);
  settle();
  EXPECT_EQ(named<QLabel>("stepTitle")->text(), QStringLiteral("经过路由器：新的 MAC 地址"));
  EXPECT_TRUE(done("far-mac"));
  playSecondHalf({"ip route add 10.0.2.10 via 10.0.1.1", "ip route add 10.0.2.20 via 10.0.1.1"});
  window->setLanguage(Language::English);
  settle();
  EXPECT_EQ(named<QLabel>("lessonHow")->text(), "✓ The lesson is done");
}

TEST_F(LessonInTheWindow, LocksTheAnswerBeforeThePacketMovesAndRevealsWhatHappened) {
  next();
  EXPECT_FALSE(part("lock_through-switch")->isEnabled()) << "nothing is chosen yet";
  choose("through-switch", 2);
  const std::size_t packets = snapshot()->packets->size();
  press("lock_through-switch");
  EXPECT_FALSE(done("through-switch"));
  EXPECT_FALSE(part("choice_through-switch_1")->isEnabled());
  EXPECT_GT(snapshot()->packets->size(), packets) << "the first frame is on its way";
  EXPECT_TRUE(named<QPlainTextEdit>("terminalOutput")->toPlainText().contains("ping -c 1 10.0.1.20"));
  stepUntil([this] { return done("through-switch"); });
  EXPECT_EQ(said("through-switch"), "✕ It came otherwise: it was 02:00:00:01:00:01");
  EXPECT_TRUE(part("explanation_through-switch")->isVisible());
}

TEST_F(LessonInTheWindow, AWrongAnswerIsToldAndCanBeMended) {
  answer("same-subnet", {1});
  EXPECT_EQ(said("same-subnet"), "✕ Right so far, but something is missing");
  choose("same-subnet", 4);
  press("answer_same-subnet");
  EXPECT_EQ(said("same-subnet"), "✕ Not yet: think again");
  choose("same-subnet", 4);
  choose("same-subnet", 2);
  press("answer_same-subnet");
  EXPECT_EQ(said("same-subnet"), "✓ Right");
}

TEST_F(LessonInTheWindow, CanBeWorkedByTheKeyboardAlone) {
  auto* first = part("choice_same-subnet_1");
  first->setFocus();
  QTest::keyClick(first, Qt::Key_Space);
  auto* second = part("choice_same-subnet_2");
  second->setFocus();
  QTest::keyClick(second, Qt::Key_Space);
  auto* check = part("answer_same-subnet");
  check->setFocus();
  QTest::keyClick(check, Qt::Key_Space);
  settle();
  EXPECT_TRUE(done("same-subnet"));
  auto* forward = named<QAbstractButton>("lessonNext");
  forward->setFocus();
  QTest::keyClick(forward, Qt::Key_Space);
  EXPECT_EQ(page()->progress().step, 1u);
  QTest::keyClick(window.get(), Qt::Key_PageUp, Qt::ControlModifier);
  EXPECT_EQ(page()->progress().step, 0u);
}

TEST_F(LessonInTheWindow, GivesOneHintAfterTheOther) {
  next();
  EXPECT_EQ(page()->findChildren<QLabel*>("hint").size(), 2);
  press("hintButton");
  EXPECT_TRUE(page()->findChildren<QLabel*>("hint")[0]->isVisible());
  EXPECT_FALSE(page()->findChildren<QLabel*>("hint")[1]->isVisible());
  press("hintButton");
  EXPECT_TRUE(page()->findChildren<QLabel*>("hint")[1]->isVisible());
  EXPECT_FALSE(page()->findChild<QWidget*>("hintButton")->isVisible());
}

TEST_F(LessonInTheWindow, RemembersThePersonsProgressInAnotherWindow) {
  playFirstHalf();
  const lesson::Progress before = page()->progress();
  openWindow(plain(Language::Chinese));
  EXPECT_EQ(page()->progress().step, before.step);
  EXPECT_TRUE(done("far-mac"));
  EXPECT_EQ(lesson::itemIn(page()->progress(), "far-mac")->value, "02:00:00:04:00:01");
  window->actions().at(workbench::Command::LessonOver)->trigger();
  settle();
  EXPECT_EQ(page()->progress().step, 0u);
  EXPECT_FALSE(done("far-mac"));
}

TEST_F(LessonInTheWindow, ALessonThatMeansNoGoodIsRefusedAndTheOldOneStays) {
  QTemporaryDir folder;
  std::ofstream(folder.filePath("network.yaml").toStdString()) << "version: 1\nnodes: {x1: {kind: host}}\n";
  std::ofstream(folder.filePath("lesson.en.md").toStdString())
      << "---\nschema: 1\nid: bad\ntitle: Bad\nlang: en\n---\n## One\n```{check} c\n:assert: system(\"rm -rf /\") == 0\nDo\n```\n";
  window->open(folder.path());
  settle();
  EXPECT_EQ(snapshot()->nodes.size(), 7u);
  EXPECT_EQ(page()->progress().lesson, "two-networks-one-router");
  bool told = false;
  for (const QLabel* label : window->findChildren<QLabel*>())
    told = told || (label->isVisible() && label->text().contains("lesson.en.md:9:10: error: “system” is unknown here"));
  EXPECT_TRUE(told);
}

TEST_F(LessonInTheWindow, ANetworkWithoutALessonHidesThePage) {
  window->open(QString::fromLatin1(kNetwork) + "/network.yaml");
  settle();
  EXPECT_FALSE(page()->isVisible());
  EXPECT_FALSE(window->actions().at(workbench::Command::NextLessonStep)->isEnabled());
  EXPECT_EQ(snapshot()->nodes.size(), 7u);
}

TEST_F(LessonInTheWindow, EveryPartHasANameForScreenReaders) {
  for (int step = 0; step < 8; ++step) {
    for (const QAbstractButton* button : page()->findChildren<QAbstractButton*>())
      EXPECT_FALSE(button->accessibleName().isEmpty() && button->text().isEmpty()) << button->objectName().toStdString();
    next();
  }
}

}  // namespace
}  // namespace hw::test
