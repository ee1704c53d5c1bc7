// Read first: RFC 2784 2; RFC 2890 2; Linux net/ipv4/gre_demux.c and ip_tunnel.c in behaviour.
#include "core/proto/tunnel/tunnel.h"

#include "core/proto/gre/gre_wire.h"
#include "core/wire/byte_order.h"
#include "core/wire/checksum.h"

namespace hw::tunnel {

std::string_view name(Mode mode) {
  switch (mode) {
    case Mode::Gre: return "gre";
    case Mode::Gretap: return "gretap";
    case Mode::Ipip: return "ipip";
    case Mode::Sit: return "sit";
  }
  return "";
}

std::uint32_t Config::headerSize() const {
  if (isBare()) return 0;
  return gre::kHeaderSize + (outChecksum ? 4u : 0u) + (outKey ? 4u : 0u) + (outSequence ? 4u : 0u);
}

void wrap(const Config& config, State& state, std::uint16_t type, Frame& passenger) {
  if (config.isBare()) return;
  std::uint8_t* const head = passenger.pushFront(config.headerSize());
  gre::Header header{0, config.mode == Mode::Gretap ? gre::kBridged : type};
  std::uint32_t at = gre::kHeaderSize;
  if (config.outChecksum) {
    header.flags |= gre::kChecksumBit;
    store32(head + at, 0);
    at += 4;
  }
  if (config.outKey) {
    header.flags |= gre::kKeyBit;
    store32(head + at, *config.outKey);
    at += 4;
  }
  if (config.outSequence) {
    header.flags |= gre::kSequenceBit;
    store32(head + at, state.nextOut++);
  }
  store(header, head);
  if (!config.outChecksum) return;
  ChecksumSum sum;
  passenger.addTo(sum, passenger.size());
  store16(passenger.head() + gre::kHeaderSize, sum.checksum());
}

std::optional<Received> readGre(ByteView bytes) {
  if (bytes.size() < gre::kHeaderSize) return std::nullopt;
  const auto header = load<gre::Header>(bytes.data());
  constexpr std::uint16_t kKnown = gre::kChecksumBit | gre::kKeyBit | gre::kSequenceBit;
  if ((header.flags & ~kKnown) != 0) return std::nullopt;  // version, source routes, recursion
  Received received;
  received.type = header.protocol;
  std::uint32_t at = gre::kHeaderSize;
  const auto field = [&]() -> std::optional<std::uint32_t> {
    if (at + 4 > bytes.size()) return std::nullopt;
    at += 4;
    return load32(bytes.data() + at - 4);
  };
  received.checksum = (header.flags & gre::kChecksumBit) != 0;
  if (received.checksum && !field()) return std::nullopt;
  if ((header.flags & gre::kKeyBit) != 0 && !(received.key = field())) return std::nullopt;
  if ((header.flags & gre::kSequenceBit) != 0 && !(received.sequence = field())) return std::nullopt;
  received.size = at;
  received.checksumGood = !received.checksum || internetChecksum(bytes) == 0;
  return received;
}

bool accepts(const Config& config, State& state, const Env& env, InterfaceId port, const Received& header) {
  if (!header.checksumGood || header.checksum != config.inChecksum) {
    env.decisions.decide(Rule::ChecksumWrong, port);
    return false;
  }
  if (!config.inSequence) return true;
  const bool old = header.sequence && state.expected != 0 && static_cast<std::int32_t>(*header.sequence - state.expected) < 0;
  if (!header.sequence || old) {
    env.decisions.decide(Rule::OutOfOrder, port, header.sequence.value_or(0));
    return false;
  }
  state.expected = *header.sequence + 1;
  return true;
}

}  // namespace hw::tunnel
