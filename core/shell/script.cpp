// Read first: POSIX.1 Shell Command Language 2.9 (Shell Commands), 2.10 (Shell Grammar).
#include "core/shell/script.h"

#include <optional>

#include "core/base/ascii.h"
#include "core/shell/lexer.h"

namespace hw::shell {
namespace {

using Kind = Step::Kind;

/// Recursive descent over the tokens of one line; $(...) is compiled by another one that writes
/// into the same script.
class Compiler {
 public:
  Compiler(std::vector<Token> all, Script& script, int depth)
      : m_tokens(std::move(all)), m_script(script), m_depth(depth) {}

  /// What is wrong, or nothing.
  std::string run() {
    list({});
    if (m_error.empty() && here().kind != Token::Kind::End) unexpectedToken();
    return m_error;
  }

 private:
  const Token& here() const { return m_tokens[m_at]; }
  bool isOperator(std::string_view text) const {
    return here().kind == Token::Kind::Operator && here().text == text;
  }
  bool isWord(std::string_view text) const { return here().kind == Token::Kind::Word && here().text == text; }
  bool take(std::string_view text) {
    if (!isWord(text) && !isOperator(text)) return false;
    ++m_at;
    return true;
  }
  void fail(std::string what) {
    if (m_error.empty()) m_error = std::move(what);
  }
  void unexpectedToken() {
    const Token& token = here();
    if (token.kind == Token::Kind::End) return fail("Syntax error: end of file unexpected");
    fail("Syntax error: " + (token.text == "\n" ? "newline" : "\"" + token.text + "\"") + " unexpected");
  }
  void expect(std::string_view word) {
    if (!take(word) && m_error.empty()) {
      unexpectedToken();
      m_error += " (expecting \"" + std::string(word) + "\")";
    }
  }

  std::uint32_t position() const { return static_cast<std::uint32_t>(m_script.steps.size()); }
  Step& emit(Kind kind) {
    m_script.steps.emplace_back().kind = kind;
    return m_script.steps.back();
  }
  void aim(std::uint32_t jump) { m_script.steps[jump].target = position(); }

  bool atEnd(std::initializer_list<std::string_view> closers) const {
    if (here().kind == Token::Kind::End) return true;
    for (const std::string_view closer : closers)
      if (isWord(closer) || isOperator(closer)) return true;
    return false;
  }

  /// list := and_or ((";" | "&" | newline) and_or)*, up to one of the closers.
  void list(std::initializer_list<std::string_view> closers) {
    if (++m_depth > kMaxNesting) return fail("Syntax error: nested too deeply");
    skipNewlines();
    while (m_error.empty() && !atEnd(closers)) {
      const std::uint32_t start = position();
      andOr();
      if (isOperator("&")) background(start);
      else if (!isOperator(";") && !isOperator("\n")) break;
      ++m_at;
      skipNewlines();
    }
    --m_depth;
  }

  void skipNewlines() {
    while (isOperator("\n")) ++m_at;
  }

  void background(std::uint32_t start) {
    std::uint32_t runs = 0;
    for (std::uint32_t i = start; i < position(); ++i) {
      const Step& step = m_script.steps[i];
      if (step.kind == Kind::Run) ++runs;
      else if (step.kind != Kind::Capture && step.kind != Kind::Keep) runs = 2;
    }
    if (runs == 0 || m_script.steps.back().kind != Kind::Run || runs > 1)
      return fail("Syntax error: only a single command can run in the background");
    m_script.steps.back().background = true;
  }

  void andOr() {
    pipeline();
    while (m_error.empty() && (isOperator("&&") || isOperator("||"))) {
      const bool onSuccess = isOperator("&&");
      ++m_at;
      skipNewlines();
      const std::uint32_t jump = position();
      emit(onSuccess ? Kind::JumpIfFailed : Kind::JumpIfOk);
      pipeline();
      aim(jump);
    }
  }

  void pipeline() {
    const bool invert = take("!");
    const std::uint32_t start = position();
    command();
    while (m_error.empty() && isOperator("|")) {
      ++m_at;
      skipNewlines();
      insertCapture(m_pipes++ == 0 ? start : m_lastPipe);
      emit(Kind::Feed);
      m_lastPipe = position();
      command();
    }
    m_pipes = 0;
    if (invert) emit(Kind::Invert);
  }

  /// What the steps from `at` on print is captured. Jumps behind it move by one.
  void insertCapture(std::uint32_t at) {
    for (Step& step : m_script.steps)
      if (step.target > at) ++step.target;
    Step capture;
    capture.kind = Kind::Capture;
    m_script.steps.insert(m_script.steps.begin() + at, std::move(capture));
  }

  void command() {
    const std::uint32_t pipes = std::exchange(m_pipes, 0), last = m_lastPipe;
    const std::uint32_t start = position();
    bool compound = true;
    if (take("for")) forLoop();
    else if (take("while")) whileLoop();
    else if (take("if")) ifCommand();
    else if (take("{")) group("}");
    else if (take("(")) group(")");
    else compound = false;
    if (compound) redirectGroup(start);
    else simple();
    m_pipes = pipes;
    m_lastPipe = last;
  }

  void group(std::string_view closer) {
    list({closer});
    expect(closer);
  }

  /// `done >/dev/null`
  void redirectGroup(std::uint32_t start) {
    bool drop = false;
    while (here().kind == Token::Kind::Redirection) {
      drop = drop || (here().from == Stream::Output && here().to == Stream::Nowhere);
      ++m_at;
    }
    if (!drop) return;
    insertCapture(start);
    emit(Kind::Drop);
  }

  void forLoop() {
    if (here().kind != Token::Kind::Word || here().text.empty()) return unexpectedToken();
    const std::string name = here().text;
    ++m_at;
    expect("in");
    std::vector<WordPattern> words;
    for (; here().kind == Token::Kind::Word; ++m_at) words.push_back(outputs(here().word));
    if (!isOperator(";") && !isOperator("\n")) return unexpectedToken();
    ++m_at;
    skipNewlines();
    emit(Kind::LoopBegin).words = std::move(words);
    const std::uint32_t next = position();
    emit(Kind::LoopNext).name = name;
    expect("do");
    list({"done"});
    expect("done");
    emit(Kind::Jump).target = next;
    aim(next);
  }

  void whileLoop() {
    const std::uint32_t start = position();
    list({"do"});
    const std::uint32_t leave = position();
    emit(Kind::JumpIfFailed);
    expect("do");
    list({"done"});
    expect("done");
    emit(Kind::Jump).target = start;
    aim(leave);
    emit(Kind::Succeed);
  }

  void ifCommand() {
    list({"then"});
    const std::uint32_t otherwise = position();
    emit(Kind::JumpIfFailed);
    expect("then");
    list({"elif", "else", "fi"});
    const std::uint32_t leave = position();
    emit(Kind::Jump);
    aim(otherwise);
    if (take("elif")) {
      ifCommand();
      aim(leave);
      return;
    }
    if (take("else")) list({"fi"});
    else emit(Kind::Succeed);
    aim(leave);
    expect("fi");
  }

  static bool isAssignment(const Token& token, std::size_t& equals) {
    if (token.word.empty() || token.word[0].kind != Piece::Kind::Text || token.word[0].quoted) return false;
    const std::string& text = token.word[0].text;
    equals = text.find('=');
    if (equals == text.npos || equals == 0) return false;
    for (std::size_t i = 0; i < equals; ++i)
      if (!isNameCharacter(text[i])) return false;
    return isNameStart(text[0]);
  }

  void simple() {
    const std::uint32_t start = position();
    Step step;
    std::optional<Token> file;
    bool any = false;
    for (; here().kind == Token::Kind::Word || here().kind == Token::Kind::Redirection; ++m_at, any = true) {
      const Token& token = here();
      std::size_t equals = 0;
      if (token.kind == Token::Kind::Redirection && !token.file.empty()) {
        if (token.from == Stream::Errors) return fail("Syntax error: errors cannot be written into a file here");
        file = token;
      } else if (token.kind == Token::Kind::Redirection) {
        Stream& from = token.from == Stream::Output ? step.streams.output : step.streams.errors;
        if (token.to == Stream::Nowhere) from = Stream::Nowhere;
        else from = token.to == Stream::Output ? step.streams.output : step.streams.errors;
      } else if (step.words.empty() && isAssignment(token, equals)) {
        WordPattern value = token.word;
        const std::string name = value[0].text.substr(0, equals);
        value[0].text.erase(0, equals + 1);
        for (Piece& piece : value) piece.quoted = true;
        step.assignments.emplace_back(name, outputs(value));
      } else {
        step.words.push_back(outputs(token.word));
      }
    }
    for (const std::string_view reserved : {"do", "done", "then", "else", "elif", "fi", "}"})
      if (step.words.size() == 1 && step.words[0].size() == 1 && !step.words[0][0].quoted &&
          step.words[0][0].text == reserved)
        return fail("Syntax error: \"" + std::string(reserved) + "\" unexpected");
    if (!any) return unexpectedToken();
    m_script.steps.push_back(std::move(step));
    if (file) writeInto(start, *file);
  }

  /// `COMMAND >> FILE` is `COMMAND | tee -a FILE` without what tee prints.
  void writeInto(std::uint32_t start, const Token& file) {
    insertCapture(start);
    emit(Kind::Feed);
    Step& tee = emit(Kind::Run);
    const auto word = [](std::string text) { return WordPattern{{Piece::Kind::Text, std::move(text), true, 0}}; };
    tee.words.push_back(word("tee"));
    if (file.append) tee.words.push_back(word("-a"));
    tee.words.push_back(word(file.file));
    tee.streams.output = Stream::Nowhere;
  }

  /// The word with its $(...) compiled in front of the command.
  WordPattern outputs(WordPattern word) {
    for (Piece& piece : word) {
      if (piece.kind != Piece::Kind::Output || !m_error.empty()) continue;
      if (m_depth + 1 > kMaxNesting) {
        fail("Syntax error: nested too deeply");
        break;
      }
      piece.slot = m_script.slots++;
      auto inner = tokens(piece.text);
      if (!inner) {
        fail(inner.error());
        break;
      }
      emit(Kind::Capture);
      const std::string wrong = Compiler(std::move(*inner), m_script, m_depth + 1).run();
      if (!wrong.empty()) fail(wrong);
      emit(Kind::Keep).slot = piece.slot;
      piece.text.clear();
    }
    return word;
  }

  std::vector<Token> m_tokens;
  std::size_t m_at = 0;
  Script& m_script;
  int m_depth = 0;
  std::uint32_t m_pipes = 0;
  std::uint32_t m_lastPipe = 0;
  std::string m_error;
};

}  // namespace

Expected<Script, std::string> compile(std::string_view line) {
  if (line.size() > kMaxLine) return unexpected(std::string("Syntax error: the line is too long"));
  auto all = tokens(line);
  if (!all) return unexpected(all.error());
  Script script;
  const std::string wrong = Compiler(std::move(*all), script, 0).run();
  if (!wrong.empty()) return unexpected(wrong);
  return script;
}

}  // namespace hw::shell
