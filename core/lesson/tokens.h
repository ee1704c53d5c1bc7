// A line of the check language or of a packet filter as tokens.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace hw::lesson {

struct Token {
  enum class Kind { Word, Number, Text, Sign, Bad, End } kind = Kind::End;
  std::string_view text;  ///< of Text: without its quotes
  std::size_t at = 0;     ///< its first byte in the line
  bool is(std::string_view wanted) const {
    return text == wanted && (kind == Kind::Sign || kind == Kind::Word);
  }
};

/// In a filter a word may hold the characters of fields and addresses: "eth.dst", "02:00:00:aa:01:00".
enum class Words { Names, Fields };

/// The tokens of a line with an End behind them; a byte that begins none is Bad. O(bytes).
std::vector<Token> tokensOf(std::string_view line, Words words);

/// Walks over tokens; the End stays.
class TokenReader {
 public:
  explicit TokenReader(std::vector<Token> tokens) : m_tokens(std::move(tokens)) {}
  const Token& now() const { return m_tokens[m_next]; }
  bool atEnd() const { return now().kind == Token::Kind::End; }
  void skip() {
    if (!atEnd()) ++m_next;
  }
  /// True if the token was one of these words or signs, which is skipped then.
  bool take(std::string_view wanted) {
    if (!now().is(wanted)) return false;
    skip();
    return true;
  }

 private:
  std::vector<Token> m_tokens;
  std::size_t m_next = 0;
};

}  // namespace hw::lesson
