// sleep(1): does nothing for a while.
#pragma once

#include "core/process/program.h"

namespace hw::process {

struct Sleep {
  Duration span;
  Time until = kNever;
  HW_FIELDS(Sleep, span, until)

  Next step(Context& context) {
    if (until == kNever) until = context.now + span;
    if (context.signal != Signal::None) return Next::exit(128 + (context.signal == Signal::Interrupt ? 2 : 15));
    return context.now >= until ? Next::exit(0) : Next::wait(until);
  }
};

}  // namespace hw::process
