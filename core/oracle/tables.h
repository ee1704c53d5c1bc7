// The tables of all nodes at a moment: neighbours, routes, what bridges have learned.
#pragma once

#include <nlohmann/json.hpp>

#include "core/oracle/scenario.h"
#include "core/sim/world.h"

namespace hw::oracle {

nlohmann::ordered_json tellTables(const Scenario& scenario, const World& world);

}  // namespace hw::oracle
