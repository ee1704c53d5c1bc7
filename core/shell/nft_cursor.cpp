#include "core/shell/nft_cursor.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/shell/options.h"

namespace hw::shell {

std::optional<std::uint32_t> numberOf(std::span<const netfilter::Word> words, std::string_view name) {
  for (const netfilter::Word& one : words)
    if (one.name == name) return one.value;
  return std::nullopt;
}

const NftToken& NftCursor::take() {
  if (m_fault) return m_tokens.back();
  const NftToken& token = peek();
  if (m_next + 1 < m_tokens.size()) ++m_next;
  return token;
}

bool NftCursor::is(std::string_view text) const {
  return !m_fault && peek().kind != NftToken::Kind::Text && peek().kind != NftToken::Kind::End && peek().text == text;
}

bool NftCursor::accept(std::string_view text) {
  if (!is(text)) return false;
  take();
  return true;
}

void NftCursor::expect(std::string_view text) {
  if (!accept(text)) unexpectedHere(fmt::format("“{}”", text));
}

std::string NftCursor::name(std::string_view what) {
  if (peek().kind == NftToken::Kind::Word || peek().kind == NftToken::Kind::Text) return take().text;
  unexpectedHere(what);
  return {};
}

std::uint32_t NftCursor::number(std::string_view what, std::uint32_t most) {
  const auto number = parseKernelNumber(peek().text);
  if (peek().kind != NftToken::Kind::Word || !number || *number > most) {
    unexpectedHere(what);
    return 0;
  }
  take();
  return *number;
}

std::uint32_t NftCursor::numberOrWord(std::span<const netfilter::Word> words, std::string_view what) {
  if (const auto value = numberOf(words, peek().text); value && peek().kind == NftToken::Kind::Word) {
    take();
    return *value;
  }
  return number(what);
}

bool NftCursor::atEnd() const {
  const NftToken& token = peek();
  return m_fault || token.kind == NftToken::Kind::End || token.kind == NftToken::Kind::Newline || is(";") || is("}");
}

void NftCursor::skipEnds() {
  while (!m_fault && (peek().kind == NftToken::Kind::Newline || is(";"))) take();
}

void NftCursor::failAt(std::string what, const NftToken& token) {
  if (!m_fault) m_fault = NftFault{std::move(what), token.at, std::max<std::size_t>(token.size, 1)};
}

void NftCursor::unexpectedHere(std::string_view expected) {
  const NftToken& token = peek();
  const bool nothing = token.kind == NftToken::Kind::End || token.kind == NftToken::Kind::Newline;
  const std::string found = nothing ? "the end of the line" : fmt::format("“{}”", token.text);
  fail(fmt::format("syntax error, {} was found where {} is expected", found, expected));
}

}  // namespace hw::shell
