#include "core/trace/pcapng_writer.h"

#include <algorithm>
#include <limits>
#include <span>
#include <string_view>

#include "core/base/check.h"
#include "core/trace/pcapng_format.h"

namespace hw::trace {
namespace {

constexpr std::uint8_t kNanoseconds = 9;
constexpr std::uint16_t kReceivedPackets = 4;  ///< isb_ifrecv

/// One block under construction, little-endian; the lengths are filled in at the end.
class Block {
 public:
  explicit Block(std::uint32_t type) {
    number(type, 4);
    number(0, 4);
  }
  void number(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i, value >>= 8) m_bytes.push_back(static_cast<char>(value & 0xFF));
  }
  void padded(std::string_view bytes) {
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    while (m_bytes.size() % 4 != 0) m_bytes.push_back(0);
  }
  void option(std::uint16_t code, std::string_view value) {
    number(code, 2);
    number(value.size(), 2);
    padded(value);
    m_options = true;
  }
  void option(std::uint16_t code, std::uint64_t value, int bytes) {
    number(code, 2);
    number(static_cast<std::uint64_t>(bytes), 2);
    number(value, bytes);
    padded({});
    m_options = true;
  }
  void writeTo(std::ostream& out) {
    if (m_options) number(pcapng::kEndOfOptions, 4);
    const std::uint64_t size = m_bytes.size() + 4;
    for (std::size_t i = 0; i < 4; ++i) m_bytes[4 + i] = static_cast<char>(size >> (8 * i) & 0xFF);
    number(size, 4);
    out.write(m_bytes.data(), static_cast<std::streamsize>(m_bytes.size()));
  }

 private:
  std::vector<char> m_bytes;
  bool m_options = false;
};

/// At most `limit` bytes, not ending within a UTF-8 character.
std::string_view clipped(std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return text;
  while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80) --limit;
  return text.substr(0, limit);
}

std::uint64_t unsignedTime(std::int64_t timeNs) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(timeNs, 0));
}

void addTime(Block& block, std::int64_t timeNs) {
  const std::uint64_t time = unsignedTime(timeNs);
  block.number(time >> 32, 4);
  block.number(time & 0xFFFFFFFF, 4);
}

}  // namespace

PcapngWriter::PcapngWriter(std::ostream& out) : m_out(&out) {
  Block block(pcapng::kSectionHeader);
  block.number(pcapng::kByteOrderMagic, 4);
  block.number(pcapng::kMajorVersion, 2);
  block.number(0, 2);
  block.number(std::numeric_limits<std::uint64_t>::max(),
               8);  // the length of the section is not known yet
  block.option(pcapng::kSectionApplication, "Hopwise " HOPWISE_VERSION);
  block.writeTo(out);
}

std::uint32_t PcapngWriter::addInterface(const CaptureInterface& interface) {
  HW_CHECK(m_packets.size() < kMaxInterfaces);
  Block block(pcapng::kInterfaceDescription);
  block.number(interface.linkType, 2);
  block.number(0, 2);
  block.number(kMaxPacketBytes, 4);
  if (!interface.name.empty())
    block.option(pcapng::kInterfaceName, clipped(interface.name, kMaxNameBytes));
  if (!interface.description.empty())
    block.option(pcapng::kInterfaceText, clipped(interface.description, kMaxNameBytes));
  if (interface.speed != 0) block.option(pcapng::kInterfaceSpeed, interface.speed, 8);
  block.option(pcapng::kTimeResolution, kNanoseconds, 1);
  block.writeTo(*m_out);
  m_packets.push_back(0);
  return static_cast<std::uint32_t>(m_packets.size() - 1);
}

void PcapngWriter::write(const CapturePacket& packet) {
  constexpr std::size_t kMaxOption = 65'535;
  HW_CHECK(packet.interface < m_packets.size());
  ++m_packets[packet.interface];
  const std::size_t captured = std::min<std::size_t>(packet.bytes.size(), kMaxPacketBytes);
  Block block(pcapng::kEnhancedPacket);
  block.number(packet.interface, 4);
  addTime(block, packet.timeNs);
  block.number(captured, 4);
  block.number(std::max<std::size_t>(packet.originalLength, packet.bytes.size()), 4);
  block.padded({reinterpret_cast<const char*>(packet.bytes.data()), captured});
  if (!packet.comment.empty()) block.option(pcapng::kComment, clipped(packet.comment, kMaxOption));
  if (packet.direction != Direction::Unknown)
    block.option(pcapng::kPacketFlags, static_cast<std::uint64_t>(packet.direction), 4);
  block.writeTo(*m_out);
}

void PcapngWriter::writeStatistics(std::int64_t timeNs) {
  for (std::size_t i = 0; i < m_packets.size(); ++i) {
    Block block(pcapng::kInterfaceStatistics);
    block.number(i, 4);
    addTime(block, timeNs);
    block.option(kReceivedPackets, m_packets[i], 8);
    block.writeTo(*m_out);
  }
}

}  // namespace hw::trace
