#!/usr/bin/env bash
# Tries the committed tree in fresh Debian 12 systems: debootstrap's minimal base and nothing else.
#   tests/fresh_debian.sh [suite|window|package|portable]...     as root; default: all
#     suite      a clone, ./test.sh
#     window     a clone, ./run.sh: without a display it says so; with one it shows the lesson
#     package    the Debian package is clean in lintian, installs and starts
#     portable   the portable folder starts where no Qt is installed
# Pictures of the windows come to build/fresh. Packages come from the mirror that this machine's apt uses. Besides
# debootstrap it needs Xvfb, xdotool and ImageMagick.
set -euo pipefail
tree=$(git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel)
[ $# -gt 0 ] || set -- suite window package portable

if [ -z "${HOPWISE_OWN_MOUNTS:-}" ]; then
  # What is mounted below is gone when this ends, whatever happens.
  HOPWISE_OWN_MOUNTS=yes exec unshare --mount "$0" "$@"
fi
work=$(mktemp -d)
root=$work/root
screen=97
cleanUp() {
  kill $(jobs -p) 2>/dev/null || true
  umount "$root/proc" "$root/dev/shm" 2>/dev/null || true
  rm -rf --one-file-system "$work"
}
trap cleanUp EXIT
pictures=$tree/build/fresh
mkdir -p "$pictures"

# A base system of its own for each part.
freshRoot() {
  local started=$SECONDS mirror
  umount "$root/proc" "$root/dev/shm" 2>/dev/null || true
  rm -rf --one-file-system "$root"
  mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
    awk '$2 == "bookworm" { print $1; exit }')
  debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >"$work/log" 2>&1 ||
    { tail -n 20 "$work/log" >&2; exit 1; }
  cp -r /etc/apt/apt.conf.d/. "$root/etc/apt/apt.conf.d/"
  cp /etc/resolv.conf "$root/etc/resolv.conf"
  mount -t proc proc "$root/proc"
  mkdir -p "$root/dev/shm"
  mount -t tmpfs tmpfs "$root/dev/shm"
  echo "base system: $((SECONDS - started)) s"
}

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/ TERM=dumb "$@"; }
quietly() { "$@" >"$work/log" 2>&1 || { tail -n 30 "$work/log" >&2; exit 1; }; }
cloned() { git clone -q "file://$tree" "$root/hopwise"; }

# shows NAME COMMAND...: the command, run inside, opens a window of Hopwise; its picture is kept.
shows() {
  local name=$1 started=$SECONDS window= display program
  shift
  Xvfb ":$screen" -screen 0 1280x800x24 -nolisten tcp -ac >/dev/null 2>&1 &
  display=$!
  sleep 1
  inside DISPLAY=":$screen" LANG=C.UTF-8 "$@" >"$work/log" 2>&1 &
  program=$!
  until window=$(DISPLAY=":$screen" xdotool search --onlyvisible --name Hopwise 2>/dev/null | head -n 1) && [ -n "$window" ]; do
    kill -0 "$program" 2>/dev/null || { tail -n 30 "$work/log" >&2; echo "$name: it ended without a window" >&2; exit 1; }
    [ $((SECONDS - started)) -lt 1500 ] || { tail -n 30 "$work/log" >&2; echo "$name: no window" >&2; exit 1; }
    sleep 1
  done
  sleep 4
  DISPLAY=":$screen" import -window root "$pictures/$name.png"
  echo "$name: “$(DISPLAY=":$screen" xdotool getwindowname "$window")” after $((SECONDS - started)) s, build/fresh/$name.png"
  DISPLAY=":$screen" xdotool windowclose "$window" 2>/dev/null || true
  kill "$program" "$display" 2>/dev/null || true
  wait "$program" "$display" 2>/dev/null || true
  screen=$((screen + 1))
}

suite() {
  freshRoot
  cloned
  local started=$SECONDS
  quietly inside bash -c 'cd /hopwise && . installer/packages.sh && installPackages build window test'
  echo "packages: $((SECONDS - started)) s"
  started=$SECONDS
  inside /hopwise/test.sh
  echo "test.sh after installation: $((SECONDS - started)) s"
}

window() {
  freshRoot
  cloned
  shows run.sh /hopwise/run.sh
  if inside /hopwise/run.sh >"$work/log" 2>&1; then
    echo "run.sh without a display should fail" >&2
    exit 1
  fi
  tail -n 4 "$work/log"
}

package() {
  (cd "$tree" && cmake --preset release -DHOPWISE_TESTS=OFF && cmake --build build/release) >/dev/null
  (cd "$tree/build/release" && quietly cpack -G DEB)
  local deb
  deb=$(ls -t "$tree"/build/release/hopwise_*.deb | head -n 1)
  lintian --fail-on error,warning "$deb"
  freshRoot
  cp "$deb" "$root/hopwise.deb"
  quietly inside apt-get update
  quietly inside DEBIAN_FRONTEND=noninteractive apt-get install -y /hopwise.deb
  inside hopwise-cli --version
  shows package hopwise
}

portable() {
  quietly "$tree/installer/portable.sh"
  freshRoot
  quietly inside apt-get update
  # What a desktop has: X, OpenGL, fonts. No Qt.
  quietly inside DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
    libgl1 libegl1 libx11-6 libx11-xcb1 libfontconfig1 libfreetype6 fonts-dejavu-core
  tar -C "$root" -xf "$(ls -t "$tree"/build/hopwise-*.tar.xz | head -n 1)"
  shows portable bash -c '/hopwise-*/bin/hopwise'
}

for part in "$@"; do
  case $part in
    suite | window | package | portable) echo "== $part"; "$part" ;;
    *) echo "usage: tests/fresh_debian.sh [suite|window|package|portable]..." >&2; exit 2 ;;
  esac
done
