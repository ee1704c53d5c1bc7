// Lessons as text, and sessions of the network that they are about.
#pragma once

#include <gtest/gtest.h>

#include "core/lesson/tutor.h"
#include "core/project/file.h"
#include "core/session/session.h"

namespace hw::test {

inline constexpr const char* kLesson = "lessons/two-networks";

inline project::Document network() { return *project::runnable(*project::loadFile(kLesson)); }
inline Session newSession() { return std::move(*Session::open(network())); }

/// Types a line and runs until it has ended.
inline void play(Session& session, const char* device, const char* line) {
  const DeviceId id = *session.timeline().world().deviceNamed(device);
  session.type(id, line);
  ASSERT_TRUE(session.runUntilIdle(id, session.timeline().now() + seconds(100))) << line;
}

inline lesson::ExpressionPtr expression(const std::string& text) {
  const project::Document document = network();
  auto read = lesson::parseExpression(text, &document);
  if (!read) {
    ADD_FAILURE() << text << ": " << lesson::sentence(read.error(), "expression", Language::English);
    return nullptr;
  }
  return std::make_shared<const lesson::Expression>(std::move(*read));
}

/// What an expression comes to now, as text; "" for nothing.
inline std::string valueOf(const Session& session, const std::string& text, std::uint64_t since = 0) {
  const lesson::ExpressionPtr read = expression(text);
  if (!read) return "?";
  return lesson::textOf(lesson::look({{"it", read, since}}, session.timeline()).at("it"));
}

/// A lesson with this body in English.
inline std::string english(const std::string& body) {
  return "---\nschema: 1\nid: try\ntitle: Try\nlang: en\n---\n" + body;
}
inline std::string chinese(const std::string& body) {
  return "---\nschema: 1\nid: try\ntitle: 试\nlang: zh_CN\n---\n" + body;
}

/// What is wrong with a lesson; empty if it loads without a word.
inline std::string problemsOf(const std::string& englishText, const std::string& chineseText,
                              Language language = Language::English) {
  const project::Document document = network();
  const auto loaded = lesson::loadLesson({englishText, chineseText}, &document);
  return (loaded ? (*loaded)->warnings : loaded.error()).text(language);
}
/// The same of an English lesson, without the word about the missing Chinese.
inline std::string problemsOf(const std::string& englishText, Language language = Language::English) {
  std::string text = problemsOf(englishText, "", language);
  const std::size_t other = text.find("lesson.zh_CN.md");
  return other == text.npos ? text : text.substr(0, other);
}

}  // namespace hw::test
