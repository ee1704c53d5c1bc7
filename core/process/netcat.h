// nc(1): connects a stream with the terminal. What a pipe brings is sent; what comes is printed.
#pragma once

#include "core/process/program.h"

namespace hw::process {

struct NetcatOptions {
  bool listen = false;
  Ipv4Address target;
  std::string name;            ///< of the target, as it was typed
  std::uint16_t port = 0;
  Ipv4Address source;
  std::uint16_t sourcePort = 0;
  Bytes input;
  bool piped = false;          ///< there is an input, and it ends
  bool shutAtEnd = false;      ///< -N
  bool scan = false;           ///< -z
  bool verbose = false;        ///< -v
  bool keepListening = false;  ///< -k
  Duration patience{};         ///< -w; 0: for ever
  HW_FIELDS(NetcatOptions, listen, target, name, port, source, sourcePort, input, piped, shutAtEnd, scan, verbose, keepListening,
            patience)
};

struct Netcat {
  NetcatOptions options;
  SocketId listener;
  SocketId socket;
  bool open = false;
  std::uint32_t sent = 0;
  bool shut = false;
  std::string partial;         ///< a line that has not ended
  Time until = kNever;
  HW_FIELDS(Netcat, options, listener, socket, open, sent, shut, partial, until)

  Next step(Context& context);
};

}  // namespace hw::process
