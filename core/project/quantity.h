// Quantities as people write them: 10us, 1.5ms, 1Gbit, 1%, 100packets. Integers after parsing;
// a text that is no whole number of the smallest unit is refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/fields.h"
#include "core/base/time.h"

namespace hw::project {

/// At most so much may wait to be sent.
struct QueueLimit {
  enum class Unit : std::uint8_t { Packets, Bytes };
  std::int64_t count = 0;
  Unit unit = Unit::Packets;
  HW_FIELDS(QueueLimit, count, unit)
};

/// "10us" in ns, us, ms or s; "0" needs no unit. Result: nothing if the text is no such duration.
std::optional<Duration> parseDuration(std::string_view text);
/// "1Gbit" in bit, kbit, Mbit, Gbit or Tbit, each 1000 of the one before. Result: bits a second.
std::optional<std::int64_t> parseRate(std::string_view text);
/// "0.5%" from 0 to 100 in steps of 0.0001 %. Result: parts per million.
std::optional<std::uint32_t> parseLoss(std::string_view text);
/// "100packets", "64000bytes" or "64kB", at least 1.
std::optional<QueueLimit> parseQueue(std::string_view text);

// The shortest of those texts that means exactly the value: parseX(xText(v)) = v.
std::string durationText(Duration duration);
std::string rateText(std::int64_t bitsPerSecond);
std::string lossText(std::uint32_t partsPerMillion);
std::string queueText(const QueueLimit& queue);

/// "185m": whole metres from 1 to 100,000.
std::optional<int> parseMetres(std::string_view text);
std::string metresText(int metres);

/// A whole number in decimal without anything around it, within [low, high].
std::optional<std::int64_t> parseInteger(std::string_view text, std::int64_t low, std::int64_t high);

}  // namespace hw::project
