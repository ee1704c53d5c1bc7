#!/usr/bin/env bash
# The long part of ./test.sh --long, after the suite: sanitizers, compiler matrix, fuzzing and what its corpora cover, clang-tidy.
#   tests/long/run.sh [sanitizers|matrix|fuzzing|coverage|lint|killing]...     default: all
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
jobs=$(nproc)
seconds=${HOPWISE_FUZZ_SECONDS:-60}
step() { printf '\n== %s (%d s)\n' "$*" "$SECONDS"; }

# The whole suite with every access and every shift watched.
sanitizers() {
  step "suite under ASan and UBSan"
  cmake --preset asan -DHOPWISE_TESTS=ON >/dev/null
  cmake --build build/asan -j "$jobs"
  UBSAN_OPTIONS=print_stacktrace=1 ctest --test-dir build/asan --output-on-failure -j "$jobs" -LE tidy
}

# The engine's tests, golden hashes among them, give the same with every compiler and level.
matrix() {
  local compiler level folder
  for compiler in g++ clang++; do
    for level in -O0 -O2; do
      step "engine with $compiler $level"
      folder=build/matrix/$compiler$level
      cmake -S . -B "$folder" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_BUILD_TYPE=None \
        -DCMAKE_CXX_FLAGS="$level" -DHOPWISE_GUI=OFF >/dev/null
      cmake --build "$folder" -j "$jobs"
      ctest --test-dir "$folder" --output-on-failure -j "$jobs" -LE tidy
    done
  done
}

# Each target for a minute, from its committed corpus; findings and new inputs stay in the build folder.
fuzzing() {
  local target name
  step "fuzz targets"
  cmake --preset fuzz >/dev/null
  cmake --build build/fuzz -j "$jobs"
  for target in build/fuzz/bin/fuzz_*; do
    name=${target##*/fuzz_}
    step "fuzz $name for $seconds s"
    mkdir -p "build/fuzz/found/$name"
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix="build/fuzz/found/$name-" "build/fuzz/found/$name" "tests/fuzz/corpus/$name" \
      2>"build/fuzz/$name.log" || { tail -n 40 "build/fuzz/$name.log" >&2; return 1; }
    grep -E "DONE|number_of_executed_units" "build/fuzz/$name.log"
  done
}

# What the committed corpora reach of the decoders and readers that they are for.
coverage() {
  step "coverage of the corpora"
  cmake --preset core-only -B build/coverage -DHOPWISE_TESTS=ON -DHOPWISE_LTO=OFF -DCMAKE_CXX_COMPILER=clang++ \
    -DCMAKE_BUILD_TYPE=None -DCMAKE_CXX_FLAGS="-O1 -fprofile-instr-generate -fcoverage-mapping" >/dev/null
  cmake --build build/coverage -j "$jobs" --target replay_decode replay_dissect replay_project replay_lesson replay_shell
  tests/long/fuzz_coverage.py build/coverage
}

lint() {
  step "clang-tidy on the engine"
  cmake --preset tidy -DHOPWISE_GUI=OFF >/dev/null
  cmake --build build/tidy -j "$jobs" -- -k 0
}

# The window is killed while it edits: the file is whole, at most 5 seconds of edits are lost.
killing() {
  step "kill -9 while editing, 50 times"
  cmake --preset release >/dev/null
  cmake --build build/release -j "$jobs" --target edit_driver hopwise-cli
  tests/long/kill_while_editing.py build/release/bin 50
}

[ $# -gt 0 ] || set -- sanitizers matrix fuzzing coverage lint killing
for part in "$@"; do
  case $part in
    sanitizers | matrix | fuzzing | coverage | lint | killing) "$part" ;;
    *) echo "usage: tests/long/run.sh [sanitizers|matrix|fuzzing|coverage|lint|killing]..." >&2; exit 2 ;;
  esac
done
