// arping, as iputils 20221126 does it: ARP questions from a packet socket, one a second.
#pragma once

#include "core/process/program.h"

namespace hw::process {

struct ArpingOptions {
  Ipv4Address target;
  std::string device;              ///< -I
  std::uint32_t count = 0;         ///< -c, 0 for ever
  std::uint32_t timeout = 0;       ///< -w in seconds, 0 for none
  bool duplicateDetection = false; ///< -D
  bool quitOnReply = false;        ///< -f
  bool broadcastOnly = false;      ///< -b
  bool unsolicited = false;        ///< -U
  bool answer = false;             ///< -A
  bool quiet = false;              ///< -q
  std::optional<Ipv4Address> source;  ///< -s
  HW_FIELDS(ArpingOptions, target, device, count, timeout, duplicateDetection, quitOnReply,
            broadcastOnly, unsolicited, answer, quiet, source)
};

struct Arping {
  ArpingOptions options;
  SocketId socket;
  InterfaceId port;
  Ipv4Address source;
  MacAddress to = MacAddress::broadcast();
  std::uint32_t ticks = 0;
  std::uint32_t sent = 0;
  std::uint32_t broadcasts = 0;
  std::uint32_t received = 0;
  Time lastSent;
  Time nextTick;
  HW_FIELDS(Arping, options, socket, port, source, to, ticks, sent, broadcasts, received, lastSent,
            nextTick)

  Next step(Context& context);
};

}  // namespace hw::process
