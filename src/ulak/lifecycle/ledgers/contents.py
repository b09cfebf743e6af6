"""What the package of a berat holds, by its month.

Sources: Teknik Kılavuz V1.7, 2.4 and 2.7.2; Uygulama Kılavuzu V1.12, C: since January 2025 the general ledger itself is
made, sealed and kept, but not sent.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from ulak.lifecycle.ledgers.record import BeratKind

__all__ = ["books", "contents"]

_LEDGER_STAYS: Final = date(2025, 1, 1)
_BOOK: Final = {BeratKind.JOURNAL: "Y", BeratKind.LEDGER: "K", BeratKind.INVENTORY: "E"}


def contents(kind: BeratKind, month: date) -> tuple[str, ...]:
    """The kinds of the files in a package, the book before its berat.

    Args:
        month: any day of it.

    >>> contents(BeratKind.JOURNAL, date(2025, 1, 1)), contents(BeratKind.LEDGER, date(2025, 1, 1))
    (('Y', 'YB'), ('KB',))
    >>> contents(BeratKind.LEDGER, date(2024, 12, 1)), contents(BeratKind.REPORT, date(2025, 1, 1))
    (('K', 'KB'), ('DR',))
    """
    stays = kind is BeratKind.LEDGER and month >= _LEDGER_STAYS
    return (kind.value,) if stays or kind is BeratKind.REPORT else (_BOOK[kind], kind.value)


def books(kind: BeratKind) -> str:
    """The kind of the book whose berat it is; "" for a month's report.

    >>> books(BeratKind.LEDGER), books(BeratKind.REPORT)
    ('K', '')
    """
    return _BOOK.get(kind, "")
