// What a process may ask of the stack and what it hears back, as values. A blocking call is a
// process that waits: it is stepped again when something happened to one of its sockets.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/expected.h"
#include "core/base/hash.h"
#include "core/base/id.h"
#include "core/wire/address.h"

namespace hw::socket {

enum class Errno : std::uint8_t {
  Access,              // EACCES
  AddressInUse,        // EADDRINUSE
  AddressNotAvailable, // EADDRNOTAVAIL
  WouldBlock,          // EAGAIN
  Busy,                // EBUSY
  BadDescriptor,       // EBADF
  ConnectionRefused,   // ECONNREFUSED
  ConnectionReset,     // ECONNRESET
  DestinationRequired, // EDESTADDRREQ
  HostUnreachable,     // EHOSTUNREACH
  InvalidArgument,     // EINVAL
  IsConnected,         // EISCONN
  MessageSize,         // EMSGSIZE
  NetworkUnreachable,  // ENETUNREACH
  NoBuffers,           // ENOBUFS
  NoDevice,            // ENODEV
  NoProtocol,          // ENOPROTOOPT
  NotConnected,        // ENOTCONN
  NotPermitted,        // EPERM
  BrokenPipe,          // EPIPE
  Protocol,            // EPROTO
  RemoteInputOutput,   // EREMOTEIO
  TimedOut,            // ETIMEDOUT
};
std::string_view symbol(Errno error);   ///< "ECONNREFUSED"
std::string_view message(Errno error);  ///< "Connection refused", as strerror(3)

struct Endpoint {
  Ipv4Address address;
  std::uint16_t port = 0;
  HW_FIELDS(Endpoint, address, port)
};

enum class Kind : std::uint8_t {
  Udp,
  Tcp,     ///< a stream, or a listener for streams
  Ping,    ///< ICMP echo of an ordinary user (Linux IPPROTO_ICMP datagram socket)
  Packet,  ///< frames of one interface and one EtherType (AF_PACKET)
  Raw,     ///< datagrams of one IP protocol, given by local.port (SOCK_RAW)
  Interface,  ///< the file behind a TUN or TAP interface
  PingSix,    ///< ICMPv6 echo to one peer
};

/// IP_MTU_DISCOVER: what to do about DF.
enum class PathMtu : std::uint8_t { Dont, Want, Do };

/// Options of a TCP socket; 0: the system's choice.
struct StreamOptions {
  bool noDelay = false;             ///< TCP_NODELAY
  bool keepAlive = false;           ///< SO_KEEPALIVE
  bool abortOnClose = false;        ///< SO_LINGER with 0 seconds: RST instead of FIN
  std::uint32_t maxSegment = 0;     ///< TCP_MAXSEG
  std::uint32_t sendBuffer = 0;     ///< SO_SNDBUF, as the kernel doubles it
  std::uint32_t receiveBuffer = 0;  ///< SO_RCVBUF, as the kernel doubles it
  HW_FIELDS(StreamOptions, noDelay, keepAlive, abortOnClose, maxSegment, sendBuffer, receiveBuffer)
};

/// Socket options a process may set.
struct Options {
  std::uint8_t ttl = 64;
  std::uint8_t tos = 0;
  PathMtu pathMtu = PathMtu::Want;
  bool broadcast = false;
  bool receiveErrors = false;             ///< IP_RECVERR
  std::uint32_t sendBuffer = 212992;      ///< net.core.wmem_default
  std::uint32_t receiveBuffer = 212992;   ///< net.core.rmem_default
  InterfaceId device;                     ///< SO_BINDTODEVICE
  std::uint8_t multicastTtl = 1;          ///< IP_MULTICAST_TTL
  InterfaceId multicastDevice;            ///< IP_MULTICAST_IF
  std::uint32_t mark = 0;                 ///< SO_MARK
  Bytes ipOptions;                        ///< IP_OPTIONS: up to 40 bytes, a multiple of 4; of a Ping socket
  StreamOptions stream;                   ///< of a Tcp socket
  HW_FIELDS(Options, ttl, tos, pathMtu, broadcast, receiveErrors, sendBuffer, receiveBuffer, device, multicastTtl,
            multicastDevice, mark, ipOptions, stream)
};

/// A multicast group at an interface.
struct Group {
  Ipv4Address address;
  InterfaceId port;
  HW_FIELDS(Group, address, port)
};

struct Datagram {
  Bytes data;
  Endpoint from;
  Endpoint to;
  std::uint8_t ttl = 0;
  MacAddress fromMac;     ///< of a packet socket: the sender of the frame
  bool toGroup = false;   ///< of a packet socket: it was a broadcast or multicast
  InterfaceId port;
  Bytes options;          ///< of a Ping socket: those of the IPv4 header
  Ipv6Address fromSix;    ///< of a PingSix socket
  HW_FIELDS(Datagram, data, from, to, ttl, fromMac, toGroup, port, options, fromSix)
};

/// An entry of the error queue (IP_RECVERR): struct sock_extended_err with what it is about.
struct ErrorReport {
  Errno error = Errno::Protocol;
  bool local = false;     ///< found out by this host itself, not told by ICMP
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::uint32_t info = 0; ///< the MTU of EMSGSIZE
  Ipv4Address offender;   ///< who told
  Endpoint about;         ///< where the datagram was sent to
  Bytes payload;          ///< what it carried, as far as it is quoted (ICMP header included for Ping)
  Ipv6Address offenderSix;  ///< who told a PingSix socket
  HW_FIELDS(ErrorReport, error, local, type, code, info, offender, about, payload, offenderSix)
};

/// Whom a PingSix socket talks to.
struct SixPeer {
  Ipv6Address to;
  InterfaceId device;               ///< the zone of an address of the link; bound to it
  std::optional<Ipv6Address> from;  ///< bound to it; none: chosen for each datagram
  Ipv6Address chosen;               ///< the source as it was when the socket was connected
  HW_FIELDS(SixPeer, to, device, from, chosen)
};

struct SendRequest {
  Bytes data;
  std::optional<Endpoint> to;  ///< none: the connected peer
  bool confirm = false;        ///< MSG_CONFIRM: the neighbour was heard just now
};

/// A connection that was accepted.
struct Accepted {
  SocketId socket;
  Endpoint peer;
};
/// TCP_INFO, and the sizes of the buffers, which a socket without a connection has too.
struct StreamInfo {
  std::uint32_t mss = 0;         ///< TCP_MAXSEG of a connection: data in a segment
  std::uint32_t pathMtu = 0;
  std::uint32_t sendBuffer = 0;     ///< SO_SNDBUF
  std::uint32_t receiveBuffer = 0;  ///< SO_RCVBUF
  std::uint32_t congestionWindow = 0;  ///< in segments
  std::uint32_t roundTripUs = 0;    ///< smoothed
};

/// The system calls. A call never blocks; it returns what there is.
class Calls {
 public:
  virtual ~Calls() = default;
  virtual SocketId open(Kind kind) = 0;
  virtual void close(SocketId socket) = 0;
  virtual std::optional<Errno> bind(SocketId socket, Endpoint local) = 0;
  /// UDP: fixes the peer and the source address; ENETUNREACH if there is no route. TCP: sends a SYN; see isConnected().
  virtual std::optional<Errno> connect(SocketId socket, Endpoint peer) = 0;
  virtual std::optional<Errno> send(SocketId socket, const SendRequest& request) = 0;
  virtual std::optional<Datagram> receive(SocketId socket) = 0;
  /// The pending error (SO_ERROR), cleared by being read.
  virtual std::optional<Errno> takeError(SocketId socket) = 0;
  /// The next entry of the error queue.
  virtual std::optional<ErrorReport> receiveError(SocketId socket) = 0;
  /// The reference is good until the next open() or close().
  virtual Options& options(SocketId socket) = 0;
  virtual Endpoint local(SocketId socket) = 0;
  /// Joins a multicast group until the socket is closed (IP_ADD_MEMBERSHIP); without an interface the route chooses.
  virtual std::optional<Errno> join(SocketId socket, Ipv4Address group, std::optional<InterfaceId> port) = 0;
  /// The interface that has an address.
  virtual std::optional<InterfaceId> interfaceOf(Ipv4Address address) = 0;
  /// Opens a TUN or TAP interface (TUNSETIFF): what the stack sends there is received here.
  virtual std::optional<Errno> attach(SocketId socket, InterfaceId port) = 0;
  /// Fixes the peer of a PingSix socket; ENETUNREACH if there is no route.
  virtual std::optional<Errno> connectSix(SocketId socket, const SixPeer& peer) = 0;
  /// The source address that was chosen for it.
  virtual Ipv6Address localSix(SocketId socket) = 0;
  /// IP_MTU of a connected socket.
  virtual std::uint32_t pathMtu(SocketId socket) = 0;

  // Of Tcp sockets. EAGAIN where a call would block: the program is stepped again when it no longer would.
  virtual std::optional<Errno> listen(SocketId socket, std::uint32_t backlog) = 0;
  virtual Expected<Accepted, Errno> accept(SocketId socket) = 0;
  /// False as long as the handshake goes on, and if it failed: then takeError() knows why.
  virtual bool isConnected(SocketId socket) = 0;
  /// How many of the bytes were taken, in order.
  virtual Expected<std::uint32_t, Errno> write(SocketId socket, const Bytes& data) = 0;
  /// Up to `most` bytes; none at the end of the stream.
  virtual Expected<Bytes, Errno> read(SocketId socket, std::uint32_t most) = 0;
  /// No more data will be written: FIN.
  virtual std::optional<Errno> shutdown(SocketId socket) = 0;
  /// Makes changed stream options hold for a connection that exists.
  virtual void applyOptions(SocketId socket) = 0;
  virtual StreamInfo streamInfo(SocketId socket) = 0;

  /// Sends a whole frame from a packet socket's interface.
  virtual std::optional<Errno> sendFrame(SocketId socket, MacAddress to, std::uint16_t type,
                                         ByteView payload) = 0;
  /// Interfaces by name; their MAC; the address a packet to `to` would leave from.
  virtual std::optional<InterfaceId> interfaceNamed(std::string_view name) = 0;
  virtual MacAddress macOf(InterfaceId port) = 0;
  virtual std::optional<Ipv4Address> addressOf(InterfaceId port, Ipv4Address towards) = 0;
};

}  // namespace hw::socket
