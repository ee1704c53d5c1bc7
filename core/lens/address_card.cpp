#include "core/lens/address_card.h"

#include <fmt/format.h>

#include <bit>
#include <charconv>

namespace hw::lens {
namespace {

constexpr Text kNoAddress{"An address has four numbers from 0 to 255 with dots between them: 192.0.2.10",
                          "地址由四个 0 到 255 的数字组成，用点隔开：192.0.2.10"};
constexpr Text kNoLength{"Behind the slash stands how many bits the network part has, 0 to 32, or a mask: /24 or /255.255.255.0",
                         "斜线后面是网络部分的位数（0 到 32）或掩码：/24 或 /255.255.255.0"};
constexpr Text kNoMask{"A mask is ones, then zeros: 255.255.255.192 is one, 255.0.255.0 is not",
                       "掩码必须先全是 1 后全是 0：255.255.255.192 可以，255.0.255.0 不行"};

struct Class {
  char name;
  std::uint8_t length;  ///< 0: no networks
  Text words;
};

/// RFC 791 3.2, RFC 1112 4.
constexpr Class classOf(Ipv4Address address) {
  const std::uint32_t first = address.value >> 24;
  if (first < 128) return {'A', 8, {"begins with 0: its networks were /8", "以 0 开头：网络号占 8 位"}};
  if (first < 192) return {'B', 16, {"begins with 10: its networks were /16", "以 10 开头：网络号占 16 位"}};
  if (first < 224) return {'C', 24, {"begins with 110: its networks were /24", "以 110 开头：网络号占 24 位"}};
  if (first < 240) return {'D', 0, {"begins with 1110: groups of multicast", "以 1110 开头：组播组"}};
  return {'E', 0, {"begins with 1111: never used", "以 1111 开头：保留未用"}};
}

struct Special {
  std::uint8_t length;
  std::uint8_t a, b, c;  ///< of the network a.b.c.0
  Text words;
};

/// The special blocks of RFC 6890, the longer ones first.
constexpr Special kSpecial[] = {
    {24, 192, 0, 2, {"for examples in documents (RFC 5737)", "文档示例专用（RFC 5737）"}},
    {24, 198, 51, 100, {"for examples in documents (RFC 5737)", "文档示例专用（RFC 5737）"}},
    {24, 203, 0, 113, {"for examples in documents (RFC 5737)", "文档示例专用（RFC 5737）"}},
    {16, 169, 254, 0, {"only on its own link (RFC 3927)", "仅在本链路有效（RFC 3927）"}},
    {16, 192, 168, 0, {"private (RFC 1918)", "私有地址（RFC 1918）"}},
    {15, 198, 18, 0, {"for measurements of devices (RFC 2544)", "设备性能测试专用（RFC 2544）"}},
    {12, 172, 16, 0, {"private (RFC 1918)", "私有地址（RFC 1918）"}},
    {10, 100, 64, 0, {"between a provider and its customers (RFC 6598)", "运营商与用户之间共享（RFC 6598）"}},
    {8, 0, 0, 0, {"this network: only as a source, before a host has an address (RFC 1122)", "本网络：主机尚无地址时只能作源地址（RFC 1122）"}},
    {8, 10, 0, 0, {"private (RFC 1918)", "私有地址（RFC 1918）"}},
    {8, 127, 0, 0, {"loopback: never leaves the host (RFC 1122)", "环回：不会离开本机（RFC 1122）"}},
    {4, 224, 0, 0, {"multicast (RFC 5771)", "组播（RFC 5771）"}},
    {4, 240, 0, 0, {"reserved (RFC 1112)", "保留（RFC 1112）"}},
};

Text useOf(Ipv4Address address) {
  if (address.isLimitedBroadcast()) return {"broadcast to everybody on the link (RFC 919)", "本链路上的受限广播（RFC 919）"};
  for (const Special& one : kSpecial)
    if (Ipv4Prefix{{std::uint32_t{one.a} << 24 | std::uint32_t{one.b} << 16 | std::uint32_t{one.c} << 8}, one.length}.contains(address)) return one.words;
  return {"public", "公网地址"};
}

Expected<std::uint8_t, Text> lengthOf(std::string_view text) {
  if (const auto mask = Ipv4Address::parse(text)) {
    const int ones = std::countl_one(mask->value);
    if (std::popcount(mask->value) != ones) return unexpected(kNoMask);
    return static_cast<std::uint8_t>(ones);
  }
  std::uint8_t length = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length);
  if (error != std::errc() || end != text.data() + text.size() || length > 32) return unexpected(kNoLength);
  return length;
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

std::vector<AddressFact> factsOf(const Ipv4Prefix& prefix) {
  const Class letter = classOf(prefix.address);
  std::vector<AddressFact> facts;
  const auto fact = [&facts](const Text& label, std::string value, const Text& words = {}) { facts.push_back({label, std::move(value), words}); };
  fact({"Subnet", "子网"}, Ipv4Prefix{prefix.network(), prefix.length}.text());
  fact({"Mask", "子网掩码"}, Ipv4Address{prefix.mask()}.text());
  fact({"Inverted mask", "反掩码"}, Ipv4Address{~prefix.mask()}.text());
  if (prefix.length < 31) {
    fact({"Network address", "网络地址"}, prefix.network().text(), prefix.isNetwork() ? Text{"the address itself", "就是该地址"} : Text{});
    const bool all = prefix.address == prefix.broadcast();
    fact({"Broadcast address", "广播地址"}, prefix.broadcast().text(), all ? Text{"the address itself", "就是该地址"} : Text{});
  }
  const auto [first, last] = hostsOf(prefix);
  fact({"First host", "第一个主机地址"}, first.text());
  fact({"Last host", "最后一个主机地址"}, last.text());
  fact({"Addresses for hosts", "主机地址数"}, std::to_string(std::uint64_t{last.value} - first.value + 1));
  fact({"Class", "类别"}, std::string(1, letter.name), letter.words);
  fact({"Use", "用途"}, "", useOf(prefix.address));
  return facts;
}

}  // namespace

Expected<AddressCard, Text> addressCard(std::string_view text) {
  text = trimmed(text);
  const std::size_t cut = text.find_first_of("/ ");
  const auto address = Ipv4Address::parse(text.substr(0, cut));
  if (!address) return unexpected(kNoAddress);
  AddressCard card;
  card.prefix.address = *address;
  card.classful = cut == text.npos;
  if (card.classful) {
    const std::uint8_t length = classOf(*address).length;
    card.prefix.length = length == 0 ? std::uint8_t{32} : length;
  } else {
    std::string_view rest = trimmed(text.substr(cut));
    if (rest.starts_with('/')) rest.remove_prefix(1);
    const auto length = lengthOf(trimmed(rest));
    if (!length) return unexpected(length.error());
    card.prefix.length = *length;
  }
  card.facts = factsOf(card.prefix);
  card.addressBits = fmt::format("{:032b}", address->value);
  return card;
}

std::vector<Ipv4Prefix> partsOf(const Ipv4Prefix& prefix, std::uint8_t length) {
  std::vector<Ipv4Prefix> parts;
  if (length < prefix.length || length > 32) return parts;
  const std::uint64_t size = std::uint64_t{1} << (32 - length);
  const std::uint64_t end = std::uint64_t{prefix.broadcast().value} + 1;
  for (std::uint64_t at = prefix.network().value; at < end && parts.size() < kMostParts; at += size)
    parts.push_back({{static_cast<std::uint32_t>(at)}, length});
  return parts;
}

std::pair<Ipv4Address, Ipv4Address> hostsOf(const Ipv4Prefix& subnet) {
  if (subnet.length >= 31) return {subnet.network(), subnet.broadcast()};
  return {{subnet.network().value + 1}, {subnet.broadcast().value - 1}};
}

}  // namespace hw::lens
