// Project files on disk: reading within the limits, writing so that the old file or the new one is
// there whatever happens.
#pragma once

#include <string>

#include "core/base/expected.h"
#include "core/project/load.h"

namespace hw::project {

/// The network of a lesson folder.
inline constexpr std::string_view kNetworkFile = "network.yaml";

/// The project file that `path` names: itself, or the network.yaml of a lesson folder.
std::string projectFile(const std::string& path);

/// The project at `path`, which is a project file or a lesson folder.
Expected<Loaded, ProjectError> loadFile(const std::string& path);

/// Replaces the file at `path` by the document in one step: a new file beside it is written out to
/// the disk and then takes its name. On failure the old file is as it was.
Expected<void, ProjectError> saveFile(const Document& document, const std::string& path);

}  // namespace hw::project
