// tunapp: the user-space end of a tunnel.
#include "core/shell/families.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::string_view kUsage = "usage: tunapp NAME tun|tap|gre LOCAL_IP PORT PEER_IP PORT\n";

std::optional<socket::Endpoint> endpointOf(const std::string& address, const std::string& port) {
  const auto ip = Ipv4Address::parse(address);
  const auto number = parseNumber(port);
  if (!ip || !number || *number > 65535) return std::nullopt;
  return socket::Endpoint{*ip, static_cast<std::uint16_t>(*number)};
}

}  // namespace

CommandResult tunApp(const Call& call) {
  if (call.words.size() != 7) return CommandResult::failure(2, std::string(kUsage));
  process::TunApp program;
  program.options.device = call.words[1];
  const std::string& mode = call.words[2];
  if (mode == "tap") program.options.mode = process::TunMode::Tap;
  else if (mode == "gre") program.options.mode = process::TunMode::Gre;
  else if (mode != "tun") return CommandResult::failure(2, std::string(kUsage));
  const auto local = endpointOf(call.words[3], call.words[4]), peer = endpointOf(call.words[5], call.words[6]);
  if (!local || !peer) return CommandResult::failure(2, std::string(kUsage));
  program.options.local = *local;
  program.options.peer = *peer;
  return CommandResult::start(std::move(program));
}

}  // namespace hw::shell
