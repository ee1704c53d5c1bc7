#include "core/project/decode_parts.h"
#include "core/project/words.h"

namespace hw::project {
namespace {

void readEnds(ValueReader& reader, const YamlValue& value, LinkSpec& out) {
  const Wanted two{{"a list of two ends", "两个端点的列表"}, "[h1:eth0, h2:eth0]"};
  const Wanted one{{"an end of a link, node:interface", "链路的端点（节点:接口）"}, "h1:eth0"};
  const auto parts = value.children();
  if (value.kind() != ValueKind::List || parts.size() != 2) return reader.wrongType(value, two);
  reader.parsed(parts[0], one, parseLinkEnd, out.a);
  reader.parsed(parts[1], one, parseLinkEnd, out.b);
}

void readMedium(ValueReader& reader, const YamlValue& value, LinkSpec& out) {
  const Wanted wanted{{"a medium of a link", "链路的介质"}, "ethernet"};
  if (const auto index = readWord(reader, value, wanted, kMediums)) {
    out.medium = static_cast<Medium>(*index);
  }
}

void readLatency(ValueReader& reader, const YamlValue& value, LinkSpec& out) {
  const Wanted wanted{{"a time above 0 in ns, us, ms or s", "以 ns、us、ms 或 s 为单位、大于 0 的时间"}, "10us"};
  const auto parse = [](std::string_view text) -> std::optional<Duration> {
    const auto latency = parseDuration(text);
    return latency && latency->ns > 0 ? latency : std::nullopt;
  };
  reader.parsed(value, wanted, parse, out.latency);
}

void readRate(ValueReader& reader, const YamlValue& value, LinkSpec& out) {
  const Wanted wanted{{"a rate in bit, kbit, Mbit, Gbit or Tbit", "以 bit、kbit、Mbit、Gbit 或 Tbit 为单位的速率"},
                      "100Mbit"};
  reader.parsed(value, wanted, parseRate, out.bitsPerSecond);
}

void readLoss(ValueReader& reader, const YamlValue& value, LinkSpec& out) {
  const Wanted wanted{{"a loss from 0% to 100%", "0% 到 100% 的丢包率"}, "1%"};
  reader.parsed(value, wanted, parseLoss, out.lossPpm);
}

void readQueue(ValueReader& reader, const YamlValue& value, LinkSpec& out) {
  const Wanted wanted{{"a queue limit in packets, bytes or kB", "以 packets、bytes 或 kB 为单位的队列上限"},
                      "100packets"};
  reader.parsed(value, wanted, parseQueue, out.queue);
}

void readDuplex(ValueReader& reader, const YamlValue& value, LinkSpec& out) {
  const Wanted wanted{{"half or full", "half 或 full"}, "half"};
  if (const auto index = readWord(reader, value, wanted, kDuplexes)) out.duplex = static_cast<Duplex>(*index);
}

void readLength(ValueReader& reader, const YamlValue& value, LinkSpec& out) {
  reader.parsed(value, kWantedMetres, parseMetres, out.metres);
}

constexpr KeyReader<LinkSpec> kLinkKeys[] = {
    {"ends", readEnds},
    {"medium", readMedium},
    {"duplex", readDuplex},
    {"length", readLength},
    {"latency", readLatency},
    {"rate", readRate},
    {"loss", readLoss},
    {"queue", readQueue},
    {"down", [](ValueReader& r, const YamlValue& v, LinkSpec& out) { r.flag(v, out.down); }},
};
static_assert(readsAllOf(Section::Link, kLinkKeys));

}  // namespace

std::optional<LinkEnd> parseLinkEnd(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon + 1 == text.size()) return std::nullopt;
  return LinkEnd{std::string(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

void readLink(ValueReader& reader, const YamlValue& value, LinkSpec& out) {
  readSection(reader, value, Section::Link, kLinkKeys, out);
}

}  // namespace hw::project
