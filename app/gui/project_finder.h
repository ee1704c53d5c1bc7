// Where the network for newcomers is: beside the installed program, or in the source tree.
#pragma once

#include <string>

namespace hw::gui {

/// The path, or nothing if it is nowhere.
std::string newcomersProject();
/// The folder in which the lessons lie, or nothing.
std::string lessonsFolder();

}  // namespace hw::gui
