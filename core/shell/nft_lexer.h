// The tokens of nft's language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/expected.h"

namespace hw::shell {

struct NftToken {
  enum class Kind : std::uint8_t { Word, Text, Symbol, Newline, End } kind = Kind::End;
  std::string text;    ///< of Text: what is between the quotes
  std::size_t at = 0;  ///< offset in the source
  std::size_t size = 0;
};

/// What is wrong, and where.
struct NftFault {
  std::string what;
  std::size_t at = 0;
  std::size_t size = 1;
};

/// The tokens with an End behind them. A hyphen, a slash or a point within a word belongs to it: "echo-request",
/// "192.0.2.0/24", "1000-2000".
Expected<std::vector<NftToken>, NftFault> nftTokens(std::string_view source);

/// "Error: ...", the line of the source and carets below the place, as nft writes it.
std::string nftFaultText(const NftFault& fault, std::string_view source);

}  // namespace hw::shell
