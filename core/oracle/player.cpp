#include "core/oracle/player.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/oracle/tables.h"

namespace hw::oracle {
namespace {

constexpr Duration kBeforeCapture = milliseconds(500);  // the recorder waits until links are up
constexpr Duration kAfterLast = milliseconds(200);      // and records a little longer

/// Programs that only change what is printed.
bool onlyPrints(const std::string& name) {
  constexpr std::string_view known[] = {"awk", "sed", "cut", "tr", "uniq", "column", "ss", "paste", "printf"};
  return std::find(std::begin(known), std::end(known), name) != std::end(known);
}

}  // namespace

Player::Player(const Scenario& scenario, World world) : m_scenario(scenario), m_time(std::move(world)) {}

DeviceId Player::deviceOf(const std::string& node) const {
  for (std::uint32_t i = 0; i < m_scenario.nodes.size(); ++i)
    if (m_scenario.nodes[i].name == node) return DeviceId{i};
  return DeviceId{};
}

std::optional<ScenarioError> Player::play() {
  if (auto error = prepare()) return error;
  runUntil(m_time.now() + kBeforeCapture + m_scenario.warmup);
  m_start = m_time.now();
  for (std::size_t i = 0; i < m_scenario.steps.size(); ++i)
    if (auto error = playStep(i)) return error;
  m_over = true;  // the recorder has read what was printed
  m_snapshots["final"] = tellTables(m_scenario, m_time.world());
  runUntil(m_time.now() + kAfterLast);
  return std::nullopt;
}

std::optional<ScenarioError> Player::prepare() {
  for (std::uint32_t i = 0; i < m_scenario.nodes.size(); ++i)
    for (const auto& [name, value] : m_scenario.nodes[i].sysctls)
      if (auto error = prepareKnob(i, name, value)) return error;
  for (std::uint32_t i = 0; i < m_scenario.nodes.size(); ++i) {
    const Node& node = m_scenario.nodes[i];
    for (const std::string& line : node.tables)
      if (auto error = prepareLine(i, fmt::format("echo '{}' >> /etc/iproute2/rt_tables", line))) return error;
    for (const std::string& route : node.routes)
      if (auto error = prepareLine(i, "ip route add " + route)) return error;
    for (const std::string& rule : node.rules)
      if (auto error = prepareLine(i, "ip rule add " + rule)) return error;
    for (const auto& [name, value] : node.lateSysctls)
      if (auto error = prepareLine(i, fmt::format("sysctl -qw '{}={}'", name, value))) return error;
    if (!node.filter.empty())
      if (auto error = prepareLine(i, node.filter)) return error;
    for (const std::string& line : node.setup)
      if (auto error = prepareLine(i, line)) return error;
  }
  return std::nullopt;
}

/// The recorder sets knobs before it makes interfaces: a default is one that they all begin with.
std::optional<ScenarioError> Player::prepareKnob(std::uint32_t node, const std::string& name, const std::string& value) {
  constexpr std::string_view kDefault = "net.ipv4.conf.default.";
  std::vector<std::string> names{name};
  if (name.starts_with(kDefault))
    for (const InterfaceConfig& one : m_time.world().device(DeviceId{node}).config().interfaces)
      if (one.kind != InterfaceKind::Loopback) names.push_back(fmt::format("net.ipv4.conf.{}.{}", one.name, name.substr(kDefault.size())));
  for (const std::string& one : names)
    if (auto error = prepareLine(node, fmt::format("sysctl -qw '{}={}'", one, value))) return error;
  return std::nullopt;
}

std::optional<ScenarioError> Player::prepareLine(std::uint32_t node, const std::string& line) {
  m_running.push_back({shell::Job(DeviceId{node}, line), 0, false});
  const std::string place = "nodes." + m_scenario.nodes[node].name;
  if (!runToEnd(m_running.back(), seconds(60)))
    return ScenarioError{ScenarioError::Kind::NotBuilt, place, "an end of `" + line + "`"};
  shell::Job job = std::move(m_running.back().job);
  m_running.pop_back();
  if (job.exitCode() == 0) return std::nullopt;
  std::string said = job.takeOutput();
  said.erase(said.find_last_not_of('\n') + 1);
  return ScenarioError{ScenarioError::Kind::NotBuilt, place, fmt::format("`{}` ({})", line, said)};
}

Player::Running& Player::begin(const StepText& step, std::size_t number) {
  m_running.push_back({shell::Job(deviceOf(step.on), step.line), number, false});
  advanceAll();
  return m_running.back();
}

std::optional<ScenarioError> Player::playStep(std::size_t number) {
  const StepText& step = m_scenario.steps[number];
  Played& played = m_played.emplace_back();
  played.kind = step.kind;
  played.firstEvent = m_time.world().events;
  if (step.action == StepText::Do::Sleep) runUntil(m_time.now() + step.span);
  if (step.action == StepText::Do::Snap) m_snapshots[step.snapshot] = tellTables(m_scenario, m_time.world());
  if (!step.line.empty()) {
    Running& running = begin(step, number);
    played.prints = step.action != StepText::Do::Link;
    if (!step.background) {
      if (!runToEnd(running, step.timeout))
        return ScenarioError{ScenarioError::Kind::NotBuilt, fmt::format("steps[{}]", number), "an end of the step"};
      if (step.action == StepText::Do::Line) played.exitCode = running.job.exitCode();
    }
    if (auto error = missing(step, running, played)) return error;
  }
  runUntil(m_time.now() + step.settle);
  if (step.action != StepText::Do::Snap && !step.snapshot.empty())
    m_snapshots[step.snapshot] = tellTables(m_scenario, m_time.world());
  return std::nullopt;
}

/// Commands that are not there: a scenario cannot be told without them, but for filters of output.
std::optional<ScenarioError> Player::missing(const StepText& step, const Running& running, Played& played) const {
  if (step.line.find("/sys/") != step.line.npos) played.told = false;
  for (const std::string& name : running.job.unknown()) {
    if (!onlyPrints(name))
      return ScenarioError{ScenarioError::Kind::NotBuilt, fmt::format("steps[{}]", running.step), name};
    played.told = false;
  }
  return std::nullopt;
}

void Player::hear() {
  for (; m_heard < m_time.console().size(); ++m_heard) {
    const ConsoleEntry& entry = m_time.console()[m_heard];
    for (Running& one : m_running) {
      if (one.job.hear(entry)) break;
      const auto* record = std::get_if<process::Record>(&entry.what);
      if (!record || !one.job.isInBackground(entry)) continue;
      if (!m_over && !one.job.isSilent(entry) && one.step < m_played.size())
        m_played[one.step].output += process::text(*record);
      break;
    }
  }
}

void Player::advance(Running& running) {
  while (!running.done) {
    const shell::JobNext next = running.job.next(m_time.world());
    for (const Input& input : next.inputs) m_time.input(input);
    hear();
    if (!m_over && running.step < m_played.size()) m_played[running.step].output += running.job.takeOutput();
    running.done = next.state == shell::JobNext::State::Done;
    if (next.state == shell::JobNext::State::Waiting && running.job.foreground()) return;
  }
}

void Player::advanceAll() {
  for (Running& one : m_running) advance(one);
}

void Player::runUntil(Time until) {
  advanceAll();
  while (m_time.step(until)) {
    hear();
    advanceAll();
  }
}

bool Player::runToEnd(Running& running, Duration timeout) {
  const Time limit = m_time.now() + timeout;
  advanceAll();
  while (!running.done && m_time.step(limit)) {
    hear();
    advanceAll();
  }
  return running.done;
}

}  // namespace hw::oracle
