"""The terms of docs/glossary.md are the terms of the program's texts.

A row is `| English | 中文 | not | ... |`. A text pair {"en", "zh"} of core whose English is a term has that term's
Chinese; no Chinese text uses a word of the column `not` (words separated by 、).
"""
import re

from source import Finding

DOC = "docs/glossary.md"
HAN = re.compile(r"[\u4e00-\u9fff]")


def terms(tree):
    """[(English, Chinese, words that are not used)]"""
    found = []
    for line in tree.text(DOC).splitlines():
        cells = [c.strip() for c in line.strip().strip("|").split("|")]
        if len(cells) >= 3 and HAN.search(cells[1]) and cells[0] != "English":
            found.append((cells[0], cells[1], [w for w in cells[2].split("、") if w]))
    return found


def pairs(tree, path):
    """(line, en, zh) of adjacent texts of which only the second has Chinese."""
    tokens = [t for t in tree.tokens(path) if t.kind not in ("comment", "include")]
    joined = []
    for token in tokens:
        if token.kind == "string" and joined and joined[-1].kind == "string":
            joined[-1] = joined[-1]._replace(text=joined[-1].text + token.text)
        else:
            joined.append(token)
    for a, comma, b in zip(joined, joined[1:], joined[2:]):
        if a.kind == b.kind == "string" and comma.text == "," and HAN.search(b.text) and not HAN.search(a.text):
            yield b.line, a.text, b.text


def check(tree):
    known = terms(tree)
    chinese = {en.lower(): zh for en, zh, _ in known}
    refused = [(word, zh) for _, zh, words in known for word in words]
    findings = [] if known else [Finding(DOC, 1, "holds no terms")]
    for path in tree.files("core"):
        for line, en, zh in pairs(tree, path):
            wanted = chinese.get(en.lower())
            if wanted and zh != wanted:
                findings.append(Finding(path, line, f"“{en}” is {wanted} in {DOC}, not {zh}"))
    for path in tree.files("core", "ui", "lessons", suffixes=(".h", ".cpp", ".ts", ".md", ".yaml", ".hopwise")):
        for number, line in enumerate(tree.text(path).splitlines(), 1):
            for word, term in refused:
                if word in line.replace(term, ""):
                    findings.append(Finding(path, number, f"{DOC} says {term}, not {word}"))
    return findings
