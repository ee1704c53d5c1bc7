#include "tests/core/proto/stp/tree_text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

namespace hw::test {
namespace {

std::vector<std::string> wordsOf(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}
/// "A.1" -> "A:1"
std::string end(std::string text) {
  std::ranges::replace(text, '.', ':');
  return text;
}
std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}
stp::Config& treeIn(DeviceConfig& device) { return *device.interfaces[device.interfaceNamed("br0")->value].stp; }

stp::PortConfig& portIn(DeviceConfig& device, const std::string& name) {
  stp::Config& tree = treeIn(device);
  const InterfaceId port = *device.interfaceNamed(name);
  const auto at = std::ranges::find(tree.ports, port, &stp::PortConfig::port);
  if (at != tree.ports.end()) return *at;
  return tree.ports.emplace_back(stp::PortConfig{port, 4, 32});
}

void setTimes(stp::Config& tree, const std::vector<std::string>& words) {
  for (std::size_t i = 2; i + 1 < words.size(); i += 2) {
    const Duration time = seconds(std::stol(words[i + 1]));
    (words[i] == "max" ? tree.maxAge : words[i] == "hello" ? tree.helloTime : tree.forwardDelay) = time;
  }
}

/// What "bridge", "cost", "prio" and "time" set.
void configure(DeviceConfig& device, const std::vector<std::string>& words) {
  const std::string port = words[1].substr(words[1].find('.') + 1);
  if (words[0] == "bridge" && words.size() > 2) treeIn(device).priority = static_cast<std::uint16_t>(std::stoul(words[2]));
  if (words[0] == "cost") portIn(device, port).cost = static_cast<std::uint32_t>(std::stoul(words[2]));
  if (words[0] == "prio") portIn(device, port).priority = static_cast<std::uint8_t>(std::stoul(words[2]));
  if (words[0] == "time") setTimes(treeIn(device), words);
}

bool isConfiguration(const std::string& word) { return word == "cost" || word == "prio" || word == "time" || word == "priority"; }

}  // namespace

TreePlay::TreePlay(std::string_view text, void (*change)(stp::Config&)) : m_change(change) {
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    const std::vector<std::string> words = wordsOf(line);
    if (words.empty()) continue;
    if (m_script.empty() && words[0] != "expect" && words[0] != "wait") build(words);
    else m_script.push_back(joined(words));
  }
  m_lab = std::make_unique<Lab>(m_builder);
}

void TreePlay::build(const std::vector<std::string>& words) {
  if (words[0] == "bridge") {
    m_builder.bridge(words[1].c_str());
    m_bridges.push_back(words[1]);
    stp::Config& tree = m_builder.named(words[1]).interfaces.back().stp.emplace();
    tree.enabled = true;
    if (m_change) m_change(tree);
    configure(m_builder.named(words[1]), words);
  } else if (words[0] == "station") {
    m_builder.host(words[1].c_str());
  } else if (words[0] == "lan" && words.size() == 3) {
    m_builder.link(end(words[1]).c_str(), end(words[2]).c_str());
  } else if (words[0] == "lan") {
    const std::string hub = fmt::format("lan{}", ++m_lans);
    m_builder.hub(hub.c_str());
    for (std::size_t i = 1; i < words.size(); ++i)
      m_builder.link(end(words[i]).c_str(), fmt::format("{}:{}", hub, i).c_str());
  } else {
    configure(m_builder.named(words[1].substr(0, words[1].find('.'))), words);
  }
}

void TreePlay::happen(const std::vector<std::string>& words) {
  const std::string name = words[1].substr(0, words[1].find('.'));
  if (words[0] == "cut" || words[0] == "plug") {
    const bool up = words[0] == "plug";
    m_lab->cable(end(words[1]), [up](LinkConfig& cable) { cable.up = up; });
  } else if (words[0] == "off") {
    DeviceConfig config = m_lab->config(name);
    for (InterfaceConfig& one : config.interfaces) one.up = false;
    m_lab->reconfigure(name, std::move(config));
  } else if (isConfiguration(words[0])) {
    DeviceConfig config = m_lab->config(name);
    configure(config, words[0] == "priority" ? std::vector<std::string>{"bridge", words[1], words[2]} : words);
    m_lab->reconfigure(name, std::move(config));
  } else {
    ADD_FAILURE() << "no such word: " << words[0];
  }
}

/// "B cost 4 root A; 1 root forwarding, 2 alternate blocking"
std::string TreePlay::told(std::string_view bridge) const {
  const Device& device = m_lab->world.device(m_lab->device(bridge));
  const stp::State& tree = device.state().bridges.at(0).tree;
  std::string text(bridge);
  if (tree.isRoot()) text += " root";
  else text += fmt::format(" cost {} root ", tree.rootPathCost);
  for (const std::string& other : m_bridges)
    if (!tree.isRoot() && m_lab->state(other).bridges.at(0).tree.self == tree.root) text += other;
  const char* between = "; ";
  for (const stp::Port& port : tree.ports) {
    text += fmt::format("{}{} {}", between, device.config().at(port.port).name, stp::name(tree.roleOf(port)));
    if (port.state != stp::PortState::Disabled) text += fmt::format(" {}", stp::name(port.state));
    between = ", ";
  }
  return text;
}

std::string TreePlay::differences() {
  std::string wrong;
  bool expects = false;
  for (const std::string& line : m_script) {
    const std::vector<std::string> words = wordsOf(line);
    const bool isBridge = std::ranges::find(m_bridges, words[0]) != m_bridges.end();
    if (expects && isBridge) {
      if (const std::string is = told(words[0]); is != line) wrong += fmt::format("wanted: {}\n   got: {}\n", line, is);
      continue;
    }
    expects = words[0] == "expect";
    if (expects) m_lab->run(m_wait);
    if (expects) m_wait = "60s";
    else if (words[0] == "wait") m_wait = words[1];
    else happen(words);
  }
  return wrong;
}

}  // namespace hw::test
