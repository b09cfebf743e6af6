"""The month's ledger report (defter raporu, DR): what every account turned over, from the general ledgers as sealed.

Source: Teknik Kılavuz V1.7, 2.6 and 2.7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import BinaryIO
from uuid import uuid4

from ulak.ledger.names import FileName
from ulak.ledger.report import balances_in, report
from ulak.ledger.values import UNDIVIDED, Month
from ulak_server import clock
from ulak_server.ledgers import keeping, law
from ulak_server.ledgers.companies import company_of
from ulak_server.ledgers.models import Book, Part, Stage
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.steps.building import book_name
from ulak_server.ledgers.steps.sealing import fetched, keep_berat, keep_package
from ulak_server.ledgers.turns import Turn
from ulak_server.ledgers.works import tell

__all__ = ["build_report", "seal_report"]


def build_report(turn: Turn) -> None:
    """Make the report of a month whose berats are all approved."""
    work = turn.work
    with turn.scopes():
        law.may_report(work)
        company = company_of(turn.taxpayer, work.branch, law.period_day(work))
        ledgers = _ledgers(turn)
    if not ledgers:
        raise problem("ledger-work.no-ledgers")
    month = Month.of(work.month)
    turn.step("reporting", len(ledgers))
    balances = balances_in(_sources(turn, ledgers), month)
    made = report(company, month, balances, str(uuid4()), label=ledgers[-1].unique, created=clock.today())
    name = book_name(company, month, "DR", UNDIVIDED).xml
    kept = keeping.keep(turn.taxpayer, work.id, "berat", name, BytesIO(made))
    with turn.settling() as row:
        keeping.complete(kept)
        facts = {"name": name, "stage": "judged", "file": kept, "built_at": clock.now()}
        Book.objects.create(taxpayer_id=turn.taxpayer, work=row, part=None, kind="DR", **facts)
        row.stage = Stage.BUILT
        tell("ledger.report-created", row, None, name=name, digest=kept.digest)


def seal_report(turn: Turn) -> None:
    """Seal the report, judge it, pack it; each at its turn."""
    with turn.scopes():
        found = {
            one.is_package: one
            for one in Book.objects.filter(work=turn.work, kind="DR").select_related("file").order_by("id")
        }
    if True in found:
        with turn.settling() as work:
            work.stage = Stage.SEALED
        return
    made = found[False]
    name = FileName.parse(made.name)
    if made.stage == "judged":
        with fetched(turn, made.file) as path:
            content = path.read_bytes()
        keep_berat(turn, content, name, "DR", None)
    else:
        keep_package(turn, name, {made.name: made.file}, None)


def _ledgers(turn: Turn) -> list[Book]:
    """The sealed general ledgers of the month, in the order of their parts."""
    month = Part.objects.filter(
        taxpayer_id=turn.taxpayer,
        month=turn.work.month,
        branch=turn.work.branch,
        withdrawn_at__isnull=True,
        sealed_at__isnull=False,
    )
    books = Book.objects.filter(part__in=month, kind="K", is_package=False).select_related("file", "part")
    return list(books.order_by("part__number"))


def _sources(turn: Turn, ledgers: Iterable[Book]) -> Iterator[BinaryIO]:
    """One ledger after the other on disk; never two at once."""
    for done, one in enumerate(ledgers):
        turn.told(done)
        with fetched(turn, one.file) as path, path.open("rb") as source:
            yield source
