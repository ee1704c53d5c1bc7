// An application-layer gateway: HTTP on one side, datagrams on the other. Both protocols end in it; only what is asked and what is
// answered passes.
#pragma once

#include "core/process/http_connection.h"

namespace hw::process {

/// A request that waits for its answer from the other side.
struct GatewayQuestion {
  http::Request request;
  std::string line;            ///< of the request, for the log
  std::string text;            ///< what is asked
  SocketId socket;             ///< of datagrams
  std::uint32_t sent = 0;      ///< so often
  Time until = kNever;         ///< when to ask again, or to give up
  HW_FIELDS(GatewayQuestion, request, line, text, socket, sent, until)
};

struct GatewayConnection {
  HttpConnection http;
  std::optional<GatewayQuestion> question;
  HW_FIELDS(GatewayConnection, http, question)
};

struct Gateway {
  std::uint16_t port = 0;      ///< of HTTP
  socket::Endpoint beyond;     ///< who answers datagrams
  SocketId listener;
  std::vector<GatewayConnection> connections;
  HW_FIELDS(Gateway, port, beyond, listener, connections)

  Next step(Context& context);
};

}  // namespace hw::process
