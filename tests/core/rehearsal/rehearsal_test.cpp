// A lesson is played with a reference solution: solvable, and not solved beforehand.
#include "core/rehearsal/rehearsal.h"

#include "tests/core/lesson/fixture.h"

namespace hw::test {
namespace {

/// The findings of the shipped lesson with a changed solution, as one text.
std::string rehearsed(rehearsal::Solution solution, Language language = Language::English) {
  const auto lesson = *lesson::loadLesson(kLesson);
  std::string text;
  for (const rehearsal::Finding& one : rehearsal::rehearse(*lesson, solution, newSession(), language))
    text += (one.fits ? "ok " : "FAIL ") + one.item + ": " + one.text + "\n";
  return text;
}
rehearsal::Solution shipped() { return *rehearsal::loadSolution(**lesson::loadLesson(kLesson)); }

TEST(Rehearsal, theShippedLessonCanBePlayedToItsEndInBothLanguages) {
  for (const Language language : {Language::English, Language::Chinese}) {
    const std::string text = rehearsed(shipped(), language);
    EXPECT_EQ(text.find("FAIL"), std::string::npos) << text;
    EXPECT_NE(text.find("ok last"), std::string::npos) << text;
  }
}

TEST(Rehearsal, aWrongAnswerATaskLeftUndoneAndOneSolvedBeforehandAreFound) {
  rehearsal::Solution wrong = shipped();
  wrong.answers["far-mac"].choices = {0};
  EXPECT_NE(rehearsed(wrong).find("FAIL far-mac: it came to 02:00:00:04:00:01, which the solution did not say"), std::string::npos);
  wrong = shipped();
  wrong.answers["mended"].commands = {{"h1", "ip route add default via 10.0.1.20"}};
  EXPECT_NE(rehearsed(wrong).find("FAIL mended: not solved by the reference solution"), std::string::npos);
  wrong = shipped();
  wrong.answers["broken"].commands.push_back({"h1", "ip route add default via 10.0.1.1"});
  EXPECT_NE(rehearsed(wrong).find("FAIL broken"), std::string::npos);
  wrong = shipped();
  wrong.answers["same-subnet"].choices = {0};
  EXPECT_NE(rehearsed(wrong).find("FAIL same-subnet: the solution's answer is wrong"), std::string::npos);
}

TEST(Rehearsal, aTaskThatIsDoneBeforehandIsNone) {
  const project::Document document = network();
  const auto lesson = lesson::loadLesson(
      {english("## One\n```{check} c\n:assert: reaches(\"h1\", \"10.0.2.10\")\nMake h1 reach h3.\n```\n"), ""}, &document);
  ASSERT_TRUE(lesson);
  const auto findings = rehearsal::rehearse(**lesson, {{{"c", {{{"h1", "ping -c 1 10.0.2.10"}}, {}}}}}, newSession(), Language::English);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].text, "solved before anything was done for it");
}

TEST(Rehearsal, aSolutionIsReadWithPlaces) {
  const auto lesson = *lesson::loadLesson(kLesson);
  const auto said = [&lesson](const char* text) {
    const auto read = rehearsal::readSolution(text, "solution.yaml", *lesson);
    return read ? std::string() : read.error().text();
  };
  EXPECT_NE(said("answers: {nobody: 1}\n").find("solution.yaml:1:11: error: “nobody” is no key of a lesson"), std::string::npos);
  EXPECT_NE(said("answers:\n  ttl: 9\n").find("solution.yaml:2:8: error: “9” is not the number of a choice"), std::string::npos);
  EXPECT_NE(said("answers:\n  broken: [h1]\n").find("solution.yaml:2:12: error: “h1” is not a command for a device"), std::string::npos);
  EXPECT_NE(said("answers: [\n").find("solution.yaml:"), std::string::npos);
  EXPECT_NE(said("answers: {ttl: 1}\n").find("the key “broken” is missing"), std::string::npos);
}

}  // namespace
}  // namespace hw::test
