#include "core/lesson/lesson.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "core/base/hash.h"
#include "core/lesson/limits.h"
#include "core/lesson/parity.h"
#include "core/lesson/script_reader.h"
#include "core/project/file.h"

namespace hw::lesson {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kLanguages = 2;

struct TextFile {
  std::string text;
  bool there = false;
  bool readable = true;
};

/// Up to one byte more than the limit. Only files are read: no pipe, no device.
TextFile readFile(const fs::path& path) {
  std::error_code error;
  if (!fs::exists(path, error)) return {};
  TextFile file{{}, true, fs::is_regular_file(path, error)};
  if (!file.readable) return file;
  std::ifstream in(path, std::ios::binary);
  file.text.resize(kMaxFileBytes + 1);
  in.read(file.text.data(), static_cast<std::streamsize>(file.text.size()));
  file.text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  file.readable = !in.bad() && (in.eof() || file.text.size() > kMaxFileBytes);
  return file;
}

std::uint64_t hashOfTexts(const LessonTexts& texts, const std::string& network) {
  Hasher hasher;
  for (const std::string* text : {&texts.english, &texts.chinese, &network})
    hasher.add(ByteView(reinterpret_cast<const std::uint8_t*>(text->data()), text->size()));
  return hasher.result();
}

LessonProblems onlyOne(const std::string& file, Problem problem) { return {{{file, {std::move(problem)}}}}; }

/// The language that a file says is the one of its name.
void checkLanguage(std::size_t language, ReadScript& read) {
  constexpr std::string_view kNames[] = {"en", "zh_CN"};
  const Meta& meta = read.script.meta;
  if (meta.language.empty() || meta.language == kNames[language]) return;
  read.problems.push_back({.id = ProblemId::BadValue, .place = {1, 1}, .found = meta.language,
                           .right = "lang: " + std::string(kNames[language]),
                           .of = {"the language of this file's name", "与文件名相符的语言"}});
}

}  // namespace

const Script& Lesson::script(Language language) const {
  const auto& wanted = scripts[static_cast<std::size_t>(language)];
  return wanted ? *wanted : *scripts[scripts[0] ? 0 : 1];
}

bool isLesson(const std::string& folder) {
  std::error_code error;
  return std::any_of(std::begin(kFiles), std::end(kFiles),
                     [&](std::string_view name) { return fs::exists(fs::path(folder) / name, error); });
}

Expected<LessonPtr, LessonProblems> loadLesson(const LessonTexts& texts, const project::Document* network) {
  auto lesson = std::make_shared<Lesson>();
  LessonProblems problems;
  const std::string* const languages[kLanguages] = {&texts.english, &texts.chinese};
  for (std::size_t i = 0; i < kLanguages; ++i) {
    if (languages[i]->empty()) {
      problems.files.push_back({std::string(kFiles[i]), {{.id = ProblemId::OtherLanguageMissing, .found = std::string(kFiles[i])}}});
      continue;
    }
    ReadScript read = readScript(*languages[i], network);
    checkLanguage(i, read);
    lesson->scripts[i] = std::move(read.script);
    problems.files.push_back({std::string(kFiles[i]), std::move(read.problems)});
  }
  if (!problems.errors() && lesson->scripts[0] && lesson->scripts[1]) {
    for (Problem& one : differencesOf(*lesson->scripts[0], *lesson->scripts[1]))
      problems.files[1].problems.push_back(std::move(one));
  }
  if (problems.errors() || (!lesson->scripts[0] && !lesson->scripts[1])) return hw::unexpected(std::move(problems));
  lesson->warnings = std::move(problems);
  lesson->contentHash = hashOfTexts(texts, {});
  return LessonPtr(std::move(lesson));
}

Expected<LessonPtr, LessonProblems> loadLesson(const std::string& folder) {
  LessonTexts texts;
  std::string* const languages[kLanguages] = {&texts.english, &texts.chinese};
  bool any = false;
  for (std::size_t i = 0; i < kLanguages; ++i) {
    const fs::path path = fs::path(folder) / kFiles[i];
    TextFile file = readFile(path);
    if (!file.readable) return hw::unexpected(onlyOne(path.string(), {.id = ProblemId::CannotRead, .found = "no readable file"}));
    if (file.there && file.text.empty()) file.text = "\n";
    any = any || file.there;
    *languages[i] = std::move(file.text);
  }
  if (!any) return hw::unexpected(onlyOne(folder, {.id = ProblemId::NoLesson, .right = std::string(kFiles[0])}));
  const auto network = project::loadFile(folder);
  if (!network || !network->runs()) {
    const project::ProjectError why =
        network ? project::ProjectError{network->file, network->problems} : network.error();
    FileProblems problems{why.file, {}};
    for (const project::Problem& one : why.problems)
      problems.problems.push_back({.id = ProblemId::Network, .place = one.place, .yaml = one});
    return hw::unexpected(LessonProblems{{std::move(problems)}});
  }
  auto loaded = loadLesson(texts, &network->document);
  const auto inFolder = [&folder](LessonProblems& problems) {
    for (FileProblems& file : problems.files) file.file = (fs::path(folder) / file.file).string();
  };
  if (!loaded) {
    inFolder(loaded.error());
    return loaded;
  }
  auto lesson = std::make_shared<Lesson>(**loaded);
  lesson->folder = folder;
  lesson->contentHash = hashOfTexts(texts, readFile(fs::path(folder) / project::kNetworkFile).text);
  inFolder(lesson->warnings);
  return LessonPtr(std::move(lesson));
}

}  // namespace hw::lesson
