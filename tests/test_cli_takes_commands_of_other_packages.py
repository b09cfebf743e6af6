"""Other packages may bring commands; one that is damaged harms no other."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint
from unittest.mock import patch

import pytest
import typer

from cli_support import called
from ulak.cli import plugins
from ulak.cli.grammar import group
from ulak.cli.help_entry import Help
from ulak.cli.plugins import GROUP, Plugin
from ulak.errors import Text

sample_group: typer.Typer = group("sample")
SAMPLE = Plugin(sample_group, {"ulak sample": Help(Text("Örnek.", "A sample."))})
NOT_ONE = "something else"


def found(**named: str) -> Iterator[None]:
    points = {name: EntryPoint(name, value, GROUP) for name, value in named.items()}
    plugins.plugin.cache_clear()
    with patch.object(plugins, "_found", lambda: points):
        yield
    plugins.plugin.cache_clear()


@pytest.fixture
def _damaged() -> Iterator[None]:
    yield from found(broken="no_such_package:thing", odd=f"{__name__}:NOT_ONE")


def test_the_centers_commands_are_found(capsys: pytest.CaptureFixture[str]) -> None:
    said = called(capsys, "--help", "--lang", "en").out
    assert "center" in said
    assert "gib-tests" in said
    assert called(capsys, "center", "--help", "--lang", "en").out.startswith("Usage: ulak center")


@pytest.mark.usefixtures("_damaged")
@pytest.mark.parametrize("name", ["broken", "odd"])
def test_a_damaged_one_is_said_so(capsys: pytest.CaptureFixture[str], name: str) -> None:
    ran = called(capsys, name, "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert f"“{name}” could not be loaded" in ran.err


@pytest.mark.usefixtures("_damaged")
def test_a_damaged_one_harms_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert called(capsys, "--version").code == 0
    said = called(capsys, "--help")
    assert said.code == 0
    assert "broken" not in said.out


def test_an_unknown_command_is_answered_with_all_that_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    said = " ".join(called(capsys, "cemter", "--lang", "en").err.split())
    assert "There is no command “cemter”" in said
    assert {"center", "gib-tests"} <= set(said.replace(",", "").split())
