#include "core/lesson/expression.h"

#include <algorithm>
#include <optional>

#include "core/lesson/limits.h"
#include "core/lesson/literal_check.h"
#include "core/lesson/tokens.h"
#include "core/lesson/vocabulary.h"

namespace hw::lesson {
namespace {

using NodeKind = Node::Kind;

/// Recursive descent; after the first problem nothing more is read.
class Parser {
 public:
  Parser(std::string_view line, const project::Document* network)
      : m_tokens(tokensOf(line, Words::Names)), m_network(network) {
    m_result.source = std::string(line);
  }

  Expected<Expression, Problem> parse() {
    either(0);
    if (!m_problem && !m_tokens.atEnd()) refuse("an operator such as == or and");
    if (m_problem) return hw::unexpected(std::move(*m_problem));
    return std::move(m_result);
  }

 private:
  std::uint32_t either(int depth);
  std::uint32_t both(int depth);
  std::uint32_t denied(int depth);
  std::uint32_t comparison(int depth);
  std::uint32_t sum(int depth);
  std::uint32_t chain(int depth);
  std::uint32_t primary(int depth);
  std::uint32_t member(std::uint32_t of, int depth);
  std::uint32_t lookup(std::uint32_t of, int depth);
  std::uint32_t call(const VocabularyWord& word, std::vector<std::uint32_t> parts, const Token& name, int depth);
  std::uint32_t argument(const VocabularyWord& word, std::size_t index, std::uint32_t of, int depth);
  void logical(std::uint32_t part);
  void comparable(NodeKind kind, std::uint32_t left, std::uint32_t right);

  std::uint32_t add(Node node) {
    if (m_result.nodes.size() >= kMaxExpressionParts) problem({.id = ProblemId::ExpressionTooDeep}, node.at);
    m_result.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(m_result.nodes.size() - 1);
  }
  std::uint32_t binary(NodeKind kind, Type type, std::uint32_t left, std::uint32_t right) {
    return add({.kind = kind, .type = type, .parts = {left, right}, .at = m_result.nodes[left].at});
  }
  Type typeOf(std::uint32_t part) const { return m_result.nodes[part].type; }

  void problem(Problem what, std::size_t at) {
    if (m_problem) return;
    what.place = {0, static_cast<std::uint32_t>(at)};
    m_problem = std::move(what);
  }
  std::uint32_t refuse(std::string_view wanted) {
    const bool end = m_tokens.atEnd();
    problem({.id = ProblemId::Unexpected,
             .found = end ? "the end" : project::inQuotes(m_tokens.now().text),
             .right = std::string(wanted)},
            m_tokens.now().at);
    return add({.at = m_tokens.now().at});
  }
  void wrongType(std::uint32_t part, std::string_view wanted) {
    problem({.id = ProblemId::WrongType,
             .found = std::string(nounOf(typeOf(part)).en),
             .right = std::string(wanted)},
            m_result.nodes[part].at);
  }

  TokenReader m_tokens;
  const project::Document* m_network;
  Expression m_result;
  std::optional<Problem> m_problem;
};

bool isNumeric(Type type) { return type == Type::Number || type == Type::Scalar; }
bool isPlain(Type type) { return isNumeric(type) || type == Type::Text; }

void Parser::logical(std::uint32_t part) {
  if (typeOf(part) != Type::Bool) wrongType(part, nounOf(Type::Bool).en);
}

std::uint32_t Parser::either(int depth) {
  std::uint32_t left = both(depth);
  while (!m_problem && (m_tokens.take("or") || m_tokens.take("||"))) {
    const std::uint32_t right = both(depth);
    logical(left);
    logical(right);
    left = binary(NodeKind::Or, Type::Bool, left, right);
  }
  return left;
}

std::uint32_t Parser::both(int depth) {
  std::uint32_t left = denied(depth);
  while (!m_problem && (m_tokens.take("and") || m_tokens.take("&&"))) {
    const std::uint32_t right = denied(depth);
    logical(left);
    logical(right);
    left = binary(NodeKind::And, Type::Bool, left, right);
  }
  return left;
}

std::uint32_t Parser::denied(int depth) {
  const std::size_t at = m_tokens.now().at;
  if (depth > kMaxExpressionDepth) problem({.id = ProblemId::ExpressionTooDeep}, at);
  if (m_problem) return add({.at = at});
  if (!m_tokens.take("not") && !m_tokens.take("!")) return comparison(depth);
  const std::uint32_t inner = denied(depth + 1);
  logical(inner);
  return add({.kind = NodeKind::Not, .type = Type::Bool, .parts = {inner}, .at = at});
}

void Parser::comparable(NodeKind kind, std::uint32_t left, std::uint32_t right) {
  const Type a = typeOf(left), b = typeOf(right);
  if (kind == NodeKind::In) {
    if (a != Type::Text && a != Type::Scalar) wrongType(left, nounOf(Type::Text).en);
    if (b != Type::Text) wrongType(right, "a subnet such as \"192.0.2.0/24\"");
    return;
  }
  if (kind == NodeKind::Equal || kind == NodeKind::NotEqual) {
    const bool scalar = isPlain(a) && isPlain(b) && (a == Type::Scalar || b == Type::Scalar);
    const bool absent = a == Type::None || b == Type::None;
    if (absent || scalar || (a == b && (isPlain(a) || a == Type::Bool))) return;
    return wrongType(right, isPlain(a) || a == Type::Bool ? nounOf(a).en : "none");
  }
  if (!isNumeric(a)) wrongType(left, nounOf(Type::Number).en);
  if (!isNumeric(b)) wrongType(right, nounOf(Type::Number).en);
}

std::uint32_t Parser::comparison(int depth) {
  struct Operator {
    std::string_view sign;
    NodeKind kind;
  };
  static constexpr Operator kOperators[] = {{"==", NodeKind::Equal},     {"!=", NodeKind::NotEqual},
                                            {"<=", NodeKind::LessEqual}, {">=", NodeKind::GreaterEqual},
                                            {"<", NodeKind::Less},       {">", NodeKind::Greater},
                                            {"in", NodeKind::In}};
  const std::uint32_t left = sum(depth);
  for (const Operator& one : kOperators) {
    if (m_problem || !m_tokens.take(one.sign)) continue;
    const std::uint32_t right = sum(depth);
    if (!m_problem) comparable(one.kind, left, right);
    return binary(one.kind, Type::Bool, left, right);
  }
  return left;
}

std::uint32_t Parser::sum(int depth) {
  std::uint32_t left = chain(depth);
  while (!m_problem && (m_tokens.now().is("+") || m_tokens.now().is("-"))) {
    const NodeKind kind = m_tokens.take("+") ? NodeKind::Plus : NodeKind::Minus;
    if (kind == NodeKind::Minus) m_tokens.take("-");
    const std::uint32_t right = chain(depth);
    if (!isNumeric(typeOf(left))) wrongType(left, nounOf(Type::Number).en);
    if (!isNumeric(typeOf(right))) wrongType(right, nounOf(Type::Number).en);
    left = binary(kind, Type::Number, left, right);
  }
  return left;
}

std::uint32_t Parser::chain(int depth) {
  std::uint32_t value = primary(depth);
  while (!m_problem) {
    if (m_tokens.take(".")) value = member(value, depth);
    else if (m_tokens.take("[")) value = lookup(value, depth);
    else break;
  }
  return value;
}

std::uint32_t Parser::primary(int depth) {
  const Token token = m_tokens.now();
  if (m_tokens.take("(")) {
    const std::uint32_t inner = either(depth + 1);
    if (!m_problem && !m_tokens.take(")")) refuse(")");
    return inner;
  }
  if (token.kind == Token::Kind::Text) {
    m_tokens.skip();
    return add({.kind = NodeKind::Text, .type = Type::Text, .text = std::string(token.text), .at = token.at});
  }
  if (token.kind == Token::Kind::Number) {
    if (token.text.size() > 18) return refuse("a smaller number");
    std::int64_t value = 0;
    for (const char c : token.text) value = value * 10 + (c - '0');
    m_tokens.skip();
    return add({.kind = NodeKind::Number, .type = Type::Number, .number = value, .at = token.at});
  }
  if (m_tokens.take("none")) return add({.at = token.at});
  if (token.is("true") || token.is("false")) {
    m_tokens.skip();
    return add({.kind = NodeKind::Bool, .type = Type::Bool, .number = token.is("true"), .at = token.at});
  }
  if (token.kind != Token::Kind::Word) return refuse("a value such as device(\"h1\")");
  const VocabularyWord* word = wordOf(Type::None, WordForm::Function, token.text);
  if (!word) {
    problem({.id = ProblemId::UnknownWord, .found = project::inQuotes(token.text), .right = wordsOf(Type::None)},
            token.at);
    return add({.at = token.at});
  }
  m_tokens.skip();
  return call(*word, {}, token, depth);
}

std::uint32_t Parser::member(std::uint32_t of, int depth) {
  const Token name = m_tokens.now();
  const VocabularyWord* word = wordOf(typeOf(of), WordForm::Member, name.text);
  if (!word) word = wordOf(typeOf(of), WordForm::Method, name.text);
  if (!word) {
    problem({.id = ProblemId::UnknownWord, .found = project::inQuotes(name.text), .right = wordsOf(typeOf(of))},
            name.at);
    return of;
  }
  m_tokens.skip();
  if (word->form == WordForm::Method) return call(*word, {of}, name, depth);
  return add({.kind = NodeKind::Call, .type = word->result, .word = word->id, .parts = {of}, .at = m_result.nodes[of].at});
}

std::uint32_t Parser::lookup(std::uint32_t of, int depth) {
  const VocabularyWord* word = wordOf(typeOf(of), WordForm::Lookup, "");
  if (!word) {
    problem({.id = ProblemId::UnknownWord, .found = "[", .right = wordsOf(typeOf(of))}, m_tokens.now().at);
    return of;
  }
  const std::uint32_t what = argument(*word, 0, of, depth);
  if (!m_problem && !m_tokens.take("]")) refuse("]");
  return add({.kind = NodeKind::Call, .type = word->result, .word = word->id, .parts = {of, what},
              .at = m_result.nodes[of].at});
}

std::uint32_t Parser::call(const VocabularyWord& word, std::vector<std::uint32_t> parts, const Token& name,
                           int depth) {
  if (!m_tokens.take("(")) return refuse("(");
  const std::uint32_t of = parts.empty() ? UINT32_MAX : parts[0];
  for (std::size_t i = 0; i < word.argumentCount() && !m_problem; ++i) {
    if (i > 0 && !m_tokens.take(",")) refuse(",");
    if (!m_problem) parts.push_back(argument(word, i, of, depth));
  }
  if (!m_problem && !m_tokens.take(")")) refuse(")");
  Node node{.kind = NodeKind::Call, .type = word.result, .word = word.id, .parts = std::move(parts), .at = name.at};
  if (word.id == WordId::PacketsFunction) node.number = static_cast<std::int64_t>(m_result.filters.size()) - 1;
  return add(std::move(node));
}

std::uint32_t Parser::argument(const VocabularyWord& word, std::size_t index, std::uint32_t of, int depth) {
  const Token token = m_tokens.now();
  const Argument wanted = word.arguments[index];
  const bool open = wanted == Argument::Address || wanted == Argument::Mac;
  if (!open && token.kind != Token::Kind::Text) {
    problem({.id = ProblemId::TextWanted, .right = exampleOf(wanted)}, token.at);
    return add({.at = token.at});
  }
  const std::uint32_t value = open ? sum(depth + 1) : primary(depth + 1);
  if (m_problem) return value;
  const Node& node = m_result.nodes[value];
  if (node.type != Type::Text && node.type != Type::Scalar) wrongType(value, nounOf(Type::Text).en);
  if (node.kind != NodeKind::Text) return value;
  const Node* receiver = of == UINT32_MAX ? nullptr : &m_result.nodes[of];
  const std::string device =
      receiver && receiver->word == WordId::Device ? m_result.nodes[receiver->parts[0]].text : std::string();
  if (auto wrong = checkLiteral(wanted, node.text, device, m_network)) {
    problem(*wrong, token.at + 1 + wrong->place.column);
  } else if (wanted == Argument::Filter) {
    m_result.filters.push_back(*parseFilter(node.text));
  }
  return value;
}

}  // namespace

Expected<Expression, Problem> parseExpression(std::string_view line, const project::Document* network) {
  if (line.size() > kMaxExpressionBytes)
    return hw::unexpected(
        Problem{.id = ProblemId::ExpressionTooLong, .right = std::to_string(kMaxExpressionBytes)});
  return Parser(line, network).parse();
}

}  // namespace hw::lesson
