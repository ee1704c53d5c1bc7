// ICMPv6 (RFC 4443): the first eight bytes that errors and echoes share.
#pragma once

#include "core/wire/schema.h"

namespace hw::icmp6 {

inline constexpr std::uint32_t kHeaderSize = 8;

enum Type : std::uint8_t {
  kUnreachable = 1,
  kPacketTooBig = 2,
  kTimeExceeded = 3,
  kParameterProblem = 4,
  kEchoRequest = 128,
  kEchoReply = 129,
  kListenerQuery = 130,
  kListenerReport = 131,
  kListenerDone = 132,
  kRouterSolicitation = 133,
  kRouterAdvertisement = 134,
  kNeighbourSolicitation = 135,
  kNeighbourAdvertisement = 136,
  kRedirect = 137,
  kListenerReportV2 = 143,
};
enum UnreachableCode : std::uint8_t {
  kNoRoute = 0,
  kProhibited = 1,
  kBeyondScope = 2,
  kAddressUnreachable = 3,
  kPortUnreachable = 4,
  kPolicyFailed = 5,
  kRejectedRoute = 6,
};
enum TimeExceededCode : std::uint8_t { kHopLimitExceeded = 0, kReassemblyExceeded = 1 };
enum ParameterProblemCode : std::uint8_t { kErroneousField = 0, kUnknownNextHeader = 1, kUnknownOption = 2 };

/// `rest` is what the type makes of it: identifier and sequence of an echo, the MTU, a pointer.
struct Header {
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::uint16_t checksum = 0;
  std::uint32_t rest = 0;
  bool operator==(const Header&) const = default;

  std::uint16_t identifier() const { return static_cast<std::uint16_t>(rest >> 16); }
  std::uint16_t sequence() const { return static_cast<std::uint16_t>(rest); }
  /// Errors have the types below 128 (RFC 4443 2.1).
  bool isError() const { return type < 128; }
};

}  // namespace hw::icmp6

namespace hw {

template <> struct Schema<icmp6::Header> {
  static constexpr SchemaInfo info{"icmpv6",
                                   {"Internet Control Message Protocol v6", "互联网控制报文协议第 6 版"},
                                   "RFC 4443",
                                   icmp6::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&icmp6::Header::type, 0, 8>(
          {"icmpv6.type",
           {"Type", "类型"},
           {"What the message is: 128 echo request, 129 echo reply, 135 and 136 neighbour discovery; errors are below 128.",
            "报文种类：128 回显请求，129 回显应答，135 和 136 邻居发现；差错小于 128。"}}),
      bind<&icmp6::Header::code, 8, 8>(
          {"icmpv6.code", {"Code", "代码"}, {"The reason within the type.", "该类型下的具体原因。"}}),
      bind<&icmp6::Header::checksum, 16, 16>(
          {"icmpv6.checksum",
           {"Checksum", "校验和"},
           {"Covers the message and a pseudo header with both addresses.", "覆盖整个报文和含两个地址的伪首部。"},
           Show::Hex}),
      bind<&icmp6::Header::rest, 32, 32>(
          {"icmpv6.rest",
           {"Rest of header", "首部其余部分"},
           {"Identifier and sequence number of an echo; the MTU of 'packet too big'; a pointer.",
            "回显的标识符和序号；“数据包过大”中的 MTU；指针。"},
           Show::Hex})};
};

}  // namespace hw
