// ip(8) of iproute2 6.1: what its objects share.
#pragma once

#include "core/shell/command.h"

namespace hw::shell {

struct IpCall {
  const Call& call;
  Words words;          ///< behind the object: {"add", "default", "via" ...}
  bool brief = false;   ///< -br
  bool counts = false;  ///< -s
};

CommandResult ipAddr(const IpCall& call);
CommandResult ipLink(const IpCall& call);
CommandResult ipRoute(const IpCall& call);
CommandResult ipRule(const IpCall& call);
CommandResult ipTuntap(const IpCall& call);
/// ip link add, ip link del
CommandResult addLink(const IpCall& call);
CommandResult removeLink(const IpCall& call);
CommandResult ipNeigh(const IpCall& call);

/// ip(8) knows a word by its beginning: "ro", "sh".
bool startsAs(std::string_view word, std::string_view whole);
/// The words that mean "show", and no word at all.
bool meansShow(const Words& words);

/// Errors that the kernel answers (exit code 2), that ip finds itself (1) and of grammar (255).
CommandResult kernelSays(std::string_view what);
CommandResult kernelError(std::string_view what);
CommandResult ipError(std::string_view what, int exitCode = 1);
CommandResult noDevice(std::string_view name);
CommandResult garbage(std::string_view expected, std::string_view word);

/// A change of the configuration as an input.
CommandResult configure(DeviceConfig config);

}  // namespace hw::shell
