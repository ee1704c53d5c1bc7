// Twenty lessons that mean no good, or whose author slept: each is refused with a clear sentence in
// no time, and nothing of it is loaded.
#include <chrono>
#include <filesystem>
#include <fstream>

#include "tests/core/lesson/fixture.h"

namespace hw::test {
namespace {

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}
std::string check(const std::string& assertion) {
  return "## One\n```{check} c\n:assert: " + assertion + "\nDo it\n```\n";
}

struct Hostile {
  const char* name;
  std::string text;
  const char* says;
};

std::vector<Hostile> hostileLessons() {
  const std::string top = english("");
  return {
      {"empty", "\n", "1:1: error: the file does not say what lesson it is"},
      {"no UTF-8", english("## One\n\xff\xfe"), "8:1: error: this is no text: byte 0xff"},
      {"a zero byte", english(std::string("## One\nx") + '\0' + "y"), "8:2: error: this is no text: byte 0x00"},
      {"far too large", english("## One\n" + times(30'000, "0123456789\n")), "error: the file is too large for a lesson; at most 262144 bytes"},
      {"front matter without end", "---\nschema: 1\n" + times(1000, "a: b\n"), "1:1: error: the lines about the lesson have no end"},
      {"front matter as a bomb of aliases", "---\na: &a [x,x]\nb: &b [*a,*a]\n---\n## One\n", "2:4: error: anchors (&a) and aliases (*a) are not read"},
      {"front matter nested without end", "---\na: " + times(5000, "[") + "\n---\n## One\n", "error: lists and maps are nested too deeply"},
      {"a tag that makes an object", "---\nid: !!python/object x\n---\n## One\n", "2:5: error: tags such as"},
      {"a thousand steps", english(times(1000, "## Step\n")), "67:1: error: the lesson has too many steps; at most 60"},
      {"a thousand questions in a step", english("## One\n" + times(1000, "```{note}\nx\n```\n")), "error: the step has too many parts; at most 60"},
      {"one text as long as a book", english("## One\n" + times(20'000, "word ")), "8:1: error: this part of the step is too long"},
      {"quotations within quotations", english("## One\n" + times(2000, ">") + " x\n"), "8:1: error: lists, quotations or emphasis are nested too deeply"},
      {"lists within lists", english("## One\n" + times(200, "- ") + "x\n"), "8:1: error: lists, quotations or emphasis are nested too deeply"},
      {"a fence without end", english("## One\n````{check} c\n:assert: true\n```\n"), "8:1: error: what begins here with ````{check} c has no end"},
      {"a thousand parentheses", english(check(times(240, "(") + "true" + times(240, ")"))), "error: the expression is nested too deeply"},
      {"an expression without end", english(check("true" + times(500, " and true"))), "9:10: error: the expression is too long; at most 500 bytes"},
      {"a filter of a thousand nots", english(check("packets(\"" + times(200, "!") + "arp\").count >= 1")), "error: the expression is nested too deeply"},
      {"a call of the system", english(check("system(\"rm -rf /\") == 0")), "9:10: error: “system” is unknown here; known: device, packets, reaches, owner"},
      {"a file to be read", english(check("file(\"/etc/passwd\") != none")), "9:10: error: “file” is unknown here"},
      {"a command of a device that is not there", english("## One\n```{run} r\n:run: root@host: rm -rf /\nTry\n```\n"), "9:7: error: the network has no device “root@host”"},
      {"ten thousand answers", english("## One\n```{quiz} q\nWhat?\n" + times(1000, "- [x] a\n") + "- [ ] b\n```\n"), "18:1: error: there are too many answers; at most 8"},
      {"the same id everywhere", english("## One\n" + times(3, "```{quiz} q\nWhat?\n- [x] a\n- [ ] b\n```\n")), "13:1: error: the id “q” stands here a second time"},
      {"a number beyond all", english(check("packets(\"arp\").count >= " + times(30, "9"))), "9:34: error:"},
      {"values without number", english("## One\n" + times(100, "{value}`true` ")), "error: the value in the text has no end"},
  };
}

class Folder {
 public:
  Folder() : m_path(std::filesystem::temp_directory_path() / "hopwise-hostile-lesson") {
    std::filesystem::remove_all(m_path);
    std::filesystem::create_directories(m_path);
    std::filesystem::copy_file("lessons/two-networks/network.yaml", m_path / "network.yaml");
  }
  ~Folder() { std::filesystem::remove_all(m_path); }
  std::string path() const { return m_path.string(); }
  void write(const char* name, const std::string& text) const { std::ofstream(m_path / name, std::ios::binary) << text; }

 private:
  std::filesystem::path m_path;
};

TEST(HostileLessons, eachIsRefusedWithAClearSentenceInNoTime) {
  const auto lessons = hostileLessons();
  EXPECT_GE(lessons.size(), 20u);
  const Folder folder;
  for (const Hostile& one : lessons) {
    folder.write("lesson.en.md", one.text);
    const auto start = std::chrono::steady_clock::now();
    const auto loaded = lesson::loadLesson(folder.path());
    const auto spent = std::chrono::steady_clock::now() - start;
    EXPECT_LT(spent, std::chrono::seconds(2)) << one.name;
    ASSERT_FALSE(loaded) << one.name;
    const std::string said = loaded.error().text();
    EXPECT_NE(said.find(one.says), std::string::npos) << one.name << "\nsaid: " << said.substr(0, 600);
    EXPECT_LT(said.size(), 20'000u) << one.name;
    EXPECT_FALSE(loaded.error().text(Language::Chinese).empty());
  }
}

TEST(HostileLessons, aNetworkThatCannotRunTakesTheLessonWithIt) {
  const Folder folder;
  folder.write("lesson.en.md", english("## One\nText\n"));
  ASSERT_TRUE(lesson::loadLesson(folder.path()));
  folder.write("network.yaml", "version: 1\nnodes: {h1: {kind: hots}}\n");
  const auto loaded = lesson::loadLesson(folder.path());
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().text().find("network.yaml:2:20: error: “hots” is not"), std::string::npos) << loaded.error().text();
}

TEST(HostileLessons, aFolderInThePlaceOfAFileIsNotRead) {
  const Folder folder;
  std::filesystem::create_directory(folder.path() + "/lesson.en.md");
  const auto loaded = lesson::loadLesson(folder.path());
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().text().find("lesson.en.md: error: the file cannot be read"), std::string::npos);
}

TEST(HostileLessons, aFolderWithoutALessonSaysWhatIsMissing) {
  const Folder folder;
  EXPECT_FALSE(lesson::isLesson(folder.path()));
  const auto loaded = lesson::loadLesson(folder.path());
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().text().find("the folder is no lesson; a lesson folder holds lesson.en.md"), std::string::npos);
}

}  // namespace
}  // namespace hw::test
