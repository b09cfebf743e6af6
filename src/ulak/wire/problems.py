"""What can be wrong with a message on the wire: codes ``wire.*``."""

from __future__ import annotations

from typing import Final

from ulak.errors import Problem, UlakError, error_of
from ulak.wire.problem_words import CALLING, PACKAGING, SAYING, WRITING

__all__ = ["PROBLEMS", "WireError", "wire_error"]

_LONGEST: Final = 500

PROBLEMS: Final[dict[str, Problem]] = {**PACKAGING, **SAYING, **WRITING, **CALLING}
"""Every ``wire.*`` code with its sentence and its repair; GİB's own codes stand in `ulak.wire.results`."""


class WireError(UlakError):
    """A message cannot be read, written or exchanged.

    Attributes:
        is_unclear: whether the other side may have taken the request though no answer came: ask for the state before
            sending again.
    """

    is_unclear: bool = False


def wire_error(code: str, *, where: str = "", is_unclear: bool = False, **facts: object) -> WireError:
    """The error of a code of `PROBLEMS`; of long facts, which may be a stranger's, the beginning is told."""
    told = {name: fact[:_LONGEST] if isinstance(fact, str) else fact for name, fact in facts.items()}
    error = error_of(WireError, PROBLEMS, code, where=where, line=None, **told)
    error.is_unclear = is_unclear
    return error
