"""What can be wrong with a document that is handed in: codes ``intake.*``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ulak.errors import Problem, UlakError, error_of
from ulak_server.documents.problem_words import PARTIES, PLACES, READING
from ulak_server.documents.route_words import ROUTES

__all__ = ["PROBLEMS", "IntakeError", "problem"]

_LONGEST: Final = 200

PROBLEMS: Final[dict[str, Problem]] = {**READING, **PARTIES, **PLACES, **ROUTES}
"""Every ``intake.*`` code with its sentence and its repair; they stand in docs/intake.md."""


class IntakeError(UlakError):
    """A document is not taken in.

    Attributes:
        existing: id of the document that is there already, if that is why.
        errors: the single faults, where there are several; each with its own ``where``.
    """

    existing: int | None = None
    errors: Sequence[UlakError] = ()


def problem(
    code: str,
    *,
    where: str = "",
    line: int | None = None,
    existing: int | None = None,
    errors: Sequence[UlakError] = (),
    **facts: object,
) -> IntakeError:
    """The error of a code of `PROBLEMS`; of long facts, which a stranger wrote, the beginning is told.

    >>> problem("intake.kind", kind="pizza").code
    'intake.kind'
    """
    told = {name: fact[:_LONGEST] if isinstance(fact, str) else fact for name, fact in facts.items()}
    error = error_of(IntakeError, PROBLEMS, code, where=where, line=line, **told)
    error.existing, error.errors = existing, errors
    return error
