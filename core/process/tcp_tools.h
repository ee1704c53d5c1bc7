// A TCP client and a TCP server that carry out a list of operations, one printed line per socket event.
#pragma once

#include "core/process/program.h"

namespace hw::process {

/// send:N recv:N recveof sleep:S at:S shut close reset rcvbuf:N sndbuf:N nodelay keepalive maxseg:N connect accept info
struct TcpOperation {
  enum class What : std::uint8_t {
    Connect, Accept, Send, Receive, ReceiveAll, Sleep, At, Shutdown, Close, Reset, ReceiveBuffer, SendBuffer, NoDelay, MaxSegment, KeepAlive, Info
  } what = What::Info;
  std::uint64_t number = 0;
  Duration span{};
  HW_FIELDS(TcpOperation, what, number, span)
};
/// The operation of a word, or nothing.
std::optional<TcpOperation> tcpOperation(std::string_view word);

/// How far a list of operations is.
struct TcpScript {
  std::vector<TcpOperation> operations;
  std::uint64_t at = 0;        ///< the next one
  bool begun = false;          ///< it has been begun, and waits
  std::uint64_t done = 0;      ///< bytes of it
  Time until = kNever;
  SocketId socket;             ///< what they are about
  Duration patience{};         ///< a call that waits longer fails; 0: never
  HW_FIELDS(TcpScript, operations, at, begun, done, until, socket, patience)
};

struct TcpServe {
  std::uint16_t port = 0;
  TcpScript script;
  SocketId listener;
  HW_FIELDS(TcpServe, port, script, listener)

  Next step(Context& context);
};

struct TcpClient {
  Ipv4Address target;
  std::uint16_t port = 0;
  Ipv4Address source;
  std::uint16_t sourcePort = 0;
  TcpScript script;
  HW_FIELDS(TcpClient, target, port, source, sourcePort, script)

  Next step(Context& context);
};

}  // namespace hw::process
