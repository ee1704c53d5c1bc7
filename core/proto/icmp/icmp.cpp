// Read first: RFC 1122 3.2.2; RFC 1812 4.3.2; Linux net/ipv4/icmp.c for the rates.
#include "core/proto/icmp/icmp.h"

#include <algorithm>

namespace hw::icmp {
namespace {

constexpr Duration kRateInterval = seconds(1);   // icmp_ratelimit
constexpr std::int64_t kBurst = 6;               // XRLIM_BURST_FACTOR
constexpr std::int64_t kRouteErrorBurst = 5;     // net.ipv4.route.error_burst
constexpr std::uint32_t kRateMask = 1u << 3 | 1u << 4 | 1u << 11 | 1u << 12;  // icmp_ratemask

Bytes withChecksum(std::vector<std::uint8_t> message) {
  store16(message.data() + 2, internetChecksum(message));
  return Bytes(std::move(message));
}

}  // namespace

Bytes encodeError(const Error& error, const Bytes& datagram, std::uint32_t options) {
  const std::uint32_t room = kMaxErrorDatagram - ipv4::kHeaderSize - options - kHeaderSize;
  const std::uint32_t quoted = std::min(datagram.size(), room);
  std::vector<std::uint8_t> message(kHeaderSize + quoted);
  store(Header{error.type, error.code, 0, error.rest}, message.data());
  std::copy_n(datagram.data(), quoted, message.begin() + kHeaderSize);
  return withChecksum(std::move(message));
}

Bytes encodeEcho(Type type, std::uint16_t identifier, std::uint16_t sequence, const Bytes& data) {
  std::vector<std::uint8_t> message(kHeaderSize + data.size());
  store(Header{type, 0, 0, std::uint32_t{identifier} << 16 | sequence}, message.data());
  std::copy(data.view().begin(), data.view().end(), message.begin() + kHeaderSize);
  return withChecksum(std::move(message));
}

bool mayComplain(const Env& env, const Complaint& about) {
  const Ipv4Address source = about.header.source;
  if (about.header.fragmentOffset != 0) {
    env.decisions.decide(Rule::ErrorNotAboutFragment);
    return false;
  }
  if (about.toGroup || about.header.destination.isMulticast() || source.isAny() ||
      source.isMulticast() || source.isLimitedBroadcast()) {
    env.decisions.decide(Rule::ErrorNotToGroup);
    return false;
  }
  // A cut message whose type cannot be read counts as an error.
  const bool aboutIcmp = about.header.protocol == ipv4::kIcmp;
  if (aboutIcmp && (about.payload.empty() || Header{about.payload[0], 0, 0, 0}.isError())) {
    env.decisions.decide(Rule::ErrorNotAboutError);
    return false;
  }
  return true;
}

namespace {

/// Takes a token for `to` if there is one; never more than `burst` are kept.
bool takeToken(Limiter& limiter, const Env& env, Ipv4Address to, std::int64_t burst) {
  auto& limits = limiter.limits;
  const auto position = [&] {
    return std::lower_bound(limits.begin(), limits.end(), to,
                            [](const Limit& limit, Ipv4Address key) { return limit.to < key; });
  };
  auto at = position();
  if (at == limits.end() || at->to != to) {
    if (limits.size() >= kMaxLimits) limits.erase(limits.begin());
    at = limits.insert(position(), Limit{to, kBurst * kRateInterval.ns, env.now});
  }
  at->tokens = std::min(at->tokens + (env.now - at->last).ns, burst * kRateInterval.ns);
  at->last = env.now;
  if (at->tokens < kRateInterval.ns) {
    env.decisions.decide(Rule::ErrorRateLimited, to);
    return false;
  }
  at->tokens -= kRateInterval.ns;
  return true;
}

}  // namespace

bool withinRate(Limiter& limiter, const Env& env, Ipv4Address to, const Error& error) {
  const bool limited = error.type < 32 && (kRateMask >> error.type & 1) != 0;
  const bool pathMtu = error.type == kUnreachable && error.code == kFragmentationNeeded;
  if (!limited || pathMtu || to.isLoopback()) return true;
  return takeToken(limiter, env, to, kBurst);
}

bool withinRouteErrorRate(Limiter& limiter, const Env& env, Ipv4Address to) {
  return takeToken(limiter, env, to, kRouteErrorBurst);
}

}  // namespace hw::icmp
