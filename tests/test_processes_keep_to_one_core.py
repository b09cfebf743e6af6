"""A process keeps to one core of the machine with all its threads, and what it starts has all cores."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

CORES = sorted(os.sched_getaffinity(0))
LIBRARY = Path(__file__).parents[1] / "src" / "ulak"
PROGRAM = """
import json, os, subprocess, sys, threading, time

from ulak.cores import keep_to_one_core, on_any_core

ASK = [sys.executable, "-c", "import os; print(sorted(os.sched_getaffinity(0)))"]


def cores_of_threads():
    return sorted({core for task in os.listdir("/proc/self/task") for core in os.sched_getaffinity(int(task))})


before = threading.Thread(target=time.sleep, args=(600,), daemon=True)
before.start()
core = keep_to_one_core(sys.argv[1])
later = threading.Thread(target=time.sleep, args=(600,), daemon=True)
later.start()
inherited = json.loads(subprocess.check_output(ASK))
with on_any_core():
    freed = json.loads(subprocess.check_output(ASK))
back = json.loads(subprocess.check_output(ASK))
told = {"core": core, "threads": cores_of_threads(), "inherited": inherited, "freed": freed, "back": back}
print(json.dumps(told), flush=True)
sys.stdin.read()
"""


class Started:
    """A process that keeps to one core until it is let go."""

    def __init__(self, among: str) -> None:
        command = [sys.executable, "-c", PROGRAM, among]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.process.stdout
        self.told: dict[str, Any] = json.loads(self.process.stdout.readline())

    def let_go(self) -> None:
        self.process.communicate()


@pytest.fixture
def among() -> str:
    """Names the processes that share the cores out among themselves."""
    if len(CORES) < 2:
        pytest.skip("this machine has one core")
    return f"test-{uuid4()}"


def test_threads_that_are_there_and_those_to_come_run_on_one_core(among: str) -> None:
    one = Started(among)
    one.let_go()
    assert one.told["core"] in CORES
    assert one.told["threads"] == [one.told["core"]]


def test_what_it_starts_has_all_cores_if_that_is_said(among: str) -> None:
    one = Started(among)
    one.let_go()
    assert one.told["inherited"] == [one.told["core"]]
    assert one.told["freed"] == CORES
    assert one.told["back"] == [one.told["core"]]


def test_each_has_a_core_of_its_own_and_who_comes_later_runs_anywhere(among: str) -> None:
    each = [Started(among) for _ in CORES]
    late = Started(among)
    os.kill(each[0].process.pid, 9)
    each[0].process.wait()
    after = Started(among)
    for one in (*each[1:], late, after):
        one.let_go()
    assert sorted(one.told["core"] for one in each) == CORES
    assert (late.told["core"], late.told["threads"], late.told["freed"]) == (None, CORES, CORES)
    assert after.told["core"] == each[0].told["core"], "who is killed leaves its core to others"


def test_others_on_the_machine_take_no_cores_away(among: str) -> None:
    one, other = Started(among), Started(f"{among}-other")
    for each in (one, other):
        each.let_go()
    assert one.told["core"] == other.told["core"] == CORES[0]


def test_who_may_use_one_core_alone_is_left_as_it_is(among: str) -> None:
    kept = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {CORES[-1]})
    try:
        one = Started(among)
    finally:
        os.sched_setaffinity(0, kept)
    one.let_go()
    assert (one.told["core"], one.told["threads"], one.told["freed"]) == (None, [CORES[-1]], [CORES[-1]])


def test_every_process_that_the_library_starts_while_documents_are_shown_has_all_cores() -> None:
    bound = []
    for file in LIBRARY.rglob("*.py"):
        tree = ast.parse(file.read_text())
        freed = {id(call) for block in ast.walk(tree) if _is_free(block) for call in ast.walk(block)}
        bound += [
            f"{file.name}:{call.lineno}"
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "subprocess.Popen" and id(call) not in freed
        ]
    assert not bound


def _is_free(block: ast.AST) -> bool:
    return isinstance(block, ast.With) and any(ast.unparse(one.context_expr) == "on_any_core()" for one in block.items)
