#include "core/shell/nft_lexer.h"

#include <fmt/format.h>

#include <algorithm>

namespace hw::shell {
namespace {

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}
bool joins(char c) { return c == '-' || c == '/'; }

/// How long the word is that begins here; a hyphen or a slash belongs to it if a letter follows.
std::size_t wordLength(std::string_view rest) {
  std::size_t end = 0;
  while (end < rest.size()) {
    const bool inside = joins(rest[end]) && end > 0 && end + 1 < rest.size() && isLetter(rest[end + 1]);
    if (!isLetter(rest[end]) && !inside && !(rest[end] == '*' && end > 0)) break;
    ++end;
  }
  return end;
}

}  // namespace

Expected<std::vector<NftToken>, NftFault> nftTokens(std::string_view source) {
  std::vector<NftToken> tokens;
  std::size_t at = 0;
  const auto add = [&](NftToken::Kind kind, std::string text, std::size_t size) {
    tokens.push_back({kind, std::move(text), at, size});
    at += size;
  };
  while (at < source.size()) {
    const char c = source[at];
    const bool continued = c == '\\' && at + 1 < source.size() && source[at + 1] == '\n';
    if (c == ' ' || c == '\t' || c == '\r') ++at;
    else if (continued) at += 2;
    else if (c == '#') at = std::min(source.find('\n', at), source.size());
    else if (c == '\n') add(NftToken::Kind::Newline, "\n", 1);
    else if (c == '"') {
      const std::size_t end = source.find('"', at + 1);
      if (end == source.npos) return unexpected(NftFault{"syntax error, the quoted text has no end", at, 1});
      add(NftToken::Kind::Text, std::string(source.substr(at + 1, end - at - 1)), end + 1 - at);
    } else if (const std::size_t length = wordLength(source.substr(at)); length > 0) {
      add(NftToken::Kind::Word, std::string(source.substr(at, length)), length);
    } else {
      const std::string_view two = source.substr(at, 2);
      const bool isTwo = two == "!=" || two == "==" || two == "<=" || two == ">=";
      add(NftToken::Kind::Symbol, std::string(isTwo ? two : source.substr(at, 1)), isTwo ? 2 : 1);
    }
  }
  add(NftToken::Kind::End, "", 0);
  return tokens;
}

std::string nftFaultText(const NftFault& fault, std::string_view source) {
  const std::size_t at = std::min(fault.at, source.size());
  const std::size_t before = at == 0 ? source.npos : source.rfind('\n', at - 1);
  const std::size_t begin = before == source.npos ? 0 : before + 1;
  std::string line(source.substr(begin, source.find('\n', begin) - begin));
  std::replace(line.begin(), line.end(), '\t', ' ');
  const std::size_t column = std::min(at - begin, line.size());
  const std::size_t carets = std::max<std::size_t>(1, std::min(fault.size, line.size() - column));
  return fmt::format("Error: {}\n{}\n{}{}\n", fault.what, line, std::string(column, ' '), std::string(carets, '^'));
}

}  // namespace hw::shell
