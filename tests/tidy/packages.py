"""Every package that the set-up installs is explained in docs/dependencies.md."""
from source import Finding, listed

LIST = "installer/packages.txt"
DOC = "docs/dependencies.md"


def check(tree):
    explained = tree.text(DOC)
    return [Finding(LIST, number, f"{words[1]} is not explained in {DOC}")
            for number, words in listed(tree, LIST) if f"`{words[1]}`" not in explained]
