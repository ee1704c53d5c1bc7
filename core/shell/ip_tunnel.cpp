// ip tunnel, and `type gre|gretap|ipip` behind ip link add. Read first: ip-tunnel(8), ip-link(8) of iproute2 6.1.
#include <fmt/format.h>

#include "core/shell/ip_tunnel.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {


class TunnelReader {
 public:
  TunnelReader(const DeviceConfig& config, tunnel::Config& tunnel) : m_config(config), m_tunnel(tunnel) {}

  Failure read(const LinkOptions& options) {
    for (const auto& [name, value] : options)
      if (Failure failure = readOption(name, value)) return failure;
    const bool gre = !m_tunnel.isBare();
    if (!gre && (m_tunnel.inKey || m_tunnel.outKey || m_tunnel.outChecksum || m_tunnel.outSequence))
      return ipError("Keys, checksums and sequence numbers belong to GRE, ipip and sit have no header for them.", 255);
    if (m_tunnel.ttl != 0 && !m_tunnel.pathMtuDiscovery) return ipError("ttl != 0 and nopmtudisc are incompatible", 255);
    return std::nullopt;
  }

 private:
  Failure readOption(const std::string& name, const std::string& value) {
    if (name == "remote" || name == "local") return readAddress(value, name == "remote" ? m_tunnel.remote : m_tunnel.local);
    if (name == "dev") return readLower(value);
    if (name == "ttl" || name == "hoplimit") return readTtl(value);
    if (name == "tos" || name == "dsfield") return readTos(value);
    if (name == "key" || name == "ikey" || name == "okey") return readKey(name, value);
    if (name == "csum" || name == "icsum") m_tunnel.inChecksum = true;
    if (name == "csum" || name == "ocsum") m_tunnel.outChecksum = true;
    if (name == "seq" || name == "iseq") m_tunnel.inSequence = true;
    if (name == "seq" || name == "oseq") m_tunnel.outSequence = true;
    if (name == "nopmtudisc") m_tunnel.pathMtuDiscovery = false;
    if (isTunnelFlag(name)) return std::nullopt;
    return ipError(fmt::format("{}: unknown command \"{}\"?", tunnel::name(m_tunnel.mode), name), 255);
  }
  static Failure readAddress(const std::string& word, Ipv4Address& out) {
    const auto address = word == "any" ? std::optional(Ipv4Address{}) : Ipv4Address::parse(word);
    if (!address) return ipError(fmt::format("any valid address is expected rather than \"{}\".", word));
    out = *address;
    return std::nullopt;
  }
  Failure readLower(const std::string& word) {
    const auto lower = m_config.interfaceNamed(word);
    if (!lower) return noDevice(word);
    m_tunnel.lower = *lower;
    return std::nullopt;
  }
  Failure readTtl(const std::string& word) {
    if (word == "inherit") return std::nullopt;
    const auto number = parseNumber(word);
    if (!number || *number > 255) return badArgument(word, "invalid TTL");
    m_tunnel.ttl = static_cast<std::uint8_t>(*number);
    return std::nullopt;
  }
  Failure readTos(const std::string& word) {
    m_tunnel.inheritTos = word == "inherit";
    const auto number = m_tunnel.inheritTos ? std::optional<std::uint64_t>(0) : parseNumber(word);
    if (!number || *number > 255) return badArgument(word, "bad TOS value");
    m_tunnel.tos = static_cast<std::uint8_t>(*number);
    return std::nullopt;
  }
  Failure readKey(const std::string& name, const std::string& word) {
    const auto dotted = Ipv4Address::parse(word);
    const auto number = dotted ? std::optional<std::uint64_t>(dotted->value) : parseNumber(word);
    if (!number || *number > UINT32_MAX) return ipError(fmt::format("invalid value for \"{}\": \"{}\"; it should be an unsigned integer", name, word));
    const auto key = static_cast<std::uint32_t>(*number);
    if (name != "okey") m_tunnel.inKey = key;
    if (name != "ikey") m_tunnel.outKey = key;
    return std::nullopt;
  }

  const DeviceConfig& m_config;
  tunnel::Config& m_tunnel;
};

std::string keysOf(const tunnel::Config& tunnel) {
  std::string text;
  if (tunnel.inKey && tunnel.inKey == tunnel.outKey) text += fmt::format(" key {}", *tunnel.inKey);
  else if (tunnel.inKey) text += fmt::format(" ikey {}", *tunnel.inKey);
  if (tunnel.outKey && tunnel.inKey != tunnel.outKey) text += fmt::format(" okey {}", *tunnel.outKey);
  return text;
}

std::string lineOf(const DeviceConfig& config, const InterfaceConfig& interface) {
  const tunnel::Config& tunnel = *interface.tunnel;
  const auto address = [](Ipv4Address one) { return one.isAny() ? std::string("any") : one.text(); };
  std::string text = fmt::format("{}: {}/ip remote {} local {}", interface.name, tunnel.mode == tunnel::Mode::Ipip ? "ip" : tunnel.mode == tunnel::Mode::Sit ? "ipv6" : "gre",
                                 address(tunnel.remote), address(tunnel.local));
  if (tunnel.lower.valid()) text += " dev " + config.at(tunnel.lower).name;
  text += tunnel.ttl == 0 ? " ttl inherit" : fmt::format(" ttl {}", tunnel.ttl);
  if (tunnel.inheritTos) text += " tos inherit";
  else if (tunnel.tos != 0) text += fmt::format(" tos {:#x}", tunnel.tos);
  if (!tunnel.pathMtuDiscovery) text += " nopmtudisc";
  text += keysOf(tunnel);
  if (tunnel.inSequence) text += "\n  Drop packets out of sequence.";
  if (tunnel.inChecksum) text += "\n  Checksum in received packet is required.";
  if (tunnel.outSequence) text += "\n  Sequence packets on output.";
  if (tunnel.outChecksum) text += "\n  Checksum output packets.";
  return text + "\n";
}

CommandResult showTunnels(const IpCall& call) {
  const DeviceConfig& config = call.call.config();
  const std::string wanted = call.words.size() > 1 ? call.words.back() : std::string();
  std::string text;
  for (const InterfaceConfig& one : config.interfaces)
    if (one.tunnel && one.tunnel->mode != tunnel::Mode::Gretap && (wanted.empty() || one.name == wanted)) text += lineOf(config, one);
  return CommandResult::text(std::move(text));
}

/// ip tunnel add NAME mode gre remote A local B ...: the words of ip link add in another order.
CommandResult addTunnel(const IpCall& call) {
  IpCall add = call;
  std::string mode, name;
  Words options;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const bool more = i + 1 < call.words.size();
    if (word == "mode" && more) mode = call.words[++i];
    else if (word == "name" && more) name = call.words[++i];
    else if (isTunnelFlag(word)) options.push_back(word);
    else if (name.empty() && !isTunnelWord(word)) name = word;
    else if (!more) return incomplete();
    else options.insert(options.end(), {word, call.words[++i]});
  }
  if (mode == "ip/ip" || mode == "ipv4/ipv4") mode = "ipip";
  if (mode == "ipv6/ip") mode = "sit";
  if (mode == "gre/ip") mode = "gre";
  if (mode != "gre" && mode != "ipip" && mode != "sit") return ipError("Cannot determine tunnel mode (ipip, gre, sit).", 255);
  add.words = {"add", name, "type", mode};
  add.words.insert(add.words.end(), options.begin(), options.end());
  return addLink(add);
}

}  // namespace

bool isTunnelFlag(std::string_view word) {
  for (const std::string_view flag : {"csum", "icsum", "ocsum", "seq", "iseq", "oseq", "pmtudisc", "nopmtudisc"})
    if (word == flag) return true;
  return false;
}

bool isTunnelWord(std::string_view word) {
  for (const std::string_view known : {"remote", "local", "dev", "ttl", "hoplimit", "tos", "dsfield", "key", "ikey", "okey"})
    if (word == known) return true;
  return false;
}

std::optional<tunnel::Mode> tunnelMode(std::string_view type) {
  for (const tunnel::Mode mode : {tunnel::Mode::Gre, tunnel::Mode::Gretap, tunnel::Mode::Ipip, tunnel::Mode::Sit})
    if (type == tunnel::name(mode)) return mode;
  return std::nullopt;
}

Failure makeTunnel(const DeviceConfig& config, tunnel::Mode mode, const LinkOptions& options, InterfaceConfig& made) {
  constexpr std::uint32_t kUsualMtu = 1500;
  tunnel::Config tunnel;
  tunnel.mode = mode;
  if (Failure failure = TunnelReader(config, tunnel).read(options)) return failure;
  for (const InterfaceConfig& one : config.interfaces)
    if (one.tunnel && one.tunnel->mode == mode && one.tunnel->local == tunnel.local && one.tunnel->remote == tunnel.remote &&
        one.tunnel->inKey == tunnel.inKey)
      return kernelSays("File exists");
  const bool framed = mode == tunnel::Mode::Gretap;
  made.kind = framed ? InterfaceKind::Gretap : InterfaceKind::Tunnel;
  made.mtu = (tunnel.lower.valid() ? config.at(tunnel.lower).mtu : kUsualMtu) - tunnel.overhead() - (framed ? 14 : 0);
  made.tunnel = tunnel;
  return std::nullopt;
}

CommandResult ipTunnel(const IpCall& call) {
  if (meansShow(call.words)) return showTunnels(call);
  const std::string& verb = call.words[0];
  if (verb == "add") return addTunnel(call);
  if (verb == "del" || verb == "delete") return removeLink(call);
  if (startsAs(verb, "show") || verb == "list") return showTunnels(call);
  return CommandResult::failure(255,
                                "Usage: ip tunnel { add | del | show } [ NAME ]\n"
                                "        [ mode { gre | ipip } ] [ remote ADDR ] [ local ADDR ] [ [i|o]seq ] [ [i|o]key KEY ] [ [i|o]csum ]\n"
                                "        [ ttl TTL ] [ tos TOS ] [ [no]pmtudisc ] [ dev PHYS_DEV ]\n");
}

}  // namespace hw::shell
