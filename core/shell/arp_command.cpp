// Read first: arp(8) of net-tools 2.10.
#include <fmt/format.h>

#include "core/shell/families.h"
#include "core/shell/hosts.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

CommandResult arpError(std::string what, int exitCode = 255) {
  return CommandResult::failure(exitCode, std::move(what) + "\n");
}

/// The BSD style of -a.
std::string sentence(const Call& call, const arp::Entry& entry, bool numeric) {
  const std::string host = numeric ? std::string() : hostOfAddress(call.world, entry.address);
  const std::string mac = entry.valid() ? fmt::format("{} [ether]{}", entry.mac.text(), entry.state == arp::Nud::Permanent ? " PERM" : "")
                                        : std::string("<incomplete>");
  return fmt::format("{} ({}) at {} on {}\n", host.empty() ? "?" : host, entry.address.text(), mac,
                     call.config().at(entry.port).name);
}

std::string row(const Call& call, const arp::Entry& entry, bool numeric) {
  const std::string host = numeric ? std::string() : hostOfAddress(call.world, entry.address);
  const std::string& shown = host.empty() ? entry.address.text() : host;
  const std::string& device = call.config().at(entry.port).name;
  if (!entry.valid()) return fmt::format("{:<24} {:<8}{:<19} {:<21} {}\n", shown, "", "(incomplete)", "", device);
  return fmt::format("{:<24} {:<7} {:<19} {:<21} {}\n", shown, "ether", entry.mac.text(),
                     entry.state == arp::Nud::Permanent ? "CM" : "C", device);
}

CommandResult list(const Call& call, const Options& options) {
  std::optional<Ipv4Address> only;
  if (!options.rest().empty()) {
    only = addressOfHost(call.world, options.rest()[0]);
    if (!only) return arpError(options.rest()[0] + ": Unknown host");
  }
  const bool bsd = options.has('a');
  std::string text;
  std::size_t all = 0, shown = 0;
  for (const arp::Entry& entry : call.self().state().arp.entries) {
    ++all;
    if (only && entry.address != *only) continue;
    if (options.has('i') && call.config().at(entry.port).name != options.value('i')) continue;
    if (!bsd && shown == 0) text += "Address                  HWtype  HWaddress           Flags Mask            Iface\n";
    text += bsd ? sentence(call, entry, options.has('n')) : row(call, entry, options.has('n'));
    ++shown;
  }
  if (shown > 0) return CommandResult::text(std::move(text));
  if (only && !bsd)
    return CommandResult::text(fmt::format("{} ({}) -- no entry\n", options.rest()[0], only->text()));
  if (only || options.has('i')) return CommandResult::text(fmt::format("arp: in {} entries no match found.\n", all));
  return {};
}

CommandResult set(const Call& call, const Options& options) {
  const auto address = addressOfHost(call.world, options.value('s'));
  if (!address) return arpError(options.value('s') + ": Unknown host");
  if (options.rest().empty()) return arpError("arp: need hardware address");
  const auto mac = MacAddress::parse(options.rest()[0]);
  if (!mac) return arpError("arp: invalid hardware address");
  const route::Route* way = call.self().plan().fib.find(*address);
  if (!way || way->type != route::Type::Unicast || way->via) return arpError("SIOCSARP: Network is unreachable");
  return CommandResult::change(
      EditNeighbour{EditNeighbour::What::Set, way->port, *address, *mac, arp::Nud::Permanent});
}

CommandResult remove(const Call& call, const Options& options) {
  const auto address = addressOfHost(call.world, options.value('d'));
  if (!address) return arpError(options.value('d') + ": Unknown host");
  for (const arp::Entry& entry : call.self().state().arp.entries)
    if (entry.address == *address)
      return CommandResult::change(EditNeighbour{EditNeighbour::What::Remove, entry.port, *address, {}, {}});
  return arpError("No ARP entry for " + options.value('d'));
}

}  // namespace

CommandResult arpTable(const Call& call) {
  const auto options = Options::parse(call.words, "nvaei:d:s:");
  if (!options)
    return arpError("arp: " + options.error() +
                   "\nUsage:\n  arp [-vn] [-i <if>] [-a] [<hostname>]             <-Display ARP cache\n"
                   "  arp [-v]  [-i <if>] -d  <host>                    <-Delete ARP entry\n"
                   "  arp [-v]  [-i <if>] -s  <host> <hwaddr>           <-Add entry",
               3);
  if (options->has('s')) return set(call, *options);
  if (options->has('d')) return remove(call, *options);
  return list(call, *options);
}

}  // namespace hw::shell
