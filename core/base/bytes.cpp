#include "core/base/bytes.h"

#include <algorithm>
#include <cstring>

namespace hw {

Bytes::Bytes(ByteView bytes) : Bytes(std::vector<std::uint8_t>(bytes.begin(), bytes.end())) {}

Bytes::Bytes(std::vector<std::uint8_t> bytes) {
  if (bytes.empty()) return;
  m_owner = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
  m_data = m_owner->data();
  m_size = static_cast<std::uint32_t>(m_owner->size());
}

Bytes Bytes::slice(std::uint32_t from, std::uint32_t count) const {
  Bytes part;
  from = std::min(from, m_size);
  part.m_size = std::min(count, m_size - from);
  if (part.m_size == 0) return part;
  part.m_owner = m_owner;
  part.m_data = m_data + from;
  return part;
}

bool Bytes::operator==(const Bytes& other) const {
  return m_size == other.m_size &&
         (m_data == other.m_data || m_size == 0 || std::memcmp(m_data, other.m_data, m_size) == 0);
}

}  // namespace hw
