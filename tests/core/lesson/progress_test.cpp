// What counts as done, what is locked, and how it is kept.
#include "tests/core/lesson/fixture.h"

namespace hw::test {
namespace {

using lesson::Block;
using lesson::ItemProgress;

class TwoNetworks : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = lesson::loadLesson(kLesson);
    ASSERT_TRUE(loaded) << loaded.error().text();
    lesson = *loaded;
    progress = lesson::freshProgress(*lesson);
  }
  const Block& block(const std::string& id) const {
    for (const lesson::Step& step : lesson->script(Language::English).steps)
      for (const Block& one : step.blocks)
        if (one.id == id) return one;
    ADD_FAILURE() << id;
    return lesson->script(Language::English).steps[0].blocks[0];
  }
  const lesson::Step& stepOf(const std::string& id) const {
    for (const lesson::Step& step : lesson->script(Language::English).steps)
      for (const Block& one : step.blocks)
        if (one.id == id) return step;
    return lesson->script(Language::English).steps[0];
  }
  bool look(const std::string& id, const Session& session) {
    const lesson::Step& step = stepOf(id);
    return lesson::takeFindings(step, lesson::look(lesson::watchesOf(step, progress), session.timeline()), progress);
  }
  lesson::LessonPtr lesson;
  lesson::Progress progress;
};

TEST_F(TwoNetworks, aPredictionIsRevealedByWhatHappensAfterItWasLocked) {
  Session session = newSession();
  play(session, "h1", "ping -c 1 10.0.2.10");  // before the lock: no outcome
  lesson::lockPrediction(block("far-mac"), 0, session.timeline().world().events, progress);
  EXPECT_FALSE(look("far-mac", session));
  play(session, "h1", "ping -c 1 10.0.2.10");
  EXPECT_TRUE(look("far-mac", session));
  const ItemProgress& item = progress.items["far-mac"];
  EXPECT_EQ(item.state, ItemProgress::State::Done);
  EXPECT_EQ(item.chosen, std::vector<std::size_t>{0});
  EXPECT_EQ(item.right, 1u);
  EXPECT_EQ(item.value, "02:00:00:04:00:01");
}

TEST_F(TwoNetworks, theRightAnswerIsWhatHappensInThisNetworkNotWhatTheAuthorExpected) {
  project::Document changed = network();
  for (project::Node& node : changed.nodes)
    if (node.name == "h1") node.sysctl["net.ipv4.ip_default_ttl"] = "65";
  Session session = std::move(*Session::open(std::move(changed)));
  lesson::lockPrediction(block("ttl"), 1, 0, progress);
  play(session, "h1", "ping -c 1 10.0.2.10");
  look("ttl", session);
  EXPECT_EQ(progress.items["ttl"].value, "64");
  EXPECT_EQ(progress.items["ttl"].right, 0u);
}

TEST_F(TwoNetworks, aLockStaysWhenThePacketIsSentAgain) {
  lesson::lockPrediction(block("far-mac"), 0, 0, progress);
  lesson::lockPrediction(block("far-mac"), 1, 40, progress);
  EXPECT_EQ(progress.items["far-mac"].chosen, std::vector<std::size_t>{0});
  EXPECT_EQ(progress.items["far-mac"].since, 40u);
}

TEST_F(TwoNetworks, theRightSideMayPingInEitherDirection) {
  for (const auto& [device, line] : {std::pair{"h3", "ping -c 1 10.0.2.20"}, std::pair{"h4", "ping -c 3 10.0.2.10"}}) {
    progress = lesson::freshProgress(*lesson);
    Session session = newSession();
    EXPECT_FALSE(look("right-side", session));
    play(session, device, line);
    EXPECT_TRUE(look("right-side", session)) << device;
  }
}

TEST_F(TwoNetworks, whatIsNearlyRightIsNotDone) {
  Session session = newSession();
  play(session, "h1", "ping -c 1 10.0.1.20");  // neighbours, but on the left
  play(session, "h3", "ping -c 1 10.0.2.1");   // on the right, but the router
  play(session, "h1", "ping -c 1 10.0.2.20");  // from the left
  EXPECT_FALSE(look("right-side", session));
}

/// Whether the last task is done after these lines at h1.
TEST_F(TwoNetworks, aHostIsMendedByAnyWayThatWorks) {
  const auto mendedBy = [this](std::initializer_list<const char*> lines) {
    progress = lesson::freshProgress(*lesson);
    Session session = newSession();
    EXPECT_FALSE(look("mended", session)) << "what was never broken is not mended";
    play(session, "h1", "ip route del default");
    look("mended", session);
    EXPECT_TRUE(lesson::isDone(block("broken"), progress));
    EXPECT_FALSE(lesson::isDone(block("mended"), progress));
    for (const char* line : lines) play(session, "h1", line);
    look("mended", session);
    return lesson::isDone(block("mended"), progress);
  };
  EXPECT_TRUE(mendedBy({"ip route add default via 10.0.1.1"}));
  EXPECT_TRUE(mendedBy({"ip route add 10.0.2.0/24 via 10.0.1.1 dev eth0"}));
  EXPECT_TRUE(mendedBy({"ip route add 10.0.2.10 via 10.0.1.1", "ip route add 10.0.2.20 via 10.0.1.1"}));
  EXPECT_FALSE(mendedBy({"ip route add 10.0.2.10 via 10.0.1.1"})) << "only one of the two";
  EXPECT_FALSE(mendedBy({"ip route add default via 10.0.1.20"})) << "h2 does not forward";
  EXPECT_FALSE(mendedBy({"ip route add 10.0.2.0/24 dev eth0"})) << "nobody answers there";
}

TEST_F(TwoNetworks, aQuestionWithSeveralRightAnswersWantsAllOfThem) {
  const Block& quiz = block("same-subnet");
  EXPECT_TRUE(quiz.many());
  EXPECT_FALSE(lesson::answerQuiz(quiz, {0}, progress));
  EXPECT_FALSE(lesson::answerQuiz(quiz, {0, 1, 2}, progress));
  EXPECT_FALSE(lesson::isDone(quiz, progress));
  EXPECT_TRUE(lesson::answerQuiz(quiz, {1, 0}, progress));
  EXPECT_EQ(progress.items["same-subnet"].tries, 3);
  EXPECT_TRUE(lesson::isDone(lesson->script(Language::Chinese), 0, progress));
  EXPECT_EQ(lesson::doneSteps(lesson->script(Language::Chinese), progress), 1u);
}

TEST_F(TwoNetworks, progressIsKeptForThisLessonAndNoOther) {
  lesson::answerQuiz(block("same-subnet"), {0, 1}, progress);
  lesson::lockPrediction(block("ttl"), 2, 17, progress);
  progress.items["far-mac"] = {ItemProgress::State::Done, {0}, 1, "02:00:00:04:00:01", 1, 0};
  progress.step = 4;
  progress.hints[3] = 2;
  progress.read = {1, 2};
  const std::string text = lesson::saveProgress(progress);
  const auto again = lesson::loadProgress(text, lesson::freshProgress(*lesson));
  ASSERT_TRUE(again);
  lesson::networkOpened(progress);
  EXPECT_EQ(*again, progress);
  lesson::Progress other = lesson::freshProgress(*lesson);
  other.contentHash ^= 1;
  EXPECT_FALSE(lesson::loadProgress(text, other));
  for (std::size_t cut = 0; cut < text.size() - 2; cut += 7)
    EXPECT_FALSE(lesson::loadProgress(text.substr(0, cut), lesson::freshProgress(*lesson)));
  EXPECT_FALSE(lesson::loadProgress("[1, 2]", progress));
}

}  // namespace
}  // namespace hw::test
