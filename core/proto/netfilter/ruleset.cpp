#include "core/proto/netfilter/ruleset.h"

#include <algorithm>

namespace hw::netfilter {
namespace {

template <class List> auto* named(List& list, std::string_view name) {
  const auto at = std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.name == name; });
  return at == list.end() ? nullptr : &*at;
}

}  // namespace

const FilterRule* Chain::find(std::uint32_t wanted) const {
  const auto at = std::find_if(rules.begin(), rules.end(), [&](const FilterRule& one) { return one.handle == wanted; });
  return at == rules.end() ? nullptr : &*at;
}
const Chain* Table::find(std::string_view wanted) const { return named(chains, wanted); }
Chain* Table::find(std::string_view wanted) { return named(chains, wanted); }

const Table* Ruleset::find(std::string_view wanted, bool inet) const {
  const auto at = std::ranges::find_if(tables, [&](const Table& one) { return one.name == wanted && one.inet == inet; });
  return at == tables.end() ? nullptr : &*at;
}
Table* Ruleset::find(std::string_view wanted, bool inet) {
  return const_cast<Table*>(static_cast<const Ruleset*>(this)->find(wanted, inet));
}

}  // namespace hw::netfilter
