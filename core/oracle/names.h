// Names for values that are picked at random, in the order of their first appearance: e1, i1, p1.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <cstdint>

namespace hw::oracle {

class Names {
 public:
  explicit Names(std::vector<std::uint32_t> keptPorts = {}) : m_kept(std::move(keptPorts)) {}

  /// The same name for the same value of a kind: `prefix` and a number.
  std::string name(const std::string& kind, const char* prefix, std::uint64_t value);
  /// True for a port that a kernel picked: 32768 and up, but for traceroute's 33434 to 33534.
  bool isEphemeral(std::uint32_t port) const;

 private:
  std::vector<std::uint32_t> m_kept;
  std::map<std::string, std::map<std::uint64_t, std::string>> m_names;
};

}  // namespace hw::oracle
