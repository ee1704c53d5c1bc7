#include "core/project/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "core/project/limits.h"
#include "core/project/save.h"

namespace hw::project {
namespace {

ProjectError fileError(ProblemId id, const std::string& path, std::string found, std::string right = {}) {
  return {path, {{.id = id, .found = std::move(found), .right = std::move(right)}}};
}

/// What the system says of errno, in English whatever the locale.
std::string reason() { return std::generic_category().message(errno); }

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return m_fd; }
  bool valid() const { return m_fd >= 0; }
  bool close() {
    const int fd = m_fd;
    m_fd = -1;
    return fd < 0 || ::close(fd) == 0;
  }

 private:
  int m_fd;
};

/// Up to one byte more than the limit, so that a longer file is noticed without reading it: a
/// device or pipe has no size to ask for.
Expected<std::string, ProjectError> readWhole(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.valid()) return hw::unexpected(fileError(ProblemId::CannotRead, path, reason()));
  struct stat status {};
  if (::fstat(file.get(), &status) == 0 && status.st_size > static_cast<off_t>(kMaxFileBytes)) {
    return hw::unexpected(fileError(ProblemId::FileTooLarge, path, {}, std::to_string(kMaxFileBytes)));
  }
  std::string text;
  char piece[16 * 1024];
  while (text.size() <= kMaxFileBytes) {
    const ssize_t count = ::read(file.get(), piece, sizeof piece);
    if (count == 0) return text;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return hw::unexpected(fileError(ProblemId::CannotRead, path, reason()));
    text.append(piece, static_cast<std::size_t>(count));
  }
  return hw::unexpected(fileError(ProblemId::FileTooLarge, path, {}, std::to_string(kMaxFileBytes)));
}

bool writeWhole(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Gives the file the rights of the one that it replaces; a new one has those of the process.
bool takeRightsOf(const std::string& path, int fd) {
  struct stat status {};
  return ::stat(path.c_str(), &status) != 0 || ::fchmod(fd, status.st_mode & 07777) == 0;
}

/// Makes the new name last: the folder is written out too. Not every file system can do it.
void syncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const Descriptor descriptor(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.valid()) static_cast<void>(::fsync(descriptor.get()));
}

/// The file that a chain of symbolic links ends at: the link stays, its target is replaced.
std::string behindLinks(const std::string& path) {
  std::error_code error;
  const auto target = std::filesystem::weakly_canonical(path, error);
  return error ? path : target.string();
}

}  // namespace

std::string projectFile(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) return path;
  return (std::filesystem::path(path) / kNetworkFile).string();
}

Expected<Loaded, ProjectError> loadFile(const std::string& path) {
  const std::string file = projectFile(path);
  std::error_code error;
  if (file != path && !std::filesystem::exists(file, error)) {
    return hw::unexpected(fileError(ProblemId::NoNetwork, path, {}, std::string(kNetworkFile)));
  }
  const auto text = readWhole(file);
  if (!text) return hw::unexpected(text.error());
  return loadText(*text, file);
}

Expected<void, ProjectError> saveFile(const Document& document, const std::string& path) {
  const std::string text = saveText(document);
  if (text.size() > kMaxFileBytes) {  // it could not be read again
    return hw::unexpected(fileError(ProblemId::FileTooLarge, path, {}, std::to_string(kMaxFileBytes)));
  }
  const std::string target = behindLinks(path);
  const std::string fresh = target + "." + std::to_string(::getpid()) + ".new";
  Descriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file.valid()) return hw::unexpected(fileError(ProblemId::CannotWrite, path, reason()));
  const bool written = takeRightsOf(target, file.get()) && writeWhole(file.get(), text) &&
                       ::fsync(file.get()) == 0 && file.close() &&
                       std::rename(fresh.c_str(), target.c_str()) == 0;
  if (!written) {
    const ProjectError error = fileError(ProblemId::CannotWrite, path, reason());
    ::unlink(fresh.c_str());
    return hw::unexpected(error);
  }
  syncFolderOf(target);
  return {};
}

}  // namespace hw::project
