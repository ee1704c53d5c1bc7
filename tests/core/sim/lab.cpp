#include "tests/core/sim/lab.h"

#include <sstream>

#include "core/explain/explain.h"

namespace hw::test {

LinkEnd Lab::end(std::string_view text) const {
  const std::size_t colon = text.find(':');
  const DeviceId at = device(text.substr(0, colon));
  return {at, *world.device(at).config().interfaceNamed(text.substr(colon + 1))};
}

MacAddress Lab::macOf(std::string_view text) const {
  const LinkEnd at = end(text);
  return world.device(at.device).config().at(at.port).mac;
}

const arp::Entry* Lab::neighbour(std::string_view text, const char* of) const {
  const LinkEnd at = end(text);
  return world.device(at.device).state().arp.find(at.port, address(of));
}

Sinks Lab::sinks() {
  Sinks all;
  all.journal = &journal;
  all.console = &console;
  all.tap = [this](const Transmission& what, const Frame& frame) {
    tapped.emplace_back(what, frame.toVector());
  };
  return all;
}

ProcessId Lab::start(std::string_view name, process::Program program) {
  const ProcessId id{state(name).nextProcess};
  input(name, StartProcess{std::move(program)});
  return id;
}

void Lab::input(std::string_view name, DeviceInput what) {
  m_simulator.apply(world, now, DeviceCommand{device(name), std::move(what)}, sinks());
}

void Lab::reconfigure(std::string_view name, DeviceConfig config) {
  input(name, Reconfigure{Cow<DeviceConfig>(std::move(config))});
}

void Lab::cable(std::string_view at, const std::function<void(LinkConfig&)>& change) {
  const LinkEnd where = end(at);
  const LinkId link = world.plugAt(where.device, where.port)->link;
  LinkConfig config = world.links[link.value].config;
  change(config);
  m_simulator.apply(world, now, LinkCommand{link, config}, sinks());
}

void Lab::inject(std::string_view at, ByteView frame, Duration after) {
  Delivery& delivery = world.queue.pushDelivery(now + after);
  delivery.to = end(at);
  delivery.link = LinkId{};
  delivery.id = TransmissionId{};
  delivery.frame = Frame(frame);
}

void Lab::run(std::string_view howLong) {
  now = now + duration(howLong);
  while (m_simulator.step(world, now, sinks())) {
  }
}

std::string decisionText(std::span<const std::uint64_t> words, const DeviceConfig& device,
                         std::string_view prefix) {
  std::string all;
  Decisions::visit(words, [&](const Decision& one) {
    const RuleInfo& row = explain::info(one.rule);
    if (!row.key.starts_with(prefix)) return;
    all += std::string(one.alternative ? "lost " : "") + std::string(row.key);
    std::size_t at = 0;
    for (std::size_t i = 0; i < row.factCount; at += wordsOf(row.facts[i].kind), ++i)
      all += " " + std::string(row.facts[i].name) + "=" +
             (row.facts[i].kind == FactKind::Ipv6 ? Ipv6Address{one.facts[at], one.facts[at + 1]}.text()
                                                  : explain::factText(row.facts[i].kind, one.facts[at], device, Language::English));
    all += "\n";
  });
  return all;
}

std::string Lab::decisions(std::string_view name, std::string_view prefix) const {
  std::string all;
  for (std::uint64_t i = 0; i < journal.size(); ++i) {
    const EventRecord record = journal.read(i);
    if (record.device != device(name)) continue;
    std::istringstream lines(
        decisionText(record.decisions, world.device(record.device).config(), prefix));
    for (std::string line; std::getline(lines, line);)
      all += std::to_string(record.time.ns / 1'000'000) + " " + line + "\n";
  }
  return all;
}

std::string Lab::keys(std::string_view name, std::string_view prefix) const {
  std::string all;
  std::istringstream lines(decisions(name, prefix));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t from = line.find(' ') + 1;
    all += (all.empty() ? "" : " ") + line.substr(from, line.find(' ', from) - from);
  }
  return all;
}

std::size_t Lab::count(std::string_view name, std::string_view key) const {
  std::size_t times = 0;
  std::istringstream words(keys(name, key));
  for (std::string word; words >> word;) times += word == key;
  return times;
}

std::vector<std::vector<std::uint8_t>> Lab::sent(std::string_view at) const {
  const LinkEnd where = end(at);
  std::vector<std::vector<std::uint8_t>> frames;
  for (const auto& [what, bytes] : tapped)
    if (what.port == where.port && journal.read(what.id.event).device == where.device)
      frames.push_back(bytes);
  return frames;
}

std::string Lab::printed(std::string_view name) const {
  std::string all;
  for (const ConsoleEntry& one : console)
    if (one.device == device(name))
      if (const auto* record = std::get_if<process::Record>(&one.what)) all += process::text(*record);
  return all;
}

std::optional<int> Lab::exitCode(std::string_view name, ProcessId process) const {
  for (const ConsoleEntry& one : console)
    if (one.device == device(name) && one.process == process)
      if (const int* code = std::get_if<int>(&one.what)) return *code;
  return std::nullopt;
}

}  // namespace hw::test
