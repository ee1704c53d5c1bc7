// The lines that iperf 2.1 prints.
#pragma once

#include "core/process/iperf.h"

namespace hw::process {

/// "Client connecting to ..." or "Server listening on ..." between two rules, with the size of the socket's buffer in bytes.
void printIperfHead(const IperfOptions& options, std::uint32_t buffer, Context& context);
/// "[  1] local ... connected with ...", and the headings of the columns.
void printIperfConnected(const Iperf& iperf, const IperfFlow& flow, socket::Endpoint local, socket::Endpoint peer, Context& context);
/// The intervals that have ended.
void printIperfIntervals(const IperfOptions& options, IperfFlow& flow, Context& context);
/// The line of the whole flow, from its begin until now.
void printIperfTotal(const IperfOptions& options, const IperfFlow& flow, Context& context);
/// "[  1] 0.0000-1.0000 sec   112 MBytes   941 Mbits/sec": bytes between two times since a flow's begin.
std::string iperfLine(std::uint32_t number, Duration from, Duration to, std::uint64_t bytes);
/// The same with "   0.005 ms 0/91 (0%)" behind it: what came of numbered datagrams between two counts.
std::string iperfDatagramLine(std::uint32_t number, Duration from, Duration to, std::uint64_t bytes, const IperfCount& before,
                              const IperfCount& now);

/// The two kinds of traffic, each with a client and a server.
Next stepIperfStream(Iperf& iperf, Context& context);
Next stepIperfDatagrams(Iperf& iperf, Context& context);
/// When the next interval of any flow ends; `until` if there is none before.
Time nextIperfReport(const Iperf& iperf, Time until);

}  // namespace hw::process
