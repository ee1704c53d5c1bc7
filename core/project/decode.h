// From the tree to the document: the shape of the file, without its meaning.
#pragma once

#include <set>
#include <string>

#include "core/project/document.h"
#include "core/project/problem_list.h"
#include "core/project/yaml_tree.h"

namespace hw::project {

struct Decoded {
  Document document;
  /// The paths (check.h) of nodes, links and notes in which something was refused. They are in the
  /// document, incomplete, so that the others can be judged; what is found in them is no news.
  std::set<std::string> spoiled;
};

/// What could be understood; the rest stands in `problems`.
Decoded decode(const YamlTree& tree, ProblemList& problems);

}  // namespace hw::project
