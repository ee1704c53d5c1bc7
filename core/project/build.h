// From the document to the World that runs.
#pragma once

#include "core/base/expected.h"
#include "core/project/document.h"
#include "core/project/problem.h"
#include "core/sim/world.h"

namespace hw::project {

/// The World at time 0: a device for each node with the same index, its interfaces in the order of
/// complete.h behind lo, a link for each link. Start lines are not run: the session types them.
/// Result: the errors of check.h if the document has any; their places are not known here.
Expected<World, ProjectError> buildWorld(const Document& document);

}  // namespace hw::project
