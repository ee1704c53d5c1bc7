#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/project/file.h"
#include "core/project/limits.h"
#include "core/project/save.h"

namespace hw::project {
namespace {

namespace fs = std::filesystem;

class ProjectFile : public testing::Test {
 protected:
  ProjectFile() {
    std::string pattern = (fs::temp_directory_path() / "hopwise-file-XXXXXX").string();
    m_folder = ::mkdtemp(pattern.data());
  }
  ~ProjectFile() override { fs::remove_all(m_folder); }

  std::string path(const std::string& name) const { return (m_folder / name).string(); }
  void write(const std::string& name, const std::string& text) const { std::ofstream(m_folder / name) << text; }
  std::string read(const std::string& name) const {
    std::ifstream file(m_folder / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(m_folder), fs::directory_iterator()));
  }
  static std::string errorOf(const Expected<Loaded, ProjectError>& loaded) {
    return loaded ? "" : loaded.error().text();
  }

  fs::path m_folder;
};

Document oneHost() {
  Document document;
  document.nodes.emplace_back().name = "h1";
  return document;
}

TEST_F(ProjectFile, isLoadedAsItWasSaved) {
  ASSERT_TRUE(saveFile(oneHost(), path("a.hopwise")));
  const auto loaded = loadFile(path("a.hopwise"));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->document, oneHost());
  EXPECT_EQ(loaded->file, path("a.hopwise"));
}

TEST_F(ProjectFile, ofALessonFolderIsItsNetwork) {
  write("network.yaml", saveText(oneHost()));
  const auto loaded = loadFile(m_folder.string());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->document, oneHost());
}

TEST_F(ProjectFile, isNotFoundInAFolderWithoutNetwork) {
  EXPECT_EQ(errorOf(loadFile(m_folder.string())),
            m_folder.string() + ": error: the folder is no lesson; a lesson folder holds a file network.yaml\n");
}

TEST_F(ProjectFile, thatIsNotThereIsAnErrorWithItsReason) {
  EXPECT_EQ(errorOf(loadFile(path("none.hopwise"))),
            path("none.hopwise") + ": error: the file cannot be read: No such file or directory\n");
}

TEST_F(ProjectFile, thatIsTooLargeIsNotRead) {
  write("large.hopwise", "");
  fs::resize_file(path("large.hopwise"), std::uintmax_t{1} << 40);
  EXPECT_EQ(errorOf(loadFile(path("large.hopwise"))),
            path("large.hopwise") + ": error: the file is too large for a project; at most 2097152 bytes are read\n");
}

TEST_F(ProjectFile, withoutEndIsReadUpToTheLimit) {
  EXPECT_EQ(errorOf(loadFile("/dev/zero")),
            "/dev/zero: error: the file is too large for a project; at most 2097152 bytes are read\n");
}

TEST_F(ProjectFile, thatIsAPipeWithoutWriterDoesNotHang) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(errorOf(loadFile(path("pipe"))),
            path("pipe") + ": error: the file holds no project; it starts with “version: 1”\n");
}

TEST_F(ProjectFile, isReplacedAsAWholeAndKeepsItsRights) {
  write("a.hopwise", "something old");
  ASSERT_EQ(::chmod(path("a.hopwise").c_str(), 0640), 0);
  ASSERT_TRUE(saveFile(oneHost(), path("a.hopwise")));
  EXPECT_EQ(read("a.hopwise"), saveText(oneHost()));
  struct stat status {};
  ASSERT_EQ(::stat(path("a.hopwise").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0640u);
  EXPECT_EQ(files(), 1u);
}

TEST_F(ProjectFile, behindASymbolicLinkIsReplacedThere) {
  write("a.hopwise", "something old");
  fs::create_symlink("a.hopwise", m_folder / "link.hopwise");
  ASSERT_TRUE(saveFile(oneHost(), path("link.hopwise")));
  EXPECT_TRUE(fs::is_symlink(m_folder / "link.hopwise"));
  EXPECT_EQ(read("a.hopwise"), saveText(oneHost()));
}

TEST_F(ProjectFile, thatCannotBeWrittenIsAnErrorAndLeavesNothing) {
  const auto saved = saveFile(oneHost(), path("no folder/a.hopwise"));
  ASSERT_FALSE(saved);
  EXPECT_EQ(saved.error().text(),
            path("no folder/a.hopwise") + ": error: the file cannot be written: No such file or directory\n");
  EXPECT_EQ(files(), 0u);
}

TEST_F(ProjectFile, thatCouldNotTakeItsPlaceLeavesTheOldOne) {
  fs::create_directory(m_folder / "a.hopwise");  // a file cannot replace a folder
  write("a.hopwise/inside", "something old");
  ASSERT_FALSE(saveFile(oneHost(), path("a.hopwise")));
  EXPECT_EQ(read("a.hopwise/inside"), "something old");
  EXPECT_EQ(files(), 1u);
}

TEST_F(ProjectFile, thatCouldNotBeReadAgainIsNotWritten) {
  write("a.hopwise", "something old");
  Document document = oneHost();
  document.title.en = std::string(kMaxFileBytes, 'x');
  ASSERT_FALSE(saveFile(document, path("a.hopwise")));
  EXPECT_EQ(read("a.hopwise"), "something old");
}

}  // namespace
}  // namespace hw::project
