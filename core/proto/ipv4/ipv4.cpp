// Read first: RFC 791 3.2; RFC 815; RFC 1122 3.3.2.
#include "core/proto/ipv4/ipv4.h"

#include <algorithm>

namespace hw::ipv4 {

Expected<Header, DecodeError> decodeHeader(const std::uint8_t* bytes, std::uint32_t contiguous,
                                           std::uint32_t available) {
  if (contiguous < kHeaderSize) return unexpected(DecodeError{DecodeProblem::Truncated, contiguous});
  const Header header = load<Header>(bytes);
  if (header.version != 4) return unexpected(DecodeError{DecodeProblem::BadVersion, 0});
  const std::uint32_t size = header.headerSize();
  if (size < kHeaderSize || size > contiguous) return unexpected(DecodeError{DecodeProblem::BadLength, 0});
  if (header.totalLength < size || header.totalLength > available)
    return unexpected(DecodeError{DecodeProblem::BadLength, 2});
  if (internetChecksum({bytes, size}) != 0) return unexpected(DecodeError{DecodeProblem::BadChecksum, 10});
  return header;
}

void encodeHeader(Header header, ByteView options, std::uint32_t payloadSize, std::uint8_t* to) {
  const auto size = static_cast<std::uint32_t>(kHeaderSize + options.size());
  header.headerWords = static_cast<std::uint8_t>(size / 4);
  header.totalLength = static_cast<std::uint16_t>(size + payloadSize);
  header.checksum = 0;
  store(header, to);
  std::copy(options.begin(), options.end(), to + kHeaderSize);
  store16(to + 10, internetChecksum({to, size}));
}

std::vector<Piece> fragment(std::uint32_t payloadSize, std::uint32_t headerSize, std::uint32_t mtu,
                            bool moreBehind) {
  std::vector<Piece> pieces;
  const std::uint32_t room = (mtu - headerSize) / 8 * 8;
  HW_CHECK(mtu > headerSize && room > 0);
  for (std::uint32_t at = 0; at < payloadSize;) {
    // The last piece need not be a multiple of 8 and may use the whole MTU.
    const std::uint32_t left = payloadSize - at;
    const std::uint32_t size = left <= mtu - headerSize ? left : room;
    pieces.push_back({at, size, at + size < payloadSize || moreBehind});
    at += size;
  }
  return pieces;
}

void Identifications::seed(RandomStream& random) {
  for (std::uint16_t& one : next) one = static_cast<std::uint16_t>(random.below(65536));
}

std::uint16_t Identifications::take(Ipv4Address source, Ipv4Address destination,
                                    std::uint8_t protocol) {
  Hasher h;
  h.add(std::uint64_t{source.value} << 32 | destination.value);
  h.add(protocol);
  std::uint16_t& one = next[h.result() % next.size()];
  if (++one == 0) ++one;
  return one;
}

namespace {

bool isOf(const Incomplete& one, const Header& header) {
  return one.identification == header.identification && one.source == header.source &&
         one.destination == header.destination && one.protocol == header.protocol;
}

Incomplete& findOrAdd(Reassembly& state, const Env& env, const Header& header) {
  for (Incomplete& one : state.incomplete)
    if (isOf(one, header)) return one;
  if (state.incomplete.size() >= kMaxIncomplete) {
    env.decisions.decide(Rule::FragmentTooMany);
    state.incomplete.erase(state.incomplete.begin());
  }
  state.nextDeadline = std::min(state.nextDeadline, env.now + kReassemblyTime);
  return state.incomplete.emplace_back(Incomplete{header.source, header.destination,
                                                  header.identification, header.protocol,
                                                  env.now + kReassemblyTime, 0, {}, {}});
}

enum class Placing { Kept, Duplicate, Overlap };

Placing place(Incomplete& all, std::uint32_t offset, const Bytes& payload) {
  auto& pieces = all.pieces;
  const auto next = std::lower_bound(
      pieces.begin(), pieces.end(), offset,
      [](const FragmentPiece& piece, std::uint32_t at) { return piece.offset < at; });
  if (next != pieces.end() && next->offset == offset && next->bytes.size() == payload.size())
    return Placing::Duplicate;
  const bool intoNext = next != pieces.end() && next->offset < offset + payload.size();
  const bool intoPrevious =
      next != pieces.begin() && std::prev(next)->offset + std::prev(next)->bytes.size() > offset;
  if (intoNext || intoPrevious || pieces.size() >= kMaxFragments) return Placing::Overlap;
  pieces.insert(next, {offset, payload});
  return Placing::Kept;
}

/// The pieces as one run of bytes, if none is missing.
std::optional<Bytes> joined(const Incomplete& all) {
  if (all.size == 0 || all.front.empty()) return std::nullopt;
  std::uint32_t reached = 0;
  for (const FragmentPiece& piece : all.pieces) {
    if (piece.offset != reached) return std::nullopt;
    reached += piece.bytes.size();
  }
  if (reached != all.size) return std::nullopt;
  std::vector<std::uint8_t> whole(all.front.view().begin(), all.front.view().end());
  for (const FragmentPiece& piece : all.pieces)
    whole.insert(whole.end(), piece.bytes.view().begin(), piece.bytes.view().end());
  store16(whole.data() + 2, static_cast<std::uint16_t>(whole.size()));
  store16(whole.data() + 6, 0);
  store16(whole.data() + 10, 0);
  store16(whole.data() + 10, internetChecksum(ByteView(whole).first(all.front.size())));
  return Bytes(std::move(whole));
}

void drop(Reassembly& state, const Incomplete& all) {
  state.incomplete.erase(state.incomplete.begin() + (&all - state.incomplete.data()));
}

/// What no sender makes: it would reach beyond a datagram, or leave a gap that nothing can fill.
bool isImpossible(const Incomplete& all, const Header& header, std::uint32_t headerSize,
                  std::uint32_t size) {
  const std::uint32_t offset = header.fragmentOffset * 8u, end = offset + size;
  const std::uint32_t front = std::max(headerSize, all.front.size());
  const std::uint32_t whole = front + std::max(end, all.size);
  const bool endMoves = all.size != 0 && (end > all.size || (!header.moreFragments && end != all.size));
  return size == 0 || whole > kMaxDatagram || endMoves || (header.moreFragments && size % 8 != 0);
}

}  // namespace

std::optional<Bytes> reassemble(Reassembly& state, const Env& env, const Header& header,
                                const Bytes& headerBytes, const Bytes& payload) {
  Incomplete& all = findOrAdd(state, env, header);
  const std::uint32_t offset = header.fragmentOffset * 8u;
  const bool impossible = isImpossible(all, header, headerBytes.size(), payload.size());
  const Placing placing = impossible ? Placing::Overlap : place(all, offset, payload);
  if (placing == Placing::Overlap) {
    if (impossible) env.decisions.decide(Rule::FragmentImpossible, offset, payload.size());
    else env.decisions.decide(Rule::FragmentOverlap, offset);
    drop(state, all);
    return std::nullopt;
  }
  if (placing == Placing::Duplicate) {
    env.decisions.decide(Rule::FragmentDuplicate, offset);
    return std::nullopt;
  }
  env.decisions.decide(Rule::FragmentKept, offset, payload.size());
  if (!header.moreFragments) all.size = offset + payload.size();
  if (offset == 0) all.front = headerBytes;
  std::optional<Bytes> whole = joined(all);
  if (whole) {
    env.decisions.decide(Rule::Reassembled, all.pieces.size(), whole->size());
    drop(state, all);
  }
  return whole;
}

std::uint32_t largestPiece(const Reassembly& state, const Header& header) {
  std::uint32_t largest = header.totalLength;
  for (const Incomplete& one : state.incomplete)
    if (isOf(one, header))
      for (const FragmentPiece& piece : one.pieces) largest = std::max(largest, header.headerSize() + piece.bytes.size());
  return largest;
}

std::vector<Incomplete> expire(Reassembly& state, const Env& env) {
  std::vector<Incomplete> expired;
  if (env.now < state.nextDeadline) return expired;
  state.nextDeadline = kNever;
  for (const Incomplete& one : state.incomplete) {
    if (one.deadline > env.now) {
      state.nextDeadline = std::min(state.nextDeadline, one.deadline);
      continue;
    }
    env.decisions.decide(Rule::ReassemblyTimeout, one.source, kReassemblyTime);
    expired.push_back(one);
  }
  std::erase_if(state.incomplete, [&](const Incomplete& one) { return one.deadline <= env.now; });
  return expired;
}

}  // namespace hw::ipv4
