#!/usr/bin/env python3
"""Does tshark find our own bytes sound, and read them as our dissector does?

    stories_tshark.py [--cli PATH] [--least PERCENT] [NAME...]     default: the scenarios of same.txt

Writes the capture of each scenario as our engine plays it. Exit 1 if a packet is malformed or has a bad
checksum, or if fewer fields agree (see tshark_agreement.py, which prints and judges them).
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from run import HERE, expected_same, folder_of

CHECKS = [part for protocol in ("ip", "udp", "tcp") for part in ("-o", f"{protocol}.check_checksum:TRUE")]
# tshark guesses an application from a port number (5000 is TAPA, 5555 SigComp, 80 HTTP); programs here send any bytes.
GUESSES = ["--disable-protocol", "tapa", "--disable-protocol", "sigcomp", "--disable-protocol", "http"]
# Linux quotes a datagram whose options it has just written with the checksum from before; so do we.
QUOTES_OPTIONS = "(icmp.type in {3, 11, 12} && ip.hdr_len > 20)"
UNSOUND = f"_ws.malformed || (ip.checksum.status == 0 && !{QUOTES_OPTIONS}) || icmp.checksum.status == 0 || udp.checksum.status == 0 || (tcp.checksum.status == 0 && !icmp)"


def unsound(capture):
    """The packets that tshark complains about, one line each."""
    ran = subprocess.run(["tshark", "-r", capture, *CHECKS, *GUESSES, "-Y", UNSOUND], capture_output=True, text=True, timeout=100)
    if ran.returncode != 0:
        return f"tshark cannot read it: {ran.stderr.strip()[:300]}"
    return ran.stdout


def main():
    parser = argparse.ArgumentParser(description="Our stories' captures as tshark sees them.")
    parser.add_argument("--cli", default=HERE.parents[1] / "build/release/bin/hopwise-cli")
    parser.add_argument("--least", default="95")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        captures, wrong = [], 0
        for name in arguments.names or expected_same():
            capture = Path(folder) / f"{name}.pcapng"
            subprocess.run([arguments.cli, "story", folder_of(name), "--pcapng", capture],
                           stdout=subprocess.DEVNULL, check=True, timeout=100)
            complaints = unsound(capture)
            if complaints:
                print(f"{name}: {complaints}")
                wrong += 1
            captures.append(capture)
        judged = subprocess.run([sys.executable, "-B", HERE / "tshark_agreement.py", "--cli", arguments.cli,
                                 "--least", arguments.least, *captures])
    return 1 if wrong or judged.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
