// The canvas for screen readers: one child for each device and each link, by name and state.
#pragma once

namespace hw::canvas {

/// Makes every CanvasView expose what stands on it. May be called again.
void exposeCanvas();

}  // namespace hw::canvas
