// RFC 826; RFC 5227 for probes and announcements.
#include "core/proto/arp/arp_wire.h"

#include "core/dissect/arp_fields.h"
#include "core/dissect/capture_memory.h"
#include "core/dissect/protocols.h"
#include "core/dissect/value_names.h"

namespace hw::dissect {
namespace {

constexpr std::uint32_t kFixedPart = 8;

consteval const Field& wire(std::string_view key) {
  return fieldOf<arp::Header>(key);
}

struct ArpSizes {
  std::uint32_t hardware = 0;
  std::uint32_t protocol = 0;
  bool mac = false;
  bool ipv4 = false;

  std::uint32_t sender() const { return kFixedPart; }
  std::uint32_t target() const { return kFixedPart + hardware + protocol; }
  std::uint32_t total() const { return kFixedPart + 2 * (hardware + protocol); }
};

ArpSizes readFixedPart(FieldReader& reader) {
  const auto none = [](std::uint64_t) { return Text{}; };
  const std::uint64_t hardwareType = reader.number(wire("arp.hw.type"), 0, 2, hardwareTypeName);
  const std::uint64_t protocolType = reader.number(wire("arp.proto.type"), 2, 2, etherTypeName);
  ArpSizes sizes;
  sizes.hardware = static_cast<std::uint32_t>(reader.number(wire("arp.hw.size"), 4, 1, none));
  sizes.protocol = static_cast<std::uint32_t>(reader.number(wire("arp.proto.size"), 5, 1, none));
  reader.number(wire("arp.opcode"), 6, 2, arpOpcodeName);
  sizes.mac = (hardwareType == 1 || hardwareType == 6) && sizes.hardware == 6;
  sizes.ipv4 = protocolType == 0x0800 && sizes.protocol == 4;
  return sizes;
}

void readAddresses(FieldReader& reader, const ArpSizes& sizes) {
  const auto hardware = [&](const Field& mac, const Field& other, std::uint32_t at) {
    if (sizes.mac)
      reader.number(mac, at, 6);
    else if (sizes.hardware != 0)
      reader.bytes(other, at, sizes.hardware);
  };
  const auto protocol = [&](const Field& ipv4, const Field& other, std::uint32_t at) {
    if (sizes.ipv4)
      reader.number(ipv4, at, 4);
    else if (sizes.protocol != 0)
      reader.bytes(other, at, sizes.protocol);
  };
  hardware(wire("arp.src.hw_mac"), arpField("arp.src.hw"), sizes.sender());
  protocol(wire("arp.src.proto_ipv4"), arpField("arp.src.proto"), sizes.sender() + sizes.hardware);
  hardware(wire("arp.dst.hw_mac"), arpField("arp.dst.hw"), sizes.target());
  protocol(wire("arp.dst.proto_ipv4"), arpField("arp.dst.proto"), sizes.target() + sizes.hardware);
}

/// Probe, gratuitous, announcement (RFC 5227 1.1), of a whole packet.
void addMarks(Fields& out, const arp::Header& header, std::uint32_t pos) {
  const auto mark = [&](const Field& about) {
    addNumber(out, about, {pos, 0}, 1).generated = true;
  };
  if (header.opcode != arp::kRequest && header.opcode != arp::kReply) return;
  if (header.opcode == arp::kRequest && header.senderIp.isAny() && header.targetMac.isZero())
    return mark(arpField("arp.isprobe"));
  if (header.senderIp != header.targetIp) return;
  mark(arpField("arp.isgratuitous"));
  if (header.opcode == arp::kRequest && header.targetMac.isZero())
    mark(arpField("arp.isannouncement"));
}

void addDuplicate(Fields& out, const DuplicateAddress& duplicate, std::uint32_t pos) {
  const std::string address = duplicate.address.text();
  TreeField& heading = addText(
      out, headingIn(kArpFields, "Duplicate IP address detected"), {pos, 0},
      address + " (" + duplicate.mac.text() + ") - also in use by " + duplicate.earlierMac.text() +
          " (frame " + std::to_string(duplicate.earlierFrame) + ")");
  heading.generated = true;
  heading.fields.reserve(2);
  TreeField& frame = addNumber(heading.fields, arpField("arp.duplicate-address-frame"), {pos, 0},
                               duplicate.earlierFrame);
  frame.generated = true;
  addRemark(frame, {&arpField("arp.duplicate-address-detected"), Severity::Warning, Group::Sequence,
                    "Duplicate IP address configured (" + address + ")"});
  addNumber(heading.fields, arpField("arp.seconds-since-duplicate-address-frame"), {pos, 0},
            duplicate.secondsSince)
      .generated = true;
}

void addDuplicates(Dissection& d, Fields& out, const arp::Header& header, std::uint32_t pos) {
  if (d.memory == nullptr) return;
  for (const DuplicateAddress& duplicate : d.memory->seeArp(header, d.number, d.timeNs))
    addDuplicate(out, duplicate, pos);
}

}  // namespace

std::uint32_t dissectArp(Dissection& d, const Slice& payload) {
  Layer* layer = d.open(Schema<arp::Header>::info, {payload.pos, payload.size()});
  if (layer == nullptr) return payload.reported;
  FieldReader reader(d, layer->fields, payload);
  const ArpSizes sizes = readFixedPart(reader);
  if (!reader.need(0, sizes.total())) return payload.reported;
  layer->where.size = sizes.total();
  if (!sizes.mac || !sizes.ipv4) {
    readAddresses(reader, sizes);
    return sizes.total();
  }
  const arp::Header header = load<arp::Header>(payload.bytes.data());
  addMarks(layer->fields, header, payload.pos);
  readAddresses(reader, sizes);
  addDuplicates(d, layer->fields, header, payload.pos);
  return sizes.total();
}

}  // namespace hw::dissect
