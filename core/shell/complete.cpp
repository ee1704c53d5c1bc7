#include "core/shell/complete.h"

#include <algorithm>

#include "core/device/sysctl.h"

namespace hw::shell {
namespace {

/// The part of the line that is one command, up to the cursor.
std::string_view commandAt(std::string_view line, std::size_t cursor) {
  line = line.substr(0, cursor);
  const std::size_t separator = line.find_last_of(";&|(");
  if (separator != line.npos) line.remove_prefix(separator + 1);
  const std::size_t start = line.find_first_not_of(' ');
  return start == line.npos ? std::string_view() : line.substr(start);
}

}  // namespace

std::vector<std::string> complete(const World& world, DeviceId device, std::string_view line, std::size_t cursor) {
  const std::string_view text = commandAt(line, cursor);
  const std::size_t blank = text.rfind(' ');
  const std::string_view word = blank == text.npos ? text : text.substr(blank + 1);
  std::vector<std::string> found;
  const auto offer = [&](std::string_view one) {
    if (one.substr(0, word.size()) == word) found.emplace_back(one);
  };
  if (blank == text.npos) {
    for (const Command& one : commands()) offer(one.name);
    return found;
  }
  const Command* command = findCommand(text.substr(0, text.find(' ')));
  if (!command) return found;
  for (const std::string_view one : command->words) offer(one);
  const DeviceConfig& config = world.device(device).config();
  if (command->name == "help")
    for (const Command& one : commands()) offer(one.name);
  if (command->name == "sysctl")
    for (const std::string& one : sysctlNames(config)) offer(one);
  if (!command->words.empty() && command->name != "sysctl") {
    for (const InterfaceConfig& one : config.interfaces)
      if (one.kind != InterfaceKind::Removed) offer(one.name);
    for (std::uint32_t i = 0; i < world.devices.size(); ++i)
      if (world.isPresent(DeviceId{i})) offer(world.device(DeviceId{i}).config().name);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace hw::shell
