// Any bytes: what decodes is encoded to the same bytes, what parses prints as something that parses
// to the same.
#include <algorithm>
#include <array>

#include "core/base/check.h"
#include "core/proto/arp/arp_wire.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/icmp/icmp_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/udp/udp_wire.h"
#include "core/wire/checksum.h"

namespace {

template <class H> void decodesAndEncodes(hw::ByteView bytes) {
  const auto header = hw::decode<H>(bytes);
  HW_CHECK(header.has_value() == (bytes.size() >= hw::Schema<H>::info.bytes));
  if (!header) return;
  std::array<std::uint8_t, hw::Schema<H>::info.bytes> again{};
  std::copy_n(bytes.begin(), again.size(), again.begin());
  hw::store(*header, again.data());
  HW_CHECK(std::equal(again.begin(), again.end(), bytes.begin()));
}

template <class A> void parsesAndPrints(std::string_view text) {
  const auto address = A::parse(text);
  if (address) HW_CHECK(A::parse(address->text()) == address);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const hw::ByteView bytes{data, size};
  decodesAndEncodes<hw::ethernet::Header>(bytes);
  decodesAndEncodes<hw::arp::Header>(bytes);
  decodesAndEncodes<hw::ipv4::Header>(bytes);
  decodesAndEncodes<hw::icmp::Header>(bytes);
  decodesAndEncodes<hw::udp::Header>(bytes);
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  parsesAndPrints<hw::MacAddress>(text);
  parsesAndPrints<hw::Ipv4Address>(text);
  parsesAndPrints<hw::Ipv4Prefix>(text);
  return 0;
}
