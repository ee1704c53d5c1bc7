// RARP (RFC 903): a machine that knows only its MAC address asks for its IP address, and one that has a table answers.
#pragma once

#include "core/process/program.h"

namespace hw::process {

struct RarpEntry {
  MacAddress mac;
  Ipv4Address address;
  HW_FIELDS(RarpEntry, mac, address)
};

/// rarpd: answers from its table until it is stopped.
struct RarpServe {
  std::string device;
  std::vector<RarpEntry> table;
  SocketId socket;
  InterfaceId port;
  HW_FIELDS(RarpServe, device, table, socket, port)

  Next step(Context& context);
};

/// Asks for the address of its own interface, once a second.
struct RarpAsk {
  std::string device;
  std::uint32_t count = 3;
  SocketId socket;
  InterfaceId port;
  std::uint32_t sent = 0;
  Time nextSend;
  HW_FIELDS(RarpAsk, device, count, socket, port, sent, nextSend)

  Next step(Context& context);
};

}  // namespace hw::process
