"""What can be wrong with an accounting export: with the file as a whole, and with single cells of it."""

from __future__ import annotations

from typing import Final

from ulak.errors import UlakError, error_of
from ulak.ledger.intake.words_cells import CELLS, Said
from ulak.ledger.intake.words_files import FILES

__all__ = ["CELLS", "FILES", "InputError", "Said", "problem"]

_LONGEST: Final = 120


class InputError(UlakError):
    """A file from which no entries can be taken, or a mapping that cannot be used."""


def problem(code: str, /, *, where: str = "", **facts: object) -> InputError:
    """The error of a code; of long facts, which a stranger wrote, the beginning is told."""
    told = {name: fact[:_LONGEST] if isinstance(fact, str) else fact for name, fact in facts.items()}
    return error_of(InputError, FILES, code, where=where, line=None, **told)
