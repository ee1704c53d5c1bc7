// PPP (RFC 1661 2, RFC 1662 3.1), and datagrams without any link header.
#include <algorithm>

#include "core/dissect/protocols.h"
#include "core/proto/ppp/ppp_wire.h"

namespace hw::dissect {
namespace {

Text protocolName(std::uint64_t protocol) {
  switch (protocol) {
    case ppp::kIpv4: return {"Internet Protocol version 4", "互联网协议第 4 版"};
    case ppp::kIpv6: return {"Internet Protocol version 6", "互联网协议第 6 版"};
    case ppp::kIpcp: return {"Internet Protocol Control Protocol", "IP 控制协议"};
    case ppp::kLcp: return {"Link Control Protocol", "链路控制协议"};
    default: return {"Unknown", "未知"};
  }
}

}  // namespace

void dissectPpp(Dissection& d, const Slice& frame) {
  // Where nobody else can hear them, address and control are left out (RFC 1661 2, RFC 2516 7); so is a zero byte of the
  // protocol if both ends agreed on that (RFC 1661 6.5).
  const bool framed = frame.has(0, 2) && frame.bytes[0] == ppp::kAllStations && frame.bytes[1] == ppp::kUnnumbered;
  const std::uint32_t at = framed ? 2 : 0;
  const std::uint32_t width = frame.has(at, 1) && (frame.bytes[at] & 1) != 0 ? 1 : 2;
  const std::uint32_t header = at + width;
  Layer* layer = d.open(Schema<ppp::Header>::info, {frame.pos, std::min(frame.size(), header)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, frame);
  if (framed) {
    reader.number(fieldOf<ppp::Header>("ppp.address"), 0, 1);
    reader.number(fieldOf<ppp::Header>("ppp.control"), 1, 1);
  }
  if (!reader.need(at, width)) return;
  const std::uint64_t protocol = frame.number(at, width);
  TreeField& field = addNumber(layer->fields, fieldOf<ppp::Header>("ppp.protocol"), frame.span(at, width), protocol, protocolName(protocol));
  if (width == 1) field.show = fourDigits(static_cast<std::uint16_t>(protocol));
  const Slice inside = frame.from(header);
  if (inside.bytes.empty()) return;
  if (protocol == ppp::kIpv4) dissectIpv4(d, inside);
  else if (protocol == ppp::kIpv6) dissectIpv6(d, inside);
  else dissectData(d, inside);
}

}  // namespace hw::dissect
