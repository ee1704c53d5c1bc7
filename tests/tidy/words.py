"""Words that stand for what core must not do. Exceptions stand in allowed.txt, each with its reason."""
import re
from typing import NamedTuple

from source import Finding, code_lines, listed

ALLOWED = "tests/tidy/allowed.txt"
STATE_ROOMS = ("base", "wire", "journal", "proto", "device", "sim", "socket", "process")


class Ban(NamedTuple):
    name: str
    pattern: re.Pattern
    why: str
    folders: tuple = ("core",)


def ban(name, pattern, why, folders=("core",)):
    return Ban(name, re.compile(pattern), why, folders)


# Matched against code whose tokens are parted by single spaces: `std :: shuffle`.
BANS = (
    ban("distribution", r"\w+_distribution\b", "its results differ between standard libraries: use RandomStream"),
    ban("shuffle", r"\bstd :: (ranges :: )?(shuffle|sample)\b", "its result differs between standard libraries"),
    ban("random", r"\b(random_device|mt19937\w*|default_random_engine|drand48|srand)\b|(?<![.>:] )\brand \(",
        "randomness comes from the RandomStream of a link or device"),
    ban("unordered", r"\bunordered_(multi)?(map|set)\b", "iteration order differs between machines: use std::map or a vector"),
    ban("float", r"\b(float|double)\b", "State knows no floating point",
        tuple(f"core/{room}" for room in STATE_ROOMS)),
    ban("clock", r"\bstd :: chrono\b|\b(system|steady|high_resolution)_clock\b|\b(clock_)?gettime(ofday)?\b"
        r"|\b(std )?:: time \(|(?<![.>:&] )\btime \( (nullptr|NULL|0|&)", "virtual time is the only time"),
    ban("locale", r"\b(setlocale|localeconv|std :: locale)\b|\bstd :: (tolower|toupper|isalpha|isalnum|isspace|isupper|islower|ispunct|isprint)\b"
        r"|(?<![.>:] )\b(tolower|toupper|isalpha|isalnum|isspace|isupper|islower|ispunct|isprint) \("
        r"|\b(strtod|strtof|stod|stof)\b", "the result depends on the locale, which the window sets"),
    ban("environment", r"\b(secure_)?getenv\b", "the same project and seed give the same bytes, whatever the environment"),
    ban("throw", r"\bthrow\b", "core throws nothing: return an Expected or a Decision"),
    ban("thread", r"\bstd :: (j?thread|async|mutex|atomic)\b", "the engine has one thread; the session's caller owns it"),
)


def check(tree):
    allowed = {(words[0], words[1]): number for number, words in listed(tree, ALLOWED) if len(words) > 2}
    findings = [Finding(ALLOWED, n, "wants: WORD PATH REASON") for n, words in listed(tree, ALLOWED) if len(words) < 3]
    used = set()
    for path in tree.files("core"):
        lines = code_lines(tree.tokens(path))
        for one in BANS:
            if not path.startswith(tuple(f + "/" for f in one.folders)):
                continue
            for line, code in lines.items():
                if not one.pattern.search(code):
                    continue
                pardon = next((a for a in allowed if a[0] == one.name and path.startswith(a[1])), None)
                if pardon:
                    used.add(pardon)
                else:
                    findings.append(Finding(path, line, f"`{code.strip()[:60]}` ({one.name}): {one.why}"))
    for pardon, number in allowed.items():
        if pardon not in used:
            findings.append(Finding(ALLOWED, number, f"{' '.join(pardon)} is no longer needed: take the line out"))
    return findings


