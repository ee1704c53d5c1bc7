// The window as a picture, without a display.
#pragma once

#include "app/gui/options.h"

namespace hw::gui {

/// To be called before the QApplication: a screen of the size of the picture.
void prepareOffscreen(const Options& options);

/// Exit code: 0 the picture is written, 1 a command or the writing failed, 2 the project is unreadable.
int takeScreenshot(const Options& options, const std::string& project);

}  // namespace hw::gui
