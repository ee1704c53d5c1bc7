// A running program of a device.
#pragma once

#include <variant>

#include "core/process/arping.h"
#include "core/process/curl.h"
#include "core/process/gateway.h"
#include "core/process/http_serve.h"
#include "core/process/iperf.h"
#include "core/process/netcat.h"
#include "core/process/ping.h"
#include "core/process/rarp.h"
#include "core/process/sleep.h"
#include "core/process/tcp_tools.h"
#include "core/process/traceroute.h"
#include "core/process/tunapp.h"
#include "core/process/udp_tools.h"

namespace hw::process {

using Program = std::variant<Ping, Traceroute, Arping, UdpServe, UdpSend, Sleep, TunApp, RarpServe, RarpAsk, TcpServe, TcpClient, Netcat,
                             HttpServe, Curl, Iperf, Gateway>;

/// What "ps" would call it.
std::string_view name(const Program& program);

struct Process {
  ProcessId id;
  Program program;
  Time deadline = kNever;
  HW_FIELDS(Process, id, program, deadline)

  Next step(Context& context) {
    return std::visit([&](auto& one) { return one.step(context); }, program);
  }
};

}  // namespace hw::process
