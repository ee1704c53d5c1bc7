#include "core/lesson/script_reader.h"

#include <algorithm>
#include <set>

#include "core/lesson/directive.h"
#include "core/lesson/front_matter.h"
#include "core/lesson/limits.h"
#include "core/lesson/markdown.h"
#include "core/lesson/source.h"
#include "core/project/text_check.h"

namespace hw::lesson {
namespace {

using project::inQuotes;

/// How many backticks or tildes a line begins with, three at least; else 0.
std::size_t fenceOf(std::string_view line, char& mark) {
  mark = line.empty() ? '\0' : line.front();
  if (mark != '`' && mark != '~') return 0;
  const std::size_t size = std::min(line.find_first_not_of(mark), line.size());
  return size >= 3 ? size : 0;
}

bool closes(std::string_view line, char mark, std::size_t size) {
  char here = '\0';
  const std::size_t fence = fenceOf(line, here);
  return here == mark && fence >= size && isBlank(line.substr(fence));
}

class ScriptReader {
 public:
  ScriptReader(std::string_view text, const project::Document* network)
      : m_text(text), m_lines(linesOf(text)), m_context{network, m_problems} {}

  ReadScript read();

 private:
  bool refuseBytes();
  void readBody(std::size_t from);
  void beginStep(const Line& line);
  std::size_t readFence(std::size_t at, char mark, std::size_t size);
  void readFenced(std::size_t at, std::size_t end, std::size_t size);
  void endText();
  void addBlock(Block block, std::size_t bytes);
  void checkTexts(const Block& block);
  void checkMarkdown(const std::string& text, const Place& place);
  void checkIds();

  std::string_view m_text;
  std::vector<Line> m_lines;
  ProblemList m_problems;
  ReadContext m_context;
  Script m_script;
  std::size_t m_textFrom = 0;  ///< lines of running text that are not in a block yet
  std::size_t m_textTo = 0;
};

bool ScriptReader::refuseBytes() {
  if (m_text.size() > kMaxFileBytes) {
    m_problems.add({.id = ProblemId::FileTooLarge, .right = std::to_string(kMaxFileBytes)});
    return true;
  }
  const auto at = project::firstNoText(m_text);
  if (!at) return false;
  const auto line = static_cast<std::uint32_t>(std::count(m_text.begin(), m_text.begin() + static_cast<std::ptrdiff_t>(*at), '\n'));
  const std::size_t start = m_text.substr(0, *at).rfind('\n') + 1;
  const project::Problem what = project::noTextProblem(m_text, *at, {line + 1, static_cast<std::uint32_t>(*at - start) + 1});
  m_problems.add({.id = ProblemId::NotText, .place = what.place, .found = what.found});
  return true;
}

ReadScript ScriptReader::read() {
  if (!refuseBytes()) {
    readBody(readFrontMatter(m_lines, m_script.meta, m_problems));
    if (m_script.steps.empty() && m_problems.errors() == 0)
      m_problems.add({.id = ProblemId::NoStep, .place = {1, 1}, .right = "## The first step"});
    checkIds();
  }
  ReadScript result{std::move(m_script), m_problems.take()};
  countCharacters(m_lines, result.problems);
  return result;
}

void ScriptReader::readBody(std::size_t from) {
  m_textFrom = m_textTo = from;
  for (std::size_t i = from; i < m_lines.size() && !m_problems.full();) {
    char mark = '\0';
    const std::string_view line = m_lines[i].text;
    if (const std::size_t size = fenceOf(line, mark)) {
      i = readFence(i, mark, size);
      continue;
    }
    if (line == "##" || line.starts_with("## ")) {
      endText();
      beginStep(m_lines[i]);
      m_textFrom = m_textTo = i + 1;
    } else {
      m_textTo = i + 1;
    }
    ++i;
  }
  endText();
}

void ScriptReader::beginStep(const Line& line) {
  const std::string_view title = trimmed(line.text.substr(2));
  if (title.empty()) m_problems.add({.id = ProblemId::EmptyTitle, .place = placeIn(line, 0), .right = "## The first step"});
  if (m_script.steps.size() == kMaxSteps)
    m_problems.add({.id = ProblemId::TooManySteps, .place = placeIn(line, 0), .right = std::to_string(kMaxSteps)});
  m_script.steps.push_back({std::string(title), {}, placeIn(line, 0)});
}

/// A fence that opens at a line: a directive becomes a block, a listing stays in the text.
std::size_t ScriptReader::readFence(std::size_t at, char mark, std::size_t size) {
  std::size_t end = at + 1;
  while (end < m_lines.size() && !closes(m_lines[end].text, mark, size)) ++end;
  if (end == m_lines.size()) {
    m_problems.add({.id = ProblemId::FenceOpen, .place = placeIn(m_lines[at], 0),
                    .found = inQuotes(m_lines[at].text), .right = std::string(std::min<std::size_t>(size, 8), mark)});
    m_textFrom = m_textTo = end;
    return end;
  }
  const std::string_view info = m_lines[at].text.substr(size);
  if (!info.starts_with('{')) {
    m_textTo = end + 1;
    return end + 1;
  }
  endText();
  readFenced(at, end, size);
  m_textFrom = m_textTo = end + 1;
  return end + 1;
}

void ScriptReader::readFenced(std::size_t at, std::size_t end, std::size_t size) {
  const Line& first = m_lines[at];
  const std::string_view info = first.text.substr(size + 1);
  const std::size_t close = std::min(info.find('}'), info.size());
  DirectiveSource source;
  source.name = trimmed(info.substr(0, close));
  source.argument = close < info.size() ? trimmed(info.substr(close + 1)) : std::string_view();
  source.place = placeIn(first, 0);
  source.argumentPlace = source.argument.empty()
                             ? source.place
                             : placeIn(first, static_cast<std::size_t>(source.argument.data() - first.text.data()));
  source.inside.assign(m_lines.begin() + static_cast<std::ptrdiff_t>(at) + 1, m_lines.begin() + static_cast<std::ptrdiff_t>(end));
  const std::size_t bytes = joined(m_lines, at, end).size();
  if (m_script.steps.empty()) {
    m_problems.add({.id = ProblemId::TextBeforeStep, .place = source.place, .right = "## The first step"});
    return;
  }
  if (bytes > kMaxBlockBytes) {
    m_problems.add({.id = ProblemId::BlockTooLong, .place = source.place, .right = std::to_string(kMaxBlockBytes)});
    return;
  }
  addBlock(readDirective(source, m_context), bytes);
}

/// The running text until here, if there is any.
void ScriptReader::endText() {
  std::size_t from = m_textFrom;
  while (from < m_textTo && isBlank(m_lines[from].text)) ++from;
  if (from >= m_textTo) return;
  if (m_script.steps.empty()) {
    m_problems.add({.id = ProblemId::TextBeforeStep, .place = placeIn(m_lines[from], 0), .right = "## The first step"});
    return;
  }
  Block block;
  block.text = joined(m_lines, from, m_textTo);
  block.place = placeIn(m_lines[from], 0);
  const std::size_t bytes = block.text.size();
  if (bytes <= kMaxBlockBytes) readValues(block.text, block.place.line, m_context, block);
  addBlock(std::move(block), bytes);
}

void ScriptReader::addBlock(Block block, std::size_t bytes) {
  if (bytes > kMaxBlockBytes) {
    m_problems.add({.id = ProblemId::BlockTooLong, .place = block.place, .right = std::to_string(kMaxBlockBytes)});
    return;
  }
  Step& step = m_script.steps.back();
  if (step.blocks.size() == kMaxBlocks)
    m_problems.add({.id = ProblemId::TooManyBlocks, .place = block.place, .right = std::to_string(kMaxBlocks)});
  if (step.blocks.size() >= kMaxBlocks) return;
  checkTexts(block);
  step.blocks.push_back(std::move(block));
}

void ScriptReader::checkTexts(const Block& block) {
  if (block.kind == BlockKind::Unknown) return;
  checkMarkdown(block.text, block.place);
  checkMarkdown(block.explanation, block.place);
  for (const Choice& choice : block.choices) {
    checkMarkdown(choice.text, choice.place);
    checkMarkdown(choice.feedback, choice.place);
  }
}

void ScriptReader::checkMarkdown(const std::string& text, const Place& place) {
  const SetText set = setMarkdown(text, {});
  if (set.tooDeep)
    m_problems.add({.id = ProblemId::MarkdownTooDeep, .place = place, .right = std::to_string(kMaxMarkdownDepth)});
  if (set.tooLarge) m_problems.add({.id = ProblemId::TextTooLarge, .place = place});
  if (set.pictures) m_problems.add({.id = ProblemId::PictureLeftOut, .place = place});
}

void ScriptReader::checkIds() {
  std::set<std::string_view> seen;
  for (const Step& step : m_script.steps)
    for (const Block& block : step.blocks)
      if (!block.id.empty() && !seen.insert(block.id).second)
        m_problems.add({.id = ProblemId::IdTwice, .place = block.place, .found = inQuotes(block.id)});
}

}  // namespace

ReadScript readScript(std::string_view text, const project::Document* network) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return ScriptReader(text, network).read();
}

bool Block::many() const {
  return std::count_if(choices.begin(), choices.end(), [](const Choice& one) { return one.right; }) > 1;
}

std::string_view nameOf(BlockKind kind) {
  constexpr std::string_view kNames[] = {"text", "check", "predict", "quiz", "run", "hint", "note", "unknown"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace hw::lesson
