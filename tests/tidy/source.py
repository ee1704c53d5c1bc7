"""The tree as tidy sees it: its files, and C++ split into tokens that know their line."""
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

CODE = (".h", ".cpp")
TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<include>^[ \t]*\#[ \t]*include[ \t]*[<"][^>"\n]*[>"])
      | (?P<raw>R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)")
      | (?P<string>"(?:\\.|[^"\\\n])*")
      | (?P<char>(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+')
      | (?P<word>[A-Za-z_]\w*)
      | (?P<number>\d[\w.']*)
      | (?P<mark2>::|[^\s\w])""",
    re.X | re.S | re.M)


class Token(NamedTuple):
    kind: str   # comment include string char word number mark
    text: str   # of a string: what stands between the quotes
    line: int


class Finding(NamedTuple):
    where: str
    line: int
    what: str

    def __str__(self):
        return f"{self.where}:{self.line}: {self.what}"


class Tree:
    """The files of a working tree, by path relative to its root. With `only`, no other file is listed."""

    def __init__(self, root, only=None):
        self.root, self.only = Path(root).resolve(), only

    def files(self, *folders, suffixes=CODE):
        if self.only:
            listed = self.only.startswith(tuple(f + "/" for f in folders)) and self.only.endswith(tuple(suffixes))
            return [self.only] if listed else []
        found = []
        for folder in folders:
            found += [p for p in (self.root / folder).rglob("*") if p.suffix in suffixes and p.is_file()]
        return sorted(str(p.relative_to(self.root)) for p in found)

    def text(self, path):
        return (self.root / path).read_text(encoding="utf-8")

    def tokens(self, path):
        return _tokens(self.text(path))

    def exists(self, path):
        return (self.root / path).exists()


@lru_cache(maxsize=None)
def _tokens(text):
    tokens, line, at = [], 1, 0
    for match in TOKEN.finditer(text):
        line += text.count("\n", at, match.start())
        at = match.start()
        kind, piece = match.lastgroup, match.group()
        if kind == "raw" or match.group("raw"):
            kind, piece = "string", piece[piece.index("(") + 1:piece.rindex(")")]
        elif kind == "string":
            piece = piece[1:-1]
        tokens.append(Token("mark" if kind == "mark2" else kind, piece, line))
    return tuple(tokens)


def code_lines(tokens):
    """{line: code}: without comments, strings emptied, includes left out."""
    lines = {}
    for token in tokens:
        if token.kind in ("comment", "include"):
            continue
        text = '""' if token.kind in ("string", "char") else token.text
        lines.setdefault(token.line, []).append(text)
    return {line: " ".join(parts) for line, parts in lines.items()}


def listed(tree, path):
    """The lines of a list file as (line number, words), without comments and blank lines."""
    for number, line in enumerate(tree.text(path).splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split()
