"""The rooms of the house, read from cmake/rooms.cmake and the hw_room() calls."""
import re
from pathlib import PurePosixPath

ARROW = re.compile(r'"([a-z0-9_]+)\s*->([^"]*)"')
ROOM = re.compile(r"\bhw_room\(([^)]*)\)", re.S)
KEYS = ("NAME", "FOLDER", "DEPS", "SOURCES", "HEADERS", "LIBS")


class Room:
    def __init__(self, name, folder, public, private):
        self.name, self.folder = name, folder
        self.public = {f"{folder}/{f}" for f in public}
        self.private = {f"{folder}/{f}" for f in private}


def arrows(tree):
    """{room: the rooms it may include}."""
    table = tree.text("cmake/rooms.cmake").split("set(HOPWISE_ARROWS", 1)[1]
    return {m[1]: set(m[2].split()) for m in ARROW.finditer(table)}


def rooms(tree):
    found = []
    for path in sorted((tree.root).glob("core/**/CMakeLists.txt")) + sorted(tree.root.glob("ui/**/CMakeLists.txt")):
        folder = str(path.parent.relative_to(tree.root))
        text = re.sub(r"#[^\n]*", "", path.read_text(encoding="utf-8"))
        for match in ROOM.finditer(text):
            parts, key = {}, None
            for word in match[1].split():
                if word in KEYS:
                    key = word
                else:
                    parts.setdefault(key, []).append(word)
            found.append(Room(parts["NAME"][0], folder, parts.get("HEADERS", []), parts.get("SOURCES", [])))
    return found


class House:
    """Which room a file belongs to, and whether others may include it."""

    def __init__(self, tree):
        self.rooms = rooms(tree)
        self.listed = {f: room for room in self.rooms for f in room.public | room.private}
        self.public = {f for room in self.rooms for f in room.public}

    def room_of(self, path):
        """The room that lists the file; else the only room of the nearest folder that has one; else None."""
        if path in self.listed:
            return self.listed[path]
        for folder in PurePosixPath(path).parents:
            here = [r for r in self.rooms if r.folder == str(folder)]
            if here:
                whole = [r for r in here if not r.name.endswith("_wire")]
                return whole[0] if len(whole) == 1 else here[0] if len(here) == 1 else None
        return None
