// The end of a link as text: "r1:eth1".
#pragma once

#include <QString>
#include <string>

namespace hw::model {

/// "r1" of "r1:eth1"
inline QString deviceOf(const std::string& end) { return QString::fromStdString(end.substr(0, end.find(':'))); }

}  // namespace hw::model
