// A network on the bench: programs and crafted frames go in, decisions come out as text.
//
//   Lab lab("host h1 eth0 192.0.2.1/24 \n ...");
//   lab.start("h1", ping("192.0.2.2"));
//   lab.run("10s");
//   lab.decisions("h1", "arp.")  ->  "0 arp.resolution_started ip=192.0.2.2 port=eth0\n..."
#pragma once

#include "tests/core/sim/network_text.h"

namespace hw::test {

class Lab {
 public:
  explicit Lab(std::string_view topology, std::uint64_t seed = 1) : Lab(network(topology), seed) {}
  explicit Lab(const Builder& builder, std::uint64_t seed = 1) : world(builder.world(seed)) {}

  DeviceId device(std::string_view name) const { return *world.deviceNamed(name); }
  /// "h1:eth0" as an end of a cable.
  LinkEnd end(std::string_view text) const;
  MacAddress macOf(std::string_view text) const;
  const DeviceState& state(std::string_view name) const { return world.device(device(name)).state(); }
  /// The neighbour entry of "h1:eth0", or null.
  const arp::Entry* neighbour(std::string_view at, const char* address) const;
  /// A copy of a device's configuration, for reconfigure().
  DeviceConfig config(std::string_view name) const { return world.device(device(name)).config(); }

  ProcessId start(std::string_view device, process::Program program);
  void input(std::string_view device, DeviceInput what);
  void reconfigure(std::string_view device, DeviceConfig config);
  /// Changes the cable at an end.
  void cable(std::string_view at, const std::function<void(LinkConfig&)>& change);
  /// A frame that arrives at an interface as if a cable had brought it, `after` from now.
  void inject(std::string_view at, ByteView frame, Duration after = {});
  /// Lets so much time pass.
  void run(std::string_view howLong);

  /// The decisions of a device whose rule's key starts with a prefix, one line each:
  /// "MILLISECONDS key fact=value ...".
  std::string decisions(std::string_view device, std::string_view prefix) const;
  /// Only the keys, in order, separated by spaces.
  std::string keys(std::string_view device, std::string_view prefix) const;
  /// How often a device decided by a rule.
  std::size_t count(std::string_view device, std::string_view key) const;
  /// The frames that a device sent into an interface ("h1:eth0"), lost ones too.
  std::vector<std::vector<std::uint8_t>> sent(std::string_view at) const;
  std::string printed(std::string_view device) const;
  /// The exit code of a program that has ended.
  std::optional<int> exitCode(std::string_view device, ProcessId process) const;

  World world;
  Time now;
  Journal journal;
  std::vector<ConsoleEntry> console;
  /// Every transmission with its bytes as sent.
  std::vector<std::pair<Transmission, std::vector<std::uint8_t>>> tapped;

 private:
  Sinks sinks();
  Simulator m_simulator;
};

/// The lines of an event's decision words whose keys start with `prefix`, losing candidates marked "lost".
std::string decisionText(std::span<const std::uint64_t> words, const DeviceConfig& device,
                         std::string_view prefix = "");

}  // namespace hw::test
