"""Numbers of a series that no document bears.

Numbers that Ulak gives have no gap; those that authors give, and those that were given elsewhere, may. The law wants
them consecutive (VUK 231; UBL-TR Fatura guide, ID), and an accountant has to explain each that is missing.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from django.db import connection

from ulak_server.overview import months

__all__ = ["Gap", "gaps"]

_MOST: Final = 200
"""Gaps that are told one by one."""
_FORM: Final = "^[A-Z0-9]{3}20[0-9]{11}$"
_EDGES: Final = """
SELECT left(number, 7), min(number), max(number) FROM documents_document
WHERE taxpayer_id = %s AND shelf IN (1, 3, 5) AND direction = 1 AND issue_date >= %s AND issue_date <= %s
  AND number ~ %s
GROUP BY 1 ORDER BY 1
"""
_BEFORE: Final = """
SELECT max(number) FROM documents_document
WHERE taxpayer_id = %s AND direction = 1 AND number >= %s AND number < %s
"""
_MISSING: Final = """
SELECT n, following FROM (
    SELECT substr(number, 8)::bigint AS n, lead(substr(number, 8)::bigint) OVER (ORDER BY number) AS following
    FROM documents_document
    WHERE taxpayer_id = %s AND direction = 1 AND number >= %s AND number <= %s AND number ~ %s
) AS numbers WHERE following > n + 1 LIMIT %s
"""


class Gap(NamedTuple):
    """Numbers that are missing, one after the other.

    Attributes:
        head: prefix and year of the series.
        first, last: the first and the last that is missing.
    """

    head: str
    first: int
    last: int

    @property
    def size(self) -> int:
        """How many there are."""
        return self.last - self.first + 1

    @property
    def written(self) -> str:
        """As people read it.

        >>> Gap("ARD2026", 7, 9).written
        'ARD2026000000007 – ARD2026000000009'
        """
        first, last = f"{self.head}{self.first:09}", f"{self.head}{self.last:09}"
        return first if self.first == self.last else f"{first} – {last}"


def gaps(taxpayer: int, month: date) -> list[Gap]:
    """What is missing among the numbers of a month, and between its first and the last one before it."""
    found: list[Gap] = []
    for head, first, last in _edges(taxpayer, month):
        start = _last_before(taxpayer, head, first) or first
        with connection.cursor() as cursor:
            cursor.execute(_MISSING, [taxpayer, start, last, _FORM, _MOST])
            found += [Gap(head, number + 1, following - 1) for number, following in cursor.fetchall()]
    return found


def _edges(taxpayer: int, month: date) -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_EDGES, [taxpayer, month, months.last_day(month), _FORM])
        return list(cursor.fetchall())


def _last_before(taxpayer: int, head: str, number: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [taxpayer, f"{head}{0:09}", number])
        (found,) = cursor.fetchone()
    return None if found is None else str(found)
