// A scenario played on our engine, told as the recorder tells what Linux did.
#pragma once

#include "core/oracle/scenario.h"
#include "core/sim/timeline.h"

namespace hw::oracle {

struct Story {
  std::string json;   ///< one frame a line
  Timeline timeline;  ///< all that happened
  Time start;         ///< of the play: frames before it are not told
};

Expected<Story, ScenarioError> tellStory(const Scenario& scenario);

}  // namespace hw::oracle
