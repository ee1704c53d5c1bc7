// A terminal on a network for tests: lines in, text out, virtual time runs while a program does.
#pragma once

#include "core/shell/job.h"
#include "tests/core/sim/networks.h"

namespace hw::test {

class Terminal {
 public:
  explicit Terminal(const Builder& network) : m_time(network.world()) {}

  /// What the line prints at that device's prompt.
  std::string type(const char* device, std::string_view line) {
    shell::Job job(*m_time.world().deviceNamed(device), line);
    std::string text;
    for (int i = 0; i < 100'000; ++i) {
      const shell::JobNext next = job.next(m_time.world());
      for (const Input& input : next.inputs) m_time.input(input);
      for (; m_heard < m_time.console().size(); ++m_heard) job.hear(m_time.console()[m_heard]);
      text += job.takeOutput();
      if (next.state == shell::JobNext::State::Done) break;
      if (next.state == shell::JobNext::State::Waiting) m_time.step();
    }
    exitCode = job.exitCode();
    return text;
  }
  Timeline& time() { return m_time; }
  int exitCode = 0;

 private:
  Timeline m_time;
  std::size_t m_heard = 0;
};

/// h1 - r1 - h2 as routedPair(), on cables that do not pad.
inline Builder vethPair() {
  Builder b;
  LinkConfig veth;
  veth.medium = Medium::Veth;
  b.host("h1").router("r1").host("h2");
  b.link("h1:eth0", "r1:eth0", veth).link("r1:eth1", "h2:eth0", veth);
  b.address("h1:eth0", "192.0.2.10/24").address("r1:eth0", "192.0.2.1/24");
  b.address("r1:eth1", "198.51.100.1/24").address("h2:eth0", "198.51.100.10/24");
  b.route("h1", "default", "192.0.2.1").route("h2", "default", "198.51.100.1");
  return b;
}

}  // namespace hw::test
