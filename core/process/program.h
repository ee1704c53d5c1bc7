// What every program is given and what it gives back. A program is a phase machine: plain state and
// a step() that is called when it starts, when one of its sockets has news, when its deadline is
// reached and when it gets a signal. It prints typed records; text is derived from them.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/process/records.h"
#include "core/socket/socket.h"

namespace hw::process {

enum class Signal : std::uint8_t { None, Interrupt, Terminate };

struct Context {
  Time now;
  socket::Calls& calls;
  RandomStream& random;
  Signal signal = Signal::None;
  std::vector<Record>& printed;

  template <class R> void print(R record) { printed.emplace_back(std::move(record)); }
};

/// What a step leaves behind.
struct Next {
  bool ended = false;
  int exitCode = 0;
  Time deadline = kNever;  ///< when to be stepped at the latest

  static Next wait(Time until = kNever) { return {false, 0, until}; }
  static Next exit(int code) { return {true, code, kNever}; }
};

}  // namespace hw::process
