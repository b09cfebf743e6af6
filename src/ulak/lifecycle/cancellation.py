"""Whether a document that is issued may be cancelled or objected to, until when, and what follows.

Sources: e-Arşiv Uygulamaları İptal, İhtar/İtiraz Bildirim Kılavuzu (IPT11) V1.1, 1, 3 and 4. It speaks of e-Arşiv
invoices and e-SMM between taxpayers alone; of other buyers and kinds no guide has a limit (docs/lifecycle.md).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.lifecycle.days import ISTANBUL, day_text, days_left, end_of
from ulak.lifecycle.documents.stages import Stage
from ulak.lifecycle.policy import Policy
from ulak.lifecycle.problems import PROBLEMS

__all__ = ["Facts", "Kind", "Verdict", "is_taxpayer", "may_cancel", "may_object"]


class Kind(StrEnum):
    """The archived kinds, by the names that the platform gives them."""

    INVOICE = "earchive_invoice"
    """e-Arşiv invoice."""
    FREELANCE = "freelance_receipt"
    """e-SMM."""
    PRODUCER = "producer_receipt"
    """e-MM."""
    EXPENSE = "expense_note"
    """e-Gider Pusulası."""


class Facts(NamedTuple):
    """What the decision depends on.

    Attributes:
        issued_at: when it was sealed.
        delivered_at: when its buyer got it first; None if nobody knows: then the days run from its issue, which can
            only be too early.
        buyer_is_taxpayer: whether the buyer's VKN or TCKN stands on it (`is_taxpayer`).
        issue_date: its own date, whose month counts for objections; the day of `issued_at` if left out.
        was_refused: whether the buyer refused its cancellation before.
    """

    kind: Kind
    issued_at: datetime
    delivered_at: datetime | None
    buyer_is_taxpayer: bool
    stage: Stage
    issue_date: date | None = None
    was_refused: bool = False


class Verdict(NamedTuple):
    """The decision.

    Attributes:
        until: the first moment at which it is too late; None if no time runs, or none ever did.
        is_request: whether the other side may refuse.
        why: what to tell a person: what follows, or why not and what to do instead.
        code: of `ulak.lifecycle.problems`, if it is not allowed.
    """

    allowed: bool
    until: datetime | None
    is_request: bool
    why: Text
    code: str = ""


_ANSWERED: Final = frozenset({Kind.INVOICE, Kind.FREELANCE})
"""Kinds whose buyer answers on GİB's portal, and that have an element for objections (IPT11; eArsiv.xsd)."""
_NOT_ISSUED: Final = {Stage.VOIDED: "lifecycle.cancelled-already"}
_FINAL: Final = Text(
    "İptal hemen geçerli olur ve GİB'e raporda bildirilir; alıcının onayı gerekmez.",
    "The cancellation counts at once, and GİB is told by the report; the buyer need not agree.",
)
_OLD: Final = Text(
    "İptal hemen geçerli olur ve GİB'e raporda bildirilir. Belgenin ayı beyan edildiyse önce "
    "mali müşavirinize danışın.",
    "The cancellation counts at once, and GİB is told by the report. If the document's month is declared already, "
    "ask your accountant first.",
)
_LAST_DAY: Final = Text(
    "İptal için bugün son gün. GİB'e raporda bildirilir; alıcı GİB portalında kabul ya da reddedebilir.",
    "Today is the last day for cancelling. GİB is told by the report; the buyer may accept or refuse on GİB's portal.",
)
_REQUEST: Final = Text(
    "İptal {until} günü sonuna kadar istenebilir. GİB'e raporda bildirilir; alıcı GİB portalında kabul ya da "
    "reddedebilir.",
    "It can be cancelled until the end of {until}. GİB is told by the report; the buyer may accept or refuse on "
    "GİB's portal.",
)
_OBJECT: Final = Text(
    "İtiraz {until} günü sonuna kadar bildirilir ve karşı tarafça kabul edilirse sayılır; önce noter, "
    "taahhütlü mektup, telgraf ya da KEP ile yapılmış olmalıdır.",
    "An objection counts if it is reported, and accepted by the other side, until the end of {until}; it must have "
    "been made by notary, registered letter, telegram or KEP before.",
)


def is_taxpayer(number: str) -> bool:
    """Whether a buyer's number is one that may be a taxpayer's: a VKN or TCKN, and not one that stands for nobody.

    Those are of one digit alone: 11111111111 for final consumers, 2222222222 for buyers abroad, as VKN or as TCKN.

    >>> is_taxpayer("4812530769"), is_taxpayer("11111111111"), is_taxpayer("22222222222"), is_taxpayer("")
    (True, False, False, False)
    """
    return number.isdigit() and len(number) in (10, 11) and len(set(number)) > 1


def may_cancel(facts: Facts, now: datetime, policy: Policy) -> Verdict:
    """Whether its author may cancel it now.

    Between taxpayers within eight days of delivery, and the report's entry is a request that the buyer may refuse
    (IPT11, 3 and 3.3). For others no guide has a limit, and nobody is asked.
    """
    is_request = facts.kind in _ANSWERED and facts.buyer_is_taxpayer
    until = end_of(facts.delivered_at or facts.issued_at, policy.cancel_days) if is_request else None
    if facts.stage is Stage.VOIDED:
        return _refused("lifecycle.cancelled-already", None, is_request)
    if facts.stage is not Stage.ISSUED:
        return _refused("lifecycle.cancel-not-issued", None, is_request)
    if facts.was_refused:
        return _refused("lifecycle.cancel-refused", None, is_request)
    if until is None:
        return Verdict(True, None, False, _OLD if now >= _month_end(facts, policy) else _FINAL)
    if now >= until:
        return _refused("lifecycle.cancel-too-late", until, is_request)
    return Verdict(True, until, True, _REQUEST.format(until=_last_day(until)) if days_left(until, now) else _LAST_DAY)


def may_object(facts: Facts, now: datetime, policy: Policy) -> Verdict:
    """Whether its author may report an objection (TTK 18/3) now: until the 15th of the next month ends (IPT11, 4)."""
    until = _month_end(facts, policy)
    if facts.stage is not Stage.ISSUED:
        return _refused(_NOT_ISSUED.get(facts.stage, "lifecycle.object-not-issued"), None, True)
    if facts.kind not in _ANSWERED or not facts.buyer_is_taxpayer:
        return _refused("lifecycle.object-not-foreseen", None, True)
    if now >= until:
        return _refused("lifecycle.object-too-late", until, True)
    return Verdict(True, until, True, _OBJECT.format(until=_last_day(until)))


def _month_end(facts: Facts, policy: Policy) -> datetime:
    """The moment after the last day on which objections to a document of that month count."""
    day = facts.issue_date or facts.issued_at.astimezone(ISTANBUL).date()
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=policy.object_day)
    return datetime.combine(following + timedelta(days=1), time(), ISTANBUL)


def _refused(code: str, until: datetime | None, is_request: bool) -> Verdict:
    problem = PROBLEMS[code]
    until_text = _last_day(until) if until is not None else ""
    said = Text(f"{problem.text.tr} {problem.repair.tr}", f"{problem.text.en} {problem.repair.en}")
    return Verdict(False, until, is_request, said.format(until=until_text), code)


def _last_day(until: datetime) -> Text:
    """The last whole day before `until`, as each language writes it."""
    return day_text(until.astimezone(ISTANBUL).date() - timedelta(days=1))
