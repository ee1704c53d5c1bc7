// The network of a scenario as a World, built as the recorder builds its namespaces.
#pragma once

#include "core/oracle/scenario.h"
#include "core/sim/world.h"

namespace hw::oracle {

/// Every link is a veth pair. Routes, sysctls and setup lines are not applied yet.
Expected<World, ScenarioError> buildNetwork(const Scenario& scenario);

}  // namespace hw::oracle
