#include "core/project/change.h"

#include <algorithm>
#include <map>

namespace hw::project {
namespace {

template <class Key, class Part>
std::vector<PartChange<Key, Part>> partChanges(const std::vector<Key>& fromKeys, const std::vector<Part>& from,
                                               const std::vector<Key>& toKeys, const std::vector<Part>& to) {
  using Placed = typename PartChange<Key, Part>::Placed;
  std::map<Key, std::size_t> places;
  for (std::size_t i = 0; i < toKeys.size(); ++i) places.emplace(toKeys[i], i);
  std::vector<PartChange<Key, Part>> changes;
  for (std::size_t i = 0; i < fromKeys.size(); ++i) {
    const auto other = places.find(fromKeys[i]);
    if (other == places.end()) {
      changes.push_back({fromKeys[i], Placed{i, from[i]}, std::nullopt});
      continue;
    }
    if (!(from[i] == to[other->second]))
      changes.push_back({fromKeys[i], Placed{i, from[i]}, Placed{other->second, to[other->second]}});
    places.erase(other);
  }
  for (const auto& [key, at] : places) changes.push_back({key, std::nullopt, Placed{at, to[at]}});
  return changes;
}

template <class Key, class Part>
void applyParts(std::vector<PartChange<Key, Part>> changes, std::vector<Key>& keys, std::vector<Part>& parts) {
  const auto placeOf = [&keys](Key key) { return std::find(keys.begin(), keys.end(), key) - keys.begin(); };
  for (const auto& one : changes) {
    if (!one.before) continue;
    const auto at = placeOf(one.key);
    if (one.after) {
      parts[static_cast<std::size_t>(at)] = one.after->part;
    } else {
      keys.erase(keys.begin() + at);
      parts.erase(parts.begin() + at);
    }
  }
  std::erase_if(changes, [](const auto& one) { return one.before || !one.after; });
  std::sort(changes.begin(), changes.end(), [](const auto& a, const auto& b) { return a.after->at < b.after->at; });
  for (auto& one : changes) {
    const auto at = static_cast<std::ptrdiff_t>(std::min(one.after->at, keys.size()));
    keys.insert(keys.begin() + at, one.key);
    parts.insert(parts.begin() + at, std::move(one.after->part));
  }
}

template <class Changes> void turnRound(Changes& changes) {
  for (auto& one : changes) std::swap(one.before, one.after);
}

}  // namespace

Change Change::inverse() const {
  Change other = *this;
  turnRound(other.nodes);
  turnRound(other.links);
  turnRound(other.notes);
  if (other.title) std::swap(other.title->first, other.title->second);
  return other;
}

Change changeBetween(const Draft& from, const Draft& to) {
  Change change;
  const Document& a = from.document;
  const Document& b = to.document;
  change.nodes = partChanges(from.nodes, a.nodes, to.nodes, b.nodes);
  change.links = partChanges(from.links, a.links, to.links, b.links);
  change.notes = partChanges(from.notes, a.notes, to.notes, b.notes);
  if (!(a.title == b.title)) change.title.emplace(a.title, b.title);
  return change;
}

void apply(const Change& change, Draft& draft) {
  applyParts(change.nodes, draft.nodes, draft.document.nodes);
  applyParts(change.links, draft.links, draft.document.links);
  applyParts(change.notes, draft.notes, draft.document.notes);
  if (change.title) draft.document.title = change.title->second;
}

}  // namespace hw::project
