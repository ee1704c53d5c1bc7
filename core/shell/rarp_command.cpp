// rarp and rarpd: RFC 903 at the prompt. Linux has forgotten the client; the server is rarpd(8) with its table in the command.
#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

CommandResult usage(std::string_view text) { return CommandResult::failure(2, std::string(text)); }

constexpr std::string_view kAskUsage = "Usage: rarp [-c COUNT] DEVICE\n";
constexpr std::string_view kServeUsage = "Usage: rarpd DEVICE MAC=ADDRESS ...\n";

}  // namespace

CommandResult rarp(const Call& call) {
  const auto options = Options::parse(call.words, "c:");
  if (!options || options->rest().size() != 1) return usage(kAskUsage);
  process::RarpAsk program;
  program.device = options->rest()[0];
  if (options->has('c')) {
    const auto count = parseNumber(options->value('c'));
    if (!count || *count == 0 || *count > 1000) return CommandResult::failure(2, fmt::format("rarp: invalid count '{}'\n", options->value('c')));
    program.count = static_cast<std::uint32_t>(*count);
  }
  return CommandResult::start(std::move(program));
}

CommandResult rarpd(const Call& call) {
  constexpr std::size_t kMostEntries = 1024;
  if (call.words.size() < 3 || call.words.size() > kMostEntries) return usage(kServeUsage);
  process::RarpServe program;
  program.device = call.words[1];
  for (std::size_t i = 2; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const std::size_t equals = word.find('=');
    const auto mac = MacAddress::parse(word.substr(0, equals));
    const auto address = equals == word.npos ? std::nullopt : Ipv4Address::parse(word.substr(equals + 1));
    if (!mac || !address)
      return CommandResult::failure(2, fmt::format("rarpd: \"{}\" is not an entry like 02:00:00:00:00:aa=192.0.2.10\n", word));
    program.table.push_back({*mac, *address});
  }
  return CommandResult::start(std::move(program));
}

}  // namespace hw::shell
