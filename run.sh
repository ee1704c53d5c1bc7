#!/usr/bin/env bash
# Installs what is missing, builds Hopwise and opens its window: ./run.sh [FILE] [further arguments of hopwise]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/installer/packages.sh"

installPackages build window

cd "$here"
# The first time without the tests, for which other packages are needed; an existing build is only brought up to date.
[ -f build/release/build.ninja ] || cmake --preset release -DHOPWISE_TESTS=OFF
cmake --build build/release --target hopwise hopwise-cli
cd - >/dev/null

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
  cat >&2 <<TEXT
There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened. Without one:
  $here/build/release/bin/hopwise-cli --help             the command line: run, dissect, compare
  QT_QPA_PLATFORM=offscreen $here/build/release/bin/hopwise --help    the window's own switches
  xvfb-run -a $here/run.sh                                the window on a virtual display (package xvfb)
TEXT
  exit 1
fi
exec "$here/build/release/bin/hopwise" "$@"
