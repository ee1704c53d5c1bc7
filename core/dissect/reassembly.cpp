#include "core/dissect/reassembly.h"

#include <algorithm>

namespace hw::dissect {
namespace {

std::size_t costOf(const Fragment& f) {
  return Reassembly::kCostOfFragment + f.bytes.size();
}

/// How far the bytes reach from 0 without a gap.
std::uint32_t contiguous(const std::vector<Fragment>& fragments) {
  std::uint32_t end = 0;
  for (const Fragment& f : fragments)
    if (f.offset <= end) end = std::max(end, f.offset + f.bytes.size());
  return end;
}

/// Writes one fragment over what is there and notes whether it repeats or contradicts it.
void place(Fragment& f, std::vector<std::uint8_t>& data, std::uint32_t& filled) {
  const auto limit = static_cast<std::uint32_t>(data.size());
  const std::uint32_t end = std::min(f.offset + f.bytes.size(), limit);
  if (f.offset < filled) {
    f.overlap = true;
    const std::uint32_t shared = std::min(end, filled) - std::min(f.offset, limit);
    f.conflict = !std::equal(f.bytes.data(), f.bytes.data() + shared, data.begin() + f.offset);
  }
  for (std::uint32_t at = std::max(f.offset, filled); at < end; ++at)
    data[at] = f.bytes[at - f.offset];
  filled = std::max(filled, end);
}

}  // namespace

std::optional<Reassembled> Reassembly::add(const FragmentKey& key, Fragment fragment,
                                               bool more) {
  if (fragment.bytes.empty()) return std::nullopt;
  makeRoom(costOf(fragment));
  Waiting& waiting = m_waiting[key];
  if (waiting.fragments.size() >= kMaxFragments) return std::nullopt;
  const std::uint32_t end = fragment.offset + fragment.bytes.size();
  if (!more) {
    fragment.otherTail = waiting.totalKnown && waiting.total != end;
    if (!waiting.totalKnown) waiting.total = end;
    waiting.totalKnown = true;
  }
  m_waitingCost += costOf(fragment);
  const auto after =
      std::upper_bound(waiting.fragments.begin(), waiting.fragments.end(), fragment.offset,
                       [](std::uint32_t offset, const Fragment& f) { return offset < f.offset; });
  waiting.fragments.insert(after, std::move(fragment));
  if (!waiting.totalKnown || contiguous(waiting.fragments) < waiting.total) return std::nullopt;

  Reassembled whole{{}, std::move(waiting.fragments)};
  std::vector<std::uint8_t> data(waiting.total);
  std::uint32_t filled = 0;
  for (Fragment& f : whole.fragments) {
    m_waitingCost -= costOf(f);
    place(f, data, filled);
  }
  whole.bytes = Bytes(std::move(data));
  m_waiting.erase(key);
  return whole;
}

void Reassembly::makeRoom(std::size_t cost) {
  if (m_waitingCost + cost <= kMaxWaitingCost) return;
  m_waiting.clear();
  m_waitingCost = 0;
}

}  // namespace hw::dissect
