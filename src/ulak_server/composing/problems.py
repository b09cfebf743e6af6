"""What can be wrong while a document is composed: codes ``compose.*``, at the field where it was typed."""

from __future__ import annotations

from typing import Any, Final

from ulak.errors import Problem, UlakError, error_of
from ulak_server.composing.problem_words import FIELDS, FORMS, VERBS

__all__ = ["PROBLEMS", "ComposeError", "problem"]

_LONGEST: Final = 80

PROBLEMS: Final[dict[str, Problem]] = {**FIELDS, **FORMS, **VERBS}
"""Every ``compose.*`` code with its sentence and its repair; they stand in docs/composing.md."""


class ComposeError(UlakError):
    """Something cannot be done with a document that is being written; ``where`` is the JSON pointer of the field."""


def problem(code: str, *, where: str = "", **facts: object) -> ComposeError:
    """The error of a code of `PROBLEMS`; of long facts, which a person typed, the beginning is told.

    >>> problem("compose.number", where="/rounding", value="on").text.en
    '“on” is not a number.'
    """
    told: dict[str, Any] = {name: _short(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
    return error_of(ComposeError, PROBLEMS, code, where=where, **told)


def _short(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"
