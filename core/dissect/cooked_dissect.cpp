// Linux cooked captures, both versions (pcap-linktype(7): LINUX_SLL, LINUX_SLL2).
#include <algorithm>

#include "core/dissect/cooked_fields.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"

namespace hw::dissect {
namespace {

constexpr std::uint32_t kHeaderSize = 16, kHeaderSize2 = 20;
constexpr std::uint32_t kAddressRoom = 8, kMacSize = 6;

Text packetTypeName(std::uint64_t type) {
  switch (type) {
    case 0: return {"Unicast to us", "发给本机"};
    case 1: return {"Broadcast", "广播"};
    case 2: return {"Multicast", "组播"};
    case 3: return {"Unicast to another host", "发给别的主机"};
    case 4: return {"Sent by us", "由本机发出"};
    default: return {"Unknown", "未知"};
  }
}

/// An address of `length` bytes in its room.
void addAddress(FieldReader& reader, std::uint32_t at, std::uint64_t length) {
  const auto used = static_cast<std::uint32_t>(std::min<std::uint64_t>(length, kAddressRoom));
  if (used == kMacSize) reader.number(cookedField("sll.src.eth"), at, used);
  else if (used > 0) reader.bytes(cookedField("sll.src.other"), at, used);
  if (used < kAddressRoom) reader.bytes(cookedField("sll.unused"), at + used, kAddressRoom - used);
}

}  // namespace

void dissectCooked(Dissection& d, const Slice& packet) {
  Layer* layer = d.open(kCookedProtocol, {packet.pos, std::min(packet.size(), kHeaderSize)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, packet);
  reader.number(cookedField("sll.pkttype"), 0, 2, packetTypeName);
  reader.number(cookedField("sll.hatype"), 2, 2, hardwareTypeName);
  addAddress(reader, 6, reader.number(cookedField("sll.halen"), 4, 2));
  const std::uint64_t type = reader.number(cookedField("sll.etype"), 14, 2, etherTypeName);
  if (reader.good()) dissectEtherType(d, static_cast<std::uint16_t>(type), packet.from(kHeaderSize));
}

void dissectCooked2(Dissection& d, const Slice& packet) {
  Layer* layer = d.open(kCookedProtocol, {packet.pos, std::min(packet.size(), kHeaderSize2)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, packet);
  const std::uint64_t type = reader.number(cookedField("sll.etype"), 0, 2, etherTypeName);
  reader.number(cookedField("sll.ifindex"), 4, 4);
  reader.number(cookedField("sll.hatype"), 8, 2, hardwareTypeName);
  reader.number(cookedField("sll.pkttype"), 10, 1, packetTypeName);
  addAddress(reader, 12, reader.number(cookedField("sll.halen"), 11, 1));
  if (reader.good()) dissectEtherType(d, static_cast<std::uint16_t>(type), packet.from(kHeaderSize2));
}

}  // namespace hw::dissect
