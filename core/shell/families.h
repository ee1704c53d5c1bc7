// The families of commands, one file each; command.cpp holds the table.
#pragma once

#include "core/shell/command.h"

namespace hw::shell {

// ip_command.cpp and the files of its objects
CommandResult ip(const Call& call);
// arp_command.cpp
CommandResult arpTable(const Call& call);
// bridge_command.cpp
CommandResult bridgeTool(const Call& call);
// sysctl_command.cpp
CommandResult sysctl(const Call& call);

// ping_command.cpp, traceroute_command.cpp, arping_command.cpp, udp_command.cpp
CommandResult ping(const Call& call);
CommandResult traceroute(const Call& call);
CommandResult arping(const Call& call);
CommandResult rarp(const Call& call);
CommandResult rarpd(const Call& call);
CommandResult udpServe(const Call& call);
CommandResult udpSend(const Call& call);
// tcp_command.cpp
CommandResult tcpServe(const Call& call);
CommandResult tcpClient(const Call& call);
// nc_command.cpp
CommandResult netcat(const Call& call);
CommandResult socketStatistics(const Call& call);
// http_commands.cpp
CommandResult httpServe(const Call& call);
CommandResult curl(const Call& call);
CommandResult gateway(const Call& call);
// iperf_command.cpp
CommandResult iperf(const Call& call);
// tc_command.cpp
CommandResult trafficControl(const Call& call);
// nft_command.cpp
CommandResult nft(const Call& call);
CommandResult conntrack(const Call& call);
// tunapp_command.cpp
CommandResult tunApp(const Call& call);

// filter_commands.cpp: text in, text out
CommandResult head(const Call& call);
CommandResult tail(const Call& call);
CommandResult grep(const Call& call);
CommandResult sort(const Call& call);
CommandResult wc(const Call& call);
CommandResult cat(const Call& call);
CommandResult tee(const Call& call);

// system_commands.cpp
CommandResult shell(const Call& call);
CommandResult echo(const Call& call);
CommandResult succeed(const Call& call);
CommandResult fail(const Call& call);
CommandResult seq(const Call& call);
CommandResult sleep(const Call& call);
CommandResult kill(const Call& call);
CommandResult ps(const Call& call);
CommandResult hostname(const Call& call);
CommandResult help(const Call& call);

}  // namespace hw::shell
