// The options of IPv4 that hosts and routers act on: record route, timestamp, source route.
//
// Read first: RFC 791 3.1; RFC 1122 3.2.1.8; RFC 1812 5.3.13; Linux net/ipv4/ip_options.c for what is done when.
#pragma once

#include <functional>
#include <optional>

#include "core/base/expected.h"
#include "core/journal/env.h"
#include "core/proto/ipv4/ipv4_rules.h"
#include "core/proto/ipv4/ipv4_wire.h"

namespace hw::ipv4 {

inline constexpr std::uint32_t kMaxOptions = 40;

enum OptionType : std::uint8_t {
  kEndOfOptions = 0,
  kNoOperation = 1,
  kRecordRoute = 7,
  kTimestamp = 68,
  kLooseSourceRoute = 131,
  kStrictSourceRoute = 137,
};
/// Low bits of a timestamp's flags: times alone, or each with the address of who wrote it, or for given addresses only.
enum class Stamps : std::uint8_t { Alone = 0, WithAddress = 1, Prespecified = 3 };

/// Which entry of an option waits for whoever sends the datagram on: offsets from the start of the options.
struct Slots {
  std::optional<std::uint8_t> recorded;     ///< an address in a record route
  std::optional<std::uint8_t> stamped;      ///< an address in a timestamp
  std::optional<std::uint8_t> time;         ///< a time of our own
  bool sourceRoute = false;
  bool written = false;                     ///< the bytes are not as they arrived

  bool any() const { return recorded || stamped || time; }
  bool operator==(const Slots&) const = default;
};

/// Who reads the options of a datagram that came in, and when.
struct Reader {
  Ipv4Address address;  ///< taken down at once: the datagram may end here
  Time now;
  std::function<bool(Ipv4Address)> isOwn;  ///< for timestamps that name who shall write
};

/// readOptions(o, reader): checks the options in `options`, takes the next entry of each that has one and says which. With a
/// reader (the datagram came in) its address and time are written; without (we make the datagram) fill() will do it. Error: the
/// offset, from the start of the IPv4 header, of what is wrong (RFC 792, parameter problem).
Expected<Slots, std::uint8_t> readOptions(std::span<std::uint8_t> options, const std::optional<Reader>& reader);

/// The entries that wait get the address from which the datagram leaves, and the time.
void fill(std::span<std::uint8_t> options, const Slots& slots, Ipv4Address address, Time now);

/// The options of an answer to a datagram, as the recipient read them: routes and times go on being written (RFC 1122 3.2.2.6).
struct EchoedOptions {
  Bytes options;
  Slots slots;
};
EchoedOptions echoOptions(ByteView options);

/// The options of the second and later fragments: those that are not copied become no-operations (RFC 791 3.1).
Bytes optionsOfLaterFragments(ByteView options);

}  // namespace hw::ipv4
