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


def spellings(address):
    """Patterns for an address as text, as a list of bytes and as one number."""
    if ":" in address:
        parts, number = address.split(":"), address.replace(":", "")
        listed = [f"0x{p}" for p in parts]
    else:
        parts = address.split(".")
        number, listed = "".join(f"{int(p):02x}" for p in parts), parts
    bytes_ = r",\s*".join(listed)
    text = re.escape(address)
    return (rf"(?<![\w.:]){text}(?![\w:]|\.\d)", rf"(?<!\w){bytes_}(?!\w)", rf"\b0x0*{number.lstrip('0')}\b")


def check(tree):
    names, addresses = known(tree)
    if not names or not addresses:
        return [Finding(FOLDER, 1, "holds no scenarios to look for")]
    name = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, sorted(names))) + r")(?![\w-])")
    address = re.compile("|".join(s for a in sorted(addresses) for s in spellings(a)), re.I)
    findings = []
    for path in tree.files("core", suffixes=(".h", ".cpp", ".txt", ".md", ".json", ".inc")):
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            for found in name.finditer(line):
                findings.append(Finding(path, number, f"names the scenario {found[0]}"))
            for found in address.finditer(line.replace("'", "")):
                findings.append(Finding(path, number, f"holds an address of a scenario: {found[0]}"))
    return findings
