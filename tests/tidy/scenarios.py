"""No name and no address of a recorded scenario stands in core: the engine knows networks, not exercises."""
import ipaddress
import re

from source import Finding

FOLDER = "tests/oracle/scenarios"
IPV4 = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
MAC = re.compile(r"\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\b", re.I)


def known(tree):
    """(names, addresses). One-word names (loopback) are words of the trade and are not judged."""
    folder = tree.root / FOLDER
    names = {p.name for p in folder.iterdir() if p.is_dir() and "-" in p.name}
    addresses = set()
    for path in folder.glob("*/scenario.json"):
        text = path.read_text(encoding="utf-8")
        addresses |= {a for a in IPV4.findall(text) if is_somebodys(a)}
        addresses |= {a.lower() for a in MAC.findall(text) if not int(a[:2], 16) & 1 and a.strip("0:")}
    return names, addresses


def is_somebodys(text):
    """Whether the address is one that a scenario gave to something, not one that a standard reserves."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    reserved = address.is_multicast or address.is_loopback or address.is_unspecified or text.startswith("255.")
    return not reserved


# An address as text, as a list of bytes, as one number: where one may stand, and how it reads there.
SPELLINGS = (
    (re.compile(r"(?<![\w.:])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)"), lambda m: m),
    (re.compile(r"(?<![\w:])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])", re.I), lambda m: m.lower()),
    (re.compile(r"(?<!\w)(?:\d{1,3},\s*){3}\d{1,3}(?!\w)"), lambda m: re.sub(r",\s*", ".", m)),
    (re.compile(r"(?<!\w)(?:0x[0-9a-f]{1,2},\s*){5}0x[0-9a-f]{1,2}(?!\w)", re.I),
     lambda m: ":".join(f"{int(b, 16):02x}" for b in m.split(","))),
    (re.compile(r"\b0x[0-9a-f]{7,12}\b", re.I), lambda m: from_number(int(m, 16))),
)


def from_number(number):
    if number < 1 << 32:
        return ".".join(str(b) for b in number.to_bytes(4, "big"))
    return ":".join(f"{b:02x}" for b in number.to_bytes(6, "big"))


def check(tree):
    names, addresses = known(tree)
    if not names or not addresses:
        return [Finding(FOLDER, 1, "holds no scenarios to look for")]
    name = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, sorted(names))) + r")(?![\w-])")
    findings = []
    for path in tree.files("core", suffixes=(".h", ".cpp", ".txt", ".md", ".json", ".inc")):
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            for found in name.finditer(line):
                findings.append(Finding(path, number, f"names the scenario {found[0]}"))
            plain = line.replace("'", "")
            for pattern, read in SPELLINGS:
                for found in pattern.findall(plain):
                    if read(found) in addresses:
                        findings.append(Finding(path, number, f"holds an address of a scenario: {found}"))
    return findings
