// What programs printed, without what differs from run to run: times.
#pragma once

#include <string>
#include <vector>

namespace hw::oracle {

/// The lines of a text: numbers in front of "ms" become #, the line of round trip times goes.
std::vector<std::string> cleanOutput(const std::string& text);

}  // namespace hw::oracle
