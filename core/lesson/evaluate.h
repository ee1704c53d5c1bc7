// What expressions come to at the displayed moment of a session: a pure look at its World and
// journal. Nothing is changed; a ping that is tried runs in a copy.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/lesson/expression.h"
#include "core/lesson/value.h"
#include "core/sim/timeline.h"

namespace hw::lesson {

/// An expression to be looked at, over and over.
struct Watch {
  std::string key;
  std::shared_ptr<const Expression> expression;
  std::uint64_t since = 0;  ///< frames sent before so many events are not seen
};

/// What each watch comes to, by key.
using Findings = std::map<std::string, Value>;

/// findings(watches, timeline at its displayed moment). Bounded by limits.h: beyond the bounds the
/// oldest frames are not seen, and a ping is not tried.
Findings look(const std::vector<Watch>& watches, const Timeline& timeline);

}  // namespace hw::lesson
