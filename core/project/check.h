// What is wrong with a document as a network: names, links, addresses, routes. What cannot run is
// an error; what is unusual but runs as on Linux is a warning. An unfinished network may have
// errors and can still be edited and saved; it is not built.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/project/document.h"
#include "core/project/problem.h"

namespace hw::project {

/// A problem at a path of the document: "nodes/h1/interfaces/eth0/addresses/0", "links/3/ends/1".
/// The problem's place is not known here.
struct Finding {
  Problem problem;
  std::string path;
  bool atKey = false;  ///< the name at the end of the path is meant, not its value
};

/// All that is wrong, at most kMaxProblems errors and as many warnings. Nothing is said of the parts
/// in `skipped`: paths of nodes, links and notes. O(n log n)
std::vector<Finding> check(const Document& document, const std::set<std::string>& skipped = {});

}  // namespace hw::project
