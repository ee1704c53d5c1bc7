"""Every field of a header table has a label and a meaning, every rule a source and a sentence, in both languages."""
import re

from source import Finding

KEY = re.compile(r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
HAN = re.compile(r"[\u4e00-\u9fff]")
PLACEHOLDER = re.compile(r"\{[^}]*\}")


def check(tree):
    findings = []
    for path in tree.files("core"):
        kind = "field" if path.endswith("_wire.h") else "rule" if path.endswith("_rules.h") else None
        if not kind:
            continue
        tokens, found = [t for t in tree.tokens(path) if t.kind not in ("comment", "include")], 0
        before = "{" if kind == "field" else "("
        for i, token in enumerate(tokens):
            if i and token.kind == "string" and KEY.match(token.text) and tokens[i - 1].text == before:
                found += 1
                wrong = field(tokens, i + 1) if kind == "field" else rule(tokens, i + 1)
                if wrong:
                    findings.append(Finding(path, token.line, f"{kind} {token.text} {wrong}"))
        if found == 0 and any(t.text in ("Schema", "RuleTable") for t in tokens):
            findings.append(Finding(path, 1, f"has a table in which no {kind} is found"))
    return findings


def field(tokens, at):
    """What is wrong with `, {label}, {meaning}` behind a field's key, or None."""
    for what in ("label", "meaning"):
        texts, at = text_at(tokens, at)
        if not both(texts):
            return f"has no {what} in both languages"
        if what == "meaning" and not HAN.search(texts[1]):
            return "has a Chinese meaning without Chinese"
    return None


def rule(tokens, at):
    """What is wrong with `, source, outcome, {sentence}` behind a rule's key, or None."""
    if tokens[at + 1].kind != "string" or not tokens[at + 1].text.strip():
        return "has no source"
    while tokens[at].text != "{":
        at += 1
    texts, _ = text_at(tokens, at - 1)
    if not both(texts) or not HAN.search(texts[1]):
        return "has no sentence in both languages"
    en, zh = (set(PLACEHOLDER.findall(t)) for t in texts)
    return f"tells {' '.join(sorted(en ^ zh))} in one language only" if en != zh else None


def both(texts):
    return texts is not None and len(texts) == 2 and all(t.strip() for t in texts)


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
