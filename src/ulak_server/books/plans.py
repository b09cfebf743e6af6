"""Recurring documents: a template, a rhythm, and on each of its days one document – once, whatever happens.

A day's document has an ETTN made of plan and day, and is handed in under a key made of them: a worker that is killed
between making it and writing that down finds it there. A plan that was asleep – the installation was off – makes up
for the days it missed, as drafts if they are more than a week old, since an invoice must not be dated back unseen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec
import structlog
from django.db import connection

from ulak.errors import Text, UlakError
from ulak.lifecycle.policy import Policy
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Unit
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.books.cleaning import Faults
from ulak_server.books.models import Plan, PlanRun
from ulak_server.books.problems import problem
from ulak_server.books.rhythms import first_day, following, rhythm_of
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.drafts import content
from ulak_server.documents.intake import Options
from ulak_server.documents.taking import Intent, Taken, take_in
from ulak_server.exchange import law
from ulak_server.taxpayers.services import today

__all__ = [
    "document_of",
    "make_due",
    "pause_plan",
    "plan",
    "plan_from_draft",
    "plans",
    "remove_plan",
    "restore_plan",
    "runs_of",
    "save_plan",
    "upcoming",
]

_FAMILY: Final = UUID("8d0c3f2e-6d0b-5a57-9f52-0f1f64f5a7b1")
"""Namespace of the ETTNs that plans give (RFC 4122, version 5)."""
_OWN: Final = ("number", "uuid", "date", "time", "despatch_date", "despatch_time")
"""What every document of a plan has of its own."""
_OPTIONS: Final = ("series", "branch", "alias", "sender_alias", "route")
_MOST: Final = 1_000
_OLD: Final = timedelta(days=7)
_LATER: Final = timedelta(hours=1)
_LONGEST_CATCHING_UP: Final = 40
_STATION: Final = "plans"
_DUE: Final = f"""
SELECT id, taxpayer_id FROM books_plan
WHERE next_on <= %s AND paused_at IS NULL AND removed_at IS NULL AND (retry_at IS NULL OR retry_at <= %s)
    AND {asides.awake(_STATION, subject="id")}
ORDER BY next_on, id LIMIT 500
"""  # noqa: S608
_NAME: Final = Text("Ad", "Name")
_LOG: Final = structlog.get_logger("ulak_server.books")


# -- kept, within a scope that holds the taxpayer ----------------------------------------------------------------------


def plans(taxpayer: int) -> Sequence[Plan]:
    """The recurring documents of a taxpayer, the next one first; those that are over last."""
    found = Plan.objects.filter(taxpayer_id=taxpayer, removed_at=None)
    return sorted(found, key=lambda one: (one.next_on is None, one.next_on or date.max, one.id))


def plan(taxpayer: int, id: int) -> Plan:
    """A recurring document; raises `Unknown` ``books.plan-unknown``."""
    found = Plan.objects.filter(taxpayer_id=taxpayer, id=id, removed_at=None).first()
    if found is None:
        raise problem("books.plan-unknown")
    return found


def runs_of(taxpayer: int, id: int, limit: int = 24) -> Sequence[PlanRun]:
    """What became of a plan on its days, the last first."""
    return list(PlanRun.objects.filter(taxpayer_id=taxpayer, plan_id=id).order_by("-day")[:limit])


def upcoming(found: Plan, count: int = 6) -> list[date]:
    """The next days of a plan."""
    days: list[date] = []
    day = found.next_on
    rhythm = rhythm_of(found.rhythm, found.begins_on)
    while day is not None and len(days) < count:
        days.append(day)
        day = _until(found, following(rhythm, found.begins_on, day))
    return days


def save_plan(
    taxpayer: int,
    name: str,
    document: Mapping[str, Any],
    *,
    rhythm: Mapping[str, Any],
    begins_on: date,
    until: date | None = None,
    intent: str = "draft",
    options: Mapping[str, str] | None = None,
    id: int | None = None,
    actor: str = "",
    origin: str = "",
) -> Plan:
    """Keep a recurring document: a new one, or what is changed of one. Days that are over are not touched.

    Args:
        document: friendly JSON; its number, ETTN, date and time are left out.

    Raises:
        BooksError: ``books.missing``, ``books.rhythm``, ``books.plan-days``, ``books.plan-past``, ``books.too-many``,
            ``books.plan-unknown``.
    """
    faults = Faults()
    name = faults.text("name", name, _NAME, 100, needed=True)
    faults.raise_any()
    found = plan(taxpayer, id) if id is not None else Plan(taxpayer_id=taxpayer, actor=actor)
    steps = rhythm_of(rhythm, begins_on)
    if begins_on < today() and begins_on != found.begins_on:
        raise problem("books.plan-past", where="/begins_on")
    if until is not None and until < begins_on:
        raise problem("books.plan-days", where="/until")
    if id is None and Plan.objects.filter(taxpayer_id=taxpayer, removed_at=None).count() >= _MOST:
        raise problem("books.too-many", limit=_MOST)
    found.name, found.intent = name, intent if intent in ("draft", "send") else "draft"
    found.document = {key: value for key, value in document.items() if key not in _OWN}
    found.kind = str(document.get("document", "invoice"))
    found.options = {key: value for key, value in (options or {}).items() if key in _OPTIONS and value}
    found.rhythm, found.begins_on, found.until = steps.as_json(), begins_on, until
    found.next_on, found.retry_at, found.error = _next(found), None, None
    found.save()
    _tell("plan.changed" if id else "plan.added", found, actor, origin)
    return found


def plan_from_draft(taxpayer: int, draft: int, name: str, **said: Any) -> Plan:
    """A recurring document of a draft, which stays as it is; see `save_plan`.

    Raises:
        UlakError: ``intake.no-draft``; ``books.plan-document`` for a draft that is UBL.
    """
    item = content(taxpayer, draft)
    if item.format != "json":
        detail = Text("UBL olarak yüklenmiş.", "it was handed in as UBL.")
        raise problem("books.plan-document", detail=detail)
    options = {key: getattr(item.options, key) for key in _OPTIONS}
    return save_plan(taxpayer, name, msgspec.json.decode(item.data), options=options, **said)


def pause_plan(taxpayer: int, id: int, *, paused: bool, actor: str = "", origin: str = "") -> Plan:
    """Let a plan rest, or go on from the next of its days that is not over."""
    found = plan(taxpayer, id)
    found.paused_at = clock.now() if paused else None
    if not paused:
        found.next_on, found.retry_at = _next(found), None
    found.save(update_fields=["paused_at", "next_on", "retry_at"])
    _tell("plan.paused" if paused else "plan.resumed", found, actor, origin)
    return found


def remove_plan(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Make no more documents of a plan; `restore_plan` brings it back."""
    found = plan(taxpayer, id)
    found.removed_at = clock.now()
    found.save(update_fields=["removed_at"])
    _tell("plan.removed", found, actor, origin)


def restore_plan(taxpayer: int, id: int) -> Plan:
    """Bring a plan back that was removed; it goes on from the next of its days that is not over."""
    Plan.objects.filter(taxpayer_id=taxpayer, id=id).update(removed_at=None)
    return pause_plan(taxpayer, id, paused=False)


def _next(found: Plan) -> date | None:
    """The first day of a plan that is not over and for which nothing was made."""
    rhythm = rhythm_of(found.rhythm, found.begins_on)
    done = PlanRun.objects.filter(plan_id=found.id).order_by("-day").first() if found.id else None
    first = first_day(rhythm, found.begins_on)
    last = max(day for day in (today() - timedelta(days=1), done.day if done else date.min))
    return _until(found, first if first > last else following(rhythm, found.begins_on, last))


def _until(found: Plan, day: date) -> date | None:
    return day if found.until is None or day <= found.until else None


# -- made, outside of any scope ----------------------------------------------------------------------------------------


def make_due(policy: Policy | None = None) -> int:
    """Make the documents of all plans whose day has come; how many. Called by the clock."""
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_DUE, [today(), clock.now(), clock.now()])
        due = [Unit(taxpayer, id) for id, taxpayer in cursor.fetchall()]
    terms = policy or law.policy()
    return asides.each(_STATION, due, lambda plan: _make(plan.taxpayer, plan.subject, terms))


def _make(taxpayer: int, id: int, policy: Policy) -> int:
    """The documents that a plan owes, day by day."""
    made = 0
    for _ in range(_LONGEST_CATCHING_UP):
        with scoped(Role.WEB, [taxpayer]):
            found = Plan.objects.filter(id=id, removed_at=None, paused_at=None).first()
        if found is None or found.next_on is None or found.next_on > today():
            break
        found.error = None
        try:
            taken = _taken(found, found.next_on, policy)
        except UlakError as error:
            if not error.permanent:
                _put_off(found)
                break
            _done(found, None, error)
        except Exception:
            _LOG.exception("plan.failed", plan=id)
            _put_off(found)
            break
        else:
            _done(found, taken, None)
            made += 1
    return made


def _taken(found: Plan, day: date, policy: Policy) -> Taken:
    intent: Intent = "send" if found.intent == "send" and today() - day <= _OLD else "draft"
    options = Options(**found.options)
    data = msgspec.json.encode(document_of(found, day))
    key = f"plan-{found.id}-{day.isoformat()}"
    try:
        return _handed(found, data, options, intent, key, policy)
    except UlakError as error:
        if error.code == "intake.ettn-taken":
            return Taken(getattr(error, "existing", None) or 0, _ettn(found, day), "", "", is_repeated=True)
        if intent == "draft" or not error.permanent:
            raise
        # What cannot be sent is kept as a draft, for somebody to see why.
        taken = _handed(found, data, options, "draft", f"{key}-draft", policy)
        _remember_why(found, error)
        return taken


def _handed(found: Plan, data: bytes, options: Options, intent: Intent, key: str, policy: Policy) -> Taken:
    return take_in(found.taxpayer_id, data, "json", options, intent=intent, key=key, policy=policy, actor=found.actor)


def document_of(found: Plan, day: date) -> dict[str, Any]:
    """The document of a plan for one of its days."""
    document = {**found.document, "uuid": str(_ettn(found, day)), "date": day.isoformat()}
    if found.kind == "despatch_advice":
        document["despatch_date"] = day.isoformat()
    filled: dict[str, Any] = _filled(document, day)
    return filled


def _filled(value: Any, day: date) -> Any:
    """``{ay}``, ``{yıl}`` and their like in texts, as the day has them: "Kasım 2026 kirası"."""
    if isinstance(value, str):
        if "{" not in value:
            return value
        for mark, said in _marks(day).items():
            value = value.replace(mark, said)
        return value
    if isinstance(value, dict):
        return {key: _filled(one, day) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, day) for one in value]
    return value


def _marks(day: date) -> dict[str, str]:
    from babel.dates import get_month_names

    before = day.replace(day=1) - timedelta(days=1)
    turkish, english = get_month_names("wide", locale="tr"), get_month_names("wide", locale="en")
    return {
        "{ay}": turkish[day.month],
        "{yıl}": str(day.year),
        "{önceki ay}": turkish[before.month],
        "{önceki ayın yılı}": str(before.year),
        "{month}": english[day.month],
        "{year}": str(day.year),
    }


def _ettn(found: Plan, day: date) -> UUID:
    return uuid5(_FAMILY, f"{found.taxpayer_id}/{found.id}/{day.isoformat()}")


def _done(found: Plan, taken: Taken | None, error: UlakError | None) -> None:
    """Write down what became of a day, and which day is next."""
    assert found.next_on is not None
    day, said = found.next_on, _both(error) if error else None
    with scoped(Role.WEB, [found.taxpayer_id]):
        PlanRun.objects.get_or_create(
            plan_id=found.id,
            day=day,
            defaults={
                "taxpayer_id": found.taxpayer_id,
                "document_id": taken.id if taken else None,
                "intent": found.intent,
                "error": said or found.error,
            },
        )
        after = following(rhythm_of(found.rhythm, found.begins_on), found.begins_on, day)
        mine = Plan.objects.filter(id=found.id, next_on=day)
        made = found.made + (taken is not None)
        mine.update(next_on=_until(found, after), retry_at=None, error=said or found.error, made=made)
        documents = (taken.id,) if taken else ()
        what = "plan.made" if taken else "plan.failed"
        facts = {"plan": found.id, "day": day.isoformat()}
        code = error.code if error else ""
        audit.record([Entry(what, clock.now(), found.taxpayer_id, documents, code=code, facts=facts)])


def _remember_why(found: Plan, error: UlakError) -> None:
    found.error = _both(error)


def _put_off(found: Plan) -> None:
    with scoped(Role.WEB, [found.taxpayer_id]):
        Plan.objects.filter(id=found.id).update(retry_at=clock.now() + _LATER)


def _both(error: UlakError) -> dict[str, Any]:
    return {"code": error.code, "detail": error.text._asdict(), "repair": error.repair._asdict()}


def _tell(what: str, found: Plan, actor: str, origin: str) -> None:
    facts = {"plan": found.id, "name": found.name}
    audit.record([Entry(what, clock.now(), found.taxpayer_id, actor=actor, origin=origin, facts=facts)])
