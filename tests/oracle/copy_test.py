#!/usr/bin/env python3
"""Says so when the shared scenarios lie beside the tree (../shared/oracle) and differ from our copy."""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PARTS = ("scenario.json", "story.json", "tables.json", "timing.json")


def main():
    shared = HERE.parents[2] / "shared" / "oracle"
    if not shared.is_dir():
        print("no shared scenarios beside this tree: nothing to compare with")
        return 0
    pairs = [(shared / "compare.py", HERE / "compare.py")]
    names = {p.name for p in (shared / "scenarios").iterdir()} | {p.name for p in (HERE / "scenarios").iterdir()}
    pairs += [(shared / "scenarios" / n / p, HERE / "scenarios" / n / p) for n in sorted(names) for p in PARTS]
    different = [ours for theirs, ours in pairs if read(theirs) != read(ours)]
    for path in different:
        print(f"{path.relative_to(HERE)} differs from the shared one")
    print(f"{len(pairs) - len(different)} of {len(pairs)} files are the same")
    return 1 if different else 0


def read(path):
    return path.read_bytes() if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
