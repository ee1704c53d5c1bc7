// Every protocol and field that a packet tree can contain: for filters, completion and help.
#pragma once

#include <span>

#include "core/wire/schema.h"

namespace hw::dissect {

std::span<const SchemaInfo* const> allProtocols();
/// Sorted by key, each key once; headings without a key are left out.
std::span<const Field* const> allFields();
/// Null if there is no such field. O(log n).
const Field* fieldByKey(std::string_view key);

}  // namespace hw::dissect
