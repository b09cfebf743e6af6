"""A row of each kind that a taxpayer's books have, so that tests can ask for them by their ids."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Final
from uuid import uuid4

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.models_of_ledgers import LedgerPackage
from ulak_server.ledgers.models import Book, File, Finding, Part, Work

__all__ = ["CODE", "ledger_rows"]

CODE: Final = "ledger.check.no-day"
_YEARS: Final = count(2012)
_BOTH: Final = {"tr": "gizli", "en": "secret"}


def ledger_rows(firm: int) -> dict[str, str]:
    """The ids of a new work, its file, its part, a book of it and its package, by what addresses call them."""
    now, month, last = clock.now(), date(year := next(_YEARS), 1, 1), date(year, 1, 31)
    with scoped(Role.WEB, [firm]):
        work = Work.objects.create(taxpayer_id=firm, month=month, stage="checked")
        file = File.objects.create(
            taxpayer_id=firm, work=work, what="input", name="gizli.csv", size=1, received=1, completed_at=now
        )
        Finding.objects.create(
            taxpayer_id=firm, work=work, origin="check", place=0, code=CODE, level="error", text=_BOTH, repair=_BOTH,
            count=1,
        )  # fmt: skip
        part = Part.objects.create(
            taxpayer_id=firm, work=work, month=month, number="000000", start=month, end=last, first=1, last=1,
            entries=1, lines=2,
        )  # fmt: skip
        book = Book.objects.create(taxpayer_id=firm, work=work, part=part, kind="YB", name="gizli", file=file)
        package = LedgerPackage.objects.create(
            id=uuid4(), taxpayer_id=firm, month=month, kind="YB", part="000000", name=f"gizli-{work.id}",
            starts=month, ends=last, due_at=now, created_at=now, stage="ready", road=b"",
        )  # fmt: skip
    found = {"works": work.id, "file": file.id, "parts": part.id, "books": book.id, "packages": package.id}
    return {name: str(id) for name, id in found.items()}
