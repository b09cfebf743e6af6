"""A month closed: what the system can see of it, what a person has looked at, and that somebody said it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db import connection

from ulak.errors import Text
from ulak_server import clock, formats
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.documents.states import Shelf, State
from ulak_server.documents.tallies import sums
from ulak_server.documents.wanted import Wanted
from ulak_server.exchange.accounts.reporting import unreported_between
from ulak_server.overview import months
from ulak_server.overview.gaps import Gap, gaps
from ulak_server.overview.models import Close
from ulak_server.overview.problems import problem

__all__ = ["POINTS", "Checklist", "Point", "Who", "checklist", "close", "count_gaps", "reopen", "tick"]

_LONGEST_NOTE: Final = 2000
_UNSENT: Final = f"""
SELECT count(*) FROM documents_document
WHERE taxpayer_id = %s AND shelf IN (1, 3, 5) AND state = {State.ENDED:d} AND number IS NOT NULL
  AND issue_date >= %s AND issue_date <= %s
"""  # noqa: S608
_STATES: Final = {
    State.TROUBLED: "broken",
    State.SENDING: "under-way",
    State.DRAFT: "drafts",
    State.TO_ANSWER: "unanswered",
    State.REJECTED: "rejected",
    State.RETURNED: "rejected",
}
"""Which point a document of a state belongs to."""
_SHELVES: Final = (Shelf.OUTGOING, Shelf.INCOMING, Shelf.DESPATCHES, Shelf.ANSWERS, Shelf.RECEIPTS)
_KEEP_GAPS: Final = """
INSERT INTO overview_month (taxpayer_id, month, gaps, counted_at) VALUES (%s, %s, %s, %s)
ON CONFLICT (taxpayer_id, month) DO UPDATE SET gaps = excluded.gaps, counted_at = excluded.counted_at
"""


class Who(NamedTuple):
    """Who acts.

    Attributes:
        actor: for the timeline, ``user:7``.
        name: as others read it.
        origin: the address that it came from.
    """

    actor: str
    name: str
    origin: str = ""


class Point(NamedTuple):
    """One point of the list.

    Attributes:
        name: of `POINTS`.
        size: how many are open.
        about: how it stands, in one sentence.
        more: the open ones by name, as far as they are few.
        seen_by, seen_at: who ticked it, and when (ISO 8601).
    """

    name: str
    label: Text
    size: int
    about: Text
    more: Sequence[str] = ()
    seen_by: str = ""
    seen_at: str = ""

    @property
    def is_clear(self) -> bool:
        """Whether the system sees nothing left to do."""
        return self.size == 0

    @property
    def is_seen(self) -> bool:
        """Whether nobody has to look at it any more."""
        return self.is_clear or bool(self.seen_by)


class Checklist(NamedTuple):
    """The closing of a month.

    Attributes:
        is_over: whether the month has ended.
        record: what people have said of it; unsaved if nobody has yet.
    """

    month: date
    is_over: bool
    points: Sequence[Point]
    record: Close

    @property
    def open_points(self) -> Sequence[Point]:
        """Those that nobody has looked at."""
        return [one for one in self.points if not one.is_seen]


POINTS: Final[Mapping[str, tuple[Text, Text, Text]]] = {
    "gaps": (
        Text("Seri numaralarında boşluk", "Gaps in the number series"),
        Text("{n} numara eksik.", "{n} numbers are missing."),
        Text("Numaralar boşluksuz.", "The numbers have no gap."),
    ),
    "unsent": (
        Text("Numara almış, gönderilmemiş belgeler", "Numbered documents that were not sent"),
        Text("{n} belge numara aldı ama gönderilmedi.", "{n} documents got a number and were not sent."),
        Text("Numara alan her belge gönderildi.", "Every numbered document was sent."),
    ),
    "broken": (
        Text("Dönen, hatalı ve araştırılan belgeler", "Documents that came back, have faults or are unclear"),
        Text("{n} belge sonuçlanmadı.", "{n} documents have no result."),
        Text("Sonuçsuz belge yok.", "No document is without a result."),
    ),
    "under-way": (
        Text("Yoldaki belgeler", "Documents on their way"),
        Text("{n} belge henüz ulaşmadı.", "{n} documents have not arrived yet."),
        Text("Yolda belge yok.", "No document is on its way."),
    ),
    "drafts": (
        Text("Kalan taslaklar", "Drafts that are left"),
        Text("{n} taslak gönderilmedi.", "{n} drafts were not sent."),
        Text("Taslak kalmadı.", "No drafts are left."),
    ),
    "unanswered": (
        Text("Yanıt bekleyen gelenler", "What came in and awaits an answer"),
        Text("{n} belge yanıtlanmadı; süresi dolmadı.", "{n} documents are unanswered, in time."),
        Text("Yanıt bekleyen yok.", "Nothing awaits an answer."),
    ),
    "rejected": (
        Text("Alıcının reddettiği faturalar", "Invoices that receivers rejected"),
        Text("{n} fatura reddedildi; kayda göre düzeltin.", "{n} invoices were rejected; correct your books."),
        Text("Reddedilen yok.", "None was rejected."),
    ),
    "unreported": (
        Text("GİB'e raporlanmayan belge ve iptaller", "Documents and cancellations not yet reported to GİB"),
        Text(
            "GİB'in kabul ettiği bir raporda olmayan {n} belge, iptal ya da itiraz var.",
            "{n} documents, cancellations or objections are in no report that GİB has accepted.",
        ),
        Text("Raporlanacak her şeyi GİB kabul etti.", "GİB has accepted all that has to be reported."),
    ),
}
"""Name: label, the sentence with open ones, the sentence without."""


def checklist(taxpayer: int, month: date) -> Checklist:
    """How a month stands; within a scope that holds the taxpayer."""
    record = Close.objects.filter(taxpayer_id=taxpayer, month=month).first() or Close(taxpayer_id=taxpayer, month=month)
    missing = gaps(taxpayer, month)
    _remember(taxpayer, month, missing)
    counts = {**_counts(taxpayer, month), "gaps": sum(one.size for one in missing)}
    points = [_point(name, counts, missing, record) for name in POINTS]
    return Checklist(month, months.current() > month, points, record)


def tick(taxpayer: int, month: date, point: str, who: Who, *, seen: bool) -> Checklist:
    """Say that a person has looked at a point, or take that back.

    Raises:
        OverviewError: ``overview.point``, ``overview.month-closed``.
    """
    if point not in POINTS:
        raise problem("overview.point", where="/point", given=point[:40])
    record = _locked(taxpayer, month)
    _must_be_open(record)
    ticks = {name: said for name, said in record.ticks.items() if name != point}
    if seen:
        ticks[point] = [clock.now().isoformat(), who.name]
    record.ticks = ticks
    record.save(update_fields=["ticks"])
    return checklist(taxpayer, month)


def close(taxpayer: int, month: date, who: Who, *, note: str = "") -> Checklist:
    """Say that a month is done. What is open then is kept with it.

    Raises:
        OverviewError: ``overview.month-running``, ``overview.month-closed``, ``overview.month-unseen``,
            ``overview.note-long``.
    """
    note = note.replace("\0", "").strip()
    if len(note) > _LONGEST_NOTE:
        raise problem("overview.note-long", where="/note", most=_LONGEST_NOTE)
    record = _locked(taxpayer, month)
    _must_be_open(record)
    found = checklist(taxpayer, month)
    if not found.is_over:
        raise problem("overview.month-running", last=formats.day_text(months.last_day(month)))
    if found.open_points:
        raise problem("overview.month-unseen", count=len(found.open_points))
    record.note, record.closed_at = note, clock.now()
    record.closed_by, record.closed_name = who.actor, who.name
    record.remaining = {one.name: one.size for one in found.points if one.size}
    record.save(update_fields=["note", "closed_at", "closed_by", "closed_name", "remaining"])
    _tell("month.closed", taxpayer, month, who, **record.remaining)
    return checklist(taxpayer, month)


def reopen(taxpayer: int, month: date, who: Who) -> Checklist:
    """Open a month again: something is to be changed.

    Raises:
        OverviewError: ``overview.month-open``.
    """
    record = _locked(taxpayer, month)
    if record.closed_at is None:
        raise problem("overview.month-open")
    record.closed_at, record.remaining = None, {}
    record.save(update_fields=["closed_at", "remaining"])
    _tell("month.reopened", taxpayer, month, who)
    return checklist(taxpayer, month)


def count_gaps(taxpayer: int, month: date) -> int:
    """How many numbers are missing in a month, counted now and remembered for the desk."""
    return _remember(taxpayer, month, gaps(taxpayer, month))


def _remember(taxpayer: int, month: date, missing: Sequence[Gap]) -> int:
    size = sum(one.size for one in missing)
    with connection.cursor() as cursor:
        # An operator who reads along looks at the month too, and changes nothing.
        cursor.execute("SELECT current_setting('transaction_read_only')::boolean")
        if cursor.fetchone() == (False,):
            cursor.execute(_KEEP_GAPS, [taxpayer, month, size, clock.now()])
    return size


def _counts(taxpayer: int, month: date) -> dict[str, int]:
    last, found = months.last_day(month), dict.fromkeys(_STATES.values(), 0)
    for shelf in _SHELVES:
        for one in sums(taxpayer, Wanted(shelf, issued_from=month, issued_until=last), ("state",)):
            if (point := _STATES.get(one.by[0])) is not None:
                found[point] += one.documents
    with connection.cursor() as cursor:
        cursor.execute(_UNSENT, [taxpayer, month, last])
        (found["unsent"],) = cursor.fetchone()
    found["unreported"] = unreported_between(taxpayer, month, last)
    return found


def _point(name: str, counts: Mapping[str, int], missing: Sequence[Gap], record: Close) -> Point:
    label, some, none = POINTS[name]
    at, by = record.ticks.get(name, ("", ""))
    count = counts[name]
    more = [one.written for one in missing] if name == "gaps" else []
    return Point(name, label, count, some.format(n=count) if count else none, more, by, at)


def _locked(taxpayer: int, month: date) -> Close:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO overview_close (taxpayer_id, month, ticks, note, closed_by, closed_name, remaining)"
            " VALUES (%s, %s, '{}', '', '', '', '{}') ON CONFLICT DO NOTHING",
            [taxpayer, month],
        )
    return Close.objects.select_for_update().get(taxpayer_id=taxpayer, month=month)


def _must_be_open(record: Close) -> None:
    if record.closed_at is not None:
        raise problem("overview.month-closed", name=record.closed_name or record.closed_by)


def _tell(what: str, taxpayer: int, month: date, who: Who, **facts: object) -> None:
    facts = {"month": months.written(month), **facts}
    audit.record([Entry(what, clock.now(), taxpayer, actor=who.actor, origin=who.origin, facts=facts)])
