// draft-ietf-opsawg-pcap (pcap) and the common part; pcapng is read in pcapng_reader.cpp.
#include "core/trace/capture_reader.h"

#include <array>
#include <limits>

namespace hw::trace {
namespace {

constexpr std::uint32_t kMagicMicro = 0xA1B2C3D4;
constexpr std::uint32_t kMagicNano = 0xA1B23C4D;
constexpr std::uint32_t kMagicPcapng = 0x0A0D0D0A;
constexpr std::uint16_t kPcapMajor = 2;

__extension__ using Wide = __int128;

std::int64_t saturated(Wide value) {
  constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();
  constexpr Wide kLeast = std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value > kMost ? kMost : value < kLeast ? kLeast : value);
}

Wide powerOfTen(unsigned exponent) {
  Wide power = 1;
  for (unsigned i = 0; i < exponent; ++i) power *= 10;
  return power;
}

std::uint32_t swapped(std::uint32_t value) {
  return value >> 24 | (value >> 8 & 0xFF00) | (value << 8 & 0xFF0000) | value << 24;
}

}  // namespace

std::int64_t TimeScale::nanoseconds(std::uint64_t ticks) const {
  constexpr unsigned kNano = 9, kMostDigits = 28;
  const unsigned exponent = resolution & 0x7F;
  Wide ns = ticks;
  if ((resolution & 0x80) != 0)
    ns = ns * 1'000'000'000 >> exponent;
  else if (exponent <= kNano)
    ns *= powerOfTen(kNano - exponent);
  else
    ns = exponent - kNano > kMostDigits ? 0 : ns / powerOfTen(exponent - kNano);
  return saturated(ns + static_cast<Wide>(offsetSeconds) * 1'000'000'000);
}

Expected<CaptureReader, CaptureError> CaptureReader::open(std::istream& in) {
  CaptureReader reader(in);
  std::array<std::uint8_t, 4> head;
  if (auto got = reader.m_bytes.read(head); !got) return unexpected(got.error());
  const std::uint32_t magic = ByteOrder{true}.u32(head.data());
  reader.m_pcapng = magic == kMagicPcapng;
  const auto status = reader.m_pcapng ? reader.readSectionHeader(0) : reader.readPcapHeader(magic);
  if (!status) return unexpected(status.error());
  return reader;
}

Expected<std::optional<CapturePacket>, CaptureError> CaptureReader::next() {
  return m_pcapng ? nextPcapngPacket() : nextPcapRecord();
}

CaptureReader::Status CaptureReader::readPcapHeader(std::uint32_t magic) {
  const bool swappedOrder = swapped(magic) == kMagicMicro || swapped(magic) == kMagicNano;
  m_order.big = !swappedOrder;
  const std::uint32_t known = swappedOrder ? swapped(magic) : magic;
  if (known != kMagicMicro && known != kMagicNano)
    return unexpected(FileBytes::error(CaptureProblem::UnknownMagic, 0, magic));
  std::array<std::uint8_t, 20> rest;
  if (auto got = m_bytes.read(rest); !got) return got;
  const std::uint16_t major = m_order.u16(rest.data());
  if (major != kPcapMajor)
    return unexpected(FileBytes::error(CaptureProblem::UnsupportedVersion, 4, major));
  CaptureInterface interface;
  // The upper bits of the link type tell of a check sequence at the end of the frames.
  interface.linkType = static_cast<std::uint16_t>(m_order.u32(rest.data() + 16) & 0xFFFF);
  m_interfaces.push_back(std::move(interface));
  m_scales.push_back({{static_cast<std::uint8_t>(known == kMagicNano ? 9 : 6), 0}, 0});
  return {};
}

CaptureReader::Next CaptureReader::nextPcapRecord() {
  if (m_bytes.atEnd()) return std::nullopt;
  const std::uint64_t offset = m_bytes.offset();
  std::array<std::uint8_t, 16> head;
  if (auto got = m_bytes.read(head); !got) return unexpected(got.error());
  const std::uint32_t captured = m_order.u32(head.data() + 8);
  if (captured > kMaxPacketBytes)
    return unexpected(FileBytes::error(CaptureProblem::PacketTooLong, offset + 8, captured));
  CapturePacket packet;
  const TimeScale fraction{m_scales[0].time.resolution, m_order.u32(head.data())};
  packet.timeNs = fraction.nanoseconds(m_order.u32(head.data() + 4));
  packet.originalLength = std::max(m_order.u32(head.data() + 12), captured);
  packet.bytes.resize(captured);
  if (auto got = m_bytes.read(packet.bytes); !got) return unexpected(got.error());
  return packet;
}

}  // namespace hw::trace
