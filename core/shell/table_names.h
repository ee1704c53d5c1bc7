// Routing tables by name, as /etc/iproute2/rt_tables has them.
#pragma once

#include "core/device/config.h"

namespace hw::shell {

/// The number of a table: by name or as a number; nothing if it is neither.
std::optional<std::uint32_t> tableNumbered(const DeviceConfig& config, std::string_view word);
/// "main", a name of the device's own, or the number.
std::string tableName(const DeviceConfig& config, std::uint32_t table);

/// The text of rt_tables; what a text in its form means. A line that is none is passed over, as ip does.
std::string tablesText(const DeviceConfig& config);
std::vector<TableName> tablesOf(std::string_view text);

}  // namespace hw::shell
