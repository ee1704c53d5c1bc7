// A small HTTP/1.1 server with resources of any size.
#pragma once

#include "core/process/http_connection.h"

namespace hw::process {

/// `/bytes/N` has at most so many bytes.
inline constexpr std::uint64_t kMostServed = 1'000'000'000;

struct HttpServe {
  std::uint16_t port = 0;
  std::string device;          ///< the page `/` names it
  SocketId listener;
  std::vector<HttpConnection> connections;
  HW_FIELDS(HttpServe, port, device, listener, connections)

  Next step(Context& context);
};

}  // namespace hw::process
