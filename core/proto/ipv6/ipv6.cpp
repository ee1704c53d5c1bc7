// Read first: RFC 8200 4; RFC 5722; Linux net/ipv6/reassembly.c in behaviour.
#include "core/proto/ipv6/ipv6.h"

#include <algorithm>

namespace hw::ipv6 {

Expected<Header, DecodeError> decodeHeader(ByteView bytes, std::uint32_t available) {
  auto header = decode<Header>(bytes);
  if (!header) return header;
  if (header->version != 6) return unexpected(DecodeError{DecodeProblem::BadVersion, 0});
  if (header->payloadLength > available - kHeaderSize) return unexpected(DecodeError{DecodeProblem::BadLength, 4});
  return header;
}

namespace {

/// The options of one header; false and the fault if one wants the datagram dropped.
bool readOptions(ByteView datagram, std::uint32_t from, std::uint32_t end, Chain& chain) {
  for (std::uint32_t at = from; at < end;) {
    const std::uint8_t type = datagram[at];
    if (type == 0) {  // Pad1
      ++at;
      continue;
    }
    if (at + 2 > end || at + 2 + datagram[at + 1] > end) {
      chain.fault = Chain::Fault::Cut;
      return false;
    }
    constexpr std::uint8_t kPadN = 1, kRouterAlert = 5;
    const bool known = type == kPadN || type == kRouterAlert;
    if (!known && type >> 6 != 0) {
      chain.fault = Chain::Fault::UnknownOption;
      chain.faultAt = at;
      chain.option = type;
      return false;
    }
    at += 2u + datagram[at + 1];
  }
  return true;
}

}  // namespace

Chain readChain(ByteView datagram) {
  Chain chain;
  chain.next = datagram[6];
  for (int i = 0; isOptionHeader(chain.next); ++i) {
    const std::uint32_t at = chain.at;
    const bool there = i < kMaxExtensions && at + 2 <= datagram.size() && at + (datagram[at + 1] + 1u) * 8 <= datagram.size();
    if (!there) {
      chain.fault = Chain::Fault::Cut;
      return chain;
    }
    const std::uint32_t end = at + (datagram[at + 1] + 1u) * 8;
    if (chain.next != kRouting && !readOptions(datagram, at + 2, end, chain)) return chain;
    chain.next = datagram[at];
    chain.namedAt = at;
    chain.at = end;
  }
  return chain;
}

std::vector<Piece> fragment(std::uint32_t payloadSize, std::uint32_t mtu) {
  std::vector<Piece> pieces;
  constexpr std::uint32_t kHeaders = kHeaderSize + kFragmentHeaderSize;
  if (mtu < kHeaders + 8) return pieces;
  const std::uint32_t most = (mtu - kHeaders) / 8 * 8;
  for (std::uint32_t at = 0; at < payloadSize; at += most) {
    const std::uint32_t size = std::min(most, payloadSize - at);
    pieces.push_back({at, size, at + size < payloadSize});
  }
  return pieces;
}

namespace {

Incomplete& waitingFor(Reassembly& state, const Env& env, const Fragment& fragment) {
  const Header& header = fragment.header;
  for (Incomplete& one : state.incomplete)
    if (one.source == header.source && one.destination == header.destination &&
        one.identification == fragment.piece.identification)
      return one;
  if (state.incomplete.size() >= kMaxIncomplete) {
    env.decisions.decide(Rule::FragmentTooMany, state.incomplete.front().source);
    state.incomplete.erase(state.incomplete.begin());
  }
  Incomplete fresh;
  fresh.source = header.source;
  fresh.destination = header.destination;
  fresh.identification = fragment.piece.identification;
  fresh.port = fragment.port;
  fresh.deadline = env.now + kReassemblyTime;
  state.nextDeadline = std::min(state.nextDeadline, fresh.deadline);
  return state.incomplete.emplace_back(std::move(fresh));
}

void forget(Reassembly& state, const Incomplete& which) {
  state.incomplete.erase(state.incomplete.begin() + (&which - state.incomplete.data()));
}

/// Whether [offset, end) is free among the pieces; their order is kept.
bool place(Incomplete& waiting, std::uint32_t offset, const Bytes& bytes) {
  auto after = std::upper_bound(waiting.pieces.begin(), waiting.pieces.end(), offset,
                                [](std::uint32_t at, const FragmentPiece& one) { return at < one.offset; });
  if (after != waiting.pieces.end() && after->offset < offset + bytes.size()) return false;
  if (after != waiting.pieces.begin()) {
    const FragmentPiece& before = *std::prev(after);
    if (before.offset + before.bytes.size() > offset) return false;
  }
  waiting.pieces.insert(after, {offset, bytes});
  return true;
}

bool isRepeated(const Incomplete& waiting, std::uint32_t offset, const Bytes& bytes) {
  return std::any_of(waiting.pieces.begin(), waiting.pieces.end(),
                     [&](const FragmentPiece& one) { return one.offset == offset && one.bytes.size() == bytes.size(); });
}

Bytes assembled(const Incomplete& waiting) {
  std::vector<std::uint8_t> whole(waiting.front.view().begin(), waiting.front.view().end());
  for (const FragmentPiece& one : waiting.pieces) whole.insert(whole.end(), one.bytes.view().begin(), one.bytes.view().end());
  store16(whole.data() + 4, static_cast<std::uint16_t>(whole.size() - kHeaderSize));
  return Bytes(std::move(whole));
}

}  // namespace

std::optional<Bytes> reassemble(Reassembly& state, const Env& env, const Fragment& fragment) {
  const std::uint32_t offset = fragment.piece.offset * 8u;
  const Bytes bytes = fragment.datagram.slice(fragment.at + kFragmentHeaderSize);
  const std::uint32_t end = offset + bytes.size();
  const bool wrong = bytes.empty() || (fragment.piece.more && bytes.size() % 8 != 0) || end > kMaxPayload;
  if (wrong) {
    env.decisions.decide(Rule::FragmentWrong, offset);
    return std::nullopt;
  }
  Incomplete& waiting = waitingFor(state, env, fragment);
  const bool contradicts = (!fragment.piece.more && waiting.size != 0 && waiting.size != end) ||
                           (waiting.size != 0 && end > waiting.size) || waiting.pieces.size() >= kMaxFragments;
  if (!contradicts && isRepeated(waiting, offset, bytes)) {
    env.decisions.decide(Rule::FragmentHeld, offset);
    return std::nullopt;
  }
  if (contradicts || !place(waiting, offset, bytes)) {
    env.decisions.decide(Rule::FragmentOverlaps, offset);
    forget(state, waiting);
    return std::nullopt;
  }
  if (!fragment.piece.more) waiting.size = end;
  if (offset == 0) {
    std::vector<std::uint8_t> front(fragment.datagram.data(), fragment.datagram.data() + fragment.at);
    front[readChain(fragment.datagram.view()).namedAt] = fragment.piece.nextHeader;
    waiting.front = Bytes(std::move(front));
  }
  std::uint32_t together = 0;
  for (const FragmentPiece& one : waiting.pieces) together += one.bytes.size();
  if (waiting.size == 0 || waiting.front.empty() || together < waiting.size) {
    env.decisions.decide(Rule::FragmentHeld, offset);
    return std::nullopt;
  }
  env.decisions.decide(Rule::FragmentComplete, waiting.pieces.size());
  Bytes whole = assembled(waiting);
  forget(state, waiting);
  return whole;
}

std::vector<Incomplete> expire(Reassembly& state, const Env& env) {
  std::vector<Incomplete> late;
  if (env.now < state.nextDeadline) return late;
  state.nextDeadline = kNever;
  std::erase_if(state.incomplete, [&](Incomplete& one) {
    if (one.deadline > env.now) {
      state.nextDeadline = std::min(state.nextDeadline, one.deadline);
      return false;
    }
    env.decisions.decide(Rule::FragmentTimeout, one.source);
    late.push_back(std::move(one));
    return true;
  });
  return late;
}

const PathMtu* PathMtus::find(Ipv6Address to, Time now) const {
  const auto at = std::find_if(known.begin(), known.end(), [&](const PathMtu& one) { return one.to == to && one.until > now; });
  return at == known.end() ? nullptr : &*at;
}

bool learn(PathMtus& state, const Env& env, Ipv6Address to, std::uint32_t told, std::uint32_t current) {
  if (told >= current || told < kMinimumMtu) return false;
  std::erase_if(state.known, [&](const PathMtu& one) { return one.to == to || one.until <= env.now; });
  if (state.known.size() >= kMaxPathMtus) state.known.erase(state.known.begin());
  state.known.push_back({to, told, env.now + kPathMtuTime});
  env.decisions.decide(Rule::PathMtuLearned, to, told);
  return true;
}

}  // namespace hw::ipv6
