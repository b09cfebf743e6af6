"""What a company's electronic books are made from: the company, its accountants, its months, its parts.

Source: e-Defter XBRL-GL Genel Açıklamalar V1.7 section 4; Teknik Kılavuz V1.7 sections 2.2 and 2.4.1.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from ulak.ledger.problems import problem

__all__ = [
    "BERATS",
    "BOOKS",
    "LIMIT",
    "UNDIVIDED",
    "Accountant",
    "Address",
    "BeratKind",
    "BookKind",
    "Branch",
    "Company",
    "Month",
    "Part",
    "Totals",
    "source_application",
]

BookKind = Literal["Y", "K", "E"]
"""Journal (yevmiye defteri), general ledger (kebir, büyük defter), inventory book (envanter defteri)."""
BeratKind = Literal["YB", "KB", "EB", "DR"]
"""Berats of the three books, and the ledger report (defter raporu)."""
BOOKS: Final[tuple[BookKind, ...]] = ("Y", "K", "E")
BERATS: Final[tuple[BeratKind, ...]] = ("YB", "KB", "EB", "DR")
UNDIVIDED: Final = "000000"
"""Number of the part of a month whose book is one file; parts of a divided month count from 000001."""
LIMIT: Final = 200_000_000
"""Bytes a sealed book may have (Teknik Kılavuz section 2.2: 200 MB; the smaller reading of MB is kept)."""

_MONTH: Final = re.compile(r"[0-9]{6}")


class Address(NamedTuple):
    """Where a company or an accountant is; free texts, the country unabbreviated."""

    building: str
    street: str
    detail: str
    city: str
    postal_code: str
    country: str = "Türkiye"


class Accountant(NamedTuple):
    """An SM, SMMM or YMM a company has a contract with.

    Attributes:
        name: with the title, as ``SMMM Ali Can``.
        engagement: kind, date and number of the contract with commas between, as
            ``SMMM sözleşmesi, 2015-01-01, M10120``.
        phone: area code and number, ten digits; with ``fax`` and ``email`` empty if unknown.
    """

    name: str
    engagement: str
    address: Address
    phone: str = ""
    fax: str = ""
    email: str = ""


class Branch(NamedTuple):
    """A branch that keeps books of its own: four digits from 0001, and the name with ``Şubesi``."""

    number: str
    name: str


class Company(NamedTuple):
    """Whose books they are: all that ``documentInfo`` and ``entityInformation`` say of the company.

    Attributes:
        tax_id: VKN (ten digits) of a company, TCKN (eleven) of a person.
        title: as in the trade registry, or name and surname.
        phone: area code and number, ten digits; also ``fax``, which may be empty.
        website: may be empty, as the element must stand there all the same.
        activity_codes: NACE codes, the main one first.
        creator: who makes the books, by name.
        source_application: see `source_application`.
        branch: the branch whose books they are, if it keeps its own.
    """

    tax_id: str
    title: str
    address: Address
    phone: str
    email: str
    activity_codes: tuple[str, ...]
    fiscal_start: date
    fiscal_end: date
    accountants: tuple[Accountant, ...]
    creator: str
    source_application: str
    website: str = ""
    fax: str = ""
    branch: Branch | None = None

    @property
    def is_person(self) -> bool:
        return len(self.tax_id) == 11


class Month(NamedTuple):
    """A month of books.

    >>> str(Month(2026, 1)), Month(2026, 1).before, Month(2026, 2).last
    ('202601', Month(year=2025, month=12), datetime.date(2026, 2, 28))
    """

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> Month:
        """The month of ``202601``.

        Raises:
            LedgerError: ``ledger.month``.
        """
        if not _MONTH.fullmatch(text) or not 1 <= int(text[4:]) <= 12 or int(text[:4]) < 1:
            raise problem("ledger.month", month=text)
        return cls(int(text[:4]), int(text[4:]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def before(self) -> Month:
        return Month(self.year, self.month - 1) if self.month > 1 else Month(self.year - 1, 12)

    @property
    def after(self) -> Month:
        return Month(self.year, self.month + 1) if self.month < 12 else Month(self.year + 1, 1)


class Part(NamedTuple):
    """A part of a month's books: journal and ledger of a part hold the same vouchers.

    Attributes:
        number: six digits, see `UNDIVIDED`.
        start, end: the days it covers (``periodCoveredStart``, ``periodCoveredEnd``).
        first, last: numbers of its first and last journal entry (``entryNumberCounter``); 0 if it has none.
        entries, lines: how many it has.
        journal_size, ledger_size: bytes of its two books before they are sealed.
    """

    number: str
    start: date
    end: date
    first: int
    last: int
    entries: int
    lines: int
    journal_size: int = 0
    ledger_size: int = 0


class Totals(NamedTuple):
    """Sums of a month or of a part in TRY, and what they are over; numbers and days None if there are no entries."""

    debit: Decimal
    credit: Decimal
    entries: int
    lines: int
    accounts: int
    first_entry: int | None
    last_entry: int | None
    first_line: int | None
    last_line: int | None
    first_day: date | None
    last_day: date | None


def source_application(tax_id: str, firm: str, name: str, version: str) -> str:
    """The software as GİB approved it, as ``sourceApplication`` wants it written.

    >>> source_application("1234567808", "Gelir İdaresi Başkanlığı", "ABC e-Defter Uygulaması", "1.0")
    '1234567808##Gelir İdaresi Başkanlığı##ABC e-Defter Uygulaması##1.0'
    """
    return "##".join((tax_id, firm, name, version))
