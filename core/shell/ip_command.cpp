// Read first: ip(8).
#include "core/shell/ip_command.h"

#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/namespaces.h"

namespace hw::shell {
namespace {

constexpr std::string_view kIpUsage =
    "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n"
    "where  OBJECT := { address | link | neighbour | netns | route | rule | tunnel | tuntap }\n"
    "       OPTIONS := { -4 | -6 | -br[ief] | -s[tatistics] | -n[etns] NAME }\n";

}  // namespace

bool startsAs(std::string_view word, std::string_view whole) {
  return !word.empty() && whole.substr(0, word.size()) == word;
}

bool meansShow(const Words& words) {
  return words.empty() || startsAs(words[0], "show") || startsAs(words[0], "list") || words[0] == "lst" ||
         words[0] == "ls";
}

CommandResult kernelSays(std::string_view what) {
  return CommandResult::failure(2, fmt::format("RTNETLINK answers: {}\n", what));
}
CommandResult kernelError(std::string_view what) {
  return CommandResult::failure(2, fmt::format("Error: {}\n", what));
}
CommandResult ipError(std::string_view what, int exitCode) {
  return CommandResult::failure(exitCode, fmt::format("{}\n", what));
}
CommandResult noDevice(std::string_view name) { return ipError(fmt::format("Cannot find device \"{}\"", name)); }
CommandResult garbage(std::string_view expected, std::string_view word) {
  return ipError(fmt::format("Error: either \"{}\" is duplicate, or \"{}\" is a garbage.", expected, word), 255);
}
CommandResult badArgument(std::string_view word, std::string_view why) {
  return ipError(fmt::format("Error: argument \"{}\" is wrong: {}\n", word, why), 255);
}
CommandResult incomplete() { return ipError("Command line is not complete. Try option \"help\"", 255); }

const std::string* WordReader::next() {
  return m_next < m_words.size() && !failed() ? &m_words[m_next++] : nullptr;
}

const std::string& WordReader::value() {
  static const std::string kNone;
  if (const std::string* word = next()) return *word;
  fail(incomplete());
  return kNone;
}

void WordReader::fail(CommandResult result) {
  if (!m_failure) m_failure = std::move(result);
}

CommandResult configure(DeviceConfig config) {
  return CommandResult::change(Reconfigure{Cow<DeviceConfig>(std::move(config))});
}

/// `ip -n NAME ...` at the word `option`: the same command without it, in that namespace.
static CommandResult runElsewhere(const Call& call, std::size_t option) {
  if (option + 1 >= call.words.size()) return incomplete();
  const auto space = namespaceNamed(call.world, call.device, call.words[option + 1]);
  if (!space) return noNamespace(call.words[option + 1]);
  Words words = call.words;
  const auto at = words.begin() + static_cast<std::ptrdiff_t>(option);
  words.erase(at, at + 2);
  return runIn(call, *space, std::move(words));
}

CommandResult ip(const Call& call) {
  IpCall inner{call, {}, false, false, false};
  std::size_t i = 1;
  for (; i < call.words.size() && call.words[i].size() > 1 && call.words[i][0] == '-'; ++i) {
    const std::string_view option = std::string_view(call.words[i]).substr(call.words[i][1] == '-' ? 2 : 1);
    if (startsAs(option, "netns")) return runElsewhere(call, i);
    if (option.size() > 1 && startsAs(option, "brief")) inner.brief = true;
    else if (startsAs(option, "statistics")) inner.counts = true;
    else if (option == "6") inner.six = true;
    else if (option != "4" && option != "0" && option != "N" && !startsAs(option, "details"))
      return ipError(fmt::format("Option \"-{}\" is unknown, try \"ip -help\".", option), 255);
  }
  if (i == call.words.size()) return CommandResult::failure(255, std::string(kIpUsage));
  const std::string_view object = call.words[i];
  inner.words.assign(call.words.begin() + static_cast<std::ptrdiff_t>(i) + 1, call.words.end());
  if (startsAs(object, "address")) return ipAddr(inner);
  if (startsAs(object, "link")) return ipLink(inner);
  if (startsAs(object, "route")) return wantsSix(inner) ? ipRouteSix(inner) : ipRoute(inner);
  if (object == "tunnel" || object == "tunl") return ipTunnel(inner);
  if (startsAs(object, "tuntap")) return ipTuntap(inner);
  if (startsAs(object, "rule")) return ipRule(inner);
  if (startsAs(object, "netns") && object.size() > 2) return ipNetns(inner);
  if (startsAs(object, "neighbour") || startsAs(object, "neighbor")) return wantsSix(inner) ? ipNeighSix(inner) : ipNeigh(inner);
  if (object == "help") return CommandResult::failure(255, std::string(kIpUsage));
  return ipError(fmt::format("Object \"{}\" is unknown, try \"ip help\".", object));
}

}  // namespace hw::shell
