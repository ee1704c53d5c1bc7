// A fenced directive: its options, its text and its choices.
//
//   ```{predict} far-mac
//   :run: h1: ping -c 1 198.51.100.10
//   :answer: packets("icmp.type == 8").sent_by("h1").first["eth.dst"]
//   To which MAC address ...?
//   - `device("h3").interface("eth0").mac` that of h3
//     > h1 has no way to learn it.
//   - `device("r1").interface("eth0").mac` that of r1
//
//   The explanation, shown when the answer is known.
//   ```
#pragma once

#include "core/lesson/script.h"
#include "core/lesson/source.h"

namespace hw::lesson {

/// The parts of a directive as the reader of the script found them.
struct DirectiveSource {
  std::string_view name;
  std::string_view argument;
  Place place;
  Place argumentPlace;
  std::vector<Line> inside;
};

/// Everything that directives are checked against.
struct ReadContext {
  const project::Document* network = nullptr;
  ProblemList& problems;
};

Block readDirective(const DirectiveSource& source, const ReadContext& context);

/// The expressions of the {value}`...` in a text whose first line is `line`.
void readValues(std::string_view text, std::uint32_t line, const ReadContext& context, Block& block);

}  // namespace hw::lesson
