// What runs on the engine's thread: a session, and what the person looks at. Plain calls, no Qt.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/model/request.h"
#include "ui/model/snapshot.h"

namespace hw::model {

/// What a request led to.
struct Answer {
  SnapshotPtr snapshot;              ///< none if nothing is open
  std::string problem;               ///< why the request failed, for the person; empty if it did not
  std::optional<std::vector<std::string>> completions;
};

class Engine {
 public:
  Engine();
  ~Engine();
  Answer handle(const Request& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> m;
};

}  // namespace hw::model
