"""How it stands with packages of books at GİB; read within the caller's scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from ulak.errors import Text
from ulak.lifecycle import ledgers as law
from ulak_server import clock
from ulak_server.exchange import records
from ulak_server.exchange.ledgers import keeping
from ulak_server.exchange.ledgers.attempts import attempt, result_of
from ulak_server.exchange.ledgers.months import Standing, names_before
from ulak_server.exchange.ledgers.orders import ASKABLE
from ulak_server.exchange.ledgers.problems import PROBLEMS, ledger_error
from ulak_server.exchange.ledgers.values import Attempt, PackageView, Term, Trouble
from ulak_server.exchange.models_of_ledgers import LedgerPackage, LedgerTerm, Sort
from ulak_server.taxpayers.models import Taxpayer

__all__ = [
    "all_packages",
    "approved_berat",
    "counts",
    "file_of",
    "package_of",
    "packages_of",
    "state_of",
    "terms_of",
    "trouble_of",
]

_NOTHING: Final = Text("", "")
_GONE: Final = ("deleted", "withdrawn")
_OPEN: Final = ("fetched", "filed", *_GONE)
_TROUBLE: Final = """
SELECT taxpayer_id, count(*)::int, min(due_at), count(*) FILTER (WHERE due_at <= %s)::int,
       count(*) FILTER (WHERE stage = 'refused')::int, count(*) FILTER (WHERE stage = 'unclear')::int
FROM exchange_ledger_package WHERE taxpayer_id = ANY (%s) AND NOT stage = ANY (%s) GROUP BY taxpayer_id
"""
_WAITS: Final = Text(
    "Paket, kendisinden öncekilerin GİB'de onaylanmasını bekliyor.",
    "The package waits until those before it are approved at GİB.",
)
_STAMP: Final = Text(
    "GİB'in servisi son gün yanıt vermedi: defter ve beratlar zaman damgalı mühürlenmeli; paket servis dönünce"
    " hemen gidecek.",
    "GİB's service did not answer on the last day: book and berat need seals with a time stamp; the package goes at"
    " once when the service is back.",
)


def packages_of(
    taxpayer: int, month: date | None = None, branch: str | None = None, *, year: int | None = None
) -> list[PackageView]:
    """A taxpayer's packages that count, by month, branch, part and kind: a journal's before its ledger's.

    Args:
        month: any day of it; None: of all months, or of a year's.
        branch: empty for the head office; None: of all.
    """
    rows = LedgerPackage.objects.filter(taxpayer_id=taxpayer).exclude(stage__in=_GONE)
    if month is not None:
        rows = rows.filter(month=month.replace(day=1))
    if year is not None:
        rows = rows.filter(month__year=year)
    if branch is not None:
        rows = rows.filter(branch=branch)
    found = sorted(rows, key=lambda row: (row.month, row.branch, row.kind in ("DR", "EB"), row.part, row.kind != "YB"))
    return [_view(row, found) for row in found]


def package_of(taxpayer: int | None, id: UUID) -> tuple[PackageView, list[Attempt]]:
    """A package and the calls about it, oldest first.

    Args:
        taxpayer: None: of anybody, for operators.

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
    """
    row = _row(taxpayer, id)
    same = LedgerPackage.objects.filter(taxpayer_id=row.taxpayer_id, month=row.month, branch=row.branch)
    return _view(row, list(same.exclude(stage__in=_GONE))), [attempt(*said) for said in row.said]


def state_of(taxpayer: int, name: str) -> PackageView | None:
    """The package of that name that counts; None if there is none."""
    row = LedgerPackage.objects.filter(taxpayer_id=taxpayer, name=name).exclude(stage__in=_GONE).first()
    return None if row is None else package_of(taxpayer, row.id)[0]


def approved_berat(taxpayer: int, id: UUID) -> tuple[str, bytes]:
    """The berat that GİB approved: its file name and its XML, byte by byte as GİB gave it.

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
        LedgerExchangeError: ``ledger-exchange.no-approved-berat``, ``ledger-exchange.no-file``,
            ``ledger-exchange.changed``.
        ArchiveError: as `ulak_server.exchange.ledgers.keeping.pieces`.
    """
    row = _row(taxpayer, id)
    if not row.approved_digest:
        raise ledger_error("ledger-exchange.no-approved-berat")
    return f"GIB-{row.name}.xml", keeping.whole(row.id, Sort.APPROVED, row.approved_digest)


def file_of(taxpayer: int, id: UUID) -> tuple[str, Iterator[bytes], int]:
    """The ZIP that goes to GİB: its name, its bytes piece by piece, and how many; taken within the scope.

    Raises:
        NoSuchPackage: ``ledger-exchange.no-package``.
    """
    row = _row(taxpayer, id)
    return f"{row.name}.zip", keeping.pieces(row.id, Sort.SENT), row.size


def terms_of(taxpayer: int, year: int) -> list[Term]:
    """Until when the months of a year are due that are known to be expected, the oldest first."""
    rows = LedgerTerm.objects.filter(taxpayer_id=taxpayer, month__year=year).order_by("month", "branch")
    packages = LedgerPackage.objects.filter(taxpayer_id=taxpayer, month__year=year).exclude(stage__in=_GONE)
    stages: dict[tuple[date, str], list[law.Stage]] = {}
    for month, branch, stage in packages.values_list("month", "branch", "stage"):
        stages.setdefault((month, branch), []).append(law.Stage(stage))
    return [_term(row, stages.get((row.month, row.branch), [])) for row in rows]


def trouble_of(taxpayers: Iterable[int]) -> dict[int, Trouble]:
    """How it stands with the packages of these taxpayers; who has none open is left out. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TROUBLE, [clock.now(), list(taxpayers), list(_OPEN)])
        return {taxpayer: Trouble(*figures) for taxpayer, *figures in cursor.fetchall()}


def all_packages(stage: str | None = None, limit: int = 100) -> list[tuple[int, str, PackageView]]:
    """For operators: everybody's packages that are not through, or those at a stage; those first that are due first.

    Returns:
        the taxpayer's id and title, and the package.
    """
    rows = LedgerPackage.objects.all()
    rows = rows.exclude(stage__in=_OPEN) if stage is None else rows.filter(stage=stage)
    found = list(rows.order_by("due_at", "id")[:limit])
    titles = dict(Taxpayer.objects.filter(id__in={row.taxpayer_id for row in found}).values_list("id", "title"))
    return [(row.taxpayer_id, titles.get(row.taxpayer_id, ""), _view(row, ())) for row in found]


def counts() -> dict[str, int]:
    """For operators: how many packages that are not through stand at each stage."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stage, count(*) FROM exchange_ledger_package WHERE NOT stage = ANY (%s) GROUP BY stage",
            [list(_OPEN)],
        )
        return dict(cursor.fetchall())


# -- how they are shown ------------------------------------------------------------------------------------------------


def _row(taxpayer: int | None, id: UUID) -> LedgerPackage:
    rows = LedgerPackage.objects.filter(id=id)
    row = (rows if taxpayer is None else rows.filter(taxpayer_id=taxpayer)).first()
    if row is None:
        raise ledger_error("ledger-exchange.no-package")
    return row


def _term(row: LedgerTerm, stages: Sequence[law.Stage]) -> Term:
    is_late = (row.closed_at or clock.now()) >= row.due_at
    done = sum(stage.is_good for stage in stages)
    return Term(row.month, row.branch, row.due_at, row.closed_at, is_late, len(stages), done)


def _view(row: LedgerPackage, month: Iterable[LedgerPackage]) -> PackageView:
    record = records.read(law.Package, bytes(row.road))
    stage = record.stage
    waits = _waits_for(row, month) if stage is law.Stage.READY and record.work_at is None else ()
    wants_stamp = row.away_at is not None and not row.stamped and stage in (law.Stage.READY, law.Stage.SENDING)
    return PackageView(
        id=row.id,
        taxpayer=row.taxpayer_id,
        name=row.name,
        month=row.month,
        branch=row.branch,
        kind=row.kind,
        part=row.part,
        starts=row.starts,
        ends=row.ends,
        stage=stage.value,
        sentence=_WAITS if waits else stage.sentence,
        advice=_STAMP if wants_stamp else _advice(record),
        code=record.code,
        words=record.words,
        size=row.size,
        attempts=record.attempts,
        waits_for=waits,
        created_at=row.created_at,
        due_at=row.due_at,
        sent_at=row.sent_at,
        approved_at=row.approved_at,
        fetched_at=row.fetched_at,
        has_berat=bool(row.approved_digest),
        stamped=row.stamped,
        is_late=stage.value not in _GONE and (row.sent_at or clock.now()) >= row.due_at,
        wants_stamp=wants_stamp,
        may_withdraw=stage in (law.Stage.READY, law.Stage.REFUSED),
        may_repair=stage.waits_for_person,
        may_ask=stage in ASKABLE and not waits,
        may_fetch=stage is law.Stage.FETCHED,
    )


def _waits_for(row: LedgerPackage, month: Iterable[LedgerPackage]) -> tuple[str, ...]:
    same = [one for one in month if (one.branch, one.month) == (row.branch, row.month)]
    others = [
        Standing(
            one.name,
            one.month,
            law.BeratKind(one.kind),
            one.part,
            one.starts,
            one.ends,
            law.Stage(one.stage),
            one.created_at,
            one.sent_at,
        )
        for one in same
    ]
    return names_before(row.kind, row.part, others)


def _advice(record: law.Package) -> Text:
    """What stands in its way, and what to do about it."""
    if not record.stage.waits_for_person:
        return _NOTHING
    known = result_of(record.code) or PROBLEMS.get(record.code)
    if known is None:
        return _GIBS.format(words=record.words) if record.words else _NOTHING
    return Text(f"{known.text.tr} {known.repair.tr}", f"{known.text.en} {known.repair.en}")


_GIBS: Final = Text(
    "GİB'in açıklaması: “{words}”. Nedenini giderin; defteri yeniden oluşturup gönderin.",
    "GİB says: “{words}”. Remove the reason, make the book anew and send it.",
)
