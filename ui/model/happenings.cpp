#include "ui/model/happenings.h"

#include "core/explain/explain.h"

namespace hw::model {
namespace {

/// The fields that are told beside the device, of those in lens::kHopFields.
bool isTold(std::string_view field) {
  return field == "eth.src" || field == "eth.dst" || field == "ip.ttl" || field == "ip.src" ||
         field == "ip.dst";
}

std::optional<Happening> rewriting(const Session& session, DeviceId device, TransmissionId id) {
  const auto hops =
      lens::hopStrip(session.timeline(), session.beats(), id, session.timeline().world().events);
  Happening happening{Happening::Kind::Rewritten, device, id, {}};
  for (std::size_t i = 1; i < hops.size(); ++i) {
    if (hops[i].id != id) continue;
    for (std::size_t f = 0; f < lens::kHopFields.size(); ++f)
      if (hops[i].changed[f] && isTold(lens::kHopFields[f]) && !hops[i - 1].values[f].empty() && !hops[i].values[f].empty())
        happening.lines.push_back({std::string(lens::kHopFields[f]), hops[i - 1].values[f],
                                   hops[i].values[f]});
  }
  if (happening.lines.empty()) return std::nullopt;
  return happening;
}

/// A frame that collided, or that arrived and was given up: the sentence of the decision that did so. What is not for
/// the receiver at all is everyday life and not told.
std::optional<Happening> dropping(const Session& session, const EventRecord& event,
                                  Language language) {
  const bool collision = event.kind == EventKind::Medium && !event.sent.empty() && event.sent.front().fate == Fate::Collided;
  const bool arrival = event.kind == EventKind::Arrival && event.sent.empty();
  if (!collision && !arrival) return std::nullopt;
  const DeviceConfig& config = session.timeline().world().device(event.device).config();
  const TransmissionId frame = collision ? event.sent.front().id : event.arrived;
  for (const auto& sentence : explain::sentences(event.decisions, config, language))
    if (sentence.outcome == Outcome::Dropped || (collision && sentence.outcome == Outcome::Lost))
      return Happening{Happening::Kind::Dropped, event.device, frame, {{"", "", sentence.text}}};
  return std::nullopt;
}

}  // namespace

std::vector<Happening> happeningsOf(const Session& session, Language language) {
  std::vector<Happening> happenings;
  if (session.beat() == 0) return happenings;
  const lens::BeatMap& beats = session.beats();
  const std::size_t shown = session.beat() - 1;
  const std::uint64_t end =
      std::min(beats.endOf(shown), session.timeline().world().events);
  for (std::uint64_t i = beats.at(shown).firstEvent; i < end; ++i) {
    const EventRecord event = session.timeline().journal().read(i);
    for (const Transmission& sent : event.sent)
      if (sent.origin == Origin::Forwarded || sent.continuesArrival)
        if (auto one = rewriting(session, event.device, sent.id)) happenings.push_back(std::move(*one));
    if (auto one = dropping(session, event, language)) happenings.push_back(std::move(*one));
    if (happenings.size() >= kMaxHappenings) break;
  }
  return happenings;
}

}  // namespace hw::model
