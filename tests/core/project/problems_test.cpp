// Golden messages: a file, and exactly what is said of it.
#include <gtest/gtest.h>

#include <set>

#include "core/project/load.h"

namespace hw::project {
namespace {

struct Golden {
  const char* name;
  std::string file;
  std::string said;  ///< every line, errors and warnings
};

/// A file with the given lines below two hosts and a switch between them; they start at line 8.
std::string small(const std::string& more) {
  return "version: 1\n"
         "nodes:\n"
         "  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}\n"
         "  h2: {kind: host, interfaces: {eth0: {addresses: [192.0.2.2/24]}}}\n"
         "  sw1: {kind: switch}\n"
         "links:\n"
         "  - ends: [h1:eth0, sw1:p1]\n" +
         more;
}

/// A file with one host, the given lines of which start at line 5.
std::string host(const std::string& more) {
  return "version: 1\n"
         "nodes:\n"
         "  h1:\n"
         "    kind: host\n" +
         more;
}

/// The same, with the address 192.0.2.1/24 at its eth0; the given lines start at line 6.
std::string hostWithAddress(const std::string& more) {
  return host("    interfaces: {eth0: {addresses: [192.0.2.1/24]}}\n" + more);
}

std::string said(const std::string& file, Language language = Language::English) {
  const auto loaded = loadText(file, "net.yaml");
  if (!loaded) return loaded.error().text(language);
  return ProjectError{loaded->file, loaded->problems}.text(language);
}

const std::vector<Golden> kBrokenFiles = {
      {"nothing", "", "net.yaml: error: the file holds no project; it starts with “version: 1”\n"},
      {"only a comment", "# later\n",
       "net.yaml: error: the file holds no project; it starts with “version: 1”\n"},
      {"a byte 0", std::string("version: 1\nseed: \0", 18),
       "net.yaml:2:7: error: this is no text: byte 0x00; a project is a YAML file in UTF-8\n"},
      {"Latin-1", "version: 1\ntitle: caf\xE9\n",
       "net.yaml:2:11: error: this is no text: byte 0xe9; a project is a YAML file in UTF-8\n"},
      {"an overlong slash", "title: \xC0\xAF\n",
       "net.yaml:1:8: error: this is no text: byte 0xc0; a project is a YAML file in UTF-8\n"},
      {"a byte 0 in disguise", "version: 1\ntitle: \"a\\0\"\n",
       "net.yaml:2:8: error: this is no text: byte 0x00; a project is a YAML file in UTF-8\n"},
      {"a list without end", "version: 1\nnodes:\n  h1: {kind: host}\nlinks:\n  - {ends: [h1:eth0, h2",
       "net.yaml:5:12: error: this is no valid YAML: a list that starts with [ has no ]\n"},
      {"a text without end", "version: 1\ntitle: \"Two networks\n",
       "net.yaml:2:1: error: this is no valid YAML: behind this a quoted text has no end\n"},
      {"a tab", "version: 1\nnodes:\n\th1: {kind: host}\n",
       "net.yaml:3:4: error: this is no valid YAML: “:” cannot stand here; check the indentation (blanks, no tabs)\n"},
      {"a bracket too many", "version: 1\nnodes: ]\n",
       "net.yaml:2:8: error: this is no valid YAML: a ] or } without its beginning\n"},
      {"an unknown escape", "version: 1\ntitle: \"\\q\"\n",
       "net.yaml:2:11: error: this is no valid YAML: an unknown escape behind \\\n"},
      {"an alias", "version: 1\nnodes: &all {}\nlinks: *all\n",
       "net.yaml:2:8: error: anchors (&a) and aliases (*a) are not read; write the value out; a text that starts "
       "with & or * stands in quotes\n"},
      {"a tag", "version: !number 1\n",
       "net.yaml:1:10: error: tags such as !number are not read; leave it out; a text that starts with ! stands in "
       "quotes\n"},
      {"two documents", "version: 1\nnodes: {}\n---\nversion: 1\n",
       "net.yaml:3:1: error: a second document starts here; a project file holds one\n"},
      {"a list instead of a project", "- version: 1\n",
       "net.yaml:1:1: error: a list stands where a project belongs\n"},
      {"an empty map", "{}",
       "net.yaml:1:1: error: a project needs the key “version”; write it like version: 1\n"
       "net.yaml:1:1: error: a project needs the key “nodes”; write it like nodes: {h1: {kind: host}}\n"},
      {"a newer version", "version: 2\nnodes: {}\n",
       "net.yaml:1:10: error: version 2 was written by a newer Hopwise; this one reads up to version 1\n"},
      {"wrong types everywhere", "version: []\nseed: {}\ntitle: [a]\nnodes: 3\nlinks: {}\nnotes: x\n",
       "net.yaml:1:10: error: a list stands where a version of the format belongs; write it like 1\n"
       "net.yaml:2:7: error: a map stands where a whole number, 0 or more belongs; write it like 1\n"
       "net.yaml:3:8: error: a list stands where a text belongs; write it like Two networks\n"
       "net.yaml:4:8: error: a single value stands where a map of nodes belongs; write it like {h1: {kind: host}}\n"
       "net.yaml:5:8: error: a map stands where a list of links belongs; write it like - ends: [h1:eth0, h2:eth0]\n"
       "net.yaml:6:8: error: a single value stands where a list of notes belongs; write it like - text: Two "
       "networks\n"},
      {"a negative seed", "version: 1\nseed: -1\nnodes: {}\n",
       "net.yaml:2:7: error: “-1” is not a whole number, 0 or more; write it like 1\n"},
      {"a misspelt key", host("    intefaces: {}\n"),
       "net.yaml:5:5: error: “intefaces” is no key of a node; did you mean interfaces?\n"},
      {"a misspelt key that is needed", "version: 1\nnodes: {h1: {knid: host}}\n",
       "net.yaml:2:14: error: “knid” is no key of a node; did you mean kind?\n"},
      {"a key from elsewhere", small("    colour: red\n"),
       "net.yaml:8:5: error: “colour” is no key of a link; its keys: ends, medium, duplex, length, latency, rate, loss, queue, down\n"},
      {"a key after Chinese", "version: 1\nnodes: {}\ntitle: {en: a, zh_CN: 网络, fr: b}\n",
       "net.yaml:3:27: error: “fr” is no key of a text; its keys: en, zh_CN\n"},
      {"a node twice", host("  h1: {kind: host}\n"),
       "net.yaml:5:3: error: “h1” stands here a second time; keep one\n"},
      {"a node without kind", "version: 1\nnodes:\n  h1: {position: [1, 2]}\n",
       "net.yaml:3:7: error: a node needs the key “kind”; write it like kind: host\n"},
      {"a misspelt kind", "version: 1\nnodes: {sw1: {kind: swich}}\n",
       "net.yaml:2:21: error: “swich” is not a kind of node; did you mean switch?\n"},
      {"an unknown kind", "version: 1\nnodes: {f: {kind: firewall}}\n",
       "net.yaml:2:19: error: “firewall” is not a kind of node; known: host, router, switch, hub, repeater, bus\n"},
      {"a position of one number", host("    position: [10]\n"),
       "net.yaml:5:15: error: a list stands where a position [x, y] in whole pixels belongs; write it like [160, "
       "240]\n"},
      {"a broken position", host("    position: [10, 2.5]\n"),
       "net.yaml:5:20: error: “2.5” is not a position [x, y] in whole pixels; write it like [160, 240]\n"},
      {"an address without length", host("    interfaces: {eth0: {addresses: [192.0.2.1]}}\n"),
       "net.yaml:5:37: error: “192.0.2.1” is not an IPv4 address with its prefix length; write it like "
       "192.0.2.10/24\n"},
      {"an address that is none", host("    interfaces: {eth0: {addresses: [192.0.2.300/24]}}\n"),
       "net.yaml:5:37: error: “192.0.2.300/24” is not an IPv4 address with its prefix length; write it like "
       "192.0.2.10/24\n"},
      {"one address without a list", host("    interfaces: {eth0: {addresses: 192.0.2.1/24}}\n"),
       "net.yaml:5:36: error: a single value stands where a list of addresses belongs; write it like "
       "[192.0.2.10/24]\n"},
      {"a broken MAC", host("    interfaces: {eth0: {mac: 02:00:00:00:00}}\n"),
       "net.yaml:5:30: error: “02:00:00:00:00” is not a MAC address; write it like 02:00:00:00:00:aa\n"},
      {"an MTU out of range", host("    interfaces: {eth0: {mtu: 67}}\n"),
       "net.yaml:5:30: error: “67” is not an MTU from 68 to 65535; write it like 1500\n"},
      {"yes is not true", host("    interfaces: {eth0: {down: yes}}\n"),
       "net.yaml:5:31: error: “yes” is not true or false; write it like true\n"},
      {"a latency without unit", small("    latency: 10\n"),
       "net.yaml:8:14: error: “10” is not a time above 0 in ns, us, ms or s; write it like 10us\n"},
      {"a latency of nothing", small("    latency: 0\n"),
       "net.yaml:8:14: error: “0” is not a time above 0 in ns, us, ms or s; write it like 10us\n"},
      {"a rate in bytes", small("    rate: 100MB\n"),
       "net.yaml:8:11: error: “100MB” is not a rate in bit, kbit, Mbit, Gbit or Tbit; write it like 100Mbit\n"},
      {"a loss beyond all", small("    loss: 101%\n"),
       "net.yaml:8:11: error: “101%” is not a loss from 0% to 100%; write it like 1%\n"},
      {"a queue of nothing", small("    queue: 0packets\n"),
       "net.yaml:8:12: error: “0packets” is not a queue limit in packets, bytes or kB; write it like 100packets\n"},
      {"a duplex that is none", small("    duplex: both\n"),
       "net.yaml:8:13: error: “both” is not half or full; known: half, full\n"},
      {"a length without a unit", small("    length: 185\n"),
       "net.yaml:8:13: error: “185” is not a length in metres from 1m to 100000m; write it like 185m\n"},
      {"a misspelt medium", small("    medium: ethernt\n"),
       "net.yaml:8:13: error: “ethernt” is not a medium of a link; did you mean ethernet?\n"},
      {"three ends", "version: 1\nnodes: {h1: {kind: host}}\nlinks: [{ends: [h1:a, h1:b, h1:c]}]\n",
       "net.yaml:3:16: error: a list stands where a list of two ends belongs; write it like [h1:eth0, h2:eth0]\n"},
      {"an end without interface", "version: 1\nnodes: {h1: {kind: host}}\nlinks: [{ends: [h1, h1:eth0]}]\n",
       "net.yaml:3:17: error: “h1” is not an end of a link, node:interface; write it like h1:eth0\n"},
      {"a route to a host's address", hostWithAddress("    routes: [198.51.100.7/24 via 192.0.2.9]\n"),
       "net.yaml:6:14: error: in this route “198.51.100.7/24” stands where a prefix without host bits belongs; "
       "write 198.51.100.0/24\n"},
      {"a misspelt word in a route", hostWithAddress("    routes:\n      - default va 192.0.2.9\n"),
       "net.yaml:7:17: error: in this route “va” stands where an option of a route belongs; write via\n"},
      {"a route in quotes", hostWithAddress("    routes:\n      - \"default via 192.0.2\"\n"),
       "net.yaml:7:22: error: in this route “192.0.2” stands where an IPv4 address belongs; write 192.0.2.1\n"},
      {"a route without a way", hostWithAddress("    routes:\n      - default\n"),
       "net.yaml:7:16: error: this route ends too early: a way (via or dev) is missing; for example via "
       "192.0.2.1\n"},
      {"a neighbour without MAC", hostWithAddress("    neighbours: [{address: 192.0.2.9, device: eth0}]\n"),
       "net.yaml:6:18: error: a neighbour needs the key “mac”; write it like mac: 02:00:00:00:00:aa\n"},
      {"all at once, in the order of the file", host("    knd: host\n    position: left\n") + "link: []\n",
       "net.yaml:5:5: error: “knd” is no key of a node; did you mean kind?\n"
       "net.yaml:6:15: error: a single value stands where a position [x, y] in whole pixels belongs; write it like "
       "[160, 240]\n"
       "net.yaml:7:1: error: “link” is no key of a project; did you mean links?\n"},
};

const std::vector<Golden> kBrokenNetworks = {
      {"a name with a blank", "version: 1\nnodes: {my host: {kind: host}}\n",
       "net.yaml:2:9: error: “my host” cannot be the name of a node; take up to 63 bytes without blanks, “:” and "
       "“/”\n"},
      {"an interface with a long name", host("    interfaces: {ethernet-of-host-1: {}}\n"),
       "net.yaml:5:18: error: “ethernet-of-host-1” cannot be the name of an interface; take up to 15 bytes without "
       "blanks, “:” and “/”\n"},
      {"a title that is a book", "version: 1\nnodes: {}\ntitle: " + std::string(5000, 'x') + "\n",
       "net.yaml:3:8: error: one text or comment is too long; at most 4096 bytes are read\n"},
      {"a link to nowhere", small("  - {ends: [h3:eth0, sw1:p2]}\n"),
       "net.yaml:8:13: error: there is no node “h3”; did you mean h1?\n"},
      {"a link to something quite different", small("  - {ends: [h2:eth0, internet:p2]}\n"),
       "net.yaml:8:22: error: there is no node “internet”\n"},
      {"an interface with two links", small("  - {ends: [h2:eth0, sw1:p1]}\n"),
       "net.yaml:8:22: error: sw1:p1 already belongs to another link; each interface has one link: take sw1:p2\n"},
      {"a link to itself", small("  - {ends: [h2:eth0, h2:eth0]}\n"),
       "net.yaml:8:12: error: both ends are h2:eth0; a link joins two interfaces\n"},
      {"the loopback as a port", small("  - {ends: [h2:lo, sw1:p2]}\n"),
       "net.yaml:8:13: error: lo is no interface for a link; take another name\n"},
      {"the bridge as its own port", small("  - {ends: [h2:eth0, sw1:br0]}\n"),
       "net.yaml:8:22: error: br0 is no interface for a link; take another name\n"},
      {"a multicast MAC", host("    interfaces: {eth0: {mac: 01:00:5e:00:00:01}}\n"),
       "net.yaml:5:30: error: 01:00:5e:00:00:01 is no MAC address of one interface; write it like 02:00:00:00:00:aa: "
       "the first byte is even, not all are 0\n"},
      {"a multicast address", host("    interfaces: {eth0: {addresses: [224.0.0.5/24]}}\n"),
       "net.yaml:5:37: error: 224.0.0.5/24 cannot belong to an interface; write it like 192.0.2.10/24\n"},
      {"an address twice at one interface", host("    interfaces: {eth0: {addresses: [192.0.2.1/24, 192.0.2.1/24]}}\n"),
       "net.yaml:5:51: error: 192.0.2.1/24 stands twice at this interface; keep one\n"},
      {"a route through an interface that is not there", hostWithAddress("    routes: [default dev eth1]\n"),
       "net.yaml:6:14: error: this node has no interface “eth1”; it has: eth0\n"},
      {"a gateway elsewhere", hostWithAddress("    routes: [default via 198.51.100.1]\n"),
       "net.yaml:6:14: error: the gateway 198.51.100.1 is in no subnet of this node; its subnets: 192.0.2.0/24\n"},
      {"a gateway of nobody's subnet", host("    routes: [default via 198.51.100.1]\n"),
       "net.yaml:5:14: error: the gateway 198.51.100.1 is in no subnet of this node\n"},
      {"oneself as gateway", hostWithAddress("    routes: [default via 192.0.2.1]\n"),
       "net.yaml:6:14: error: the gateway 192.0.2.1 is an address of this node itself; a gateway is another device of "
       "a subnet of this node\n"},
      {"two default routes", hostWithAddress("    routes: [default via 192.0.2.8, default via 192.0.2.9]\n"),
       "net.yaml:6:37: error: a route to default with this metric stands already in this table; give it another "
       "metric\n"},
      {"a foreign source", hostWithAddress("    routes: [default via 192.0.2.9 src 192.0.2.3]\n"),
       "net.yaml:6:14: error: the source 192.0.2.3 is no address of this node; its addresses: 192.0.2.1\n"},
      {"a neighbour twice",
       hostWithAddress("    neighbours:\n"
                       "      - {address: 192.0.2.9, mac: 02:00:00:00:00:aa, device: eth0}\n"
                       "      - {address: 192.0.2.9, mac: 02:00:00:00:00:ab, device: eth0}\n"),
       "net.yaml:8:19: error: the neighbour 192.0.2.9 stands twice at this interface; keep one\n"},
      {"a misspelt sysctl", host("    sysctl:\n      net.ipv4.ip_foward: 1\n"),
       "net.yaml:6:7: error: there is no sysctl “net.ipv4.ip_foward”; did you mean net.ipv4.ip_forward?\n"},
      {"a sysctl of an interface that is not there", host("    sysctl: {net.ipv4.neigh.eth7.retrans_time_ms: 500}\n"),
       "net.yaml:5:14: error: there is no sysctl “net.ipv4.neigh.eth7.retrans_time_ms”; did you mean "
       "net.ipv4.neigh.lo.retrans_time_ms?\n"},
      {"a sysctl out of range", host("    sysctl: {net.ipv4.ip_default_ttl: 256}\n"),
       "net.yaml:5:39: error: “256” is not a value of this sysctl; write it like 64\n"},
      {"a sysctl of later", host("    sysctl: {net.ipv4.conf.all.arp_notify: 1}\n"),
       "net.yaml:5:44: warning: this sysctl with this value is not simulated yet\n"},
      {"a bridge in a host", host("    bridge: {ageing_time: 20s}\n"),
       "net.yaml:5:5: error: a host has no “bridge”; leave it out\n"},
      {"a hub with addresses", "version: 1\nnodes:\n  hub1:\n    kind: hub\n    interfaces:\n"
                               "      p1: {addresses: [192.0.2.1/24]}\n",
       "net.yaml:6:12: error: a hub has no “addresses”; leave it out\n"},
      // What follows runs.
      {"the address of the subnet", host("    interfaces: {eth0: {addresses: [192.0.2.0/24]}}\n"),
       "net.yaml:5:37: warning: 192.0.2.0/24 is the network address of its subnet: no one can talk to it; a host has "
       "for example 192.0.2.1/24\n"},
      {"the broadcast address", host("    interfaces: {eth0: {addresses: [192.0.2.255/24]}}\n"),
       "net.yaml:5:37: warning: 192.0.2.255/24 is the broadcast address of its subnet: no one can talk to it; a host "
       "has for example 192.0.2.1/24\n"},
      {"both addresses of a pair", host("    interfaces: {eth0: {addresses: [192.0.2.0/31, 192.0.2.3/31]}}\n"), ""},
      {"nothing wrong", small("notes: []\n"), ""},
      {"an address of two nodes",
       "version: 1\nnodes:\n  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}\n"
       "  h2: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}\n",
       "net.yaml:4:52: warning: the address 192.0.2.1 also belongs to h1:eth0\n"},
      {"a MAC of two nodes",
       "version: 1\nnodes:\n  h1: {kind: host, interfaces: {eth0: {mac: 02:00:00:00:00:aa}}}\n"
       "  h2: {kind: host, interfaces: {eth0: {mac: 02:00:00:00:00:aa}}}\n",
       "net.yaml:4:45: warning: the MAC address 02:00:00:00:00:aa already belongs to h1:eth0; each interface has its "
       "own\n"},
      {"the MAC that another would get", small("").replace(small("").find("eth0: {"), 7, "eth0: {mac: 02:00:00:03:00:01, "),
       "net.yaml:3:45: warning: the MAC address 02:00:00:03:00:01 already belongs to sw1:p1; each interface has its "
       "own\n"},
      {"an address at a port",
       "version: 1\nnodes:\n  sw1:\n    kind: switch\n    interfaces: {p1: {addresses: [192.0.2.1/24]}}\n",
       "net.yaml:5:34: warning: p1 is a port of the bridge: its addresses hear nothing; the switch itself is the "
       "interface br0\n"},
      {"an address of the switch itself",
       "version: 1\nnodes:\n  sw1:\n    kind: switch\n    interfaces: {br0: {addresses: [192.0.2.1/24]}}\n", ""},
      {"a neighbour elsewhere",
       hostWithAddress("    neighbours: [{address: 198.51.100.9, mac: 02:00:00:00:00:aa, device: eth0}]\n"),
       "net.yaml:6:28: warning: the neighbour 198.51.100.9 is in no subnet of its interface: it is never asked; the "
       "subnets there: 192.0.2.0/24\n"},
      {"different MTUs",
       "version: 1\nnodes:\n  h1: {kind: host, interfaces: {eth0: {mtu: 1400}}}\n  h2: {kind: host}\n"
       "links:\n  - {ends: [h1:eth0, h2:eth0]}\n",
       "net.yaml:6:12: warning: the ends of this link have different MTUs: h1:eth0 1400, h2:eth0 1500\n"},
      {"a cable from a switch to itself", small("  - {ends: [sw1:p2, sw1:p3]}\n"),
       "net.yaml:8:12: warning: both ends are at sw1\n"},
      {"a priority out of range", "version: 1\nnodes:\n  sw1: {kind: switch, bridge: {stp: true, priority: 70000}}\n",
       "net.yaml:3:53: error: “70000” is not a priority from 0 to 65535; write it like 4096\n"},
      {"a queue that counts packets", small("    queue: 10packets\n"),
       "net.yaml:8:12: warning: a queue limit in packets (each counts 1514 bytes) is not simulated yet\n"},
      {"a repeater with three cables",
       "version: 1\nnodes: {h1: {kind: host}, h2: {kind: host}, h3: {kind: host}, rep: {kind: repeater}}\nlinks:\n"
       "  - {ends: [h1:eth0, rep:p1]}\n  - {ends: [h2:eth0, rep:p2]}\n  - {ends: [h3:eth0, rep:p3]}\n",
       "net.yaml:2:68: error: the repeater rep joins more than two cables; a hub has more ports\n"},
      {"a hub with two rates",
       "version: 1\nnodes: {h1: {kind: host}, h2: {kind: host}, x: {kind: hub}}\nlinks:\n"
       "  - {ends: [h1:eth0, x:p1], rate: 10Mbit}\n  - {ends: [h2:eth0, x:p2]}\n",
       "net.yaml:2:48: warning: the cables at x have different rates, but a hub repeats bits and has one rate; give them all the same\n"},
      {"half duplex without a rate", small("    duplex: half\n"),
       "net.yaml:8:13: warning: without a rate sending takes no time, so that duplex: half changes nothing; add rate: 10Mbit\n"},
      {"a route to be thrown", hostWithAddress("    routes: [throw default]\n"), ""},
      {"a route with an MTU", hostWithAddress("    routes: [default via 192.0.2.9 mtu 1400]\n"),
       "net.yaml:6:14: error: the option of a route “mtu” is not simulated yet\n"},
      {"a gateway behind a route of link scope",
       hostWithAddress("    routes: [198.51.100.0/24 dev eth0, default via 198.51.100.1]\n"), ""},
      {"a gateway that is said to be on the link",
       hostWithAddress("    routes: [default via 198.51.100.1 dev eth0 onlink]\n"), ""},
};

TEST(Problems, ofTheFileAreSaidWithPlaceFindingAndRemedy) {
  for (const Golden& golden : kBrokenFiles) EXPECT_EQ(said(golden.file), golden.said) << golden.name;
}

TEST(Problems, ofTheNetworkAreSaidWithPlaceFindingAndRemedy) {
  for (const Golden& golden : kBrokenNetworks) EXPECT_EQ(said(golden.file), golden.said) << golden.name;
}

TEST(Problems, areAllShownByATest) {
  std::set<ProblemId> seen{ProblemId::CannotRead, ProblemId::CannotWrite, ProblemId::NoNetwork,    // file_test
                           ProblemId::FileTooLarge, ProblemId::TooDeep, ProblemId::TooManyValues};  // hostile_test
  auto all = kBrokenFiles;
  all.insert(all.end(), kBrokenNetworks.begin(), kBrokenNetworks.end());
  for (const Golden& golden : all) {
    const auto loaded = loadText(golden.file, "net.yaml");
    for (const Problem& problem : loaded ? loaded->problems : loaded.error().problems) seen.insert(problem.id);
  }
  for (int i = 0; i < static_cast<int>(ProblemId::Count); ++i) {
    EXPECT_TRUE(seen.contains(static_cast<ProblemId>(i))) << textsOf(static_cast<ProblemId>(i)).key;
  }
}

TEST(Problems, areSaidInChineseToo) {
  EXPECT_EQ(said(small("  - {ends: [h3:eth0, sw1:p2]}\n"), Language::Chinese),
            "net.yaml:8:13: 错误: 没有节点“h3”；是否指 h1？\n");
  EXPECT_EQ(said(host("    intefaces: {}\n"), Language::Chinese),
            "net.yaml:5:5: 错误: “intefaces”不是节点的键；是否指 interfaces？\n");
}

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> found;
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at + 1)) {
    found.insert(std::string(text.substr(at, text.find('}', at) + 1 - at)));
  }
  return found;
}

TEST(Problems, tellTheSameFactsInBothLanguages) {
  const std::set<std::string> known{"{found}", "{right}", "{of}", "{kind}"};
  for (int i = 0; i < static_cast<int>(ProblemId::Count); ++i) {
    const ProblemTexts& texts = textsOf(static_cast<ProblemId>(i));
    for (const Text& text : {texts.what, texts.hint}) {
      EXPECT_EQ(text.en.empty(), text.zh.empty()) << texts.key;
      EXPECT_EQ(placeholders(text.en), placeholders(text.zh)) << texts.key;
      for (const std::string& one : placeholders(text.en)) EXPECT_TRUE(known.contains(one)) << texts.key;
    }
  }
}

TEST(Problems, ofAFileEndAtTwentyErrors) {
  std::string file = "version: 1\nnodes:\n";
  for (int i = 0; i < 100; ++i) file += "  h" + std::to_string(i) + ": {kind: hots}\n";
  const auto loaded = loadText(file, "net.yaml");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().problems.size(), 20u);
  EXPECT_EQ(loaded.error().problems.back().place.line, 22u);
}

TEST(Problems, ofMeaningLeaveTheDocumentToBeEdited) {
  const auto loaded = loadText(hostWithAddress("    routes: [default via 198.51.100.1]\n"), "net.yaml");
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded->runs());
  EXPECT_EQ(loaded->document.nodes[0].routes.size(), 1u);
  const auto document = runnable(*loaded);
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().problems.size(), 1u);
}

TEST(Problems, thatOnlyWarnLetTheNetworkRun) {
  const auto loaded = loadText(host("    interfaces: {eth0: {addresses: [192.0.2.0/24]}}\n"), "net.yaml");
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->problems.size(), 1u);
  EXPECT_TRUE(loaded->runs());
  EXPECT_TRUE(runnable(*loaded));
}

TEST(Problems, ofAPartThatCouldNotBeReadAreNotGuessedAt) {
  // The address is unreadable: that the gateway is in no subnet would be no news.
  EXPECT_EQ(said(host("    interfaces: {eth0: {addresses: [192.0.2.1]}}\n    routes: [default via 192.0.2.9]\n")),
            "net.yaml:5:37: error: “192.0.2.1” is not an IPv4 address with its prefix length; write it like "
            "192.0.2.10/24\n");
}

}  // namespace
}  // namespace hw::project
