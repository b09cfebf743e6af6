"""Names of books, berats, reports and packages, and where a month's files lie.

Source: Teknik Kılavuz V1.7, 2.4.1 and 2.7.1; Uyumluluk Onay Kılavuzu V1.7, 2.2 (folders); Uygulama Kılavuzu V1.12,
steps 11–12.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath
from typing import Final, NamedTuple, cast

from ulak.ledger.berat_problems import problem
from ulak.ledger.values import BERATS, BOOKS, UNDIVIDED, BeratKind, BookKind, Month

__all__ = ["APPROVED", "FileName", "Kind", "folder_of"]

Kind = BookKind | BeratKind
APPROVED: Final = "GIB-"
"""What the file of a berat that GİB approved begins with."""
_NAME: Final = re.compile(
    r"(?P<approved>GIB-)?(?P<owner>[0-9]{10,11})-(?P<month>[0-9]{6})-(?P<kind>YB|KB|EB|DR|Y|K|E)-(?P<part>[0-9]{6})"
    r"(?:-(?P<branch>(?!0000)[0-9]{4}))?(?:\.xml|\.zip)?",
    re.ASCII,
)


class FileName(NamedTuple):
    """What a file of e-Defter is called, without its ending.

    Attributes:
        tax_id: VKN or TCKN of the books' owner.
        part: six digits; ``000000`` for an undivided month, always so for reports.
        branch: four digits from 0001; empty if the books are not of a branch.
        is_approved: whether it is GİB's approved berat, ``GIB-…``.

    >>> str(FileName("1234567808", Month(2025, 1), "YB", branch="0001"))
    '1234567808-202501-YB-000000-0001'
    """

    tax_id: str
    month: Month
    kind: Kind
    part: str = UNDIVIDED
    branch: str = ""
    is_approved: bool = False

    @classmethod
    def parse(cls, text: str) -> FileName:
        """Read a name, with or without ``.xml`` or ``.zip``.

        Raises:
            BeratError: ``berat.name``.

        >>> FileName.parse("1234567808-202501-K-000002.xml").part
        '000002'
        """
        found = _NAME.fullmatch(text)
        if found is None or not _is_month(found["month"]):
            raise problem("berat.name", name=text[:100])
        kind = cast(Kind, found["kind"])
        is_odd_report = kind == "DR" and found["part"] != UNDIVIDED
        if is_odd_report or (found["approved"] and kind not in ("YB", "KB", "EB")):
            raise problem("berat.name", name=text[:100])
        is_approved = bool(found["approved"])
        month = Month.parse(found["month"])
        return cls(found["owner"], month, kind, found["part"], found["branch"] or "", is_approved)

    def __str__(self) -> str:
        prefix = APPROVED if self.is_approved else ""
        return prefix + "-".join(filter(None, (self.tax_id, str(self.month), self.kind, self.part, self.branch)))

    @property
    def xml(self) -> str:
        """The file of the document."""
        return f"{self}.xml"

    @property
    def zip(self) -> str:
        """The file of the package."""
        return f"{self}.zip"

    @property
    def is_book(self) -> bool:
        return self.kind in BOOKS

    @property
    def is_berat(self) -> bool:
        return self.kind in BERATS

    @property
    def is_undivided(self) -> bool:
        return self.part == UNDIVIDED

    @property
    def book(self) -> FileName:
        """The book of a berat; a book's own name. Not of reports, which have none.

        Raises:
            BeratError: ``berat.name``.
        """
        if self.kind == "DR":
            raise problem("berat.name", name=str(self))
        return self._replace(kind=cast(Kind, self.kind[0]), is_approved=False)

    @property
    def berat(self) -> FileName:
        """The berat of a book; a berat's own name, without GİB's prefix."""
        kind = f"{self.kind}B" if self.is_book else self.kind
        return self._replace(kind=cast(Kind, kind), is_approved=False)

    @property
    def approved(self) -> FileName:
        """What GİB's approved berat is called."""
        return self.berat._replace(is_approved=True)

    @property
    def report(self) -> FileName:
        """The ledger report of the same month and branch."""
        return self._replace(kind="DR", part=UNDIVIDED, is_approved=False)


def _is_month(text: str) -> bool:
    return "01" <= text[4:] <= "12" and text[:4] != "0000"


def folder_of(tax_id: str, fiscal_start: date, fiscal_end: date, month: Month) -> PurePosixPath:
    """Where a month's books, berats, approved berats and stylesheets are to be kept.

    >>> str(folder_of("1234567808", date(2026, 1, 1), date(2026, 12, 31), Month(2026, 3)))
    '1234567808/01.01.2026-31.12.2026/03'
    """
    year = f"{fiscal_start:%d.%m.%Y}-{fiscal_end:%d.%m.%Y}"
    return PurePosixPath(tax_id, year, f"{month.month:02}")
