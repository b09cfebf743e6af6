"""What a command does not need it does not load, so that it answers at once."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from cli_support import environment

HEAVY = ("lxml", "saxonche", "elementpath", "msgspec", "pydantic", "rich.console", "ulak.rules", "ulak.ubl")
SCRIPT = """
import json, sys
from ulak.cli.main import main
code = main(sys.argv[1:])
print("\\n" + json.dumps([code, sorted(sys.modules)]))
"""


def loaded(*arguments: str) -> list[str]:
    ran = subprocess.run([sys.executable, "-c", SCRIPT, *arguments], capture_output=True, env=environment(), check=True)
    code, modules = json.loads(ran.stdout.decode().splitlines()[-1])
    assert code == 0
    return [str(module) for module in modules]


@pytest.mark.parametrize(
    "line",
    [["--version"], ["--help"], ["check", "--help"], ["codes"], ["codes", "units", "--search", "kilo"]],
    ids=" ".join,
)
def test_light_commands_load_nothing_heavy(line: list[str]) -> None:
    assert [module for module in loaded(*line) if module in HEAVY] == []
