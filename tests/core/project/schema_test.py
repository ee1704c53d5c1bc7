#!/usr/bin/env python3
"""The schema for editors and the loader are of one mind.

  schema_test.py TREE HOPWISE_CLI     exit 1 and sentences if not
"""
import copy
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jsonschema
import yaml

KEY = re.compile(r'\{Section::(\w+), "(\w+)", (true|false)\}')
WORDS = re.compile(r"k(NodeKinds|Mediums)\{([^}]*)\}")

GOOD = {
    "version": 1,
    "seed": 7,
    "title": {"en": "A network", "zh_CN": "网络"},
    "nodes": {
        "h1": {
            "kind": "host",
            "label": "first",
            "position": [10, 20],
            "interfaces": {"eth0": {"mac": "02:00:00:00:00:aa", "addresses": ["192.0.2.1/24"], "ipv6": ["2001:db8::1/64"],
                                    "mtu": 1500, "down": False},
                           "eth1": None},
            "routes": ["default via 192.0.2.9 metric 5", "blackhole 198.51.100.0/24"],
            "ipv6_routes": ["default via 2001:db8::9", "unreachable 2001:db8:9::/48"],
            "neighbours": [{"address": "192.0.2.7", "mac": "02:00:00:00:00:bb", "device": "eth0"}],
            "sysctl": {"net.ipv4.ip_default_ttl": 32},
            "start": ["ping -c 1 192.0.2.9 &"],
        },
        "sw1": {"kind": "switch", "bridge": {"ageing_time": "20s", "stp": False}},
    },
    "links": [{"ends": ["h1:eth0", "sw1:p1"], "medium": "ethernet", "latency": "1.5ms", "rate": "2.5Gbit",
               "loss": "0.5%", "queue": "64kB", "down": True}],
    "notes": [{"text": "hello", "position": [1, 2]}],
}

# What is put at a path of GOOD: all of it is refused by both.
GONE = object()
WRONG = [
    ("version", GONE), ("version", 2), ("version", "one"), ("nodes", GONE), ("nodes", []), ("nodes", 3), ("color", "red"),
    ("seed", -1), ("seed", 1.5), ("title", ["a"]), ("title", {"fr": "un"}), ("links", {}), ("notes", "x"),
    ("nodes/h1", None), ("nodes/h1/kind", GONE), ("nodes/h1/kind", "firewall"), ("nodes/h1/colour", "red"),
    ("nodes/my host", {"kind": "host"}), ("nodes/..", {"kind": "host"}), ("nodes/-a", {"kind": "host"}),
    ("nodes/" + "x" * 64, {"kind": "host"}), ("nodes/h1/position", [1]), ("nodes/h1/position", [1, 2.5]),
    ("nodes/h1/position", [1, 100001]), ("nodes/h1/interfaces", []), ("nodes/h1/interfaces/eth0", 3),
    ("nodes/h1/interfaces/an interface", {}), ("nodes/h1/interfaces/" + "e" * 16, {}),
    ("nodes/h1/interfaces/eth0/ip", "192.0.2.1/24"), ("nodes/h1/interfaces/eth0/mac", "02:00:00:00:00"),
    ("nodes/h1/interfaces/eth0/addresses", "192.0.2.1/24"), ("nodes/h1/interfaces/eth0/addresses", ["192.0.2.1"]),
    ("nodes/h1/interfaces/eth0/addresses", ["192.0.2.256/24"]), ("nodes/h1/interfaces/eth0/addresses", ["192.0.2.1/33"]),
    ("nodes/h1/interfaces/eth0/mtu", 67), ("nodes/h1/interfaces/eth0/mtu", 65536), ("nodes/h1/interfaces/eth0/down", "yes"),
    ("nodes/h1/routes", "default via 192.0.2.9"), ("nodes/h1/routes", ["defualt via 192.0.2.9"]),
    ("nodes/h1/routes", ["default va 192.0.2.9"]), ("nodes/h1/routes", ["default via"]),
    ("nodes/h1/interfaces/eth0/ipv6", ["2001:db8::1"]), ("nodes/h1/interfaces/eth0/ipv6", ["192.0.2.1/24"]),
    ("nodes/h1/ipv6_routes", ["default via"]), ("nodes/h1/ipv6_routes", ["192.0.2.0/24 dev eth0"]),
    ("nodes/h1/neighbours", [{"address": "192.0.2.7", "device": "eth0"}]),
    ("nodes/h1/neighbours", [{"address": "192.0.2", "mac": "02:00:00:00:00:bb", "device": "eth0"}]),
    ("nodes/h1/sysctl", ["net.ipv4.ip_forward=1"]), ("nodes/h1/sysctl/a", [1]), ("nodes/h1/start", "ping"),
    ("nodes/h1/start", [["ping"]]), ("nodes/sw1/bridge/ageing_time", 20), ("nodes/sw1/bridge/ageing_time", "20 s"),
    ("nodes/sw1/bridge/prio", 1), ("links/0/ends", GONE), ("links/0/ends", ["h1:eth0"]), ("links/0/ends", ["h1", "sw1:p1"]),
    ("links/0/medium", "wifi"), ("links/0/medium", "token ring"), ("links/0/duplex", "both"), ("links/0/length", "0m"), ("links/0/latency", "10"), ("links/0/latency", "0us"),
    ("links/0/rate", "1Gb"), ("links/0/rate", "-1Gbit"), ("links/0/loss", "101%"), ("links/0/loss", "1"),
    ("links/0/queue", "100"), ("links/0/down", 1), ("notes/0/text", GONE), ("notes/0/size", 3),
]


def changed(path, value):
    project = copy.deepcopy(GOOD)
    *way, last = path.split("/")
    at = project
    for step in way:
        at = at[int(step) if isinstance(at, list) else step]
    if value is GONE:
        del at[last]
    else:
        at[last] = value
    return project


def keys_in_source(tree):
    """{section: ({keys}, {required keys})} of the loader's table."""
    sections = {}
    for section, key, required in KEY.findall((tree / "core/project/keys.h").read_text()):
        every, needed = sections.setdefault(section, (set(), set()))
        every.add(key)
        if required == "true":
            needed.add(key)
    return sections


def keys_in_schema(schema):
    sections = {}
    for name, definition in schema["$defs"].items():
        objects = [d for d in [definition] + definition.get("anyOf", []) if "properties" in d]
        for one in objects:
            sections[name] = (set(one["properties"]), set(one.get("required", [])))
    return sections


def differences(tree, schema):
    here, there = keys_in_source(tree), keys_in_schema(schema)
    for section in sorted(here.keys() | there.keys()):
        if here.get(section) != there.get(section):
            yield f"section {section}: the loader knows {here.get(section)}, the schema {there.get(section)}"
    words = dict(WORDS.findall((tree / "core/project/words.h").read_text()))
    for name, section, key in (("NodeKinds", "Node", "kind"), ("Mediums", "Link", "medium")):
        known = re.findall(r'"(\w+)"', words[name])
        if known != schema["$defs"][section]["properties"][key]["enum"]:
            yield f"{section}.{key}: the loader knows {known}"
    for name, definition in schema["$defs"].items():
        for one in [definition] + definition.get("anyOf", []):
            for key, value in one.get("properties", {}).items():
                if not value.get("description"):
                    yield f"{name}.{key} has no description"


def main():
    tree, cli = Path(sys.argv[1]), sys.argv[2]
    schema = json.loads((tree / "resources/schema/hopwise.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    wrong = list(differences(tree, schema))

    def loads(path):
        done = subprocess.run([cli, "check", str(path)], capture_output=True, text=True)
        if done.returncode not in (0, 2):
            wrong.append(f"check ends with {done.returncode}: {done.stderr}")
        return done.returncode == 0

    shipped = sorted(tree.glob("lessons/**/network.yaml")) + sorted(tree.glob("lessons/**/*.hopwise"))
    if not shipped:
        wrong.append("no project is shipped")
    for path in shipped:
        for error in validator.iter_errors(yaml.safe_load(path.read_text())):
            wrong.append(f"{path}: the schema refuses a shipped project: {error.message}")
        if not loads(path):
            wrong.append(f"{path}: the loader refuses a shipped project")

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "project.yaml"
        for path, value, good in [("seed", 7, True)] + [(p, v, False) for p, v in WRONG]:
            project = changed(path, value)
            file.write_text(yaml.safe_dump(project, allow_unicode=True, sort_keys=False))
            what = f"{path} = {'nothing' if value is GONE else value!r}"
            if validator.is_valid(project) != good:
                wrong.append(f"{what}: the schema {'refuses' if good else 'accepts'} it")
            if loads(file) != good:
                wrong.append(f"{what}: the loader {'refuses' if good else 'accepts'} it")
    print("\n".join(wrong) if wrong else f"{len(shipped)} shipped projects and {len(WRONG)} wrong ones judged alike")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
