// A session as a file: the project and every line that was typed, with its moment. Opening it plays
// the lines again, which makes the same session on every machine.
#pragma once

#include <string>

#include "core/session/session.h"

namespace hw {

struct SessionFileError {
  std::string text;  ///< where, what was found, what would be right
};

/// The session as JSON text.
std::string saveSession(const Session& session);
/// Plays a saved session to its end.
Expected<Session, SessionFileError> loadSession(const std::string& text);

/// Where two sessions part: the first journal record that differs, and the first field of the World
/// that differs after it. Empty if they are the same.
std::string firstDifference(const Session& a, const Session& b, Language language);

}  // namespace hw
