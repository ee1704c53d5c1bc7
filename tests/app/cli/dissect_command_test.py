#!/usr/bin/env python3
"""hopwise-cli dissect: what outside tools rely on. Usage: dissect_command_test.py CLI CORPUS"""
import json
import pathlib
import subprocess
import sys
import tempfile

CLI, CORPUS = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*arguments):
    return subprocess.run([CLI, "dissect", *map(str, arguments)], capture_output=True, text=True)


def expect(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


def fields(layer):
    stack = list(layer["fields"])
    while stack:
        field = stack.pop()
        stack += field["fields"]
        yield field


def json_has_the_documented_shape():
    ran = run("--json", CORPUS / "icmp.pcap")
    packets = json.loads(ran.stdout)
    expect(ran.returncode == 0, "exit 0 with malformed packets in the file")
    expect([p["number"] for p in packets] == list(range(1, len(packets) + 1)), "packets are counted from 1")
    expect(any(p.get("malformed") for p in packets), "malformed packets are marked")
    for packet in packets:
        expect(packet["time"].count(".") == 1, "time is a decimal")
        for layer in packet["layers"]:
            expect({"proto", "name", "pos", "size", "fields"} <= set(layer), "keys of a layer")
            for field in fields(layer):
                expect({"name", "show", "pos", "size", "fields"} <= set(field), "keys of a field")


def text_is_in_the_language_asked_for():
    expect("Time to live: 64" in run(CORPUS / "udp.pcap").stdout, "English by default")
    expect("生存时间：64" in run("--lang", "zh_CN", CORPUS / "udp.pcap").stdout, "Chinese")
    expect("// 为什么" in run(CORPUS / "big_endian.pcapng").stdout, "the packet's comment")


def unreadable_files_are_exit_2():
    for bad in [CORPUS / "nothing.pcap", CORPUS, __file__, *CORPUS.glob("*.bad")]:
        ran = run("--json", bad)
        expect(ran.returncode == 2, f"{bad}: exit 2, not {ran.returncode}")
        expect(str(bad) in ran.stderr, f"{bad} is named in the message")


def a_file_that_breaks_off_gives_the_packets_before():
    whole = (CORPUS / "udp.pcap").read_bytes()
    with tempfile.NamedTemporaryFile(suffix=".pcap") as cut:
        cut.write(whole[:-3])
        cut.flush()
        ran = run("--json", cut.name)
        expect(ran.returncode == 2, "exit 2")
        expect(len(json.loads(ran.stdout)) == len(json.loads(run("--json", CORPUS / "udp.pcap").stdout)) - 1,
               "all but the last packet, as valid JSON")
        expect("3 more bytes" in ran.stderr, "how much is missing")


json_has_the_documented_shape()
text_is_in_the_language_asked_for()
unreadable_files_are_exit_2()
a_file_that_breaks_off_gives_the_packets_before()
