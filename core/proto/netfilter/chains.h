// A datagram against the rules of a chain.
#pragma once

#include "core/proto/netfilter/netfilter.h"

namespace hw::netfilter {

enum class Verdict : std::uint8_t { Accept, Drop, Reject, Translate };

struct Walk {
  Verdict verdict = Verdict::Accept;
  Statement statement;      ///< of Reject and Translate
  bool notTracked = false;  ///< a rule said so
};

struct ChainAt {
  std::uint32_t table = 0;  ///< index
  std::uint32_t chain = 0;  ///< index
};

/// Asks the rules of a base chain, and of those that it leads to, one after the other.
Walk walkChain(State& state, const Surroundings& around, const Env& env, Passage& passage, ChainAt at);

}  // namespace hw::netfilter
