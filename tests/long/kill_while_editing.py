#!/usr/bin/env python3
"""kill -9 while editing: the file is whole and at most 5 seconds of edits are lost.

    kill_while_editing.py BIN_FOLDER [ROUNDS]

Starts edit_driver on a project, kills it at a random moment, and reads what is on the disk: the project
file and the copy that the window keeps of what is not saved. Both must be whole, and the newer of them
may lack only edits of the last 5 seconds.
"""
import os, random, re, signal, subprocess, sys, tempfile, time
from pathlib import Path

MOST_LOST_S = 5.0
PROJECT = "version: 1\nseed: 1\ntitle: '0'\nnodes:\n  h1: {kind: host}\n"


def title_number(cli, path):
    """The number in the title of a project that must be whole."""
    checked = subprocess.run([cli, "check", path], capture_output=True, text=True)
    if checked.returncode != 0:
        raise SystemExit(f"{path} is not whole: {checked.stdout}{checked.stderr}")
    found = re.search(r"^title: [\"']?(\d+)", Path(path).read_text(), re.M)
    return int(found.group(1)) if found else 0


def one_round(folder, bin_folder, number):
    work = Path(tempfile.mkdtemp(dir=folder))
    project = work / "net.hopwise"
    project.write_text(PROJECT)
    env = dict(os.environ, HOME=str(work), XDG_DATA_HOME=str(work / "data"), XDG_CONFIG_HOME=str(work / "config"),
               QT_QPA_PLATFORM="offscreen", QT_LOGGING_RULES="qt.qpa.*=false")
    with open(work / "log", "w") as log:
        driver = subprocess.Popen([bin_folder / "edit_driver", project], stdout=log, env=env)
        time.sleep(random.uniform(0.5, 9))
        killed = time.time()
        driver.send_signal(signal.SIGKILL)
        driver.wait()
    drawn = [tuple(map(int, line.split())) for line in (work / "log").read_text().splitlines() if line.count(" ") == 1]
    cli = bin_folder / "hopwise-cli"
    copies = list((work / "data").rglob("autosave/*.hopwise"))
    kept = max([title_number(cli, p) for p in [project, *copies]])
    lost = [moment for number, moment in drawn if number > kept]
    age = killed - min(lost) / 1000 if lost else 0.0
    print(f"{number:3}: {len(drawn):4} edits, {len(lost):3} lost, the oldest {age:.2f} s before the end", flush=True)
    if age > MOST_LOST_S:
        raise SystemExit(f"edits of {age:.1f} s are lost; see {work}")
    return len(drawn)


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    bin_folder = Path(sys.argv[1]).resolve()
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    with tempfile.TemporaryDirectory() as folder:
        edits = sum(one_round(folder, bin_folder, number + 1) for number in range(rounds))
    if edits < rounds:
        raise SystemExit("the driver has hardly edited anything: this proves nothing")
    print(f"{rounds} times killed, {edits} edits, every file whole")


if __name__ == "__main__":
    main()
