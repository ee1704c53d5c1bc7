#include "core/proto/netfilter/chains.h"

#include <algorithm>
#include <array>

#include "core/proto/tcp/tcp_wire.h"

namespace hw::netfilter {
namespace {

bool isNamed(std::string_view pattern, std::string_view name) {
  if (pattern.ends_with('*')) return name.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == name;
}

class Walker {
 public:
  Walker(State& state, const Surroundings& around, const Env& env, Passage& passage, ChainAt at)
      : m_state(state), m_env(env), m_passage(passage), m_fib(around.fib), m_table(around.rules.tables[at.table]),
        m_chain(m_table.chains[at.chain]), m_header(passage.packet.header()) {
    m_transportSize = passage.packet.transport(m_transport);
    if (m_header.fragmentOffset != 0) m_transportSize = 0;
  }

  Walk run() {
    const End end = walk(m_chain, 0);
    if (end == End::Fell) {
      m_walk.verdict = m_chain.base->drops ? Verdict::Drop : Verdict::Accept;
      const bool silent = m_chain.rules.empty() && !m_chain.base->drops;
      if (!silent) say(m_chain.base->drops ? Rule::PolicyDrops : Rule::PolicyAccepts, chainRef());
    }
    return m_walk;
  }

 private:
  enum class End : std::uint8_t { Decided, Fell, Returned };

  std::uint64_t refOf(std::uint32_t handle, std::uint32_t part = kWholeRule) const {
    return filterFact(m_table.handle, handle, part);
  }
  std::uint64_t chainRef() const { return refOf(m_chain.handle); }

  /// Records a decision, and behind it the rules that did not apply on the way to it.
  template <class... F> void say(Rule rule, const F&... facts) {
    m_env.decisions.decide(rule, facts...);
    for (const std::uint64_t lost : m_lost) m_env.decisions.alternative(Rule::DoesNotApply, lost, lost | kWholeRule);
    m_lost.clear();
  }

  End walk(const Chain& chain, int depth) {
    for (const FilterRule& rule : chain.rules) {
      const End end = apply(rule, depth);
      if (end == End::Decided) return end;
      if (end == End::Returned) return depth == 0 ? End::Fell : End::Returned;
    }
    return End::Fell;
  }

  End apply(const FilterRule& rule, int depth) {
    for (std::uint32_t i = 0; i < rule.parts.size(); ++i) {
      if (const auto* match = std::get_if<Match>(&rule.parts[i])) {
        if (holds(*match, rule)) continue;
        if (m_env.decisions.wantsAlternatives()) m_lost.push_back(refOf(rule.handle, i));
        return End::Fell;
      }
      const End end = carryOut(std::get<Statement>(rule.parts[i]), rule, depth);
      if (end != End::Fell) return end;
    }
    return End::Fell;
  }

  Counted& countedOf(const FilterRule& rule) {
    const Ref ref{m_table.handle, rule.handle};
    const auto at = std::ranges::lower_bound(m_state.counted, ref, {}, &Counted::rule);
    if (at != m_state.counted.end() && at->rule == ref) return *at;
    Counted fresh;
    fresh.rule = ref;
    return *m_state.counted.insert(at, fresh);
  }

  End decided(Verdict verdict) {
    m_walk.verdict = verdict;
    return End::Decided;
  }

  End carryOut(const Statement& statement, const FilterRule& rule, int depth) {
    const std::uint64_t ref = refOf(rule.handle);
    Connection* one = connectionOf(m_state.connections, m_passage.tracked);
    switch (statement.what) {
      case Do::Count: {
        Counted& counted = countedOf(rule);
        ++counted.packets;
        counted.bytes += m_header.totalLength;
        return End::Fell;
      }
      case Do::Accept: say(Rule::Accepts, ref, chainRef()); return decided(Verdict::Accept);
      case Do::Drop: say(Rule::Drops, ref, chainRef()); return decided(Verdict::Drop);
      case Do::Reject:
        if (statement.reset && m_header.protocol != ipv4::kTcp) return End::Returned;
        say(Rule::Rejects, ref, chainRef());
        m_walk.statement = statement;
        return decided(Verdict::Reject);
      case Do::Masquerade:
      case Do::SourceNat:
      case Do::DestinationNat:
      case Do::Redirect:
        say(Rule::Translates, ref, chainRef());
        m_walk.statement = statement;
        return decided(Verdict::Translate);
      case Do::SetMark: {
        const std::uint32_t before = m_passage.mark;
        m_passage.mark = (before & statement.keep) ^ statement.value;
        say(Rule::Marks, ref, m_passage.mark, before);
        return End::Fell;
      }
      case Do::MarkFromCt:
        if (!one) return End::Fell;
        say(Rule::Marks, ref, one->mark, m_passage.mark);
        m_passage.mark = one->mark;
        return End::Fell;
      case Do::SetCtMark:
      case Do::CtFromMark:
        if (!one) return End::Fell;
        one->mark = statement.what == Do::CtFromMark ? m_passage.mark : (one->mark & statement.keep) ^ statement.value;
        say(Rule::MarksConnection, ref, one->mark);
        return End::Fell;
      case Do::NoTrack:
        m_walk.notTracked = true;
        say(Rule::DoesNotTrack, ref);
        return End::Fell;
      case Do::Log: say(Rule::Logs, ref); return End::Fell;
      case Do::Return: return End::Returned;
      case Do::Jump:
      case Do::Goto: {
        const Chain* target = m_table.find(statement.text);
        if (!target || depth >= kMaxJumps) return decided(Verdict::Drop);
        say(Rule::Jumps, ref, refOf(target->handle));
        const End end = walk(*target, depth + 1);
        if (end == End::Decided) return end;
        return statement.what == Do::Goto ? End::Returned : End::Fell;
      }
    }
    return End::Fell;
  }

  bool holds(const Match& match, const FilterRule& rule) {
    if (match.key == Key::InName || match.key == Key::OutName) {
      const std::string_view name = match.key == Key::InName ? m_passage.inName : m_passage.outName;
      const auto fits = [&](const std::string& pattern) { return !name.empty() && isNamed(pattern, name); };
      return std::any_of(match.names.begin(), match.names.end(), fits) != match.inverted;
    }
    if (match.key == Key::Limit) return hasToken(match, countedOf(rule)) != match.inverted;
    const auto value = valueOf(match, rule);
    if (!value) return false;  // not there: the rule does not apply, inverted or not
    const std::uint32_t masked = *value & match.mask;
    const auto fits = [&](const Range& range) {
      return match.anyBit ? (masked & range.from) != 0 : range.from <= masked && masked <= range.to;
    };
    return std::any_of(match.values.begin(), match.values.end(), fits) != match.inverted;
  }

  std::optional<std::uint32_t> byte(std::uint8_t protocol, std::size_t offset) const {
    if (m_header.protocol != protocol || m_transportSize <= offset) return std::nullopt;
    return m_transport[offset];
  }
  std::optional<std::uint32_t> port(const Match& match, std::size_t offset) const {
    const std::uint8_t protocol = m_header.protocol;
    const bool fits = match.protocol == 0 ? protocol == ipv4::kTcp || protocol == ipv4::kUdp : protocol == match.protocol;
    if (!fits || m_transportSize < offset + 2) return std::nullopt;
    return load16(m_transport.data() + offset);
  }

  std::optional<std::uint32_t> valueOf(const Match& match, const FilterRule& rule) {
    const Connection* one = connectionOf(m_state.connections, m_passage.tracked);
    switch (match.key) {
      case Key::Source: return m_header.source.value;
      case Key::Destination: return m_header.destination.value;
      case Key::Protocol: return m_header.protocol;
      case Key::Ttl: return m_header.ttl;
      case Key::Length: return m_header.totalLength;
      case Key::Dscp: return m_header.tos >> 2;
      case Key::SourcePort: return port(match, 0);
      case Key::DestinationPort: return port(match, 2);
      case Key::TcpFlags: return byte(ipv4::kTcp, 13);
      case Key::IcmpType: return byte(ipv4::kIcmp, 0);
      case Key::IcmpCode: return byte(ipv4::kIcmp, 1);
      case Key::Mark: return m_passage.mark;
      case Key::CtState: return m_passage.tracked.state;
      case Key::CtMark: return one ? std::optional(one->mark) : std::nullopt;
      case Key::CtStatus: return one ? std::optional(one->status) : std::nullopt;
      case Key::SourceType: return typeOf(m_header.source);
      case Key::DestinationType: return typeOf(m_header.destination);
      case Key::Numgen: {
        Counted& counted = countedOf(rule);
        const std::uint32_t value = counted.steps % std::max(match.modulus, 1u);
        counted.steps = value + 1;
        return value;
      }
      case Key::InName:
      case Key::OutName:
      case Key::Limit: break;
    }
    return std::nullopt;
  }

  std::uint32_t typeOf(Ipv4Address address) const {
    if (address.isMulticast()) return kMulticast;
    if (address.isLimitedBroadcast()) return kBroadcast;
    const route::Route* route = m_fib.find(address);
    if (route && route->type == route::Type::Local) return kLocal;
    return route && route->type == route::Type::Broadcast ? kBroadcast : kUnicast;
  }

  /// A bucket of tokens that fills with time (nft_limit).
  bool hasToken(const Match& match, Counted& counted) const {
    const std::int64_t cost = seconds(match.per).ns / std::max(match.rate, 1u);
    const std::int64_t most = cost * match.burst;
    if (!counted.lastToken) counted.tokens = most;
    else counted.tokens = std::min(most, counted.tokens + (m_env.now - *counted.lastToken).ns);
    counted.lastToken = m_env.now;
    if (counted.tokens < cost) return false;
    counted.tokens -= cost;
    return true;
  }

  State& m_state;
  const Env& m_env;
  Passage& m_passage;
  const route::Fib& m_fib;
  const Table& m_table;
  const Chain& m_chain;
  ipv4::Header m_header;
  std::array<std::uint8_t, tcp::kHeaderSize> m_transport{};
  std::uint32_t m_transportSize = 0;
  std::vector<std::uint64_t> m_lost;
  Walk m_walk;
};

}  // namespace

Walk walkChain(State& state, const Surroundings& around, const Env& env, Passage& passage, ChainAt at) {
  return Walker(state, around, env, passage, at).run();
}

}  // namespace hw::netfilter
