#!/usr/bin/env python3
"""Does our dissector read captures as tshark does?

    tshark_agreement.py [--cli PATH] [--least PERCENT] [--protocols LIST] [--show N] FILE...

Every named PDML field inside the elements of the protocols that we know counts, hidden ones too, and
agrees if ours has the same name, show, position and size in the same packet. Exit 1 if less agree.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

KNOWN = "eth,sll,vlan,arp,ip,ipv6,ipv6.hopopts,ipv6.dstopts,ipv6.routing,ipv6.fraghdr,icmp,icmpv6,igmp,stp,udp,tcp,gre,vxlan,pppoed,pppoes,data"
# PDML puts what stands outside all protocols, such as undissected data, into this element.
OUTSIDE = "fake-field-wrapper"


def tshark_packets(path):
    """The PDML element of each packet. Times are shown in UTC, as ours are."""
    run = subprocess.Popen(["tshark", "-r", path, "--disable-protocol", "http", "-T", "pdml"], stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, env={**os.environ, "TZ": "UTC"})
    for _, element in ET.iterparse(run.stdout):
        if element.tag == "packet":
            yield element
            element.clear()
    run.wait()


def key(name, show, pos, size):
    return name, show, int(pos or 0), int(size or 0)


def pdml_fields(element, counted, known, into):
    """Collects the fields below `element`; a nested <proto> decides for its own part."""
    for child in element:
        if child.tag == "proto":
            pdml_fields(child, child.get("name") in known, known, into)
            continue
        name = child.get("name") or ""
        # Undissected data is a <field> named after its protocol; its parts are what counts.
        inside = counted or name.split(".")[0] in known
        if name and name != "data" and inside:
            into[key(name, child.get("show") or "", child.get("pos"), child.get("size"))] += 1
        pdml_fields(child, inside if name else counted, known, into)


def tshark_fields(packet, known):
    found = collections.Counter()
    for proto in packet.findall("proto"):
        name = proto.get("name")
        if name in known:
            pdml_fields(proto, True, known, found)
        elif name not in ("geninfo", "frame"):
            pdml_fields(proto, False, known, found)
    return found


def our_fields(fields, into):
    for field in fields:
        if field["name"]:
            into[key(field["name"], field["show"], field["pos"], field["size"])] += 1
        our_fields(field.get("fields", []), into)


def our_packets(cli, path, known):
    run = subprocess.run([cli, "dissect", "--json", path], capture_output=True)
    if run.returncode != 0:
        sys.exit(f"{cli} dissect --json {path}: exit {run.returncode}: {run.stderr.decode()}")
    for packet in json.loads(run.stdout):
        found = collections.Counter()
        for layer in packet["layers"]:
            if layer["proto"] in known:
                our_fields(layer["fields"], found)
        yield found


def compare(cli, path, known, tally):
    ours = our_packets(cli, path, known)
    count = 0
    for number, packet in enumerate(tshark_packets(path), 1):
        theirs, mine = tshark_fields(packet, known), next(ours, None)
        if mine is None:
            sys.exit(f"{path}: tshark shows packet {number}, we do not")
        count = number
        tally.add(path, number, theirs, mine)
    if next(ours, None) is not None:
        sys.exit(f"{path}: tshark shows {count} packets, we more")


class Tally:
    def __init__(self):
        self.all = self.agreed = self.packets = 0
        self.missing, self.extra = collections.Counter(), collections.Counter()
        self.examples = {}

    def add(self, path, number, theirs, mine):
        self.packets += 1
        self.all += theirs.total()
        self.agreed += (theirs & mine).total()
        only_ours = mine - theirs
        for field, times in (theirs - mine).items():
            self.missing[field[0]] += times
            near = [f[1:] for f in only_ours if f[0] == field[0]]
            self.examples.setdefault(field[0], (path, number, field[1:], near[:1]))
        for field, times in only_ours.items():
            self.extra[field[0]] += times

    def percent(self):
        return 100.0 * self.agreed / self.all if self.all else 100.0


def shortened(value, limit=70):
    text = str(value)
    return text if len(text) <= limit else text[:limit] + "..."


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cli", default="build/release/bin/hopwise-cli")
    parser.add_argument("--least", type=float, default=95.0, help="percent that must agree")
    parser.add_argument("--protocols", default=KNOWN)
    parser.add_argument("--show", action="store_true", help="an example of each disagreement")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    known, tally = set(options.protocols.split(",")), Tally()
    for path in options.files:
        compare(options.cli, path, known, tally)
    print(f"{tally.agreed}/{tally.all} fields agree, {tally.percent():.3f} %, "
          f"{tally.packets} packets in {len(options.files)} files")
    for name, times in tally.missing.most_common():
        print(f"  differs: {name} {times}")
        if options.show:
            path, number, field, near = tally.examples[name]
            print(f"    {path} packet {number}: tshark {shortened(field)}, we {shortened(near)}")
    for name, times in tally.extra.most_common():
        if times != tally.missing[name]:
            print(f"  only ours: {name} {times}")
    return 0 if tally.percent() >= options.least and tally.all > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
