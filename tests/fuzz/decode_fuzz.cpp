// Any bytes in the place where one decoder, the target's variant, reads them: the headers below are right, so that no random byte is
// spent on getting there. An input is a capture: packets, each with its length (two bytes) in front.
#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/check.h"
#include "core/dissect/dissect.h"
#include "core/wire/checksum.h"
#include "tests/core/dissect/tree_check.h"
#include "tests/fuzz/reader.h"
#include "tests/fuzz/variant.h"

namespace {

using namespace hw;
using Octets = std::vector<std::uint8_t>;

constexpr std::uint32_t kMaxPacket = 2000;
constexpr int kMaxPackets = 40;

void put16(Octets& out, std::size_t value) {
  out.push_back(static_cast<std::uint8_t>(value >> 8 & 0xFF));
  out.push_back(static_cast<std::uint8_t>(value & 0xFF));
}

void add(Octets& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

Octets ethernet(std::uint16_t type, ByteView payload) {
  Octets out{2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1};
  put16(out, type);
  add(out, payload);
  return out;
}

/// An IPv4 datagram with these options (a multiple of 4 bytes).
Octets ipv4(std::uint8_t protocol, ByteView payload, ByteView options = {}) {
  Octets out{static_cast<std::uint8_t>(0x45 + options.size() / 4), 0};
  put16(out, 20 + options.size() + payload.size());
  add(out, std::array<std::uint8_t, 16>{0, 1, 0, 0, 64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2});
  add(out, options);
  const std::uint16_t sum = internetChecksum(ByteView{out});
  out[10] = static_cast<std::uint8_t>(sum >> 8);
  out[11] = static_cast<std::uint8_t>(sum & 0xFF);
  add(out, payload);
  return out;
}

Octets udp(std::uint16_t port, ByteView payload) {
  Octets out;
  put16(out, port);
  put16(out, port);
  put16(out, 8 + payload.size());
  put16(out, 0);
  add(out, payload);
  return ipv4(17, ByteView{out});
}

struct Decoder {
  std::string_view name;
  std::uint16_t link;
  Octets (*wrap)(ByteView);
};

Octets plain(ByteView bytes) { return {bytes.begin(), bytes.end()}; }
template <std::uint16_t Type> Octets inEthernet(ByteView bytes) { return ethernet(Type, bytes); }
template <std::uint8_t Protocol> Octets inIpv4(ByteView bytes) { return ipv4(Protocol, bytes); }
template <std::uint16_t Port> Octets inUdp(ByteView bytes) { return udp(Port, bytes); }
Octets asOptions(ByteView bytes) {
  const std::size_t size = std::min<std::size_t>(bytes.size() / 4 * 4, 40);
  return ipv4(253, bytes.subspan(size), bytes.first(size));
}
/// An IEEE 802.3 frame with the length that it has.
Octets inLength(ByteView bytes) { return ethernet(static_cast<std::uint16_t>(std::min<std::size_t>(bytes.size(), 1500)), bytes); }

constexpr Decoder kDecoders[] = {
    {"arp", dissect::kLinkEthernet, inEthernet<0x0806>},     {"cooked", dissect::kLinkCooked, plain},
    {"cooked2", dissect::kLinkCooked2, plain},               {"ethernet", dissect::kLinkEthernet, plain},
    {"gre", dissect::kLinkRaw, inIpv4<47>},                  {"icmp", dissect::kLinkRaw, inIpv4<1>},
    {"igmp", dissect::kLinkRaw, inIpv4<2>},                  {"ipip", dissect::kLinkRaw, inIpv4<4>},
    {"ipv4", dissect::kLinkRaw, plain},                      {"ipv4_options", dissect::kLinkRaw, asOptions},
    {"llc", dissect::kLinkEthernet, inLength},               {"ppp", dissect::kLinkPpp, plain},
    {"pppoe_discovery", dissect::kLinkEthernet, inEthernet<0x8863>},
    {"pppoe_session", dissect::kLinkEthernet, inEthernet<0x8864>},
    {"tcp", dissect::kLinkRaw, inIpv4<6>},                   {"udp", dissect::kLinkRaw, inIpv4<17>},
    {"vlan", dissect::kLinkEthernet, inEthernet<0x8100>},    {"vxlan", dissect::kLinkRaw, inUdp<4789>},
};

const Decoder& decoderNamed(std::string_view name) {
  const auto found = std::find_if(std::begin(kDecoders), std::end(kDecoders), [&](const Decoder& one) { return one.name == name; });
  HW_CHECK(found != std::end(kDecoders));
  return *found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Decoder& decoder = decoderNamed(fuzz::variant());
  fuzz::Reader reader({data, size});
  dissect::CaptureDissector capture;
  for (int i = 0; i < kMaxPackets && !reader.atEnd(); ++i) {
    const ByteView bytes = reader.take(std::min(reader.number(), kMaxPacket));
    const Octets packet = decoder.wrap(bytes);
    HW_CHECK(dissect::flaw(capture.next({ByteView{packet}, decoder.link, 0, i * 1'000'000})).empty());
  }
  return 0;
}
