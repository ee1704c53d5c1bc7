#include "core/proto/ipv4/options.h"

#include <algorithm>
#include <utility>

#include "core/wire/byte_order.h"

namespace hw::ipv4 {
namespace {

constexpr std::uint32_t kFirstAddress = 4, kFirstStamp = 5;  // the least pointers
constexpr std::uint8_t kCopied = 0x80;

/// Milliseconds since midnight (RFC 791 3.1).
std::uint32_t timeOfDay(Time now) {
  constexpr std::int64_t kDay = 86'400'000;
  return static_cast<std::uint32_t>(now.ns / 1'000'000 % kDay);
}

/// One option in its place: at[0] is its type, at[1] its length, at[2] its pointer.
struct Place {
  std::span<std::uint8_t> all;
  std::uint32_t begin = 0;

  std::uint8_t* at() const { return all.data() + begin; }
  std::uint32_t length() const { return at()[1]; }
  std::uint32_t pointer() const { return at()[2]; }
  std::uint8_t offset(std::uint32_t inside) const { return static_cast<std::uint8_t>(begin + inside); }
  std::uint8_t inHeader(std::uint32_t inside) const { return static_cast<std::uint8_t>(kHeaderSize + begin + inside); }
  void advance(std::uint32_t by) const { at()[2] = static_cast<std::uint8_t>(pointer() + by); }
};

using Problem = std::optional<std::uint8_t>;  ///< the offset of what is wrong

Problem readRecord(const Place& option, const std::optional<Reader>& reader, Slots& slots) {
  if (option.length() < 3) return option.inHeader(1);
  if (option.pointer() < kFirstAddress) return option.inHeader(2);
  if (option.pointer() > option.length()) return std::nullopt;  // full
  if (option.pointer() + 3 > option.length()) return option.inHeader(2);
  slots.recorded = option.offset(option.pointer() - 1);
  if (reader) store32(option.all.data() + *slots.recorded, reader->address.value);
  slots.written = true;
  option.advance(4);
  return std::nullopt;
}

/// No room for another time: the next four bits count who could not write (RFC 791 3.1).
Problem countOverflow(const Place& option, bool arrived, bool& written) {
  std::uint8_t& flags = option.at()[3];
  if ((flags & 0x0F) == static_cast<std::uint8_t>(Stamps::Prespecified)) return std::nullopt;
  if (flags >> 4 == 15) return option.inHeader(3);
  if (arrived) flags = static_cast<std::uint8_t>(flags + 0x10);
  written = written || arrived;
  return std::nullopt;
}

Problem readTimestamp(const Place& option, const std::optional<Reader>& reader, Slots& slots) {
  if (option.length() < 4) return option.inHeader(1);
  if (option.pointer() < kFirstStamp) return option.inHeader(2);
  if (option.pointer() > option.length()) return countOverflow(option, reader.has_value(), slots.written);
  const std::uint8_t kind = option.at()[3] & 0x0F;
  const bool addressed = kind != static_cast<std::uint8_t>(Stamps::Alone);
  if (option.pointer() + (addressed ? 7u : 3u) > option.length()) return option.inHeader(2);
  const std::uint8_t entry = option.offset(option.pointer() - 1);
  std::uint8_t* const at = option.all.data() + entry;
  if (kind == static_cast<std::uint8_t>(Stamps::Prespecified)) {
    // Only the host that is named may write.
    if (!reader || !reader->isOwn(Ipv4Address{load32(at)})) return std::nullopt;
  } else if (addressed) {
    slots.stamped = entry;
    if (reader) store32(at, reader->address.value);
  }
  slots.written = true;
  slots.time = static_cast<std::uint8_t>(entry + (addressed ? 4 : 0));
  if (reader) store32(option.all.data() + *slots.time, timeOfDay(reader->now));
  option.advance(addressed ? 8 : 4);
  return std::nullopt;
}

/// Calls visit(place) for each option with a length; its result ends the walk. Error: an option that has no end.
template <class Visit> Problem walk(std::span<std::uint8_t> options, Visit&& visit) {
  for (std::uint32_t at = 0; at < options.size() && options[at] != kEndOfOptions;) {
    if (options[at] == kNoOperation) {
      ++at;
      continue;
    }
    const Place option{options, at};
    if (at + 2 > options.size() || option.length() < 2 || option.length() > options.size() - at) return option.inHeader(0);
    const std::uint32_t length = option.length();  // the visitor may write over it
    if (const Problem problem = visit(option)) return problem;
    at += length;
  }
  return std::nullopt;
}

Problem readSourceRoute(const Place& option, Slots& slots) {
  if (option.length() < 3) return option.inHeader(1);
  if (option.pointer() < kFirstAddress) return option.inHeader(2);
  if (slots.sourceRoute) return option.inHeader(0);
  slots.sourceRoute = true;
  return std::nullopt;
}

}  // namespace

Expected<Slots, std::uint8_t> readOptions(std::span<std::uint8_t> options, const std::optional<Reader>& reader) {
  Slots slots;
  bool route = false, times = false;
  const Problem problem = walk(options, [&](const Place& option) -> Problem {
    switch (option.at()[0]) {
      case kRecordRoute:
        if (std::exchange(route, true)) return option.inHeader(0);
        return readRecord(option, reader, slots);
      case kTimestamp:
        if (std::exchange(times, true)) return option.inHeader(0);
        return readTimestamp(option, reader, slots);
      case kLooseSourceRoute:
      case kStrictSourceRoute: return readSourceRoute(option, slots);
      default: return std::nullopt;
    }
  });
  if (problem) return unexpected(*problem);
  return slots;
}

void fill(std::span<std::uint8_t> options, const Slots& slots, Ipv4Address address, Time now) {
  if (slots.recorded) store32(options.data() + *slots.recorded, address.value);
  if (slots.stamped) store32(options.data() + *slots.stamped, address.value);
  if (slots.time) store32(options.data() + *slots.time, timeOfDay(now));
}

EchoedOptions echoOptions(ByteView received) {
  std::vector<std::uint8_t> from(received.begin(), received.end());
  std::vector<std::uint8_t> echoed;
  for (const std::uint8_t wanted : {kRecordRoute, kTimestamp})
    walk(from, [&](const Place& option) -> Problem {
      if (option.at()[0] == wanted) echoed.insert(echoed.end(), option.at(), option.at() + option.length());
      return std::nullopt;
    });
  echoed.resize((echoed.size() + 3) / 4 * 4, kEndOfOptions);
  const auto slots = readOptions(echoed, std::nullopt);
  return {Bytes(std::move(echoed)), slots.value_or(Slots{})};
}

Bytes optionsOfLaterFragments(ByteView options) {
  std::vector<std::uint8_t> later(options.begin(), options.end());
  walk(later, [&](const Place& option) -> Problem {
    if ((option.at()[0] & kCopied) == 0) std::fill_n(option.at(), option.length(), kNoOperation);
    return std::nullopt;
  });
  return Bytes(std::move(later));
}

}  // namespace hw::ipv4
