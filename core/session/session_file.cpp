#include "core/session/session_file.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/dump.h"
#include "core/explain/explain.h"
#include "core/project/load.h"
#include "core/project/save.h"

namespace hw {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kVersion = 1;
constexpr int kMaxDepth = 3;                        // {"typed": [{...}]}
constexpr std::size_t kMaxValues = 400'000;
constexpr std::uint64_t kMaxEvents = 50'000'000;    // played in about half a minute

SessionFileError wrong(std::string text) { return {std::move(text)}; }

Expected<Json, SessionFileError> parse(const std::string& text) {
  std::size_t values = 0;
  bool tooLarge = false;
  // What is too deep or too much is left out while it is read, so that it costs no memory.
  const auto take = [&](int depth, Json::parse_event_t, const Json&) {
    tooLarge = tooLarge || depth > kMaxDepth || ++values > kMaxValues;
    return !tooLarge;
  };
  const Json json = Json::parse(text, take, false);
  if (tooLarge)
    return unexpected(wrong(fmt::format("the session file is nested deeper than {} or has more than {} values", kMaxDepth, kMaxValues)));
  if (json.is_discarded()) return unexpected(wrong("the session file is no JSON text"));
  if (!json.is_object() || !json.contains("hopwise_session") || json["hopwise_session"] != kVersion)
    return unexpected(wrong(fmt::format("expected an object with \"hopwise_session\": {}", kVersion)));
  if (!json.contains("project") || !json["project"].is_string() || !json.contains("typed") ||
      !json["typed"].is_array())
    return unexpected(wrong("expected the members \"project\" (text) and \"typed\" (list)"));
  return json;
}

Expected<TypedLine, SessionFileError> typedLine(const Json& json, std::size_t number) {
  const bool right = json.is_object() && json.contains("events") && json["events"].is_number_unsigned() &&
                     json.contains("time_ns") && json["time_ns"].is_number_integer() &&
                     json.contains("device") && json["device"].is_string() && json.contains("line") &&
                     json["line"].is_string();
  if (!right)
    return unexpected(wrong(fmt::format("typed[{}]: expected events, time_ns, device and line", number)));
  return TypedLine{json["events"].get<std::uint64_t>(), Time{json["time_ns"].get<std::int64_t>()},
                   json["device"].get<std::string>(), json["line"].get<std::string>()};
}

/// Brings the session to the moment at which a line was typed, and types it.
std::optional<SessionFileError> play(Session& session, const TypedLine& line, std::size_t number) {
  const auto device = session.timeline().world().deviceNamed(line.device);
  if (!device) return wrong(fmt::format("typed[{}]: no device is called {}", number, line.device));
  const std::uint64_t now = session.timeline().world().events;
  if (line.events < now || line.time < session.timeline().now())
    return wrong(fmt::format("typed[{}]: event {} is in the past of event {}", number, line.events, now));
  if (line.events > kMaxEvents) return wrong(fmt::format("typed[{}]: event {} is too far", number, line.events));
  session.runUntil(kNever, line.events - now);
  if (session.timeline().world().events == line.events) session.runUntil(line.time);
  if (session.timeline().world().events != line.events)
    return wrong(fmt::format("typed[{}]: there is no event {}", number, line.events));
  if (line.line == kInterrupt) session.interrupt(*device);
  else session.type(*device, line.line);
  return std::nullopt;
}

/// Runs on to the moment at which the session was saved.
std::optional<SessionFileError> playToTheEnd(Session& session, const Json& json) {
  if (!json.contains("end")) return std::nullopt;
  const Json& end = json["end"];
  if (!end.is_object() || !end.contains("time_ns") || !end["time_ns"].is_number_integer())
    return wrong("end: expected an object with time_ns");
  const Time until{end["time_ns"].get<std::int64_t>()};
  if (until > session.timeline().now() && !session.runUntil(until, kMaxEvents))
    return wrong(fmt::format("end: {} ns is more than {} events away", until.ns, kMaxEvents));
  return std::nullopt;
}

std::string eventText(const Session& session, std::uint64_t index, Language language) {
  if (index >= session.timeline().journal().size()) return "nothing";
  const EventRecord event = session.timeline().journal().read(index);
  const DeviceConfig& config = session.timeline().world().device(event.device).config();
  std::string text = fmt::format("{} at {} ns, {} frames sent", config.name, event.time.ns, event.sent.size());
  const auto nameOf = [&config](InterfaceId port) {
    return port.value < config.interfaces.size() ? config.at(port).name : std::string("?");
  };
  for (const explain::Sentence& one : explain::sentences(event.decisions, nameOf, language))
    text += "\n    " + one.text;
  return text;
}

}  // namespace

std::string saveSession(const Session& session) {
  Json typed = Json::array();
  const std::size_t started = [&] {
    std::size_t lines = 0;
    for (const project::Node& node : session.document().nodes) lines += node.start.size();
    return lines;
  }();
  for (std::size_t i = started; i < session.typed().size(); ++i) {
    const TypedLine& one = session.typed()[i];
    typed.push_back({{"events", one.events}, {"time_ns", one.time.ns}, {"device", one.device}, {"line", one.line}});
  }
  const Timeline& timeline = session.timeline();
  return Json{{"hopwise_session", kVersion},
              {"project", project::saveText(session.document())},
              {"typed", typed},
              {"end", {{"events", timeline.known()}, {"time_ns", timeline.now().ns}}}}
             .dump(1) +
         "\n";
}

Expected<Session, SessionFileError> loadSession(const std::string& text) {
  const auto json = parse(text);
  if (!json) return unexpected(json.error());
  auto loaded = project::loadText((*json)["project"].get<std::string>(), "project");
  if (!loaded) return unexpected(wrong(loaded.error().text()));
  auto document = project::runnable(std::move(*loaded));
  if (!document) return unexpected(wrong(document.error().text()));
  auto session = Session::open(std::move(*document));
  if (!session) return unexpected(wrong(session.error().text()));
  std::size_t number = 0;
  for (const Json& one : (*json)["typed"]) {
    const auto line = typedLine(one, number);
    if (!line) return unexpected(line.error());
    if (const auto error = play(*session, *line, number++)) return unexpected(*error);
  }
  if (const auto error = playToTheEnd(*session, *json)) return unexpected(*error);
  return std::move(*session);
}

std::string firstDifference(const Session& a, const Session& b, Language language) {
  const Journal& x = a.timeline().journal();
  const Journal& y = b.timeline().journal();
  std::uint64_t i = 0;
  const auto same = [&](std::uint64_t event) {
    const EventRecord p = x.read(event), q = y.read(event);
    if (p.time != q.time || p.device != q.device || p.kind != q.kind || p.decisions != q.decisions ||
        p.sent.size() != q.sent.size())
      return false;
    for (std::size_t j = 0; j < p.sent.size(); ++j)
      if (!(x.frame(p.sent[j].id) == y.frame(q.sent[j].id)) || p.sent[j].arrives != q.sent[j].arrives) return false;
    return true;
  };
  const std::uint64_t both = std::min(x.size(), y.size());
  while (i < both && same(i)) ++i;
  const bool journalsAgree = i == both && x.size() == y.size();
  const std::uint64_t after = journalsAgree ? i : std::min(i + 1, both);
  const auto field = hw::firstDifference(dumpOf(a.timeline().at(after)), dumpOf(b.timeline().at(after)));
  std::string text;
  if (!journalsAgree)
    text = fmt::format("event {}:\n  first:  {}\n  second: {}\n", i, eventText(a, i, language), eventText(b, i, language));
  if (field) text += fmt::format("state {}:\n  first:  {}\n  second: {}\n", field->path, field->here, field->there);
  return text;
}

}  // namespace hw
