"""What can be wrong with the books: codes ``books.*``."""

from __future__ import annotations

from collections.abc import Sequence

from ulak.errors import UlakError, error_of
from ulak_server.books.words import PROBLEMS

__all__ = ["PROBLEMS", "BooksError", "Unknown", "all_of", "problem"]

_LONGEST = 200


class BooksError(UlakError):
    """Something cannot be kept in the books.

    Attributes:
        existing: id of what is there already, if that is why.
        errors: the single faults of a form; the ``where`` of each is ``/`` and the field's name.
    """

    existing: int | None = None
    errors: Sequence[UlakError] = ()

    @property
    def by_field(self) -> dict[str, UlakError]:
        """The first fault of each field."""
        found: dict[str, UlakError] = {}
        for one in self.errors or (self,):
            found.setdefault(one.where.removeprefix("/"), one)
        return found


class Unknown(BooksError):
    """There is no such thing in scope: 404."""


def problem(code: str, /, *, where: str = "", existing: int | None = None, **facts: object) -> BooksError:
    """The error of a code; of long facts, which a stranger wrote, the beginning is told."""
    told = {name: fact[:_LONGEST] if isinstance(fact, str) else fact for name, fact in facts.items()}
    kind = Unknown if code.endswith("-unknown") else BooksError
    error = error_of(kind, PROBLEMS, code, where=where, line=None, **told)
    error.existing = existing
    return error


def all_of(errors: Sequence[UlakError]) -> BooksError:
    """Many faults of one form as one error."""
    if len(errors) == 1 and isinstance(errors[0], BooksError):
        errors[0].errors = tuple(errors)
        return errors[0]
    error = problem("books.invalid", count=len(errors))
    error.errors = tuple(errors)
    return error
