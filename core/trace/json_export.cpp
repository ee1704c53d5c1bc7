#include "core/trace/json_export.h"

#include <nlohmann/json.hpp>

#include "core/base/dump.h"
#include "core/explain/explain.h"

namespace hw::trace {
namespace {

using Json = nlohmann::ordered_json;

Json frameJson(const World& world, const EventRecord& event, const Transmission& what,
               const Frame& frame) {
  constexpr const char* fates[] = {"delivered", "lost", "queue_full", "no_carrier", "passed_down", "passed_up", "discarded",
                                   "waiting", "collided"};
  const DeviceConfig& config = world.device(event.device).config();
  return {{"interface", config.at(what.port).name},
          {"fate", fates[static_cast<std::size_t>(what.fate)]},
          {"departs_ns", what.departs.ns},
          {"arrives_ns", what.arrives.ns},
          {"bytes", hexText(frame.toVector())}};
}

Json decisionsJson(const DeviceConfig& config, const EventRecord& event, Language language) {
  Json all = Json::array();
  for (const explain::Sentence& one : explain::sentences(event.decisions, config, language)) {
    Json facts = Json::object();
    for (const explain::Fact& fact : one.facts) facts[fact.name] = fact.value;
    all.push_back({{"rule", one.key}, {"source", one.source}, {"text", one.text}, {"facts", facts}});
  }
  return all;
}

Json eventJson(const World& world, const EventRecord& event, const std::vector<Frame>& frames,
               Language language) {
  constexpr const char* kinds[] = {"arrival", "wake", "input", "medium"};
  const DeviceConfig& config = world.device(event.device).config();
  Json json{{"event", event.index},
            {"time_ns", event.time.ns},
            {"device", config.name},
            {"kind", kinds[static_cast<std::size_t>(event.kind)]}};
  if (event.kind == EventKind::Arrival) {
    json["interface"] = config.at(event.port).name;
    json["cause"] = {{"event", event.arrived.event}, {"frame", event.arrived.ordinal}};
  }
  json["decisions"] = decisionsJson(config, event, language);
  json["sent"] = Json::array();
  for (std::size_t i = 0; i < frames.size(); ++i)
    json["sent"].push_back(frameJson(world, event, event.sent[i], frames[i]));
  return json;
}

}  // namespace

bool exportJson(const Timeline& timeline, Language language, std::ostream& out) {
  out << "{\"events\": [";
  const char* separator = "\n";
  timeline.journal().replay([&](const EventRecord& event, const std::vector<Frame>& frames) {
    out << separator << eventJson(timeline.world(), event, frames, language).dump();
    separator = ",\n";
  });
  out << "\n]}\n";
  return out.good();
}

}  // namespace hw::trace
