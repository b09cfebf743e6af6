"""Everything a person sees exists in Turkish (the default) and English; `--lang` may stand anywhere."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
import typer

import ulak.cli
from cli_support import called
from cli_support import ulak as run
from ulak.cli.app import app
from ulak.cli.help_words import EXITS
from ulak.cli.help_words import HELP as OWN_HELP
from ulak.cli.language import spoken
from ulak.cli.plugins import metavar_of, plugin, plugin_names
from ulak.errors import Text

HELP = {**OWN_HELP, **{name: words for group in plugin_names() for name, words in plugin(group).help.items()}}
"""The words of all commands, those that other packages bring too."""


def commands() -> dict[str, Any]:
    """Every command by its whole name."""

    def below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        yield name, command
        for each, inner in getattr(command, "commands", {}).items():
            yield from below(f"{name} {each}", inner)

    root: Any = typer.main.get_command(app)
    for name in plugin_names():
        root.add(name)
    return dict(below("ulak", root))


def parameters() -> list[tuple[str, Any]]:
    return [(name, parameter) for name, command in commands().items() for parameter in command.params]


def test_every_command_and_parameter_has_words() -> None:
    assert set(HELP) == set(commands())
    for name, command in commands().items():
        assert set(HELP[name].parameters) == {parameter.name for parameter in command.params}


def test_every_metavar_is_spelt_out_or_is_code() -> None:
    for _, parameter in parameters():
        if not getattr(parameter, "is_flag", False):
            assert metavar_of(parameter.metavar) or parameter.metavar.islower()


def texts() -> Iterator[tuple[str, Text]]:
    """Every Text that stands in a module of the command."""
    for module in pkgutil.walk_packages(ulak.cli.__path__, "ulak.cli."):
        for name, value in vars(importlib.import_module(module.name)).items():
            yield from ((f"{module.name}.{name}", text) for text in _inside(value))


def _inside(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _inside(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _inside(inner)


def test_no_sentence_lacks_a_language_or_a_place() -> None:
    found = list(texts())
    assert len(found) > 150
    for name, text in found:
        assert text.tr, name
        assert text.en, name
        assert sorted(_places(text.tr)) == sorted(_places(text.en)), name


def _places(sentence: str) -> set[str]:
    return {part.partition("}")[0] for part in sentence.split("{")[1:]}


@pytest.mark.parametrize("name", sorted(HELP))
def test_help_speaks_both_languages(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = name.split()[1:]
    turkish = called(capsys, *line, "--help")
    english = called(capsys, "--lang", "en", *line, "--help")
    assert turkish.code == english.code == 0
    assert turkish.out.startswith(f"Kullanım: {name} [SEÇENEKLER]")
    assert english.out.startswith(f"Usage: {name} [OPTIONS]")
    for language, said in (("tr", turkish.out), ("en", english.out)):
        words = " ".join(said.split())
        for text in (HELP[name].summary, *HELP[name].details, *(meaning for _, meaning in HELP[name].examples)):
            assert text.say("en" if language == "en" else "tr") in words


def test_help_of_the_command_itself_tells_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    said = " ".join(called(capsys, "--help", "--lang", "en").out.split())
    for code, meaning in EXITS:
        assert f"{code} {meaning.en}" in said


def test_language_comes_from_the_option_then_the_environment_then_is_turkish() -> None:
    assert spoken([], {}).language == "tr"
    assert spoken([], {"ULAK_LANG": "en"}).language == "en"
    assert spoken([], {"ULAK_LANG": "de_DE"}).language == "tr"
    assert spoken(["--lang", "tr"], {"ULAK_LANG": "en"}).language == "tr"
    assert spoken(["check", "--lang=EN"], {}) == ("en", ["check"])
    assert spoken(["check", "--", "--lang", "en"], {}) == ("tr", ["check", "--", "--lang", "en"])


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (["--lang", "en", "check", "--help"], {}),
        (["check", "--help", "--lang", "en"], {}),
        (["check", "--help"], {"ULAK_LANG": "en"}),
    ],
)
def test_the_documented_ways_to_english_work(arguments: list[str], env: dict[str, str]) -> None:
    assert "Judge documents and envelopes" in run(*arguments, env=env).out
