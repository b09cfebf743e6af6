"""What was found, said in both languages under a stable code."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from ulak.seal.trust.words_of_certificates import CERTIFICATES
from ulak.seal.trust.words_of_evidence import EVIDENCE
from ulak.seal.trust.words_of_stamps import STAMPS
from ulak.seal.verdicts import Reason

__all__ = ["REASONS", "reason", "when"]

_BUSINESS_ZONE: Final = ZoneInfo("Europe/Istanbul")
REASONS: Final = {**CERTIFICATES, **EVIDENCE, **STAMPS}
"""Every sentence about what trust finds, by its stable code."""


def reason(code: str, /, **facts: object) -> Reason:
    """The reason of a code; moments are said in Turkey's time.

    >>> reason("trust.no-crl", certificate="Ardıç Ticaret A.Ş.").text.en
    'No CRL is at hand for “Ardıç Ticaret A.Ş.”.'
    """
    words = REASONS[code]
    said = {name: when(fact) if isinstance(fact, datetime) else fact for name, fact in facts.items()}
    return Reason(code, words.text.format(**said), words.repair)


def when(moment: datetime) -> str:
    """A moment by Istanbul's clock, in an order that is read alike in every language.

    >>> when(datetime.fromisoformat("2026-11-12T15:02:47+00:00"))
    '2026-11-12 18:02:47'
    """
    return f"{moment.astimezone(_BUSINESS_ZONE):%Y-%m-%d %H:%M:%S}"
