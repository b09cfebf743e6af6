"""Who may seal a month's books, and with what.

Sources: Tebliğ (1 Sıra No.lu Elektronik Defter Genel Tebliği, as of 31/12/2024) 4.3.4, 4.3.7 and 4.3.12; Uygulama
Kılavuzu V1.12, C (steps 4 and 9–10) and F.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from ulak.lifecycle.days import month_text
from ulak.lifecycle.problems import LifecycleError, lifecycle_error

__all__ = ["Certificate", "Consent", "Sealer", "may_seal", "needs_stamp"]


class Sealer(StrEnum):
    """Whose key it is."""

    OWN = "own"
    """The taxpayer's."""
    INTEGRATOR = "integrator"
    """Ours, as özel entegratör or software firm."""
    ACCOUNTANT = "accountant"
    """That of an accountant who keeps the books (3568 sayılı Kanun)."""


class Certificate(StrEnum):
    """What kind of key it is."""

    SEAL = "seal"
    """Mali mühür."""
    SIGNATURE = "signature"
    """Nitelikli elektronik sertifika, for persons alone."""


class Consent(NamedTuple):
    """A muvafakatname, given on Dijital Vergi Dairesi.

    Attributes:
        to: whom it lets seal and send; a taxpayer has one at a time.
        from_day: from which day it holds.
        first, last: the months that it names, by any of their days; None: no limit.
        ended: the day on which it was cancelled; from that day on it does not hold.
    """

    to: Sealer
    from_day: date
    first: date | None = None
    last: date | None = None
    ended: date | None = None

    def covers(self, month: date, on: date) -> bool:
        """Whether it lets a month's books be sealed on that day."""
        index = _index(month)
        is_named = (self.first is None or _index(self.first) <= index) and (
            self.last is None or index <= _index(self.last)
        )
        return is_named and self.from_day <= on and (self.ended is None or on < self.ended)


def may_seal(
    sealer: Sealer, certificate: Certificate, month: date, on: date, *, is_person: bool, consent: Consent | None = None
) -> LifecycleError | None:
    """Why these books may not be sealed so; None if they may.

    Args:
        month: any day of it.
        on: the day in Istanbul.
        is_person: whether the taxpayer is a natural person (TCKN).

    Returns:
        ``lifecycle.ledger-needs-seal``, ``lifecycle.ledger-no-consent``.
    """
    if sealer is Sealer.OWN:
        wrong = certificate is Certificate.SIGNATURE and not is_person
        return lifecycle_error("lifecycle.ledger-needs-seal") if wrong else None
    if consent is not None and consent.to is sealer and consent.covers(month, on):
        return None
    return lifecycle_error("lifecycle.ledger-no-consent", month=month_text(month))


def needs_stamp(now: datetime, due_at: datetime, *, service_was_down: bool) -> bool:
    """Whether a seal needs a time stamp to prove that it was in time, since GİB could not be reached before the end.

    The Tebliğ asks for stamped seals throughout (4.3.4), the Teknik Kılavuz for XAdES-BES at least (2.1.3); this says
    when nothing less will do (Tebliğ 4.3.12; Uygulama Kılavuzu V1.12, p. 33).
    """
    return service_was_down or now >= due_at


def _index(day: date) -> int:
    return day.year * 12 + day.month
