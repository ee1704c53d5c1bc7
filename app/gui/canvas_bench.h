// hopwise --bench canvas: what a frame of the window costs while a campus runs in it.
#pragma once

#include "app/gui/options.h"

namespace hw::gui {

/// Opens a campus of 500 devices and 800 cables, plays it and measures 600 frames; prints one JSON line.
int benchCanvas(const Options& options);

}  // namespace hw::gui
