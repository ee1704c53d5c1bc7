// The lesson that is shipped.
#include "tests/core/lesson/fixture.h"

namespace hw::test {
namespace {

TEST(TwoNetworksLesson, isCompleteInBothLanguagesWithoutAWordOfComplaint) {
  const auto loaded = lesson::loadLesson(kLesson);
  ASSERT_TRUE(loaded) << loaded.error().text();
  EXPECT_EQ((*loaded)->warnings.text(), "");
  for (const Language language : {Language::English, Language::Chinese}) {
    const lesson::Script& script = (*loaded)->script(language);
    EXPECT_EQ(script.steps.size(), 8u);
    std::map<lesson::BlockKind, int> kinds;
    for (const lesson::Step& step : script.steps) {
      bool item = false;
      for (const lesson::Block& block : step.blocks) {
        ++kinds[block.kind];
        item = item || block.isItem();
        for (const lesson::Choice& choice : block.choices) EXPECT_FALSE(choice.feedback.empty()) << choice.text;
      }
      EXPECT_TRUE(item) << step.title;
    }
    EXPECT_GE(kinds[lesson::BlockKind::Check], 3);
    EXPECT_GE(kinds[lesson::BlockKind::Predict], 7);
    EXPECT_GE(kinds[lesson::BlockKind::Quiz], 3);
    EXPECT_GE(kinds[lesson::BlockKind::Hint], 6);
  }
}

TEST(TwoNetworksLesson, itsChineseIsNotItsEnglish) {
  const auto loaded = *lesson::loadLesson(kLesson);
  const lesson::Script& english = loaded->script(Language::English);
  const lesson::Script& chinese = loaded->script(Language::Chinese);
  for (std::size_t i = 0; i < english.steps.size(); ++i) EXPECT_NE(english.steps[i].title, chinese.steps[i].title);
}

}  // namespace
}  // namespace hw::test
