"""Works as people steer them: begun, checked, planned, created, sealed, sent, cancelled. Workers do what they want."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final

from ulak.ledger.values import Month
from ulak_server import clock, formats
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.bell import BOOKS, ring
from ulak_server.exchange.keys import authority
from ulak_server.exchange.law import worker
from ulak_server.ledgers import keeping
from ulak_server.ledgers.companies import consent_of, read_facts
from ulak_server.ledgers.doors import READ, SEND, WRITE, admitted
from ulak_server.ledgers.law import INVENTORY, expect, is_at_gib, last_day, may_make_inventory, may_report
from ulak_server.ledgers.models import BUSY, ENDED, Book, Company, File, Finding, Part, Stage, Work
from ulak_server.ledgers.problems import problem
from ulak_server.ledgers.words import STEPS
from ulak_server.people.services import Caller
from ulak_server.taxpayers import services as taxpayers

__all__ = [
    "acknowledge",
    "begin",
    "cancel",
    "check",
    "choose_key",
    "create",
    "drop_results",
    "held",
    "month_of",
    "not_sent",
    "plan",
    "report",
    "retry",
    "seal",
    "send",
    "stamp",
    "start",
    "start_again",
    "tell",
    "work_of",
    "works",
]

_FOUND: Final = ("entries", "accounts", "findings", "balance")
_BEFORE_SEALS: Final = (
    Stage.UPLOADING, Stage.LOOKING, Stage.MAPPING, Stage.CHECKED, Stage.PLANNED, Stage.BUILT, Stage.FAILED,
)  # fmt: skip


# -- looking -----------------------------------------------------------------------------------------------------------


def works(caller: Caller, taxpayer: int, limit: int = 50) -> Sequence[Work]:
    """The works that have not ended, the last first."""
    with admitted(caller, taxpayer, READ):
        open_ones = Work.objects.filter(taxpayer_id=taxpayer).exclude(stage__in=ENDED)
        return list(open_ones.order_by("-id")[:limit])


def work_of(caller: Caller, taxpayer: int, work: int) -> Work:
    """A work; raises `UnknownLedger` ``ledger-work.unknown``."""
    with admitted(caller, taxpayer, READ):
        return held(taxpayer, work)


def held(taxpayer: int, work: int, *, locks: bool = False) -> Work:
    """As `work_of`, within a scope; with its row locked if something is to be changed."""
    rows = Work.objects.select_for_update() if locks else Work.objects
    found = rows.filter(taxpayer_id=taxpayer, id=work).first()
    if found is None:
        raise problem("ledger-work.unknown")
    return found


def month_of(work: Work) -> Month:
    """The month of a work."""
    return Month.of(work.month)


# -- steering ----------------------------------------------------------------------------------------------------------


def begin(
    caller: Caller, taxpayer: int, month: date, branch: str = "", *, kind: str = "books", origin: str = ""
) -> Work:
    """Begin the books of a month, or an inventory; the open work of that month if there is one.

    Args:
        month: any day of it.
        kind: ``books``, or ``inventory``: of the fiscal year's first or last day, which lies in the month.

    Raises:
        LedgerWorkError: ``ledger-work.month``, ``ledger-work.branch``.
        LifecycleError: of an inventory, as `ulak.lifecycle.ledgers.inventories.may_make`.
    """
    first = month.replace(day=1)
    if first > clock.today():
        raise problem("ledger-work.month", month=formats.month_text(first))
    with admitted(caller, taxpayer, WRITE):
        if branch and not Company.objects.filter(taxpayer_id=taxpayer, branch=branch, closed_at__isnull=True).exists():
            raise problem("ledger-work.branch", branch=branch)
        same = {"taxpayer_id": taxpayer, "kind": kind, "month": first, "branch": branch}
        found = Work.objects.filter(**same).exclude(stage__in=ENDED).first()
        if found is not None:
            return found
        if kind == INVENTORY:
            may_make_inventory(taxpayer, branch, first)
        made = Work.objects.create(**same, actor=caller.actor, origin=origin)
        if kind != INVENTORY:
            expect(taxpayer, branch)
        tell("ledger.begun", made, caller, origin)
        return made


def check(caller: Caller, taxpayer: int, work: int, *, origin: str = "") -> Work:
    """Let a worker read and check the entries.

    Raises:
        LedgerWorkError: ``ledger-work.no-files``, ``ledger-work.file-unfinished``, ``ledger-work.no-mapping``,
            ``ledger-work.not-now``, ``ledger-work.busy``.
    """
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        inputs = list(File.objects.filter(work=one, what="input").order_by("id"))
        if not inputs:
            raise problem("ledger-work.no-files")
        for file in inputs:
            if file.completed_at is None:
                raise problem("ledger-work.file-unfinished", name=file.name)
            if not file.mapping:
                raise problem("ledger-work.no-mapping", name=file.name)
        _from(one, (Stage.MAPPING, Stage.CHECKED, Stage.PLANNED, Stage.BUILT, Stage.FAILED))
        drop_results(one, caller, origin)
        start(one, Stage.CHECKING)
        tell("ledger.check", one, caller, origin)
        return one


def plan(caller: Caller, taxpayer: int, work: int, until: date | None = None, *, origin: str = "") -> Work:
    """Let a worker divide the month into parts and count their pages.

    Args:
        until: the last day if the month is not to be made whole.

    Raises:
        LedgerWorkError: ``ledger-work.has-errors``, ``ledger-work.warnings``, ``ledger-work.until``,
            ``ledger-work.not-now``, ``ledger-work.busy``.
    """
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        _from(one, (Stage.CHECKED, Stage.PLANNED, Stage.BUILT))
        _no_errors(one)
        _warnings_seen(one)
        _drop_books(one, caller, origin)
        one.until = _until(one, until)
        start(one, Stage.PLANNING)
        tell("ledger.plan", one, caller, origin)
        return one


def create(caller: Caller, taxpayer: int, work: int, until: date | None = None, *, origin: str = "") -> Work:
    """Let a worker write the books of every part, reconcile and judge them.

    Args:
        until: as planned; another day is planned anew first.

    Raises:
        LedgerWorkError: as `plan`; ``ledger-work.facts-missing``.
    """
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        _from(one, (Stage.PLANNED,))
        _no_errors(one)
        if read_facts(taxpayer, one.branch) is None:
            raise problem("ledger-work.facts-missing")
        if until is not None and _until(one, until) != one.until:
            raise problem("ledger-work.not-now", stage=STEPS[one.stage])
        start(one, Stage.BUILDING)
        tell("ledger.create", one, caller, origin)
        return one


def seal(caller: Caller, taxpayer: int, work: int, key: str = "", *, stamped: bool = False, origin: str = "") -> Work:
    """Let a worker seal the books, make their berats, seal those and judge all of it.

    Args:
        key: ``own`` or ``integrator``; empty: the taxpayer's own if there is one.
        stamped: with a time stamp (XAdES-T; Tebliğ 4.3.4, and needed if GİB's service was down on the last day:
            Uygulama Kılavuzu V1.12, C); None: if there is an authority for it.

    Raises:
        LedgerWorkError: ``ledger-work.key``, ``ledger-work.no-own-key``, ``ledger-work.no-consent``,
            ``ledger-work.not-now``, ``ledger-work.busy``.
    """
    with admitted(caller, taxpayer, SEND):
        one = held(taxpayer, work, locks=True)
        _from(one, (Stage.BUILT,))
        one.key, one.is_stamped = choose_key(taxpayer, key), _stamped(stamped)
        start(one, Stage.SEALING)
        tell("ledger.seal", one, caller, origin, key=one.key, stamped=one.is_stamped)
        return one


def send(caller: Caller, taxpayer: int, work: int, *, origin: str = "") -> Work:
    """Let a worker hand the packages over to be sent to GİB.

    Raises:
        LedgerWorkError: ``ledger-work.not-now``, ``ledger-work.busy``.
    """
    with admitted(caller, taxpayer, SEND):
        one = held(taxpayer, work, locks=True)
        _from(one, (Stage.SEALED,))
        start(one, Stage.SENDING)
        tell("ledger.send", one, caller, origin)
        return one


def report(
    caller: Caller,
    taxpayer: int,
    month: date,
    branch: str = "",
    *,
    key: str = "",
    stamped: bool | None = None,
    origin: str = "",
) -> Work:
    """Let a worker make, seal and hand over the ledger report (DR) of a month whose berats are all approved.

    Raises:
        LifecycleError: ``lifecycle.ledger-report-early``, ``lifecycle.ledger-report-remade``.
        LedgerWorkError: as `seal`.
    """
    with admitted(caller, taxpayer, SEND):
        same = {"taxpayer_id": taxpayer, "kind": "report", "month": month.replace(day=1), "branch": branch}
        found = Work.objects.filter(**same).exclude(stage__in=ENDED).first()
        if found is not None:
            return found
        made = Work(**same, actor=caller.actor, origin=origin, goes_on=True)
        may_report(made)
        made.key, made.is_stamped = choose_key(taxpayer, key), _stamped(stamped)
        made.save(force_insert=True)
        start(made, Stage.BUILDING)
        tell("ledger.report", made, caller, origin, key=made.key, stamped=made.is_stamped)
        return made


def stamp(caller: Caller, taxpayer: int, work: int, *, origin: str = "") -> Work:
    """Let a worker seal books anew with time stamps, that GİB has nothing of yet; they are sent if they were to be.

    GİB wants it if its service was down on the last day (Uygulama Kılavuzu V1.12, C 9–10).

    Raises:
        LedgerWorkError: ``ledger-work.at-gib``, ``ledger-work.no-stamper``, ``ledger-work.not-now``.
    """
    with admitted(caller, taxpayer, SEND):
        one = held(taxpayer, work, locks=True)
        _from(one, (Stage.SEALED, Stage.SENT) if one.kind != "report" else ())
        if any(is_at_gib(part) for part in Part.objects.filter(work=one)):
            raise problem("ledger-work.at-gib")
        one.is_stamped, one.goes_on = _stamped(True), one.stage == Stage.SENT
        made = Book.objects.filter(work=one)
        again = made.filter(is_package=False, kind__in=("Y", "K", "E"))
        dropped = made.exclude(id__in=again.values_list("id", flat=True))
        files = list(dropped.values_list("file_id", flat=True))
        dropped.delete()
        keeping.forget(*files)
        again.update(stage="judged")
        one.ended_at = None
        start(one, Stage.SEALING)
        tell("ledger.stamp", one, caller, origin)
        return one


def acknowledge(caller: Caller, taxpayer: int, work: int, codes: Iterable[str], *, origin: str = "") -> Work:
    """Note that somebody has seen these warnings."""
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        known = set(Finding.objects.filter(work=one, level="warning").values_list("code", flat=True))
        one.acknowledged = sorted({*one.acknowledged, *(known & set(codes))})
        one.save(update_fields=["acknowledged"])
        tell("ledger.warnings-seen", one, caller, origin, codes=one.acknowledged)
        return one


def retry(caller: Caller, taxpayer: int, work: int, *, origin: str = "") -> Work:
    """Go on with a work that failed, at the step at which it did.

    Raises:
        LedgerWorkError: ``ledger-work.not-now``.
    """
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        _from(one, (Stage.FAILED,))
        start(one, Stage(one.resumes))
        tell("ledger.retried", one, caller, origin)
        return one


def start_again(caller: Caller, taxpayer: int, work: int, *, origin: str = "") -> Work:
    """Drop what was made of the files, which stay; also what was sealed, as long as nothing was handed over.

    Source: Uygulama Kılavuzu V1.12, C (books that were not loaded may be deleted and made anew).

    Raises:
        LedgerWorkError: ``ledger-work.sent-already``, ``ledger-work.not-now``.
    """
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        not_sent(one)
        _from(one, (*_BEFORE_SEALS, Stage.SEALED, *BUSY), waits=False)
        drop_results(one, caller, origin)
        one.stage = Stage.MAPPING if File.objects.filter(work=one, what="input").exists() else Stage.UPLOADING
        _rest(one)
        tell("ledger.started-again", one, caller, origin)
        return one


def cancel(caller: Caller, taxpayer: int, work: int, *, origin: str = "") -> Work:
    """End a work and forget its files, whatever a worker does with it; not once something was handed over.

    Raises:
        LedgerWorkError: ``ledger-work.sent-already``, ``ledger-work.not-now``.
    """
    with admitted(caller, taxpayer, WRITE):
        one = held(taxpayer, work, locks=True)
        not_sent(one)
        _from(one, (*_BEFORE_SEALS, Stage.SEALED, *BUSY), waits=False)
        drop_results(one, caller, origin)
        keeping.forget(*File.objects.filter(work=one).values_list("id", flat=True))
        one.stage, one.cancelled_at, one.ended_at = Stage.CANCELLED, clock.now(), clock.now()
        _rest(one)
        tell("ledger.cancelled", one, caller, origin)
        return one


# -- what they have in common ------------------------------------------------------------------------------------------


def start(work: Work, stage: Stage) -> None:
    """Let a worker go on with a work, within a scope."""
    work.stage, work.resumes, work.wake_at = stage, "", clock.now()
    work.step, work.done, work.total, work.since = stage, 0, 0, clock.now()
    work.tries, work.error, work.error_code = 0, None, ""
    work.save()
    ring(BOOKS)


def tell(what: str, work: Work, caller: Caller | None, origin: str = "", code: str = "", **facts: Any) -> None:
    """Write into the timeline of a work what happened to it, within a scope."""
    about = {"work": work.id, "month": f"{work.month:%Y-%m}", "branch": work.branch, "kind": work.kind, **facts}
    actor = caller.actor if caller is not None else worker()
    entry = Entry(
        what, clock.now(), work.taxpayer_id, envelope=work.mark, stage=work.stage, code=code, actor=actor,
        origin=origin, facts=about,
    )  # fmt: skip
    audit.record([entry])


def drop_results(work: Work, caller: Caller | None, origin: str = "", but: Iterable[File] = ()) -> None:
    """Forget what was found in a work's files and made of them, but for these files; within a scope.

    Raises:
        LedgerWorkError: ``ledger-work.sent-already``.
    """
    _drop_books(work, caller, origin)
    Finding.objects.filter(work=work).delete()
    found = File.objects.filter(work=work, what__in=_FOUND).exclude(id__in=[one.id for one in but])
    keeping.forget(*found.values_list("id", flat=True))
    work.said, work.acknowledged, work.until = {}, [], None


def _drop_books(work: Work, caller: Caller | None, origin: str) -> None:
    """Throw away what was made; what was sealed is told with its digest."""
    not_sent(work)
    sealed = Book.objects.filter(work=work, sealed_at__isnull=False, is_package=False).select_related("file")
    if dropped := {one.name: one.file.digest for one in sealed}:
        tell("ledger.dropped", work, caller, origin, digests=dropped)
    Finding.objects.filter(work=work).exclude(origin="check").delete()
    Book.objects.filter(work=work).delete()
    Part.objects.filter(work=work).delete()
    made = File.objects.filter(work=work, what__in=("book", "berat", "package"))
    keeping.forget(*made.values_list("id", flat=True))


def _rest(work: Work) -> None:
    """Nobody is to go on with it; a worker that is at it notices that its turn is over."""
    work.turn, work.wake_at, work.error, work.error_code = work.turn + 1, None, None, ""
    work.step, work.done, work.total, work.resumes = "", 0, 0, ""
    work.save()


def _from(work: Work, stages: Collection[Stage], *, waits: bool = True) -> None:
    if work.stage in stages:
        return
    if waits and work.is_busy:
        raise problem("ledger-work.busy", step=STEPS[work.stage])
    raise problem("ledger-work.not-now", stage=STEPS[work.stage])


def _no_errors(work: Work) -> None:
    errors = sum(Finding.objects.filter(work=work, level="error", origin="check").values_list("count", flat=True))
    if errors:
        raise problem("ledger-work.has-errors", count=errors)


def _warnings_seen(work: Work) -> None:
    warnings = Finding.objects.filter(work=work, level="warning", origin="check")
    unseen = warnings.exclude(code__in=work.acknowledged).count()
    if unseen:
        raise problem("ledger-work.warnings", count=unseen)


def _until(work: Work, until: date | None) -> date | None:
    month = month_of(work)
    if work.kind == INVENTORY:
        return None
    last = last_day(work)
    if until is None or until == last:
        return None if last == month.last else last
    if not month.first <= until <= min(last, clock.today()):
        raise problem(
            "ledger-work.until",
            where="/until",
            until=formats.day_text(until),
            start=formats.day_text(month.first),
            end=formats.day_text(min(last, clock.today())),
        )
    return until


def choose_key(taxpayer: int, key: str) -> str:
    """Whose key seals: only one that may.

    Source: Web Servis Kılavuzu V1.7, 2: the taxpayer, or the firm with the taxpayer's consent.
    """
    if key not in ("", "own", "integrator"):
        raise problem("ledger-work.key", where="/key", key=key)
    has_own = taxpayers.own_key(taxpayer) is not None
    if key == "own" and not has_own:
        raise problem("ledger-work.no-own-key", where="/key")
    if key == "own" or (not key and has_own):
        return "own"
    agreed = consent_of(taxpayer)
    if agreed is None or agreed.ended is not None:
        raise problem("ledger-work.no-consent", where="/key")
    return "integrator"


def _stamped(wanted: bool | None) -> bool:
    if wanted and authority() is None:
        raise problem("ledger-work.no-stamper", where="/stamped")
    return authority() is not None if wanted is None else wanted


def not_sent(work: Work) -> None:
    """See that nothing of a work was handed over, within a scope; raises ``ledger-work.sent-already``."""
    if work.stage in (Stage.SENT, Stage.DONE) or Book.objects.filter(work=work, handed__isnull=False).exists():
        raise problem("ledger-work.sent-already")
