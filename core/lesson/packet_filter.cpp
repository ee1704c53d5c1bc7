#include "core/lesson/packet_filter.h"

#include <algorithm>
#include <optional>

#include "core/dissect/field_catalog.h"
#include "core/lesson/limits.h"
#include "core/lesson/tokens.h"
#include "core/project/suggest.h"
#include "core/wire/address.h"

namespace hw::lesson {
namespace {

using FilterKind = FilterNode::Kind;

struct Operator {
  std::string_view sign;
  FilterKind kind;
};
constexpr Operator kComparisons[] = {{"==", FilterKind::Equal},     {"!=", FilterKind::NotEqual}, {"<=", FilterKind::LessEqual},
                                     {">=", FilterKind::GreaterEqual}, {"<", FilterKind::Less},      {">", FilterKind::Greater}};

std::optional<std::int64_t> numberIn(std::string_view text) {
  if (text.empty() || text.size() > 18) return std::nullopt;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

class FilterParser {
 public:
  explicit FilterParser(std::string_view text) : m_tokens(tokensOf(text, Words::Fields)) {}

  Expected<PacketFilter, Problem> parse() {
    either(0);
    if (!m_problem && !m_tokens.atEnd()) refuse({"&& or ||"});
    if (m_problem) return hw::unexpected(std::move(*m_problem));
    return std::move(m_filter);
  }

 private:
  std::uint32_t add(FilterNode node) {
    if (m_filter.nodes.size() >= kMaxExpressionParts) tooDeep();
    m_filter.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(m_filter.nodes.size() - 1);
  }
  void tooDeep() {
    if (!m_problem) m_problem = Problem{.id = ProblemId::ExpressionTooDeep, .place = placeNow()};
  }
  Place placeNow() const { return {0, static_cast<std::uint32_t>(m_tokens.now().at)}; }
  void refuse(std::string_view wanted) {
    if (m_problem) return;
    const bool end = m_tokens.atEnd();
    m_problem = Problem{.id = ProblemId::Unexpected,
                        .place = placeNow(),
                        .found = end ? "the end" : project::inQuotes(m_tokens.now().text),
                        .right = std::string(wanted)};
  }

  std::uint32_t either(int depth) {
    std::uint32_t left = both(depth);
    while (!m_problem && (m_tokens.take("||") || m_tokens.take("or"))) {
      const std::uint32_t right = both(depth);
      left = add({FilterKind::Or, {}, {}, {left, right}});
    }
    return left;
  }
  std::uint32_t both(int depth) {
    std::uint32_t left = single(depth);
    while (!m_problem && (m_tokens.take("&&") || m_tokens.take("and"))) {
      const std::uint32_t right = single(depth);
      left = add({FilterKind::And, {}, {}, {left, right}});
    }
    return left;
  }
  std::uint32_t single(int depth) {
    if (depth > kMaxExpressionDepth) tooDeep();
    if (m_problem) return 0;
    if (m_tokens.take("!") || m_tokens.take("not")) return add({FilterKind::Not, {}, {}, {single(depth + 1)}});
    if (!m_tokens.take("(")) return comparison();
    const std::uint32_t inner = either(depth + 1);
    if (!m_tokens.take(")")) refuse(")");
    return inner;
  }
  std::uint32_t comparison() {
    const Token name = m_tokens.now();
    if (name.kind != Token::Kind::Word) {
      refuse("a field such as ip.dst");
      return 0;
    }
    if (!isFieldOrProtocol(name.text)) {
      m_problem = Problem{.id = ProblemId::UnknownField,
                          .place = placeNow(),
                          .found = project::inQuotes(name.text),
                          .right = nearestField(name.text)};
      return 0;
    }
    m_tokens.skip();
    for (const Operator& one : kComparisons)
      if (m_tokens.take(one.sign)) return add({one.kind, std::string(name.text), value(), {}});
    return add({FilterKind::Has, std::string(name.text), {}, {}});
  }
  std::string value() {
    const Token token = m_tokens.now();
    const bool fits = token.kind == Token::Kind::Word || token.kind == Token::Kind::Number ||
                      token.kind == Token::Kind::Text;
    if (!fits) refuse("a value such as 8 or 198.51.100.10");
    m_tokens.skip();
    return std::string(token.text);
  }

  TokenReader m_tokens;
  PacketFilter m_filter;
  std::optional<Problem> m_problem;
};

bool holds(FilterKind kind, const std::string& left, const std::string& right) {
  const auto a = numberIn(left);
  const auto b = numberIn(right);
  switch (kind) {
    case FilterKind::Equal: return a && b ? *a == *b : left == right;
    case FilterKind::NotEqual: return a && b ? *a != *b : left != right;
    case FilterKind::Less: return a && b && *a < *b;
    case FilterKind::LessEqual: return a && b && *a <= *b;
    case FilterKind::Greater: return a && b && *a > *b;
    case FilterKind::GreaterEqual: return a && b && *a >= *b;
    case FilterKind::Has:
    case FilterKind::Not:
    case FilterKind::And:
    case FilterKind::Or: break;
  }
  return false;
}

/// Whether any field of that name among these is as wanted.
bool anyField(const std::vector<dissect::TreeField>& fields, const FilterNode& node) {
  for (const dissect::TreeField& field : fields) {
    if (field.name() == node.name && (node.kind == FilterKind::Has || holds(node.kind, field.show, node.value)))
      return true;
    if (anyField(field.fields, node)) return true;
  }
  return false;
}

bool matchesNode(const PacketFilter& filter, std::uint32_t index, const dissect::PacketTree& packet) {
  const FilterNode& node = filter.nodes[index];
  const auto part = [&](std::size_t i) { return matchesNode(filter, node.parts[i], packet); };
  if (node.kind == FilterKind::Not) return !part(0);
  if (node.kind == FilterKind::And) return part(0) && part(1);
  if (node.kind == FilterKind::Or) return part(0) || part(1);
  for (const dissect::Layer& layer : packet.layers) {
    // What an error message quotes is not what the packet is.
    if (layer.within != dissect::Layer::kTop) continue;
    if (node.kind == FilterKind::Has && layer.name() == node.name) return true;
    if (anyField(layer.fields, node)) return true;
  }
  return false;
}

std::vector<std::string_view> allNames() {
  std::vector<std::string_view> names;
  for (const SchemaInfo* one : dissect::allProtocols()) names.push_back(one->key);
  for (const Field* one : dissect::allFields()) names.push_back(one->key);
  return names;
}

}  // namespace

bool PacketFilter::matches(const dissect::PacketTree& packet) const {
  return !nodes.empty() && matchesNode(*this, static_cast<std::uint32_t>(nodes.size() - 1), packet);
}

Expected<PacketFilter, Problem> parseFilter(std::string_view text) { return FilterParser(text).parse(); }

bool isFieldOrProtocol(std::string_view name) {
  const auto protocols = dissect::allProtocols();
  return dissect::fieldByKey(name) ||
         std::any_of(protocols.begin(), protocols.end(), [name](const auto* one) { return one->key == name; });
}

std::string nearestField(std::string_view name) { return std::string(project::nearest(name, allNames())); }

}  // namespace hw::lesson
