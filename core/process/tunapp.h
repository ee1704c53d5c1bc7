// The program behind a TUN or TAP interface: what it reads there it sends to its peer, and what comes
// from the peer it writes there. No encryption: the point is the way of the packet.
#pragma once

#include "core/process/program.h"

namespace hw::process {

enum class TunMode : std::uint8_t { Tun, Tap, Gre };

struct TunAppOptions {
  std::string device;
  TunMode mode = TunMode::Tun;
  socket::Endpoint local;
  socket::Endpoint peer;  ///< of Gre without a port: IP protocol 47 carries
  HW_FIELDS(TunAppOptions, device, mode, local, peer)
};

struct TunApp {
  TunAppOptions options;
  SocketId tunnel;   ///< the interface's file
  SocketId carrier;  ///< UDP, or raw IP for Gre
  HW_FIELDS(TunApp, options, tunnel, carrier)

  Next step(Context& context);
};

}  // namespace hw::process
