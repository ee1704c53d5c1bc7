#!/usr/bin/env python3
"""How much of the code that a fuzz target is about its committed corpus reaches.

  tests/long/fuzz_coverage.py BUILD [--least PERCENT] [TARGET]...

BUILD has replay_* programs made by clang++ with -fprofile-instr-generate -fcoverage-mapping (`tests/long/run.sh coverage` makes it).
For each target: branches taken of all branches in its files. Exit 1 if one is below PERCENT (default 80).
"""
import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CORPUS = ROOT / "tests/fuzz/corpus"
LLVM = "-14"

# The files that a target is about.
FILES = {
    "decode_arp": ["core/dissect/arp_dissect.cpp"],
    "decode_cooked": ["core/dissect/cooked_dissect.cpp"],
    "decode_cooked2": ["core/dissect/cooked_dissect.cpp"],
    "decode_ethernet": ["core/dissect/ethernet_dissect.cpp", "core/dissect/ethernet_trailer.cpp"],
    "decode_gre": ["core/dissect/tunnel_dissect.cpp"],
    "decode_icmp": ["core/dissect/icmp_dissect.cpp"],
    "decode_igmp": ["core/dissect/igmp_dissect.cpp"],
    "decode_ipv4": ["core/dissect/ipv4_dissect.cpp", "core/dissect/ipv4_reassembly.cpp"],
    "decode_ipv4_options": ["core/dissect/ipv4_options_dissect.cpp"],
    "decode_llc": ["core/dissect/stp_dissect.cpp"],
    "decode_ppp": ["core/dissect/ppp_dissect.cpp"],
    "decode_pppoe_discovery": ["core/dissect/pppoe_dissect.cpp"],
    "decode_tcp": ["core/dissect/tcp_dissect.cpp", "core/dissect/tcp_options_dissect.cpp", "core/dissect/tcp_streams.cpp"],
    "decode_udp": ["core/dissect/udp_dissect.cpp"],
    "dissect": ["core/trace/capture_reader.cpp"],
    "project": ["core/project/load.cpp", "core/project/yaml_tree.cpp", "core/project/value_reader.cpp", "core/project/decode.cpp"],
    "lesson": ["core/lesson/markdown.cpp", "core/lesson/front_matter.cpp"],
    "shell": ["core/shell/lexer.cpp", "core/shell/options.cpp"],
}


def program_of(build, target):
    for name in (f"replay_{target}", f"replay_{target.split('_')[0]}"):
        if (build / "bin" / name).exists():
            return build / "bin" / name
    sys.exit(f"no replay program for {target} in {build}/bin")


def branches(build, target, files):
    """(taken, all) branches of the files after a replay of the target's corpus."""
    program = program_of(build, target)
    raw, merged = build / f"{target}.profraw", build / f"{target}.profdata"
    subprocess.run([program, CORPUS / target], check=True, stdout=subprocess.DEVNULL, env={"LLVM_PROFILE_FILE": str(raw)})
    subprocess.run([f"llvm-profdata{LLVM}", "merge", "-o", merged, raw], check=True)
    out = subprocess.run([f"llvm-cov{LLVM}", "export", program, f"-instr-profile={merged}", "-summary-only"] + [str(ROOT / f) for f in files],
                         check=True, capture_output=True, text=True).stdout
    total = json.loads(out)["data"][0]["totals"]["branches"]
    return total["covered"], total["count"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--least", type=float, default=80)
    parser.add_argument("target", nargs="*")
    options = parser.parse_args()
    low = []
    for target in options.target or sorted(FILES):
        taken, count = branches(options.build.resolve(), target, FILES[target])
        share = 100 * taken / count if count else 100
        print(f"{target:24} {taken:5} of {count:5} branches  {share:5.1f} %")
        if share < options.least:
            low.append(target)
    if low:
        sys.exit(f"below {options.least:g} %: {', '.join(low)}")


if __name__ == "__main__":
    main()
