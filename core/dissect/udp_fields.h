// Fields that Wireshark derives from UDP besides those on the wire.
#pragma once

#include "core/dissect/common_fields.h"

namespace hw::dissect {

inline constexpr Field kUdpFields[] = {
    {"udp.port",
     {"Source or destination port", "源或目的端口"},
     {"Either port, for filters that mean either.", "任一端口，供两者皆可的过滤器使用。"}},
    {"udp.checksum.status",
     {"Checksum status", "校验和状态"},
     {"2 not verified, 3 not present, 4 not allowed.", "2 未验证，3 不存在，4 不允许。"}},
    {"udp.checksum.zero",
     {"Checksum 0", "校验和为 0"},
     {"Over IPv6 a datagram must have a checksum.", "在 IPv6 上数据报必须有校验和。"},
     Show::None},
    {"udp.stream",
     {"Stream index", "流编号"},
     {"The conversation of these two sockets, counted from 0 in the capture.",
      "这两个套接字之间的会话，在抓包中从 0 起编号。"}},
    {"",
     {"Timestamps", "时间"},
     {"When the packet came within its conversation.", "数据包在其会话中的时间。"},
     Show::None},
    {"udp.time_relative",
     {"Time since first frame", "距首帧的时间"},
     {"Since the first packet of the conversation.", "距会话首个数据包的时间。"},
     Show::Seconds},
    {"udp.time_delta",
     {"Time since previous frame", "距前一帧的时间"},
     {"Since the previous packet of the conversation.", "距会话中前一个数据包的时间。"},
     Show::Seconds},
    {"udp.payload",
     {"Payload", "载荷"},
     {"The data of the application.", "应用程序的数据。"},
     Show::Bytes},
    {"udp.length.bad",
     {"Bad length", "长度错误"},
     {"The length is less than the header or more than the bytes that are there.",
      "长度小于首部或大于实际字节数。"},
     Show::None},
    {"udp.length.bad_zero",
     {"Length zero", "长度为零"},
     {"Zero means a jumbogram, but the payload is short.", "零表示超长报文，但载荷并不长。"},
     Show::None},
    {"udp.possible_traceroute",
     {"Possible traceroute", "可能是 traceroute"},
     {"The port is one that traceroute counts up from 33434.",
      "该端口是 traceroute 从 33434 起递增的端口。"},
     Show::None},
};

consteval const Field& udpField(std::string_view key) {
  return fieldIn(kUdpFields, key);
}

}  // namespace hw::dissect
