#include "core/dissect/field_catalog.h"

#include <algorithm>
#include <vector>

#include "core/dissect/arp_fields.h"
#include "core/dissect/cooked_fields.h"
#include "core/dissect/ethernet_fields.h"
#include "core/dissect/icmp6_fields.h"
#include "core/dissect/icmp_fields.h"
#include "core/dissect/igmp_fields.h"
#include "core/dissect/ipv4_fields.h"
#include "core/dissect/ipv6_fields.h"
#include "core/dissect/stp_fields.h"
#include "core/dissect/tcp_fields.h"
#include "core/dissect/tunnel_fields.h"
#include "core/dissect/udp_fields.h"
#include "core/proto/arp/arp_wire.h"
#include "core/proto/ethernet/ethernet_wire.h"
#include "core/proto/icmp/icmp_wire.h"
#include "core/proto/icmp6/icmp6_wire.h"
#include "core/proto/ipv6/ipv6_wire.h"
#include "core/proto/mld/mld_wire.h"
#include "core/proto/nd/nd_wire.h"
#include "core/proto/ipv4/ipv4_wire.h"
#include "core/proto/stp/stp_wire.h"
#include "core/proto/tcp/tcp_wire.h"
#include "core/proto/gre/gre_wire.h"
#include "core/proto/ppp/ppp_wire.h"
#include "core/proto/igmp/igmp_wire.h"
#include "core/proto/udp/udp_wire.h"
#include "core/proto/vxlan/vxlan_wire.h"

namespace hw::dissect {
namespace {

using FieldList = std::vector<const Field*>;

template <class H> void addSchema(FieldList& out) {
  describe<H>([&](const FieldView& view) { out.push_back(view.field); });
}

void addTable(FieldList& out, std::span<const Field> table) {
  for (const Field& field : table)
    if (!field.key.empty()) out.push_back(&field);
}

bool lessKey(const Field* a, const Field* b) {
  return a->key < b->key;
}

FieldList collect() {
  FieldList out;
  addSchema<ethernet::Header>(out);
  addSchema<ethernet::VlanTag>(out);
  addSchema<arp::Header>(out);
  addSchema<ipv4::Header>(out);
  addSchema<icmp::Header>(out);
  addSchema<ipv6::Header>(out);
  addSchema<ipv6::FragmentHeader>(out);
  addSchema<icmp6::Header>(out);
  addTable(out, kIcmp6Fields);
  addSchema<nd::Message>(out);
  addSchema<mld::Report>(out);
  addSchema<mld::Record>(out);
  addTable(out, kIpv6Fields);
  addTable(out, kIpv6ExtensionFields);
  addTable(out, kNdOptionFields);
  addSchema<udp::Header>(out);
  addSchema<gre::Header>(out);
  addSchema<ppp::Header>(out);
  addSchema<stp::Header>(out);
  addTable(out, kStpFields);
  addSchema<igmp::Report>(out);
  addSchema<igmp::Record>(out);
  addTable(out, kIgmpFields);
  addSchema<vxlan::Header>(out);
  addTable(out, kGreFields);
  addTable(out, kVxlanFields);
  addSchema<tcp::Header>(out);
  for (const tcp::OptionInfo& option : tcp::kOptions) out.push_back(&option.field);
  addTable(out, kCommonFields);
  addTable(out, kCookedFields);
  addTable(out, kPppoeFields);
  addTable(out, kEthernetFields);
  addTable(out, kProviderTagFields);
  addTable(out, kLlcFields);
  addTable(out, kArpFields);
  addTable(out, kIpv4Fields);
  addTable(out, kIcmpFields);
  addTable(out, kUdpFields);
  addTable(out, kTcpFields);
  std::stable_sort(out.begin(), out.end(), lessKey);
  out.erase(std::unique(out.begin(), out.end(), [](auto* a, auto* b) { return a->key == b->key; }),
            out.end());
  return out;
}

}  // namespace

std::span<const SchemaInfo* const> allProtocols() {
  static constexpr const SchemaInfo* kAll[] = {&Schema<ethernet::Header>::info,
                                               &Schema<ethernet::VlanTag>::info,
                                               &kProviderTag,
                                               &kLlcProtocol,
                                               &kCookedProtocol,
                                               &kPppoeDiscovery,
                                               &kPppoeSession,
                                               &Schema<arp::Header>::info,
                                               &Schema<ipv4::Header>::info,
                                               &Schema<icmp::Header>::info,
                                               &Schema<ipv6::Header>::info,
                                               &Schema<icmp6::Header>::info,
                                               &Schema<udp::Header>::info,
                                               &Schema<igmp::Report>::info,
                                               &Schema<stp::Header>::info,
                                               &Schema<gre::Header>::info,
                                               &Schema<ppp::Header>::info,
                                               &Schema<vxlan::Header>::info,
                                               &Schema<tcp::Header>::info,
                                               &kEchoProtocol,
                                               &kDataProtocol,
                                               &kMalformedProtocol,
                                               &kShortProtocol};
  return kAll;
}

std::span<const Field* const> allFields() {
  static const FieldList fields = collect();
  return fields;
}

const Field* fieldByKey(std::string_view key) {
  const auto fields = allFields();
  const auto at = std::lower_bound(fields.begin(), fields.end(), key,
                                   [](const Field* f, std::string_view k) { return f->key < k; });
  return at != fields.end() && (*at)->key == key ? *at : nullptr;
}

}  // namespace hw::dissect
