// The network for newcomers, and a session of it that no window knows of.
#pragma once

#include "core/project/file.h"
#include "core/session/session.h"

namespace hw::test {

inline constexpr const char* kNetwork = "lessons/two-networks";
inline constexpr const char* kPing = "ping -c 1 10.0.2.10";

inline Session newSession() {
  auto document = project::runnable(*project::loadFile(kNetwork));
  return std::move(*Session::open(std::move(*document)));
}

inline DeviceId deviceNamed(const Session& session, const char* name) {
  return *session.timeline().world().deviceNamed(name);
}

/// The session after the ping was typed at h1 and so many beats were shown.
inline Session pingAt(std::size_t beat) {
  Session session = newSession();
  session.type(deviceNamed(session, "h1"), kPing);
  while (session.beat() < beat && session.stepForward()) {}
  session.seekBeat(beat);
  return session;
}

}  // namespace hw::test
