// Immutable, shared bytes. A Bytes is a slice of one buffer: fragments and segments of a datagram
// are slices of the same payload, and copying a slice copies no byte.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace hw {

using ByteView = std::span<const std::uint8_t>;

class Bytes {
 public:
  Bytes() = default;
  /// Takes a copy of the bytes.
  explicit Bytes(ByteView bytes);
  explicit Bytes(std::vector<std::uint8_t> bytes);

  std::uint32_t size() const { return m_size; }
  bool empty() const { return m_size == 0; }
  ByteView view() const { return {m_data, m_size}; }
  const std::uint8_t* data() const { return m_data; }
  std::uint8_t operator[](std::size_t i) const { return m_data[i]; }

  /// The bytes [from, from + count), clipped to what is there.
  Bytes slice(std::uint32_t from, std::uint32_t count = UINT32_MAX) const;
  /// Identity of the shared buffer, for counting each once.
  const void* buffer() const { return m_owner.get(); }

  bool operator==(const Bytes& other) const;

 private:
  std::shared_ptr<const std::vector<std::uint8_t>> m_owner;
  const std::uint8_t* m_data = nullptr;
  std::uint32_t m_size = 0;
};

inline ByteView asBytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace hw
