"""Every direct include follows the arrows of cmake/rooms.cmake."""
import re

from rooms import House, arrows
from source import Finding

OURS = re.compile(r'"((?:core|ui|app|tests)/[^"]+)"')
QT = re.compile(r"[<\"](Q[A-Za-z]+|Qt[A-Za-z]*/.*|qcustomplot\.h)[>\"]")


def check(tree):
    may, house = arrows(tree), House(tree)
    findings = []
    for path in tree.files("core", "ui", "app"):
        room = house.room_of(path)
        if room is None and not path.startswith("app/"):
            findings.append(Finding(path, 1, "belongs to no room: no hw_room() lists it"))
            continue
        if path.endswith(".cpp") and room and path not in house.listed:
            findings.append(Finding(path, 1, f"is not among the SOURCES of room {room.name}"))
        for token in tree.tokens(path):
            if token.kind == "include":
                wrong = judge(tree, house, may, path, room, token.text)
                if wrong:
                    findings.append(Finding(path, token.line, wrong))
    return findings


def judge(tree, house, may, path, room, include):
    """What is wrong with the include, or None."""
    if QT.search(include):
        windowless = path.startswith(("core/", "app/cli/"))
        return "includes Qt: only ui/ and app/gui/ may" if windowless else None
    ours = OURS.search(include)
    if not ours:
        return None
    target = ours[1]
    if not tree.exists(target):
        return f"includes {target}, which does not exist"
    if target.startswith(("app/", "tests/")):
        return None if path.startswith("app/") and target.startswith("app/") else f"includes {target}: nobody may"
    if target.startswith("ui/") and path.startswith(("core/", "app/cli/")):
        return f"includes {target}: only the window may"
    there = house.room_of(target)
    if there is None:
        return f"includes {target}, which belongs to no room"
    if room is not None:
        if there.name == room.name:
            return None
        if there.name != "base" and there.name not in may.get(room.name, ()):
            return f"arrow {room.name} -> {there.name} is not allowed by cmake/rooms.cmake ({target})"
    if target not in house.public:
        return f"includes {target}, which is private to room {there.name}"
    return None
