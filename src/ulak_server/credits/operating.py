"""What operators do with kontör, and the warning that taxpayers choose; in the caller's transaction and scope."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.credits import models
from ulak_server.credits.account import Account, By, Line, book, locked, said
from ulak_server.credits.problems import problem
from ulak_server.credits.spending import allot
from ulak_server.credits.tariff import PRICED
from ulak_server.credits.values import CENT, LARGEST, NOTHING, Level, OnEmpty, What, kontor_text
from ulak_server.database import scope
from ulak_server.database.roles import Role
from ulak_server.formats import day_text

__all__ = [
    "amount_of",
    "begin",
    "check_text",
    "correct",
    "load",
    "locked_or_opened",
    "meter",
    "set_on_empty",
    "set_overdraft",
    "set_tariff",
    "set_threshold",
    "usual_expiry",
]

_LONGEST: Final = 200
_AMOUNT: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)
_OPEN: Final = """
INSERT INTO credits_account (taxpayer_id, metered, on_empty, overdraft, balance, warned, created_at)
VALUES (%s, %s, 'wait', 0, 0, 'ok', %s) ON CONFLICT DO NOTHING
"""


def begin(taxpayer: int) -> None:
    """A taxpayer was taken on: kontör are counted if the installation says so (``ULAK_CREDITS=on``)."""
    if settings.COUNTS_CREDITS:
        _opened(taxpayer, metered=True)


def amount_of(given: object, *, negative: bool = False, zero: bool = False) -> Decimal:
    """An amount that somebody wrote: with a point or a comma, at most two decimals.

    Args:
        negative, zero: whether it may be.

    Raises:
        CreditsError: ``credits.amount``.
    """
    text = f"{given:f}" if isinstance(given, Decimal) else str(given).strip().replace(",", ".")
    found = Decimal(text) if _AMOUNT.fullmatch(text) else None
    is_refused = found is None or abs(found) >= LARGEST or found != found.quantize(CENT)
    if found is None or is_refused or (found < 0 and not negative) or (found == 0 and not zero):
        raise problem("credits.amount", given=str(given)[:20].removesuffix("?"), limit=kontor_text(LARGEST))
    return found.quantize(CENT)


def usual_expiry(today: date | None = None) -> date:
    """The last day of kontör that are sold today: a year is usual.

    >>> usual_expiry(date(2026, 11, 23))
    datetime.date(2027, 11, 22)
    """
    day = today or clock.today()
    return (
        day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 3, 1)
    ) - timedelta(days=1)


def load(
    taxpayer: int,
    amount: Decimal,
    *,
    expires_on: date | None = None,
    reference: str = "",
    note: str = "",
    actor: str = "",
    origin: str = "",
) -> models.Package:
    """Load kontör that were sold. What was used beyond all packages is paid first; documents that wait go on.

    Args:
        expires_on: their last day; None: never.
        reference: number of the invoice or the order; what has one is loaded once.

    Raises:
        CreditsError: ``credits.amount``, ``credits.expiry``, ``credits.text``, ``credits.reference-twice``.
    """
    amount = amount_of(amount)
    if expires_on is not None and expires_on < clock.today():
        raise problem("credits.expiry", where="/expires_on", day=day_text(expires_on))
    check_text(reference=reference, note=note)
    made = models.Package(
        taxpayer_id=taxpayer, amount=amount, expires_on=expires_on, reference=reference, note=note, actor=actor
    )
    _fill(made, What.LOADED, reference or note, By(clock.now(), actor, origin))
    return made


def correct(taxpayer: int, amount: Decimal, note: str, *, actor: str = "", origin: str = "") -> Decimal:
    """Add kontör, or take some if it is negative, for a reason that the taxpayer reads; the balance after it.

    Raises:
        CreditsError: ``credits.amount``, ``credits.reason``, ``credits.text``.
    """
    amount = amount_of(amount, negative=True)
    if not note.strip():
        raise problem("credits.reason", where="/note")
    check_text(note=note)
    by = By(clock.now(), actor, origin)
    if amount > 0:
        return _fill(
            models.Package(taxpayer_id=taxpayer, amount=amount, is_sold=False, note=note, actor=actor),
            What.CORRECTED,
            note,
            by,
        )
    account = locked_or_opened(taxpayer, by)
    lines = [Line(What.CORRECTED, -part.amount, part.package, note=note) for part in allot(account[1], [abs(amount)])]
    return book(account[0], lines, by).balance


def meter(taxpayer: int, *, metered: bool, actor: str = "", origin: str = "") -> None:
    """Count a taxpayer's kontör from now on, or no longer; the balance stays as it is."""
    _change(taxpayer, "credits.metered", {"metered": metered}, actor, origin)
    _go_on(taxpayer)


def set_on_empty(taxpayer: int, on_empty: OnEmpty, *, actor: str = "", origin: str = "") -> None:
    """Say what becomes of documents that the credit does not cover."""
    _change(taxpayer, "credits.on-empty", {"on_empty": on_empty.value}, actor, origin)
    _go_on(taxpayer)


def set_overdraft(taxpayer: int, overdraft: Decimal, *, actor: str = "", origin: str = "") -> None:
    """Say how far below zero the balance may go.

    Raises:
        CreditsError: ``credits.amount``.
    """
    _change(taxpayer, "credits.overdraft", {"overdraft": amount_of(overdraft, zero=True)}, actor, origin)
    _go_on(taxpayer)


def set_threshold(taxpayer: int, threshold: Decimal | None, *, actor: str = "", origin: str = "") -> None:
    """Say from which balance on somebody is to be told; None: a fifth of the last package.

    Raises:
        CreditsError: ``credits.amount``, ``credits.not-counted``.
    """
    chosen = None if threshold is None else amount_of(threshold, zero=True)
    _change(taxpayer, "credits.threshold", {"threshold": chosen}, actor, origin)


def set_tariff(
    kind: str,
    amount: Decimal | None,
    *,
    is_incoming: bool = False,
    taxpayer: int | None = None,
    since: date | None = None,
    actor: str = "",
    origin: str = "",
) -> None:
    """Say what a kind costs from a day on (today).

    Args:
        amount: None, for one taxpayer: what all pay.
        taxpayer: for whom alone.

    Raises:
        CreditsError: ``credits.kind``, ``credits.amount``, ``credits.tariff-day``.
    """
    if (kind, is_incoming) not in PRICED:
        known = ", ".join(sorted({name for name, _ in PRICED}))
        raise problem("credits.kind", where="/kind", kind=kind[:40], known=known)
    if amount is not None or taxpayer is None:
        amount = amount_of(amount, zero=True)
    day = since or clock.today()
    if day < clock.today():
        raise problem("credits.tariff-day", where="/since", day=day_text(day))
    models.Tariff.objects.update_or_create(
        taxpayer_id=taxpayer,
        kind=kind,
        is_incoming=is_incoming,
        since=day,
        defaults={"amount": amount, "made_at": clock.now(), "actor": actor},
    )
    price = None if amount is None else said(amount)
    facts = {"kind": kind, "is_incoming": is_incoming, "since": day.isoformat(), "amount": price}
    audit.record([Entry("credits.tariff", clock.now(), taxpayer, actor=actor, origin=origin, facts=facts)])


def _fill(package: models.Package, what: What, note: str, by: By) -> Decimal:
    account, lots = locked_or_opened(package.taxpayer_id, by)
    if package.reference:
        _check_reference(package)
    beyond = max(sum((one.remaining for one in lots), NOTHING) - account.balance, NOTHING)
    package.remaining = package.amount - min(package.amount, beyond)
    package.loaded_at = by.now
    package.save(force_insert=True)
    line = Line(what, package.amount, package.id, note=note)
    last = package.amount if package.is_sold else account.last
    after = book(account._replace(last=last), [line], by, moves={})
    _go_on(account.taxpayer)
    return after.balance


def _check_reference(package: models.Package) -> None:
    """One sale is loaded once; the account is locked."""
    found = models.Package.objects.filter(taxpayer_id=package.taxpayer_id, reference=package.reference).first()
    if found is not None:
        day = day_text(found.loaded_at)
        raise problem("credits.reference-twice", where="/reference", reference=package.reference, day=day)


def locked_or_opened(taxpayer: int, by: By) -> tuple[Account, list[Any]]:
    found = locked(taxpayer, by)
    if found is None:
        # People of a taxpayer open no account.
        if scope.current().role is Role.WEB:
            raise problem("credits.not-counted")
        _opened(taxpayer)
        found = locked(taxpayer, by)
        assert found is not None
    return found


def _opened(taxpayer: int, *, metered: bool = False) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [taxpayer, metered, clock.now()])


def _change(taxpayer: int, what: str, values: Mapping[str, Any], actor: str, origin: str) -> None:
    by = By(clock.now(), actor, origin)
    account, _ = locked_or_opened(taxpayer, by)
    columns = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE credits_account SET {columns}, warned = %s WHERE taxpayer_id = %s",  # noqa: S608
            [*values.values(), Level.OK, account.taxpayer],
        )
    facts = {name: said(value) if isinstance(value, Decimal) else value for name, value in values.items()}
    audit.record([Entry(what, by.now, taxpayer, actor=actor, origin=origin, facts=facts)])


def _go_on(taxpayer: int) -> None:
    """Let documents that wait go on once this transaction is through."""
    from ulak_server.credits.tasks import go_on

    transaction.on_commit(lambda: go_on.defer(taxpayer=taxpayer), robust=True)


def check_text(**texts: str) -> None:
    for name, text in texts.items():
        if len(text) > _LONGEST or not (text.isprintable() or not text):
            raise problem("credits.text", where=f"/{name}", name=name, limit=_LONGEST)
