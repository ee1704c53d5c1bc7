// The situations of IEEE 802.1D's worked examples and figures (clause 8 of 1998, clause 17 of 2004), in the words of tree_text.h.
// What they come to is the same with the rapid protocol; only the time differs.
#pragma once

namespace hw::test {

struct Topology {
  const char* name;
  const char* text;
};

inline constexpr Topology kTopologies[] = {
    {"a simple bridged network with a redundant bridge", R"(
      bridge A
      bridge B
      bridge C
      lan A.1 B.1
      lan A.2 C.1
      lan B.2 C.2
      expect
      A root; 1 designated forwarding, 2 designated forwarding
      B cost 4 root A; 1 root forwarding, 2 designated forwarding
      C cost 4 root A; 1 root forwarding, 2 alternate blocking)"},
    {"five LANs and five bridges: LANs have several bridges, each LAN one that is designated", R"(
      bridge A 4096
      bridge B 8192
      bridge C
      bridge D
      bridge E
      lan A.1 B.1 C.1
      lan A.2 D.1
      lan B.2 E.1
      lan C.2 D.2 E.2
      expect
      A root; 1 designated forwarding, 2 designated forwarding
      B cost 4 root A; 1 root forwarding, 2 designated forwarding
      C cost 4 root A; 1 root forwarding, 2 designated forwarding
      D cost 4 root A; 1 root forwarding, 2 alternate blocking
      E cost 8 root A; 1 root forwarding, 2 alternate blocking)"},
    {"two cables between two bridges: the lower port identifier of the bridge nearer to the root", R"(
      bridge A
      bridge B
      lan A.1 B.1
      lan A.2 B.2
      expect
      A root; 1 designated forwarding, 2 designated forwarding
      B cost 4 root A; 1 root forwarding, 2 alternate blocking)"},
    {"two cables: a port priority at the far end beats the numbers", R"(
      bridge A
      bridge B
      lan A.1 B.1
      lan A.2 B.2
      prio A.2 16
      expect
      A root; 1 designated forwarding, 2 designated forwarding
      B cost 4 root A; 1 alternate blocking, 2 root forwarding)"},
    {"two ports of a bridge on one LAN: one is designated, the other its backup", R"(
      bridge A
      bridge B
      lan A.1 B.1
      lan B.2 B.3
      expect
      A root; 1 designated forwarding
      B cost 4 root A; 1 root forwarding, 2 designated forwarding, 3 backup blocking)"},
    {"the root itself has two ports on one LAN", R"(
      bridge A
      bridge B
      lan A.1 A.2 B.1
      expect
      A root; 1 designated forwarding, 2 backup blocking
      B cost 4 root A; 1 root forwarding)"},
    {"equal costs: the designated bridge with the lower identifier wins", R"(
      bridge A 4096
      bridge B
      bridge C 8192
      bridge D
      lan A.1 B.1
      lan A.2 C.1
      lan B.2 D.1
      lan C.2 D.2
      expect
      A root; 1 designated forwarding, 2 designated forwarding
      B cost 4 root A; 1 root forwarding, 2 designated forwarding
      C cost 4 root A; 1 root forwarding, 2 designated forwarding
      D cost 8 root A; 1 alternate blocking, 2 root forwarding)"},
    {"two ways of unequal cost: two quick LANs beat a slow one", R"(
      bridge A
      bridge B
      bridge C
      lan A.1 B.1
      lan B.2 C.1
      lan A.2 C.2
      cost C.2 19
      cost A.2 19
      expect
      A root; 1 designated forwarding, 2 designated forwarding
      B cost 4 root A; 1 root forwarding, 2 designated forwarding
      C cost 8 root A; 1 root forwarding, 2 alternate blocking)"},
    {"the root fails: the next best identifier takes over", R"(
      bridge A 4096
      bridge B 8192
      bridge C
      lan A.1 B.1
      lan A.2 C.1
      lan B.2 C.2
      expect
      B cost 4 root A; 1 root forwarding, 2 designated forwarding
      off A
      expect
      B root; 1 disabled, 2 designated forwarding
      C cost 4 root B; 1 disabled, 2 root forwarding)"},
    {"the root fails behind a hub, and nobody's cable tells it: what was told has to age", R"(
      bridge A 4096
      bridge B 8192
      bridge C
      lan A.1 B.1 C.1
      lan B.2 C.2
      expect
      B cost 4 root A; 1 root forwarding, 2 designated forwarding
      C cost 4 root A; 1 root forwarding, 2 alternate blocking
      off A
      expect
      B root; 1 designated forwarding, 2 designated forwarding
      C cost 4 root B; 1 root forwarding, 2 alternate blocking)"},
    {"a cable is cut, and plugged in again", R"(
      bridge A
      bridge B
      bridge C
      lan A.1 B.1
      lan A.2 C.1
      lan B.2 C.2
      expect
      C cost 4 root A; 1 root forwarding, 2 alternate blocking
      cut A.2
      expect
      A root; 1 designated forwarding, 2 disabled
      B cost 4 root A; 1 root forwarding, 2 designated forwarding
      C cost 8 root A; 1 disabled, 2 root forwarding
      plug A.2
      expect
      A root; 1 designated forwarding, 2 designated forwarding
      B cost 4 root A; 1 root forwarding, 2 designated forwarding
      C cost 4 root A; 1 root forwarding, 2 alternate blocking)"},
    {"another priority by hand moves the root", R"(
      bridge A
      bridge B
      bridge C
      lan A.1 B.1
      lan A.2 C.1
      lan B.2 C.2
      expect
      A root; 1 designated forwarding, 2 designated forwarding
      priority C 4096
      expect
      A cost 4 root C; 1 designated forwarding, 2 root forwarding
      B cost 4 root C; 1 alternate blocking, 2 root forwarding
      C root; 1 designated forwarding, 2 designated forwarding)"},
    {"a better bridge joins a network that is at peace", R"(
      bridge A
      bridge B
      bridge Z 4096
      lan A.1 B.1
      lan B.2 Z.1
      lan Z.2 A.2
      wait 100ms
      expect
      cut Z.1
      cut Z.2
      expect
      A root; 1 designated forwarding, 2 disabled
      B cost 4 root A; 1 root forwarding, 2 disabled
      plug Z.1
      plug Z.2
      expect
      A cost 4 root Z; 1 designated forwarding, 2 root forwarding
      B cost 4 root Z; 1 alternate blocking, 2 root forwarding
      Z root; 1 designated forwarding, 2 designated forwarding)"},
    {"a ring of six: the break is where the ways from both sides meet", R"(
      bridge A
      bridge B
      bridge C
      bridge D
      bridge E
      bridge F
      lan A.1 B.1
      lan B.2 C.1
      lan C.2 D.1
      lan D.2 E.1
      lan E.2 F.1
      lan F.2 A.2
      expect
      A root; 1 designated forwarding, 2 designated forwarding
      B cost 4 root A; 1 root forwarding, 2 designated forwarding
      C cost 8 root A; 1 root forwarding, 2 designated forwarding
      D cost 12 root A; 1 root forwarding, 2 alternate blocking
      E cost 8 root A; 1 designated forwarding, 2 root forwarding
      F cost 4 root A; 1 designated forwarding, 2 root forwarding)"},
};

}  // namespace hw::test
