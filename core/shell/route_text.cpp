// Read first: iproute2's print_route (ip/iproute.c) in behaviour.
#include "core/shell/route_text.h"

#include <fmt/format.h>

#include "core/shell/table_names.h"

namespace hw::shell {

std::string prefixText(Ipv4Prefix prefix) {
  if (prefix.length == 0 && prefix.address.isAny()) return "default";
  return prefix.length == 32 ? prefix.address.text() : prefix.text();
}

std::string_view typeName(route::Type type) {
  constexpr std::string_view names[] = {"unicast", "local", "broadcast", "blackhole", "unreachable", "prohibit", "throw"};
  return names[static_cast<std::size_t>(type)];
}

namespace {

/// "via 192.0.2.1 dev eth0 " and the flags of its interface.
std::string flagsText(const Device& device, InterfaceId port) {
  if (!port.valid() || device.plan().interfaces[port.value].running) return {};
  return device.config().at(port).up ? "linkdown " : "dead linkdown ";
}

std::string waysText(const Device& device, const route::Route& route) {
  std::string text;
  for (const route::NextHop& hop : route.nextHops) {
    text += "\n\tnexthop ";
    if (hop.via) text += fmt::format("via {} ", hop.via->text());
    text += fmt::format("dev {} weight {} ", device.config().at(hop.port).name, hop.weight) + flagsText(device, hop.port);
  }
  return text;
}

}  // namespace

std::string routeText(const Device& device, const route::Route& route, const RouteView& view) {
  std::string text;
  if (route.type != route::Type::Unicast) text += fmt::format("{} ", typeName(route.type));
  text += prefixText(route.prefix) + " ";
  const bool single = route.nextHops.empty();
  if (single && route.via && !view.hideGateway) text += fmt::format("via {} ", route.via->text());
  if (single && route.port.valid() && !view.hideDevice) text += fmt::format("dev {} ", device.config().at(route.port).name);
  if (route.table != view.table) text += fmt::format("table {} ", tableName(device.config(), route.table));
  if (route.protocol != route::Protocol::Boot && !view.hideProtocol)
    text += route.protocol == route::Protocol::Kernel ? "proto kernel " : "proto static ";
  if (route.scope != route::Scope::Universe && !view.hideScope)
    text += route.scope == route::Scope::Host ? "scope host " : "scope link ";
  if (route.source) text += fmt::format("src {} ", route.source->text());
  if (route.metric != 0) text += fmt::format("metric {} ", route.metric);
  return text + (single ? flagsText(device, route.port) : waysText(device, route));
}

std::string learnedText(const route::Exception& learned, Time now) {
  std::string text;
  if (learned.gateway) text += "<redirected> ";
  text += fmt::format("expires {}sec ", (learned.expires - now).ns / seconds(1).ns);
  if (learned.mtu != 0) text += fmt::format("mtu {} ", learned.mtu);
  return text;
}

}  // namespace hw::shell
