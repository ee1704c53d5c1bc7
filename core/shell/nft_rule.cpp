// One rule in nft's words. Read first: nft(8), "EXPRESSIONS" and "STATEMENTS".
#include <fmt/format.h>

#include <algorithm>

#include "core/shell/nft_cursor.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

using netfilter::Do;
using netfilter::Key;
using netfilter::Match;
using netfilter::Range;
using netfilter::Statement;
using netfilter::Word;

constexpr std::uint32_t kMaxPort = 65535;
constexpr std::size_t kMaxValues = 1024;
constexpr std::size_t kMaxParts = 64;
constexpr Word kServices[] = {{"ssh", 22},   {"telnet", 23}, {"smtp", 25}, {"domain", 53}, {"bootps", 67},
                              {"bootpc", 68}, {"http", 80},   {"ntp", 123}, {"snmp", 161},  {"https", 443}};
constexpr Word kUnits[] = {{"second", 1}, {"minute", 60}, {"hour", 3600}, {"day", 86400}};

/// "192.0.2.1", "192.0.2.0/24", "192.0.2.1-192.0.2.9".
std::optional<Range> addressRange(std::string_view text, bool& prefix) {
  if (const std::size_t dash = text.find('-'); dash != text.npos) {
    const auto from = Ipv4Address::parse(text.substr(0, dash)), to = Ipv4Address::parse(text.substr(dash + 1));
    if (!from || !to || to->value < from->value) return std::nullopt;
    return Range{from->value, to->value};
  }
  if (const auto address = Ipv4Address::parse(text)) return Range{address->value, address->value};
  const auto network = Ipv4Prefix::parse(text);
  if (!network) return std::nullopt;
  prefix = true;
  const std::uint32_t hosts = network->length == 0 ? UINT32_MAX : (1u << (32 - network->length)) - 1;
  return Range{network->network().value, network->network().value | hosts};
}

/// "80", "1000-2000", "ssh".
std::optional<Range> numberRange(std::string_view text, std::span<const Word> words) {
  if (const auto value = numberOf(words, text)) return Range{*value, *value};
  if (const auto one = parseKernelNumber(text)) return Range{*one, *one};
  const std::size_t dash = text.find('-');
  if (dash == text.npos) return std::nullopt;
  const auto from = numberRange(text.substr(0, dash), words), to = numberRange(text.substr(dash + 1), words);
  if (!from || !to || from->from != from->to || to->from != to->to || to->to < from->from) return std::nullopt;
  return Range{from->from, to->from};
}

struct KeyWords {
  std::span<const Word> words;
  std::string_view what;
};

KeyWords wordsOf(Key key) {
  switch (key) {
    case Key::Protocol: return {netfilter::protocolWords(), "a protocol such as tcp"};
    case Key::IcmpType: return {netfilter::icmpTypeWords(), "a type such as echo-request"};
    case Key::IcmpCode: return {netfilter::icmpCodeWords(), "a code"};
    case Key::CtState: return {netfilter::stateWords(), "a state such as established"};
    case Key::CtStatus: return {netfilter::statusWords(), "a status such as dnat"};
    case Key::TcpFlags: return {netfilter::tcpFlagWords(), "a flag such as syn"};
    case Key::Dscp: return {netfilter::dscpWords(), "a code point such as ef"};
    case Key::SourceType:
    case Key::DestinationType: return {netfilter::addressTypeWords(), "local, unicast, broadcast or multicast"};
    case Key::SourcePort:
    case Key::DestinationPort: return {kServices, "a port"};
    default: return {{}, "a number"};
  }
}

class NftRuleReader {
 public:
  explicit NftRuleReader(NftCursor& cursor) : c(cursor) {}

  netfilter::FilterRule read() {
    if (c.atEnd()) c.unexpectedHere("a rule");
    while (!c.atEnd() && m_rule.parts.size() < kMaxParts) readPart();
    if (!c.atEnd()) c.fail("Could not process rule: it has too many parts");
    return std::move(m_rule);
  }

 private:
  void readPart() {
    const NftToken& first = c.take();
    const std::string& word = first.text;
    if (first.kind != NftToken::Kind::Word) return unknown(first);
    m_hasTransport = m_hasTransport || word == "tcp" || word == "udp" || word == "th" || c.is("l4proto") || c.is("protocol");
    if (word == "iifname" || word == "iif") return readNames(Key::InName);
    if (word == "oifname" || word == "oif") return readNames(Key::OutName);
    if (word == "meta") return readMeta();
    if (word == "mark") return readMark(false);
    if (word == "ip") return readIp();
    if (word == "tcp" || word == "udp" || word == "th") return readTransport(word);
    if (word == "icmp") return readIcmp();
    if (word == "ct") return readCt();
    if (word == "fib") return readFib();
    if (word == "numgen") return readNumgen();
    if (word == "limit") return readLimit();
    if (word == "comment") return void(m_rule.comment = c.name("a text"));
    if (!readStatement(word)) unknown(first);
  }

  void unknown(const NftToken& token) {
    c.failAt(fmt::format("syntax error, unexpected “{}”: a condition such as `ip saddr` or a statement such as `accept` is expected",
                         token.text), token);
  }

  Match& begin(Key key) {
    m_rule.parts.emplace_back(Match{});
    Match& match = std::get<Match>(m_rule.parts.back());
    match.key = key;
    return match;
  }
  Statement& begin(Do what) {
    m_rule.parts.emplace_back(Statement{});
    Statement& statement = std::get<Statement>(m_rule.parts.back());
    statement.what = what;
    return statement;
  }

  void readNames(Key key) {
    Match& match = begin(key);
    match.inverted = c.accept("!=");
    if (!match.inverted) c.accept("==");
    if (!c.accept("{")) return match.names.push_back(c.name("the name of an interface"));
    do {
      match.names.push_back(c.name("the name of an interface"));
    } while (c.accept(",") && match.names.size() < kMaxValues);
    c.expect("}");
  }

  void readMeta() {
    if (c.accept("iifname") || c.accept("iif")) return readNames(Key::InName);
    if (c.accept("oifname") || c.accept("oif")) return readNames(Key::OutName);
    if (c.accept("l4proto")) return readValues(begin(Key::Protocol));
    if (c.accept("length")) return readValues(begin(Key::Length));
    if (c.accept("mark")) return readMark(false);
    c.unexpectedHere("iifname, oifname, l4proto, length or mark");
  }

  /// meta mark, ct mark: compared or set.
  void readMark(bool ofConnection) {
    if (!c.accept("set")) return readValues(begin(ofConnection ? Key::CtMark : Key::Mark));
    const bool otherMeta = c.is("meta") || c.is("mark"), otherCt = c.is("ct");
    if (!otherMeta && !otherCt) {
      begin(ofConnection ? Do::SetCtMark : Do::SetMark).value = c.number("a mark");
      return;
    }
    const bool bare = c.take().text == "mark";
    if (!bare) c.expect("mark");
    if (otherCt != ofConnection) return void(begin(ofConnection ? Do::CtFromMark : Do::MarkFromCt));
    Statement& statement = begin(ofConnection ? Do::SetCtMark : Do::SetMark);
    const bool ors = c.accept("or") || c.accept("|"), ands = !ors && (c.accept("and") || c.accept("&"));
    if (!ors && !ands && !c.accept("xor")) c.expect("^");
    const std::uint32_t number = c.number("a mark");
    statement.keep = ors ? ~number : ands ? number : UINT32_MAX;
    statement.value = ands ? 0 : number;
  }

  void readIp() {
    constexpr Word kKeys[] = {{"saddr", unsigned(Key::Source)}, {"daddr", unsigned(Key::Destination)}, {"protocol", unsigned(Key::Protocol)},
                              {"ttl", unsigned(Key::Ttl)},      {"length", unsigned(Key::Length)},     {"dscp", unsigned(Key::Dscp)}};
    const auto key = numberOf(kKeys, c.peek().text);
    if (!key) return c.unexpectedHere("saddr, daddr, protocol, ttl, length or dscp");
    c.take();
    Match& match = begin(static_cast<Key>(*key));
    if (match.key == Key::Protocol) match.protocol = 1;
    readValues(match);
  }

  void readTransport(const std::string& protocol) {
    const std::uint8_t number = protocol == "tcp" ? 6 : protocol == "udp" ? 17 : 0;
    const bool source = c.is("sport");
    if (source || c.is("dport")) {
      c.take();
      Match& match = begin(source ? Key::SourcePort : Key::DestinationPort);
      match.protocol = number;
      return readValues(match);
    }
    if (number != 6 || !c.accept("flags")) return c.unexpectedHere(number == 6 ? "sport, dport or flags" : "sport or dport");
    readFlags();
  }

  /// `tcp flags syn`, `syn / syn,ack`, `& (syn|ack) == syn`, `== syn`, `{ syn, ack }`.
  void readFlags() {
    Match& match = begin(Key::TcpFlags);
    if (c.accept("&") || c.accept("and")) {
      match.mask = readBits(match.key);
      match.inverted = c.accept("!=");
      if (!match.inverted) c.expect("==");
      const std::uint32_t bits = readBits(match.key);
      return match.values.push_back({bits, bits});
    }
    if (c.is("{")) return readValues(match);
    match.inverted = c.accept("!=");
    const bool exact = match.inverted || c.accept("==");
    const std::uint32_t bits = readBits(match.key);
    match.values.push_back({bits, bits});
    if (c.accept("/")) match.mask = readBits(match.key);
    else match.anyBit = !exact;
  }

  /// Words for bits, with commas or bars between them, in parentheses or not.
  std::uint32_t readBits(Key key) {
    const KeyWords words = wordsOf(key);
    const bool inside = c.accept("(");
    std::uint32_t bits = 0;
    do {
      bits |= c.numberOrWord(words.words, words.what);
    } while (c.accept(",") || c.accept("|"));
    if (inside) c.expect(")");
    return bits;
  }

  void readIcmp() {
    if (c.accept("type")) return readValues(begin(Key::IcmpType));
    if (c.accept("code")) return readValues(begin(Key::IcmpCode));
    c.unexpectedHere("type or code");
  }

  void readCt() {
    if (c.accept("mark")) return readMark(true);
    const bool status = c.is("status");
    if (!status && !c.is("state")) return c.unexpectedHere("state, status or mark");
    c.take();
    Match& match = begin(status ? Key::CtStatus : Key::CtState);
    if (c.is("{")) return readValues(match);
    match.inverted = c.accept("!=");
    if (!match.inverted) c.accept("==");
    match.anyBit = true;
    const std::uint32_t bits = readBits(match.key);
    match.values.push_back({bits, bits});
  }

  void readFib() {
    const bool source = c.accept("saddr");
    if (!source) c.expect("daddr");
    c.expect("type");
    readValues(begin(source ? Key::SourceType : Key::DestinationType));
  }

  void readNumgen() {
    c.expect("inc");
    c.expect("mod");
    Match& match = begin(Key::Numgen);
    match.modulus = c.number("a number of packets");
    if (match.modulus == 0) c.fail("Could not process rule: Numerical result out of range");
    readValues(match);
  }

  void readLimit() {
    c.expect("rate");
    Match& match = begin(Key::Limit);
    match.inverted = c.accept("over");
    const NftToken& token = c.take();
    const std::size_t slash = std::min(token.text.find('/'), token.text.size());
    const auto rate = parseKernelNumber(token.text.substr(0, slash));
    const auto per = slash == token.text.size() ? std::nullopt : numberOf(kUnits, token.text.substr(slash + 1));
    if (!rate || *rate == 0 || !per) return c.failAt("syntax error, a rate such as 10/second is expected", token);
    match.rate = *rate;
    match.per = *per;
    if (!c.accept("burst")) return;
    match.burst = c.number("a number of packets");
    c.accept("packets");
  }

  void readValues(Match& match) {
    if (c.accept("&") || c.accept("and")) {
      match.mask = c.number("a mask");
      if (!c.is("!=")) c.expect("==");
    }
    match.inverted = c.accept("!=");
    const bool less = c.accept("<"), lessOrEqual = !less && c.accept("<="), more = c.accept(">"), moreOrEqual = !more && c.accept(">=");
    if (!match.inverted && !less && !lessOrEqual && !more && !moreOrEqual) c.accept("==");
    if (c.accept("{")) {
      do {
        c.skipEnds();
        if (c.is("}")) break;
        match.values.push_back(readValue(match));
        c.skipEnds();
      } while (c.accept(",") && match.values.size() < kMaxValues);
      c.expect("}");
      return sortValues(match);
    }
    Range range = readValue(match);
    if (less && range.from == 0) return c.fail("Could not process rule: Numerical result out of range");
    if (less || lessOrEqual) range = {0, less ? range.from - 1 : range.from};
    if (more || moreOrEqual) range = {more ? range.to + 1 : range.to, UINT32_MAX};
    match.values.push_back(range);
  }

  /// A set has no order of its own: nft lists it by value.
  static void sortValues(Match& match) {
    std::ranges::sort(match.values, {}, &Range::from);
  }

  Range readValue(Match& match) {
    const NftToken& token = c.peek();
    if (token.kind == NftToken::Kind::Symbol && token.text == "@") c.fail("named sets are not built here: write the values in braces");
    const KeyWords words = wordsOf(match.key);
    const bool address = match.key == Key::Source || match.key == Key::Destination;
    const auto range = token.kind != NftToken::Kind::Word ? std::nullopt
                       : address                ? addressRange(token.text, match.prefix)
                                                : numberRange(token.text, words.words);
    if (!range) {
      c.unexpectedHere(address ? "an address such as 192.0.2.1 or 192.0.2.0/24" : words.what);
      return {};
    }
    c.take();
    return *range;
  }

  bool readStatement(const std::string& word) {
    constexpr Word kPlain[] = {{"accept", unsigned(Do::Accept)}, {"drop", unsigned(Do::Drop)}, {"return", unsigned(Do::Return)},
                               {"notrack", unsigned(Do::NoTrack)}};
    constexpr Word kNat[] = {{"masquerade", unsigned(Do::Masquerade)}, {"snat", unsigned(Do::SourceNat)},
                             {"dnat", unsigned(Do::DestinationNat)}, {"redirect", unsigned(Do::Redirect)}};
    if (const auto plain = numberOf(kPlain, word)) return begin(static_cast<Do>(*plain)), true;
    if (const auto nat = numberOf(kNat, word)) return readNat(static_cast<Do>(*nat)), true;
    if (word == "continue") return true;
    if (word == "counter") return readCounter(), true;
    if (word == "reject") return readReject(), true;
    if (word == "log") return readLog(), true;
    if (word == "jump" || word == "goto") {
      begin(word == "jump" ? Do::Jump : Do::Goto).text = c.name("the name of a chain");
      return true;
    }
    return false;
  }

  void readCounter() {
    begin(Do::Count);
    if (!c.accept("packets")) return;
    c.number("a number");
    c.expect("bytes");
    c.number("a number");
  }

  void readReject() {
    Statement& statement = begin(Do::Reject);
    if (!c.accept("with")) return;
    statement.defaultReason = false;
    if (c.accept("tcp")) {
      c.expect("reset");
      statement.reset = true;
      return;
    }
    if (!c.accept("icmpx")) c.expect("icmp");
    c.accept("type");
    statement.icmpCode = static_cast<std::uint8_t>(c.numberOrWord(netfilter::icmpCodeWords(), "a reason such as port-unreachable") & 0xFF);
  }

  void readLog() {
    Statement& statement = begin(Do::Log);
    while (c.is("prefix") || c.is("level")) {
      const bool prefix = c.take().text == "prefix";
      const std::string value = c.name("a text");
      if (prefix) statement.text = value;
    }
  }

  void readNat(Do what) {
    Statement& statement = begin(what);
    c.accept("ip");
    if (c.accept("to")) {
      bool prefix = false;
      const bool addresses = what == Do::SourceNat || what == Do::DestinationNat;
      if (addresses && !c.is(":")) {
        statement.addresses = addressRange(c.peek().text, prefix);
        if (!statement.addresses) return c.unexpectedHere("an address");
        c.take();
      }
      if (c.is(":") && !m_hasTransport) return c.fail("transport protocol mapping is only valid after transport protocol match");
      if (c.accept(":")) {
        const auto ports = numberRange(c.peek().text, kServices);
        if (!ports || ports->to > kMaxPort) return c.unexpectedHere("a port");
        statement.ports = *ports;
        c.take();
      }
      if (!statement.addresses && !statement.ports) return c.unexpectedHere(addresses ? "an address" : "“:” and a port");
    } else if (what == Do::SourceNat || what == Do::DestinationNat) {
      return c.unexpectedHere("“to”");
    }
    while (c.is("persistent") || c.is("random") || c.is("fully-random")) {
      if (c.is("persistent")) statement.persistent = true;
      else return c.fail("a random choice of ports is not built here");
      c.take();
    }
  }

  NftCursor& c;
  netfilter::FilterRule m_rule;
  bool m_hasTransport = false;  ///< a condition before says which transport protocol it is
};

}  // namespace

netfilter::FilterRule readNftRule(NftCursor& cursor) { return NftRuleReader(cursor).read(); }

}  // namespace hw::shell
