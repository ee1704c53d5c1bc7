// From the text of a project file to its document.
#pragma once

#include <string_view>

#include "core/base/expected.h"
#include "core/project/document.h"
#include "core/project/problem.h"

namespace hw::project {

/// A document that could be read whole. Its problems are about its meaning: while an error is among
/// them the network can be edited and saved, but not run.
struct Loaded {
  Document document;
  std::string file;
  std::vector<Problem> problems;  ///< in the order of the file
  bool runs() const;
};

/// The document that the text describes, or all that is wrong with it: at most kMaxProblems errors
/// and as many warnings. `file` is only a name for messages. Costs at most 16 MB and some
/// milliseconds for each 10 kB, whatever the text is.
Expected<Loaded, ProjectError> loadText(std::string_view text, std::string_view file);

/// The document if it runs, else its problems.
Expected<Document, ProjectError> runnable(Loaded loaded);

}  // namespace hw::project
