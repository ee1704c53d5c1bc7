"""Every field of a header table has a label and a meaning in both languages."""
import re

from source import Finding

KEY = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
HAN = re.compile(r"[\u4e00-\u9fff]")


def check(tree):
    findings = []
    for path in tree.files("core"):
        if not path.endswith("_wire.h"):
            continue
        tokens = [t for t in tree.tokens(path) if t.kind not in ("comment", "include")]
        fields = 0
        for i, token in enumerate(tokens):
            if token.kind == "string" and KEY.match(token.text) and i and tokens[i - 1].text == "{":
                fields += 1
                wrong = judge(tokens, i + 1)
                if wrong:
                    findings.append(Finding(path, token.line, f"field {token.text} {wrong}"))
        if fields == 0 and any(t.text == "Schema" for t in tokens):
            findings.append(Finding(path, 1, "has a Schema in which no field is found"))
    return findings


def judge(tokens, at):
    """What is wrong with the two texts that follow a field's key, or None."""
    for what in ("label", "meaning"):
        texts, at = text_at(tokens, at)
        if texts is None:
            return f"has no {what}"
        if len(texts) != 2 or not all(t.strip() for t in texts):
            return f"has no {what} in both languages"
        if what == "meaning" and not HAN.search(texts[1]):
            return "has a Chinese meaning without Chinese"
    return None


def text_at(tokens, at):
    """Reads `, {"en" ..., "zh" ...}`: (the strings, adjacent ones joined; the place behind), or (None, at)."""
    if [t.text for t in tokens[at:at + 2]] != [",", "{"]:
        return None, at
    at, texts, fresh = at + 2, [], True
    while at < len(tokens) and not (tokens[at].kind == "mark" and tokens[at].text == "}"):
        if tokens[at].kind == "string":
            texts = texts + [tokens[at].text] if fresh else texts[:-1] + [texts[-1] + tokens[at].text]
            fresh = False
        elif tokens[at].text == ",":
            fresh = True
        else:
            return None, at
        at += 1
    return texts, at + 1
