// bridge vlan add|del|show, and what `type bridge` may say behind ip link. Read first: bridge(8), ip-link(8) of iproute2 6.1.
#include <fmt/format.h>

#include "core/shell/bridge_commands.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

/// bridge vlan add|del dev DEV vid ID[-ID] [pvid] [untagged] [self] [master]
struct VlanWords {
  InterfaceId port;
  std::uint16_t first = 0, last = 0;
  bool pvid = false, untagged = false, self = false;
};

class VlanReader : WordReader {
 public:
  VlanReader(const Call& call, VlanWords& out) : WordReader(call.words), m_call(call), m_out(out) {}

  Failure read() {
    next();  // the verb
    while (const std::string* word = next()) readWord(*word);
    if (!failed() && (!m_out.port.valid() || m_out.first == 0))
      fail(ipError("Device and VLAN ID are required arguments.", 255));
    return failure();
  }

 private:
  void readWord(const std::string& word) {
    if (word == "dev") readDevice(value());
    else if (word == "vid") readIds(value());
    else if (word == "pvid") m_out.pvid = true;
    else if (word == "untagged") m_out.untagged = true;
    else if (word == "self") m_out.self = true;
    else if (word != "master") fail(ipError(fmt::format("\"{}\" is not understood here", word), 255));
  }
  void readDevice(const std::string& name) {
    const auto port = m_call.config().interfaceNamed(name);
    if (!port) return fail(ipError(fmt::format("Cannot find bridge device \"{}\"", name), 255));
    m_out.port = *port;
  }
  void readIds(const std::string& word) {
    const std::size_t dash = word.find('-');
    const auto first = parseNumber(word.substr(0, dash));
    const auto last = dash == std::string::npos ? first : parseNumber(word.substr(dash + 1));
    for (const auto& id : {first, last})
      if (!id || *id < bridge::kFirstVlan || *id > bridge::kLastVlan)
        return fail(ipError(fmt::format("Invalid VLAN ID \"{}\": the tag has 12 bits, 0 and 4095 are reserved, so 1 to 4094 can be used", word), 255));
    if (*last < *first) return fail(ipError(fmt::format("Invalid VLAN range \"{}\"", word), 255));
    m_out.first = static_cast<std::uint16_t>(*first);
    m_out.last = static_cast<std::uint16_t>(*last);
  }

  const Call& m_call;
  VlanWords& m_out;
};

void addIds(bridge::PortVlans& port, const VlanWords& words) {
  for (std::uint32_t id = words.first; id <= words.last; ++id) port.add({static_cast<std::uint16_t>(id), words.untagged});
  if (words.pvid) port.pvid = words.first;
  else if (port.pvid >= words.first && port.pvid <= words.last) port.pvid = 0;
}

CommandResult changeVlans(const Call& call) {
  VlanWords words;
  if (Failure failure = VlanReader(call, words).read()) return *failure;
  DeviceConfig config = call.config();
  const InterfaceConfig& port = config.at(words.port);
  const bool own = port.bridge.has_value();
  if (own ? !words.self : !port.master.valid()) return kernelSays("Operation not supported");
  if (words.pvid && words.first != words.last) return ipError("Cannot set pvid for a range of VLANs", 255);
  bridge::Vlans& vlans = config.interfaces[own ? words.port.value : port.master.value].bridge->vlans;
  bridge::PortVlans& said = vlans.change(words.port);
  if (call.words[1] == "add") {
    addIds(said, words);
    return configure(std::move(config));
  }
  bool any = false;
  for (std::uint32_t id = words.first; id <= words.last; ++id) any = said.remove(static_cast<std::uint16_t>(id)) || any;
  return any ? configure(std::move(config)) : kernelSays("No such file or directory");
}

std::string linesOf(const std::string& name, const bridge::PortVlans& port) {
  std::string text;
  for (const bridge::VlanMember& one : port.members)
    text += fmt::format("{:16}  {}{}{}\n", text.empty() ? name : std::string(), one.id, one.id == port.pvid ? " PVID" : "",
                        one.untagged ? " Egress Untagged" : "");
  return text;
}

CommandResult showVlans(const Call& call) {
  const DeviceConfig& config = call.config();
  InterfaceId only;
  for (std::size_t i = 2; i + 1 < call.words.size(); ++i) {
    if (call.words[i] != "dev") continue;
    const auto port = config.interfaceNamed(call.words[i + 1]);
    if (!port) return ipError(fmt::format("Cannot find device \"{}\"", call.words[i + 1]), 255);
    only = *port;
  }
  std::string text = "port              vlan-id  \n";
  for (std::uint32_t i = 0; i < config.interfaces.size(); ++i) {
    const InterfaceConfig& one = config.interfaces[i];
    const InterfaceId bridge = one.bridge ? InterfaceId{i} : one.master;
    if (!bridge.valid() || (only.valid() && only.value != i)) continue;
    const bridge::Vlans& vlans = config.at(bridge).bridge->vlans;
    if (vlans.filtering) text += linesOf(one.name, vlans.of(InterfaceId{i}));
  }
  return CommandResult::text(std::move(text));
}

}  // namespace

CommandResult bridgeVlan(const Call& call) {
  const std::string verb = call.words.size() > 1 ? call.words[1] : "show";
  if (verb == "add" || verb == "del" || verb == "delete") return changeVlans(call);
  if (startsAs(verb, "show") || verb == "list") return showVlans(call);
  return ipError(fmt::format("Command \"{}\" is unknown, try \"bridge vlan help\".", verb), 255);
}

Failure setBridgeOption(InterfaceConfig& interface, const std::string& name, const std::string& word) {
  const auto number = parseNumber(word);
  if (!number || *number > 1'000'000) return badArgument(word, fmt::format("invalid {}", name));
  const Duration time = milliseconds(static_cast<std::int64_t>(*number) * 10);
  stp::Config& tree = interface.stp ? *interface.stp : interface.stp.emplace();
  const auto timeIn = [&](Duration& option, std::int64_t least, std::int64_t most) -> Failure {
    if (time < seconds(least) || time > seconds(most)) return kernelSays("Numerical result out of range");
    option = time;
    return std::nullopt;
  };
  if (name == "forward_delay") return timeIn(tree.forwardDelay, tree.enabled ? 2 : 0, 30);
  if (name == "hello_time") return timeIn(tree.helloTime, 1, 10);
  if (name == "max_age") return timeIn(tree.maxAge, 6, 40);
  bridge::Vlans& vlans = interface.bridge->vlans;
  // 2 is ours: Linux's kernel leaves the rapid protocol to a program (mstpd) and calls that state 2.
  if (name == "stp_state") tree.enabled = *number != 0, tree.rapid = *number == 2;
  else if (name == "priority" && *number <= 65535) tree.priority = static_cast<std::uint16_t>(*number);
  else if (name == "ageing_time") interface.bridge->ageingTime = time;
  else if (name == "mcast_snooping") interface.bridge->snooping.enabled = *number != 0;
  else if (name == "mcast_querier") interface.bridge->snooping.querier = *number != 0;
  else if (name == "vlan_filtering") vlans.filtering = *number != 0;
  else if (name == "vlan_default_pvid" && *number <= bridge::kLastVlan) vlans.fallback = static_cast<std::uint16_t>(*number);
  else return ipError(fmt::format("bridge: unknown command \"{}\"?", name), 255);
  return std::nullopt;
}

}  // namespace hw::shell
