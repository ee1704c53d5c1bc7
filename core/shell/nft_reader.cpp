#include "core/shell/nft_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/shell/nft_cursor.h"

namespace hw::shell {
namespace {

using netfilter::Base;
using netfilter::Chain;
using netfilter::ChainType;
using netfilter::Do;
using netfilter::FilterRule;
using netfilter::Hook;
using netfilter::Ruleset;
using netfilter::Statement;
using netfilter::Table;

constexpr std::string_view kNotThere = "Could not process rule: No such file or directory";
constexpr std::string_view kNotHere = "Could not process rule: Operation not supported";
constexpr std::string_view kThere = "Could not process rule: File exists";
constexpr std::string_view kTooMany = "Could not process rule: Too many open files in system";

/// Anonymous sets take a handle of their own, in front of their rule.
std::uint32_t setsOf(const FilterRule& rule) {
  std::uint32_t sets = 0;
  for (const netfilter::Part& part : rule.parts)
    if (const auto* match = std::get_if<netfilter::Match>(&part)) sets += match->values.size() + match->names.size() > 1 ? 1 : 0;
  return sets;
}

class Reader {
 public:
  Reader(NftCursor& cursor, Ruleset rules, const netfilter::State& counted, bool handles)
      : c(cursor), m_handles(handles), m_counted(counted) {
    m_result.rules = std::move(rules);
  }

  NftResult run() {
    for (c.skipEnds(); !c.failed() && c.peek().kind != NftToken::Kind::End; c.skipEnds()) {
      readCommand();
      if (!c.atEnd()) c.unexpectedHere("the end of the command");
      if (c.is("}")) c.unexpectedHere("a command");
    }
    return std::move(m_result);
  }

 private:
  void readCommand() {
    const NftToken& verb = c.peek();
    if (c.is("table")) return readAdd(false);
    if (c.accept("add")) return readAdd(false);
    if (c.accept("create")) return readAdd(true);
    if (c.accept("insert")) return readRule(true);
    if (c.accept("replace")) return readReplace();
    if (c.accept("delete") || c.accept("destroy")) return readDelete();
    if (c.accept("flush")) return readFlush();
    if (c.accept("list")) return readList();
    c.failAt(fmt::format("syntax error, unexpected “{}”: add, insert, replace, delete, flush or list is expected", verb.text), verb);
  }

  // Which table and chain

  /// The family in front of a name: ip is meant if there is none.
  bool readFamily() {
    for (const char* other : {"ip6", "arp", "bridge", "netdev"})
      if (c.is(other)) c.fail(fmt::format("tables of family {} are not built here: only ip and inet", other));
    if (c.accept("inet")) return true;
    if (c.peek(1).kind != NftToken::Kind::Symbol && !c.atEnd()) c.accept("ip");
    return false;
  }
  Table* table() {
    const bool inet = readFamily();
    const NftToken& token = c.peek();
    const std::string name = c.name("the name of a table");
    Table* found = m_result.rules.find(name, inet);
    if (!found) c.failAt(std::string(kNotThere), token);
    return found;
  }
  Chain* chainOf(Table* table) {
    const NftToken& token = c.peek();
    const std::string name = c.name("the name of a chain");
    Chain* found = table ? table->find(name) : nullptr;
    if (!found) c.failAt(std::string(kNotThere), token);
    return found;
  }
  std::uint32_t handleOf() {
    c.expect("handle");
    return c.number("a handle");
  }

  // add, create

  void readAdd(bool fresh) {
    if (c.accept("table")) return readTable(fresh);
    if (c.accept("chain")) {
      Table* to = table();
      if (to) readChain(*to, fresh);
      return;
    }
    if (c.is("rule") || c.peek().kind == NftToken::Kind::Word) return readRule(false);
    c.unexpectedHere("table, chain or rule");
  }

  void readTable(bool fresh) {
    const bool inet = readFamily();
    const NftToken& token = c.peek();
    const std::string name = c.name("the name of a table");
    Ruleset& rules = m_result.rules;
    Table* table = rules.find(name, inet);
    if (table && fresh) return c.failAt(std::string(kThere), token);
    if (!table) {
      if (rules.tables.size() >= netfilter::kMaxTables) return c.failAt(std::string(kTooMany), token);
      table = &rules.tables.emplace_back();
      table->handle = rules.nextTable++;
      table->inet = inet;
      table->name = name;
    }
    m_result.changed = true;
    if (!c.accept("{")) return;
    readBlock(*table);
    c.expect("}");
  }

  /// The chains of a table come into being before their rules, as in one transaction.
  void readBlock(Table& table) {
    std::vector<std::pair<std::string, FilterRule>> rules;
    for (c.skipEnds(); !c.failed() && !c.is("}") && c.peek().kind != NftToken::Kind::End; c.skipEnds()) {
      if (!c.accept("chain")) return c.unexpectedHere("chain");
      Chain* chain = addChain(table, false);
      if (!chain) return;
      const std::string name = chain->name;
      c.expect("{");
      readBody(table, name, rules);
      c.expect("}");
    }
    for (auto& [chain, rule] : rules)
      if (!c.failed()) place(table, *table.find(chain), std::move(rule), SIZE_MAX);
  }

  void readBody(Table& table, const std::string& name, std::vector<std::pair<std::string, FilterRule>>& rules) {
    for (c.skipEnds(); !c.failed() && !c.is("}") && c.peek().kind != NftToken::Kind::End; c.skipEnds()) {
      if (c.is("type")) readBase(*table.find(name));
      else if (c.is("policy")) readPolicy(*table.find(name));
      else rules.emplace_back(name, checked(*table.find(name)));
      if (!c.atEnd()) c.unexpectedHere("“;” or the end of the line");
    }
  }

  Chain* addChain(Table& table, bool fresh) {
    const NftToken& token = c.peek();
    const std::string name = c.name("the name of a chain");
    Chain* chain = table.find(name);
    if (chain && fresh) c.failAt(std::string(kThere), token);
    if (!chain && table.chains.size() >= netfilter::kMaxChains) c.failAt(std::string(kTooMany), token);
    if (c.failed() || chain) return c.failed() ? nullptr : chain;
    chain = &table.chains.emplace_back();
    chain->handle = table.nextHandle++;
    chain->name = name;
    return chain;
  }

  void readChain(Table& table, bool fresh) {
    Chain* chain = addChain(table, fresh);
    m_result.changed = true;
    if (!chain || !c.accept("{")) return;
    for (c.skipEnds(); !c.failed() && !c.is("}") && c.peek().kind != NftToken::Kind::End; c.skipEnds()) {
      if (c.is("type")) readBase(*chain);
      else if (c.is("policy")) readPolicy(*chain);
      else c.unexpectedHere("type or policy");
    }
    c.expect("}");
  }

  /// type nat hook postrouting priority srcnat
  void readBase(Chain& chain) {
    const NftToken& place = c.take();
    Base base;
    const auto type = numberOf(netfilter::chainTypeWords(), c.peek().text);
    if (!type) return c.unexpectedHere("filter, nat or route");
    base.type = static_cast<ChainType>(*type);
    c.take();
    c.expect("hook");
    const auto hook = numberOf(netfilter::hookWords(), c.peek().text);
    if (!hook) return c.unexpectedHere("prerouting, input, forward, output or postrouting");
    base.hook = static_cast<Hook>(*hook);
    c.take();
    c.expect("priority");
    base.priority = readPriority();
    if (chain.base) base.drops = chain.base->drops;
    const bool impossible = (base.type == ChainType::Nat && base.hook == Hook::Forward) ||
                            (base.type == ChainType::Route && base.hook != Hook::Output);
    if (impossible) return c.failAt(std::string(kNotHere), place);
    chain.base = base;
  }

  std::int32_t readPriority() {
    const bool minus = c.accept("-");
    std::int32_t value = 0;
    if (const auto word = numberOf(netfilter::priorityWords(), c.peek().text)) {
      value = static_cast<std::int32_t>(*word);
      c.take();
    } else {
      value = static_cast<std::int32_t>(c.number("a priority such as filter or -100", INT32_MAX));
      if (minus) value = -value;
      return value;
    }
    if (c.accept("+")) value += static_cast<std::int32_t>(c.number("a number", 1 << 20));
    else if (c.accept("-")) value -= static_cast<std::int32_t>(c.number("a number", 1 << 20));
    return value;
  }

  void readPolicy(Chain& chain) {
    const NftToken& place = c.take();
    const bool drops = c.is("drop");
    if (!drops && !c.is("accept")) return c.unexpectedHere("accept or drop");
    c.take();
    if (!chain.base) return c.failAt(std::string(kNotHere), place);
    chain.base->drops = drops;
  }

  // Rules

  /// A rule, if it may stand in that chain: translation of addresses only at its hooks.
  FilterRule checked(const Chain& chain) {
    const NftToken& first = c.peek();
    FilterRule rule = readNftRule(c);
    const auto mayStand = [&](const netfilter::Part& part) {
      const auto* statement = std::get_if<Statement>(&part);
      if (!statement || !chain.base) return true;
      const Hook hook = chain.base->hook;
      const bool nat = chain.base->type == ChainType::Nat;
      switch (statement->what) {
        case Do::Masquerade: return nat && hook == Hook::Postrouting;
        case Do::SourceNat: return nat && (hook == Hook::Postrouting || hook == Hook::Input);
        case Do::DestinationNat:
        case Do::Redirect: return nat && (hook == Hook::Prerouting || hook == Hook::Output);
        case Do::NoTrack: return chain.base->priority < -200 && (hook == Hook::Prerouting || hook == Hook::Output);
        case Do::Reject: return hook != Hook::Postrouting;
        default: return true;
      }
    };
    if (!std::all_of(rule.parts.begin(), rule.parts.end(), mayStand)) c.failAt(std::string(kNotHere), first);
    return rule;
  }

  void place(Table& table, Chain& chain, FilterRule rule, std::size_t index) {
    if (chain.rules.size() >= netfilter::kMaxRules) return c.fail(std::string(kTooMany));
    for (const netfilter::Part& part : rule.parts)
      if (const auto* statement = std::get_if<Statement>(&part); statement && (statement->what == Do::Jump || statement->what == Do::Goto))
        if (!table.find(statement->text)) return c.fail(std::string(kNotThere));
    table.nextHandle += setsOf(rule);
    rule.handle = table.nextHandle++;
    chain.rules.insert(chain.rules.begin() + static_cast<std::ptrdiff_t>(std::min(index, chain.rules.size())), std::move(rule));
    if (leadsIntoItself(table, chain, 0)) c.fail("Could not process rule: Too many links");
    m_result.changed = true;
  }

  bool leadsIntoItself(const Table& table, const Chain& chain, int depth) {
    if (depth > netfilter::kMaxJumps) return true;
    for (const FilterRule& rule : chain.rules)
      for (const netfilter::Part& part : rule.parts) {
        const auto* statement = std::get_if<Statement>(&part);
        const bool leads = statement && (statement->what == Do::Jump || statement->what == Do::Goto);
        const Chain* target = leads ? table.find(statement->text) : nullptr;
        if (target && leadsIntoItself(table, *target, depth + 1)) return true;
      }
    return false;
  }

  void readRule(bool inFront) {
    c.accept("rule");
    Table* to = table();
    Chain* chain = chainOf(to);
    if (!chain) return;
    std::size_t index = inFront ? 0 : chain->rules.size();
    if (c.is("handle") || c.is("position")) {
      c.take();
      const NftToken& token = c.peek();
      const std::uint32_t handle = c.number("a handle");
      const auto at = std::ranges::find(chain->rules, handle, &FilterRule::handle);
      if (at == chain->rules.end()) return c.failAt(std::string(kNotThere), token);
      index = static_cast<std::size_t>(at - chain->rules.begin()) + (inFront ? 0 : 1);
    }
    FilterRule rule = checked(*chain);
    if (!c.failed()) place(*to, *chain, std::move(rule), index);
  }

  void readReplace() {
    c.accept("rule");
    Table* to = table();
    Chain* chain = chainOf(to);
    if (!chain) return;
    const NftToken& token = c.peek(1);
    const std::uint32_t handle = handleOf();
    const auto at = std::ranges::find(chain->rules, handle, &FilterRule::handle);
    if (!c.failed() && at == chain->rules.end()) return c.failAt(std::string(kNotThere), token);
    FilterRule rule = checked(*chain);
    if (c.failed()) return;
    const auto index = static_cast<std::size_t>(at - chain->rules.begin());
    chain->rules.erase(at);
    place(*to, *chain, std::move(rule), index);
  }

  // delete, flush

  void readDelete() {
    Ruleset& rules = m_result.rules;
    m_result.changed = true;
    if (c.accept("table")) {
      const Table* gone = table();
      if (gone) std::erase_if(rules.tables, [handle = gone->handle](const Table& one) { return one.handle == handle; });
      return;
    }
    if (c.accept("chain")) {
      Table* of = table();
      const NftToken& token = c.peek();
      const Chain* gone = chainOf(of);
      if (!gone) return;
      if (isTarget(*of, gone->name)) return c.failAt("Could not process rule: Device or resource busy", token);
      std::erase_if(of->chains, [handle = gone->handle](const Chain& one) { return one.handle == handle; });
      return;
    }
    c.expect("rule");
    Table* of = table();
    Chain* chain = chainOf(of);
    const NftToken& token = c.peek(1);
    const std::uint32_t handle = handleOf();
    if (c.failed()) return;
    if (!chain->find(handle)) return c.failAt(std::string(kNotThere), token);
    std::erase_if(chain->rules, [handle](const FilterRule& one) { return one.handle == handle; });
  }

  static bool isTarget(const Table& table, const std::string& chain) {
    for (const Chain& one : table.chains)
      for (const FilterRule& rule : one.rules)
        for (const netfilter::Part& part : rule.parts)
          if (const auto* statement = std::get_if<Statement>(&part); statement && statement->text == chain &&
              (statement->what == Do::Jump || statement->what == Do::Goto))
            return true;
    return false;
  }

  void readFlush() {
    m_result.changed = true;
    if (c.accept("ruleset")) return m_result.rules.tables.clear();
    if (c.accept("chain")) {
      Chain* chain = chainOf(table());
      if (chain) chain->rules.clear();
      return;
    }
    c.expect("table");
    if (Table* of = table())
      for (Chain& chain : of->chains) chain.rules.clear();
  }

  // list

  void readList() {
    netfilter::Listing how{m_handles, &m_counted, {}};
    if (c.accept("ruleset")) {
      for (const Table& one : m_result.rules.tables) m_result.output += netfilter::text(one, how);
    } else if (c.accept("tables")) {
      for (const Table& one : m_result.rules.tables) m_result.output += fmt::format("table {} {}\n", one.inet ? "inet" : "ip", one.name);
    } else if (c.accept("table")) {
      if (const Table* one = table()) m_result.output += netfilter::text(*one, how);
    } else if (c.accept("chain")) {
      Table* of = table();
      const Chain* one = chainOf(of);
      if (!one) return;
      how.onlyChain = one->name;
      m_result.output += netfilter::text(*of, how);
    } else {
      c.unexpectedHere("ruleset, tables, table or chain");
    }
  }

  NftCursor& c;
  bool m_handles;
  const netfilter::State& m_counted;
  NftResult m_result;
};

}  // namespace

Expected<NftResult, NftFault> runNft(std::string_view source, Ruleset rules, const netfilter::State& counted, bool handles) {
  const auto tokens = nftTokens(source);
  if (!tokens) return unexpected(tokens.error());
  NftCursor cursor(*tokens);
  NftResult result = Reader(cursor, std::move(rules), counted, handles).run();
  if (cursor.fault()) return unexpected(*cursor.fault());
  return result;
}

}  // namespace hw::shell
