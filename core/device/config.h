// What is configured on a device. A "host", "router", "switch" or "hub" is a Device with a choice of
// capabilities, as on Linux: forwarding on, a bridge, a repeater.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/hash.h"
#include "core/device/ipv6_config.h"
#include "core/proto/arp/arp.h"
#include "core/proto/bridge/bridge.h"
#include "core/proto/netfilter/conntrack.h"
#include "core/proto/route/route.h"
#include "core/proto/stp/stp.h"
#include "core/proto/tcp/tcp.h"
#include "core/proto/tunnel/tunnel.h"
#include "core/proto/vxlan/vxlan.h"

namespace hw {

/// A removed interface keeps its place, so that the ids of the others stay; nothing finds it any more.
enum class InterfaceKind : std::uint8_t {
  Loopback,
  Ethernet,
  Bridge,
  Removed,
  Vlan,  ///< frames with one tag, on another interface
  Tun,   ///< datagrams to and from a program
  Tap,   ///< frames to and from a program
  Vxlan,  ///< frames in UDP datagrams
  Tunnel, ///< datagrams in datagrams (GRE, IP in IP)
  Gretap, ///< frames in GRE
};
/// Whether frames of an interface have an Ethernet header, as it is captured.
constexpr bool hasLinkHeader(InterfaceKind kind) { return kind != InterfaceKind::Tun && kind != InterfaceKind::Tunnel; }
/// Whether a program stands at the other end, instead of a cable.
constexpr bool isForPrograms(InterfaceKind kind) { return kind == InterfaceKind::Tun || kind == InterfaceKind::Tap; }
/// What a cable does to frames: `ethernet` pads to 60 bytes, a `veth` pair never does; `ppp` has a short header of its own and
/// no addresses, for there is one other end only.
enum class Medium : std::uint8_t { Ethernet, Veth, Ppp };

/// Knobs that each interface has (net.ipv4.conf.NAME.*); "all" has them too. How both combine differs from knob to knob.
struct InterfaceKnobs {
  bool proxyArp = false;         ///< on if either says so
  bool bcForwarding = false;     ///< on if both say so
  bool sendRedirects = true;     ///< on if either says so
  bool acceptRedirects = true;   ///< a router: if both say so; a host: if either does; see Knobs
  std::uint8_t rpFilter = 0;     ///< the greater of both: 0 off, 1 strict, 2 loose
  std::uint8_t arpIgnore = 0;    ///< the greater of both
  std::uint8_t arpAnnounce = 0;  ///< the greater of both
  HW_FIELDS(InterfaceKnobs, proxyArp, bcForwarding, sendRedirects, acceptRedirects, rpFilter, arpIgnore, arpAnnounce)
};

/// A token bucket in front of an interface (tc-tbf(8)): so many bytes may leave at once, the others at the rate.
struct Shaper {
  std::uint64_t rate = 0;   ///< bits per second
  std::uint32_t burst = 0;  ///< bytes; a larger frame never leaves
  std::uint32_t limit = 0;  ///< bytes that may wait
  HW_FIELDS(Shaper, rate, burst, limit)
};

/// Trouble on purpose in front of an interface (tc-netem(8)); chances are in a million.
struct Netem {
  Duration delay;
  Duration jitter;                 ///< the delay is drawn from [delay - jitter, delay + jitter)
  std::uint32_t lossPpm = 0;
  std::uint32_t duplicatePpm = 0;
  std::uint32_t corruptPpm = 0;    ///< one bit is turned over
  std::uint32_t reorderPpm = 0;    ///< every gap-th frame leaves at once with this chance, the others are held back
  std::uint32_t gap = 0;           ///< 0: nobody overtakes
  std::uint32_t limit = 1000;      ///< frames that may wait
  HW_FIELDS(Netem, delay, jitter, lossPpm, duplicatePpm, corruptPpm, reorderPpm, gap, limit)
};

/// A VLAN sub-interface (IEEE 802.1Q): what its parent carries with this tag.
struct VlanConfig {
  InterfaceId parent;
  std::uint16_t id = 1;            ///< 1 to 4094
  std::uint16_t type = 0x8100;     ///< 0x88A8 for the outer one of two tags (802.1ad)
  HW_FIELDS(VlanConfig, parent, id, type)
};

struct InterfaceConfig {
  std::string name;
  InterfaceKind kind = InterfaceKind::Ethernet;
  MacAddress mac;
  std::uint32_t mtu = 1500;
  bool up = true;
  Medium medium = Medium::Ethernet;
  std::uint32_t speed = 0;         ///< of the cable, Mbit/s; 0: sending takes no time
  std::vector<Ipv4Prefix> addresses;
  InterfaceId master;                      ///< the bridge that this is a port of
  Boxed<bridge::Config> bridge;    ///< of kind Bridge
  Boxed<stp::Config> stp;          ///< of kind Bridge: the spanning tree protocol
  Boxed<VlanConfig> vlan;          ///< of kind Vlan
  Boxed<vxlan::Config> vxlan;      ///< of kind Vxlan
  Boxed<tunnel::Config> tunnel;            ///< of kind Tunnel and Gretap
  Boxed<Shaper> shaper;
  Boxed<Netem> netem;
  InterfaceKnobs knobs;
  Boxed<Ipv6Interface> six;                ///< speaks IPv6
  HW_FIELDS(InterfaceConfig, name, kind, mac, mtu, up, medium, speed, addresses, master, bridge, stp, vlan,
            vxlan, tunnel, shaper, netem, knobs, six)
};

/// Whether frames of an interface have an Ethernet header on their wire.
inline bool hasLinkHeader(const InterfaceConfig& interface) {
  return hasLinkHeader(interface.kind) && interface.medium != Medium::Ppp;
}
/// What a port of a spanning tree costs unless somebody says otherwise (IEEE 802.1D-1998 table 8-5). A veth pair counts as 10 Gbit/s,
/// as in Linux; a cable without a rate as 1 Gbit/s.
inline std::uint32_t pathCost(const InterfaceConfig& port) {
  if (port.medium == Medium::Veth || port.speed >= 10'000) return 2;
  return port.speed == 0 || port.speed >= 1'000 ? 4 : port.speed >= 100 ? 19 : 100;
}
/// Mbit/s of so many bit/s, for InterfaceConfig::speed: at least 1 if there is a rate.
constexpr std::uint32_t speedOf(std::uint64_t bitsPerSecond) {
  const std::uint64_t speed = bitsPerSecond / 1'000'000;
  return bitsPerSecond == 0 ? 0 : speed == 0 ? 1 : speed > UINT32_MAX ? UINT32_MAX : static_cast<std::uint32_t>(speed);
}
/// How captures name the frames of an interface (https://www.tcpdump.org/linktypes.html): Ethernet, PPP, or bare IP.
inline std::uint16_t linkTypeOf(const InterfaceConfig& interface) {
  return interface.medium == Medium::Ppp ? 9 : hasLinkHeader(interface.kind) ? 1 : 101;
}

struct StaticNeighbour {
  InterfaceId port;
  Ipv4Address address;
  MacAddress mac;
  HW_FIELDS(StaticNeighbour, port, address, mac)
};

/// Knobs of the protocols, under Linux's sysctl names (see sysctl.h).
struct Knobs {
  bool forwarding = false;               ///< net.ipv4.ip_forward
  bool ignoreBroadcastEcho = true;       ///< net.ipv4.icmp_echo_ignore_broadcasts
  bool ignoreAllEcho = false;            ///< net.ipv4.icmp_echo_ignore_all
  std::uint8_t defaultTtl = 64;          ///< net.ipv4.ip_default_ttl
  bool noPathMtuDiscovery = false;       ///< net.ipv4.ip_no_pmtu_disc
  route::Spreading multipath;            ///< net.ipv4.fib_multipath_hash_policy and _seed
  arp::Config arp;
  netfilter::Tracking tracking;          ///< net.netfilter.nf_conntrack_*
  tcp::Config tcp;                       ///< net.ipv4.tcp_*
  InterfaceKnobs all;                    ///< net.ipv4.conf.all.*
  InterfaceKnobs fresh;                  ///< net.ipv4.conf.default.*: of interfaces to come
  HW_FIELDS(Knobs, forwarding, ignoreBroadcastEcho, ignoreAllEcho, defaultTtl, noPathMtuDiscovery, multipath, arp, tracking, tcp, all,
            fresh)
};

/// A line of /etc/iproute2/rt_tables that a person added.
struct TableName {
  std::uint32_t number = 0;
  std::string name;
  HW_FIELDS(TableName, number, name)
};

/// What makes a device a network namespace: a stack of its own within a machine, which has its programs and its name.
struct NamespaceConfig {
  DeviceId machine;
  std::string name;        ///< as `ip netns` knows it; the device is called MACHINE/NAME
  std::uint32_t number = 0; ///< 1 + the id under which the machine knows it, 0 as long as no veth pair leads there
  HW_FIELDS(NamespaceConfig, machine, name, number)
};

/// What joins cables bit by bit: a hub and a repeater (a hub with two ports) make the signal anew, a coax bus does not: the interfaces
/// are taps on one piece of wire.
enum class Joint : std::uint8_t { Hub, Repeater, Bus };
/// A signal in a cable has two thirds of the speed of light.
inline constexpr std::int64_t kNanosecondsPerMetre = 5;

struct DeviceConfig {
  std::string name;
  Boxed<NamespaceConfig> space;            ///< of a namespace; a machine has none
  bool hub = false;                        ///< repeats bits, has no stack
  Joint joint = Joint::Hub;                ///< what kind of hub
  std::uint32_t tapMetres = 0;             ///< of a bus: from one tap to the next; ports are taps, in order
  std::vector<InterfaceConfig> interfaces; ///< [0] is lo; an InterfaceId is an index
  std::vector<route::Route> routes;        ///< those that somebody added, not the kernel's own
  std::vector<route::PolicyRule> rules = route::defaultRules();  ///< in the order of their preferences
  std::vector<TableName> tables;           ///< names of routing tables besides local, main and default
  std::vector<StaticNeighbour> neighbours;
  Knobs knobs;
  netfilter::Ruleset filter;               ///< the packet filter's tables
  Boxed<Ipv6Device> six;                   ///< there if an interface speaks IPv6
  HW_FIELDS(DeviceConfig, name, space, hub, joint, tapMetres, interfaces, routes, rules, tables, neighbours, knobs, filter, six)

  /// How far a signal goes within a hub or bus.
  std::uint32_t metresBetween(InterfaceId a, InterfaceId b) const {
    return tapMetres * (a.value > b.value ? a.value - b.value : b.value - a.value);
  }
  std::optional<InterfaceId> interfaceNamed(std::string_view wanted) const;
  const InterfaceConfig& at(InterfaceId id) const { return interfaces[id.value]; }
};

/// An interface as it is after it has left: nothing finds it, its name tells of the past.
InterfaceConfig remainsOf(const InterfaceConfig& interface);
/// Takes an interface away, with the VLANs on it and all that names it: ports, routes, neighbours.
void takeOut(DeviceConfig& config, InterfaceId port);

/// An interface speaks IPv6 from now on; the device does so too.
void enableSix(DeviceConfig& config, InterfaceId port);
/// An interface is silent in IPv6; its addresses and routes go.
void disableSix(DeviceConfig& config, InterfaceId port);
/// The link-local address of an interface (RFC 4291 appendix A); a tunnel has that of its IPv4 address (RFC 4213 3.7).
Ipv6Address linkLocalOf(const DeviceConfig& config, InterfaceId port);

/// Makes a router of a device, or a host: a router does not believe redirects (Linux inet_forward_change).
void setForwarding(Knobs& knobs, bool on);

/// A config with nothing but lo, up with 127.0.0.1/8 and MTU 65536.
DeviceConfig makeDeviceConfig(std::string name);

}  // namespace hw
