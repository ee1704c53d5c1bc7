// Read first: Documentation/networking/ip-sysctl.rst of Linux.
#include "core/device/sysctl.h"
#include "core/device/sysctl_six.h"

#include <algorithm>
#include <charconv>

namespace hw {
namespace {

enum class Place : std::uint8_t { Device, Neighbours, Interfaces, Filter };

/// A knob that can be turned: its number is `get(knobs)`.
struct Knob {
  Place place = Place::Device;
  std::string_view name;
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  std::uint64_t (*get)(const Knobs&);
  void (*set)(Knobs&, std::uint64_t);
};

template <auto Member> std::uint64_t getBool(const Knobs& k) { return k.*Member ? 1 : 0; }
template <auto Member> void setBool(Knobs& k, std::uint64_t v) { k.*Member = v != 0; }
template <auto Member> std::uint64_t getCount(const Knobs& k) { return k.arp.*Member; }
template <auto Member> void setCount(Knobs& k, std::uint64_t v) { k.arp.*Member = static_cast<std::uint32_t>(v); }
template <auto Member, std::int64_t UnitNs> std::uint64_t getSpan(const Knobs& k) {
  return static_cast<std::uint64_t>((k.arp.*Member).ns / UnitNs);
}
template <auto Member, std::int64_t UnitNs> void setSpan(Knobs& k, std::uint64_t v) {
  k.arp.*Member = Duration{static_cast<std::int64_t>(v) * UnitNs};
}

constexpr std::int64_t kMs = 1'000'000, kTick = 10 * kMs, kSecond = 1000 * kMs;
constexpr std::uint64_t kBig = INT32_MAX, kDay = 86'400;

void setRouter(Knobs& k, std::uint64_t v) { setForwarding(k, v != 0); }
std::uint64_t ttlOf(const Knobs& k) { return k.defaultTtl; }
void setTtl(Knobs& k, std::uint64_t v) { k.defaultTtl = static_cast<std::uint8_t>(v); }

template <auto Member> std::uint64_t getTimeout(const Knobs& k) { return static_cast<std::uint64_t>((k.tracking.*Member).ns / kSecond); }
template <auto Member> void setTimeout(Knobs& k, std::uint64_t v) { k.tracking.*Member = seconds(static_cast<std::int64_t>(v)); }
std::uint64_t mostConnections(const Knobs& k) { return k.tracking.most; }
void setMostConnections(Knobs& k, std::uint64_t v) { k.tracking.most = static_cast<std::uint32_t>(v); }

std::uint64_t hashPolicy(const Knobs& k) { return static_cast<std::uint64_t>(k.multipath.policy); }
void setHashPolicy(Knobs& k, std::uint64_t v) { k.multipath.policy = static_cast<route::HashPolicy>(v); }
std::uint64_t hashSeed(const Knobs& k) { return k.multipath.seed; }
void setHashSeed(Knobs& k, std::uint64_t v) { k.multipath.seed = static_cast<std::uint32_t>(v); }

template <auto Member> std::uint64_t getTcp(const Knobs& k) { return static_cast<std::uint64_t>(k.tcp.*Member); }
template <auto Member> void setTcp(Knobs& k, std::uint64_t v) {
  k.tcp.*Member = static_cast<std::remove_reference_t<decltype(k.tcp.*Member)>>(v);
}
template <auto Member> std::uint64_t getTcpSpan(const Knobs& k) { return static_cast<std::uint64_t>((k.tcp.*Member).ns / kSecond); }
template <auto Member> void setTcpSpan(Knobs& k, std::uint64_t v) { k.tcp.*Member = seconds(static_cast<std::int64_t>(v)); }
std::uint64_t leastTimeout(const Knobs& k) { return static_cast<std::uint64_t>(k.tcp.leastTimeout.ns / 1000); }
void setLeastTimeout(Knobs& k, std::uint64_t v) { k.tcp.leastTimeout = microseconds(static_cast<std::int64_t>(v)); }

constexpr Knob kKnobs[] = {
    {Place::Device, "fib_multipath_hash_policy", 0, 1, hashPolicy, setHashPolicy},
    {Place::Device, "fib_multipath_hash_seed", 0, UINT32_MAX, hashSeed, setHashSeed},
    {Place::Device, "icmp_echo_ignore_all", 0, 1, getBool<&Knobs::ignoreAllEcho>, setBool<&Knobs::ignoreAllEcho>},
    {Place::Device, "icmp_echo_ignore_broadcasts", 0, 1, getBool<&Knobs::ignoreBroadcastEcho>,
     setBool<&Knobs::ignoreBroadcastEcho>},
    {Place::Device, "ip_default_ttl", 1, 255, ttlOf, setTtl},
    {Place::Device, "ip_forward", 0, kBig, getBool<&Knobs::forwarding>, setRouter},
    {Place::Device, "ip_no_pmtu_disc", 0, 1, getBool<&Knobs::noPathMtuDiscovery>, setBool<&Knobs::noPathMtuDiscovery>},
    {Place::Device, "tcp_fin_timeout", 1, kDay, getTcpSpan<&tcp::Config::finTimeout>, setTcpSpan<&tcp::Config::finTimeout>},
    {Place::Device, "tcp_keepalive_intvl", 1, 32'767, getTcpSpan<&tcp::Config::keepAliveInterval>, setTcpSpan<&tcp::Config::keepAliveInterval>},
    {Place::Device, "tcp_keepalive_probes", 1, 127, getTcp<&tcp::Config::keepAliveProbes>, setTcp<&tcp::Config::keepAliveProbes>},
    {Place::Device, "tcp_keepalive_time", 1, 32'767, getTcpSpan<&tcp::Config::keepAliveTime>, setTcpSpan<&tcp::Config::keepAliveTime>},
    {Place::Device, "tcp_max_syn_backlog", 1, 65'536, getTcp<&tcp::Config::backlog>, setTcp<&tcp::Config::backlog>},
    {Place::Device, "tcp_retries2", 1, 255, getTcp<&tcp::Config::retries>, setTcp<&tcp::Config::retries>},
    {Place::Device, "tcp_rto_min_us", 1, 1'000'000, leastTimeout, setLeastTimeout},
    {Place::Device, "tcp_sack", 0, 1, getTcp<&tcp::Config::sack>, setTcp<&tcp::Config::sack>},
    {Place::Device, "tcp_slow_start_after_idle", 0, 1, getTcp<&tcp::Config::slowStartAfterIdle>, setTcp<&tcp::Config::slowStartAfterIdle>},
    {Place::Device, "tcp_syn_linear_timeouts", 0, 127, getTcp<&tcp::Config::synLinearTimeouts>, setTcp<&tcp::Config::synLinearTimeouts>},
    {Place::Device, "tcp_syn_retries", 1, 127, getTcp<&tcp::Config::synRetries>, setTcp<&tcp::Config::synRetries>},
    {Place::Device, "tcp_synack_retries", 0, 127, getTcp<&tcp::Config::synAckRetries>, setTcp<&tcp::Config::synAckRetries>},
    {Place::Device, "tcp_timestamps", 0, 1, getTcp<&tcp::Config::timestamps>, setTcp<&tcp::Config::timestamps>},
    {Place::Device, "tcp_window_scaling", 0, 1, getTcp<&tcp::Config::windowScaling>, setTcp<&tcp::Config::windowScaling>},
    {Place::Interfaces, "forwarding", 0, kBig, getBool<&Knobs::forwarding>, setRouter},
    {Place::Neighbours, "base_reachable_time_ms", 1, kDay * 1000, getSpan<&arp::Config::baseReachable, kMs>,
     setSpan<&arp::Config::baseReachable, kMs>},
    {Place::Neighbours, "delay_first_probe_time", 0, kDay, getSpan<&arp::Config::delayFirstProbe, kSecond>,
     setSpan<&arp::Config::delayFirstProbe, kSecond>},
    {Place::Neighbours, "locktime", 0, kDay * 100, getSpan<&arp::Config::locktime, kTick>,
     setSpan<&arp::Config::locktime, kTick>},
    {Place::Neighbours, "mcast_solicit", 0, 255, getCount<&arp::Config::mcastSolicit>,
     setCount<&arp::Config::mcastSolicit>},
    {Place::Neighbours, "proxy_delay", 0, kDay * 100, getSpan<&arp::Config::proxyDelay, kTick>,
     setSpan<&arp::Config::proxyDelay, kTick>},
    {Place::Neighbours, "retrans_time_ms", 1, kDay * 1000, getSpan<&arp::Config::retransTime, kMs>,
     setSpan<&arp::Config::retransTime, kMs>},
    {Place::Neighbours, "ucast_solicit", 0, 255, getCount<&arp::Config::ucastSolicit>,
     setCount<&arp::Config::ucastSolicit>},
    {Place::Neighbours, "unres_qlen_bytes", 0, kBig, getCount<&arp::Config::queueBytes>,
     setCount<&arp::Config::queueBytes>},
    {Place::Filter, "nf_conntrack_generic_timeout", 1, kDay * 100, getTimeout<&netfilter::Tracking::other>,
     setTimeout<&netfilter::Tracking::other>},
    {Place::Filter, "nf_conntrack_icmp_timeout", 1, kDay * 100, getTimeout<&netfilter::Tracking::icmp>,
     setTimeout<&netfilter::Tracking::icmp>},
    {Place::Filter, "nf_conntrack_max", 1, 1'000'000, mostConnections, setMostConnections},
    {Place::Filter, "nf_conntrack_tcp_timeout_established", 1, kDay * 100, getTimeout<&netfilter::Tracking::tcpEstablished>,
     setTimeout<&netfilter::Tracking::tcpEstablished>},
    {Place::Filter, "nf_conntrack_udp_timeout", 1, kDay * 100, getTimeout<&netfilter::Tracking::udp>,
     setTimeout<&netfilter::Tracking::udp>},
    {Place::Filter, "nf_conntrack_udp_timeout_stream", 1, kDay * 100, getTimeout<&netfilter::Tracking::udpStream>,
     setTimeout<&netfilter::Tracking::udpStream>},
};

/// Knobs of one interface.
struct InterfaceKnob {
  std::string_view name;
  std::uint64_t most = 1;
  std::uint64_t (*get)(const InterfaceKnobs&);
  void (*set)(InterfaceKnobs&, std::uint64_t);
};

template <auto Member> std::uint64_t getOf(const InterfaceKnobs& k) { return static_cast<std::uint64_t>(k.*Member); }
template <auto Member> void setOf(InterfaceKnobs& k, std::uint64_t v) {
  k.*Member = static_cast<std::remove_reference_t<decltype(k.*Member)>>(v);
}

constexpr InterfaceKnob kInterfaceKnobs[] = {
    {"accept_redirects", 1, getOf<&InterfaceKnobs::acceptRedirects>, setOf<&InterfaceKnobs::acceptRedirects>},
    {"arp_announce", 2, getOf<&InterfaceKnobs::arpAnnounce>, setOf<&InterfaceKnobs::arpAnnounce>},
    {"arp_ignore", 8, getOf<&InterfaceKnobs::arpIgnore>, setOf<&InterfaceKnobs::arpIgnore>},
    {"bc_forwarding", 1, getOf<&InterfaceKnobs::bcForwarding>, setOf<&InterfaceKnobs::bcForwarding>},
    {"proxy_arp", 1, getOf<&InterfaceKnobs::proxyArp>, setOf<&InterfaceKnobs::proxyArp>},
    {"rp_filter", 2, getOf<&InterfaceKnobs::rpFilter>, setOf<&InterfaceKnobs::rpFilter>},
    {"send_redirects", 1, getOf<&InterfaceKnobs::sendRedirects>, setOf<&InterfaceKnobs::sendRedirects>},
};

const InterfaceKnob* interfaceKnob(std::string_view name) {
  const auto at = std::find_if(std::begin(kInterfaceKnobs), std::end(kInterfaceKnobs),
                               [&](const InterfaceKnob& one) { return one.name == name; });
  return at == std::end(kInterfaceKnobs) ? nullptr : at;
}

/// Knobs that stand at their default.
struct Fixed {
  Place place = Place::Device;
  std::string_view name;
  std::string_view value;
};

constexpr Fixed kFixed[] = {
    {Place::Device, "icmp_ratelimit", "1000"},
    {Place::Device, "icmp_ratemask", "6168"},
    {Place::Device, "ip_local_port_range", "32768\t60999"},
    {Place::Device, "tcp_available_congestion_control", "reno cubic"},
    {Place::Interfaces, "arp_accept", "0"},
    {Place::Interfaces, "arp_filter", "0"},
    {Place::Interfaces, "arp_notify", "0"},
    {Place::Interfaces, "secure_redirects", "1"},
    {Place::Interfaces, "shared_media", "1"},
};

/// A name taken apart: which table, which knob in it.
struct Name {
  Place place = Place::Device;
  std::string_view knob;
  std::string_view interface;
};

std::optional<Name> takeApart(const DeviceConfig& config, std::string_view name) {
  constexpr std::string_view kTop = "net.ipv4.", kFilter = "net.netfilter.";
  if (name.starts_with(kFilter)) return Name{Place::Filter, name.substr(kFilter.size()), {}};
  if (name.substr(0, kTop.size()) != kTop) return std::nullopt;
  name.remove_prefix(kTop.size());
  const bool neighbours = name.substr(0, 6) == "neigh.", interfaces = name.substr(0, 5) == "conf.";
  if (!neighbours && !interfaces) return Name{Place::Device, name, {}};
  name.remove_prefix(neighbours ? 6 : 5);
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return std::nullopt;
  const std::string_view interface = name.substr(0, dot);
  const bool known = interface == "default" || (interfaces && interface == "all") || config.interfaceNamed(interface);
  if (!known) return std::nullopt;
  return Name{neighbours ? Place::Neighbours : Place::Interfaces, name.substr(dot + 1), interface};
}

/// The knobs of "all", of "default" or of an interface.
InterfaceKnobs& knobsOf(DeviceConfig& config, std::string_view interface) {
  if (interface == "all") return config.knobs.all;
  if (interface == "default") return config.knobs.fresh;
  return config.interfaces[config.interfaceNamed(interface)->value].knobs;
}
const InterfaceKnobs& knobsOf(const DeviceConfig& config, std::string_view interface) {
  return knobsOf(const_cast<DeviceConfig&>(config), interface);
}

std::optional<SysctlProblem> setKnob(std::string_view value, std::uint64_t least, std::uint64_t most, auto&& set) {
  std::uint64_t number = 0;
  const char* const end = value.data() + value.size();
  const auto [at, error] = std::from_chars(value.data(), end, number);
  if (value.empty() || error != std::errc() || at != end || number < least || number > most) return SysctlProblem::Invalid;
  set(number);
  return std::nullopt;
}

/// The only knob that is a word.
constexpr std::string_view kControl = "tcp_congestion_control";
bool isControl(const Name& name) { return name.place == Place::Device && name.knob == kControl; }

template <class Row> const Row* rowOf(std::span<const Row> rows, const Name& name) {
  const auto at = std::find_if(rows.begin(), rows.end(),
                               [&](const Row& row) { return row.place == name.place && row.name == name.knob; });
  return at == rows.end() ? nullptr : &*at;
}

}  // namespace

std::optional<std::string> readSysctl(const DeviceConfig& config, std::string_view name) {
  if (name.starts_with(kSixKnobs)) return readSixKnob(config, name);
  const auto parts = takeApart(config, name);
  if (!parts) return std::nullopt;
  if (const InterfaceKnob* knob = interfaceKnob(parts->knob); knob && parts->place == Place::Interfaces)
    return std::to_string(knob->get(knobsOf(config, parts->interface)));
  if (const Knob* knob = rowOf<Knob>(kKnobs, *parts)) return std::to_string(knob->get(config.knobs));
  if (const Fixed* fixed = rowOf<Fixed>(kFixed, *parts)) return std::string(fixed->value);
  if (isControl(*parts)) return std::string(tcp::name(config.knobs.tcp.control));
  return std::nullopt;
}

std::optional<SysctlProblem> writeSysctl(DeviceConfig& config, std::string_view name, std::string_view value) {
  if (name.starts_with(kSixKnobs)) return writeSixKnob(config, name, value);
  const auto parts = takeApart(config, name);
  if (!parts) return SysctlProblem::Unknown;
  if (const Fixed* fixed = rowOf<Fixed>(kFixed, *parts))
    return fixed->value == value ? std::nullopt : std::optional(SysctlProblem::NotBuilt);
  if (const InterfaceKnob* knob = interfaceKnob(parts->knob); knob && parts->place == Place::Interfaces)
    return setKnob(value, 0, knob->most, [&](std::uint64_t v) { knob->set(knobsOf(config, parts->interface), v); });
  if (isControl(*parts)) {
    for (const tcp::Control one : {tcp::Control::Reno, tcp::Control::Cubic})
      if (value == tcp::name(one)) {
        config.knobs.tcp.control = one;
        return std::nullopt;
      }
    return SysctlProblem::Invalid;
  }
  const Knob* knob = rowOf<Knob>(kKnobs, *parts);
  if (!knob) return SysctlProblem::Unknown;
  return setKnob(value, knob->least, knob->most, [&](std::uint64_t v) { knob->set(config.knobs, v); });
}

std::vector<std::string> sysctlNames(const DeviceConfig& config) {
  std::vector<std::string> names = sixKnobNames(config);
  const auto add = [&](Place place, std::string_view knob) {
    const std::string last(knob);
    if (place == Place::Device) return names.push_back("net.ipv4." + last);
    if (place == Place::Filter) return names.push_back("net.netfilter." + last);
    const std::string table = place == Place::Neighbours ? "net.ipv4.neigh." : "net.ipv4.conf.";
    if (place == Place::Interfaces) names.push_back(table + "all." + last);
    names.push_back(table + "default." + last);
    for (const InterfaceConfig& interface : config.interfaces)
      if (interface.kind != InterfaceKind::Removed) names.push_back(table + interface.name + "." + last);
  };
  for (const Knob& knob : kKnobs) add(knob.place, knob.name);
  for (const Fixed& fixed : kFixed) add(fixed.place, fixed.name);
  add(Place::Device, kControl);
  for (const InterfaceKnob& knob : kInterfaceKnobs) add(Place::Interfaces, knob.name);
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace hw
