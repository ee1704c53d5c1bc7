#include "core/wire/frame.h"

#include <algorithm>

#include "core/base/dump.h"

namespace hw {

Frame::Frame(ByteView bytes) {
  m_headSize = static_cast<std::uint32_t>(std::min<std::size_t>(bytes.size(), kHeadCapacity));
  std::memcpy(m_head.data(), bytes.data(), m_headSize);
  if (bytes.size() > m_headSize) m_tail = Bytes(bytes.subspan(m_headSize));
}

bool Frame::pullIntoHead(std::uint32_t count) {
  if (count > kHeadCapacity || count > size()) return false;
  const std::uint32_t more = count - m_headSize;
  std::memcpy(m_head.data() + m_headSize, m_tail.data(), more);
  m_headSize = count;
  m_tail = m_tail.slice(more);
  return true;
}

std::uint8_t* Frame::pushFront(std::uint32_t count) {
  HW_CHECK(count <= kHeadCapacity);
  if (m_headSize + count > kHeadCapacity) {
    m_tail = bytesFrom(0);
    m_headSize = 0;
  }
  std::memmove(m_head.data() + count, m_head.data(), m_headSize);
  m_headSize += count;
  return m_head.data();
}

void Frame::popFront(std::uint32_t count) {
  if (count >= m_headSize) {
    m_tail = m_tail.slice(count - m_headSize);
    m_headSize = 0;
    return;
  }
  m_headSize -= count;
  std::memmove(m_head.data(), m_head.data() + count, m_headSize);
}

void Frame::truncate(std::uint32_t count) {
  if (count >= size()) return;
  m_tail = m_tail.slice(0, count - std::min(count, m_headSize));
  m_headSize = std::min(count, m_headSize);
}

void Frame::padTo(std::uint32_t wanted) {
  if (size() >= wanted) return;
  if (wanted <= kHeadCapacity && ensureHead(size())) {
    std::memset(m_head.data() + m_headSize, 0, wanted - m_headSize);
    m_headSize = wanted;
    return;
  }
  std::vector<std::uint8_t> whole = toVector();
  whole.resize(wanted, 0);
  *this = Frame(ByteView(whole));
}

Bytes Frame::bytesFrom(std::uint32_t from) const {
  if (from >= m_headSize) return m_tail.slice(from - m_headSize);
  std::vector<std::uint8_t> bytes(size() - from);
  copyTo(from, bytes);
  return Bytes(std::move(bytes));
}

std::uint32_t Frame::copyTo(std::uint32_t from, std::span<std::uint8_t> out) const {
  if (from >= size()) return 0;
  const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(out.size(), size() - from));
  std::uint32_t done = 0;
  if (from < m_headSize) {
    done = std::min(count, m_headSize - from);
    std::memcpy(out.data(), m_head.data() + from, done);
  }
  if (done < count) {
    const std::uint32_t at = from + done - m_headSize;
    std::memcpy(out.data() + done, m_tail.data() + at, count - done);
  }
  return count;
}

std::vector<std::uint8_t> Frame::toVector() const {
  std::vector<std::uint8_t> bytes(size());
  copyTo(0, bytes);
  return bytes;
}

void Frame::addTo(ChecksumSum& sum, std::uint32_t count) const {
  if (m_headSize % 2 != 0 && count > m_headSize) return sum.add(bytesFrom(0).slice(0, count).view());
  const std::uint32_t inHead = std::min(count, m_headSize);
  sum.add({m_head.data(), inHead});
  sum.add(m_tail.view().first(count - inHead));
}

bool Frame::operator==(const Frame& other) const {
  if (size() != other.size()) return false;
  if (m_headSize == other.m_headSize)
    return std::memcmp(m_head.data(), other.m_head.data(), m_headSize) == 0 && m_tail == other.m_tail;
  return toVector() == other.toVector();
}

void Frame::hashInto(Hasher& h) const { h.add(toVector()); }

void Frame::dumpInto(Dump& out, const std::string& path) const {
  out.push_back({path, hexText(toVector())});
}

}  // namespace hw
