// What the command line of the window says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"

namespace hw::gui {

struct DoLine {
  std::string device;
  std::string line;
};

struct Options {
  std::string project;      ///< empty: the network for newcomers
  std::string screenshot;   ///< file to draw the window into; empty: open it
  int width = 1280;
  int height = 800;
  bool dark = false;
  std::string language;     ///< "en", "zh_CN"; empty: that of the system
  std::vector<DoLine> lines;
  std::optional<Time> at;
  std::optional<std::size_t> step;
  std::string bench;        ///< "canvas"; empty: none
  unsigned packets = 1000;  ///< under way in the benchmark
  std::size_t lessonStep = 0;          ///< of the lesson, from 1; 0: its first
  std::vector<std::string> choices;    ///< "far-mac=2": what is chosen in that step, from 1
  std::string select;       ///< "packet" or the name of a device
  std::string colour;       ///< "collision", "broadcast" or "subnet"; empty: cables have no colours
};

/// The options, or the exit code with which the program ends at once (help, or wrong usage: 2).
struct Parsed {
  Options options;
  std::optional<int> exitCode;
};
Parsed parseOptions(int argc, char** argv);

}  // namespace hw::gui
