#include "core/lesson/vocabulary.h"

#include "core/project/suggest.h"

namespace hw::lesson {
namespace {

using enum Argument;
using enum WordForm;
using W = WordId;
using T = Type;

// clang-format off
constexpr VocabularyWord kWords[] = {
    {W::Device, T::None, Function, "device", {DeviceName, Nothing}, T::Device, {"the device of that name", "该名称的设备"}},
    {W::PacketsFunction, T::None, Function, "packets", {Filter, Nothing}, T::Packets,
     {"the frames sent so far that the filter means, one for each link passed", "到目前为止发送的、符合过滤条件的帧，每经过一条链路算一个"}},
    {W::Reaches, T::None, Function, "reaches", {DeviceName, Address}, T::Bool,
     {"whether a ping from the device would be answered now, tried in a copy of the network", "此刻从该设备 ping 是否会得到应答，在网络的副本中试验"}},

    {W::Owner, T::None, Function, "owner", {Mac, Nothing}, T::Text,
     {"the device and interface that the MAC address belongs to", "该 MAC 地址所属的设备和接口"}},

    {W::DeviceName, T::Device, Member, "name", {}, T::Text, {"its name", "名称"}},
    {W::DeviceForwards, T::Device, Member, "forwards", {}, T::Bool, {"whether it forwards datagrams", "是否转发数据报"}},
    {W::DeviceGateway, T::Device, Member, "gateway", {}, T::Text, {"the next hop of its default route", "默认路由的下一跳"}},
    {W::DeviceInterface, T::Device, Method, "interface", {InterfaceName, Nothing}, T::Interface, {"its interface of that name", "该名称的接口"}},
    {W::DeviceArp, T::Device, Member, "arp", {}, T::ArpCache, {"its ARP cache", "ARP 高速缓存"}},
    {W::DeviceFdb, T::Device, Member, "fdb", {}, T::ForwardingTable, {"its MAC address table", "MAC 地址表"}},
    {W::DeviceRoute, T::Device, Method, "route", {Address, Nothing}, T::Route, {"the route it takes to the address", "到该地址所用的路由"}},

    {W::InterfaceMac, T::Interface, Member, "mac", {}, T::Text, {"its MAC address", "MAC 地址"}},
    {W::InterfaceAddress, T::Interface, Member, "address", {}, T::Text, {"its first IP address", "第一个 IP 地址"}},
    {W::InterfacePrefix, T::Interface, Member, "prefix", {}, T::Text, {"the subnet of its first IP address", "第一个 IP 地址所在的子网"}},
    {W::InterfaceUp, T::Interface, Member, "up", {}, T::Bool, {"whether it is switched on and its cable whole", "是否已启用且电缆完好"}},
    {W::InterfaceMtu, T::Interface, Member, "mtu", {}, T::Number, {"its MTU", "MTU"}},

    {W::ArpLookup, T::ArpCache, Lookup, "", {Address, Nothing}, T::ArpEntry, {"the entry of that IP address", "该 IP 地址的表项"}},
    {W::ArpCount, T::ArpCache, Member, "count", {}, T::Number, {"how many entries hold a MAC address", "有多少表项含有 MAC 地址"}},
    {W::EntryMac, T::ArpEntry, Member, "mac", {}, T::Text, {"the MAC address it holds", "表项中的 MAC 地址"}},
    {W::EntryState, T::ArpEntry, Member, "state", {}, T::Text, {"its state, as ip neigh prints it", "状态，与 ip neigh 显示的相同"}},
    {W::EntryInterface, T::ArpEntry, Member, "interface", {}, T::Text, {"the interface it belongs to", "所属接口"}},

    {W::FdbLookup, T::ForwardingTable, Lookup, "", {Mac, Nothing}, T::Text, {"the port behind which that MAC address is", "该 MAC 地址所在的端口"}},
    {W::FdbCount, T::ForwardingTable, Member, "count", {}, T::Number, {"how many addresses were learned", "学习到的地址数"}},

    {W::RouteVia, T::Route, Member, "via", {}, T::Text, {"the next hop; none if the subnet is its own", "下一跳；若为本子网则为 none"}},
    {W::RouteInterface, T::Route, Member, "interface", {}, T::Text, {"the interface it leads to", "出接口"}},
    {W::RoutePrefix, T::Route, Member, "prefix", {}, T::Text, {"the destinations it fits", "适用的目的地址"}},

    {W::PacketsCount, T::Packets, Member, "count", {}, T::Number, {"how many", "数量"}},
    {W::PacketsFirst, T::Packets, Member, "first", {}, T::Packet, {"the first one", "第一个"}},
    {W::PacketsLast, T::Packets, Member, "last", {}, T::Packet, {"the last one", "最后一个"}},
    {W::PacketsSentBy, T::Packets, Method, "sent_by", {DeviceName, Nothing}, T::Packets, {"those that the device sent", "由该设备发送的"}},
    {W::PacketsReceivedBy, T::Packets, Method, "received_by", {DeviceName, Nothing}, T::Packets, {"those that reached the device", "到达该设备的"}},

    {W::PacketField, T::Packet, Lookup, "", {FieldName, Nothing}, T::Scalar, {"a field, by Wireshark's name", "字段，使用 Wireshark 的名称"}},
    {W::PacketSender, T::Packet, Member, "sender", {}, T::Text, {"the device that sent it", "发送它的设备"}},
    {W::PacketReceiver, T::Packet, Member, "receiver", {}, T::Text, {"the device that it reached", "它到达的设备"}},
};

constexpr Text kNouns[] = {
    {"none", "none"}, {"true or false", "true 或 false"}, {"a number", "数"}, {"a text", "文本"}, {"a field", "字段"},
    {"a device", "设备"}, {"an interface", "接口"}, {"an ARP cache", "ARP 高速缓存"}, {"an entry", "表项"},
    {"a forwarding table", "转发表"}, {"a route", "路由"}, {"packets", "一组数据包"}, {"a packet", "数据包"}};
// clang-format on

}  // namespace

Text nounOf(Type type) { return kNouns[static_cast<std::size_t>(type)]; }

std::span<const VocabularyWord> vocabulary() { return kWords; }

const VocabularyWord* wordOf(Type of, WordForm form, std::string_view name) {
  for (const VocabularyWord& word : kWords)
    if (word.of == of && word.form == form && word.name == name) return &word;
  return nullptr;
}

std::string wordsOf(Type of) {
  std::vector<std::string_view> names;
  for (const VocabularyWord& word : kWords)
    if (word.of == of) names.push_back(word.form == Lookup ? "[...]" : word.name);
  return project::listed(names);
}

}  // namespace hw::lesson
