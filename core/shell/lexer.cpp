// Read first: POSIX.1 Shell Command Language 2.3 (Token Recognition), 2.2 (Quoting).
#include "core/shell/lexer.h"

#include "core/base/ascii.h"

namespace hw::shell {
namespace {

bool isGap(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool isOperator(char c) { return c == ';' || c == '&' || c == '|' || c == '(' || c == ')' || c == '\n'; }

class Lexer {
 public:
  explicit Lexer(std::string_view line) : m_line(line) {}

  Expected<std::vector<Token>, std::string> run() {
    while (m_error.empty()) {
      while (at() && isGap(*at())) ++m_at;
      if (at() && *at() == '#') skipComment();
      if (!at()) break;
      if (isOperator(*at())) takeOperator();
      else if (isRedirection()) takeRedirection();
      else takeWord();
    }
    if (!m_error.empty()) return unexpected(m_error);
    m_tokens.emplace_back();
    return std::move(m_tokens);
  }

 private:
  const char* at(std::size_t ahead = 0) const {
    return m_at + ahead < m_line.size() ? &m_line[m_at + ahead] : nullptr;
  }
  void skipComment() {
    while (at() && *at() != '\n') ++m_at;
  }
  void fail(std::string what) {
    if (m_error.empty()) m_error = "Syntax error: " + std::move(what);
  }

  void takeOperator() {
    const bool doubled = at(1) && *at(1) == *at() && (*at() == '&' || *at() == '|' || *at() == ';');
    Token token;
    token.kind = Token::Kind::Operator;
    token.text = std::string(m_line.substr(m_at, doubled ? 2 : 1));
    m_at += token.text.size();
    m_tokens.push_back(std::move(token));
  }

  bool isRedirection() const {
    const bool number = *at() == '1' || *at() == '2';
    return *at() == '>' || *at() == '<' || (number && at(1) && *at(1) == '>');
  }

  void takeRedirection() {
    Token token;
    token.kind = Token::Kind::Redirection;
    if (*at() == '2') token.from = Stream::Errors;
    if (*at() == '1' || *at() == '2') ++m_at;
    if (*at() == '<') return fail("nothing can be read from files here");
    ++m_at;
    if (at() && *at() == '>') token.append = true, ++m_at;
    if (at() && *at() == '&') {
      ++m_at;
      if (!at() || (*at() != '1' && *at() != '2')) return fail("Bad fd number");
      token.to = *at() == '1' ? Stream::Output : Stream::Errors;
      ++m_at;
    } else {
      while (at() && isGap(*at())) ++m_at;
      const std::size_t start = m_at;
      while (at() && !isGap(*at()) && !isOperator(*at())) ++m_at;
      const std::string_view file = m_line.substr(start, m_at - start);
      if (file.empty()) return fail("newline unexpected");
      if (file != "/dev/null") token.file = std::string(file);
    }
    m_tokens.push_back(std::move(token));
  }

  void takeWord() {
    Token token;
    token.kind = Token::Kind::Word;
    const std::size_t start = m_at;
    bool plain = true;
    while (at() && m_error.empty() && !isGap(*at()) && !isOperator(*at()) && *at() != '>' && *at() != '<') {
      const char c = *at();
      plain = plain && c != '\'' && c != '"' && c != '\\' && c != '$' && c != '`';
      if (c == '\'') takeSingleQuoted(token.word);
      else if (c == '"') takeDoubleQuoted(token.word);
      else if (c == '\\') takeEscaped(token.word, false);
      else if (c == '$') takeDollar(token.word, false);
      else if (c == '`') return fail("use $(...) instead of backquotes");
      else add(token.word, c, false);
    }
    if (plain) token.text = std::string(m_line.substr(start, m_at - start));
    m_tokens.push_back(std::move(token));
  }

  void add(WordPattern& word, char c, bool quoted) {
    const bool joins = !word.empty() && word.back().kind == Piece::Kind::Text && word.back().quoted == quoted;
    if (!joins) word.push_back({Piece::Kind::Text, {}, quoted, 0});
    word.back().text.push_back(c);
    ++m_at;
  }

  void takeSingleQuoted(WordPattern& word) {
    const std::size_t end = m_line.find('\'', m_at + 1);
    if (end == m_line.npos) return fail("Unterminated quoted string");
    word.push_back({Piece::Kind::Text, std::string(m_line.substr(m_at + 1, end - m_at - 1)), true, 0});
    m_at = end + 1;
  }

  void takeDoubleQuoted(WordPattern& word) {
    ++m_at;
    word.push_back({Piece::Kind::Text, {}, true, 0});
    while (m_error.empty()) {
      if (!at()) return fail("Unterminated quoted string");
      const char c = *at();
      if (c == '"') break;
      if (c == '\\') takeEscaped(word, true);
      else if (c == '$') takeDollar(word, true);
      else add(word, c, true);
    }
    ++m_at;
  }

  void takeEscaped(WordPattern& word, bool quoted) {
    const char* next = at(1);
    const bool special = next && (!quoted || *next == '$' || *next == '"' || *next == '\\' || *next == '`');
    if (special) ++m_at;
    add(word, *at(), true);
  }

  void takeDollar(WordPattern& word, bool quoted) {
    const char* next = at(1);
    if (next && *next == '(') return takeOutput(word, quoted);
    if (next && *next == '{') return takeBraced(word, quoted);
    if (next && (*next == '?' || *next == '!')) {
      word.push_back({Piece::Kind::Variable, std::string(1, *next), quoted, 0});
      m_at += 2;
      return;
    }
    if (!next || !isNameStart(*next)) return add(word, '$', quoted);
    const std::size_t start = ++m_at;
    while (at() && isNameCharacter(*at())) ++m_at;
    word.push_back({Piece::Kind::Variable, std::string(m_line.substr(start, m_at - start)), quoted, 0});
  }

  void takeBraced(WordPattern& word, bool quoted) {
    const std::size_t start = m_at + 2, end = m_line.find('}', start);
    if (end == m_line.npos) return fail("Missing '}'");
    const std::string name(m_line.substr(start, end - start));
    bool good = !name.empty() && isNameStart(name[0]);
    for (const char c : name) good = good && isNameCharacter(c);
    if (!good) return fail("Bad substitution");
    word.push_back({Piece::Kind::Variable, name, quoted, 0});
    m_at = end + 1;
  }

  /// $( ... ) up to the parenthesis that closes it; quotes inside are respected.
  void takeOutput(WordPattern& word, bool quoted) {
    const std::size_t start = m_at + 2;
    int depth = 1;
    char quote = 0;
    std::size_t i = start;
    for (; i < m_line.size() && depth > 0; ++i) {
      const char c = m_line[i];
      if (quote != 0) quote = c == quote ? '\0' : quote;
      else if (c == '\'' || c == '"') quote = c;
      else if (c == '(') ++depth;
      else if (c == ')') --depth;
    }
    if (depth > 0) return fail("end of file unexpected (expecting \")\")");
    word.push_back({Piece::Kind::Output, std::string(m_line.substr(start, i - 1 - start)), quoted, 0});
    m_at = i;
  }

  std::string_view m_line;
  std::size_t m_at = 0;
  std::vector<Token> m_tokens;
  std::string m_error;
};

}  // namespace

Expected<std::vector<Token>, std::string> tokens(std::string_view line) { return Lexer(line).run(); }

}  // namespace hw::shell
