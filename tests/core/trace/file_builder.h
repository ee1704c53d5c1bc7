// Capture files byte by byte, in either byte order, also wrong ones.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hw::trace {

class FileBuilder {
 public:
  struct Record {
    std::uint32_t seconds;
    std::uint32_t fraction;
    std::uint32_t originalLength;
  };

  explicit FileBuilder(bool big) : m_big(big) {}
  const std::string& bytes() const { return m_bytes; }

  FileBuilder& u16(std::uint32_t value) { return number(value, 2); }
  FileBuilder& u32(std::uint64_t value) { return number(value, 4); }
  FileBuilder& zeros(std::size_t count) {
    m_bytes.append(count, '\0');
    return *this;
  }
  /// The bytes and zeros up to a multiple of four.
  FileBuilder& raw(std::span<const std::uint8_t> bytes) {
    m_bytes.append(bytes.begin(), bytes.end());
    return padded();
  }
  FileBuilder& option(std::uint32_t code, std::string_view value) {
    u16(code).u16(static_cast<std::uint32_t>(value.size()));
    m_bytes += value;
    return padded();
  }
  FileBuilder& endOfOptions() { return u32(0); }

  FileBuilder& beginBlock(std::uint32_t type) {
    m_start = m_bytes.size();
    return u32(type).u32(0);
  }
  FileBuilder& endBlock() {
    const std::size_t size = m_bytes.size() - m_start + 4;
    u32(size);
    m_bytes.replace(m_start + 4, 4, m_bytes.substr(m_bytes.size() - 4));
    return *this;
  }
  FileBuilder& sectionHeader() {
    return beginBlock(0x0A0D0D0A)
        .u32(0x1A2B3C4D)
        .u16(1)
        .u16(0)
        .u32(0xFFFFFFFF)
        .u32(0xFFFFFFFF)
        .endBlock();
  }
  FileBuilder& interface() { return beginBlock(1).u16(1).u16(0).u32(0).endBlock(); }

  FileBuilder& pcapHeader(std::uint32_t magic, std::uint32_t linkType) {
    return u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65535).u32(linkType);
  }
  FileBuilder& pcapRecord(Record record, std::span<const std::uint8_t> bytes) {
    u32(record.seconds).u32(record.fraction).u32(bytes.size()).u32(record.originalLength);
    m_bytes.append(bytes.begin(), bytes.end());
    return *this;
  }

 private:
  FileBuilder& number(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) {
      const int shift = 8 * (m_big ? bytes - 1 - i : i);
      m_bytes += static_cast<char>(value >> shift & 0xFF);
    }
    return *this;
  }
  FileBuilder& padded() {
    while (m_bytes.size() % 4 != 0) m_bytes += '\0';
    return *this;
  }

  bool m_big;
  std::size_t m_start = 0;
  std::string m_bytes;
};

}  // namespace hw::trace
