#!/usr/bin/env python3
"""Shows that tidy can fail: seeds faults into a copy of the tree, one at a time, and wants each to be found.

  mutants.py [--hits FILE]     with FILE also a rule that no test hits
"""
import sys

sys.dont_write_bytecode = True

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import tidy
from source import CODE, Tree

COPIED = ("core", "ui", "app", "cmake", "docs", "installer", "tests", "lessons")


class Mutant(NamedTuple):
    check: str
    path: str
    change: object   # the file's text -> its new text; a file that is not there has the text ""
    wanted: str      # stands in a finding


def appended(text):
    return lambda old: old + text + "\n"


def behind_pragma(text):
    return lambda old: old.replace("#pragma once\n", "#pragma once\n" + text + "\n", 1)


def with_a_rule_that_nobody_hits(old):
    at = old.rindex("rule(")
    depth, end = 0, at + len("rule")
    while True:
        depth += (old[end] == "(") - (old[end] == ")")
        end += 1
        if depth == 0:
            break
    row = 'rule("mutant.never_hit", "RFC 0", Outcome::Noted, {"never", "从不"})'
    return old[:end] + ", " + row + old[end:]


MUTANTS = (
    Mutant("arrows", "core/base/text.h", behind_pragma('#include "core/wire/frame.h"'), "arrow base -> wire"),
    Mutant("arrows", "core/wire/frame.cpp", appended("#include <QString>"), "includes Qt"),
    Mutant("arrows", "core/wire/frame.cpp", appended('#include "app/cli/main.cpp"'), "nobody may"),
    Mutant("arrows", "core/base/orphan.cpp", appended("int orphan = 0;"), "is not among the SOURCES"),
    Mutant("words", "core/wire/frame.cpp", appended("std::unordered_map<int, int> mutant;"), "(unordered)"),
    Mutant("words", "core/base/time.h", appended("inline double mutant = 0;"), "(float)"),
    Mutant("words", "core/base/time.h", appended("auto mutant = std::chrono::steady_clock::now();"), "(clock)"),
    Mutant("words", "core/base/random.h", appended("std::uniform_int_distribution<int> mutant;"), "(distribution)"),
    Mutant("words", "core/base/bytes.cpp", appended("void mutant() { std::shuffle(a, b, c); }"), "(shuffle)"),
    Mutant("words", "core/base/bytes.cpp", appended("bool mutant = std::isspace(' ');"), "(locale)"),
    Mutant("words", "core/base/bytes.cpp", appended("void mutant() { throw 1; }"), "(throw)"),
    Mutant("words", "tests/tidy/allowed.txt", appended("clock core/base/text.h no longer true"), "no longer needed"),
    Mutant("sizes", "core/base/bytes.cpp", appended("// a line\n" * 801), "file has"),
    Mutant("sizes", "core/base/bytes.cpp", appended("void mutant() {\n" + "  {\n  }\n" * 40 + "}"), "function mutant has"),
    Mutant("fields", "core/proto/arp/arp_wire.h",
           appended('inline Field mutant{"arp.mutant", {"Mutant", "变体"}, {"", ""}};'), "field arp.mutant has no meaning in both languages"),
    Mutant("fields", "core/proto/arp/arp_wire.h",
           appended('inline Field mutant{"arp.mutant", {"Mutant", "变体"}};'), "field arp.mutant has no meaning in both languages"),
    Mutant("fields", "core/proto/arp/arp_rules.h",
           appended('auto mutant = rule("arp.mutant", "RFC 0", Outcome::Noted, {"Ask {ip}.", "询问。"});'),
           "rule arp.mutant tells {ip} in one language only"),
    Mutant("fields", "core/proto/arp/arp_rules.h",
           appended('auto mutant = rule("arp.mutant", "RFC 0", Outcome::Noted, {"Ask.", ""});'),
           "rule arp.mutant has no sentence in both languages"),
    Mutant("scenarios", "core/wire/frame.cpp", appended("// as in arp-refresh"), "names the scenario arp-refresh"),
    Mutant("scenarios", "core/wire/frame.cpp", appended('auto mutant = "10.0.1.10";'), "address of a scenario: 10.0.1.10"),
    Mutant("scenarios", "core/wire/frame.cpp", appended("int mutant[] = {10, 0, 1, 10};"), "address of a scenario"),
    Mutant("scenarios", "core/wire/frame.cpp", appended("auto mutant = 0x0A00010A;"), "address of a scenario"),
    Mutant("scenarios", "core/wire/frame.cpp", appended('auto mutant = "02:00:00:00:00:0A";'), "address of a scenario"),
    Mutant("glossary", "core/wire/frame.cpp", appended('Text mutant{"Next hop", "下一站"};'), "“Next hop” is 下一跳"),
    Mutant("glossary", "core/wire/frame.cpp", appended('Text mutant{"It is flooded.", "该帧被洪泛。"};'), "not 洪泛"),
    Mutant("packages", "installer/packages.txt", appended("build libmutant-dev"), "libmutant-dev is not explained"),
)


def copy_of(source, folder):
    for name in COPIED:
        if (source / name).exists():
            shutil.copytree(source / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "story.json", "corpus"))
    return Tree(folder)


def survivors(tree, mutants, hits):
    """The mutants that tidy does not find, as sentences."""
    lost, clean = [], {name: tidy.run(name, tree, hits) for name in {m.check for m in mutants}}
    for mutant in mutants:
        already = [f for f in clean[mutant.check] if mutant.wanted in str(f)]
        if already:
            lost.append(f"{mutant.check} says so without the mutant: {already[0]}")
            continue
        place = tree.root / mutant.path
        before = place.read_text(encoding="utf-8") if place.exists() else None
        place.write_text(mutant.change(before or ""), encoding="utf-8")
        seen = Tree(tree.root, only=mutant.path if mutant.path.endswith(CODE) else None)
        findings = [str(f) for f in tidy.run(mutant.check, seen, hits)]
        if any(mutant.wanted in f for f in findings):
            print("found:", next(f for f in findings if mutant.wanted in f))
        else:
            lost.append(f"{mutant.check} does not say “{mutant.wanted}” of {mutant.path}, but {findings}")
        place.unlink() if before is None else place.write_text(before, encoding="utf-8")
    return lost


def main():
    parser = argparse.ArgumentParser(description="Shows that tidy can fail.")
    parser.add_argument("--hits", type=Path)
    hits = parser.parse_args().hits
    mutants = MUTANTS
    if hits:
        table = next(p for p in Tree(tidy.HERE).files("core") if p.endswith("_rules.h"))
        mutants = (Mutant("rules", table, with_a_rule_that_nobody_hits, "rule mutant.never_hit is hit by no test"),)
    with tempfile.TemporaryDirectory() as folder:
        lost = survivors(copy_of(tidy.HERE, Path(folder)), mutants, hits)
    print("\n".join(lost) if lost else f"all {len(mutants)} mutants found")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
