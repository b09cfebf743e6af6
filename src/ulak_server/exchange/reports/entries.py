"""What has to be reported, written down in the transaction in which it happens.

Times: e-Arşiv Kılavuzu V1.18, 5: by the end of the following day, SARJANLIK at once. A document that bears an earlier
date is counted from the day on which it reached us (GİB's announcement of 30.10.2018).
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zlib import crc32

from ulak.lifecycle import reports as law
from ulak.reports import INSTANT
from ulak_server import clock
from ulak_server.documents.kinds import KINDS
from ulak_server.exchange.models_of_reports import What
from ulak_server.exchange.rooms import ENTRIES, Row
from ulak_server.exchange.shell import Shell

__all__ = ["enter", "night_of", "product_of"]

_AFTER_MIDNIGHT: Final = timedelta(minutes=10)
_WINDOW: Final = timedelta(hours=4)
_MISSED: Final = timedelta(hours=1)
"""What comes after its night is gathered when the hour ends."""


def product_of(kind: str) -> str:
    """``earsiv``, ``egider``, or empty for kinds of which nothing is reported."""
    known = KINDS.get(kind)
    return known.product if known is not None else ""


def enter(shell: Shell, row: Row, what: What, *, turn: int = 1, until: datetime | None = None) -> None:
    """Write down that something of a document has to be reported.

    Args:
        until: the moment from which on the law does not count it; what the night would bring too late goes at once.
    """
    product, taxpayer = product_of(row["kind"]), row["taxpayer_id"]
    if not product:
        return
    day = shell.now.astimezone(clock.ISTANBUL).date()
    is_instant = what is What.ISSUED and row["type_code"] == INSTANT
    counted = _counted_from(row, day) if what is What.ISSUED else day
    due = law.instant_due_at(shell.now, shell.policy) if is_instant else law.due_at(counted)
    due, night = min(due, until or due), night_of(taxpayer, product, counted)
    if night <= shell.now:
        night = shell.now.replace(minute=0, second=0, microsecond=0) + _MISSED
    at_once = due <= night
    ready = shell.now if at_once else night
    # In the order of ENTRIES.
    first = taxpayer, row.key, int(what), turn, row["kind"], product, day
    shell.enter(ENTRIES, (*first, at_once, shell.now, ready, due))


def _counted_from(row: Row, day: date) -> date:
    """From when GİB's clock runs: the day before, if it came in and is dated before midnight, and was sealed after it.

    Never earlier, since nothing was issued before its seal.
    """
    came = row["accepted_at"].astimezone(clock.ISTANBUL).date()
    return day if max(came, row["issue_date"] or came) >= day else day - timedelta(days=1)


def night_of(taxpayer: int, product: str, day: date) -> datetime:
    """When a day's entries are gathered: in the night after it, taxpayers spread over some hours.

    >>> night_of(1, "earsiv", date(2026, 11, 30)).isoformat(" ", "minutes")
    '2026-12-01 03:12+03:00'
    """
    midnight = datetime.combine(day + timedelta(days=1), time(), clock.ISTANBUL)
    share = crc32(f"{taxpayer}/{product}".encode()) % int(_WINDOW.total_seconds())
    return midnight + _AFTER_MIDNIGHT + timedelta(seconds=share)
