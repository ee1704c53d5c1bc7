"""Every rule of the rule tables was hit at run time by a test of this run.

The programs append what they hit to the file that HOPWISE_RULES_HIT names (core/journal/rule_coverage.h): a RuleId a
line, the table in its high byte, the row in the low one.
"""
from source import Finding


def tables(tree):
    """The tables' names in the order of enum class RuleTableId."""
    tokens = [t.text for t in tree.tokens("core/journal/rule.h") if t.kind in ("word", "mark")]
    start = next(i for i in range(len(tokens)) if tokens[i:i + 3] == ["enum", "class", "RuleTableId"])
    body = tokens[tokens.index("{", start) + 1:tokens.index("}", start)]
    return [word for word in body if word != ","]


def rules(tree):
    """{(table, row): (key, path, line)} of every rule() in a *_rules.h of core."""
    order, found, row = tables(tree), {}, {}
    for path in tree.files("core"):
        if not path.endswith("_rules.h"):
            continue
        tokens, table = [t for t in tree.tokens(path) if t.kind != "comment"], None
        for i, token in enumerate(tokens[:-2]):
            if token.text == "RuleTableId" and tokens[i + 2].text in order:
                table = order.index(tokens[i + 2].text)
            elif token.kind == "word" and token.text == "rule" and tokens[i + 2].kind == "string":
                row[table] = row.get(table, -1) + 1
                found[table, row[table]] = (tokens[i + 2].text, path, tokens[i + 2].line)
    return found


def check(tree, hits):
    known = rules(tree)
    if not known:
        return [Finding("core", 1, "no rule is found in any *_rules.h")]
    hit = {divmod(int(line), 256) for line in hits.read_text().split()} if hits.exists() else set()
    findings, keys = [], {}
    for place, (key, path, line) in known.items():
        if place[0] is None:
            findings.append(Finding(path, line, f"rule {key} stands before the RuleTableId of its table"))
        elif place not in hit:
            findings.append(Finding(path, line, f"rule {key} is hit by no test"))
        if key in keys:
            findings.append(Finding(path, line, f"rule {key} stands in {keys[key]} too"))
        keys[key] = path
    return findings
