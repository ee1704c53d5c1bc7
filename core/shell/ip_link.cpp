// ip link. Read first: ip-link(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/interface_text.h"
#include "core/shell/bridge_commands.h"
#include "core/shell/ip_command.h"
#include "core/shell/ip_listing.h"
#include "core/shell/ip_veth.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::uint64_t kLeastMtu = 68;      // RFC 791: every host takes 68 bytes
constexpr std::uint64_t kMostMtu = 65535;

CommandResult showLinks(const IpCall& call) {
  const auto selection = selectInterfaces(call);
  if (!selection) return selection.error();
  const Device& device = call.call.self();
  std::string text;
  for (const InterfaceId port : *selection) {
    const InterfaceConfig& interface = device.config().at(port);
    if (call.brief)
      text += fmt::format("{:<16} {:<14} {} {} \n", fullName(call.call.world, call.call.device, port),
                          stateText(call.call.world, {call.call.device, port}), interface.mac.text(),
                          flagsText(call.call.world, {call.call.device, port}));
    else
      text += linkLines(call, port, true);
  }
  return CommandResult::text(std::move(text));
}

void leaveBridge(DeviceConfig& config, InterfaceId port) {
  InterfaceConfig& interface = config.interfaces[port.value];
  if (!interface.master.valid()) return;
  bridge::Config& bridge = *config.interfaces[interface.master.value].bridge;
  std::erase(bridge.ports, port);
  std::erase_if(bridge.vlans.ports, [port](const bridge::PortVlans& said) { return said.port == port; });
  interface.master = InterfaceId{};
}

/// `ip link set`: words in any order, applied together.
class LinkSetter {
 public:
  explicit LinkSetter(const IpCall& call) : m_call(call), m_config(call.call.config()) {}

  CommandResult run() {
    std::size_t i = 1;
    if (i < m_call.words.size() && m_call.words[i] == "dev") ++i;
    if (i >= m_call.words.size()) return ipError("Not enough information: \"dev\" argument is required.", 255);
    const auto port = m_config.interfaceNamed(m_call.words[i]);
    if (!port) return noDevice(m_call.words[i]);
    m_port = *port;
    for (++i; i < m_call.words.size() && !m_failure; ++i) set(i);
    if (m_destination) m_destination->up = m_goesUp;
    if (m_failure) return *m_failure;
    if (m_destination) return moveLink(m_call.call, m_config, m_port, *m_destination);
    return configure(std::move(m_config));
  }

 private:
  InterfaceConfig& interface() { return m_config.interfaces[m_port.value]; }
  void fail(CommandResult result) { m_failure = std::move(result); }

  void set(std::size_t& i) {
    const std::string& word = m_call.words[i];
    if (word == "up") return setUp(true);
    if (word == "down") return setUp(false);
    if (word == "nomaster") return leaveBridge(m_config, m_port);
    if (word == "type") return setBridge(i);
    if (word != "mtu" && word != "address" && word != "master" && word != "netns" && word != "name") return fail(garbage("dev", word));
    if (i + 1 == m_call.words.size()) return fail(incomplete());
    const std::string& value = m_call.words[++i];
    if (word == "mtu") setMtu(value);
    else if (word == "address") setAddress(value);
    else if (word == "netns") m_destination = Destination{value, false};
    else if (word == "name") setName(value);
    else setMaster(value);
  }

  bool hasNoOtherWay(const route::Route& route) const {
    if (route.nextHops.empty()) return route.port == m_port;
    return std::none_of(route.nextHops.begin(), route.nextHops.end(), [&](const route::NextHop& hop) {
      return hop.port != m_port && m_config.at(hop.port).up;
    });
  }
  /// The kernel forgets the routes of an interface that goes down; they do not come back.
  void setUp(bool up) {
    interface().up = m_goesUp = up;
    // lo of a fresh namespace gets its address when it goes up (inetdev_event).
    if (up && interface().kind == InterfaceKind::Loopback && interface().addresses.empty())
      interface().addresses = makeDeviceConfig({}).interfaces[0].addresses;
    if (!up) std::erase_if(m_config.routes, [&](const route::Route& r) { return hasNoOtherWay(r); });
  }
  void setMtu(const std::string& value) {
    const auto mtu = parseNumber(value);
    if (!mtu) return fail(badArgument(value, "Invalid \"mtu\" value"));
    if (*mtu < kLeastMtu) return fail(kernelError("mtu less than device minimum."));
    if (*mtu > kMostMtu) return fail(kernelError("mtu greater than device maximum."));
    interface().mtu = static_cast<std::uint32_t>(*mtu);
  }
  void setName(const std::string& value) {
    if (!isInterfaceName(value)) return fail(badArgument(value, "\"name\" not a valid ifname"));
    if (const auto other = m_config.interfaceNamed(value); other && *other != m_port) return fail(kernelSays("File exists"));
    interface().name = value;
  }
  void setAddress(const std::string& value) {
    const auto mac = MacAddress::parse(value);
    if (!mac) return fail(ipError(fmt::format("\"{}\" is invalid lladdr.", value)));
    if (mac->isGroup() || mac->isZero()) return fail(kernelSays("Cannot assign requested address"));
    interface().mac = *mac;
  }
  void setMaster(const std::string& value) {
    const auto bridge = m_config.interfaceNamed(value);
    if (!bridge)
      return fail(badArgument(value, "Device does not exist"));
    if (!m_config.at(*bridge).bridge || *bridge == m_port || interface().kind == InterfaceKind::Loopback ||
        !hasLinkHeader(interface()) || interface().kind == InterfaceKind::Bridge)
      return fail(kernelSays("Operation not supported"));
    leaveBridge(m_config, m_port);
    interface().master = *bridge;
    m_config.interfaces[bridge->value].bridge->ports.push_back(m_port);
  }

  /// `type bridge stp_state 1 priority 4096 ...`: times in hundredths of a second, as the kernel has them.
  void setBridge(std::size_t& i) {
    if (i + 1 >= m_call.words.size() || m_call.words[++i] != "bridge" || !interface().bridge)
      return fail(kernelSays("Operation not supported"));
    while (++i < m_call.words.size() && !m_failure) {
      const std::string& name = m_call.words[i];
      if (i + 1 == m_call.words.size()) return fail(incomplete());
      m_failure = setBridgeOption(interface(), name, m_call.words[++i]);
    }
  }

  const IpCall& m_call;
  DeviceConfig m_config;
  InterfaceId m_port;
  std::optional<Destination> m_destination;
  bool m_goesUp = false;
  std::optional<CommandResult> m_failure;
};

}  // namespace

CommandResult ipLink(const IpCall& call) {
  if (meansShow(call.words) || call.call.config().interfaceNamed(call.words[0])) return showLinks(call);
  const std::string& verb = call.words[0];
  if (verb == "set") return LinkSetter(call).run();
  if (startsAs(verb, "add")) return addLink(call);
  if (startsAs(verb, "delete")) return removeLink(call);
  if (verb == "help")
    return CommandResult::failure(255,
                                  "Usage: ip link set [ dev ] DEVICE [ { up | down } ] [ address LLADDR ] [ mtu MTU ]\n"
                                  "                [ master DEVICE ] [ nomaster ] [ name NAME ] [ netns NAMESPACE ]\n"
                                  "       ip link show [ DEVICE ] [ up ] [ master DEVICE ]\n"
                                  "       ip link add [ link DEVICE ] [ name ] NAME [ address LLADDR ] [ mtu MTU ] type TYPE [ ARGS ]\n"
                                  "       ip link delete DEVICE\n"
                                  "TYPE := { bridge | veth [ peer [ name ] NAME [ netns NAMESPACE ] ] | vlan id VLANID [ protocol { 802.1Q | 802.1ad } ] |\n"
                                  "          { gre | gretap | ipip } remote ADDR local ADDR [ ttl TTL ] [ key KEY ] [ csum ] [ seq ] |\n"
                                  "          vxlan id VNI [ local ADDR ] [ remote ADDR | group ADDR ] [ dev DEVICE ] [ ttl TTL ] [ dstport PORT ] }\n");
  return ipError(fmt::format("Command \"{}\" is unknown, try \"ip link help\".", verb), 255);
}

}  // namespace hw::shell
