#!/usr/bin/env python3
"""hopwise-cli lesson: what outside tools rely on. Usage: lesson_command_test.py CLI LESSON_FOLDER"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

CLI, LESSON = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*arguments):
    return subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True)


def expect(condition, what):
    if not condition:
        sys.exit(f"not so: {what}")


def changed(folder, name, before, after):
    copy = pathlib.Path(folder) / "lesson"
    shutil.copytree(LESSON, copy, dirs_exist_ok=True)
    text = (copy / name).read_text(encoding="utf-8")
    expect(before in text, f"{name} holds {before}")
    (copy / name).write_text(text.replace(before, after, 1), encoding="utf-8")
    return copy


def the_shipped_lesson_is_in_order_and_can_be_solved():
    ran = run("lesson", "lint", LESSON)
    expect(ran.returncode == 0 and ran.stdout == "", f"lint says nothing: {ran.stdout}")
    for language in ("en", "zh_CN"):
        ran = run("lesson", "check", LESSON, "--lang", language)
        expect(ran.returncode == 0 and ran.stdout.count("ok    ") == 14, f"check: {ran.stdout}")


def its_folder_and_its_network_can_be_run():
    for path in (LESSON, LESSON / "network.yaml"):
        ran = run("run", path, "--do", "h1: ping -c 1 10.0.2.10")
        expect(ran.returncode == 0 and "1 received" in ran.stdout, f"run {path}")


def a_mistake_is_told_with_its_place_and_ends_with_2():
    with tempfile.TemporaryDirectory() as folder:
        copy = changed(folder, "lesson.zh_CN.md", 'device("r1").interface("eth1")', 'device("r1").interface("eth5")')
        for command in ("lint", "check"):
            ran = run("lesson", command, copy)
            expect(ran.returncode == 2 and "lesson.zh_CN.md:" in ran.stdout and "no interface “eth5”" in ran.stdout,
                   f"{command}: {ran.stdout}")
    ran = run("lesson", "lint", "no/such/folder")
    expect(ran.returncode == 2, "a folder that is not there")
    expect(run("lesson").returncode == 2, "lesson alone is wrong usage")


def a_solution_that_does_not_solve_ends_with_1():
    with tempfile.TemporaryDirectory() as folder:
        ran = run("lesson", "check", changed(folder, "solution.yaml", "ttl: 2", "ttl: 3"))
        expect(ran.returncode == 1 and "FAIL  ttl" in ran.stdout, ran.stdout)


the_shipped_lesson_is_in_order_and_can_be_solved()
its_folder_and_its_network_can_be_run()
a_mistake_is_told_with_its_place_and_ends_with_2()
a_solution_that_does_not_solve_ends_with_1()
