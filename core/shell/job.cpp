#include "core/shell/job.h"

#include <algorithm>
#include <iterator>

#include "core/shell/options.h"
#include "core/sim/process_id.h"

namespace hw::shell {
namespace {

constexpr int kMaxStepsWithoutTime = 20'000;       // an endless loop of `true` ends
constexpr std::size_t kMaxCapture = 1u << 20;      // bytes of one $(...) or pipe
constexpr std::size_t kMaxWords = 4096;            // of one command
constexpr int kSyntaxError = 2;
constexpr int kKilled = 137;                       // 128 + SIGKILL
constexpr std::size_t kMaxInner = 16;              // lines within lines

bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/// A command with what a pipe brought it.
std::string commandText(const Words& words, std::string input) {
  std::string text;
  if (!input.empty()) {
    if (input.back() == '\n') input.pop_back();
    text = "echo " + quoted(input) + " | ";
  }
  for (const std::string& word : words) text += (&word == &words.front() ? "" : " ") + quoted(word);
  return text;
}

/// Splits at blanks; the first piece goes on with the word before, if there is one.
void addSplit(Words& words, bool& open, std::string_view text) {
  for (const char c : text) {
    if (isBlank(c)) {
      open = false;
      continue;
    }
    if (!open) words.emplace_back();
    open = true;
    words.back().push_back(c);
  }
}

}  // namespace

std::string quoted(const std::string& word) {
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=+@,%";
  if (!word.empty() && word.find_first_not_of(kPlain) == word.npos) return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return text + "'";
}

Job::Job(DeviceId device, std::string_view line) : m_device(device), m_here(device) {
  auto script = compile(line);
  if (!script) {
    m_output = "sh: " + script.error() + "\n";
    m_status = kSyntaxError;
    return;
  }
  m_script = std::move(*script);
  m_slots.resize(m_script.slots);
}

JobNext Job::next(const World& world) {
  JobNext out;
  // A program goes with its namespace, and nobody tells its end.
  if (m_foreground && !world.isPresent(m_foreground->device)) {
    m_foreground.reset();
    m_status = kKilled;
  }
  while (!m_inner.empty() && !world.isPresent(m_here)) leave();
  if (!world.isPresent(m_device)) finish(kKilled);
  if (m_foreground) {
    out.state = JobNext::State::Waiting;
    return out;
  }
  for (int i = 0; i < kMaxStepsWithoutTime; ++i) {
    if (m_at >= m_script.steps.size()) return out;
    if (step(world, out)) {
      out.state = m_at >= m_script.steps.size() && !m_foreground ? JobNext::State::Done : JobNext::State::Running;
      return out;
    }
  }
  print(Stream::Errors, "sh: the line goes on for ever; it was ended\n");
  while (!m_inner.empty()) leave();
  finish(kSyntaxError);
  return out;
}

/// One step; true if it has inputs that must be applied before the next one.
bool Job::step(const World& world, JobNext& out) {
  const Step& step = m_script.steps[m_at];
  ++m_at;
  switch (step.kind) {
    case Step::Kind::Run: return run(world, step, out);
    case Step::Kind::Capture: m_captures.emplace_back(); break;
    case Step::Kind::Keep:
    case Step::Kind::Feed:
    case Step::Kind::Drop: endCapture(step); break;
    case Step::Kind::Jump: m_at = step.target; break;
    case Step::Kind::JumpIfFailed:
      if (m_status != 0) m_at = step.target;
      break;
    case Step::Kind::JumpIfOk:
      if (m_status == 0) m_at = step.target;
      break;
    case Step::Kind::LoopBegin: m_loops.push_back({m_at, expand(step.words), 0}); break;
    case Step::Kind::LoopNext: loop(step); break;
    case Step::Kind::Invert: m_status = m_status == 0 ? 1 : 0; break;
    case Step::Kind::Succeed: m_status = 0; break;
    case Step::Kind::Return: leave(); break;
  }
  return false;
}

void Job::loop(const Step& step) {
  Loop& loop = m_loops.back();
  if (loop.next < loop.words.size()) {
    m_variables[step.name] = loop.words[loop.next++];
    return;
  }
  m_loops.pop_back();
  m_at = step.target;
}

void Job::endCapture(const Step& step) {
  std::string text = std::move(m_captures.back());
  m_captures.pop_back();
  if (step.kind == Step::Kind::Feed) m_input = std::move(text);
  if (step.kind != Step::Kind::Keep) return;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  m_slots[step.slot] = std::move(text);
}

bool Job::run(const World& world, const Step& step, JobNext& out) {
  Words words = expand(step.words);
  for (const auto& [name, value] : step.assignments) {
    const Words expanded = expand({value});
    m_variables[name] = expanded.empty() ? "" : expanded[0];
  }
  if (!words.empty() && words[0] == "exec") words.erase(words.begin());
  const std::string input = std::move(m_input);
  m_input.clear();
  if (words.empty() || runBuiltin(words)) return false;
  if (!findCommand(words[0])) m_unknown.push_back(words[0]);
  CommandResult result = runCommand({world, m_here, words, input});
  if (!result.inputs.empty() || !result.changes.empty()) m_lastCommand = commandText(words, input);
  const Place where{result.device.valid() ? result.device : m_here, step.streams};
  m_streams = where.streams;
  m_status = result.exitCode;
  print(m_streams.output, result.output);
  print(m_streams.errors, result.errors);
  for (DeviceInput& one : result.inputs) out.inputs.emplace_back(DeviceCommand{where.device, std::move(one)});
  std::move(result.changes.begin(), result.changes.end(), std::back_inserter(out.inputs));
  if (result.program) start(world, where, step.background, result, out);
  if (result.script) enter(*result.script, where);
  return !out.inputs.empty();
}

void Job::start(const World& world, Place where, bool background, CommandResult& result, JobNext& out) {
  // The device numbers its programs one after the other.
  const Child child{where.device, ProcessId{world.device(where.device).state().nextProcess}};
  out.inputs.emplace_back(DeviceCommand{child.device, StartProcess{std::move(*result.program)}});
  if (!background) {
    m_foreground = child;
    return;
  }
  m_background.push_back(child);
  m_variables["!"] = std::to_string(pidOf(world, child));
  if (where.streams.output == Stream::Nowhere) m_silent.push_back(child);
}

/// The steps of the line come behind all others; `back` is where to go on.
void Job::enter(std::string_view line, Place where) {
  const auto script = compile(line);
  if (!script || m_inner.size() == kMaxInner) {
    print(where.streams.errors, "sh: " + (script ? std::string("lines are nested too deeply") : script.error()) + "\n");
    m_status = kSyntaxError;
    return;
  }
  m_inner.push_back({m_at, m_script.steps.size(), m_here, m_loops.size(), m_captures.size()});
  if (where.streams.output == Stream::Nowhere) m_captures.emplace_back();
  const auto first = static_cast<std::uint32_t>(m_script.steps.size());
  const auto slots = static_cast<std::uint32_t>(m_slots.size());
  const auto shift = [slots](WordPattern& word) {
    for (Piece& piece : word) piece.slot += slots;
  };
  for (Step one : script->steps) {
    one.target += first;
    one.slot += slots;
    for (WordPattern& word : one.words) shift(word);
    for (auto& [name, value] : one.assignments) shift(value);
    m_script.steps.push_back(std::move(one));
  }
  m_script.steps.emplace_back().kind = Step::Kind::Return;
  m_slots.resize(slots + script->slots);
  m_at = first;
  m_here = where.device;
  m_status = 0;
}

void Job::leave() {
  const Inner inner = m_inner.back();
  m_inner.pop_back();
  m_script.steps.resize(inner.first);
  m_loops.resize(inner.loops);
  m_captures.resize(inner.captures);
  m_at = inner.back;
  m_here = inner.device;
}

/// Words that concern the line itself.
bool Job::runBuiltin(const Words& words) {
  if (words[0] == ":") {
    m_status = 0;
    return true;
  }
  if (words[0] != "exit") return false;
  const auto code = words.size() > 1 ? parseNumber(words[1]) : static_cast<std::uint64_t>(m_status);
  if (!code) print(Stream::Errors, "sh: exit: Illegal number: " + words[1] + "\n");
  finish(code ? static_cast<int>(*code & 0xFF) : kSyntaxError);
  return true;
}

void Job::finish(int exitCode) {
  m_status = exitCode;
  m_at = m_script.steps.size();
  if (m_inner.empty()) return m_captures.clear();
  // `exit` ends the line within the line.
  --m_at;
  m_captures.resize(std::min(m_captures.size(), m_inner.back().captures + 1));
}

bool Job::hear(const ConsoleEntry& entry) {
  if (!m_foreground || Child{entry.device, entry.process} != *m_foreground) return false;
  if (const auto* record = std::get_if<process::Record>(&entry.what)) {
    print(m_streams.output, process::text(*record));
    return true;
  }
  m_status = std::get<int>(entry.what);
  m_foreground.reset();
  return true;
}

void Job::print(Stream to, std::string_view text) {
  if (to == Stream::Nowhere) return;
  std::string& sink = to == Stream::Output && !m_captures.empty() ? m_captures.back() : m_output;
  sink.append(text.substr(0, kMaxCapture - std::min(kMaxCapture, sink.size())));
}

std::string Job::takeOutput() { return std::exchange(m_output, {}); }

bool Job::isInBackground(const ConsoleEntry& entry) const {
  return std::find(m_background.begin(), m_background.end(), Child{entry.device, entry.process}) != m_background.end();
}

bool Job::isSilent(const ConsoleEntry& entry) const {
  return std::find(m_silent.begin(), m_silent.end(), Child{entry.device, entry.process}) != m_silent.end();
}

std::string Job::valueOf(const Piece& piece) const {
  if (piece.kind == Piece::Kind::Text) return piece.text;
  if (piece.kind == Piece::Kind::Output) return m_slots[piece.slot];
  if (piece.text == "?") return std::to_string(m_status);
  const auto at = m_variables.find(piece.text);
  return at == m_variables.end() ? std::string() : at->second;
}

Words Job::expand(const std::vector<WordPattern>& patterns) const {
  Words words;
  for (const WordPattern& pattern : patterns) {
    bool open = false;
    for (const Piece& piece : pattern) {
      const bool splits = piece.kind != Piece::Kind::Text && !piece.quoted;
      const std::string value = valueOf(piece);
      if (splits) {
        addSplit(words, open, value);
        continue;
      }
      if (!open) words.emplace_back();
      open = true;
      words.back() += value;
    }
    if (words.size() > kMaxWords) words.resize(kMaxWords);
  }
  return words;
}

}  // namespace hw::shell
