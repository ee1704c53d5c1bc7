// The decisions of one event, as the stepper's scratch: rule, facts, rule, facts ... in one flat
// list of words that is reset per event and allocates nothing in the steady state.
#pragma once

#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "core/base/check.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/journal/rule.h"
#include "core/wire/address.h"

namespace hw {

template <class T> constexpr std::uint64_t toFact(const T& value) {
  if constexpr (std::is_same_v<T, Ipv4Address> || std::is_same_v<T, MacAddress>) return value.value;
  else if constexpr (std::is_same_v<T, Ipv4Prefix>)
    return static_cast<std::uint64_t>(value.address.value) << 8 | value.length;
  else if constexpr (std::is_same_v<T, InterfaceId>) return value.value;
  else if constexpr (std::is_same_v<T, Duration>) return static_cast<std::uint64_t>(value.ns);
  else return static_cast<std::uint64_t>(value);
}

template <class T> constexpr std::size_t wordsOf() { return std::is_same_v<T, Ipv6Address> ? 2 : 1; }
template <class T> constexpr std::uint64_t* writeFact(std::uint64_t* at, const T& value) {
  if constexpr (std::is_same_v<T, Ipv6Address>) {
    *at++ = value.high;
    *at++ = value.low;
  } else {
    *at++ = toFact(value);
  }
  return at;
}

/// An IPv4 address and a port (0: none) as one fact.
constexpr std::uint64_t endpointFact(Ipv4Address address, std::uint16_t port) {
  return static_cast<std::uint64_t>(address.value) << 16 | port;
}

inline Ipv4Prefix prefixFromFact(std::uint64_t fact) {
  return {{static_cast<std::uint32_t>(fact >> 8)}, static_cast<std::uint8_t>(fact & 0xFF)};
}

/// One decision, as a view into the words of its event.
struct Decision {
  RuleId rule;
  bool alternative = false;  ///< a candidate that lost; takes no ordinal
  std::span<const std::uint64_t> facts;
};

class Decisions {
 public:
  void clear() {
    m_size = 0;
    m_count = 0;
  }
  /// Whether candidates that lost are wanted; they are made again when somebody asks.
  bool wantsAlternatives() const { return m_alternatives; }
  void wantAlternatives(bool wanted) { m_alternatives = wanted; }

  /// Records a decision; result: its ordinal within the event.
  template <IsRule R, class... F> std::uint16_t decide(R rule, const F&... facts) {
    static_assert(sizeof...(F) <= kMaxFacts);
    HW_CHECK(RuleTable<R>::rows[static_cast<std::size_t>(rule)].factCount == sizeof...(F));
    write(ruleId(rule).value | (std::size_t{0} + ... + wordsOf<F>()) << 16, facts...);
    return m_count++;
  }
  /// Records a candidate that lost, if anybody listens. Takes no ordinal.
  template <IsRule R, class... F> void alternative(R rule, const F&... facts) {
    if (!m_alternatives) return;
    HW_CHECK(RuleTable<R>::rows[static_cast<std::size_t>(rule)].factCount == sizeof...(F));
    write(ruleId(rule).value | (std::size_t{0} + ... + wordsOf<F>()) << 16 | kAlternative, facts...);
  }

  std::uint16_t count() const { return m_count; }
  std::span<const std::uint64_t> words() const { return {m_words.data(), m_size}; }

  /// Calls visit(Decision) for each decision in the words of an event, in order.
  template <class Visitor> static void visit(std::span<const std::uint64_t> words, Visitor&& visit) {
    for (std::size_t i = 0; i < words.size();) {
      const std::uint64_t word = words[i];
      const std::size_t count = word >> 16 & 0xFF;
      visit(Decision{RuleId{static_cast<std::uint16_t>(word & 0xFFFF)}, (word & kAlternative) != 0,
                     words.subspan(i + 1, count)});
      i += 1 + count;
    }
  }

 private:
  static constexpr std::uint64_t kAlternative = 1u << 24;
  template <class... F> void write(std::uint64_t first, const F&... facts) {
    if (m_words.size() - m_size < 1 + 2 * kMaxFacts) grow();
    std::uint64_t* at = m_words.data() + m_size;
    *at++ = first;
    ((at = writeFact(at, facts)), ...);
    m_size += 1 + (std::size_t{0} + ... + wordsOf<F>());
  }
  void grow() { m_words.resize(m_words.size() * 2 + 64); }

  std::vector<std::uint64_t> m_words;  ///< scratch; the first m_size count
  std::size_t m_size = 0;
  std::uint16_t m_count = 0;
  bool m_alternatives = false;
};

/// Identity of a decision: which event, which ordinal within it.
struct DecisionId {
  std::uint64_t event = UINT64_MAX;
  std::uint16_t ordinal = 0;
  bool valid() const { return event != UINT64_MAX; }
  bool operator==(const DecisionId&) const = default;
};

/// The decision that wrote an entry of a State. Provenance is no part of the value: it compares
/// equal always and adds nothing to a hash, so two branches can be compared.
struct WrittenBy {
  DecisionId decision;
  constexpr bool operator==(const WrittenBy&) const { return true; }
  template <class Self, class V> static void visitFields(Self&, V&&) {}
};

}  // namespace hw
