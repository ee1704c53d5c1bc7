// Read first: RFC 4443 2.4; Linux net/ipv6/icmp.c for the rates.
#include "core/proto/icmp6/icmp6.h"

#include <algorithm>

namespace hw::icmp6 {
namespace {

constexpr Duration kRateInterval = seconds(1);  // net.ipv6.icmp.ratelimit
constexpr std::int64_t kBurst = 6;              // XRLIM_BURST_FACTOR

std::uint16_t checksumOf(ByteView message, Ipv6Address source, Ipv6Address destination) {
  ChecksumSum sum = ipv6::pseudoHeaderSum(source, destination, static_cast<std::uint32_t>(message.size()), ipv6::kIcmp);
  sum.add(message);
  return sum.checksum();
}

}  // namespace

std::vector<std::uint8_t> encodeError(const Error& error, const Bytes& datagram) {
  constexpr std::uint32_t kRoom = ipv6::kMinimumMtu - ipv6::kHeaderSize - kHeaderSize;
  const std::uint32_t quoted = std::min(datagram.size(), kRoom);
  std::vector<std::uint8_t> message(kHeaderSize + quoted);
  store(Header{error.type, error.code, 0, error.rest}, message.data());
  std::copy_n(datagram.data(), quoted, message.begin() + kHeaderSize);
  return message;
}

std::vector<std::uint8_t> encodeEcho(Type type, std::uint16_t identifier, std::uint16_t sequence, ByteView data) {
  std::vector<std::uint8_t> message(kHeaderSize + data.size());
  store(Header{type, 0, 0, std::uint32_t{identifier} << 16 | sequence}, message.data());
  std::copy(data.begin(), data.end(), message.begin() + kHeaderSize);
  return message;
}

void seal(std::vector<std::uint8_t>& message, Ipv6Address source, Ipv6Address destination) {
  store16(message.data() + 2, 0);
  store16(message.data() + 2, checksumOf(message, source, destination));
}

bool isSound(ByteView message, Ipv6Address source, Ipv6Address destination) {
  return checksumOf(message, source, destination) == 0;
}

bool mayComplain(const Env& env, const Complaint& about) {
  const bool group = about.toGroup || about.header.destination.isMulticast();
  if ((group && !about.mayAnswerGroup) || about.header.source.isAny() || about.header.source.isMulticast()) {
    env.decisions.decide(Rule::ErrorNotToGroup);
    return false;
  }
  // A cut message whose type cannot be read counts as an error.
  const bool icmp = about.protocol == ipv6::kIcmp;
  if (icmp && (about.payload.empty() || Header{about.payload[0], 0, 0, 0}.isError() || about.payload[0] == kRedirect)) {
    env.decisions.decide(Rule::ErrorNotAboutError);
    return false;
  }
  return true;
}

bool withinRate(Limiter& limiter, const Env& env, Ipv6Address to, std::uint8_t prefix, const Error& error) {
  if (error.type == kPacketTooBig || to.isLoopback()) return true;
  const std::int64_t interval = kRateInterval.ns >> ((128 - prefix) >> 5);
  auto& limits = limiter.limits;
  const auto position = [&] {
    return std::lower_bound(limits.begin(), limits.end(), to, [](const Limit& limit, Ipv6Address key) { return limit.to < key; });
  };
  auto at = position();
  if (at == limits.end() || at->to != to) {
    if (limits.size() >= kMaxLimits) limits.erase(limits.begin());
    at = limits.insert(position(), Limit{to, kBurst * interval, env.now});
  }
  at->tokens = std::min(at->tokens + (env.now - at->last).ns, kBurst * interval);
  at->last = env.now;
  if (at->tokens < interval) {
    env.decisions.decide(Rule::ErrorRateLimited, to);
    return false;
  }
  at->tokens -= interval;
  return true;
}

}  // namespace hw::icmp6
