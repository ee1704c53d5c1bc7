// Goes through the tokens of nft's language; the first fault ends it.
#pragma once

#include <optional>
#include <span>

#include "core/proto/netfilter/ruleset_text.h"
#include "core/shell/nft_lexer.h"

namespace hw::shell {

class NftCursor {
 public:
  explicit NftCursor(const std::vector<NftToken>& tokens) : m_tokens(tokens) {}

  const NftToken& peek(std::size_t ahead = 0) const { return m_tokens[std::min(m_next + ahead, m_tokens.size() - 1)]; }
  /// The next token; behind a fault always the end.
  const NftToken& take();
  bool is(std::string_view text) const;
  /// Takes the next token if it is this one.
  bool accept(std::string_view text);
  void expect(std::string_view text);
  /// A name: a word or a quoted text.
  std::string name(std::string_view what);
  std::uint32_t number(std::string_view what, std::uint32_t most = UINT32_MAX);
  /// A number, or one of the words for it.
  std::uint32_t numberOrWord(std::span<const netfilter::Word> words, std::string_view what);
  /// The end of a command: the end of the line, a semicolon, or a brace that closes what is around it.
  bool atEnd() const;
  void skipEnds();

  void fail(std::string what) { failAt(std::move(what), peek()); }
  void failAt(std::string what, const NftToken& token);
  void unexpectedHere(std::string_view expected);
  bool failed() const { return m_fault.has_value(); }
  const std::optional<NftFault>& fault() const { return m_fault; }

 private:
  const std::vector<NftToken>& m_tokens;
  std::size_t m_next = 0;
  std::optional<NftFault> m_fault;
};

/// The parts of one rule, up to its end.
netfilter::FilterRule readNftRule(NftCursor& cursor);

/// The part of `words` with this name, or nothing.
std::optional<std::uint32_t> numberOf(std::span<const netfilter::Word> words, std::string_view name);

}  // namespace hw::shell
