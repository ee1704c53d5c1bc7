// Read first: Aumasson, Bernstein: SipHash, a fast short-input PRF (2012).
#include "core/proto/route/multipath.h"

#include <array>
#include <bit>
#include <utility>

namespace hw::route {
namespace {

using Words = std::array<std::uint64_t, 6>;

class Sip {
 public:
  explicit Sip(std::uint64_t key)
      : m_a(key ^ 0x736f6d6570736575u), m_b(key ^ 0x646f72616e646f6du), m_c(key ^ 0x6c7967656e657261u),
        m_d(key ^ 0x7465646279746573u) {}

  void take(std::uint64_t word) {
    m_d ^= word;
    round();
    round();
    m_a ^= word;
  }
  std::uint64_t finish() {
    m_c ^= 0xFF;
    for (int i = 0; i < 4; ++i) round();
    return m_a ^ m_b ^ m_c ^ m_d;
  }

 private:
  void round() {
    m_a += m_b, m_b = std::rotl(m_b, 13) ^ m_a, m_a = std::rotl(m_a, 32);
    m_c += m_d, m_d = std::rotl(m_d, 16) ^ m_c;
    m_a += m_d, m_d = std::rotl(m_d, 21) ^ m_a;
    m_c += m_b, m_b = std::rotl(m_b, 17) ^ m_c, m_c = std::rotl(m_c, 32);
  }
  std::uint64_t m_a, m_b, m_c, m_d;
};

/// A number as it stands in memory in network byte order, read by a little-endian machine.
constexpr std::uint32_t raw(Ipv4Address address) { return __builtin_bswap32(address.value); }
constexpr std::uint16_t raw(std::uint16_t port) { return __builtin_bswap16(port); }

}  // namespace

std::uint32_t flowHash(const Flow& flow, HashPolicy policy, std::uint32_t seed) {
  std::uint32_t source = raw(flow.source), destination = raw(flow.destination);
  if (destination < source) std::swap(source, destination);
  std::uint16_t from = 0, to = 0;
  std::uint8_t protocol = 0;
  if (policy == HashPolicy::AddressesAndPorts) {
    from = raw(flow.sourcePort), to = raw(flow.destinationPort), protocol = flow.protocol;
    if (to < from) std::swap(from, to);
  }
  // 48 bytes: protocol at 2, ports at 28, addresses at 36; the rest (labels, tags, keys) is zero.
  Words words{};
  words[0] = std::uint64_t{protocol} << 16;
  words[3] = static_cast<std::uint64_t>(std::uint32_t{to} << 16 | from) << 32;
  words[4] = static_cast<std::uint64_t>(source) << 32;
  words[5] = destination;
  Sip sip(std::uint64_t{seed} << 32 | seed);
  for (const std::uint64_t word : words) sip.take(word);
  sip.take(std::uint64_t{sizeof words} << 56);
  const auto hash = static_cast<std::uint32_t>(sip.finish());
  return (hash == 0 ? 1 : hash) >> 1;
}

}  // namespace hw::route
