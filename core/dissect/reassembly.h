// Putting datagrams together again from the fragments in a capture (RFC 791 3.2, RFC 8200 4.5). Unlike a host it
// forgets nothing by time and tells how the pieces overlap.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/base/bytes.h"
#include "core/dissect/conversation.h"

namespace hw::dissect {

/// What tells the fragments of one datagram from others (RFC 791 3.2).
struct FragmentKey {
  HostAddress source;
  HostAddress destination;
  std::uint32_t identification = 0;
  std::uint8_t protocol = 0;
  auto operator<=>(const FragmentKey&) const = default;
};

struct Fragment {
  std::uint32_t frame = 0;   ///< number of the frame that brought it
  std::uint32_t offset = 0;  ///< in bytes
  Bytes bytes;
  bool overlap = false;    ///< some of its bytes had come before
  bool conflict = false;   ///< and were different
  bool otherTail = false;  ///< a last fragment that ends elsewhere than the first one seen
};

struct Reassembled {
  Bytes bytes;
  std::vector<Fragment> fragments;  ///< by offset, then in the order of arrival
};

class Reassembly {
 public:
  /// All waiting fragments together, with what it costs to keep each; beyond it they are forgotten.
  static constexpr std::size_t kMaxWaitingCost = 4u << 20;
  static constexpr std::size_t kCostOfFragment = 256;
  /// Of one datagram: 65535 bytes in pieces of 8.
  static constexpr std::size_t kMaxFragments = 8192;

  /// The datagram, if `fragment` completes it. Copies may arrive: each stands in the list.
  std::optional<Reassembled> add(const FragmentKey& key, Fragment fragment, bool more);

 private:
  struct Waiting {
    std::vector<Fragment> fragments;
    std::uint32_t total = 0;  ///< known once a last fragment came
    bool totalKnown = false;
  };
  void makeRoom(std::size_t cost);

  std::map<FragmentKey, Waiting> m_waiting;
  std::size_t m_waitingCost = 0;
};

}  // namespace hw::dissect
