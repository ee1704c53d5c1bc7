#include "core/oracle/story.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/dissect/dissect.h"
#include "core/oracle/clean_output.h"
#include "core/oracle/network.h"
#include "core/oracle/player.h"
#include "core/oracle/teller.h"

namespace hw::oracle {
namespace {

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

class FrameTeller {
 public:
  FrameTeller(const Scenario& scenario, const Player& player)
      : m_scenario(scenario), m_player(player), m_names(scenario.keptPorts) {
    for (const auto& [port, inside] : scenario.payloads)
      m_decodeAs.push_back({port, inside == "eth" ? dissect::DecodeAs::Inside::Ethernet : dissect::DecodeAs::Inside::Ipv4});
  }

  std::vector<Json> run() {
    const Journal& journal = m_player.timeline().journal();
    journal.replay([&](const EventRecord& record, const auto& frames) {
      if (record.time < m_player.start()) return;
      for (std::size_t i = 0; i < record.sent.size(); ++i) tell(record, record.sent[i], frames[i]);
    });
    return std::move(m_told);
  }

 private:
  /// "h1:eth0 > r1:eth0", "h1:lo out", or nothing if the interface is not told.
  std::string wireOf(DeviceId device, const Transmission& what) const {
    const World& world = m_player.timeline().world();
    const auto nameOf = [&](DeviceId d, InterfaceId i) {
      const DeviceConfig& config = world.device(d).config();
      return config.name + ":" + config.at(i).name;
    };
    const std::string from = nameOf(device, what.port);
    if (contains(m_scenario.notCaptured, from)) return {};
    if (what.link.valid()) {
      const auto& ends = world.links[what.link.value].config.ends;
      const LinkEnd& to = ends[0].device == device && ends[0].port == what.port ? ends[1] : ends[0];
      return from + " > " + nameOf(to.device, to.port);
    }
    if (isPass(what.fate)) return isTold(device, what.port) ? from + (what.fate == Fate::PassedUp ? " in" : " out") : std::string();
    return contains(m_scenario.capturedLoopbacks, world.device(device).config().name) ? from + " out" : std::string();
  }

  /// The recorder listens at virtual interfaces, but not at the br0 of a switch.
  bool isTold(DeviceId device, InterfaceId port) const {
    const std::string& name = m_player.timeline().world().device(device).config().at(port).name;
    return m_scenario.nodes[device.value].type != Node::Type::Bridge || name != "br0";
  }

  std::uint16_t linkTypeOf(DeviceId device, InterfaceId port) const {
    return hw::linkTypeOf(m_player.timeline().world().device(device).config().at(port));
  }

  std::size_t stepOf(std::uint64_t event) const {
    std::size_t step = 0;
    for (std::size_t i = 0; i < m_player.steps().size(); ++i)
      if (m_player.steps()[i].firstEvent <= event) step = i;
    return step;
  }

  void tell(const EventRecord& record, const Transmission& what, const Frame& frame) {
    if (!reachesWire(what.fate)) return;
    const std::string wire = wireOf(record.device, what);
    if (wire.empty()) return;
    const std::vector<std::uint8_t> bytes = frame.toVector();
    const auto tree = dissect::dissectPacket({bytes, linkTypeOf(record.device, what.port), 0, what.sent.ns, m_decodeAs});
    Json layers = tellLayers(tree, m_names, !what.link.valid() && !isPass(what.fate));
    Json told = {{"n", m_told.size() + 1}, {"step", stepOf(record.index)}, {"on", wire}};
    told["t"] = static_cast<double>((what.sent - m_player.start()).ns) / 1e9;
    told["len"] = bytes.size();
    told["s"] = summary(layers);
    told["layers"] = std::move(layers);
    m_told.push_back(std::move(told));
  }

  const Scenario& m_scenario;
  const Player& m_player;
  Names m_names;
  std::vector<dissect::DecodeAs> m_decodeAs;
  std::vector<Json> m_told;
};

Json tellStep(const Played& played, std::size_t number) {
  Json told = {{"step", number}, {"do", played.kind}};
  if (played.exitCode) told["rc"] = *played.exitCode;
  if (played.prints) told["out"] = cleanOutput(played.output);
  if (!played.told) told["told"] = false;
  return told;
}

std::string lines(const std::vector<Json>& all) {
  std::string text;
  for (const Json& one : all) text += (text.empty() ? " " : ",\n ") + one.dump();
  return text;
}

}  // namespace

Expected<Story, ScenarioError> tellStory(const Scenario& scenario) {
  auto world = buildNetwork(scenario);
  if (!world) return unexpected(world.error());
  Player player(scenario, std::move(*world));
  if (auto error = player.play()) return unexpected(std::move(*error));
  std::vector<Json> steps;
  for (std::size_t i = 0; i < player.steps().size(); ++i) steps.push_back(tellStep(player.steps()[i], i));
  const std::string text =
      fmt::format("{{\"name\": {}, \"title\": {},\n\"steps\": [\n{}\n],\n\"frames\": [\n{}\n],\n\"tables\": {}}}\n",
                  Json(scenario.name).dump(), Json(scenario.title).dump(), lines(steps),
                  lines(FrameTeller(scenario, player).run()), player.snapshots().dump());
  return Story{text, player.timeline(), player.start()};
}

}  // namespace hw::oracle
