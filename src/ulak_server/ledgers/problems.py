"""What can be wrong while books are made on the platform: codes ``ledger-work.*``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ulak.errors import UlakError, error_of
from ulak_server.ledgers.words import PROBLEMS

__all__ = ["PROBLEMS", "LedgerWorkError", "UnknownLedger", "all_of", "kept", "problem"]

_LONGEST = 160
_UNKNOWN = ("ledger-work.unknown", "ledger-work.file-unknown", "ledger-work.book-unknown")


class LedgerWorkError(UlakError):
    """Something cannot be done with a month's books as things stand.

    Attributes:
        errors: the single faults of a form; the ``where`` of each is ``/`` and the field's name.
        received: of an upload that was not continued where it stands: bytes that are here.
    """

    errors: Sequence[UlakError] = ()
    received: int | None = None

    @property
    def by_field(self) -> dict[str, UlakError]:
        """The first fault of each field."""
        found: dict[str, UlakError] = {}
        for one in self.errors or (self,):
            found.setdefault(one.where.removeprefix("/"), one)
        return found


class UnknownLedger(LedgerWorkError):
    """There is no such thing in scope: 404."""


def problem(code: str, /, *, where: str = "", **facts: object) -> LedgerWorkError:
    """The error of a code; of long facts, which a stranger wrote, the beginning is told."""
    told = {name: fact[:_LONGEST] if isinstance(fact, str) else fact for name, fact in facts.items()}
    kind = UnknownLedger if code in _UNKNOWN else LedgerWorkError
    return error_of(kind, PROBLEMS, code, where=where, line=None, **told)


def all_of(errors: Sequence[UlakError]) -> LedgerWorkError:
    """Many faults of one form as one error."""
    error = problem("ledger-work.facts", count=len(errors))
    error.errors = tuple(errors)
    return error


def kept(error: UlakError) -> dict[str, Any]:
    """An error as it is kept, in both languages."""
    return {
        "code": error.code,
        "detail": error.text._asdict(),
        "repair": error.repair._asdict(),
        "where": error.where,
        "permanent": error.permanent,
    }
