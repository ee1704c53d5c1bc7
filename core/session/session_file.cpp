#include "core/session/session_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/dump.h"
#include "core/explain/explain.h"
#include "core/project/load.h"
#include "core/project/save.h"

namespace hw {
namespace {

using Json = nlohmann::ordered_json;
constexpr int kVersion = 1;
constexpr int kMaxDepth = 4;                        // {"edits": [{"nodes": [...]}]}
constexpr std::size_t kMaxValues = 400'000;
constexpr std::uint64_t kMaxEvents = 50'000'000;    // played in about half a minute
constexpr std::size_t kMaxEdits = 100'000;
constexpr std::uint32_t kMaxKey = 0x4000'0000;

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

/// Runs to the moment of a record.
std::optional<SessionFileError> runTo(Session& session, std::uint64_t events, Time time, const std::string& where) {
  const std::uint64_t now = session.timeline().world().events;
  if (events < now || time < session.timeline().now())
    return wrong(fmt::format("{}: event {} is in the past of event {}", where, events, now));
  if (events > kMaxEvents) return wrong(fmt::format("{}: event {} is too far", where, events));
  session.runUntil(kNever, events - now);
  if (session.timeline().world().events == events) session.runUntil(time);
  if (session.timeline().world().events != events) return wrong(fmt::format("{}: there is no event {}", where, events));
  return std::nullopt;
}

/// Brings the session to the moment at which a line was typed, and types it.
std::optional<SessionFileError> play(Session& session, const TypedLine& line, std::size_t number) {
  const std::string where = fmt::format("typed[{}]", number);
  if (auto error = runTo(session, line.events, line.time, where)) return error;
  const auto device = session.timeline().world().deviceNamed(line.device);
  if (!device) return wrong(fmt::format("{}: no device is called {}", where, line.device));
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
  for (const explain::Sentence& one : explain::sentences(event.decisions, config, language))
    text += "\n    " + one.text;
  return text;
}

}  // namespace

namespace {

/// Identities as they will be when the file is opened: those of the initial document count from 0,
/// all others come behind.
class Keys {
 public:
  explicit Keys(const project::Draft& initial) {
    for (const auto key : initial.nodes) m_known.emplace(key.value, m_known.size());
    for (const auto key : initial.links) m_known.emplace(key.value, m_known.size());
    for (const auto key : initial.notes) m_known.emplace(key.value, m_known.size());
  }
  template <class Key> Json of(const std::vector<Key>& keys) const {
    Json list = Json::array();
    for (const Key key : keys) {
      const auto known = m_known.find(key.value);
      list.push_back(known == m_known.end() ? m_known.size() + key.value : known->second);
    }
    return list;
  }

 private:
  std::map<std::uint32_t, std::size_t> m_known;
};

Json editsOf(const Session& session) {
  Json edits = Json::array();
  const Keys keys(session.initialDraft());
  for (const RecordedEdit& one : session.recordedEdits())
    edits.push_back({{"events", one.events},
                     {"time_ns", one.time.ns},
                     {"typed_before", one.typedBefore},
                     {"project", project::saveText(one.draft->document)},
                     {"nodes", keys.of(one.draft->nodes)},
                     {"links", keys.of(one.draft->links)},
                     {"notes", keys.of(one.draft->notes)}});
  return edits;
}

template <class Key> bool readKeys(const Json& json, const char* name, std::size_t count, std::vector<Key>& keys) {
  if (!json.contains(name) || !json[name].is_array() || json[name].size() != count) return false;
  for (const Json& one : json[name]) {
    if (!one.is_number_unsigned() || one.get<std::uint64_t>() >= kMaxKey) return false;
    keys.push_back({one.get<std::uint32_t>()});
    if (std::count(keys.begin(), keys.end(), keys.back()) > 1) return false;
  }
  return true;
}

Expected<RecordedEdit, SessionFileError> recordedEdit(const Json& json, std::size_t number) {
  const auto bad = [number] {
    return unexpected(wrong(fmt::format("edits[{}]: expected events, time_ns, typed_before, project, nodes, links and "
                                        "notes", number)));
  };
  const auto isCount = [&json](const char* name) { return json.contains(name) && json[name].is_number_unsigned(); };
  if (!json.is_object() || !isCount("events") || !isCount("time_ns") || !isCount("typed_before") ||
      !json.contains("project") || !json["project"].is_string())
    return bad();
  auto loaded = project::loadText(json["project"].get<std::string>(), fmt::format("edits[{}]", number));
  if (!loaded) return unexpected(wrong(loaded.error().text()));
  project::Draft draft;
  draft.document = std::move(loaded->document);
  draft.nextKey = kMaxKey;
  if (!readKeys(json, "nodes", draft.document.nodes.size(), draft.nodes) ||
      !readKeys(json, "links", draft.document.links.size(), draft.links) ||
      !readKeys(json, "notes", draft.document.notes.size(), draft.notes))
    return bad();
  return RecordedEdit{json["events"].get<std::uint64_t>(), Time{json["time_ns"].get<std::int64_t>()},
                      json["typed_before"].get<std::size_t>(),
                      std::make_shared<project::Draft>(std::move(draft))};
}

Expected<std::vector<RecordedEdit>, SessionFileError> recordedEdits(const Json& json) {
  std::vector<RecordedEdit> edits;
  if (!json.contains("edits")) return edits;
  if (!json["edits"].is_array() || json["edits"].size() > kMaxEdits)
    return unexpected(wrong("expected a list as \"edits\""));
  for (const Json& one : json["edits"]) {
    auto edit = recordedEdit(one, edits.size());
    if (!edit) return unexpected(edit.error());
    edits.push_back(std::move(*edit));
  }
  return edits;
}

/// Repeats the edits that were made before the next line was typed.
std::optional<SessionFileError> playEdits(Session& session, const std::vector<RecordedEdit>& edits, std::size_t& next,
                                          std::size_t typed) {
  for (; next < edits.size() && edits[next].typedBefore <= typed; ++next) {
    if (auto error = runTo(session, edits[next].events, edits[next].time, fmt::format("edits[{}]", next))) return error;
    session.replay(edits[next]);
  }
  return std::nullopt;
}

}  // namespace

std::string saveSession(const Session& session) {
  Json typed = Json::array();
  const std::size_t started = [&] {
    std::size_t lines = 0;
    for (const project::Node& node : session.initialDocument().nodes) lines += node.start.size();
    return lines;
  }();
  for (std::size_t i = started; i < session.typed().size(); ++i) {
    const TypedLine& one = session.typed()[i];
    typed.push_back({{"events", one.events}, {"time_ns", one.time.ns}, {"device", one.device}, {"line", one.line}});
  }
  const Timeline& timeline = session.timeline();
  return Json{{"hopwise_session", kVersion},
              {"project", project::saveText(session.initialDocument())},
              {"typed", typed},
              {"edits", editsOf(session)},
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
  const auto edits = recordedEdits(*json);
  if (!edits) return unexpected(edits.error());
  std::size_t number = 0;
  std::size_t nextEdit = 0;
  for (const Json& one : (*json)["typed"]) {
    if (const auto error = playEdits(*session, *edits, nextEdit, session->typed().size())) return unexpected(*error);
    const auto line = typedLine(one, number);
    if (!line) return unexpected(line.error());
    if (const auto error = play(*session, *line, number++)) return unexpected(*error);
  }
  if (const auto error = playEdits(*session, *edits, nextEdit, session->typed().size())) return unexpected(*error);
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
