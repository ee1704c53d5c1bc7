#!/usr/bin/env python3
"""The judge itself: a recorded story is the same as itself, and every kind of change is noticed."""
import copy
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True
from compare import stored

HERE = Path(__file__).resolve().parent
NAME = "routed-ping-3-hops"


def verdict(story):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as told:
        json.dump(story, told)
        told.flush()
        ran = subprocess.run([sys.executable, "-B", HERE / "compare.py", HERE / "scenarios" / NAME, told.name],
                             capture_output=True, text=True)
    return ran.returncode, ran.stdout.strip()


def other_ttl(story):
    next(l for f in story["frames"] for l in f["layers"] if l["p"] == "ip")["ttl"] += 1


def frame_missing(story):
    del story["frames"][-1]


def frame_late(story):
    story["frames"][-1]["t"] += 1


def other_output(story):
    next(s for s in story["steps"] if s.get("out"))["out"][0] += "!"


def neighbour_missing(story):
    node = next(n for snapshot in story["tables"].values() for n in snapshot.values() if n.get("neigh"))
    del node["neigh"][0]


def main():
    story, failed = stored(HERE / "scenarios" / NAME), 0
    for change, wanted in ((None, 0), (other_ttl, 1), (frame_missing, 1), (frame_late, 1), (other_output, 1),
                           (neighbour_missing, 1)):
        told = copy.deepcopy(story)
        if change:
            change(told)
        code, said = verdict(told)
        print(f"{change.__name__ if change else 'unchanged'}: {said}")
        failed += code != wanted
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
