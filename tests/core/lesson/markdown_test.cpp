// The texts of a lesson as HTML of a known vocabulary.
#include "core/lesson/limits.h"
#include "core/lesson/markdown.h"
#include "tests/core/lesson/fixture.h"

namespace hw::test {
namespace {

std::string html(std::string_view text) { return lesson::setMarkdown(text, {}).html; }

TEST(Markdown, setsCommonMarkAndTables) {
  EXPECT_EQ(html("Hello *you*, `h1` & **all**"), "<p>Hello <em>you</em>, <code>h1</code> &amp; <strong>all</strong></p>");
  EXPECT_EQ(html("- a\n- b"), "<ul><li>a</li><li>b</li></ul>");
  EXPECT_EQ(html("|a|b|\n|---|---|\n|1|2|"), "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>");
}

TEST(Markdown, keepsRawHtmlAsText) {
  EXPECT_EQ(html("a <script>x</script> <img src=x>").find('<', 3), html("a <script>x</script> <img src=x>").rfind("</p>"));
}

TEST(Markdown, showsNoPictureAndFollowsNoLink) {
  const auto set = lesson::setMarkdown("![a map](/etc/passwd) and [here](http://example.net)", {});
  EXPECT_TRUE(set.pictures);
  EXPECT_EQ(set.html, "<p>a map and here</p>");
}

TEST(Markdown, putsValuesWhereTheTextAsksForThem) {
  const auto values = [](std::string_view expression) { return expression == "1 + 1" ? std::string("<2>") : std::string(); };
  EXPECT_EQ(lesson::setMarkdown("It is {value}`1 + 1`.", values).html, "<p>It is <b class=\"value\">&lt;2&gt;</b>.</p>");
  EXPECT_EQ(lesson::setMarkdown("It is {value}`x`.", values).html, "<p>It is <span class=\"later\">…</span>.</p>");
}

TEST(Markdown, joinsLinesOfChineseWithoutASpaceAndOthersWithOne) {
  EXPECT_EQ(html("网络\n设备"), "<p>网络设备</p>");
  EXPECT_EQ(html("two\nlines"), "<p>two lines</p>");
  EXPECT_EQ(html("a dash —\nand on"), "<p>a dash — and on</p>");
}

TEST(Markdown, endsWhereItIsNestedTooDeepOrGrowsTooLarge) {
  EXPECT_TRUE(lesson::setMarkdown(std::string(500, '>') + " x", {}).tooDeep);
  std::string table = "|a|b|\n|---|---|\n";
  const auto values = [](std::string_view) { return std::string(10'000, 'v'); };
  for (int i = 0; i < 50; ++i) table += "|{value}`x`|y|\n";
  const auto set = lesson::setMarkdown(table, values);
  EXPECT_TRUE(set.tooLarge);
  EXPECT_LE(set.html.size(), lesson::kMaxHtmlBytes);
}

TEST(Markdown, hasPlainWordsForScreenReaders) {
  EXPECT_EQ(lesson::plainText("Which **source MAC** of `h1`?\n"), "Which source MAC of h1?");
}

}  // namespace
}  // namespace hw::test
