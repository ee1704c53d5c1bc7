// Read first: arping(8) of iputils 20221126.
#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/hosts.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::string_view kArpingUsage = R"(
Usage:
  arping [options] <destination>

Options:
  -f            quit on first reply
  -q            be quiet
  -b            keep on broadcasting, do not unicast
  -D            duplicate address detection mode
  -U            unsolicited ARP mode, update your neighbours
  -A            ARP answer mode, update your neighbours
  -c <count>    how many packets to send
  -w <timeout>  how long to wait for a reply
  -I <device>   which ethernet device to use
  -s <source>   source ip address
  <destination> host name or ip address

For more details see arping(8).
)";

/// The first interface that speaks ARP, which arping takes if none is named.
std::string firstDevice(const DeviceConfig& config) {
  for (const InterfaceConfig& interface : config.interfaces)
    if (interface.kind != InterfaceKind::Loopback && interface.up && !interface.master.valid())
      return interface.name;
  return {};
}

CommandResult arpingError(std::string what, int code = 2) {
  return CommandResult::failure(code, "arping: " + std::move(what) + "\n");
}

}  // namespace

CommandResult arping(const Call& call) {
  const auto options = Options::parse(call.words, "fqbDUAc:w:I:s:");
  if (!options) return arpingError(options.error() + "\n" + std::string(kArpingUsage.substr(0, kArpingUsage.size() - 1)));
  if (options->rest().size() != 1) return CommandResult::failure(2, std::string(kArpingUsage));
  process::Arping program;
  process::ArpingOptions& arping = program.options;
  for (const char letter : {'c', 'w'}) {
    if (!options->has(letter)) continue;
    const auto value = parseNumber(options->value(letter));
    if (!value || *value > UINT32_MAX) return arpingError(fmt::format("invalid argument: '{}'", options->value(letter)), 1);
    (letter == 'c' ? arping.count : arping.timeout) = static_cast<std::uint32_t>(*value);
  }
  arping.device = options->has('I') ? options->value('I') : firstDevice(call.config());
  const auto port = call.config().interfaceNamed(arping.device);
  if (!port) return arpingError("Device " + arping.device + " not available.");
  if (call.config().at(*port).kind == InterfaceKind::Loopback)
    return CommandResult::failure(2, fmt::format("Interface \"{}\" is not ARPable\n", arping.device));
  const auto target = addressOfHost(call.world, options->rest()[0]);
  if (!target) return arpingError(options->rest()[0] + ": Name or service not known");
  arping.target = *target;
  if (options->has('s')) {
    arping.source = addressOfHost(call.world, options->value('s'));
    if (!arping.source) return arpingError("invalid source " + options->value('s'));
  }
  arping.duplicateDetection = options->has('D');
  arping.quitOnReply = options->has('f');
  arping.broadcastOnly = options->has('b');
  arping.unsolicited = options->has('U');
  arping.answer = options->has('A');
  arping.quiet = options->has('q');
  return CommandResult::start(std::move(program));
}

}  // namespace hw::shell
