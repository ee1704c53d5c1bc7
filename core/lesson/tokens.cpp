#include "core/lesson/tokens.h"

#include <algorithm>

#include "core/base/ascii.h"

namespace hw::lesson {
namespace {

bool isWordCharacter(char c, Words words) {
  if (isNameCharacter(c)) return true;
  return words == Words::Fields && (c == '.' || c == ':' || c == '/' || c == '-');
}

std::size_t signSize(std::string_view rest) {
  for (const std::string_view sign : {"==", "!=", "<=", ">=", "&&", "||"})
    if (rest.starts_with(sign)) return 2;
  constexpr std::string_view kSigns = "<>!()[].,+-";
  return kSigns.find(rest.front()) != std::string_view::npos ? 1 : 0;
}

bool isNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return isDigit(c); });
}

Token tokenAt(std::string_view line, std::size_t at, Words words) {
  const std::string_view rest = line.substr(at);
  if (rest.front() == '"') {
    const std::size_t end = rest.find('"', 1);
    if (end == std::string_view::npos) return {Token::Kind::Bad, rest, at};
    return {Token::Kind::Text, rest.substr(1, end - 1), at};
  }
  std::size_t size = 0;
  while (size < rest.size() && isWordCharacter(rest[size], words)) ++size;
  if (size > 0) {
    const std::string_view word = rest.substr(0, size);
    return {isNumber(word) ? Token::Kind::Number : Token::Kind::Word, word, at};
  }
  size = signSize(rest);
  if (size == 0) return {Token::Kind::Bad, rest.substr(0, 1), at};
  return {Token::Kind::Sign, rest.substr(0, size), at};
}

}  // namespace

std::vector<Token> tokensOf(std::string_view line, Words words) {
  std::vector<Token> tokens;
  std::size_t at = 0;
  while (at < line.size()) {
    if (isWhite(line[at])) {
      ++at;
      continue;
    }
    const Token token = tokenAt(line, at, words);
    tokens.push_back(token);
    at += token.text.size() + (token.kind == Token::Kind::Text ? 2 : 0);
  }
  tokens.push_back({Token::Kind::End, {}, line.size()});
  return tokens;
}

}  // namespace hw::lesson
