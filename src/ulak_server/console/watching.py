"""What operators watch: states, clocks, codes and rates. Nothing of a document's content: the role has no grant on it.

Functions work in an operator's scope, but `jobs_found` and `periodic_found`, whose tables belong to nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak.errors import Text
from ulak.lifecycle import breaker, documents, envelopes, identities
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.exchange import records
from ulak_server.exchange.models import Counterpart, Identity

__all__ = [
    "Chain",
    "Entries",
    "Job",
    "Link",
    "Rate",
    "Stuck",
    "chain",
    "entries_found",
    "identities_found",
    "jobs_found",
    "links_found",
    "periodic_found",
    "rates",
    "stages_of_accounts",
    "stuck",
    "waiting_for_credits",
]

HOURS: Final = 24
_NEWEST: Final = 200_000
"""Documents that rates are counted among: a bounded walk along the primary key."""
_RATE: Final = """
SELECT floor(extract(epoch FROM %s - at) / 3600)::int AS hours, which, count(*) FROM (
    SELECT v.which, v.at FROM documents_document d
    CROSS JOIN LATERAL (VALUES ('accepted', d.accepted_at), ('left', d.left_at), ('delivered', d.delivered_at))
        AS v(which, at)
    WHERE d.id > (SELECT coalesce(max(id), 0) FROM documents_document) - %s AND v.at > %s
) found GROUP BY 1, 2
"""
_STUCK: Final = """
SELECT d.id, d.taxpayer_id, t.title, d.kind, d.number, d.ettn, d.stage, d.accepted_at, d.left_at, d.error ->> 'code',
    e.stage, e.said -> -1 ->> 2
FROM documents_document d JOIN taxpayers_taxpayer t ON t.id = d.taxpayer_id
LEFT JOIN exchange_envelope e ON e.id = d.envelope
WHERE d.wake_at IS NOT NULL AND (d.stage = ANY (%s) OR e.stage = ANY (%s) OR d.wake_at < %s)
   OR d.stage = 'disputed'
ORDER BY d.id DESC LIMIT %s
"""
_WAITS_FOR_US: Final = [documents.Stage.DISPUTED, documents.Stage.LOOKING]
_UNCLEAR: Final = [
    envelopes.Stage.UNKNOWN,
    envelopes.Stage.HELD,
    envelopes.Stage.HELD_UNKNOWN,
    envelopes.Stage.DISPUTED,
]
_LATE: Final = timedelta(minutes=10)
_JOBS: Final = """
SELECT id, task_name, status::text, attempts, scheduled_at,
    (SELECT max(at) FROM procrastinate_events e WHERE e.job_id = j.id)
FROM procrastinate_jobs j WHERE status = ANY (%s::procrastinate_job_status[]) ORDER BY id DESC LIMIT %s
"""
_JOB_COUNTS: Final = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status"
_PERIODIC: Final = """
SELECT task_name, to_timestamp(max(defer_timestamp)) FROM procrastinate_periodic_defers GROUP BY task_name ORDER BY 1
"""
_CHAIN: Final = """
SELECT (SELECT max(number) FROM audit_block), (SELECT max(at) FROM audit_block),
    (SELECT count(*) FROM audit_entry WHERE tx >= coalesce((SELECT max(end_tx) FROM audit_block), 0)),
    (SELECT min(at) FROM audit_entry WHERE tx >= coalesce((SELECT max(end_tx) FROM audit_block), 0))
"""
_HEADS: Final = (
    "SELECT day, block, length(signature) > 0, length(stamp) > 0, at FROM audit_head ORDER BY day DESC LIMIT %s"
)


_ENTRIES: Final = """
SELECT count(*), count(*) FILTER (WHERE due_at <= %s), count(error) FROM exchange_report_entry WHERE report_id IS NULL
"""
_LATE_REPORTS: Final = "SELECT count(*) FROM exchange_report WHERE wake_at IS NOT NULL AND due_at <= %s"
_NAMES: Final = {"earsiv": "e-Arşiv", "edefter": "e-Defter"}
_OURS: Final = Text(
    "Ulaşıp ulaşmadığı bilinmiyor. GİB'e ETTN'siyle sorun, yanıtı burada girin.",
    "Nobody knows whether it arrived. Ask GİB by its ETTN, and enter what they say here.",
)


class Rate(NamedTuple):
    """Documents an hour, of the last 24, the oldest first."""

    label: Text
    hours: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.hours)

    @property
    def points(self) -> str:
        """The hours as points of a line in a field of 240 by 40."""
        most = max(*self.hours, 1)
        step = 240 / (len(self.hours) - 1)
        return " ".join(f"{at * step:.1f},{38 - 36 * count / most:.1f}" for at, count in enumerate(self.hours))


class Stuck(NamedTuple):
    """A document that does not move, and why as far as codes say it.

    Attributes:
        sentence: of its stage, or of its envelope's while it is on the road.
        code: what was said last.
        needs_us: whether an operator has to find out what became of it.
    """

    id: int
    taxpayer: int
    title: str
    kind: str
    number: str
    ettn: str
    since: datetime | None
    sentence: Text
    code: str
    needs_us: bool


class Link(NamedTuple):
    """Somebody whom we call, and whether calls go through."""

    name: str
    stage: breaker.Stage
    failures: int
    until: datetime | None

    @property
    def title(self) -> str:
        return _NAMES.get(self.name, self.name.capitalize())


class Entries(NamedTuple):
    """What has to be reported to GİB and is in no report yet.

    Attributes:
        late: of those waiting, how many should have been.
        put_aside: could not be put into one.
        reports: that are not ended though their time is over.
    """

    waiting: int
    late: int
    put_aside: int
    reports: int


class Job(NamedTuple):
    """A background job; what it was told to do is not shown."""

    id: int
    task: str
    status: str
    attempts: int
    scheduled_at: datetime | None
    at: datetime | None


class Head(NamedTuple):
    """A day's head of the chain."""

    day: date
    block: int
    is_signed: bool
    is_stamped: bool
    at: datetime


class Chain(NamedTuple):
    """How far the log is sealed."""

    block: int
    sealed_at: datetime | None
    unsealed: int
    oldest: datetime | None
    heads: tuple[Head, ...]


_LABELS: Final = {
    "accepted": Text("Alınan", "Taken in"),
    "left": Text("GİB'e giden", "Gone to GİB"),
    "delivered": Text("Ulaşan", "Delivered"),
}


def rates() -> list[Rate]:
    """Documents taken in, gone and delivered, hour by hour."""
    now = clock.now()
    counts = {(which, hours): count for hours, which, count in _rows(_RATE, now, _NEWEST, now - timedelta(hours=HOURS))}
    ages = range(HOURS - 1, -1, -1)
    return [Rate(label, tuple(counts.get((which, age), 0) for age in ages)) for which, label in _LABELS.items()]


def stuck(most: int = 200) -> list[Stuck]:
    """Documents that are disputed, looked for, held or late, newest first."""
    found = _rows(_STUCK, [*map(str, _WAITS_FOR_US)], [*map(str, _UNCLEAR)], clock.now() - _LATE, most)
    return [_stuck(*one) for one in found]


def _stuck(
    id: int, taxpayer: int, title: str, kind: str, number: str | None, ettn: Any, stage: str, accepted: datetime | None,
    left: datetime | None, code: str | None, envelope: str | None, said: str | None,
) -> Stuck:  # fmt: skip
    is_on_road = stage == documents.Stage.ON_ROAD and envelope
    sentence = envelopes.Stage(str(envelope)).sentence if is_on_road else documents.Stage(stage).sentence
    needs_us = stage == documents.Stage.DISPUTED
    sentence = _OURS if needs_us else sentence
    return Stuck(
        id, taxpayer, title, kind, number or "", str(ettn), left or accepted, sentence, code or said or "", needs_us
    )


def links_found() -> list[Link]:
    """The circuit breakers."""
    found = ((one.name, records.read(breaker.Breaker, bytes(one.road))) for one in Counterpart.objects.order_by("name"))
    return [Link(name, record.stage, record.failures, record.until) for name, record in found]


def identities_found() -> list[tuple[str, identities.Stage]]:
    """Who calls Merkez, and whether GİB lets them."""
    return [(number, identities.Stage(stage)) for number, stage in Identity.objects.values_list("number", "stage")]


def entries_found() -> Entries:
    """How much has to be reported."""
    now = clock.now()
    [(waiting, late, put_aside)] = _rows(_ENTRIES, now)
    [(reports,)] = _rows(_LATE_REPORTS, now)
    return Entries(waiting, late, put_aside, reports)


def stages_of_accounts() -> dict[str, int]:
    """How many accounts at GİB stand at which stage."""
    return dict(_rows("SELECT stage, count(*) FROM taxpayers_account GROUP BY stage ORDER BY stage"))


def waiting_for_credits() -> tuple[int, int]:
    """How many documents wait for kontör, and of how many taxpayers."""
    [(documents, taxpayers)] = _rows("SELECT count(*), count(DISTINCT taxpayer_id) FROM credits_waiting")
    return documents, taxpayers


def chain(heads: int = 14) -> Chain:
    """How far the log is sealed, and the heads of the last days."""
    [(block, at, unsealed, oldest)] = _rows(_CHAIN)
    return Chain(block or 0, at, unsealed, oldest, tuple(Head(*one) for one in _rows(_HEADS, heads)))


def jobs_found(statuses: Sequence[str], most: int = 50) -> tuple[dict[str, int], list[Job]]:
    """How many jobs there are of each status, and the newest of some. Opens its own scope."""
    with scoped(Role.WEB):
        return dict(_rows(_JOB_COUNTS)), [Job(*one) for one in _rows(_JOBS, list(statuses), most)]


def periodic_found() -> list[tuple[str, datetime]]:
    """Jobs that the clock begins, and when it did last. Opens its own scope."""
    with scoped(Role.WEB):
        return [(name, at) for name, at in _rows(_PERIODIC)]


def _rows(statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return list(cursor.fetchall())
