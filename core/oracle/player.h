// Plays the steps of a scenario in virtual time.
#pragma once

#include <deque>

#include <nlohmann/json.hpp>

#include "core/oracle/scenario.h"
#include "core/shell/job.h"
#include "core/sim/timeline.h"

namespace hw::oracle {

/// What a step left: what was printed, with which exit code.
struct Played {
  std::string kind;
  std::uint64_t firstEvent = 0;  ///< events that had happened when it began
  std::string output;
  std::optional<int> exitCode;   ///< of a foreground step
  bool prints = false;           ///< it has an output, be it empty
  bool told = true;
};

class Player {
 public:
  Player(const Scenario& scenario, World world);

  /// Applies routes and settings, then plays all steps. The error names what is not built.
  std::optional<ScenarioError> play();

  const Timeline& timeline() const { return m_time; }
  Time start() const { return m_start; }
  const std::deque<Played>& steps() const { return m_played; }
  const nlohmann::ordered_json& snapshots() const { return m_snapshots; }

 private:
  struct Running {
    shell::Job job;
    std::size_t step = 0;
    bool done = false;
  };

  std::optional<ScenarioError> prepare();
  std::optional<ScenarioError> prepareLine(std::uint32_t node, const std::string& line);
  std::optional<ScenarioError> prepareKnob(std::uint32_t node, const std::string& name, const std::string& value);
  std::optional<ScenarioError> playStep(std::size_t number);
  Running& begin(const StepText& step, std::size_t number);
  std::optional<ScenarioError> missing(const StepText& step, const Running& running, Played& played) const;
  void advance(Running& running);
  void advanceAll();
  void hear();
  void runUntil(Time until);
  bool runToEnd(Running& running, Duration timeout);
  DeviceId deviceOf(const std::string& node) const;

  const Scenario& m_scenario;
  Timeline m_time;
  Time m_start;
  std::size_t m_heard = 0;
  bool m_over = false;  ///< all steps have been played
  std::deque<Running> m_running;
  std::deque<Played> m_played;
  nlohmann::ordered_json m_snapshots = nlohmann::ordered_json::object();
};

}  // namespace hw::oracle
