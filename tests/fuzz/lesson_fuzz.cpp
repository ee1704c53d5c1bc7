// Any text as a lesson of a small network: it is refused with a place and a reason, or its steps can
// be looked at, set as HTML and answered.
#include "core/base/check.h"
#include "core/lesson/markdown.h"
#include "core/lesson/tutor.h"
#include "core/project/build.h"
#include "core/project/load.h"

namespace {

constexpr std::string_view kNetwork =
    "version: 1\n"
    "nodes:\n"
    "  h1: {kind: host, interfaces: {eth0: {addresses: [192.0.2.1/24]}}}\n"
    "  h2: {kind: host, interfaces: {eth0: {addresses: [192.0.2.2/24]}}}\n"
    "links: [{ends: [h1:eth0, h2:eth0]}]\n";

const hw::project::Document& network() {
  static const auto document = hw::project::loadText(kNetwork, "network.yaml")->document;
  return document;
}

void playStep(const hw::lesson::Step& step, hw::lesson::Progress& progress) {
  using namespace hw;
  static const Timeline timeline(*project::buildWorld(network()));
  for (const lesson::Block& block : step.blocks) {
    if (block.kind == lesson::BlockKind::Quiz) lesson::answerQuiz(block, {0}, progress);
    if (block.kind == lesson::BlockKind::Predict) lesson::lockPrediction(block, 0, 0, progress);
  }
  const lesson::Findings findings = lesson::look(lesson::watchesOf(step, progress), timeline);
  lesson::takeFindings(step, findings, progress);
  for (const lesson::Block& block : step.blocks)
    lesson::setMarkdown(block.text, [&](std::string_view value) { return lesson::valueText(findings, value); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hw;
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (text.empty()) return 0;
  const auto loaded = lesson::loadLesson({text, ""}, &network());
  if (!loaded) {
    HW_CHECK(!loaded.error().text(Language::English).empty());
    HW_CHECK(!loaded.error().text(Language::Chinese).empty());
    return 0;
  }
  lesson::Progress progress = lesson::freshProgress(**loaded);
  for (const lesson::Step& step : (*loaded)->script(Language::English).steps) playStep(step, progress);
  lesson::networkOpened(progress);
  const auto again = lesson::loadProgress(lesson::saveProgress(progress), lesson::freshProgress(**loaded));
  HW_CHECK(again && *again == progress);
  return 0;
}
