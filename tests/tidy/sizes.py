"""Ratchets on the length of files and functions: what is too long today stands in ratchet.txt and may only shrink."""
from source import Finding, listed

RATCHET = "tests/tidy/ratchet.txt"
FILE_LINES = 800
FUNCTION_LINES = 70
SCOPES = {"namespace", "class", "struct", "union", "enum", "extern"}


def functions(tokens):
    """(name, first line, last line) of each function that stands in a namespace or class."""
    stack, head, found = [], [], []
    for token in tokens:
        if token.kind in ("comment", "include"):
            continue
        if token.kind == "mark" and token.text == "{":
            inside = any(kind != "scope" for kind, _ in stack)
            stack.append((kind_of(head, inside), (name_of(head), head[0].line if head else token.line)))
            head = []
        elif token.kind == "mark" and token.text == "}":
            kind, (name, first) = stack.pop() if stack else ("other", ("", 0))
            if kind == "function":
                found.append((name, first, token.line))
            head = []
        elif token.kind == "mark" and token.text == ";":
            head = []
        else:
            head.append(token)
    return found


def kind_of(head, inside):
    words = [t.text for t in head]
    if inside:
        return "other"
    if "extern" in words[-2:]:  # extern "C" {
        return "scope"
    depth, assigned = 0, False
    for before, word in zip([""] + words, words):
        depth += (word == "(") - (word == ")")
        assigned |= word == "=" and depth == 0 and before not in ("operator", "=", "!", "<", ">")
    if "(" in words and not assigned:
        return "function"
    return "scope" if SCOPES & set(words) and not assigned else "other"


def name_of(head):
    """The words before the first parenthesis that is not part of `operator()` or an attribute."""
    words = [t.text for t in head]
    if "(" not in words:
        return ""
    at = words.index("(")
    if words[0] in ("TEST", "TEST_F", "TEST_P") and ")" in words:
        return "".join(words[:words.index(")") + 1])
    while at > 0 and words[at - 1] in ("]", ")"):
        later = [i for i in range(at + 1, len(words)) if words[i] == "("]
        if not later:
            break
        at = later[0]
    start = at - 1
    while start > 0 and words[start] != "operator" and not words[start][0].isalpha():
        start -= 1  # operator==
    while start >= 2 and words[start - 1] == "::":
        start -= 2
    return "".join(words[max(start, 0):at])


def measure(tree):
    """{(kind, path, name): (lines, first line)} of all that is longer than the limit."""
    long = {}
    for path in tree.files("core", "ui", "app", "tests"):
        lines = tree.text(path).count("\n")
        if lines > FILE_LINES:
            long["file", path, "-"] = (lines, 1)
        for name, first, last in functions(tree.tokens(path)):
            if last - first + 1 > FUNCTION_LINES:
                long["function", path, name] = (last - first + 1, first)
    return long


def check(tree):
    known = {tuple(words[:3]): (int(words[3]), number) for number, words in listed(tree, RATCHET)}
    findings, now = [], measure(tree)
    for key, (lines, first) in now.items():
        limit = known[key][0] if key in known else FILE_LINES if key[0] == "file" else FUNCTION_LINES
        if lines > limit:
            what = "file" if key[0] == "file" else f"function {key[2]}"
            findings.append(Finding(key[1], first, f"{what} has {lines} lines, at most {limit} are allowed"))
    for key, (lines, number) in known.items():
        if now.get(key, (0, 0))[0] < lines:
            findings.append(Finding(RATCHET, number, f"{' '.join(key)} is shorter now: tests/tidy/tidy.py --tighten"))
    return findings


def tighten(tree):
    """Lowers the ratchet to what is there; never raises it."""
    path, now = tree.root / RATCHET, measure(tree)
    kept = []
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            kept.append(line)
        elif tuple(words[:3]) in now:
            kept.append(" ".join(words[:3] + [str(min(int(words[3]), now[tuple(words[:3])][0]))]))
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
