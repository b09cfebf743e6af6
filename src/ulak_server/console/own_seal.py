"""Until when the integrator's own certificate holds: read from the newest head of the record that it signed.

A page opens no key: that would ask a token for its PIN in each web process. The record is signed every night.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db import connection

from ulak.errors import Text, UlakError
from ulak.seal.certificates import certificate_of
from ulak.seal.keys.forecast import Level, forecast
from ulak_server import clock, formats

__all__ = ["OwnSeal", "own_seal", "sentences"]

_NEWEST: Final = "SELECT day, certificate FROM audit_head WHERE length(certificate) > 0 ORDER BY day DESC LIMIT 1"
_REPAIR: Final = Text(
    "Yenisi için KamuSM'ye başvurun; gelince ULAK_SEAL_KEY'i ona çevirip Ulak'ı yeniden başlatın.",
    "Apply to KamuSM for a new one; when it is there, point ULAK_SEAL_KEY to it and restart Ulak.",
)


class OwnSeal(NamedTuple):
    """Attributes:
    until: the end of the certificate.
    seen: the day of the record that it signed last.
    days: whole days that are left; negative once it has ended.
    """

    owner: str
    until: datetime
    seen: date
    days: int
    level: Level

    @property
    def presses(self) -> bool:
        """Whether somebody must act at once."""
        return self.level in (Level.URGENT, Level.EXPIRED)


def own_seal() -> OwnSeal | None:
    """What is known of the integrator's certificate; None before the first night. In an operator's scope."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        row = cursor.fetchone()
    if row is None:
        return None
    try:
        certificate = certificate_of(bytes(row[1]))
    except UlakError:
        # A head that was tampered with is told of where the record is verified.
        return None
    [ending] = forecast("", [certificate], clock.now()).endings
    return OwnSeal(certificate.common_name, certificate.not_after, row[0], ending.days, ending.level)


def sentences(seal: OwnSeal | None) -> Iterator[tuple[Text, Text]]:
    """What is wrong and what to do, once the end is near."""
    if seal is None or seal.level in (Level.OK, Level.NOT_YET):
        return
    day, left = formats.day_text(seal.until), seal.days
    text = Text("Entegratörün mühür sertifikası {day} günü bitti.", "The integrator's certificate ended on {day}.")
    if seal.level is not Level.EXPIRED:
        text = Text(
            "Entegratörün mühür sertifikası {left} gün sonra bitiyor ({day}).",
            "The integrator's certificate ends in {left} days ({day}).",
        )
    yield text.format(day=day, left=left), _REPAIR
