#!/usr/bin/env bash
# Installs what is missing, builds everything and runs the test suite.
#   ./test.sh          the suite: at most 15 minutes after installation on two cores
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
. installer/packages.sh

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

step "all is well"
