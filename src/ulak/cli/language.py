"""Which language the command speaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ulak.cli.errors import usage
from ulak.errors import LANGUAGES, Language, Text

__all__ = ["Spoken", "spoken"]

_OPTION: Final = "--lang"


class Spoken(NamedTuple):
    """The language, and the command line without the option that chose it."""

    language: Language
    arguments: list[str]


def spoken(arguments: Sequence[str], environment: Mapping[str, str]) -> Spoken:
    """The language of ``--lang``, wherever it stands before ``--``, else that of ``ULAK_LANG``, else Turkish.

    Raises:
        UlakError: ``cli.usage`` for a language that is neither.

    >>> spoken(["check", "--lang", "en", "a.xml"], {})
    Spoken(language='en', arguments=['check', 'a.xml'])
    >>> spoken(["--version"], {"ULAK_LANG": "en_GB.UTF-8"}).language
    'en'
    """
    language = _of_environment(environment)
    rest: list[str] = []
    given = iter(arguments)
    for argument in given:
        if argument == "--":
            rest += [argument, *given]
        elif argument == _OPTION:
            language = _known(next(given, ""))
        elif argument.startswith(f"{_OPTION}="):
            language = _known(argument.removeprefix(f"{_OPTION}="))
        else:
            rest.append(argument)
    return Spoken(language, rest)


def _of_environment(environment: Mapping[str, str]) -> Language:
    wanted = environment.get("ULAK_LANG", "").lower()
    return next((language for language in LANGUAGES if wanted.startswith(language)), "tr")


def _known(name: str) -> Language:
    for language in LANGUAGES:
        if name.lower() == language:
            return language
    raise usage(
        Text(f"“{name}” dilinde konuşulamıyor.", f"There is no language “{name}”."),
        Text("--lang tr ya da --lang en yazın.", "Write --lang tr or --lang en."),
    )
