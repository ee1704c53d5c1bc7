// How far a learner has come in a lesson. Kept outside the lesson's folder, by (id, schema, hash of
// the content); the same in both languages.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/text.h"

namespace hw::lesson {

struct ItemProgress {
  enum class State : std::uint8_t {
    Open,
    Locked,  ///< a prediction was made; what happens is not known yet
    Done,
  } state = State::Open;
  std::vector<std::size_t> chosen;   ///< the choices of the learner
  std::optional<std::size_t> right;  ///< of a prediction: the choice that came true, if any did
  std::string value;                 ///< of a prediction: what really happened
  int tries = 0;
  std::uint64_t since = 0;           ///< of Locked: how many events had happened; not kept
  bool operator==(const ItemProgress&) const = default;
};

struct Progress {
  std::string lesson;
  int schema = 0;
  std::uint64_t contentHash = 0;
  std::size_t step = 0;                 ///< the one that is shown
  std::map<std::string, ItemProgress> items;
  std::map<std::size_t, int> hints;     ///< how many were asked for, by step
  std::set<std::size_t> read;           ///< steps without a task that were left for the next one
  bool operator==(const Progress&) const = default;
};

std::string saveProgress(const Progress& progress);
/// The progress of a text that saveProgress made for this lesson; nothing if it is another's or broken.
std::optional<Progress> loadProgress(const std::string& text, const Progress& fresh);

}  // namespace hw::lesson
