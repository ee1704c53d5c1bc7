// Tunnels that carry datagrams or frames in IPv4: GRE (RFC 2784, 2890), IP in IP (RFC 2003) and IPv6 in IP (RFC 4213),
// as Linux's ip_gre, ipip and sit.
//
//   wrap(config, state, env, inner)  ->  what goes behind the outer IPv4 header
//   unwrap(config, state, env, ...)  ->  what was inside, or nothing if it is not for this tunnel's settings
//
// Read first: RFC 2784 2; RFC 2890 2; RFC 2003 3.
#pragma once

#include <optional>

#include "core/journal/env.h"
#include "core/proto/tunnel/tunnel_rules.h"
#include "core/wire/frame.h"

namespace hw::tunnel {

enum class Mode : std::uint8_t {
  Gre,     ///< datagrams behind a GRE header
  Gretap,  ///< whole Ethernet frames behind a GRE header
  Ipip,    ///< datagrams behind nothing but the outer header
  Sit,     ///< IPv6 datagrams behind nothing but the outer header (RFC 4213 3)
};
std::string_view name(Mode mode);  ///< "gre", as ip-link(8) has it

struct Config {
  Mode mode = Mode::Gre;
  Ipv4Address local;                  ///< 0.0.0.0: any of ours
  Ipv4Address remote;                 ///< 0.0.0.0: nobody to send to
  InterfaceId lower;                  ///< the carrier leaves here; none: the route chooses
  std::uint8_t ttl = 0;               ///< of the carrier; 0: the passenger's
  std::uint8_t tos = 0;               ///< of the carrier
  bool inheritTos = false;            ///< the passenger's instead
  bool pathMtuDiscovery = true;       ///< the carrier has DF; else only if the passenger has it
  std::optional<std::uint32_t> inKey, outKey;
  bool inChecksum = false, outChecksum = false;
  bool inSequence = false, outSequence = false;
  HW_FIELDS(Config, mode, local, remote, lower, ttl, tos, inheritTos, pathMtuDiscovery, inKey, outKey, inChecksum, outChecksum,
            inSequence, outSequence)

  /// Whether passengers have no header of their own before them.
  bool isBare() const { return mode == Mode::Ipip || mode == Mode::Sit; }
  /// 4 to 16 bytes of GRE, none of IP in IP.
  std::uint32_t headerSize() const;
  /// What the passenger's size grows by, the carrier's IPv4 header included.
  std::uint32_t overhead() const { return 20 + headerSize(); }
};

struct State {
  std::uint32_t nextOut = 0;     ///< sequence numbers (RFC 2890 2.2)
  std::uint32_t expected = 0;
  HW_FIELDS(State, nextOut, expected)
};

/// The GRE header in front of a passenger of this EtherType, checksum included; nothing for IP in IP.
void wrap(const Config& config, State& state, std::uint16_t type, Frame& passenger);

/// A GRE header as it came.
struct Received {
  std::uint16_t type = 0;       ///< EtherType of the passenger
  std::uint32_t size = 0;       ///< of the header
  bool checksum = false, checksumGood = true;
  std::optional<std::uint32_t> key, sequence;
};
/// The header in front of `bytes`; nothing if it is cut short, or of a version or form that Linux does not take.
std::optional<Received> readGre(ByteView bytes);
/// Whether a tunnel takes what came: checksum and sequence as it is told, in order.
bool accepts(const Config& config, State& state, const Env& env, InterfaceId port, const Received& header);

}  // namespace hw::tunnel
