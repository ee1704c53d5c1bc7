// PPP over Ethernet (RFC 2516 4, 5 and appendix A).
#include <algorithm>

#include "core/dissect/cooked_fields.h"
#include "core/dissect/protocols.h"

namespace hw::dissect {
namespace {

constexpr std::uint32_t kHeaderSize = 6, kTagHeader = 4;

Text codeName(std::uint64_t code) {
  switch (code) {
    case 0x00: return {"Session Data", "会话数据"};
    case 0x07: return {"Active Discovery Offer (PADO)", "发现提供 (PADO)"};
    case 0x09: return {"Active Discovery Initiation (PADI)", "发现发起 (PADI)"};
    case 0x19: return {"Active Discovery Request (PADR)", "发现请求 (PADR)"};
    case 0x65: return {"Active Discovery Session-confirmation (PADS)", "会话确认 (PADS)"};
    case 0xA7: return {"Active Discovery Terminate (PADT)", "会话终止 (PADT)"};
    default: return {"Unknown", "未知"};
  }
}

void addTag(Fields& out, std::uint64_t type, const Slice& value) {
  const Span where = value.span(0, value.size());
  const auto text = [&](const Field& about) {
    addText(out, about, where, std::string(value.bytes.begin(), value.bytes.end()));
  };
  switch (type) {
    case 0x0101: if (value.size() > 0) text(pppoeField("pppoed.tags.service_name")); break;
    case 0x0102: text(pppoeField("pppoed.tags.ac_name")); break;
    case 0x0103: addBytes(out, pppoeField("pppoed.tags.host_uniq"), where, value.bytes); break;
    case 0x0104: addBytes(out, pppoeField("pppoed.tags.ac_cookie"), where, value.bytes); break;
    default: break;
  }
}

void addTags(Fields& out, const Slice& tags) {
  if (tags.size() == 0) return;
  Fields& below = addHeading(out, pppoeField("pppoed.tags"), tags.span(0, tags.size())).fields;
  for (std::uint32_t at = 0; tags.has(at, kTagHeader);) {
    const auto length = static_cast<std::uint32_t>(tags.number(at + 2, 2));
    if (!tags.has(at + kTagHeader, length)) return;
    addTag(below, tags.number(at, 2), tags.from(at + kTagHeader).limited(length));
    at += kTagHeader + length;
  }
}

}  // namespace

std::uint32_t dissectPppoe(Dissection& d, const Slice& packet, bool session) {
  Layer* layer = d.open(session ? kPppoeSession : kPppoeDiscovery, {packet.pos, std::min(packet.size(), kHeaderSize)});
  if (layer == nullptr) return packet.reported;
  FieldReader reader(d, layer->fields, packet);
  if (!reader.need(0, 1)) return packet.reported;
  addNumber(layer->fields, pppoeField("pppoe.version"), packet.span(0, 1), packet.number(0, 1) >> 4);
  addNumber(layer->fields, pppoeField("pppoe.type"), packet.span(0, 1), packet.number(0, 1) & 15);
  reader.number(pppoeField("pppoe.code"), 1, 1, codeName);
  reader.number(pppoeField("pppoe.session_id"), 2, 2);
  const auto length = static_cast<std::uint32_t>(reader.number(pppoeField("pppoe.payload_length"), 4, 2));
  if (!reader.good()) return packet.reported;
  const Slice inside = packet.from(kHeaderSize).limited(length);
  if (session) {
    dissectPpp(d, inside);
  } else {
    layer->where.size += inside.size();
    addTags(layer->fields, inside);
  }
  if (inside.size() < length) d.runOut(inside);
  return std::min(packet.reported, kHeaderSize + length);
}

}  // namespace hw::dissect
