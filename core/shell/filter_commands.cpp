// The commands at the right of a pipe: text in, text out.
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "core/shell/families.h"
#include "core/shell/files.h"
#include "core/shell/options.h"

namespace hw::shell {
namespace {

constexpr std::size_t kMostPattern = 256;
constexpr std::size_t kMostLineForPattern = 4096;  // std::regex recurses with the length of its subject

std::vector<std::string_view> linesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

std::string joined(std::span<const std::string_view> lines) {
  std::string text;
  for (const std::string_view line : lines) text.append(line).push_back('\n');
  return text;
}

/// "head -3", "head -n 3", "head -n3": how many lines; the error is what to print.
Expected<std::size_t, CommandResult> lineCount(const Call& call) {
  Words words = call.words;
  for (std::string& word : words)
    if (word.size() > 1 && word[0] == '-' && word.find_first_not_of("0123456789", 1) == word.npos) word.insert(1, "n");
  const auto options = Options::parse(words, "n:");
  if (!options)
    return unexpected(CommandResult::failure(
        1, fmt::format("{0}: {1}\nTry '{0} --help' for more information.\n", words[0], options.error())));
  if (!options->rest().empty())
    return unexpected(CommandResult::failure(
        1, fmt::format("{}: cannot open '{}' for reading: No such file or directory\n", words[0], options->rest()[0])));
  if (!options->has('n')) return std::size_t{10};
  const auto count = parseNumber(options->value('n'));
  if (!count)
    return unexpected(CommandResult::failure(
        1, fmt::format("{}: invalid number of lines: '{}'\n", words[0], options->value('n'))));
  return static_cast<std::size_t>(*count);
}

}  // namespace

CommandResult head(const Call& call) {
  const auto count = lineCount(call);
  if (!count) return count.error();
  auto lines = linesOf(call.input);
  lines.resize(std::min(lines.size(), *count));
  return CommandResult::text(joined(lines));
}

CommandResult tail(const Call& call) {
  const auto count = lineCount(call);
  if (!count) return count.error();
  auto lines = linesOf(call.input);
  if (lines.size() > *count) lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(*count));
  return CommandResult::text(joined(lines));
}

CommandResult grep(const Call& call) {
  const auto options = Options::parse(call.words, "vcEiqFwo");
  if (!options || options->rest().size() != 1 || options->rest()[0].size() > kMostPattern)
    return CommandResult::failure(2, "Usage: grep [OPTION]... PATTERNS [FILE]...\n");
  const std::string& pattern = options->rest()[0];
  std::regex expression;
  auto kind = options->has('E') ? std::regex::extended : std::regex::grep;
  if (options->has('i')) kind |= std::regex::icase;
  // std::regex tells a bad pattern by an exception only.
  try {
    if (!options->has('F')) expression.assign(pattern, kind);
  } catch (const std::regex_error&) {
    return CommandResult::failure(2, "grep: Invalid regular expression\n");
  }
  std::vector<std::string_view> kept;
  for (const std::string_view line : linesOf(call.input)) {
    bool matches = line.find(pattern) != line.npos;
    if (!options->has('F')) {
      const std::string_view subject = line.substr(0, kMostLineForPattern);
      try {
        matches = std::regex_search(subject.begin(), subject.end(), expression);
      } catch (const std::regex_error&) {
        return CommandResult::failure(2, "grep: exceeded limits\n");
      }
    }
    if (matches != options->has('v')) kept.push_back(line);
  }
  CommandResult result;
  if (options->has('c')) result.output = fmt::format("{}\n", kept.size());
  else if (!options->has('q')) result.output = joined(kept);
  result.exitCode = kept.empty() ? 1 : 0;
  return result;
}

CommandResult sort(const Call& call) {
  const auto options = Options::parse(call.words, "ru");
  if (!options || !options->rest().empty())
    return CommandResult::failure(2, "usage: sort [-r] [-u]\n");
  auto lines = linesOf(call.input);
  std::stable_sort(lines.begin(), lines.end());
  if (options->has('u')) lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
  if (options->has('r')) std::reverse(lines.begin(), lines.end());
  return CommandResult::text(joined(lines));
}

CommandResult wc(const Call& call) {
  const auto options = Options::parse(call.words, "lwc");
  if (!options || !options->rest().empty()) return CommandResult::failure(1, "usage: wc [-l] [-w] [-c]\n");
  const auto lines = std::count(call.input.begin(), call.input.end(), '\n');
  std::size_t words = 0;
  bool inside = false;
  for (const char c : call.input) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    words += !blank && !inside ? 1 : 0;
    inside = !blank;
  }
  if (options->has('l')) return CommandResult::text(fmt::format("{}\n", lines));
  if (options->has('w')) return CommandResult::text(fmt::format("{}\n", words));
  if (options->has('c')) return CommandResult::text(fmt::format("{}\n", call.input.size()));
  return CommandResult::text(fmt::format("{:7} {:7} {:7}\n", lines, words, call.input.size()));
}

CommandResult cat(const Call& call) {
  CommandResult result;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string& path = call.words[i];
    const auto text = path == "-" ? std::optional(std::string(call.input)) : readFile(call, path);
    result.output += text.value_or(std::string());
    if (text) continue;
    result.errors += fmt::format("cat: {}: No such file or directory\n", path);
    result.exitCode = 1;
  }
  if (call.words.size() == 1) result.output = call.input;
  return result;
}

CommandResult tee(const Call& call) {
  const bool append = call.words.size() > 1 && call.words[1] == "-a";
  if (call.words.size() != (append ? 3u : 2u)) return CommandResult::failure(1, "usage: tee [-a] FILE\n");
  auto written = writeFile(call, call.words.back(), call.input, append);
  if (!written)
    return CommandResult::failure(2, fmt::format("sh: cannot create {}: {}\n", call.words.back(), written.error()));
  CommandResult result = CommandResult::change(Reconfigure{Cow<DeviceConfig>(std::move(*written))});
  result.output = call.input;
  return result;
}

}  // namespace hw::shell
