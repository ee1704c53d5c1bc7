// A mistake in a lesson is told with its file, line and column, what was found and what would be right.
#include "tests/core/lesson/fixture.h"

namespace hw::test {
namespace {

constexpr const char* kGoodQuiz = "## One\nText\n```{quiz} q\nWhat?\n- [x] a\n- [ ] b\n```\n";

TEST(Places, aLessonInOrderLoadsWithoutAWord) {
  EXPECT_EQ(problemsOf(english(kGoodQuiz), chinese("## 一\n文字\n```{quiz} q\n什么？\n- [x] 甲\n- [ ] 乙\n```\n")), "");
}

struct WrongPlace {
  const char* body;
  const char* says;
};

TEST(Places, eachMistakeIsFoundWhereItStands) {
  const WrongPlace kWrong[] = {
      {"## One\n```{check} c\n:assert: reaches(\"h9\", \"10.0.2.10\")\nDo\n```\n",
       "lesson.en.md:9:19: error: the network has no device “h9”"},
      {"## One\n```{check} c\n:asert: true\nDo\n```\n", "lesson.en.md:9:2: error: “asert” is no option of this directive; known: assert"},
      {"## One\n```{check} c\nDo\n```\n", "lesson.en.md:8:1: error: the directive needs the option “assert”"},
      {"## One\n```{check} c\n:assert: packets(\"arp\").count\nDo\n```\n",
       "lesson.en.md:9:10: error: this expression is no claim that is true or false"},
      {"## One\n```{check} two words\n:assert: true\nDo\n```\n", "lesson.en.md:8:12: error: “two words” is no id"},
      {"## One\n```{quiz} q\nWhat?\n- [x] a\n- [x] b\n```\n", "lesson.en.md:8:1: error: every answer is right"},
      {"## One\n```{quiz} q\nWhat?\n- [ ] a\n- [ ] b\n```\n", "error: no answer is right; mark the right one with - [x]"},
      {"## One\n```{quiz} q\nWhat?\n- a\n- [ ] b\n```\n", "lesson.en.md:10:3: error: the answer is marked neither right nor wrong"},
      {"## One\n```{quiz} q\n- [x] a\n- [ ] b\n```\n", "lesson.en.md:8:1: error: the directive says nothing"},
      {"## One\n```{predict} p\n:run: h1 ping\n:answer: 1\nWhat?\n- `1` a\n- `2` b\n```\n",
       "lesson.en.md:9:7: error: “h1 ping” is no command for a device"},
      {"## One\n```{predict} p\n:run: h1: ping 10.0.1.1\n:answer: 1\nWhat?\n- `1 +` a\n- `2` b\n```\n", "lesson.en.md:12:7: error:"},
      {"## One\n```{predict} p\n:run: h1: ping 10.0.1.1\n:answer: 1\nWhat?\n- one\n- `2` b\n```\n",
       "lesson.en.md:12:3: error: the answer does not say what value it stands for"},
      {"## One\n目的 {value}`device(\"h1\").gate`\n", "lesson.en.md:8:25: error: “gate” is unknown here; known: name"},
      {"## One\n```{dance} d\nx\n```\n", "lesson.en.md:8:1: warning: “dance” is no directive; it is shown as a box"},
      {"Hello\n## One\n", "lesson.en.md:7:1: error: this stands before the first step"},
      {"##\nText\n", "lesson.en.md:7:1: error: the step has no title"},
      {"## One\n```{quiz} q\nWhat?\n", "lesson.en.md:8:1: error: what begins here with ```{quiz} q has no end; close it with a line ```"},
      {"## One\n![x](y)\n", "lesson.en.md:8:1: warning: pictures are not shown yet"},
  };
  for (const WrongPlace& one : kWrong) {
    const std::string said = problemsOf(english(one.body));
    EXPECT_NE(said.find(one.says), std::string::npos) << one.body << "\nsaid: " << said;
  }
}

TEST(Places, ofTheFrontMatterCountFromTheTopOfTheFile) {
  EXPECT_NE(problemsOf("---\nschema: 1\nid: try\ntitel: x\nlang: en\n---\n## One\n").find("lesson.en.md:4:1: error: “titel” is no key of a lesson"),
            std::string::npos);
  EXPECT_NE(problemsOf("---\nschema: 1\nid: [\n---\n## One\n").find("lesson.en.md:3:5: error: this is no valid YAML"), std::string::npos);
  EXPECT_NE(problemsOf("---\nschema: 9\nid: a\ntitle: b\nlang: en\n---\n## One\n").find("schema 9 was written for a newer Hopwise"), std::string::npos);
  EXPECT_NE(problemsOf("---\nschema: 1\nid: a\ntitle: b\nlang: zh_CN\n---\n## One\n").find("the language of this file's name"), std::string::npos);
}

TEST(Places, theLanguagesHaveTheSameStepsAndTasks) {
  const auto differ = [](const char* body) { return problemsOf(english(kGoodQuiz), chinese(body)); };
  EXPECT_NE(differ("## 一\n").find("lesson.zh_CN.md:7:1: error: here the other language has quiz q, this one has -"), std::string::npos);
  EXPECT_NE(differ("## 一\n```{quiz} q\n什么？\n- [ ] 甲\n- [x] 乙\n```\n").find("lesson.zh_CN.md:8:1: error: the row of answers of “q”"), std::string::npos);
  EXPECT_NE(differ("## 一\n```{quiz} q\n什么？\n- [x] 甲\n- [ ] 乙\n```\n## 二\n").find("this file has 2 steps, the other language has 1"), std::string::npos);
}

TEST(Places, everyProblemHasASentenceInChinese) {
  EXPECT_NE(problemsOf(english("## One\n```{quiz} q\nWhat?\n- [ ] a\n- [ ] b\n```\n"), Language::Chinese).find("错误: 没有正确答案；请用 - [x] 标出正确答案"), std::string::npos);
}

TEST(Places, aListingMayHoldWhatLooksLikeAStep) {
  EXPECT_EQ(problemsOf(english("## One\n```\n## no step\n```{quiz}\n```\n")), "");
}

}  // namespace
}  // namespace hw::test
