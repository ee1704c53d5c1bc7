#include "core/shell/link_wanted.h"

#include <fmt/format.h>

#include "core/shell/ip_tunnel.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::size_t kMaxName = 15;

class AddReader : WordReader {
 public:
  AddReader(const IpCall& call, WantedLink& wanted) : WordReader(call.words), m_wanted(wanted), m_now(&wanted) {}

  Failure read() {
    while (const std::string* word = next()) {
      const bool behindType = !m_wanted.type.empty() && m_now == &m_wanted;
      if (behindType) readOption(*word);
      else readWord(*word);
    }
    if (!failed() && m_wanted.type.empty()) fail(ipError("Not enough information: \"type\" argument is required", 255));
    return failure();
  }

 private:
  void readOption(const std::string& word) {
    if (m_wanted.type != "veth") m_wanted.options[word] = isFlag(word) ? std::string() : value();
    else if (word == "peer") m_now = &m_wanted.peer.emplace();
    else fail(ipError("Usage: ip link <options> type veth [peer <options>]\nTo get <options> type 'ip link add help'"));
  }
  void readWord(const std::string& word) {
    if (word == "link") m_now->parent = value();
    else if (word == "name" || word == "dev") m_now->name = value();
    else if (word == "type" && m_now == &m_wanted) m_wanted.type = value();
    else if (word == "netns") m_now->space = value();
    else if (word == "up" || word == "down") m_now->up = word == "up";
    else if (word == "address") readMac(value());
    else if (word == "mtu") readMtu(value());
    else if (m_now->name.empty()) m_now->name = word;
    else fail(garbage("name", word));
  }
  static bool isFlag(std::string_view word) { return word == "nolearning" || word == "learning" || word == "external" || isTunnelFlag(word); }
  void readMac(const std::string& word) {
    m_now->mac = MacAddress::parse(word);
    if (!m_now->mac) fail(ipError(fmt::format("\"{}\" is invalid lladdr.", word)));
  }
  void readMtu(const std::string& word) {
    const auto mtu = parseNumber(word);
    if (!mtu || *mtu < 68 || *mtu > 65535)
      return fail(badArgument(word, "Invalid \"mtu\" value"));
    m_now->mtu = static_cast<std::uint32_t>(*mtu);
  }

  WantedLink& m_wanted;
  WantedLink* m_now;  ///< the interface or its peer
};

}  // namespace

Failure readWanted(const IpCall& call, WantedLink& wanted) { return AddReader(call, wanted).read(); }

bool isInterfaceName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxName && name.find('/') == name.npos && name != "." && name != "..";
}

Failure nameProblem(const DeviceConfig& config, const std::string& name) {
  if (name.empty()) return ipError("Not enough information: \"dev\" argument is required.", 255);
  if (!isInterfaceName(name)) return badArgument(name, "\"name\" not a valid ifname");
  if (config.interfaceNamed(name)) return kernelSays("File exists");
  if (config.interfaces.size() >= kMaxInterfaces) return kernelSays("No space left on device");
  return std::nullopt;
}

MacAddress madeUpMac(const DeviceConfig& config, std::string_view name) {
  std::uint64_t hash = 0xCBF29CE484222325u;
  for (const std::string_view text : {std::string_view(config.name), std::string_view("/"), name})
    for (const char c : text) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001B3u;
  return {0x020000000000u | (hash & 0xFFFFFFFFFFu)};
}

}  // namespace hw::shell
