"""What can be wrong with a file that is imported: codes ``import.*``."""

from __future__ import annotations

from typing import Any

from ulak.errors import UlakError, error_of
from ulak_server.books.importing.words import PROBLEMS

__all__ = ["PROBLEMS", "ImportFault", "UnknownImport", "fault", "kept"]

_LONGEST = 120


class ImportFault(UlakError):
    """A file, or a cell of it, cannot be used."""


class UnknownImport(ImportFault):
    """There is no such import in scope: 404."""


def fault(code: str, /, *, where: str = "", **facts: object) -> ImportFault:
    """The error of a code; of long facts, which a stranger wrote, the beginning is told."""
    told = {name: fact[:_LONGEST] if isinstance(fact, str) else fact for name, fact in facts.items()}
    kind = UnknownImport if code == "import.unknown" else ImportFault
    return error_of(kind, PROBLEMS, code, where=where, line=None, **told)


def kept(error: UlakError) -> dict[str, Any]:
    """An error as it is kept, in both languages; as `ulak_server.documents` keeps those of batches."""
    return {
        "code": error.code,
        "detail": error.text._asdict(),
        "repair": error.repair._asdict(),
        "where": error.where,
    }
