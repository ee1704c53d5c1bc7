// ip route. Read first: ip-route(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/ip_command.h"
#include "core/shell/options.h"
#include "core/shell/route_text.h"
#include "core/shell/table_names.h"

namespace hw::shell {
namespace {

using route::Route;
std::optional<route::Type> typeOf(std::string_view word) {
  for (const auto type : {route::Type::Unicast, route::Type::Local, route::Type::Broadcast, route::Type::Blackhole,
                          route::Type::Unreachable, route::Type::Prohibit, route::Type::Throw})
    if (word == typeName(type)) return type;
  return std::nullopt;
}

/// What the words of one `ip route` command say.
struct RouteSpec {
  Route route;
  bool hasPrefix = false;
  bool hasType = false;
  bool hasMetric = false;
  bool hasTable = false;
  bool hasProtocol = false;
  bool hasScope = false;
  bool allTables = false;
  bool onlink = false;
  bool cache = false;
  std::string_view match = "exact";  ///< how a listing compares prefixes
};

class SpecReader : WordReader {
 public:
  SpecReader(const IpCall& call, RouteSpec& spec) : WordReader(call.words), m_call(call), m_spec(spec) {}

  Failure read() {
    while (const std::string* word = next()) readWord(*word);
    return failure();
  }

 private:
  void readWord(std::string_view word) {
    Route& route = m_spec.route;
    if (word == "nexthop") route.nextHops.emplace_back();
    else if (!route.nextHops.empty()) readHopWord(route.nextHops.back(), word);
    else if (word == "via") readGateway(value());
    else if (word == "dev" || word == "oif") readDevice(value(), route.port);
    else if (word == "src") readAddress(value(), route.source);
    else if (word == "metric" || startsAs(word, "preference") || startsAs(word, "priority")) readMetric(value());
    else if (word == "table") readTable(value());
    else if (startsAs(word, "protocol")) readProtocol(value());
    else if (startsAs(word, "scope")) readScope(value());
    else if (word == "onlink") m_spec.onlink = true;
    else if (word == "cache") m_spec.cache = true;
    else if (word == "root" || word == "match" || word == "exact") m_spec.match = word, readPrefix(value());
    else if (word == "to") readPrefix(value());
    else if (word == "type") readType(value());
    else if (const auto type = typeOf(word)) route.type = *type, m_spec.hasType = true;
    else if (m_spec.hasPrefix) fail(garbage("to", word));
    else readPrefix(word);
  }
  /// Behind `nexthop`.
  void readHopWord(route::NextHop& hop, std::string_view word) {
    if (word == "via") {
      std::string_view gateway = value();
      if (gateway == "inet") gateway = value();
      readAddress(gateway, hop.via);
    } else if (word == "dev") {
      readDevice(value(), hop.port);
    } else if (word == "weight") {
      const std::string_view weight = value();
      const auto number = parseNumber(weight);
      if (!number || *number == 0 || *number > 256)
        return fail(ipError(fmt::format("Error: \"nexthop\" or end of line is expected instead of \"{}\"\n", weight), 255));
      hop.weight = static_cast<std::uint32_t>(*number);
    } else if (word == "onlink") {
      m_spec.onlink = true;
    } else {
      fail(ipError(fmt::format("Error: \"nexthop\" or end of line is expected instead of \"{}\"\n", word), 255));
    }
  }
  void readPrefix(std::string_view word) {
    if (failed()) return;
    if (word == "all" || word == "any") word = "default";
    const auto prefix = Ipv4Prefix::parse(word);
    if (!prefix) return fail(ipError(fmt::format("Error: any valid prefix is expected rather than \"{}\".", word)));
    m_spec.route.prefix = *prefix;
    m_spec.hasPrefix = true;
  }
  void readAddress(std::string_view word, std::optional<Ipv4Address>& into) {
    if (failed()) return;
    into = Ipv4Address::parse(word);
    if (!into) fail(ipError(fmt::format("Error: any valid address is expected rather than \"{}\".", word)));
  }
  void readGateway(std::string_view word) {
    if (word == "inet") word = value();
    readAddress(word, m_spec.route.via);
  }
  void readDevice(std::string_view word, InterfaceId& into) {
    if (failed()) return;
    const auto port = m_call.call.config().interfaceNamed(word);
    if (!port) return fail(noDevice(word));
    into = *port;
  }
  void readMetric(std::string_view word) {
    const auto number = parseNumber(word);
    if (!number || *number > UINT32_MAX)
      return fail(badArgument(word, "\"metric\" value is invalid"));
    m_spec.route.metric = static_cast<std::uint32_t>(*number);
    m_spec.hasMetric = true;
  }
  void readTable(std::string_view word) {
    m_spec.hasTable = true;
    if (word == "all") {
      m_spec.allTables = true;
      return;
    }
    const auto table = tableNumbered(m_call.call.config(), word);
    if (table == route::kTableUnspecified) {
      m_spec.allTables = true;
      return;
    }
    if (!table)
      return fail(badArgument(word, "\"table\" value is invalid"));
    m_spec.route.table = *table;
  }
  void readProtocol(std::string_view word) {
    m_spec.hasProtocol = true;
    if (word == "kernel" || word == "2") m_spec.route.protocol = route::Protocol::Kernel;
    else if (word == "boot" || word == "3") m_spec.route.protocol = route::Protocol::Boot;
    else if (word == "static" || word == "4") m_spec.route.protocol = route::Protocol::Static;
    else fail(badArgument(word, "\"protocol\" value is invalid"));
  }
  void readScope(std::string_view word) {
    m_spec.hasScope = true;
    if (word == "link" || word == "253") m_spec.route.scope = route::Scope::Link;
    else if (word == "host" || word == "254") m_spec.route.scope = route::Scope::Host;
    else if (word == "global" || word == "0") m_spec.route.scope = route::Scope::Universe;
    else fail(badArgument(word, "invalid \"scope\" value"));
  }
  void readType(std::string_view word) {
    const auto type = typeOf(word);
    if (!type) return fail(badArgument(word, "node type value is invalid"));
    m_spec.route.type = *type;
    m_spec.hasType = true;
  }

  const IpCall& m_call;
  RouteSpec& m_spec;
};

bool needsDevice(route::Type type) {
  return type == route::Type::Unicast || type == route::Type::Local || type == route::Type::Broadcast;
}

/// The gateway must be a neighbour: reached without another gateway, and not ourselves.
bool isNeighbour(const Device& device, Ipv4Address gateway, InterfaceId port) {
  const Plan& plan = device.plan();
  if (plan.isOwn(gateway)) return false;
  for (const Route& one : plan.fib.routes())
    if (one.type == route::Type::Unicast && !one.via && one.prefix.contains(gateway) &&
        (!port.valid() || one.port == port))
      return true;
  return false;
}

/// What the kernel checks and fills in for one way (fib_check_nh).
Failure completeWay(const Device& device, std::optional<Ipv4Address> via, InterfaceId& port, bool onlink) {
  if (port.valid() && !device.config().at(port).up)
    return kernelError(via ? "Nexthop device is not up." : "Device for nexthop is not up.");
  if (!via) return port.valid() ? Failure() : kernelSays("No such device");
  if (!onlink && !isNeighbour(device, *via, port)) return kernelError("Nexthop has invalid gateway.");
  if (port.valid()) return std::nullopt;
  const Route* way = device.plan().fib.find(*via);
  if (!way || way->via || !way->port.valid()) return kernelError("Nexthop has invalid gateway.");
  port = way->port;
  return std::nullopt;
}

/// What the kernel checks and fills in before it takes a route (fib_create_info).
Failure complete(const Device& device, RouteSpec& spec) {
  Route& route = spec.route;
  if (!route.prefix.isNetwork()) return kernelError("Invalid prefix for given prefix length.");
  if (!needsDevice(route.type)) {
    route.via.reset();
    route.port = InterfaceId{};
    return std::nullopt;
  }
  for (route::NextHop& hop : route.nextHops)
    if (Failure failure = completeWay(device, hop.via, hop.port, spec.onlink)) return failure;
  if (!route.nextHops.empty()) {
    route.via = route.nextHops.front().via;
    route.port = route.nextHops.front().port;
    if (route.nextHops.size() == 1) route.nextHops.clear();
  }
  if (Failure failure = completeWay(device, route.via, route.port, spec.onlink)) return failure;
  if (!route.via && !spec.hasScope)
    route.scope = route.type == route::Type::Local ? route::Scope::Host : route::Scope::Link;
  if (route.source && !device.plan().isOwn(*route.source)) return kernelError("Invalid prefsrc address.");
  return std::nullopt;
}

bool sameKey(const Route& a, const Route& b) {
  return a.table == b.table && a.prefix == b.prefix && a.metric == b.metric;
}

bool sameWay(const Route& a, const Route& b) {
  return a.type == b.type && a.via == b.via && a.port == b.port && a.source == b.source && a.protocol == b.protocol &&
         a.scope == b.scope && a.nextHops == b.nextHops;
}

bool isKernels(const Device& device, const Route& route) {
  for (const Route& one : device.plan().fib.routes())
    if (one.protocol == route::Protocol::Kernel && sameKey(one, route)) return true;
  return false;
}

CommandResult changeRoute(const IpCall& call, RouteSpec& spec, std::string_view verb) {
  const Device& device = call.call.self();
  if (const Failure failure = complete(device, spec)) return *failure;
  DeviceConfig config = device.config();
  auto& routes = config.routes;
  const auto known = std::find_if(routes.begin(), routes.end(), [&](const Route& r) { return sameKey(r, spec.route); });
  const bool identical = std::any_of(routes.begin(), routes.end(), [&](const Route& r) {
    return sameKey(r, spec.route) && sameWay(r, spec.route);
  });
  const bool kernels = isKernels(device, spec.route);
  if (verb == "add") {
    if (known != routes.end() || kernels) return kernelSays("File exists");
    routes.push_back(spec.route);
  } else if (verb == "append" || verb == "prepend") {
    if (identical) return kernelSays("File exists");
    if (verb == "prepend") routes.insert(known, spec.route);
    else routes.push_back(spec.route);
  } else if (known != routes.end()) {
    if (identical && !sameWay(*known, spec.route)) return kernelSays("File exists");
    *known = spec.route;
  } else if (kernels) {
    return kernelSays("Operation not permitted");
  } else if (verb == "change") {
    return kernelSays("No such file or directory");
  } else {
    routes.push_back(spec.route);
  }
  return configure(std::move(config));
}

CommandResult removeRoute(const IpCall& call, const RouteSpec& spec) {
  DeviceConfig config = call.call.config();
  const Route& wanted = spec.route;
  const auto fits = [&](const Route& one) {
    return one.table == wanted.table && one.prefix == wanted.prefix &&
           (!spec.hasMetric || one.metric == wanted.metric) && (!wanted.via || one.via == wanted.via) &&
           (!wanted.port.valid() || one.port == wanted.port) && (!spec.hasType || one.type == wanted.type) &&
           (!wanted.source || one.source == wanted.source);
  };
  const auto& routes = call.call.self().plan().fib.routes();
  const auto first = std::find_if(routes.begin(), routes.end(), fits);
  const auto at = std::find_if(config.routes.begin(), config.routes.end(), fits);
  if (at == config.routes.end())
    return kernelSays(first == routes.end() ? "No such process" : "Operation not permitted");
  config.routes.erase(at);
  return configure(std::move(config));
}

bool prefixFits(const RouteSpec& spec, Ipv4Prefix prefix) {
  const Ipv4Prefix wanted = spec.route.prefix;
  if (!spec.hasPrefix) return true;
  if (spec.match == "root") return prefix.length >= wanted.length && wanted.contains(prefix.address);
  if (spec.match == "match") return prefix.length <= wanted.length && prefix.contains(wanted.address);
  return prefix == wanted;
}

bool listed(const RouteSpec& spec, const Route& one) {
  const Route& wanted = spec.route;
  return (spec.allTables || one.table == wanted.table) && prefixFits(spec, one.prefix) &&
         (!wanted.via || one.via == wanted.via) && (!wanted.port.valid() || one.port == wanted.port) &&
         (!spec.hasProtocol || one.protocol == wanted.protocol) && (!spec.hasScope || one.scope == wanted.scope) &&
         (!spec.hasType || one.type == wanted.type) && (!wanted.source || one.source == wanted.source) &&
         (!spec.hasMetric || one.metric == wanted.metric);
}

CommandResult showCache(const IpCall& call) {
  const Device& device = call.call.self();
  std::string text;
  for (const route::Exception& one : device.state().exceptions.entries) {
    const Route* way = device.plan().fib.find(one.destination);
    if (one.expires <= call.call.now || !way || !way->port.valid()) continue;
    text += one.destination.text() + " ";
    if (const auto via = one.gateway ? one.gateway : way->via) text += fmt::format("via {} ", via->text());
    text += fmt::format("dev {} \n    cache {}\n", device.config().at(way->port).name, learnedText(one, call.call.now));
  }
  return CommandResult::text(std::move(text));
}

CommandResult showRoutes(const IpCall& call, const RouteSpec& spec) {
  const Device& device = call.call.self();
  if (spec.cache) return showCache(call);
  const auto& routes = device.plan().fib.routes();
  const auto ofTable = [&](const Route& r) { return r.table == spec.route.table; };
  const bool builtin = spec.route.table >= route::kTableDefault && spec.route.table <= route::kTableLocal;
  if (!spec.allTables && !builtin && std::none_of(routes.begin(), routes.end(), ofTable))
    return CommandResult::failure(2, "Error: ipv4: FIB table does not exist.\nDump terminated\n");
  RouteView view;
  view.table = spec.allTables ? route::kTableMain : spec.route.table;
  view.hideDevice = spec.route.port.valid();
  view.hideGateway = spec.route.via.has_value();
  view.hideProtocol = spec.hasProtocol;
  view.hideScope = spec.hasScope;
  std::string text;
  for (const Route& one : routes)
    if (listed(spec, one)) text += routeText(device, one, view) + "\n";
  return CommandResult::text(std::move(text));
}

CommandResult flushRoutes(const IpCall& call, const RouteSpec& spec) {
  if (call.words.size() < 2) return ipError("\"ip route flush\" requires arguments.");
  if (spec.cache) return CommandResult::change(FlushRoutes{});
  DeviceConfig config = call.call.config();
  std::erase_if(config.routes, [&](const Route& one) { return listed(spec, one); });
  return configure(std::move(config));
}

struct Question {
  std::optional<Ipv4Address> to;
  std::optional<Ipv4Address> from;
  route::Flow flow;
};

Failure readQuestion(const IpCall& call, Question& question) {
  const DeviceConfig& config = call.call.config();
  constexpr std::string_view kKeywords[] = {"from", "to", "iif", "oif", "dev", "mark", "tos", "dsfield"};
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const bool keyword = std::find(std::begin(kKeywords), std::end(kKeywords), word) != std::end(kKeywords);
    if (keyword && i + 1 == call.words.size()) return incomplete();
    const std::string& value = keyword ? call.words[++i] : word;
    if (word == "iif" || word == "oif" || word == "dev") {
      const auto port = config.interfaceNamed(value);
      if (!port) return noDevice(value);
      (word == "iif" ? question.flow.in : question.flow.out) = *port;
    } else if (word == "mark") {
      const auto mark = parseKernelNumber(value);
      if (!mark) return badArgument(value, "invalid mark");
      question.flow.mark = *mark;
    } else if (word == "tos" || word == "dsfield") {
      const auto tos = parseKernelNumber(value.starts_with("0x") ? value : "0x" + value);
      if (!tos || *tos > 255) return ipError(fmt::format("Error: argument \"{}\" is wrong: TOS value is invalid\n\n", value), 255);
      question.flow.tos = static_cast<std::uint8_t>(*tos & route::kDscpBits);
    } else {
      const auto prefix = Ipv4Prefix::parse(value);
      if (!prefix || value == "default")
        return ipError(fmt::format("Error: any valid prefix is expected rather than \"{}\".", value));
      (word == "from" ? question.from : question.to) = prefix->address;
    }
  }
  if (!question.to) return ipError("need at least a destination address");
  question.flow.destination = *question.to;
  question.flow.source = question.from.value_or(Ipv4Address{});
  return std::nullopt;
}

/// The address that a datagram would leave from.
Ipv4Address sourceFor(const DeviceConfig& config, const Route& way, Ipv4Address to) {
  if (way.source) return *way.source;
  const auto& addresses = config.at(way.port).addresses;
  const Ipv4Address towards = way.via.value_or(to);
  for (const Ipv4Prefix& one : addresses)
    if (one.contains(towards)) return one.address;
  return addresses.empty() ? Ipv4Address{} : addresses.front().address;
}

CommandResult getRoute(const IpCall& call) {
  Question question;
  if (const Failure failure = readQuestion(call, question)) return *failure;
  const Device& device = call.call.self();
  const InterfaceId in = question.flow.in, out = question.flow.out;
  if (question.from && !in.valid() && !device.plan().isOwn(*question.from))
    return kernelSays("Network is unreachable");
  const Route* way = device.plan().fib.find(question.flow);
  if (!way || (out.valid() && way->port != out && way->type == route::Type::Unicast))
    return kernelSays(in.valid() ? "No route to host" : "Network is unreachable");
  if (way->type == route::Type::Blackhole) return kernelSays("Invalid argument");
  if (way->type == route::Type::Unreachable)
    return kernelSays(way->isOfRule() && !in.valid() ? "Network is unreachable" : "No route to host");
  if (way->type == route::Type::Prohibit) return kernelSays("Permission denied");

  const DeviceConfig& config = device.config();
  const bool local = way->type == route::Type::Local, broadcast = way->type == route::Type::Broadcast;
  std::string text = local ? "local " : broadcast ? "broadcast " : "";
  text += question.to->text() + " ";
  if (question.from) text += fmt::format("from {} ", question.from->text());
  const route::Exception* learned = local ? nullptr : device.state().exceptions.find(*question.to, call.call.now);
  const auto via = learned && learned->gateway ? learned->gateway : way->via;
  if (via) text += fmt::format("via {} ", via->text());
  text += fmt::format("dev {} ", local ? "lo" : config.at(way->port).name);
  if (way->table != route::kTableMain && way->table != route::kTableLocal)
    text += fmt::format("table {} ", tableName(config, way->table));
  if (!question.from) text += fmt::format("src {} ", (local ? *question.to : sourceFor(config, *way, *question.to)).text());
  if (question.flow.mark >= 16) text += fmt::format("mark 0x{:x} ", question.flow.mark);
  else if (question.flow.mark != 0) text += fmt::format("mark {} ", question.flow.mark);
  if (!in.valid()) text += "uid 0 ";
  text += local ? "\n    cache <local> " : broadcast ? "\n    cache <local,brd> " : "\n    cache ";
  if (learned) text += learnedText(*learned, call.call.now);
  if (in.valid()) text += fmt::format("iif {} ", config.at(in).name);
  return CommandResult::text(text + "\n");
}

constexpr std::string_view kRouteUsage =
    "Usage: ip route { list | flush } SELECTOR\n"
    "       ip route get ADDRESS [ from ADDRESS iif STRING ] [ oif STRING ] [ tos TOS ] [ mark NUMBER ]\n"
    "       ip route { add | del | change | append | replace } ROUTE\n"
    "SELECTOR := [ root PREFIX ] [ match PREFIX ] [ exact PREFIX ]\n"
    "            [ table TABLE_ID ] [ proto RTPROTO ] [ type TYPE ] [ scope SCOPE ]\n"
    "ROUTE := [ TYPE ] PREFIX [ via ADDRESS ] [ dev STRING ] [ src ADDRESS ]\n"
    "         [ table TABLE_ID ] [ proto RTPROTO ] [ scope SCOPE ] [ metric METRIC ] [ onlink ]\n"
    "         [ nexthop via ADDRESS [ dev STRING ] [ weight NUMBER ] ]...\n"
    "TYPE := { unicast | local | broadcast | unreachable | prohibit | blackhole | throw }\n";

}  // namespace

CommandResult ipRoute(const IpCall& given) {
  IpCall call = given;
  if (!call.words.empty() && Ipv4Prefix::parse(call.words[0])) call.words.insert(call.words.begin(), "show");
  const std::string_view verb = call.words.empty() ? "show" : std::string_view(call.words[0]);
  if (startsAs(verb, "get")) return getRoute(call);
  constexpr std::string_view kVerbs[] = {"add", "append", "change", "chg", "delete", "flush", "prepend", "replace"};
  const auto known = std::find_if(std::begin(kVerbs), std::end(kVerbs),
                                  [&](std::string_view one) { return startsAs(verb, one); });
  const bool shows = meansShow(call.words);
  if (!shows && known == std::end(kVerbs)) {
    if (verb == "help") return CommandResult::failure(255, std::string(kRouteUsage));
    return ipError(fmt::format("Command \"{}\" is unknown, try \"ip route help\".", verb), 255);
  }
  RouteSpec spec;
  if (const Failure failure = SpecReader(call, spec).read()) return *failure;
  if (shows) return showRoutes(call, spec);
  if (*known == "flush") return flushRoutes(call, spec);
  if (!spec.hasPrefix && call.words.size() < 2) return CommandResult::failure(255, std::string(kRouteUsage));
  if (*known == "delete") return removeRoute(call, spec);
  return changeRoute(call, spec, *known == "chg" ? "change" : *known);
}

}  // namespace hw::shell
