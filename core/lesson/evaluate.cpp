#include "core/lesson/evaluate.h"

#include <fmt/format.h>

#include "core/lesson/frames_seen.h"
#include "core/lesson/limits.h"
#include "core/lesson/probe.h"

namespace hw::lesson {
namespace {

struct InterfaceRef {
  DeviceId device;
  InterfaceId port;
};
struct ArpCacheRef {
  DeviceId device;
};
struct ForwardingTableRef {
  DeviceId device;
};
struct ArpEntryRef {
  DeviceId device;
  arp::Entry entry;
};
struct RouteRef {
  DeviceId device;
  route::Route route;
};
using Packets = std::vector<SeenFrame>;

/// All that a part of an expression can stand for.
using Thing = std::variant<std::monostate, bool, std::int64_t, std::string, DeviceId, InterfaceRef, ArpCacheRef,
                           ArpEntryRef, ForwardingTableRef, RouteRef, Packets, SeenFrame>;
const Thing kNothing{};

/// What all expressions of one look share: frames taken apart, and pings tried.
struct Look {
  explicit Look(const Timeline& line) : timeline(line), frames(line) {}
  const Timeline& timeline;
  FramesSeen frames;
  std::map<std::pair<std::uint32_t, std::uint32_t>, bool> pings;
};

class Evaluator {
 public:
  Evaluator(const Watch& watch, Look& look)
      : m_expression(*watch.expression), m_since(watch.since), m_look(look) {}
  Value value() const;

 private:
  const World& world() const { return m_look.timeline.world(); }
  const Device& device(DeviceId id) const { return world().device(id); }
  Thing at(std::uint32_t index) const;
  Thing call(const Node& node) const;
  Thing callOfDevice(const Node& node, DeviceId id) const;
  Thing callOfInterface(const Node& node, const InterfaceRef& of) const;
  Thing callOfEntry(const Node& node, const ArpEntryRef& of) const;
  Thing callOfRoute(const Node& node, const RouteRef& of) const;
  Thing callOfPackets(const Node& node, const Packets& of) const;
  Thing callOfPacket(const Node& node, const SeenFrame& of) const;
  Thing countOrLookup(const Node& node, const ArpCacheRef& of) const;
  Thing countOrLookup(const Node& node, const ForwardingTableRef& of) const;
  Thing packets(const Node& node) const;
  Thing reaches(const Node& node) const;
  Thing owner(const Node& node) const;
  bool compare(const Node& node) const;
  bool truth(std::uint32_t index) const;
  std::optional<std::int64_t> number(std::uint32_t index) const;
  std::string text(std::uint32_t index) const;
  std::optional<DeviceId> deviceOf(std::uint32_t index) const { return world().deviceNamed(text(index)); }
  std::string nameOf(DeviceId id) const { return device(id).config().name; }
  std::string nameOf(DeviceId id, InterfaceId port) const {
    const DeviceConfig& config = device(id).config();
    return port.value < config.interfaces.size() ? config.at(port).name : std::string();
  }

  const Expression& m_expression;
  std::uint64_t m_since;
  Look& m_look;
};

bool isPresent(const Thing& thing) { return !std::holds_alternative<std::monostate>(thing); }

std::string Evaluator::text(std::uint32_t index) const {
  const Thing thing = at(index);
  const std::string* text = std::get_if<std::string>(&thing);
  return text ? *text : std::string();
}

std::optional<std::int64_t> Evaluator::number(std::uint32_t index) const {
  const Thing thing = at(index);
  const std::int64_t* number = std::get_if<std::int64_t>(&thing);
  return number ? std::optional(*number) : std::nullopt;
}

bool Evaluator::truth(std::uint32_t index) const {
  const Thing thing = at(index);
  const bool* truth = std::get_if<bool>(&thing);
  return truth && *truth;
}

/// A field is a number if it is written as one.
Thing scalar(const std::string& show) {
  const bool digits = !show.empty() && show.size() <= 18 && show.find_first_not_of("0123456789") == show.npos;
  if (!digits) return show;
  std::int64_t value = 0;
  for (const char c : show) value = value * 10 + (c - '0');
  return value;
}

bool same(const Thing& a, const Thing& b) {
  if (!isPresent(a) || !isPresent(b)) return isPresent(a) == isPresent(b);
  if (const auto* one = std::get_if<std::string>(&a))
    if (const auto* other = std::get_if<std::string>(&b)) return *one == *other;
  if (const auto* one = std::get_if<std::int64_t>(&a))
    if (const auto* other = std::get_if<std::int64_t>(&b)) return *one == *other;
  if (const auto* one = std::get_if<bool>(&a))
    if (const auto* other = std::get_if<bool>(&b)) return *one == *other;
  return false;
}

bool isIn(const std::string& address, const std::string& subnet) {
  const auto one = Ipv4Prefix::parse(address);
  const auto whole = Ipv4Prefix::parse(subnet);
  return one && whole && whole->contains(one->address);
}

bool Evaluator::compare(const Node& node) const {
  if (node.kind == Node::Kind::In) return isIn(text(node.parts[0]), text(node.parts[1]));
  if (node.kind == Node::Kind::Equal) return same(at(node.parts[0]), at(node.parts[1]));
  if (node.kind == Node::Kind::NotEqual) return !same(at(node.parts[0]), at(node.parts[1]));
  const auto a = number(node.parts[0]), b = number(node.parts[1]);
  if (!a || !b) return false;
  switch (node.kind) {
    case Node::Kind::Less: return *a < *b;
    case Node::Kind::LessEqual: return *a <= *b;
    case Node::Kind::Greater: return *a > *b;
    default: return *a >= *b;
  }
}

Thing Evaluator::at(std::uint32_t index) const {
  const Node& node = m_expression.nodes[index];
  switch (node.kind) {
    case Node::Kind::None: return kNothing;
    case Node::Kind::Bool: return node.number != 0;
    case Node::Kind::Number: return node.number;
    case Node::Kind::Text: return node.text;
    case Node::Kind::Call: return call(node);
    case Node::Kind::And: return truth(node.parts[0]) && truth(node.parts[1]);
    case Node::Kind::Or: return truth(node.parts[0]) || truth(node.parts[1]);
    case Node::Kind::Not: return !truth(node.parts[0]);
    case Node::Kind::Plus:
    case Node::Kind::Minus: {
      const auto a = number(node.parts[0]), b = number(node.parts[1]);
      if (!a || !b) return kNothing;
      return node.kind == Node::Kind::Plus ? *a + *b : *a - *b;
    }
    case Node::Kind::Equal:
    case Node::Kind::NotEqual:
    case Node::Kind::Less:
    case Node::Kind::LessEqual:
    case Node::Kind::Greater:
    case Node::Kind::GreaterEqual:
    case Node::Kind::In: return compare(node);
  }
  return kNothing;
}

Thing Evaluator::call(const Node& node) const {
  if (node.word == WordId::Device) {
    const auto id = deviceOf(node.parts[0]);
    return id ? Thing(*id) : kNothing;
  }
  if (node.word == WordId::PacketsFunction) return packets(node);
  if (node.word == WordId::Reaches) return reaches(node);
  if (node.word == WordId::Owner) return owner(node);
  const Thing of = at(node.parts[0]);
  if (const auto* one = std::get_if<DeviceId>(&of)) return callOfDevice(node, *one);
  if (const auto* one = std::get_if<InterfaceRef>(&of)) return callOfInterface(node, *one);
  if (const auto* one = std::get_if<ArpCacheRef>(&of)) return countOrLookup(node, *one);
  if (const auto* one = std::get_if<ForwardingTableRef>(&of)) return countOrLookup(node, *one);
  if (const auto* one = std::get_if<ArpEntryRef>(&of)) return callOfEntry(node, *one);
  if (const auto* one = std::get_if<RouteRef>(&of)) return callOfRoute(node, *one);
  if (const auto* one = std::get_if<Packets>(&of)) return callOfPackets(node, *one);
  if (const auto* one = std::get_if<SeenFrame>(&of)) return callOfPacket(node, *one);
  return kNothing;
}

Thing Evaluator::callOfDevice(const Node& node, DeviceId id) const {
  const Device& one = device(id);
  switch (node.word) {
    case WordId::DeviceName: return nameOf(id);
    case WordId::DeviceForwards: return one.config().knobs.forwarding;
    case WordId::DeviceArp: return ArpCacheRef{id};
    case WordId::DeviceFdb: return ForwardingTableRef{id};
    case WordId::DeviceGateway:
      for (const route::Route& route : one.plan().fib.routes())
        if (route.prefix.length == 0 && route.via) return route.via->text();
      return kNothing;
    case WordId::DeviceInterface: {
      const auto port = one.config().interfaceNamed(text(node.parts[1]));
      return port ? Thing(InterfaceRef{id, *port}) : kNothing;
    }
    case WordId::DeviceRoute: {
      const auto to = Ipv4Address::parse(text(node.parts[1]));
      const route::Route* route = to ? one.plan().fib.find(*to) : nullptr;
      return route ? Thing(RouteRef{id, *route}) : kNothing;
    }
    default: return kNothing;
  }
}

Thing Evaluator::callOfInterface(const Node& node, const InterfaceRef& of) const {
  const InterfaceConfig& one = device(of.device).config().at(of.port);
  switch (node.word) {
    case WordId::InterfaceMac: return one.mac.text();
    case WordId::InterfaceUp: return one.up && device(of.device).state().carrier[of.port.value];
    case WordId::InterfaceMtu: return static_cast<std::int64_t>(one.mtu);
    case WordId::InterfaceAddress:
      return one.addresses.empty() ? kNothing : Thing(one.addresses.front().address.text());
    case WordId::InterfacePrefix: {
      if (one.addresses.empty()) return kNothing;
      const Ipv4Prefix& first = one.addresses.front();
      return Ipv4Prefix{first.network(), first.length}.text();
    }
    default: return kNothing;
  }
}

Thing Evaluator::countOrLookup(const Node& node, const ArpCacheRef& of) const {
  const auto& entries = device(of.device).state().arp.entries;
  if (node.word == WordId::ArpCount) {
    std::int64_t count = 0;
    for (const arp::Entry& one : entries) count += one.valid() ? 1 : 0;
    return count;
  }
  const auto address = Ipv4Address::parse(text(node.parts[1]));
  for (const arp::Entry& one : entries)
    if (address && one.valid() && one.address == *address) return ArpEntryRef{of.device, one};
  return kNothing;
}

Thing Evaluator::countOrLookup(const Node& node, const ForwardingTableRef& of) const {
  const auto mac = node.word == WordId::FdbLookup ? MacAddress::parse(text(node.parts[1])) : std::nullopt;
  std::int64_t count = 0;
  for (const BridgeState& bridge : device(of.device).state().bridges) {
    count += static_cast<std::int64_t>(bridge.table.entries.size());
    const bridge::Entry* entry = mac ? bridge.table.inAnyVlan(*mac) : nullptr;
    if (entry) return nameOf(of.device, entry->port);
  }
  return node.word == WordId::FdbCount ? Thing(count) : kNothing;
}

Thing Evaluator::callOfEntry(const Node& node, const ArpEntryRef& of) const {
  switch (node.word) {
    case WordId::EntryMac: return of.entry.mac.text();
    case WordId::EntryState: return std::string(arp::name(of.entry.state));
    case WordId::EntryInterface: return nameOf(of.device, of.entry.port);
    default: return kNothing;
  }
}

Thing Evaluator::callOfRoute(const Node& node, const RouteRef& of) const {
  switch (node.word) {
    case WordId::RouteVia: return of.route.via ? Thing(of.route.via->text()) : kNothing;
    case WordId::RouteInterface: return nameOf(of.device, of.route.port);
    case WordId::RoutePrefix: return of.route.prefix.text();
    default: return kNothing;
  }
}

Thing Evaluator::packets(const Node& node) const {
  const PacketFilter& filter = m_expression.filters[static_cast<std::size_t>(node.number)];
  Packets found;
  for (const SeenFrame& one : m_look.frames.since(m_since))
    if (filter.matches(m_look.frames.tree(one.id))) found.push_back(one);
  return found;
}

Thing Evaluator::callOfPackets(const Node& node, const Packets& of) const {
  switch (node.word) {
    case WordId::PacketsCount: return static_cast<std::int64_t>(of.size());
    case WordId::PacketsFirst: return of.empty() ? kNothing : Thing(of.front());
    case WordId::PacketsLast: return of.empty() ? kNothing : Thing(of.back());
    default: break;
  }
  const auto wanted = deviceOf(node.parts[1]);
  Packets some;
  for (const SeenFrame& one : of)
    if (wanted && (node.word == WordId::PacketsSentBy ? one.sender : one.receiver) == *wanted) some.push_back(one);
  return some;
}

Thing Evaluator::callOfPacket(const Node& node, const SeenFrame& of) const {
  if (node.word == WordId::PacketSender) return nameOf(of.sender);
  if (node.word == WordId::PacketReceiver) return of.receiver.valid() ? Thing(nameOf(of.receiver)) : kNothing;
  const dissect::TreeField* field = dissect::findField(m_look.frames.tree(of.id), text(node.parts[1]));
  return field ? scalar(field->show) : kNothing;
}

Thing Evaluator::reaches(const Node& node) const {
  const auto from = deviceOf(node.parts[0]);
  const auto to = Ipv4Address::parse(text(node.parts[1]));
  if (!from || !to) return kNothing;
  const std::pair key{from->value, to->value};
  const auto known = m_look.pings.find(key);
  if (known != m_look.pings.end()) return known->second;
  if (m_look.pings.size() >= static_cast<std::size_t>(kMaxProbes)) return kNothing;
  return m_look.pings[key] = pingIsAnswered(world(), *from, *to);
}

Thing Evaluator::owner(const Node& node) const {
  const auto mac = MacAddress::parse(text(node.parts[0]));
  for (std::uint32_t i = 0; mac && i < world().devices.size(); ++i)
    for (const InterfaceConfig& one : device(DeviceId{i}).config().interfaces)
      if (one.kind != InterfaceKind::Loopback && one.mac == *mac) return nameOf(DeviceId{i}) + ":" + one.name;
  return kNothing;
}

Value Evaluator::value() const {
  const Thing whole = at(static_cast<std::uint32_t>(m_expression.nodes.size() - 1));
  if (const auto* one = std::get_if<bool>(&whole)) return *one;
  if (const auto* one = std::get_if<std::int64_t>(&whole)) return *one;
  if (const auto* one = std::get_if<std::string>(&whole)) return *one;
  return {};
}

}  // namespace

std::string textOf(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  return {};
}

Findings look(const std::vector<Watch>& watches, const Timeline& timeline) {
  Findings findings;
  Look shared(timeline);
  for (const Watch& watch : watches) findings[watch.key] = Evaluator(watch, shared).value();
  return findings;
}

}  // namespace hw::lesson
