"""How it stands with works and months; each verb asks for permission and works in a scope of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from ulak.errors import Text
from ulak.ledger.values import Month
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.ledgers.companies import consent_of
from ulak_server.ledgers.doors import READ, admitted
from ulak_server.ledgers.models import Book, Finding, Part, Stage, Work
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.values import (
    BookView,
    Checked,
    Example,
    Group,
    PartView,
    Progress,
    Step,
    Sums,
    Way,
)
from ulak_server.ledgers.words import FINE_STEPS, STEPS, UNITS
from ulak_server.ledgers.works import held
from ulak_server.people.services import Caller
from ulak_server.taxpayers import services as taxpayers

__all__ = [
    "book_view",
    "findings",
    "part_view",
    "parts",
    "progress",
    "sums_of",
    "timeline",
    "ways_to_seal",
]

_ROAD: Final = (
    Stage.UPLOADING, Stage.MAPPING, Stage.CHECKING, Stage.CHECKED, Stage.PLANNED, Stage.BUILDING, Stage.BUILT,
    Stage.SEALING, Stage.SEALED, Stage.SENDING, Stage.SENT, Stage.DONE,
)  # fmt: skip
_PLACE: Final = {
    **{stage: place for place, stage in enumerate(_ROAD)},
    Stage.LOOKING: _ROAD.index(Stage.UPLOADING),
    Stage.PLANNING: _ROAD.index(Stage.CHECKED),
}
_LINES_OF_PAGE: Final = 40
_LABELS: Final = {
    "own": Text("Mükellefin kendi mührü", "The taxpayer's own seal"),
    "integrator": Text("Entegratörün mührü (muvafakatname ile)", "The integrator's seal (by consent)"),
}


# -- works -------------------------------------------------------------------------------------------------------------


def progress(caller: Caller, taxpayer: int, work: int) -> Progress:
    """How far a work has come; a page may ask for it every second."""
    with admitted(caller, taxpayer, READ):
        return _progress(held(taxpayer, work))


def _progress(one: Work) -> Progress:
    text = FINE_STEPS.get(one.step) or STEPS[one.stage]
    stage = Stage(one.resumes) if one.stage == Stage.FAILED and one.resumes else Stage(one.stage)
    here = _PLACE.get(stage, -1)
    steps = [Step(name, STEPS[name], _state(place, here)) for place, name in enumerate(_ROAD)]
    unit = UNITS.get(one.step) or UNITS.get(one.stage) or Text("", "")
    return Progress(
        one.stage, one.is_busy, one.step, text, one.done, one.total, unit, one.since, _eta(one), steps, one.error
    )


def _state(place: int, here: int) -> str:
    return "done" if place < here else "now" if place == here else "ahead"


def _eta(one: Work) -> int | None:
    if not one.is_busy or one.since is None or not 0 < one.done <= one.total:
        return None
    gone = (clock.now() - one.since).total_seconds()
    return round(gone * (one.total - one.done) / one.done)


def findings(caller: Caller, taxpayer: int, work: int) -> Checked:
    """What was found in a work's entries and in what was made of them, errors first."""
    with admitted(caller, taxpayer, READ):
        one = held(taxpayer, work)
        rows = Finding.objects.filter(work=one).order_by("place")
        groups = [_group(row, one.acknowledged) for row in rows]
        return Checked(sorted(groups, key=lambda group: group.level != "error"), sums_of(one))


def _group(row: Finding, seen: Sequence[str]) -> Group:
    examples = [Example(place, *one) for place, one in enumerate(row.examples, 1)]
    said = Text(**row.text), Text(**row.repair)
    return Group(row.origin, row.code, row.level, *said, row.count, examples, row.code in seen)


def sums_of(work: Work) -> Sums:
    """The totals that the check found."""
    said = work.said.get("sums", {})
    money = {name: Decimal(said[name]) for name in ("debit", "credit") if name in said}
    days = {name: date.fromisoformat(said[name]) for name in ("first_day", "last_day") if said.get(name)}
    return Sums(**{**said, **money, **days})


def ways_to_seal(caller: Caller, taxpayer: int) -> Sequence[Way]:
    """The keys that may seal a taxpayer's books, and why one may not."""
    with admitted(caller, taxpayer, READ):
        has_own = taxpayers.own_key(taxpayer) is not None
        who, agreed = taxpayers.of(taxpayer), consent_of(taxpayer)
        holds = agreed is not None and agreed.ended is None
        missing = problem("ledger-work.no-own-key"), problem("ledger-work.no-consent")
        return (
            Way("own", _LABELS["own"], who.title, has_own, None if has_own else missing[0].text),
            Way(
                "integrator",
                _LABELS["integrator"],
                _integrator(),
                holds,
                None if holds else missing[1].text,
                agreed.from_day if agreed else None,
            ),
        )


def _integrator() -> str:
    from django.conf import settings

    return str(settings.ENVIRONMENT["ULAK_INTEGRATOR_TITLE"])


def timeline(caller: Caller, taxpayer: int, work: int) -> list[audit.Told]:
    """Who did what with a work, in its order."""
    with admitted(caller, taxpayer, READ):
        return audit.timeline_of_envelope(held(taxpayer, work).mark)


# -- months ------------------------------------------------------------------------------------------------------------


def parts(caller: Caller, taxpayer: int, month: date, branch: str = "", *, kind: str = "books") -> Sequence[PartView]:
    """The parts of a month, or of its inventory, that were made and not given up, with their books and packages."""
    with admitted(caller, taxpayer, READ):
        found = Part.objects.filter(
            taxpayer_id=taxpayer, kind=kind, month=month.replace(day=1), branch=branch, withdrawn_at__isnull=True
        )
        return _views(found.order_by("number", "id"))


def _views(rows: Iterable[Part]) -> Sequence[PartView]:
    found = list(rows)
    books: dict[int, list[BookView]] = {}
    mine = Book.objects.filter(part_id__in=[one.id for one in found]).select_related("file").order_by("id")
    for one in mine:
        books.setdefault(one.part_id or 0, []).append(book_view(one))
    return [part_view(one, books.get(one.id, ())) for one in found]


def part_view(one: Part, books: Sequence[BookView]) -> PartView:
    """A part as faces see it."""
    return PartView(
        one.id,
        one.work_id,
        Month.of(one.month),
        one.branch,
        one.number,
        one.start,
        one.end,
        one.first,
        one.last,
        one.entries,
        one.lines,
        one.debit,
        one.credit,
        one.journal_size,
        one.ledger_size,
        one.sealed_at,
        [book for book in books if not book.is_package],
        [book for book in books if book.is_package],
        -(-one.lines // _LINES_OF_PAGE),
        one.kind,
    )


def book_view(one: Book, package: Any = None) -> BookView:
    """A book as faces see it, with its file."""
    built: datetime = one.built_at
    return BookView(
        one.id,
        one.kind,
        one.is_package,
        one.name,
        one.stage,
        one.file.size,
        one.file.digest,
        one.unique,
        one.certificate,
        built,
        one.sealed_at,
        one.handed,
        package,
    )
