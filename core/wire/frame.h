// A frame on its way: a small header block of its own plus a slice of shared payload bytes.
// Forwarding patches the header block in place; fragments and segments share one payload.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "core/base/bytes.h"
#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/wire/checksum.h"

namespace hw {

class Frame {
 public:
  static constexpr std::uint32_t kHeadCapacity = 100;

  Frame() = default;
  /// A frame of these bytes: as many as fit go to the header block.
  explicit Frame(ByteView bytes);
  /// `tail` with an empty header block in front, to be filled with pushFront().
  explicit Frame(Bytes tail) : m_tail(std::move(tail)) {}

  std::uint32_t size() const { return m_headSize + m_tail.size(); }
  std::uint32_t headSize() const { return m_headSize; }
  const std::uint8_t* head() const { return m_head.data(); }
  /// The header block for patching in place.
  std::uint8_t* head() { return m_head.data(); }
  const Bytes& tail() const { return m_tail; }

  /// Makes the first `count` bytes contiguous in the header block; false if the frame is shorter or
  /// `count` exceeds the capacity.
  bool ensureHead(std::uint32_t count) {
    return count <= m_headSize || pullIntoHead(count);
  }
  /// Room for `count` new bytes in front; the caller fills head()[0, count).
  std::uint8_t* pushFront(std::uint32_t count);
  /// Drops the first `count` bytes.
  void popFront(std::uint32_t count);
  /// Keeps the first `count` bytes.
  void truncate(std::uint32_t count);
  /// Zero bytes at the end until the frame has `size` bytes (padding of IEEE 802.3 3.2.8).
  void padTo(std::uint32_t size);

  /// The bytes [from, size) as one shared slice; copies only those in the header block.
  Bytes bytesFrom(std::uint32_t from) const;
  /// Copies the bytes [from, from + out.size()) clipped to the frame; result: how many.
  std::uint32_t copyTo(std::uint32_t from, std::span<std::uint8_t> out) const;
  std::vector<std::uint8_t> toVector() const;

  /// Adds the first `count` bytes to a checksum.
  void addTo(ChecksumSum& sum, std::uint32_t count) const;

  bool operator==(const Frame& other) const;
  void hashInto(Hasher& h) const;
  void dumpInto(std::vector<struct DumpLine>& out, const std::string& path) const;

 private:
  bool pullIntoHead(std::uint32_t count);

  std::array<std::uint8_t, kHeadCapacity> m_head;
  std::uint32_t m_headSize = 0;
  Bytes m_tail;
};

}  // namespace hw
