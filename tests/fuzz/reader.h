// A fuzzer's bytes, taken from the front; zeros when there are no more.
#pragma once

#include <algorithm>

#include "core/base/bytes.h"

namespace hw::fuzz {

class Reader {
 public:
  explicit Reader(ByteView bytes) : m_rest(bytes) {}

  bool atEnd() const { return m_rest.empty(); }
  std::uint8_t byte() { return m_rest.empty() ? std::uint8_t{0} : take(1)[0]; }
  std::uint32_t number() { return static_cast<std::uint32_t>(byte() << 8 | byte()); }
  ByteView take(std::size_t count) {
    const ByteView front = m_rest.first(std::min(count, m_rest.size()));
    m_rest = m_rest.subspan(front.size());
    return front;
  }

 private:
  ByteView m_rest;
};

}  // namespace hw::fuzz
