// Read first: iproute2's print_route (ip/iproute.c) in behaviour.
#include "core/shell/route_text.h"

#include <fmt/format.h>

namespace hw::shell {

std::string tableName(std::uint32_t table) {
  switch (table) {
    case route::kTableLocal: return "local";
    case route::kTableMain: return "main";
    case route::kTableDefault: return "default";
    default: return std::to_string(table);
  }
}

std::string prefixText(Ipv4Prefix prefix) {
  if (prefix.length == 0 && prefix.address.isAny()) return "default";
  return prefix.length == 32 ? prefix.address.text() : prefix.text();
}

std::string_view typeName(route::Type type) {
  constexpr std::string_view names[] = {"unicast", "local", "broadcast", "blackhole", "unreachable", "prohibit"};
  return names[static_cast<std::size_t>(type)];
}

std::string routeText(const Device& device, const route::Route& route, const RouteView& view) {
  std::string text;
  if (route.type != route::Type::Unicast) text += fmt::format("{} ", typeName(route.type));
  text += prefixText(route.prefix) + " ";
  if (route.via && !view.hideGateway) text += fmt::format("via {} ", route.via->text());
  if (route.port.valid() && !view.hideDevice) text += fmt::format("dev {} ", device.config().at(route.port).name);
  if (route.table != view.table) text += fmt::format("table {} ", tableName(route.table));
  if (route.protocol != route::Protocol::Boot && !view.hideProtocol)
    text += route.protocol == route::Protocol::Kernel ? "proto kernel " : "proto static ";
  if (route.scope != route::Scope::Universe && !view.hideScope)
    text += route.scope == route::Scope::Host ? "scope host " : "scope link ";
  if (route.source) text += fmt::format("src {} ", route.source->text());
  if (route.metric != 0) text += fmt::format("metric {} ", route.metric);
  if (route.port.valid() && !device.plan().interfaces[route.port.value].running) text += "linkdown ";
  return text;
}

}  // namespace hw::shell
