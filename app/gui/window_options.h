// From the command line to the window.
#pragma once

#include "app/gui/options.h"
#include "app/gui/project_finder.h"
#include "ui/model/request.h"
#include "ui/workbench/language_switch.h"
#include "ui/workbench/main_window.h"

namespace hw::gui {

inline workbench::WindowOptions windowOptions(const Options& options) {
  workbench::WindowOptions window;
  window.theme = options.dark ? kit::ThemeId::Dark : kit::ThemeId::Light;
  window.language = options.language.empty()    ? workbench::LanguageSwitch::ofSystem()
                    : options.language == "zh_CN" ? Language::Chinese
                                                  : Language::English;
  window.samples = QString::fromStdString(lessonsFolder());
  return window;
}

/// What is to happen in the window at once.
inline model::PlayScript scriptOf(const Options& options) {
  model::PlayScript script;
  for (const DoLine& line : options.lines) script.commands.push_back({line.device, line.line});
  script.untilBeat = options.step;
  script.untilTime = options.at;
  return script;
}

}  // namespace hw::gui
