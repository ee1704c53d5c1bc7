// ip -6: addresses, routes and neighbours of IPv6. Read first: ip-address(8), ip-route(8), ip-neighbour(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.h"
#include "core/shell/ip_command.h"
#include "core/shell/options.h"

namespace hw::shell {

bool wantsSix(const IpCall& call) {
  return call.six || std::any_of(call.words.begin(), call.words.end(), [](const std::string& word) {
           return word.find(':') != word.npos && word != "default" && Ipv6Prefix::parse(word);
         });
}

namespace {

/// What the words of one command say; each command looks at what it knows.
struct SixSpec {
  std::optional<Ipv6Prefix> prefix;
  std::optional<ipv6::RouteType> type;
  std::optional<Ipv6Address> via, source;
  InterfaceId port;
  std::optional<std::uint32_t> metric;
  std::optional<ipv6::RouteProtocol> protocol;
  std::optional<MacAddress> mac;
  std::optional<nd::Nud> nud;
  std::string table = "main";
  bool check = true;
  bool all = false;
};

std::optional<ipv6::RouteType> routeTypeOf(std::string_view word) {
  using enum ipv6::RouteType;
  for (const auto type : {Unicast, Blackhole, Unreachable, Prohibit})
    if (word == ipv6::name(type)) return type;
  return std::nullopt;
}

std::optional<nd::Nud> nudSixOf(std::string_view word) {
  using enum nd::Nud;
  for (const nd::Nud one : {Incomplete, Reachable, Stale, Delay, Probe, Failed, Permanent}) {
    const std::string_view name = nd::name(one);
    const auto same = [](char a, char b) { return toLower(a) == b; };
    if (std::equal(name.begin(), name.end(), word.begin(), word.end(), same)) return one;
  }
  return std::nullopt;
}

class SixReader : WordReader {
 public:
  SixReader(const IpCall& call, SixSpec& spec) : WordReader(call.words), m_call(call), m_spec(spec) {}

  Failure read() {
    while (const std::string* word = next()) readWord(*word);
    return failure();
  }

 private:
  void readWord(std::string_view word) {
    if (word == "dev" || word == "oif") readDevice(value());
    else if (word == "via") readGateway(value());
    else if (word == "src" || word == "from") readAddress(value(), m_spec.source);
    else if (word == "metric" || word == "preference") readMetric(value());
    else if (word == "table") m_spec.table = value();
    else if (word == "proto" || word == "protocol") readProtocol(value());
    else if (word == "lladdr") readMac(value());
    else if (word == "nud") readNud(value());
    else if (word == "nodad") m_spec.check = false;
    else if (word == "all") m_spec.all = true;
    else if (word == "to" || word == "local") readPrefix(value());
    else if (word == "scope" || word == "pref") value();
    else if (word == "onlink" || word == "router" || word == "proxy") return;
    else if (const auto type = routeTypeOf(word)) m_spec.type = type;
    else if (m_spec.prefix) fail(garbage("to", word));
    else readPrefix(word);
  }
  void readPrefix(std::string_view word) {
    if (failed()) return;
    m_spec.prefix = Ipv6Prefix::parse(word);
    if (!m_spec.prefix) fail(ipError(fmt::format("Error: inet6 prefix is expected rather than \"{}\".", word)));
  }
  void readGateway(const std::string& word) { readAddress(word == "inet6" ? value() : word, m_spec.via); }
  void readAddress(const std::string& word, std::optional<Ipv6Address>& into) {
    if (failed()) return;
    into = Ipv6Address::parse(word);
    if (!into) fail(ipError(fmt::format("Error: inet6 address is expected rather than \"{}\".", word)));
  }
  void readDevice(const std::string& word) {
    if (failed()) return;
    const auto port = m_call.call.config().interfaceNamed(word);
    if (!port) return fail(noDevice(word));
    m_spec.port = *port;
  }
  void readMetric(const std::string& word) {
    const auto number = parseNumber(word);
    if (!number || *number > UINT32_MAX) return fail(badArgument(word, "\"metric\" value is invalid"));
    m_spec.metric = static_cast<std::uint32_t>(*number);
  }
  void readProtocol(const std::string& word) {
    if (word == "kernel") m_spec.protocol = ipv6::RouteProtocol::Kernel;
    else if (word == "boot") m_spec.protocol = ipv6::RouteProtocol::Boot;
    else if (word == "static") m_spec.protocol = ipv6::RouteProtocol::Static;
    else fail(badArgument(word, "\"protocol\" value is invalid"));
  }
  void readMac(const std::string& word) {
    m_spec.mac = MacAddress::parse(word);
    if (!m_spec.mac) fail(ipError(fmt::format("\"{}\" is invalid lladdr.", word), 255));
  }
  void readNud(const std::string& word) {
    m_spec.nud = nudSixOf(word);
    if (!m_spec.nud && word != "all") fail(badArgument(word, "nud state is bad"));
  }

  const IpCall& m_call;
  SixSpec& m_spec;
};

Expected<SixSpec, CommandResult> readSix(const IpCall& call) {
  SixSpec spec;
  if (const Failure failure = SixReader(call, spec).read()) return unexpected(*failure);
  return spec;
}

/// An address that the device has, or shall have, as `ip address` tells it.
struct ShownAddress {
  Ipv6Prefix prefix;
  std::string flags;
};

/// The youngest of a scope first, those of the link last (Linux ipv6_link_dev_addr).
std::vector<ShownAddress> shownAt(const Device& device, InterfaceId port) {
  std::vector<ShownAddress> wide, link;
  if (!device.state().six) return wide;
  const auto& configured = device.config().at(port).six;
  for (const nd::Address& one : device.state().six->addresses.all) {
    if (one.port != port) continue;
    std::string flags;
    if (configured)
      for (const Ipv6Own& own : configured->addresses)
        if (own.prefix == one.prefix && !own.check) flags += " nodad";
    if (one.stage == nd::Address::Stage::Duplicate) flags += " dadfailed tentative";
    else if (one.tentative()) flags += " tentative";
    auto& list = one.prefix.address.isLinkLocal() ? link : wide;
    list.insert(list.begin(), {one.prefix, flags});
  }
  wide.insert(wide.end(), link.begin(), link.end());
  return wide;
}

std::string_view scopeOf(Ipv6Address address) {
  return address.isLoopback() ? "host" : address.isLinkLocal() ? "link" : "global";
}

}  // namespace

std::string addressLinesSix(const Device& device, InterfaceId port, bool brief) {
  std::string text;
  for (const ShownAddress& one : shownAt(device, port))
    text += brief ? one.prefix.text() + " "
                  : fmt::format("    inet6 {} scope {}{} \n       valid_lft forever preferred_lft forever\n", one.prefix.text(),
                                scopeOf(one.prefix.address), one.flags);
  return text;
}

CommandResult editAddressSix(const IpCall& call) {
  const auto spec = readSix(call);
  if (!spec) return spec.error();
  const std::string& verb = call.words[0];
  if (!spec->port.valid()) return ipError("Not enough information: \"dev\" argument is required.");
  DeviceConfig config = call.call.config();
  InterfaceConfig& interface = config.interfaces[spec->port.value];
  if (startsAs(verb, "flush")) {
    if (interface.six) interface.six->addresses.clear();
    return configure(std::move(config));
  }
  if (!spec->prefix) return kernelSays("Operation not supported");
  const auto same = [&](const Ipv6Own& one) {
    return one.prefix.address == spec->prefix->address && (spec->prefix->length == 128 || one.prefix.length == spec->prefix->length);
  };
  if (startsAs(verb, "delete")) {
    if (!interface.six || std::erase_if(interface.six->addresses, same) == 0)
      return kernelError("ipv6: address not found.");
    return configure(std::move(config));
  }
  const bool replaces = startsAs(verb, "replace") || startsAs(verb, "change") || verb == "chg";
  if (!startsAs(verb, "add") && !replaces) return ipError(fmt::format("Command \"{}\" is unknown, try \"ip address help\".", verb), 255);
  if (spec->prefix->address.isMulticast() || spec->prefix->address.isAny()) return kernelError("ipv6: Invalid address.");
  enableSix(config, spec->port);
  if (!interface.six) return kernelSays("Operation not supported");
  auto& addresses = interface.six->addresses;
  if (std::any_of(addresses.begin(), addresses.end(), same))
    return replaces ? CommandResult{} : kernelError("ipv6: address already assigned.");
  if (addresses.size() >= nd::kMaxAddresses / 2) return kernelSays("Cannot allocate memory");
  addresses.push_back({*spec->prefix, spec->check});
  return configure(std::move(config));
}

namespace {

std::string routeTextSix(const DeviceConfig& config, const ipv6::Route& route, bool local, bool hideDevice) {
  std::string text;
  if (route.type != ipv6::RouteType::Unicast) text += fmt::format("{} ", ipv6::name(route.type));
  const Ipv6Prefix& to = route.prefix;
  text += (to.length == 0 ? std::string("default") : to.length == 128 ? to.address.text() : to.text()) + " ";
  if (route.via) text += fmt::format("via {} ", route.via->text());
  if (!hideDevice) text += fmt::format("dev {} ", route.port.valid() ? config.at(route.port).name : "lo");
  if (local) text += "table local ";
  if (route.protocol == ipv6::RouteProtocol::Kernel) text += "proto kernel ";
  if (route.protocol == ipv6::RouteProtocol::Static) text += "proto static ";
  if (route.source) text += fmt::format("src {} ", route.source->text());
  return text + fmt::format("metric {} pref medium", route.metric);
}

/// The table that the kernel keeps: own addresses, the anycast addresses of a router's subnets, groups.
std::vector<ipv6::Route> localRoutesSix(const Device& device) {
  std::vector<ipv6::Route> routes;
  if (!device.state().six) return routes;
  const auto add = [&](ipv6::RouteType type, Ipv6Prefix prefix, InterfaceId port, std::uint32_t metric) {
    const ipv6::Route one{prefix, type, {}, port, metric, ipv6::RouteProtocol::Kernel, {}};
    if (std::find(routes.begin(), routes.end(), one) == routes.end()) routes.push_back(one);
  };
  for (const nd::Address& one : device.state().six->addresses.all) {
    if (!one.usable()) continue;
    add(ipv6::RouteType::Local, {one.prefix.address, 128}, one.port, 0);
    if (device.config().six->forwarding && one.prefix.length < 127)
      add(ipv6::RouteType::Anycast, {one.prefix.network(), 128}, one.port, 0);
    if (!one.prefix.address.isLoopback()) add(ipv6::RouteType::Multicast, {{0xFF00'0000'0000'0000u, 0}, 8}, one.port, ipv6::kOwnMetric);
  }
  ipv6::order(routes);
  return routes;
}

CommandResult showRoutesSix(const IpCall& call, const SixSpec& spec) {
  const Device& device = call.call.self();
  std::string text;
  const auto list = [&](const std::vector<ipv6::Route>& routes, bool mark) {
    for (const ipv6::Route& one : routes)
      if ((!spec.port.valid() || one.port == spec.port) && (!spec.prefix || one.prefix == *spec.prefix))
        text += routeTextSix(device.config(), one, mark, spec.port.valid()) + "\n";
  };
  if (spec.table == "main" || spec.table == "all" || spec.table == "254") list(device.plan().routesSix, false);
  if (spec.table == "local" || spec.table == "all" || spec.table == "255") list(localRoutesSix(device), spec.table == "all");
  return CommandResult::text(std::move(text));
}

/// The interface on whose link a gateway is, if the command does not name one.
InterfaceId linkTo(const Device& device, Ipv6Address gateway) {
  const ipv6::Route* way = ipv6::find(device.plan().routesSix, gateway, InterfaceId{});
  return way && !way->via && !way->refuses() ? way->port : InterfaceId{};
}

CommandResult changeRouteSix(const IpCall& call, const SixSpec& spec, std::string_view verb) {
  if (!spec.prefix) return ipError("Command line is not complete. Try option \"help\"", 255);
  ipv6::Route route;
  route.prefix = *spec.prefix;
  if (route.prefix.network() != route.prefix.address) return kernelError("Invalid prefix for given prefix length.");
  route.type = spec.type.value_or(ipv6::RouteType::Unicast);
  route.via = spec.via;
  route.port = spec.port;
  route.metric = spec.metric.value_or(ipv6::kDefaultMetric);
  route.protocol = spec.protocol.value_or(ipv6::RouteProtocol::Boot);
  route.source = spec.source;
  if (!route.refuses()) {
    if (!route.port.valid() && route.via) route.port = linkTo(call.call.self(), *route.via);
    if (!route.port.valid()) return route.via ? kernelSays("No route to host") : kernelSays("No such device");
    if (!call.call.config().at(route.port).six) return kernelError("IPv6 is disabled on nexthop device.");
  }
  DeviceConfig config = call.call.config();
  if (!config.six) config.six.emplace();
  auto& routes = config.six->routes;
  const auto same = [&](const ipv6::Route& one) { return one.prefix == route.prefix && one.metric == route.metric; };
  const bool known = std::any_of(routes.begin(), routes.end(), same);
  if (known && verb == "add") return kernelSays("File exists");
  if (!known && verb == "change") return kernelSays("No such file or directory");
  if (verb != "add") std::erase_if(routes, same);
  routes.push_back(std::move(route));
  return configure(std::move(config));
}

CommandResult removeRouteSix(const IpCall& call, const SixSpec& spec) {
  DeviceConfig config = call.call.config();
  const auto same = [&](const ipv6::Route& one) {
    return spec.prefix && one.prefix == *spec.prefix && (!spec.via || one.via == spec.via) && (!spec.port.valid() || one.port == spec.port) &&
           (!spec.metric || one.metric == *spec.metric) && (!spec.type || one.type == *spec.type);
  };
  if (!config.six) return kernelSays("No such process");
  const auto at = std::find_if(config.six->routes.begin(), config.six->routes.end(), same);
  if (at == config.six->routes.end()) return kernelSays("No such process");
  config.six->routes.erase(at);
  return configure(std::move(config));
}

/// The source that a datagram of ours to `to` would have, as far as the configuration tells.
Ipv6Address sourceTo(const Device& device, Ipv6Address to, InterfaceId out) {
  Ipv6Address best;
  for (const nd::Address& one : device.state().six->addresses.all)
    if (one.usable() && one.port == out && one.prefix.address.isLinkLocal() == to.staysOnLink() && (best.isAny() || one.prefix.contains(to)))
      best = one.prefix.address;
  return best;
}

CommandResult getRouteSix(const IpCall& call, const SixSpec& spec) {
  const Device& device = call.call.self();
  if (!spec.prefix) return ipError("need at least a destination address");
  const Ipv6Address to = spec.prefix->address;
  if (!device.state().six) return kernelSays("Network is unreachable");
  const std::string front = to.text() + " from " + (spec.source ? spec.source->text() : std::string("::")) + " ";
  if (device.state().six->addresses.own(to) || to.isLoopback())
    return CommandResult::text(fmt::format("local {}dev lo table local proto kernel src {} metric 0 pref medium\n", front, to.text()));
  const ipv6::Route* way = ipv6::find(device.plan().routesSix, to, spec.port);
  if (!way) return kernelSays("Network is unreachable");
  if (way->type == ipv6::RouteType::Blackhole) return kernelSays("Invalid argument");
  if (way->type == ipv6::RouteType::Unreachable) return kernelSays("No route to host");
  if (way->type == ipv6::RouteType::Prohibit) return kernelSays("Permission denied");
  std::string text = front;
  if (way->via) text += fmt::format("via {} ", way->via->text());
  text += fmt::format("dev {} ", device.config().at(way->port).name);
  if (way->protocol == ipv6::RouteProtocol::Kernel) text += "proto kernel ";
  text += fmt::format("src {} metric {} ", sourceTo(device, to, way->port).text(), way->metric);
  if (const ipv6::PathMtu* known = device.state().six->pathMtus.find(to, call.call.now))
    text += fmt::format("expires {}sec mtu {} ", (known->until - call.call.now).ns / seconds(1).ns, known->mtu);
  return CommandResult::text(text + "pref medium\n");
}

}  // namespace

CommandResult ipRouteSix(const IpCall& given) {
  IpCall call = given;
  if (!call.words.empty() && Ipv6Prefix::parse(call.words[0])) call.words.insert(call.words.begin(), "show");
  if (call.words.empty()) call.words.push_back("show");
  const std::string_view verb = call.words[0];
  const auto spec = readSix(call);
  if (!spec) return spec.error();
  if (startsAs(verb, "get")) return getRouteSix(call, *spec);
  if (meansShow(call.words)) return showRoutesSix(call, *spec);
  if (startsAs(verb, "delete")) return removeRouteSix(call, *spec);
  if (startsAs(verb, "flush")) {
    DeviceConfig config = call.call.config();
    if (config.six)
      std::erase_if(config.six->routes, [&](const ipv6::Route& one) { return !spec->port.valid() || one.port == spec->port; });
    return configure(std::move(config));
  }
  for (const std::string_view known : {"add", "append", "change", "replace"})
    if (startsAs(verb, known)) return changeRouteSix(call, *spec, known == "append" ? "add" : known);
  return ipError(fmt::format("Command \"{}\" is unknown, try \"ip route help\".", verb), 255);
}

std::string neighbourLinesSix(const Device& device, InterfaceId port) {
  std::string text;
  if (!device.state().six) return text;
  for (const nd::Entry& one : device.state().six->neighbours.entries) {
    if (port.valid() && one.port != port) continue;
    const std::string mac = one.valid() ? fmt::format(" lladdr {}", one.mac.text()) : std::string();
    const std::string dev = port.valid() ? std::string() : " dev " + device.config().at(one.port).name;
    text += fmt::format("{}{}{}{} {} \n", one.address.text(), dev, mac, one.router ? " router" : "", nd::name(one.state));
  }
  return text;
}

CommandResult ipNeighSix(const IpCall& given) {
  IpCall call = given;
  if (!call.words.empty() && Ipv6Prefix::parse(call.words[0])) call.words.insert(call.words.begin(), "show");
  if (call.words.empty()) call.words.push_back("show");
  const std::string_view verb = call.words[0];
  const auto spec = readSix(call);
  if (!spec) return spec.error();
  const Device& device = call.call.self();
  if (meansShow(call.words)) return CommandResult::text(neighbourLinesSix(device, spec->port));
  if (startsAs(verb, "flush")) {
    if (call.words.size() < 2) return ipError("Flush requires arguments.");
    return CommandResult::change(EditNeighbourSix{EditNeighbour::What::Flush, spec->port, {}, {}, {}});
  }
  if (!spec->prefix || !spec->port.valid()) return ipError("Device and destination are required arguments.", 255);
  const nd::Entry* known = device.state().six ? device.state().six->neighbours.find(spec->port, spec->prefix->address) : nullptr;
  if (startsAs(verb, "delete")) {
    if (!known) return kernelSays("No such file or directory");
    return CommandResult::change(EditNeighbourSix{EditNeighbour::What::Remove, spec->port, spec->prefix->address, {}, {}});
  }
  if (!startsAs(verb, "add") && !startsAs(verb, "replace") && !startsAs(verb, "change"))
    return ipError(fmt::format("Command \"{}\" is unknown, try \"ip neigh help\".", verb), 255);
  if (startsAs(verb, "add") && known) return kernelSays("File exists");
  if (!spec->mac && !known) return kernelError("No link layer address given.");
  return CommandResult::change(EditNeighbourSix{EditNeighbour::What::Set, spec->port, spec->prefix->address,
                                                spec->mac ? *spec->mac : known->mac, spec->nud.value_or(nd::Nud::Permanent)});
}

}  // namespace hw::shell
