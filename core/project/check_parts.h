// The parts of check.cpp.
#pragma once

#include "core/project/check.h"
#include "core/project/limits.h"

namespace hw::project {

class FindingList {
 public:
  explicit FindingList(const std::set<std::string>& skipped) : m_skipped(skipped) {}

  void add(Problem problem, std::string path, bool atKey = false) {
    if (isSkipped(path)) return;
    std::size_t& count = severityOf(problem) == Severity::Error ? m_errors : m_warnings;
    if (count++ < kMaxProblems) m_findings.push_back({std::move(problem), std::move(path), atKey});
  }
  /// True if nothing more would be taken.
  bool full() const { return m_errors >= kMaxProblems && m_warnings >= kMaxProblems; }
  bool takesErrors() const { return m_errors < kMaxProblems; }
  std::vector<Finding> take() { return std::move(m_findings); }

 private:
  /// The first two parts of a path name a node, link or note.
  bool isSkipped(const std::string& path) const {
    const std::size_t first = path.find('/');
    const std::size_t second = first == std::string::npos ? first : path.find('/', first + 1);
    return m_skipped.contains(path.substr(0, second));
  }
  const std::set<std::string>& m_skipped;
  std::vector<Finding> m_findings;
  std::size_t m_errors = 0;
  std::size_t m_warnings = 0;
};

/// Addresses, routes and neighbours of one node, of which `interfaces` are all (complete.h).
void checkNode(const Node& node, const std::vector<InterfaceSpec>& interfaces, FindingList& out);

inline std::string nodePath(const Node& node) { return "nodes/" + node.name; }
inline std::string interfacePath(const Node& node, std::string_view interface) {
  return nodePath(node).append("/interfaces/").append(interface);
}

}  // namespace hw::project
