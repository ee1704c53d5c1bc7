// Bridge protocol data units (IEEE 802.1D-1998 clause 9), behind an 802.3 length and LLC 42 42 03.
#pragma once

#include <array>

#include "core/wire/schema.h"

namespace hw::stp {

/// The group that bridges talk to; no bridge forwards it.
inline constexpr MacAddress kGroup{0x0180C2000000u};
inline constexpr std::uint32_t kLlcSize = 3;
inline constexpr std::array<std::uint8_t, kLlcSize> kLlc{0x42, 0x42, 0x03};
inline constexpr std::uint32_t kConfigSize = 35;
inline constexpr std::uint32_t kTcnSize = 4;
/// A rapid BPDU: a configuration with more flags, then the length 0 of what version 1 would add.
inline constexpr std::uint32_t kRapidSize = 36;
inline constexpr std::uint8_t kRapidVersion = 2;

enum Type : std::uint8_t { kConfiguration = 0x00, kRapid = 0x02, kTopologyChangeNotification = 0x80 };
/// The role of the sending port is in two bits between them: 1 alternate or backup, 2 root, 3 designated.
enum Flag : std::uint8_t {
  kTopologyChange = 0x01,
  kProposal = 0x02,
  kLearning = 0x10,
  kForwarding = 0x20,
  kAgreement = 0x40,
  kTopologyChangeAck = 0x80
};
inline constexpr int kRoleShift = 2;
enum SentRole : std::uint8_t { kRoleAlternate = 1, kRoleRoot = 2, kRoleDesignated = 3 };

/// A configuration BPDU. Identifiers: priority in the upper 16 bits, MAC address below. Times in 1/256 s.
struct Header {
  std::uint16_t protocol = 0;
  std::uint8_t version = 0;
  std::uint8_t type = kConfiguration;
  std::uint8_t flags = 0;
  std::uint16_t rootPriority = 0;
  MacAddress rootMac;
  std::uint32_t rootPathCost = 0;
  std::uint16_t bridgePriority = 0;
  MacAddress bridgeMac;
  std::uint16_t port = 0;
  std::uint16_t messageAge = 0;
  std::uint16_t maxAge = 0;
  std::uint16_t helloTime = 0;
  std::uint16_t forwardDelay = 0;
  bool operator==(const Header&) const = default;
};

}  // namespace hw::stp

namespace hw {

template <> struct Schema<stp::Header> {
  static constexpr SchemaInfo info{"stp", {"Spanning Tree Protocol", "生成树协议"}, "IEEE 802.1D-1998 9", stp::kConfigSize};
  static constexpr auto fields = std::tuple{
      bind<&stp::Header::protocol, 0, 16>(
          {"stp.protocol", {"Protocol identifier", "协议标识"}, {"0: spanning tree.", "0：生成树。"}, Show::Hex}),
      bind<&stp::Header::version, 16, 8>(
          {"stp.version", {"Version", "版本"}, {"0 STP, 2 RSTP, 3 MSTP.", "0 为 STP，2 为 RSTP，3 为 MSTP。"}}),
      bind<&stp::Header::type, 24, 8>(
          {"stp.type",
           {"BPDU type", "BPDU 类型"},
           {"0x00 configuration, 0x80 topology change notification, 0x02 RSTP.", "0x00 配置，0x80 拓扑变更通知，0x02 RSTP。"},
           Show::Hex}),
      bind<&stp::Header::flags, 32, 8>(
          {"stp.flags",
           {"Flags", "标志"},
           {"0x01 topology change, 0x80 acknowledgement of a notification.", "0x01 拓扑变更，0x80 对通知的确认。"},
           Show::Hex}),
      bind<&stp::Header::rootPriority, 40, 16>(
          {"stp.root.prio", {"Root priority", "根优先级"}, {"Of the bridge that is root for the sender.", "发送者所认为的根网桥的优先级。"}}),
      bind<&stp::Header::rootMac, 56, 48>(
          {"stp.root.hw", {"Root address", "根地址"}, {"Of the bridge that is root for the sender.", "发送者所认为的根网桥的地址。"}, Show::Mac}),
      bind<&stp::Header::rootPathCost, 104, 32>(
          {"stp.root.cost", {"Root path cost", "根路径开销"}, {"What the way to the root costs from the sender.", "从发送者到根的路径开销。"}}),
      bind<&stp::Header::bridgePriority, 136, 16>(
          {"stp.bridge.prio", {"Bridge priority", "网桥优先级"}, {"Of the sender.", "发送者的优先级。"}}),
      bind<&stp::Header::bridgeMac, 152, 48>(
          {"stp.bridge.hw", {"Bridge address", "网桥地址"}, {"Of the sender.", "发送者的地址。"}, Show::Mac}),
      bind<&stp::Header::port, 200, 16>(
          {"stp.port", {"Port identifier", "端口标识"}, {"Priority and number of the sender's port.", "发送端口的优先级与编号。"}, Show::Hex}),
      bind<&stp::Header::messageAge, 216, 16>(
          {"stp.msg_age", {"Message age", "消息年龄"}, {"Since the root sent it, in 1/256 s.", "自根发出以来的时间，单位 1/256 秒。"}}),
      bind<&stp::Header::maxAge, 232, 16>(
          {"stp.max_age", {"Maximum age", "最大年龄"}, {"After this time the information is forgotten, in 1/256 s.", "超过此时间信息作废，单位 1/256 秒。"}}),
      bind<&stp::Header::helloTime, 248, 16>(
          {"stp.hello", {"Hello time", "Hello 时间"}, {"How often the root sends, in 1/256 s.", "根发送的间隔，单位 1/256 秒。"}}),
      bind<&stp::Header::forwardDelay, 264, 16>(
          {"stp.forward",
           {"Forward delay", "转发延迟"},
           {"How long a port listens, and then learns, in 1/256 s.", "端口监听、再学习各持续多久，单位 1/256 秒。"}})};
};

}  // namespace hw
