#!/usr/bin/env bash
# Installs what is missing, builds everything and runs the test suite.
#   ./test.sh          the suite: at most 15 minutes after installation on two cores
#   ./test.sh --long   besides: the suite under sanitizers, with every compiler and level, and the fuzzers
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. installer/packages.sh

long=no
for argument in "$@"; do
  case $argument in
    --long) long=yes ;;
    *) echo "usage: ./test.sh [--long]" >&2; exit 2 ;;
  esac
done

jobs=$(nproc)
step() { printf '\n== %s (%d s so far)\n' "$*" "$SECONDS"; }

step "packages"
installPackages build window test

# One configuration for everything: tests and benchmarks need optimised code, and asserts stay on in it too.
step "build"
cmake --preset release -DHOPWISE_TESTS=ON
cmake --build build/release -j "$jobs"

step "tests"
ctest --test-dir build/release --output-on-failure --no-tests=error -j "$jobs"

if [ "$long" = yes ]; then
  installPackages long
  tests/long/run.sh
fi
step "all is well"
