#!/usr/bin/env python3
"""Plays recorded Linux scenarios on our engine and compares the stories: those of scenarios/, which are a copy, and those
of recorded/, which were recorded for this engine with the same recorder.

  run.py [--cli PATH] [NAME...]     default: those of same.txt; `all` for every scenario. Exit 1 if one is not the same
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent


def expected_same():
    return [line for line in (HERE / "same.txt").read_text().split("\n") if line and not line.startswith("#")]


def folder_of(name):
    return next((HERE / kind / name for kind in ("scenarios", "recorded") if (HERE / kind / name).is_dir()), HERE / "scenarios" / name)


def play(cli, name):
    """Whether our story of the scenario is the recorded one; prints the verdict."""
    folder = folder_of(name)
    with tempfile.NamedTemporaryFile(suffix=".json") as told:
        ran = subprocess.run([cli, "story", folder], stdout=told, stderr=subprocess.PIPE, text=True, timeout=100)
        if ran.returncode != 0:
            print(f"fails {name}: exit {ran.returncode}: {ran.stderr.strip()[:300]}")
            return False
        return subprocess.run([sys.executable, "-B", HERE / "compare.py", folder, told.name]).returncode == 0


def main():
    parser = argparse.ArgumentParser(description="Plays recorded Linux scenarios on our engine and compares the stories.")
    parser.add_argument("--cli", default=HERE.parents[1] / "build/release/bin/hopwise-cli")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    names = arguments.names or expected_same()
    if names == ["all"]:
        names = sorted(p.name for kind in ("scenarios", "recorded") for p in (HERE / kind).iterdir())
    verdicts = [play(arguments.cli, name) for name in names]
    if len(names) > 1:
        print(f"{sum(verdicts)} of {len(verdicts)} are the same")
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
