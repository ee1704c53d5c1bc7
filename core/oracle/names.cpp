#include "core/oracle/names.h"

#include <algorithm>

namespace hw::oracle {

std::string Names::name(const std::string& kind, const char* prefix, std::uint64_t value) {
  auto& known = m_names[kind];
  const auto at = known.find(value);
  if (at != known.end()) return at->second;
  return known[value] = prefix + std::to_string(known.size() + 1);
}

bool Names::isEphemeral(std::uint32_t port) const {
  if (port < 32768 || (port >= 33434 && port <= 33534)) return false;
  return std::find(m_kept.begin(), m_kept.end(), port) == m_kept.end();
}

}  // namespace hw::oracle
