// Any text at the prompts of a small network: one line of input is one line typed, at each device in
// turn. Programs run for a while, what reads leaves the World alone.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/base/check.h"
#include "core/shell/complete.h"
#include "core/shell/job.h"
#include "core/sim/timeline.h"

namespace {

using namespace hw;

constexpr int kMostLines = 8;
constexpr int kMostSteps = 200;
constexpr std::uint64_t kMostEvents = 500;

DeviceConfig device(const char* name, const char* address) {
  DeviceConfig config = makeDeviceConfig(name);
  InterfaceConfig eth0;
  eth0.name = "eth0";
  eth0.mac = {0x020000000001u + (static_cast<std::uint64_t>(name[1]) << 8)};
  eth0.addresses.push_back(*Ipv4Prefix::parse(address));
  config.interfaces.push_back(eth0);
  return config;
}

World network() {
  std::vector<DeviceConfig> devices{device("h1", "192.0.2.1/24"), device("h2", "192.0.2.2/24")};
  LinkConfig link;
  link.ends = {LinkEnd{DeviceId{0}, InterfaceId{1}}, LinkEnd{DeviceId{1}, InterfaceId{1}}};
  return makeWorld(std::move(devices), {link}, 1);
}

void type(Timeline& time, std::size_t& heard, DeviceId at, std::string_view line) {
  shell::complete(time.world(), at, line, line.size() / 2);
  shell::Job job(at, line);
  for (int i = 0; i < kMostSteps; ++i) {
    const shell::JobNext next = job.next(time.world());
    for (const Input& input : next.inputs) time.input(input);
    for (; heard < time.console().size(); ++heard) job.hear(time.console()[heard]);
    job.takeOutput();
    if (next.state == shell::JobNext::State::Done) return;
    if (next.state == shell::JobNext::State::Waiting && !time.step(time.now() + seconds(1))) continue;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const World start = network();
  Timeline time(start);
  std::size_t heard = 0;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  for (int i = 0; i < kMostLines && !text.empty(); ++i) {
    const std::size_t end = text.find('\n');
    type(time, heard, DeviceId{static_cast<std::uint32_t>(i % 2)}, text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  time.runUntil(time.now() + seconds(2), kMostEvents);
  return 0;
}
