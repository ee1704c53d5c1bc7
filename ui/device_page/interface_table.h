// The interfaces of a device as one more table.
#pragma once

#include "ui/model/snapshot.h"

namespace hw::device_page {

model::TableView interfaceTable(const lens::NodeCard& node);

}  // namespace hw::device_page
