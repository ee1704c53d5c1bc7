// ip(8) of iproute2 6.1: what its objects share.
#pragma once

#include <optional>

#include "core/shell/command.h"

namespace hw::shell {

struct IpCall {
  const Call& call;
  Words words;          ///< behind the object: {"add", "default", "via" ...}
  bool brief = false;   ///< -br
  bool counts = false;  ///< -s
  bool six = false;     ///< -6
};

CommandResult ipAddr(const IpCall& call);
CommandResult ipLink(const IpCall& call);
CommandResult ipRoute(const IpCall& call);
CommandResult ipRule(const IpCall& call);
CommandResult ipTuntap(const IpCall& call);
CommandResult ipTunnel(const IpCall& call);
/// ip link add, ip link del
CommandResult addLink(const IpCall& call);
CommandResult removeLink(const IpCall& call);
CommandResult ipNeigh(const IpCall& call);

/// The same objects in IPv6 (ip_six.cpp), which -6 or an address among the words asks for.
bool wantsSix(const IpCall& call);
CommandResult editAddressSix(const IpCall& call);
CommandResult ipRouteSix(const IpCall& call);
CommandResult ipNeighSix(const IpCall& call);
/// The lines of an interface's addresses as `ip address` shows them; `brief`: in one line.
std::string addressLinesSix(const Device& device, InterfaceId port, bool brief);
/// The lines of the neighbours, of one interface or of all.
std::string neighbourLinesSix(const Device& device, InterfaceId port);

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
CommandResult badArgument(std::string_view word, std::string_view why);
CommandResult incomplete();

/// What went wrong, if something did.
using Failure = std::optional<CommandResult>;

/// Goes through the words behind the verb; the first fault ends it.
class WordReader {
 public:
  explicit WordReader(const Words& words) : m_words(words) {}
  /// Null behind the last word and after a fault.
  const std::string* next();
  /// The word behind a keyword; a fault if there is none.
  const std::string& value();
  void fail(CommandResult result);
  bool failed() const { return m_failure.has_value(); }
  const Failure& failure() const { return m_failure; }

 private:
  const Words& m_words;
  std::size_t m_next = 1;
  Failure m_failure;
};

/// A change of the configuration as an input.
CommandResult configure(DeviceConfig config);

}  // namespace hw::shell
