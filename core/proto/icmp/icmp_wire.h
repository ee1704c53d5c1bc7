// ICMP (RFC 792): the first eight bytes that all messages share.
#pragma once

#include "core/wire/schema.h"

namespace hw::icmp {

inline constexpr std::uint32_t kHeaderSize = 8;

enum Type : std::uint8_t {
  kEchoReply = 0,
  kUnreachable = 3,
  kRedirect = 5,
  kEchoRequest = 8,
  kTimeExceeded = 11,
  kParameterProblem = 12
};
enum UnreachableCode : std::uint8_t {
  kNetUnreachable = 0,
  kHostUnreachable = 1,
  kProtocolUnreachable = 2,
  kPortUnreachable = 3,
  kFragmentationNeeded = 4,
  kNetProhibited = 9,
  kHostProhibited = 10,
  kAdministrativelyProhibited = 13
};
enum RedirectCode : std::uint8_t { kRedirectNet = 0, kRedirectHost = 1 };
enum TimeExceededCode : std::uint8_t { kTtlExceeded = 0, kReassemblyExceeded = 1 };

/// `rest` is what the type makes of it: identifier and sequence of an echo, the MTU in the lower
/// half for "fragmentation needed", the gateway of a redirect.
struct Header {
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::uint16_t checksum = 0;
  std::uint32_t rest = 0;
  bool operator==(const Header&) const = default;

  std::uint16_t identifier() const { return static_cast<std::uint16_t>(rest >> 16); }
  std::uint16_t sequence() const { return static_cast<std::uint16_t>(rest); }
  bool isEcho() const { return type == kEchoReply || type == kEchoRequest; }
  /// Errors quote a datagram and are never answered by an error (RFC 1122 3.2.2).
  bool isError() const {
    return type == kUnreachable || type == kTimeExceeded || type == kParameterProblem || type == kRedirect || type == 4;
  }
};

}  // namespace hw::icmp

namespace hw {

template <> struct Schema<icmp::Header> {
  static constexpr SchemaInfo info{"icmp",
                                   {"Internet Control Message Protocol", "互联网控制报文协议"},
                                   "RFC 792",
                                   icmp::kHeaderSize};
  static constexpr auto fields = std::tuple{
      bind<&icmp::Header::type, 0, 8>(
          {"icmp.type",
           {"Type", "类型"},
           {"What the message is: 8 echo request, 0 echo reply, 3 unreachable, 11 time exceeded.",
            "报文种类：8 回显请求，0 回显应答，3 不可达，11 超时。"}}),
      bind<&icmp::Header::code, 8, 8>(
          {"icmp.code",
           {"Code", "代码"},
           {"The reason within the type.", "该类型下的具体原因。"}}),
      bind<&icmp::Header::checksum, 16, 16>(
          {"icmp.checksum",
           {"Checksum", "校验和"},
           {"Covers the whole message.", "覆盖整个报文。"},
           Show::Hex}),
      bind<&icmp::Header::rest, 32, 32>(
          {"icmp.rest",
           {"Rest of header", "首部其余部分"},
           {"Identifier and sequence number of an echo; the next hop's MTU of 'fragmentation needed'.",
            "回显的标识符和序号；“需要分片”报文中下一跳的 MTU。"},
           Show::Hex})};
};

}  // namespace hw
