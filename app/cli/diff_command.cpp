#include "app/cli/diff_command.h"

#include <CLI/CLI.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "core/session/session_file.h"

namespace hw::cli {
namespace {

constexpr std::uintmax_t kLargest = 4u << 20;

std::optional<Session> read(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text;
  for (char c = 0; text.size() <= kLargest && in.get(c);) text += c;
  if (text.empty() || text.size() > kLargest) {
    std::cerr << file << ": " << (text.empty() ? "cannot be read" : "longer than 4 MiB") << "\n";
    return std::nullopt;
  }
  auto session = loadSession(text);
  if (session) return std::move(*session);
  std::cerr << file << ": " << session.error().text << "\n";
  return std::nullopt;
}

}  // namespace

void addDiffCommand(CLI::App& app, int& exitCode) {
  struct Arguments {
    std::string a, b, language = "en";
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("diff", "Compare two session files: exit 0 if the same, 1 if not");
  command->add_option("a", arguments->a, "Session file")->required();
  command->add_option("b", arguments->b, "Session file")->required();
  command->add_option("--lang", arguments->language)->check(CLI::IsMember({"en", "zh_CN"}));
  command->callback([arguments, &exitCode] {
    const auto a = read(arguments->a);
    const auto b = read(arguments->b);
    if (!a || !b) {
      exitCode = 2;
      return;
    }
    const Language language = arguments->language == "zh_CN" ? Language::Chinese : Language::English;
    const std::string difference = firstDifference(*a, *b, language);
    std::cout << (difference.empty() ? "same\n" : difference);
    exitCode = difference.empty() ? 0 : 1;
  });
}

}  // namespace hw::cli
