"""A company's months for tests of pages: books made by the worker, and GİB's answers as if they had come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Final

from platform_ledger_works import FACTS, begun, entries, rules, someone, to, worker
from platform_merkez import environment
from ulak.lifecycle.ledgers import Stage
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange.law import happening
from ulak_server.exchange.ledgers import services as gib
from ulak_server.exchange.rooms import LEDGERS
from ulak_server.ledgers import services as ledgers
from ulak_server.ledgers.station import Works

__all__ = ["CLOSED", "FIRST", "REFUSED", "company", "judged", "making", "packages", "sent"]

FIRST: Final = "2026-07"
CLOSED, REFUSED = date(2026, 7, 1), date(2026, 8, 1)
_SOFTWARE: Final = "1234567808##Ulak##Ulak e-Defter##1.0"


@contextmanager
def making(folder: Path) -> Iterator[Works]:
    """A worker that may make books by GİB's rules."""
    with environment(ULAK_EDEFTER_SOFTWARE=_SOFTWARE), rules(folder / "home"), worker() as works:
        yield works


def company(firm: int, branch: str = "") -> Any:
    """A company whose facts are entered, with a branch if it is to have one; who may do everything for it."""
    me = someone(firm)
    ledgers.save_facts(me, firm, {**FACTS, "first_month": FIRST})
    if branch:
        ledgers.save_facts(me, firm, {**FACTS, "branch_name": "Ulus Şubesi", "first_month": "2026-09"}, branch)
    ledgers.consent(me, firm, date(2026, 1, 2))
    return me


def sent(works: Works, me: Any, firm: int, folder: Path, month: date, lines: int = 120) -> int:
    """A month's books, made and handed over; the work."""
    work = begun(me, firm, entries(folder, lines, month), month, "kayitlar.csv")
    to("sent", works, me, firm, work)
    return work


def judged(firm: int, month: date, stage: Stage, *, words: str = "", kinds: str = "YB KB") -> None:
    """Let a month's packages stand so."""
    for one in packages(firm, month):
        if one.kind in kinds.split():
            with happening() as shell:
                row = shell.get(LEDGERS, one.id)
                assert row is not None
                now = shell.now
                code = "durum" if stage is Stage.REFUSED else ""
                rests = {"wake_at": None, "work_at": None} if stage.rests or stage.is_final else {}
                row.record = row.record._replace(stage=stage, words=words, code=code, attempts=1, sent_at=now, **rests)
                row.changed = True


def packages(firm: int, month: date | None = None) -> list[gib.PackageView]:
    """What there is at GİB, or goes there."""
    with scoped(Role.WEB, [firm]):
        return gib.packages_of(firm, month)
