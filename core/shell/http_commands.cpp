// http-serve, curl(1) and gateway.
#include <algorithm>

#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/hosts.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::string_view kCurlHint = "curl: try 'curl --help' or 'curl --manual' for more information\n";

std::optional<std::uint16_t> servicePort(const std::string& word) {
  const auto number = parseNumber(word);
  return number && *number > 0 && *number <= 65535 ? std::optional(static_cast<std::uint16_t>(*number)) : std::nullopt;
}

struct CurlOption {
  char letter = 0;
  std::string_view name;
  bool hasValue = false;
};
constexpr CurlOption kCurlOptions[] = {
    {'I', "head", false},  {'S', "show-error", false}, {'i', "include", false}, {'m', "max-time", true},
    {'o', "output", true}, {'s', "silent", false},     {'v', "verbose", false},
};

struct CurlWords {
  std::map<char, std::string> options;
  Words urls;
};

/// The option that a word is about; "--name" or a letter of "-abc".
const CurlOption* curlOption(std::string_view name, char letter) {
  const auto at =
      std::ranges::find_if(kCurlOptions, [&](const CurlOption& one) { return name.empty() ? one.letter == letter : one.name == name; });
  return at == std::end(kCurlOptions) ? nullptr : at;
}

/// The error is curl's complaint.
Expected<CurlWords, std::string> curlWords(const Words& words) {
  CurlWords result;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i];
    if (word.size() < 2 || word[0] != '-') {
      result.urls.emplace_back(word);
      continue;
    }
    const std::string_view name = word.starts_with("--") ? word.substr(2) : std::string_view();
    for (std::size_t at = 1; at < word.size(); ++at) {
      const CurlOption* const option = curlOption(name, word[at]);
      const std::string shown = name.empty() ? std::string("-") + word[at] : std::string(word);
      if (!option) return unexpected("option " + shown + ": is unknown");
      const std::string_view rest = name.empty() ? word.substr(at + 1) : std::string_view();
      std::string& value = result.options[option->letter];
      if (option->hasValue && rest.empty() && i + 1 == words.size()) return unexpected("option " + shown + ": requires parameter");
      if (option->hasValue) value = rest.empty() ? words[++i] : std::string(rest);
      if (option->hasValue || !name.empty()) break;
    }
  }
  return result;
}

CommandResult curlFailure(int code, std::string_view text, bool quiet) {
  return CommandResult::failure(code, quiet ? std::string() : fmt::format("curl: ({}) {}\n", code, text));
}

}  // namespace

CommandResult httpServe(const Call& call) {
  const auto port = call.words.size() == 2 ? servicePort(call.words[1]) : std::nullopt;
  if (!port) return CommandResult::failure(2, "usage: http-serve PORT\n");
  process::HttpServe program;
  program.port = *port;
  program.device = call.config().name;
  return CommandResult::start(std::move(program));
}

CommandResult curl(const Call& call) {
  constexpr int kUsage = 2, kUnsupported = 1, kBadUrl = 3, kNoHost = 6, kNoFile = 23;
  const auto words = curlWords(call.words);
  if (!words) return CommandResult::failure(kUsage, "curl: " + words.error() + "\n" + std::string(kCurlHint));
  const auto has = [&](char letter) { return words->options.count(letter) != 0; };
  process::Curl program;
  process::CurlOptions& o = program.options;
  if (has('m')) {
    const auto patience = parseSeconds(words->options.at('m'));
    if (!patience)
      return CommandResult::failure(kUsage, "curl: option -m: expected a proper numerical parameter\n" + std::string(kCurlHint));
    o.patience = *patience;
  }
  if (words->urls.size() != 1)
    return CommandResult::failure(kUsage, words->urls.empty() ? std::string(kCurlHint) : std::string("curl: one URL at a time\n"));
  o.verbose = has('v');
  o.headOnly = has('I');
  o.showHead = has('i');
  o.silent = has('s');
  o.showErrors = has('S');
  o.discard = has('o');
  const bool quiet = o.silent && !o.showErrors;
  if (o.discard && words->options.at('o') != "/dev/null")
    return curlFailure(kNoFile, "only /dev/null can be written to; a device has no files", quiet);
  const std::string& text = words->urls[0];
  const auto url = process::http::parseUrl(text);
  if (!url && url.error() == process::http::UrlProblem::OtherScheme)
    return curlFailure(kUnsupported, fmt::format("Protocol \"{}\" not supported or disabled in libcurl", text.substr(0, text.find(':'))),
                       quiet);
  if (!url) return curlFailure(kBadUrl, "URL using bad/illegal format or missing URL", quiet);
  const auto address = addressOfHost(call.world, url->host);
  if (!address) return curlFailure(kNoHost, "Could not resolve host: " + url->host, quiet);
  o.host = url->host;
  o.address = *address;
  o.port = url->port;
  o.target = url->target;
  return CommandResult::start(std::move(program));
}

CommandResult gateway(const Call& call) {
  const Words& words = call.words;
  const bool shaped = words.size() == 6 && words[2] == "to" && words[3] == "udp";
  const auto port = shaped ? servicePort(words[1]) : std::nullopt, beyond = shaped ? servicePort(words[5]) : std::nullopt;
  if (!port || !beyond) return CommandResult::failure(2, "usage: gateway PORT to udp ADDRESS PORT\n");
  const auto address = addressOfHost(call.world, words[4]);
  if (!address) return CommandResult::failure(1, "gateway: " + words[4] + ": Name or service not known\n");
  process::Gateway program;
  program.port = *port;
  program.beyond = {*address, *beyond};
  return CommandResult::start(std::move(program));
}

}  // namespace hw::shell
