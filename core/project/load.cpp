#include "core/project/load.h"

#include <algorithm>

#include "core/project/check.h"
#include "core/project/decode.h"
#include "core/project/limits.h"
#include "core/project/text_check.h"
#include "core/project/yaml_tree.h"

namespace hw::project {
namespace {

/// The line and byte column of a byte.
Place placeOfByte(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const std::size_t lineEnd = before.rfind('\n');
  const std::size_t column = lineEnd == std::string_view::npos ? at : at - lineEnd - 1;
  const auto lines = std::count(before.begin(), before.end(), '\n');
  return {static_cast<std::uint32_t>(lines) + 1, static_cast<std::uint32_t>(column) + 1};
}

/// Turns byte columns into columns of characters and keeps them on their line.
void countCharacters(std::string_view text, std::vector<Problem>& problems) {
  std::uint32_t line = 1;
  std::size_t start = 0;
  for (Problem& problem : problems) {  // in the order of the file
    for (; line < problem.place.line && start < text.size(); ++line) {
      start = std::min(text.find('\n', start), text.size() - 1) + 1;
    }
    if (problem.place.line != line) continue;
    const std::string_view rest = text.substr(start);
    const std::string_view whole = rest.substr(0, rest.find('\n'));
    const std::string_view before = whole.substr(0, problem.place.column - 1);
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    const auto inner = std::count_if(before.begin(), before.end(), continues);
    problem.place.column = static_cast<std::uint32_t>(before.size() + 1) - static_cast<std::uint32_t>(inner);
  }
}

/// The place of the path in the tree, or of the last part of it that the file holds.
Place locate(const YamlTree& tree, const Finding& finding) {
  YamlValue at = tree.root();
  Place place = at.place();
  std::string_view path = finding.path;
  while (!path.empty()) {
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), part.size() + 1));
    const auto parts = at.children();
    const bool map = at.kind() == ValueKind::Map;
    std::size_t found = parts.size();
    for (std::size_t i = 0; i < parts.size() && found == parts.size(); i += map ? 2 : 1) {
      if (map ? parts[i].text() == part : std::to_string(i) == part) found = i;
    }
    if (found == parts.size()) return place;
    at = parts[found + (map ? 1 : 0)];
    place = map && (finding.atKey || at.kind() == ValueKind::Null) ? parts[found].place() : at.place();
  }
  return place;
}

void addFindings(const YamlTree& tree, const Decoded& decoded, ProblemList& problems) {
  for (Finding& finding : check(decoded.document, decoded.spoiled)) {
    finding.problem.place = locate(tree, finding);
    problems.add(std::move(finding.problem));
  }
}

/// What is wrong with the bytes before anyone reads YAML in them.
std::optional<Problem> refuseBytes(std::string_view text) {
  if (text.size() > kMaxFileBytes) {
    return Problem{.id = ProblemId::FileTooLarge, .right = std::to_string(kMaxFileBytes)};
  }
  const auto noText = firstNoText(text);
  if (!noText) return std::nullopt;
  return noTextProblem(text, *noText, placeOfByte(text, *noText));
}

tl::unexpected<ProjectError> failure(std::string_view text, std::string_view file,
                                     std::vector<Problem> problems) {
  countCharacters(text, problems);
  return hw::unexpected(ProjectError{std::string(file), std::move(problems)});
}

}  // namespace

bool Loaded::runs() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const Problem& one) { return severityOf(one) == Severity::Error; });
}

Expected<Loaded, ProjectError> loadText(std::string_view text, std::string_view file) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (auto problem = refuseBytes(text)) return failure(text, file, {std::move(*problem)});
  const auto tree = YamlTree::parse(text);
  if (!tree) return failure(text, file, {tree.error()});
  ProblemList problems;
  Decoded decoded = decode(*tree, problems);
  const bool whole = problems.errors() == 0;
  if (!problems.full()) addFindings(*tree, decoded, problems);
  std::vector<Problem> all = problems.take();
  if (!whole) return failure(text, file, std::move(all));
  countCharacters(text, all);
  return Loaded{std::move(decoded.document), std::string(file), std::move(all)};
}

Expected<Document, ProjectError> runnable(Loaded loaded) {
  if (loaded.runs()) return std::move(loaded.document);
  return hw::unexpected(ProjectError{std::move(loaded.file), std::move(loaded.problems)});
}

}  // namespace hw::project
