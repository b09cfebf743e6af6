"""docs/cli.md, which is the contract, names everything that the command knows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import typer

from ulak.cli.app import app
from ulak.cli.errors import Exit
from ulak.cli.help_words import EXITS, HELP
from ulak.cli.plugins import plugin, plugin_names

DOCUMENT = (Path(__file__).parents[1] / "docs" / "cli.md").read_text("utf-8")


def test_every_command_is_documented() -> None:
    for words in (HELP, *(plugin(name).help for name in plugin_names())):
        for name in words:
            assert name in DOCUMENT


def test_every_option_is_documented() -> None:
    root: Any = typer.main.get_command(app)
    for name in plugin_names():
        root.add(name)
    commands = [root]
    for command in commands:
        commands += getattr(command, "commands", {}).values()
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert max(parameter.opts, key=len) in DOCUMENT or set(parameter.opts) & {"-o"}


def test_every_exit_code_is_documented_in_help_and_document() -> None:
    codes = {str(int(code)) for code in Exit}
    assert codes == {code for code, _ in EXITS}
    assert codes <= set(re.findall(r"^\| (\d+) \|", DOCUMENT, re.MULTILINE))
