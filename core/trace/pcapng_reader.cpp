// draft-ietf-opsawg-pcapng: sections of blocks, each with its length in front and behind.
#include <algorithm>
#include <array>
#include <cstring>

#include "core/trace/capture_reader.h"
#include "core/trace/pcapng_format.h"

namespace hw::trace {
namespace {

constexpr std::uint32_t kFrame = 12;         ///< type and both lengths of a block
constexpr std::uint32_t kEnhancedHead = 20;  ///< of the body, before the packet
constexpr std::uint32_t kInterfaceHead = 8;

constexpr std::uint32_t padded(std::uint32_t size) {
  return (size + 3) & ~3u;
}

struct Option {
  std::uint16_t code = 0;
  std::span<const std::uint8_t> value;
  std::string text() const { return {reinterpret_cast<const char*>(value.data()), value.size()}; }
};

/// Calls `use(option, offset)` for each option in `bytes`, which start at `offset` of the file.
template <class Use>
Expected<void, CaptureError> forEachOption(std::span<const std::uint8_t> bytes,
                                           std::uint64_t offset, ByteOrder order, Use&& use) {
  while (bytes.size() >= 4) {
    const Option option{order.u16(bytes.data()), {}};
    const std::uint32_t size = order.u16(bytes.data() + 2);
    if (option.code == pcapng::kEndOfOptions) return {};
    if (size > bytes.size() - 4)
      return unexpected(FileBytes::error(CaptureProblem::OptionPastBlock, offset, size));
    if (auto used = use(Option{option.code, bytes.subspan(4, size)}, offset); !used) return used;
    const std::size_t step = std::min<std::size_t>(4 + padded(size), bytes.size());
    bytes = bytes.subspan(step);
    offset += step;
  }
  return {};
}

}  // namespace

CaptureReader::Status CaptureReader::readSectionHeader(std::uint64_t offset) {
  std::array<std::uint8_t, 12> head;  // length, byte order, version
  if (auto got = m_bytes.read(head); !got) return got;
  const std::uint32_t magic = ByteOrder{true}.u32(head.data() + 4);
  m_order.big = magic == pcapng::kByteOrderMagic;
  if (m_order.u32(head.data() + 4) != pcapng::kByteOrderMagic)
    return unexpected(FileBytes::error(CaptureProblem::BadByteOrder, offset + 8, magic));
  const std::uint32_t length = m_order.u32(head.data());
  if (length % 4 != 0 || length < pcapng::kSectionBytes)
    return unexpected(FileBytes::error(CaptureProblem::BadBlockLength, offset + 4, length));
  const std::uint16_t major = m_order.u16(head.data() + 8);
  if (major != pcapng::kMajorVersion)
    return unexpected(FileBytes::error(CaptureProblem::UnsupportedVersion, offset + 12, major));
  m_firstOfSection = m_interfaces.size();
  // The section's length and its options are of no use to us.
  if (auto skipped = m_bytes.skip(length - 16 - 4); !skipped) return skipped;
  return finishBlock(length);
}

Expected<std::uint32_t, CaptureError> CaptureReader::readBlockLength(std::uint64_t offset) {
  std::array<std::uint8_t, 4> bytes;
  if (auto got = m_bytes.read(bytes); !got) return unexpected(got.error());
  const std::uint32_t length = m_order.u32(bytes.data());
  if (length % 4 == 0 && length >= kFrame) return length;
  return unexpected(FileBytes::error(CaptureProblem::BadBlockLength, offset + 4, length));
}

CaptureReader::Status CaptureReader::finishBlock(std::uint32_t length) {
  const std::uint64_t offset = m_bytes.offset();
  std::array<std::uint8_t, 4> bytes;
  if (auto got = m_bytes.read(bytes); !got) return got;
  const std::uint32_t again = m_order.u32(bytes.data());
  if (again == length) return {};
  return unexpected(FileBytes::error(CaptureProblem::BlockLengthsDiffer, offset, again));
}

CaptureReader::Status CaptureReader::readBody(Block& block, std::uint32_t length) {
  if (length > kMaxBlockBytes)
    return unexpected(FileBytes::error(CaptureProblem::BlockTooLong, block.offset + 4, length));
  block.body.resize(length - kFrame);
  if (auto got = m_bytes.read(block.body); !got) return got;
  return finishBlock(length);
}

CaptureReader::Next CaptureReader::nextPcapngPacket() {
  while (!m_bytes.atEnd()) {
    Block block;
    block.offset = m_bytes.offset();
    std::array<std::uint8_t, 4> type;
    if (auto got = m_bytes.read(type); !got) return unexpected(got.error());
    block.type = m_order.u32(type.data());
    if (block.type == pcapng::kSectionHeader) {
      if (auto section = readSectionHeader(block.offset); !section)
        return unexpected(section.error());
      continue;
    }
    const auto length = readBlockLength(block.offset);
    if (!length) return unexpected(length.error());
    const bool known = block.type == pcapng::kInterfaceDescription ||
                       block.type == pcapng::kEnhancedPacket ||
                       block.type == pcapng::kSimplePacket || block.type == pcapng::kOldPacket;
    auto body = known ? readBody(block, *length) : m_bytes.skip(*length - kFrame);
    if (body && !known) body = finishBlock(*length);
    if (!body) return unexpected(body.error());
    switch (block.type) {
    case pcapng::kEnhancedPacket:
      return enhancedPacket(block);
    case pcapng::kSimplePacket:
      return simplePacket(block);
    case pcapng::kOldPacket:
      return oldPacket(block);
    case pcapng::kInterfaceDescription:
      if (auto added = addInterface(block); !added) return unexpected(added.error());
      break;
    default:
      break;
    }
  }
  return std::nullopt;
}

CaptureReader::Status CaptureReader::addInterface(const Block& block) {
  if (m_interfaces.size() >= kMaxInterfaces)
    return unexpected(
        FileBytes::error(CaptureProblem::TooManyInterfaces, block.offset, m_interfaces.size() + 1));
  if (block.body.size() < kInterfaceHead)
    return unexpected(FileBytes::error(CaptureProblem::BadBlockLength, block.offset + 4,
                                       block.body.size() + kFrame));
  CaptureInterface interface;
  Scale scale;
  interface.linkType = m_order.u16(block.body.data());
  scale.snapLength = m_order.u32(block.body.data() + 4);
  const auto use = [&](const Option& option, std::uint64_t offset) -> Status {
    const bool name = option.code == pcapng::kInterfaceName;
    if (name || option.code == pcapng::kInterfaceText) {
      if (option.value.size() > kMaxNameBytes)
        return unexpected(
            FileBytes::error(CaptureProblem::NameTooLong, offset, option.value.size()));
      (name ? interface.name : interface.description) = option.text();
    } else if (option.code == pcapng::kInterfaceSpeed && option.value.size() >= 8) {
      interface.speed = m_order.u64(option.value.data());
    } else if (option.code == pcapng::kTimeResolution && !option.value.empty()) {
      scale.time.resolution = option.value[0];
    } else if (option.code == pcapng::kTimeOffset && option.value.size() >= 8) {
      scale.time.offsetSeconds = static_cast<std::int64_t>(m_order.u64(option.value.data()));
    }
    return {};
  };
  const auto options = std::span(block.body).subspan(kInterfaceHead);
  if (auto all = forEachOption(options, block.offset + 8 + kInterfaceHead, m_order, use); !all)
    return all;
  m_interfaces.push_back(std::move(interface));
  m_scales.push_back(scale);
  return {};
}

CaptureReader::Next CaptureReader::enhancedPacket(const Block& block) {
  if (block.body.size() < kEnhancedHead)
    return unexpected(FileBytes::error(CaptureProblem::BadBlockLength, block.offset + 4,
                                       block.body.size() + kFrame));
  const std::uint8_t* head = block.body.data();
  const std::uint64_t index = m_firstOfSection + m_order.u32(head);
  if (index >= m_interfaces.size())
    return unexpected(
        FileBytes::error(CaptureProblem::UnknownInterface, block.offset + 8, m_order.u32(head)));
  const std::uint32_t captured = m_order.u32(head + 12);
  if (captured > kMaxPacketBytes)
    return unexpected(FileBytes::error(CaptureProblem::PacketTooLong, block.offset + 20, captured));
  if (captured > block.body.size() - kEnhancedHead)
    return unexpected(
        FileBytes::error(CaptureProblem::PacketPastBlock, block.offset + 20, captured));
  CapturePacket packet;
  packet.interface = static_cast<std::uint32_t>(index);
  const std::uint64_t ticks =
      static_cast<std::uint64_t>(m_order.u32(head + 4)) << 32 | m_order.u32(head + 8);
  packet.timeNs = m_scales[index].time.nanoseconds(ticks);
  packet.originalLength = std::max(m_order.u32(head + 16), captured);
  packet.bytes.assign(head + kEnhancedHead, head + kEnhancedHead + captured);
  const auto use = [&](const Option& option, std::uint64_t) -> Status {
    if (option.code == pcapng::kComment) {
      if (!packet.comment.empty()) packet.comment += '\n';
      packet.comment += option.text();
    } else if (option.code == pcapng::kPacketFlags && option.value.size() >= 4) {
      packet.direction =
          static_cast<Direction>(std::min<std::uint32_t>(m_order.u32(option.value.data()) & 3, 2));
    }
    return {};
  };
  const std::size_t end =
      std::min<std::size_t>(kEnhancedHead + padded(captured), block.body.size());
  const auto options = std::span(block.body).subspan(end);
  if (auto all = forEachOption(options, block.offset + 8 + end, m_order, use); !all)
    return unexpected(all.error());
  return packet;
}

CaptureReader::Next CaptureReader::simplePacket(const Block& block) {
  if (block.body.size() < 4)
    return unexpected(FileBytes::error(CaptureProblem::BadBlockLength, block.offset + 4,
                                       block.body.size() + kFrame));
  if (m_firstOfSection >= m_interfaces.size())
    return unexpected(FileBytes::error(CaptureProblem::UnknownInterface, block.offset, 0));
  CapturePacket packet;
  packet.interface = static_cast<std::uint32_t>(m_firstOfSection);
  packet.originalLength = m_order.u32(block.body.data());
  std::uint32_t captured =
      std::min(packet.originalLength, static_cast<std::uint32_t>(block.body.size() - 4));
  const std::uint32_t snap = m_scales[m_firstOfSection].snapLength;
  if (snap != 0) captured = std::min(captured, snap);
  if (captured > kMaxPacketBytes)
    return unexpected(FileBytes::error(CaptureProblem::PacketTooLong, block.offset + 8, captured));
  packet.bytes.assign(block.body.begin() + 4, block.body.begin() + 4 + captured);
  return packet;
}

/// The obsolete packet block: as the enhanced one, with a 16-bit interface and a drop counter.
CaptureReader::Next CaptureReader::oldPacket(const Block& block) {
  Block enhanced = block;
  if (enhanced.body.size() >= 4) {
    const std::uint16_t index = m_order.u16(enhanced.body.data());
    std::fill_n(enhanced.body.begin(), 4, std::uint8_t{0});
    const std::size_t at = m_order.big ? 2 : 0;
    enhanced.body[at] = static_cast<std::uint8_t>(m_order.big ? index >> 8 : index);
    enhanced.body[at + 1] = static_cast<std::uint8_t>(m_order.big ? index : index >> 8);
  }
  return enhancedPacket(enhanced);
}

}  // namespace hw::trace
