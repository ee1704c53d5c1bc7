// A UDP sender and a UDP server: what a program sees of datagrams, one line per socket event.
#pragma once

#include "core/process/program.h"

namespace hw::process {

struct UdpServeOptions {
  std::uint16_t port = 0;
  Ipv4Address bind;
  std::uint64_t count = 0;  ///< datagrams to serve, 0 for ever
  bool echo = false;
  bool quiet = false;
  std::optional<Ipv4Address> group;      ///< to be joined
  std::optional<Ipv4Address> interface;  ///< ... at the interface with this address
  HW_FIELDS(UdpServeOptions, port, bind, count, echo, quiet, group, interface)
};

struct UdpServe {
  UdpServeOptions options;
  SocketId socket;
  std::uint64_t served = 0;
  HW_FIELDS(UdpServe, options, socket, served)

  Next step(Context& context);
};

struct UdpSendOptions {
  Ipv4Address target;
  std::uint16_t port = 0;
  std::vector<std::uint32_t> sizes;
  Ipv4Address bind;
  std::uint16_t sourcePort = 0;
  std::optional<socket::PathMtu> pathMtu;
  bool broadcast = false;
  std::optional<std::uint8_t> ttl;
  Duration gap{0};          ///< after each datagram
  std::uint64_t count = 1;  ///< rounds over the sizes
  bool connect = false;
  Duration wait{0};         ///< for an answer
  std::uint32_t sendBuffer = 0;
  bool quiet = false;
  std::optional<Ipv4Address> interface;  ///< multicasts leave at the interface with this address
  HW_FIELDS(UdpSendOptions, target, port, sizes, bind, sourcePort, pathMtu, broadcast, ttl, gap,
            count, connect, wait, sendBuffer, quiet, interface)
};

struct UdpSend {
  UdpSendOptions options;
  SocketId socket;
  std::uint64_t sent = 0;   ///< datagrams, over all rounds
  Time next;
  Time waitUntil = kNever;
  bool waiting = false;
  Bytes payload;            ///< shared by all datagrams
  HW_FIELDS(UdpSend, options, socket, sent, next, waitUntil, waiting, payload)

  Next step(Context& context);
};

}  // namespace hw::process
