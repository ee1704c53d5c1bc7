#include "core/shell/command.h"

#include <algorithm>

#include "core/shell/families.h"

namespace hw::shell {
namespace {

constexpr std::string_view kIpWords[] = {"addr", "link", "route", "neigh", "show", "add", "del", "set",
                                         "netns", "veth", "peer", "dev", "via", "get", "replace", "flush", "lladdr", "up", "down", "rule", "table",
                                         "from", "to", "iif", "oif", "pref", "fwmark", "nexthop", "weight"};
constexpr std::string_view kBridgeWords[] = {"fdb", "link", "show", "flush", "dev", "br"};
constexpr std::string_view kArpWords[] = {"-n", "-a", "-d", "-s"};
constexpr std::string_view kPingWords[] = {"-b", "-c", "-I", "-i", "-M", "-n", "-q", "-Q", "-s", "-t", "-w", "-W"};
constexpr std::string_view kTraceWords[] = {"-f", "-I", "-m", "-n", "-p", "-q", "-w"};
constexpr std::string_view kArpingWords[] = {"-A", "-b", "-c", "-D", "-f", "-I", "-q", "-s", "-U", "-w"};
constexpr std::string_view kServeWords[] = {"--bind", "--count", "--echo", "--group", "--if"};
constexpr std::string_view kSendWords[] = {"--bcast", "--bind", "--connect", "--count", "--df", "--gap", "--if",
                                           "--sndbuf", "--sport", "--ttl", "--wait"};
constexpr std::string_view kConntrackWords[] = {"-C", "-D", "-F", "-L", "-d", "-o", "-p", "-s", "--dport", "--sport"};
constexpr std::string_view kNftWords[] = {"-a", "-f", "accept", "add", "chain", "counter", "delete", "dnat", "drop", "flush", "hook", "iifname",
                                          "insert", "ip", "list", "masquerade", "nat", "oifname", "postrouting", "prerouting", "priority",
                                          "reject", "rule", "ruleset", "snat", "table", "tcp", "to", "type", "udp"};
constexpr std::string_view kNcWords[] = {"-k", "-l", "-N", "-n", "-p", "-s", "-v", "-w", "-z"};
constexpr std::string_view kSsWords[] = {"-a", "-H", "-i", "-l", "-n", "-t", "-u"};
constexpr std::string_view kTcpWords[] = {"accept", "close", "connect", "info", "keepalive", "maxseg:", "nodelay", "rcvbuf:", "recv:", "recveof", "reset",
                                          "send:", "shut", "sleep:", "sndbuf:", "sport=", "src="};
constexpr std::string_view kCurlWords[] = {"-I", "-i", "-m", "-o", "-S", "-s", "-v", "--max-time", "/dev/null", "http://"};
constexpr std::string_view kIperfWords[] = {"-b", "-c", "-i", "-n", "-p", "-s", "-t", "-u"};
constexpr std::string_view kGatewayWords[] = {"to", "udp"};
constexpr std::string_view kSysctlWords[] = {"-a", "-n", "-q", "-w"};

// Sorted by name.
constexpr Command kCommands[] = {
    {"arp", "arp [-n] [-a] [-i IF] [HOST] | arp -d HOST | arp -s HOST MAC",
     {"Shows and edits the table of neighbours.", "显示和编辑邻居表。"}, arpTable, kArpWords},
    {"arping", "arping [-c N] [-w S] [-I IF] [-D] [-f] [-b] [-U] [-A] [-q] [-s SOURCE] ADDRESS",
     {"Asks by ARP who has an address.", "用 ARP 询问谁拥有某个地址。"}, arping, kArpingWords},
    {"bridge", "bridge fdb show [br BR] [dev PORT] | bridge fdb flush dev BR | bridge link",
     {"Shows what a switch has learned, and its ports.", "显示交换机学到的地址及其端口。"}, bridgeTool,
     kBridgeWords},
    {"cat", "cat [FILE]...", {"Prints a file, or what a pipe brings.", "输出文件，或管道送来的文本。"}, cat, {}},
    {"conntrack", "conntrack { -L | -D | -F | -C } [-p PROTOCOL] [-s SOURCE] [-d DESTINATION] [--sport PORT] [--dport PORT]",
     {"Shows and forgets the connections that the packet filter follows.", "显示和删除数据包过滤器跟踪的连接。"}, conntrack,
     kConntrackWords},
    {"curl", "curl [-v] [-I] [-i] [-s] [-S] [-o /dev/null] [-m SECONDS] http://HOST[:PORT]/PATH",
     {"Fetches one thing by HTTP and prints it.", "用 HTTP 获取一个资源并输出。"}, curl, kCurlWords},
    {"echo", "echo [-n] WORD...", {"Prints its words.", "输出各个单词。"}, echo, {}},
    {"false", "false", {"Fails.", "总是失败。"}, fail, {}},
    {"gateway", "gateway PORT to udp HOST PORT",
     {"Turns requests of HTTP (/ask/TEXT) into UDP datagrams and their answers back: both protocols end in it.",
      "把 HTTP 请求（/ask/TEXT）转换成 UDP 数据报，再把应答转换回来：两种协议都在这里终止。"},
     gateway, kGatewayWords},
    {"grep", "grep [-v] [-c] [-E] [-i] [-q] [-F] PATTERN",
     {"Keeps the lines that match.", "保留匹配的行。"}, grep, {}},
    {"head", "head [-n N]", {"Keeps the first lines.", "保留开头几行。"}, head, {}},
    {"help", "help [COMMAND]", {"Lists the commands, or explains one.", "列出所有命令，或解释其中一个。"},
     help, {}},
    {"hostname", "hostname", {"Prints the name of the device.", "输出设备的名称。"}, hostname, {}},
    {"http-serve", "http-serve PORT",
     {"Serves HTTP: a page at /, N bytes at /bytes/N, virtual time at /time.", "提供 HTTP 服务：/ 是页面，/bytes/N 是 N 个字节，/time 是虚拟时间。"},
     httpServe, {}},
    {"ip", "ip [-br] [-4] [-s] [-n NAMESPACE] {addr|link|route|rule|neigh|netns} ...",
     {"Shows and changes addresses, interfaces, routes, rules, neighbours and namespaces.", "显示和更改地址、接口、路由、策略规则、邻居和命名空间。"},
     ip, kIpWords},
    {"iperf", "iperf -s [-u] [-p PORT] [-i S] | iperf -c HOST [-u [-b RATE]] [-p PORT] [-t S | -n BYTES] [-i S]",
     {"Measures how much a path carries, by TCP or by UDP datagrams.", "用 TCP 或 UDP 数据报测量一条路径的吞吐量。"}, iperf, kIperfWords},
    {"kill", "kill [-SIGNAL] PID...", {"Ends a program.", "结束一个程序。"}, kill, {}},
    {"nc", "nc [-klNnvz] [-p PORT] [-s SOURCE] [-w S] [HOST] PORT",
     {"Connects a TCP stream with the terminal: sends what a pipe brings, prints what comes.", "把 TCP 字节流与终端相连：发送管道送来的内容，输出收到的内容。"},
     netcat, kNcWords},
    {"nft", "nft [-a] { add | insert | replace | delete | flush | list } ... | nft -f -",
     {"Shows and changes the tables of the packet filter.", "显示和更改数据包过滤器的表。"}, nft, kNftWords},
    {"ping", "ping [-c N] [-i S] [-s BYTES] [-t TTL] [-W S] [-w S] [-M do|dont|want] [-I FROM] [-b] [-q] HOST",
     {"Asks a host for an echo by ICMP.", "用 ICMP 请求主机回显。"}, ping, kPingWords},
    {"ps", "ps", {"Lists the programs that run.", "列出正在运行的程序。"}, ps, {}},
    {"rarp", "rarp [-c COUNT] DEVICE",
     {"Asks by RARP for the IP address of an interface.", "用 RARP 询问接口自己的 IP 地址。"}, rarp, {}},
    {"rarpd", "rarpd DEVICE MAC=ADDRESS...",
     {"Tells machines that know only their MAC address their IP address.", "告诉只知道自己 MAC 地址的主机其 IP 地址。"}, rarpd, {}},
    {"seq", "seq [FIRST] LAST", {"Counts.", "计数。"}, seq, {}},
    {"sh", "sh -c LINE", {"Carries out a line.", "执行一行命令。"}, shell, {}},
    {"sleep", "sleep SECONDS", {"Waits.", "等待。"}, sleep, {}},
    {"sort", "sort [-r] [-u]", {"Sorts lines.", "给行排序。"}, sort, {}},
    {"ss", "ss [-t] [-u] [-a] [-l] [-n] [-i] [-H]",
     {"Shows sockets: their states, queues and both ends.", "显示套接字的状态、队列和两端。"}, socketStatistics, kSsWords},
    {"sysctl", "sysctl [-a] [-n] [-q] [-w] NAME[=VALUE]...",
     {"Shows and changes the knobs of the protocols.", "显示和更改协议参数。"}, sysctl, kSysctlWords},
    {"tail", "tail [-n N]", {"Keeps the last lines.", "保留最后几行。"}, tail, {}},
    {"tc", "tc qdisc { show | add | del } dev IF root { tbf rate R burst B { latency T | limit B } | netem [delay T [JITTER]] [loss P] [duplicate P] [reorder P [gap N]] [corrupt P] [limit N] }",
     {"Slows down what an interface sends, or makes trouble for it.", "限制接口的发送速率，或人为制造故障。"}, trafficControl, {}},
    {"tcp-client", "tcp-client HOST PORT [sport=P] [src=A] OP...",
     {"Opens a TCP connection and carries out operations: send:100 recv:300 shut close ...", "建立 TCP 连接并依次执行操作：send:100 recv:300 shut close 等。"},
     tcpClient, kTcpWords},
    {"tcp-serve", "tcp-serve PORT OP...",
     {"Waits for a TCP connection and carries out operations on it.", "等待 TCP 连接并在其上依次执行操作。"}, tcpServe, kTcpWords},
    {"tee", "tee [-a] FILE", {"Writes what a pipe brings into a file.", "把管道送来的文本写入文件。"}, tee, {}},
    {"traceroute", "traceroute [-n] [-I] [-q N] [-m HOPS] [-f HOP] [-w S] [-p PORT] HOST [BYTES]",
     {"Finds the routers on the way to a host.", "找出到某主机路径上的路由器。"}, traceroute, kTraceWords},
    {"true", "true", {"Succeeds.", "总是成功。"}, succeed, {}},
    {"tunapp", "tunapp NAME tun|tap|gre LOCAL_IP PORT PEER_IP PORT",
     {"Carries what a TUN or TAP interface gives to a peer and back.", "在 TUN 或 TAP 接口与对端之间双向搬运数据。"}, tunApp, {}},
    {"udp-send", "udp-send [--sport P] [--connect] [--wait S] [--df do|dont|want] ... HOST PORT BYTES...",
     {"Sends datagrams and may wait for an answer.", "发送数据报，可等待应答。"}, udpSend, kSendWords},
    {"udp-serve", "udp-serve [--echo] [--count N] [--bind ADDRESS] PORT",
     {"Receives datagrams and may echo them.", "接收数据报，可原样送回。"}, udpServe, kServeWords},
    {"wc", "wc [-l] [-w] [-c]", {"Counts lines, words and bytes.", "统计行数、单词数和字节数。"}, wc, {}},
};

}  // namespace

CommandResult CommandResult::text(std::string output) {
  CommandResult result;
  result.output = std::move(output);
  return result;
}

CommandResult CommandResult::failure(int exitCode, std::string errors) {
  CommandResult result;
  result.exitCode = exitCode;
  result.errors = std::move(errors);
  return result;
}

CommandResult CommandResult::change(DeviceInput input) {
  CommandResult result;
  result.inputs.push_back(std::move(input));
  return result;
}

CommandResult CommandResult::start(process::Program program) {
  CommandResult result;
  result.program = std::move(program);
  return result;
}

std::span<const Command> commands() { return kCommands; }

const Command* findCommand(std::string_view name) {
  const auto at = std::lower_bound(std::begin(kCommands), std::end(kCommands), name,
                                   [](const Command& one, std::string_view key) { return one.name < key; });
  return at != std::end(kCommands) && at->name == name ? &*at : nullptr;
}

CommandResult runCommand(const Call& call) {
  if (call.words.empty()) return {};
  const Command* command = findCommand(call.words[0]);
  if (!command) return CommandResult::failure(127, "sh: " + call.words[0] + ": not found\n");
  return command->run(call);
}

}  // namespace hw::shell
