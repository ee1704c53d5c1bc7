// The parts of decode.cpp: each reads one section of the file into its value of the document.
#pragma once

#include "core/project/document.h"
#include "core/project/section.h"

namespace hw::project {

inline constexpr Wanted kWantedMetres{{"a length in metres from 1m to 100000m", "1m 到 100000m 的长度"}, "185m"};

void readNode(ValueReader& reader, const YamlValue& value, Node& out);
void readLink(ValueReader& reader, const YamlValue& value, LinkSpec& out);
/// A plain text, or a map with one for each language.
void readText(ValueReader& reader, const YamlValue& value, DocumentText& out);
/// [x, y]
void readPosition(ValueReader& reader, const YamlValue& value, std::optional<Position>& out);

inline constexpr Wanted kWantedMac{{"a MAC address", "MAC 地址"}, "02:00:00:00:00:aa"};
inline constexpr Wanted kWantedDuration{{"a time in ns, us, ms or s", "以 ns、us、ms 或 s 为单位的时间"},
                                        "10us"};

/// A reader for parseInteger's int.
template <int low, int high> std::optional<int> parseIntWithin(std::string_view text) {
  const auto number = parseInteger(text, low, high);
  return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
}

}  // namespace hw::project
