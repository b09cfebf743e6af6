"""A company's facts for its books, its branches and its consent, as people enter them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import msgspec

from ulak.errors import Text
from ulak_server import clock, formats
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.ledgers.companies import Facts, faults_of, years_of
from ulak_server.ledgers.doors import CHANGE, CONSENT, admitted
from ulak_server.ledgers.law import expect
from ulak_server.ledgers.models import Company, Part
from ulak_server.ledgers.problems import all_of, problem
from ulak_server.people.services import Caller

__all__ = ["close_branch", "consent", "save_facts", "withdraw_consent"]

_WANTED: Final = Text("Sayfadaki alanları kullanın.", "Use the fields of the page.")
_NUMBERS: Final = ("phone", "fax")
_BETWEEN: Final = re.compile(r"[\s()./-]")
_TURKISH: Final = re.compile(r"(?:\+?90|0090|0)?([1-9][0-9]{9})")


def save_facts(
    caller: Caller, taxpayer: int, values: Mapping[str, Any], branch: str = "", *, origin: str = ""
) -> Facts:
    """Keep what is entered, if all of it can stand in a book.

    Args:
        values: fields of `Facts`; texts are trimmed.

    Raises:
        LedgerWorkError: ``ledger-work.facts`` with ``errors`` (``ledger-work.field``, ``ledger-work.field-missing``,
            ``ledger-work.branch``, ``ledger-work.fiscal-year``, ``ledger-work.turn-made``).
    """
    facts = _read(values)
    errors = list(faults_of(facts, branch))
    if errors:
        raise all_of(errors)
    with admitted(caller, taxpayer, CHANGE):
        _not_made(taxpayer, branch, facts)
        kept = {"facts": msgspec.to_builtins(facts), "changed_at": clock.now(), "closed_at": None}
        Company.objects.update_or_create(taxpayer_id=taxpayer, branch=branch, defaults=kept)
        expect(taxpayer, branch)
        _tell("ledger.facts", caller, taxpayer, origin, branch=branch)
    return facts


def _not_made(taxpayer: int, branch: str, facts: Facts) -> None:
    """See that no fiscal year begins within a part that was sealed: it would bear the days and numbers of another."""
    for day in years_of(facts).turns:
        made = Part.objects.filter(taxpayer_id=taxpayer, branch=branch, sealed_at__isnull=False)
        inside = made.filter(start__lt=day, end__gte=day, withdrawn_at__isnull=True).first()
        if inside is not None:
            told = {"day": formats.day_text(day), "month": formats.month_text(inside.month), "part": inside.number}
            raise all_of([problem("ledger-work.turn-made", where="/turns", **told)])


def close_branch(caller: Caller, taxpayer: int, branch: str, *, origin: str = "") -> None:
    """A branch keeps no books of its own any more; what it kept stays."""
    with admitted(caller, taxpayer, CHANGE):
        found = Company.objects.filter(taxpayer_id=taxpayer, branch=branch, closed_at__isnull=True).exclude(branch="")
        if not found.update(closed_at=clock.now()):
            raise problem("ledger-work.branch", branch=branch)
        _tell("ledger.branch-closed", caller, taxpayer, origin, branch=branch)


def consent(
    caller: Caller,
    taxpayer: int,
    day: date,
    *,
    first: date | None = None,
    last: date | None = None,
    origin: str = "",
) -> None:
    """Record the taxpayer's consent (muvafakatname) that the integrator seals its books.

    Args:
        day: from which on it holds.
        first, last: the months that it names; None: no limit.

    Raises:
        LedgerWorkError: ``ledger-work.consent-day``.
    """
    if not date(2011, 1, 1) <= day <= clock.today():
        raise problem("ledger-work.consent-day", where="/consent", day=formats.day_text(day))
    with admitted(caller, taxpayer, CONSENT):
        months = {"consent_first": first, "consent_last": last, "consent_ended": None}
        kept = {"consent_on": day, "consent_by": caller.actor, **months}
        Company.objects.update_or_create(taxpayer_id=taxpayer, branch="", defaults=kept)
        _tell("ledger.consent", caller, taxpayer, origin, day=day.isoformat())


def withdraw_consent(caller: Caller, taxpayer: int, *, origin: str = "") -> None:
    """The integrator seals no more books of the taxpayer, from today on."""
    with admitted(caller, taxpayer, CONSENT):
        given = Company.objects.filter(taxpayer_id=taxpayer, branch="", consent_on__isnull=False)
        given.update(consent_ended=clock.today(), consent_by=caller.actor)
        _tell("ledger.consent-withdrawn", caller, taxpayer, origin)


def _tell(what: str, caller: Caller, taxpayer: int, origin: str, **facts: Any) -> None:
    audit.record([Entry(what, clock.now(), taxpayer, actor=caller.actor, origin=origin, facts=facts)])


def _read(values: Mapping[str, Any]) -> Facts:
    try:
        return msgspec.convert(_trimmed(dict(values)), Facts, strict=False)
    except msgspec.ValidationError as error:
        raise all_of([problem("ledger-work.field", where="/", field="?", given=str(error), wanted=_WANTED)]) from None


def _trimmed(value: Any) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        plain = {key: _trimmed(one) for key, one in value.items()}
        return plain | {key: _ten_digits(plain[key]) for key in _NUMBERS if isinstance(plain.get(key), str)}
    if isinstance(value, list | tuple):
        return [_trimmed(one) for one in value if one not in ("", None)]
    return value


def _ten_digits(number: str) -> str:
    """A telephone number as GİB wants it, of what people write: ``0 (312) 111 22 33``; what is none stays as it is."""
    digits = _BETWEEN.sub("", number)
    found = _TURKISH.fullmatch(digits)
    return found[1] if found else number
