// tcp-serve and tcp-client: the two ends of TCP, one printed line per socket event.
#include <algorithm>

#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/hosts.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::size_t kMostOperations = 1024;
constexpr std::string_view kOperationsUsage =
    "OP: send:N recv:N recveof sleep:S shut close reset rcvbuf:N sndbuf:N nodelay keepalive connect accept maxseg:N info\n";

/// The operations of the words from `first` on; an empty list with a complaint if one is unknown.
Expected<std::vector<process::TcpOperation>, std::string> operationsFrom(const Words& words, std::size_t first) {
  std::vector<process::TcpOperation> operations;
  if (words.size() > first + kMostOperations) return unexpected(std::string("too many operations\n"));
  for (std::size_t i = first; i < words.size(); ++i) {
    const auto one = process::tcpOperation(words[i]);
    if (!one) return unexpected("unknown op " + words[i] + "\n");
    operations.push_back(*one);
  }
  return operations;
}

bool contains(const std::vector<process::TcpOperation>& operations, process::TcpOperation::What what) {
  return std::ranges::any_of(operations, [what](const process::TcpOperation& one) { return one.what == what; });
}

std::optional<std::uint16_t> portOf(const std::string& word) {
  const auto number = parseNumber(word);
  return number && *number <= 65535 ? std::optional(static_cast<std::uint16_t>(*number)) : std::nullopt;
}

}  // namespace

CommandResult tcpServe(const Call& call) {
  using What = process::TcpOperation::What;
  const auto port = call.words.size() > 1 ? portOf(call.words[1]) : std::nullopt;
  if (!port) return CommandResult::failure(2, "usage: tcp-serve PORT OP...\n" + std::string(kOperationsUsage));
  auto operations = operationsFrom(call.words, 2);
  if (!operations) return CommandResult::failure(1, operations.error());
  process::TcpServe program;
  program.port = *port;
  if (!contains(*operations, What::Accept)) operations->insert(operations->begin(), {What::Accept, 0, {}});
  program.script.operations = std::move(*operations);
  return CommandResult::start(std::move(program));
}

CommandResult tcpClient(const Call& call) {
  using What = process::TcpOperation::What;
  const auto port = call.words.size() > 2 ? portOf(call.words[2]) : std::nullopt;
  if (!port)
    return CommandResult::failure(2, "usage: tcp-client HOST PORT [sport=P] [src=A] OP...\n" + std::string(kOperationsUsage));
  process::TcpClient program;
  program.port = *port;
  Words rest;
  for (std::size_t i = 3; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    if (word.starts_with("sport=")) program.sourcePort = portOf(word.substr(6)).value_or(0);
    else if (word.starts_with("src=")) program.source = Ipv4Address::parse(word.substr(4)).value_or(Ipv4Address{});
    else rest.push_back(word);
  }
  auto operations = operationsFrom(rest, 0);
  if (!operations) return CommandResult::failure(1, operations.error());
  if (!contains(*operations, What::Connect)) operations->insert(operations->begin(), {What::Connect, 0, {}});
  program.script.operations = std::move(*operations);
  const auto target = addressOfHost(call.world, call.words[1]);
  if (!target) return CommandResult::failure(1, "tcp-client: " + call.words[1] + ": Name or service not known\n");
  program.target = *target;
  return CommandResult::start(std::move(program));
}

}  // namespace hw::shell
