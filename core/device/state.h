// What a device has learned and what it is doing: everything that time travel restores.
#pragma once

#include <vector>

#include "core/base/boxed.h"
#include "core/base/random.h"
#include "core/device/ipv6_config.h"
#include "core/proto/arp/arp.h"
#include "core/proto/bridge/bridge.h"
#include "core/proto/icmp/icmp.h"
#include "core/proto/igmp/igmp.h"
#include "core/proto/ipv4/ipv4.h"
#include "core/process/process.h"
#include "core/proto/netfilter/netfilter.h"
#include "core/proto/route/exceptions.h"
#include "core/proto/tcp/tcp.h"
#include "core/proto/tunnel/tunnel.h"
#include "core/socket/socket.h"

namespace hw {

struct Socket {
  SocketId id;
  socket::Kind kind = socket::Kind::Udp;
  ProcessId owner;
  socket::Options options;
  socket::Endpoint local;                     ///< port (UDP), identifier (Ping), EtherType (Packet)
  std::optional<socket::Endpoint> peer;       ///< of a connected socket
  std::uint16_t identification = 0;           ///< the next one of a connected socket
  std::vector<socket::Datagram> received;
  std::uint32_t receivedBytes = 0;            ///< as the kernel counts them, overhead included
  std::vector<socket::ErrorReport> errors;
  std::optional<socket::Errno> pending;       ///< SO_ERROR
  std::vector<socket::Group> groups;          ///< IP_ADD_MEMBERSHIP
  Boxed<socket::SixPeer> six;                 ///< of kind PingSix
  std::uint32_t stream = 0;                   ///< of a Tcp socket: its connection or listener
  bool listens = false;
  HW_FIELDS(Socket, id, kind, owner, options, local, peer, identification, received, receivedBytes,
            errors, pending, groups, six, stream, listens)
};

/// The bridge of one interface of kind Bridge.
struct BridgeState {
  InterfaceId bridge;
  hw::bridge::State table;
  stp::State tree;
  hw::bridge::SnoopingState groups;
  HW_FIELDS(BridgeState, bridge, table, tree, groups)
};

/// The table of one VXLAN interface, and the group that it has joined.
struct VxlanState {
  InterfaceId port;
  vxlan::State table;
  Ipv4Address group;
  InterfaceId lower;
  HW_FIELDS(VxlanState, port, table, group, lower)
};

/// What a tunnel counts.
struct TunnelState {
  InterfaceId port;
  hw::tunnel::State tunnel;
  HW_FIELDS(TunnelState, port, tunnel)
};

struct DeviceState {
  RandomStream random;
  std::vector<bool> carrier;  ///< per interface: a cable whose other end is up
  arp::State arp;
  std::vector<BridgeState> bridges;
  std::vector<VxlanState> vxlans;
  std::vector<TunnelState> tunnels;
  ipv4::Identifications identifications;
  ipv4::Reassembly reassembly;
  icmp::Limiter icmpLimiter;
  igmp::State igmp;
  route::Exceptions exceptions;
  route::RedirectLimiter redirects;
  netfilter::State filter;
  tcp::State tcp;
  std::vector<Socket> sockets;
  std::vector<process::Process> processes;
  std::uint32_t nextSocket = 0;
  std::uint32_t nextProcess = 0;
  Boxed<Ipv6State> six;
  HW_FIELDS(DeviceState, random, carrier, arp, bridges, vxlans, tunnels, identifications, reassembly, icmpLimiter, igmp, exceptions,
            redirects, filter, tcp, sockets, processes, nextSocket, nextProcess, six)
};

}  // namespace hw
