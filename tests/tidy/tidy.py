#!/usr/bin/env python3
"""Style as a test.

  tidy.py [--tree FOLDER] [CHECK...]   arrows words sizes fields scenarios glossary packages: prints findings, exit 1 if any
  tidy.py rules --hits FILE            the rules that no test hit
  tidy.py --tighten                    lowers the ratchet of lengths to what is there
"""
import sys

sys.dont_write_bytecode = True

import argparse
from pathlib import Path

import arrows
import fields
import glossary
import packages
import rules
import scenarios
import sizes
import words
from source import Tree

CHECKS = {"arrows": arrows, "words": words, "sizes": sizes, "fields": fields, "scenarios": scenarios,
          "glossary": glossary, "packages": packages}
HERE = Path(__file__).resolve().parents[2]


def run(name, tree, hits=None):
    return rules.check(tree, hits) if name == "rules" else CHECKS[name].check(tree)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checks", nargs="*", metavar="CHECK")
    parser.add_argument("--tree", type=Path, default=HERE)
    parser.add_argument("--hits", type=Path)
    parser.add_argument("--tighten", action="store_true")
    arguments = parser.parse_args()
    tree = Tree(arguments.tree)
    if arguments.tighten:
        sizes.tighten(tree)
        return 0
    names = arguments.checks or list(CHECKS)
    if set(names) - set(CHECKS) - {"rules"} or ("rules" in names and not arguments.hits):
        parser.error("the checks are " + " ".join(CHECKS) + ", and rules with --hits FILE")
    findings = [finding for name in names for finding in run(name, tree, arguments.hits)]
    for finding in findings:
        print(finding)
    print(f"{', '.join(names)}: {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
