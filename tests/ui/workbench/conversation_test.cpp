// The page Talk, worked by keys and clicks.
#include <QComboBox>
#include <QLabel>
#include <QScrollBar>
#include <QTabBar>
#include <QTextBrowser>

#include "tests/ui/workbench/window_fixture.h"

namespace hw::test {
namespace {

using Aspect = conversation::ConversationPage::Aspect;

class Talk : public WindowTest {
 protected:
  void SetUp() override {
    workbench::WindowOptions options;
    options.animated = false;
    openWindow(options);
    window->open(QString::fromLatin1(kNetwork) + "/network.yaml");
    settle();
  }
  void play(std::vector<model::PlayScript::Command> commands) {
    window->port().send(model::PlayScript{std::move(commands), std::nullopt, std::nullopt});
    settle();
  }
  void transfer(const char* client = "tcp-client 10.0.2.10 80 connect send:9000 shut recveof close") {
    play({{"h3", "tcp-serve 80 accept recveof close &"}, {"h1", client}});
  }
};

TEST_F(Talk, IsFollowedOnlyWhileSomebodyLooks) {
  transfer();
  EXPECT_EQ(snapshot()->conversations, nullptr);
  window->showConversation(Aspect::Ladder);
  settle();
  ASSERT_NE(snapshot()->conversations, nullptr);
  ASSERT_TRUE(snapshot()->conversations->shown);
  EXPECT_EQ(snapshot()->conversations->shown->what.opener.name, "h1");
  window->showPacketTab();
  settle();
  EXPECT_EQ(snapshot()->conversations, nullptr);
}

TEST_F(Talk, KeysGoFromMessageToMessageAndToTheirMoments) {
  transfer();
  window->showConversation(Aspect::Ladder);
  settle();
  QWidget* ladder = named("ladder");
  ladder->setFocus();
  window->port().send(model::SelectPacket{});
  settle();
  const auto first = snapshot()->conversations->shown->what.messages.front().id, second = snapshot()->conversations->shown->what.messages[1].id;
  QTest::keyClick(ladder, Qt::Key_Down);
  settle();
  EXPECT_EQ(snapshot()->selected, first);
  QTest::keyClick(ladder, Qt::Key_Down);
  settle();
  EXPECT_EQ(snapshot()->selected, second);
  EXPECT_TRUE(ladder->accessibleDescription().contains(QStringLiteral("SYN, ACK"))) << ladder->accessibleDescription().toStdString();
  const std::size_t beat = snapshot()->conversations->shown->beats[1];
  QTest::keyClick(ladder, Qt::Key_Return);
  settle();
  EXPECT_EQ(snapshot()->beat, beat);
  ASSERT_TRUE(snapshot()->conversations->shown);
  EXPECT_EQ(snapshot()->conversations->shown->what.messages.back().id, second) << "what comes later is not told";
}

TEST_F(Talk, AClickOnAnArrowSelectsItsPacket) {
  transfer("tcp-client 10.0.2.10 80 connect send:60000 shut recveof close");
  window->showConversation(Aspect::Ladder);
  settle();
  auto* ladder = named<QAbstractScrollArea>("ladder");
  QScrollBar* bar = ladder->verticalScrollBar();
  EXPECT_GT(bar->maximum(), 0);
  EXPECT_EQ(bar->value(), bar->maximum()) << "the latest message is seen";
  EXPECT_EQ(bar->sliderPosition(), bar->value());
  EXPECT_GT(bar->pageStep(), ladder->viewport()->height() / 2);
  bar->setValue(0);
  window->port().send(model::SelectPacket{});
  settle();
  QTest::mouseClick(ladder->viewport(), Qt::LeftButton, Qt::NoModifier, QPoint(ladder->viewport()->width() / 2, 70));
  settle();
  EXPECT_TRUE(snapshot()->selected.valid());
}

TEST_F(Talk, ShowsDatagramsBesideAConnection) {
  play({{"h3", "udp-serve --echo 9 &"}, {"h1", "udp-send --wait 1 10.0.2.10 9 20"}});
  transfer();
  window->showConversation(Aspect::Ladder);
  settle();
  auto* choice = named<QComboBox>("conversationChoice");
  auto* beside = named<QComboBox>("conversationBeside");
  ASSERT_EQ(choice->count(), 2);
  EXPECT_TRUE(choice->itemText(0).startsWith(QStringLiteral("UDP")));
  EXPECT_EQ(choice->currentIndex(), 1) << "the latest";
  ASSERT_TRUE(beside->isVisible());
  beside->setCurrentIndex(1);
  settle();
  ASSERT_TRUE(snapshot()->conversations->beside);
  EXPECT_EQ(snapshot()->conversations->beside->what.kind, lens::Conversation::Kind::Udp);
  EXPECT_EQ(snapshot()->conversations->beside->what.messages.size(), 2u);
  window->showConversation(Aspect::Text);
  settle();
  EXPECT_FALSE(beside->isVisible());
  EXPECT_TRUE(named<QTextBrowser>("conversationText")->toPlainText().contains(QStringLiteral("0123456789abcdef0123")));
}

}  // namespace
}  // namespace hw::test
