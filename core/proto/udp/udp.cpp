// Read first: RFC 768; RFC 1122 4.1.3.
#include "core/proto/udp/udp.h"

#include <array>

namespace hw::udp {

Header makeHeader(Ipv4Address source, std::uint16_t sourcePort, Ipv4Address destination,
                  std::uint16_t destinationPort, ByteView payload) {
  const auto length = static_cast<std::uint16_t>(kHeaderSize + payload.size());
  ChecksumSum sum = pseudoHeaderSum(source, destination, length);
  sum.add16(sourcePort);
  sum.add16(destinationPort);
  sum.add16(length);
  sum.add(payload);
  const std::uint16_t checksum = sum.checksum();
  return {sourcePort, destinationPort, length, checksum == 0 ? std::uint16_t{0xFFFF} : checksum};
}

std::optional<Header> receive(const Env& env, Ipv4Address source, Ipv4Address destination,
                              const Frame& segment) {
  std::array<std::uint8_t, kHeaderSize> front{};
  const auto header = decode<Header>(ByteView(front).first(segment.copyTo(0, front)));
  if (!header || header->length < kHeaderSize || header->length > segment.size()) {
    env.decisions.decide(Rule::BadLength);
    return std::nullopt;
  }
  if (header->checksum != 0) {
    ChecksumSum sum = pseudoHeaderSum(source, destination, header->length);
    segment.addTo(sum, header->length);
    if (sum.checksum() != 0) {
      env.decisions.decide(Rule::BadChecksum);
      return std::nullopt;
    }
  }
  return *header;
}

}  // namespace hw::udp
