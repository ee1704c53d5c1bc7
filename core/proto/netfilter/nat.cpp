#include "core/proto/netfilter/nat.h"

#include <algorithm>
#include <bit>

#include "core/proto/icmp/icmp_wire.h"
#include "core/proto/netfilter/netfilter_rules.h"

namespace hw::netfilter {
namespace {

std::uint32_t addressOf(const Tuple& tuple, Side side) {
  return side == Side::Source ? tuple.source.value : tuple.destination.value;
}

/// The port of a side; of ICMP the identifier, whichever side it is.
std::uint16_t& portOf(Tuple& tuple, Side side) {
  return side == Side::Source || tuple.protocol == ipv4::kIcmp ? tuple.sourcePort : tuple.destinationPort;
}

bool contains(const Range& range, std::uint32_t value) { return range.from <= value && value <= range.to; }

bool hasPorts(const Tuple& tuple) {
  return tuple.protocol == ipv4::kUdp || tuple.protocol == ipv4::kTcp || tuple.protocol == ipv4::kIcmp;
}

bool isWithin(Tuple tuple, const NatRange& range, Side side) {
  if (range.addresses && !contains(*range.addresses, addressOf(tuple, side))) return false;
  return !range.ports || !hasPorts(tuple) || contains(*range.ports, portOf(tuple, side));
}

bool isFree(const Connections& connections, const Tuple& tuple) { return !connections.find(inverted(tuple)); }

/// The source that another connection of the same inside address and port got (RFC 4787 4.1).
std::optional<Tuple> mappingOf(const Connections& connections, const Tuple& tuple, const NatRange& range) {
  for (auto last = connections.all.rbegin(); last != connections.all.rend(); ++last) {
    const Connection& one = *last;
    const bool same = one.original.protocol == tuple.protocol && one.original.source == tuple.source &&
                      one.original.sourcePort == tuple.sourcePort;
    if (!same) continue;
    Tuple mapped = inverted(one.reply);
    mapped.destination = tuple.destination;
    mapped.destinationPort = tuple.destinationPort;
    if (isWithin(mapped, range, Side::Source)) return mapped;
  }
  return std::nullopt;
}

/// Bob Jenkins' lookup3 of whole words, which Linux calls jhash2.
std::uint32_t hashOf(std::span<const std::uint32_t> words, std::uint32_t seed) {
  std::uint32_t a, b, c;
  a = b = c = 0xDEADBEEFu + static_cast<std::uint32_t>(words.size() * 4) + seed;
  std::size_t left = words.size();
  const std::uint32_t* word = words.data();
  for (; left > 3; left -= 3, word += 3) {
    a += word[0], b += word[1], c += word[2];
    a = (a - c) ^ std::rotl(c, 4), c += b;
    b = (b - a) ^ std::rotl(a, 6), a += c;
    c = (c - b) ^ std::rotl(b, 8), b += a;
    a = (a - c) ^ std::rotl(c, 16), c += b;
    b = (b - a) ^ std::rotl(a, 19), a += c;
    c = (c - b) ^ std::rotl(b, 4), b += a;
  }
  if (left > 2) c += word[2];
  if (left > 1) b += word[1];
  if (left == 0) return c;
  a += word[0];
  c = (c ^ b) - std::rotl(b, 14), a = (a ^ c) - std::rotl(c, 11), b = (b ^ a) - std::rotl(a, 25);
  c = (c ^ b) - std::rotl(b, 16), a = (a ^ c) - std::rotl(c, 4), b = (b ^ a) - std::rotl(a, 14);
  return (c ^ b) - std::rotl(b, 24);
}

/// Which of several addresses: the same client always gets the same one, for a destination unless persistent.
void chooseAddress(Tuple& tuple, const NatRange& range, Side side) {
  if (!range.addresses) return;
  std::uint32_t chosen = range.addresses->from;
  if (range.addresses->from != range.addresses->to) {
    const std::uint32_t words[4] = {__builtin_bswap32(tuple.source.value), 0, 0, 0};
    const std::uint32_t seed = range.persistent ? 0 : __builtin_bswap32(tuple.destination.value);
    const std::uint64_t many = std::uint64_t{range.addresses->to} - range.addresses->from + 1;
    chosen += static_cast<std::uint32_t>(hashOf(words, seed) * many >> 32);
  }
  (side == Side::Source ? tuple.source : tuple.destination).value = chosen;
}

/// Ports to choose from if no rule says which: privileged ones stay privileged.
Range portsLike(const Tuple& tuple, std::uint16_t port) {
  if (tuple.protocol == ipv4::kIcmp) return {0, 65535};
  if (port < 512) return {1, 511};
  return port < 1024 ? Range{600, 1023} : Range{1024, 65535};
}

/// Looks for a free port from a random one on; Linux gives up after 128.
bool choosePort(const Connections& connections, const Env& env, Tuple& tuple, const NatRange& range, Side side) {
  constexpr std::uint32_t kAttempts = 128;
  std::uint16_t& port = portOf(tuple, side);
  const std::uint16_t wanted = port;
  if (!range.ports && side == Side::Destination && tuple.protocol != ipv4::kIcmp) return true;
  const Range ports = range.ports.value_or(portsLike(tuple, port));
  const std::uint32_t many = ports.to - ports.from + 1;
  std::uint32_t offset = side == Side::Source ? static_cast<std::uint32_t>(env.random.below(65536)) : 0;
  for (std::uint32_t i = 0; i < std::min(many, kAttempts); ++i, ++offset) {
    port = static_cast<std::uint16_t>(ports.from + offset % many);
    if (isFree(connections, tuple)) {
      const bool taken = !range.ports || contains(*range.ports, wanted);
      if (taken) env.decisions.decide(Rule::PortTaken, wanted, port);
      return true;
    }
  }
  // A port that was asked for is given, taken or not; the clash shows when the connection is kept.
  if (many == 1) return true;
  env.decisions.decide(Rule::NoPortFree, ports.from, ports.to);
  return false;
}

std::optional<Tuple> choose(const Connections& connections, const Env& env, const Tuple& wanted, const NatRange& range,
                            Side side) {
  if (side == Side::Source) {
    if (isWithin(wanted, range, side)) {
      if (isFree(connections, wanted)) return wanted;
    } else if (const auto mapped = mappingOf(connections, wanted, range); mapped && isFree(connections, *mapped)) {
      return mapped;
    }
  }
  Tuple tuple = wanted;
  chooseAddress(tuple, range, side);
  if (!hasPorts(tuple)) return tuple;
  if (range.ports) {
    const bool fits = contains(*range.ports, portOf(tuple, side));
    if (fits && (range.ports->from == range.ports->to || isFree(connections, tuple))) return tuple;
  } else if (isFree(connections, tuple)) {
    return tuple;
  }
  if (!choosePort(connections, env, tuple, range, side)) return std::nullopt;
  return tuple;
}

}  // namespace

std::uint64_t endOf(const Tuple& tuple, Side side) {
  const std::uint16_t port = side == Side::Source || tuple.protocol == ipv4::kIcmp ? tuple.sourcePort : tuple.destinationPort;
  return endpointFact(side == Side::Source ? tuple.source : tuple.destination, port);
}

bool settle(const Connections& connections, const Env& env, Tracked& tracked, const NatRange& range, Side side) {
  Connection& one = *tracked.fresh;
  const Tuple before = inverted(one.reply);
  const auto chosen = choose(connections, env, before, range, side);
  if (!chosen) return false;
  (side == Side::Source ? tracked.sourceDone : tracked.destinationDone) = true;
  if (*chosen == before) return true;
  one.reply = inverted(*chosen);
  one.status |= side == Side::Source ? kSourceNat : kDestinationNat;
  const Rule rule = side == Side::Source ? Rule::SourceChosen : Rule::DestinationChosen;
  env.decisions.decide(rule, endOf(before, side), endOf(*chosen, side));
  return true;
}

bool translate(Connections& connections, const Env& env, const Packet& packet, Tracked& tracked, Side side) {
  const Connection* one = connectionOf(connections, tracked);
  if (!one) return true;
  std::array<std::uint8_t, 1> type{};
  const bool redirect = tracked.isError && packet.transport(type) == 1 && type[0] == icmp::kRedirect;
  const bool settled = tracked.sourceDone && tracked.destinationDone;
  if (redirect && (!settled || (one->status & (kSourceNat | kDestinationNat)) != 0)) {
    env.decisions.decide(Rule::RedirectOfTranslated, packet.header().source);
    return false;
  }
  const bool changesSource = (side == Side::Source) != tracked.isReply;
  if (!one->has(changesSource ? kSourceNat : kDestinationNat)) return true;
  const Tuple& opposite = one->tuple(!tracked.isReply);
  const Tuple target = inverted(opposite);
  const Tuple before = one->tuple(tracked.isReply);
  if (tracked.isError) {
    const ipv4::Header ip = packet.header();
    rewriteQuoted(packet, opposite, other(side));
    const Ipv4Address address = side == Side::Source ? target.source : target.destination;
    env.decisions.decide(Rule::ErrorTranslated, side == Side::Source ? ip.source : ip.destination, address,
                         endOf(opposite, other(side)));
    Tuple outer = target;
    outer.protocol = ipv4::kIcmp;
    rewrite(packet, outer, side);
    return true;
  }
  const Rule rule = side == Side::Source ? Rule::SourceRewritten : Rule::DestinationRewritten;
  env.decisions.decide(rule, endOf(before, side), endOf(target, side), endOf(one->original, Side::Source),
                       endOf(one->original, Side::Destination));
  rewrite(packet, target, side);
  return true;
}

}  // namespace hw::netfilter
