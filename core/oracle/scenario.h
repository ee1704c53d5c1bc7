// A recorded Linux scenario: what scenario.json says, as values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/expected.h"
#include "core/base/time.h"
#include "core/wire/address.h"

namespace hw::oracle {

struct NodeInterface {
  std::optional<MacAddress> mac;
  std::vector<Ipv4Prefix> addresses;
  std::vector<Ipv6Prefix> addressesSix;
  std::optional<std::uint32_t> mtu;
  bool down = false;
};

struct VirtualDevice {
  enum class Kind { Bridge, Vlan, Tun, Tap, Vxlan } kind = Kind::Bridge;
  std::string name;
  std::string parent;              ///< of Vlan and Vxlan
  std::uint32_t id = 0;            ///< of Vlan and Vxlan
  std::optional<Ipv4Address> local, remote;  ///< of Vxlan; the remote may be a group
  std::uint8_t ttl = 0;
  std::uint16_t destinationPort = 4789;
  bool learning = true;
  bool stp = false;                ///< of Bridge
  bool snooping = false;           ///< of Bridge
  std::optional<Duration> forwardDelay, helloTime, maxAge;
  std::optional<std::uint16_t> priority;
  std::vector<std::string> ports;  ///< of Bridge
  Duration ageing = seconds(300);
  std::optional<MacAddress> mac;
  std::optional<std::uint32_t> mtu;
};

struct Node {
  enum class Type { Host, Router, Bridge };
  std::string name;
  Type type = Type::Host;
  std::map<std::string, NodeInterface> interfaces;
  std::vector<VirtualDevice> devices;                            ///< in order of creation
  std::vector<std::string> tables;                               ///< lines of rt_tables
  std::vector<std::string> routes;                               ///< arguments of `ip route add`
  std::vector<std::string> rules;                                ///< arguments of `ip rule add`
  std::vector<std::pair<std::string, std::string>> sysctls;      ///< before the interfaces are up
  std::vector<std::pair<std::string, std::string>> lateSysctls;  ///< after the routes
  std::vector<std::string> setup;
  std::string filter;                 ///< a line that sets up the packet filter                                ///< shell lines
};

struct StepText {
  std::string kind;  ///< "ping", as in the file
  enum class Do { Line, Link, Sleep, Snap } action = Do::Line;
  std::string on;          ///< the node
  std::string line;        ///< what is typed there; of Snap: what it prints, if anything
  std::string end;         ///< of Link: "r1:eth1"
  Duration span{};         ///< of Sleep
  bool background = false;
  bool told = true;        ///< false: what it prints is out of reach
  Duration settle{};
  Duration timeout = seconds(150);
  std::string snapshot;    ///< taken when the step is done; of Snap: its label
};

struct Scenario {
  std::string name;
  std::string title;
  std::vector<Node> nodes;
  std::vector<std::pair<std::string, std::string>> links;
  std::vector<StepText> steps;
  bool six = false;                            ///< hosts and routers speak IPv6, and its tables are told
  Duration warmup{};
  std::vector<std::string> capturedLoopbacks;  ///< nodes whose lo is told
  std::vector<std::string> notCaptured;        ///< interfaces
  std::vector<std::uint32_t> keptPorts;        ///< not named
  std::vector<std::pair<std::uint16_t, std::string>> payloads;  ///< UDP port: "ip" or "eth"
};

struct ScenarioError {
  enum class Kind { Unreadable, NotBuilt } kind = Kind::Unreadable;
  std::string place;  ///< "nodes.r1.nft"
  std::string what;
  /// "nodes.r1.nft: needs nft, which is not built yet"
  std::string text() const;
};

/// The scenario in a folder: the text of its scenario.json. `name` is the folder's name.
Expected<Scenario, ScenarioError> parseScenario(const std::string& name, const std::string& json);

}  // namespace hw::oracle
