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
  Layer* layer = d.open(Schema<ppp::Header>::info, {frame.pos, std::min(frame.size(), ppp::kHeaderSize)});
  if (layer == nullptr) return;
  FieldReader reader(d, layer->fields, frame);
  reader.number(fieldOf<ppp::Header>("ppp.address"), 0, 1);
  reader.number(fieldOf<ppp::Header>("ppp.control"), 1, 1);
  const std::uint64_t protocol = reader.number(fieldOf<ppp::Header>("ppp.protocol"), 2, 2, protocolName);
  if (!reader.good()) return;
  const Slice inside = frame.from(ppp::kHeaderSize);
  if (inside.bytes.empty()) return;
  if (protocol == ppp::kIpv4) dissectIpv4(d, inside);
  else dissectData(d, inside);
}

}  // namespace hw::dissect
