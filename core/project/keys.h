// Every key that a project file may hold: one table for the loader, the schema of the editors and
// the documentation.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/text.h"

namespace hw::project {

enum class Section : std::uint8_t { Project, Text, Node, Interface, Vlan, Bridge, Neighbour, Link, Note };

struct Key {
  Section section;
  std::string_view name;
  bool required;
};

inline constexpr Key kKeys[] = {
    {Section::Project, "version", true},
    {Section::Project, "seed", false},
    {Section::Project, "title", false},
    {Section::Project, "nodes", true},
    {Section::Project, "links", false},
    {Section::Project, "notes", false},

    {Section::Text, "en", false},
    {Section::Text, "zh_CN", false},

    {Section::Node, "kind", true},
    {Section::Node, "label", false},
    {Section::Node, "position", false},
    {Section::Node, "interfaces", false},
    {Section::Node, "bridge", false},
    {Section::Node, "tap_distance", false},
    {Section::Node, "routes", false},
    {Section::Node, "ipv6_routes", false},
    {Section::Node, "neighbours", false},
    {Section::Node, "sysctl", false},
    {Section::Node, "start", false},

    {Section::Interface, "mac", false},
    {Section::Interface, "addresses", false},
    {Section::Interface, "ipv6", false},
    {Section::Interface, "mtu", false},
    {Section::Interface, "down", false},
    {Section::Interface, "vlan", false},

    {Section::Vlan, "access", false},
    {Section::Vlan, "trunk", false},
    {Section::Vlan, "native", false},
    {Section::Vlan, "by_mac", false},
    {Section::Vlan, "by_subnet", false},

    {Section::Bridge, "ageing_time", false},
    {Section::Bridge, "stp", false},
    {Section::Bridge, "priority", false},

    {Section::Neighbour, "address", true},
    {Section::Neighbour, "mac", true},
    {Section::Neighbour, "device", true},

    {Section::Link, "ends", true},
    {Section::Link, "medium", false},
    {Section::Link, "duplex", false},
    {Section::Link, "length", false},
    {Section::Link, "latency", false},
    {Section::Link, "rate", false},
    {Section::Link, "loss", false},
    {Section::Link, "queue", false},
    {Section::Link, "down", false},

    {Section::Note, "text", true},
    {Section::Note, "position", false},
};

/// The section as a noun with its article: "an interface".
constexpr Text sectionNoun(Section section) {
  constexpr Text kNouns[] = {{"a project", "项目"},     {"a text", "文本"},
                             {"a node", "节点"},        {"an interface", "接口"},
                             {"the VLANs of a port", "端口的 VLAN"},
                             {"a bridge", "网桥"},      {"a neighbour", "邻居"},
                             {"a link", "链路"},        {"a note", "注释"}};
  return kNouns[static_cast<std::size_t>(section)];
}

/// The names of a section's keys in the order of the table, which is the order of writing.
inline std::vector<std::string_view> keysOf(Section section) {
  std::vector<std::string_view> names;
  for (const Key& key : kKeys) {
    if (key.section == section) names.push_back(key.name);
  }
  return names;
}

}  // namespace hw::project
