// Every project that is shipped loads without a word of complaint.
#include <gtest/gtest.h>

#include <filesystem>

#include "core/project/complete.h"
#include "core/project/file.h"

namespace hw::project {
namespace {

namespace fs = std::filesystem;

TEST(Lessons, haveNetworksWithoutErrorOrWarning) {
  int seen = 0;
  for (const auto& lesson : fs::directory_iterator("lessons")) {
    if (!lesson.is_directory()) continue;
    const auto loaded = loadFile(lesson.path().string());
    ASSERT_TRUE(loaded) << loaded.error().text();
    EXPECT_EQ((ProjectError{loaded->file, loaded->problems}.text()), "");
    ++seen;
  }
  EXPECT_GT(seen, 0);
}

TEST(Lessons, beginWithTwoNetworksAndARouter) {
  const auto loaded = loadFile("lessons/two-networks");
  ASSERT_TRUE(loaded) << loaded.error().text();
  const Document& document = loaded->document;
  std::string nodes;
  for (const Node& node : document.nodes) {
    nodes += node.name + " ";
    ASSERT_TRUE(node.position) << node.name;
    EXPECT_TRUE(node.position->x > 60 && node.position->x < 1220) << node.name;
    EXPECT_TRUE(node.position->y > 60 && node.position->y < 740) << node.name;
  }
  EXPECT_EQ(nodes, "h1 h2 sw1 r1 sw2 h3 h4 ");
  EXPECT_EQ(document.links.size(), 6u);
  EXPECT_EQ(document.nodes[0].interfaces[0].addresses[0].text(), "10.0.1.10/24");
  EXPECT_EQ(document.nodes[5].interfaces[0].addresses[0].text(), "10.0.2.10/24");
  EXPECT_EQ(complete(document).nodes[2].interfaces.size(), 4u);  // three ports and the bridge
  EXPECT_NE(document.title.in(Language::English), document.title.in(Language::Chinese));
}

}  // namespace
}  // namespace hw::project
