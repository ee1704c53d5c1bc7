// The language of nft: what it says about tables, chains and rules. Read first: nft(8).
#pragma once

#include "core/proto/netfilter/netfilter.h"
#include "core/shell/nft_lexer.h"

namespace hw::shell {

/// What one run of nft leads to.
struct NftResult {
  netfilter::Ruleset rules;
  std::string output;   ///< of its lists
  bool changed = false;
};

/// Carries out commands, one a line or between semicolons; all of them or none. `counted` is what lists show.
Expected<NftResult, NftFault> runNft(std::string_view source, netfilter::Ruleset rules, const netfilter::State& counted,
                                     bool handles);

}  // namespace hw::shell
