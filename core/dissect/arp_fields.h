// Fields that Wireshark derives from ARP besides those on the wire.
#pragma once

#include "core/dissect/common_fields.h"

namespace hw::dissect {

inline constexpr Field kArpFields[] = {
    {"arp.isgratuitous",
     {"Is gratuitous", "免费 ARP"},
     {"The sender asks for or announces its own address, for all to hear.",
      "发送方询问或宣告自己的地址，让所有人听到。"},
     Show::Bool},
    {"arp.isprobe",
     {"Is probe", "地址探测"},
     {"Asked with sender address 0.0.0.0, to find out whether the address is taken (RFC 5227).",
      "以 0.0.0.0 为发送方地址询问：是否已有人使用该地址（RFC 5227）？"},
     Show::Bool},
    {"arp.isannouncement",
     {"Is announcement", "地址宣告"},
     {"The sender claims its own address in a request (RFC 5227).",
      "发送方以请求宣告自己的地址（RFC 5227）。"},
     Show::Bool},
    {"arp.src.hw",
     {"Sender hardware address", "发送方硬件地址"},
     {"A hardware address that is not a MAC address.", "不是 MAC 地址的硬件地址。"},
     Show::Bytes},
    {"arp.src.proto",
     {"Sender protocol address", "发送方协议地址"},
     {"A protocol address that is not IPv4.", "不是 IPv4 的协议地址。"},
     Show::Bytes},
    {"arp.dst.hw",
     {"Target hardware address", "目标硬件地址"},
     {"A hardware address that is not a MAC address.", "不是 MAC 地址的硬件地址。"},
     Show::Bytes},
    {"arp.dst.proto",
     {"Target protocol address", "目标协议地址"},
     {"A protocol address that is not IPv4.", "不是 IPv4 的协议地址。"},
     Show::Bytes},
    {"",
     {"Duplicate IP address detected", "检测到重复的 IP 地址"},
     {"An earlier frame gave this address to another MAC address.",
      "较早的帧把该地址归于另一个 MAC 地址。"},
     Show::Text},
    {"arp.duplicate-address-frame",
     {"Earlier use in frame", "较早使用该地址的帧"},
     {"The frame in which another device used the address.", "另一台设备使用该地址的帧。"}},
    {"arp.seconds-since-duplicate-address-frame",
     {"Seconds since that frame", "距该帧的秒数"},
     {"How long ago the other device used the address.", "另一台设备多久之前使用过该地址。"}},
    {"arp.duplicate-address-detected",
     {"Duplicate IP address", "IP 地址重复"},
     {"Two devices claim the same address.", "两台设备声称拥有同一地址。"},
     Show::None},
};

consteval const Field& arpField(std::string_view key) {
  return fieldIn(kArpFields, key);
}

}  // namespace hw::dissect
