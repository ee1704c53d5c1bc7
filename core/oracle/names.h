// Names for values that are picked at random, in the order of their first appearance: e1, i1, p1.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cstdint>

namespace hw::oracle {

class Names {
 public:
  explicit Names(std::vector<std::uint32_t> keptPorts = {}) : m_kept(std::move(keptPorts)) {}

  /// The same name for the same value of a kind: `prefix` and a number.
  std::string name(const std::string& kind, const char* prefix, std::uint64_t value);
  /// The number of the SYN of a flow of TCP segments, by both ends.
  void noteSyn(const std::string& flow, std::uint32_t sequence) { m_syns[flow] = sequence; }
  std::optional<std::uint32_t> synOf(const std::string& flow) const {
    const auto at = m_syns.find(flow);
    return at == m_syns.end() ? std::nullopt : std::optional(at->second);
  }
  /// True for a port that a kernel picked: 32768 and up, but for traceroute's 33434 to 33534.
  bool isEphemeral(std::uint32_t port) const;

 private:
  std::vector<std::uint32_t> m_kept;
  std::map<std::string, std::map<std::uint64_t, std::string>> m_names;
  std::map<std::string, std::uint32_t> m_syns;
};

}  // namespace hw::oracle
