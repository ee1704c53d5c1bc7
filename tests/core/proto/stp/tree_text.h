// Spanning trees as text: bridges, LANs and events go in, roles come out.
//
//   bridge A 4096          a bridge, its priority; addresses grow in the order of the lines
//   lan A.1 B.1 C.2        bridges on one LAN: a cable, or a hub if there are more than two ports
//   station X              somebody at a LAN who is no bridge
//   cost A.1 19            what a port's LAN costs;  prio A.1 16: the port's priority;  time A max 6: max, hello, delay
//   cut A.1 | plug A.1     the cable of a port;  off A: the bridge;  wait 20s
//   expect                 the lines behind it say what the bridges tell then, a minute after the last event if no wait says otherwise
//     A root; 1 designated forwarding, 2 designated forwarding
//     B cost 19 root A; 1 root forwarding, 2 alternate blocking
#pragma once

#include <string>
#include <string_view>

#include "tests/core/sim/lab.h"

namespace hw::test {

class TreePlay {
 public:
  /// A play of `text`; `change` is asked about each bridge's configuration of the protocol.
  explicit TreePlay(std::string_view text, void (*change)(stp::Config&) = nullptr);
  /// Every "expect" of the text that was not met, as a sentence; empty: all were.
  std::string differences();
  Lab& lab() { return *m_lab; }

 private:
  void build(const std::vector<std::string>& words);
  void happen(const std::vector<std::string>& words);
  std::string told(std::string_view bridge) const;

  std::vector<std::string> m_script;  ///< what comes after the first word of the play itself
  std::vector<std::string> m_bridges;
  std::string m_wait = "60s";
  Builder m_builder;
  int m_lans = 0;
  void (*m_change)(stp::Config&);
  std::unique_ptr<Lab> m_lab;
};

}  // namespace hw::test
