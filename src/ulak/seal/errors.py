"""The root of the errors of this package, and what makes one from a table of problems."""

from __future__ import annotations

from ulak.errors import Problem, Table, UlakError, error_of

__all__ = ["Problem", "SealError", "Table", "error_of"]


class SealError(UlakError):
    """A seal could not be made or judged, a key not be used; the code's first part names the room it comes from."""
