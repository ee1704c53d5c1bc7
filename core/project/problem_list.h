// The problems of one file while it is read: at most kMaxProblems errors and as many warnings.
#pragma once

#include <algorithm>
#include <vector>

#include "core/project/limits.h"
#include "core/project/problem.h"

namespace hw::project {

class ProblemList {
 public:
  void add(Problem problem) {
    std::size_t& count = severityOf(problem) == Severity::Error ? m_errors : m_warnings;
    if (count++ < kMaxProblems) m_problems.push_back(std::move(problem));
  }
  std::size_t errors() const { return m_errors; }
  /// True if more errors would not be reported: reading on is of no use.
  bool full() const { return m_errors >= kMaxProblems; }
  /// The problems in the order of the file; the list is empty afterwards.
  std::vector<Problem> take() {
    std::stable_sort(m_problems.begin(), m_problems.end(),
                     [](const Problem& a, const Problem& b) { return a.place < b.place; });
    return std::move(m_problems);
  }

 private:
  std::vector<Problem> m_problems;
  std::size_t m_errors = 0;
  std::size_t m_warnings = 0;
};

}  // namespace hw::project
