#include "core/lesson/progress.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/lesson/limits.h"

namespace hw::lesson {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMaxItems = kMaxSteps * kMaxBlocks;

std::string hex(std::uint64_t value) { return fmt::format("{:016x}", value); }

std::vector<std::size_t> numbersOf(const ordered_json& list) {
  std::vector<std::size_t> numbers;
  for (const ordered_json& one : list)
    if (one.is_number_unsigned() && numbers.size() < kMaxItems) numbers.push_back(one.get<std::size_t>());
  return numbers;
}

std::size_t numberOf(const ordered_json& map, const char* key) {
  const auto found = map.find(key);
  return found != map.end() && found->is_number_unsigned() ? found->get<std::size_t>() : 0;
}

std::string textIn(const ordered_json& map, const char* key) {
  const auto found = map.find(key);
  return found != map.end() && found->is_string() ? found->get<std::string>() : std::string();
}

ItemProgress itemOf(const ordered_json& json) {
  ItemProgress item;
  item.state = static_cast<ItemProgress::State>(std::min<std::size_t>(numberOf(json, "state"), 2));
  if (json.contains("chosen")) item.chosen = numbersOf(json["chosen"]);
  std::erase_if(item.chosen, [](std::size_t one) { return one >= kMaxChoices; });
  if (json.contains("right") && numberOf(json, "right") < kMaxChoices) item.right = numberOf(json, "right");
  item.value = textIn(json, "value");
  item.tries = static_cast<int>(std::min<std::size_t>(numberOf(json, "tries"), 9999));
  return item;
}

bool isOf(const ordered_json& json, const Progress& fresh) {
  return json.is_object() && textIn(json, "lesson") == fresh.lesson && textIn(json, "hash") == hex(fresh.contentHash) &&
         numberOf(json, "schema") == static_cast<std::size_t>(fresh.schema);
}

}  // namespace

std::string saveProgress(const Progress& progress) {
  ordered_json json;
  json["lesson"] = progress.lesson;
  json["schema"] = progress.schema;
  json["hash"] = hex(progress.contentHash);
  json["step"] = progress.step;
  json["items"] = ordered_json::object();
  for (const auto& [id, item] : progress.items) {
    ordered_json& one = json["items"][id];
    one["state"] = static_cast<int>(item.state);
    one["chosen"] = item.chosen;
    if (item.right) one["right"] = *item.right;
    if (!item.value.empty()) one["value"] = item.value;
    one["tries"] = item.tries;
  }
  json["hints"] = ordered_json::object();
  for (const auto& [step, count] : progress.hints) json["hints"][std::to_string(step)] = count;
  json["read"] = std::vector<std::size_t>(progress.read.begin(), progress.read.end());
  return json.dump(1) + "\n";
}

std::optional<Progress> loadProgress(const std::string& text, const Progress& fresh) {
  if (text.size() > kMaxFileBytes) return std::nullopt;
  const ordered_json json = ordered_json::parse(text, nullptr, false);
  if (!isOf(json, fresh)) return std::nullopt;
  Progress progress = fresh;
  progress.step = std::min(numberOf(json, "step"), kMaxSteps);
  if (json.contains("items") && json["items"].is_object())
    for (const auto& [id, item] : json["items"].items())
      if (item.is_object() && progress.items.size() < kMaxItems) progress.items[id] = itemOf(item);
  for (std::size_t step = 0; step < kMaxSteps && json.contains("hints") && json["hints"].is_object(); ++step)
    if (const std::size_t count = numberOf(json["hints"], std::to_string(step).c_str()))
      progress.hints[step] = static_cast<int>(std::min(count, kMaxBlocks));
  if (json.contains("read"))
    for (const std::size_t step : numbersOf(json["read"])) progress.read.insert(step);
  return progress;
}

}  // namespace hw::lesson
