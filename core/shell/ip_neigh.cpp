// ip neighbour. Read first: ip-neighbour(8).
#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.h"
#include "core/shell/ip_command.h"

namespace hw::shell {
namespace {

using arp::Nud;

std::optional<Nud> nudOf(std::string_view word) {
  for (const Nud one : {Nud::Incomplete, Nud::Reachable, Nud::Stale, Nud::Delay, Nud::Probe, Nud::Failed,
                        Nud::Permanent}) {
    const std::string_view name = arp::name(one);
    const bool same = std::equal(name.begin(), name.end(), word.begin(), word.end(), [](char a, char b) {
      return toLower(a) == b;
    });
    if (same) return one;
  }
  return std::nullopt;
}

struct NeighbourSpec {
  std::optional<Ipv4Prefix> to;
  InterfaceId port;
  std::optional<MacAddress> mac;
  std::optional<Nud> nud;
  bool all = false;
};

CommandResult badState(std::string_view word) {
  return badArgument(word, "nud state is bad");
}

Expected<NeighbourSpec, CommandResult> readNeighbourSpec(const IpCall& call, bool editing) {
  NeighbourSpec spec;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const bool keyword = word == "dev" || word == "lladdr" || word == "nud" || word == "to";
    if (keyword && i + 1 == call.words.size())
      return unexpected(incomplete());
    const std::string& value = keyword ? call.words[++i] : word;
    if (word == "dev") {
      const auto port = call.call.config().interfaceNamed(value);
      if (!port) return unexpected(noDevice(value));
      spec.port = *port;
    } else if (word == "lladdr") {
      spec.mac = MacAddress::parse(value);
      if (!spec.mac) return unexpected(ipError(fmt::format("\"{}\" is invalid lladdr.", value)));
    } else if (word == "nud") {
      spec.nud = nudOf(value);
      if (!spec.nud && value != "all") return unexpected(badState(value));
    } else if (value == "all" && !editing) {
      spec.all = true;
    } else {
      spec.to = Ipv4Prefix::parse(value);
      if (!spec.to)
        return unexpected(ipError(fmt::format("Error: any valid {} is expected rather than \"{}\".",
                                              editing ? "address" : "prefix", value)));
    }
  }
  return spec;
}

bool matches(const NeighbourSpec& spec, const arp::Entry& entry) {
  return (!spec.port.valid() || entry.port == spec.port) && (!spec.to || spec.to->contains(entry.address)) &&
         (!spec.nud || entry.state == *spec.nud);
}

/// "lladdr 02:00:00:00:00:05 STALE "
std::string stateOf(const arp::Entry& entry) {
  const std::string mac = entry.valid() ? fmt::format("lladdr {} ", entry.mac.text()) : std::string();
  return fmt::format("{}{} ", mac, arp::name(entry.state));
}

CommandResult showNeighbours(const IpCall& call) {
  const auto spec = readNeighbourSpec(call, false);
  if (!spec) return spec.error();
  const Device& device = call.call.self();
  std::string text;
  for (const arp::Entry& entry : device.state().arp.entries) {
    if (!matches(*spec, entry)) continue;
    const std::string& name = device.config().at(entry.port).name;
    if (call.brief)
      text += fmt::format("{:<39} {:<16} {}\n", entry.address.text(), name, entry.valid() ? entry.mac.text() : "");
    else
      text += entry.address.text() + (spec->port.valid() ? " " : " dev " + name + " ") + stateOf(entry) + "\n";
  }
  if (!spec->to && !spec->nud && !call.brief) text += neighbourLinesSix(device, spec->port);
  return CommandResult::text(std::move(text));
}

CommandResult set(const IpCall& call, std::string_view verb) {
  const auto spec = readNeighbourSpec(call, true);
  if (!spec) return spec.error();
  if (!spec->port.valid() || !spec->to) return ipError("Device and destination are required arguments.", 255);
  const arp::Entry* known = call.call.self().state().arp.find(spec->port, spec->to->address);
  if (verb == "add" && known) return kernelSays("File exists");
  if (verb == "change" && !known) return kernelSays("No such file or directory");
  const Nud nud = spec->nud.value_or(Nud::Permanent);
  if (!spec->mac && nud != Nud::Failed && nud != Nud::Incomplete && !(known && known->valid()))
    return kernelError("No link layer address given.");
  const MacAddress mac = spec->mac ? *spec->mac : known ? known->mac : MacAddress{};
  return CommandResult::change(
      EditNeighbour{EditNeighbour::What::Set, spec->port, spec->to->address, mac, nud});
}

CommandResult removeNeighbour(const IpCall& call) {
  const auto spec = readNeighbourSpec(call, true);
  if (!spec) return spec.error();
  if (!spec->port.valid() || !spec->to) return ipError("Device and destination are required arguments.", 255);
  if (!call.call.self().state().arp.find(spec->port, spec->to->address))
    return kernelSays("No such file or directory");
  return CommandResult::change(EditNeighbour{EditNeighbour::What::Remove, spec->port, spec->to->address, {}, {}});
}

/// All but what somebody set for good.
CommandResult flushNeighbours(const IpCall& call) {
  if (call.words.size() < 2) return ipError("Flush requires arguments.");
  const auto spec = readNeighbourSpec(call, false);
  if (!spec) return spec.error();
  CommandResult result;
  for (const arp::Entry& entry : call.call.self().state().arp.entries)
    if (matches(*spec, entry) && (entry.state != Nud::Permanent || spec->nud == Nud::Permanent))
      result.inputs.emplace_back(EditNeighbour{EditNeighbour::What::Remove, entry.port, entry.address, {}, {}});
  return result;
}

CommandResult getNeighbour(const IpCall& call) {
  const auto spec = readNeighbourSpec(call, true);
  if (!spec) return spec.error();
  if (!spec->port.valid() || !spec->to) return ipError("Device and address are required arguments.", 255);
  const arp::Entry* known = call.call.self().state().arp.find(spec->port, spec->to->address);
  if (!known) return kernelError("Neighbour entry not found.");
  return CommandResult::text(fmt::format("{} dev {} {}\n", known->address.text(),
                                         call.call.config().at(known->port).name, stateOf(*known)));
}

}  // namespace

CommandResult ipNeigh(const IpCall& given) {
  IpCall call = given;
  if (!call.words.empty() && Ipv4Prefix::parse(call.words[0])) call.words.insert(call.words.begin(), "show");
  if (meansShow(call.words)) return showNeighbours(call);
  const std::string& verb = call.words[0];
  if (startsAs(verb, "add")) return set(call, "add");
  if (startsAs(verb, "replace")) return set(call, "replace");
  if (startsAs(verb, "change") || verb == "chg") return set(call, "change");
  if (startsAs(verb, "delete")) return removeNeighbour(call);
  if (startsAs(verb, "flush")) return flushNeighbours(call);
  if (startsAs(verb, "get")) return getNeighbour(call);
  if (verb == "help")
    return CommandResult::failure(255,
                                  "Usage: ip neigh { add | del | change | replace }\n"
                                  "                ADDR [ lladdr LLADDR ] [ nud STATE ] dev DEV\n"
                                  "       ip neigh { show | flush } [ to PREFIX ] [ dev DEV ] [ nud STATE ]\n"
                                  "       ip neigh get ADDR dev DEV\n");
  return ipError(fmt::format("Command \"{}\" is unknown, try \"ip neigh help\".", verb), 255);
}

}  // namespace hw::shell
