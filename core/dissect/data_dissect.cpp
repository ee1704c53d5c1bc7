#include "core/dissect/protocols.h"
#include "core/proto/vxlan/vxlan_wire.h"

namespace hw::dissect {
namespace {

constexpr std::uint16_t kEchoPort = 7;

void dissectEcho(Dissection& d, bool request, const Slice& payload) {
  Layer* layer = d.open(kEchoProtocol, {payload.pos, payload.size()});
  if (layer == nullptr) return;
  const Field& direction = request ? common("echo.request") : common("echo.response");
  addNumber(layer->fields, direction, {payload.pos, 0}, 1).hidden = true;
  addBytes(layer->fields, common("echo.data"), {payload.pos, payload.size()}, payload.bytes);
}

}  // namespace

void dissectData(Dissection& d, const Slice& bytes) {
  if (bytes.bytes.empty()) return;
  Layer* layer = d.open(kDataProtocol, {bytes.pos, bytes.size()});
  if (layer == nullptr) return;
  addBytes(layer->fields, common("data.data"), {bytes.pos, bytes.size()}, bytes.bytes);
  addNumber(layer->fields, common("data.len"), {bytes.pos, 0}, bytes.size()).generated = true;
}

void dissectUdpPayload(Dissection& d, std::uint16_t from, std::uint16_t to, const Slice& payload) {
  if (payload.bytes.empty()) return;
  for (const DecodeAs& one : d.decodeAs) {
    if (one.udpPort != from && one.udpPort != to) continue;
    if (one.inside == DecodeAs::Inside::Ethernet) return dissectEthernet(d, payload);
    dissectIpv4(d, payload);
    return;
  }
  if (to == vxlan::kPort) return dissectVxlan(d, payload);
  if (from != kEchoPort && to != kEchoPort) return dissectData(d, payload);
  // The echo stands beside an ICMP error that quotes it, not inside, as in Wireshark.
  dissectEcho(d, to == kEchoPort, payload);
}

}  // namespace hw::dissect
