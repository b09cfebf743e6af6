"""What books say of a company, and who may seal them: entered once, checked as it is entered.

Source: e-Defter XBRL-GL Genel Açıklamalar V1.7, 4 (documentInfo, entityInformation).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import msgspec
from django.conf import settings

from ulak.errors import Text, UlakError
from ulak.ledger import values as library
from ulak.lifecycle.ledgers.calendar import Fiscal
from ulak.lifecycle.ledgers.fiscal import Years, period_of
from ulak.lifecycle.ledgers.sealing import Consent, Sealer
from ulak_server.ledgers.doors import READ, admitted
from ulak_server.ledgers.models import Company
from ulak_server.ledgers.problems import problem
from ulak_server.people.services import Caller
from ulak_server.taxpayers import services as taxpayers

__all__ = [
    "LABELS",
    "AccountantFacts",
    "AddressFacts",
    "Facts",
    "branches",
    "company_of",
    "consent_of",
    "facts_of",
    "faults_of",
    "fiscal_year",
    "missing",
    "read_facts",
    "years_of",
]


class AddressFacts(msgspec.Struct, frozen=True):
    """Where a company or an accountant is."""

    building: str = ""
    street: str = ""
    detail: str = ""
    city: str = ""
    postal_code: str = ""
    country: str = "Türkiye"


class AccountantFacts(msgspec.Struct, frozen=True):
    """An accountant under contract; `engagement` as ``SMMM sözleşmesi, 2015-01-01, M10120``."""

    name: str = ""
    engagement: str = ""
    address: AddressFacts = AddressFacts()
    phone: str = ""
    fax: str = ""
    email: str = ""


class Facts(msgspec.Struct, frozen=True):
    """What books say of a company, as it is entered and kept.

    Attributes:
        title: as in the trade registry; empty: the taxpayer's own.
        activity_codes: NACE codes, the main one first.
        fiscal_start: month and day on which the fiscal year begins, ``01-01`` unless it is a special one.
        turns: days on which a fiscal year began out of its turn, as ``YYYY-MM-DD``: liquidation, another fiscal year.
        founded_on, closed_on: the first and the last day of the business, if e-Defter was kept on them; else empty.
        creator: who makes the books, by name.
        branch_name: of a branch, with ``Şubesi``.
        payer: ``income`` (gelir vergisi) or ``other``; empty: persons pay the former.
        preference: ``monthly`` or ``quarterly``: how berats are loaded (Tebliğ 4.3.4).
        first_month: the first month of e-Defter here as ``YYYY-MM``; empty: any may be the first.
        first_entry, first_line: numbers with which that month begins.
        elsewhere: months that were closed with other software, as ``YYYY-MM``.
    """

    title: str = ""
    address: AddressFacts = AddressFacts()
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""
    activity_codes: tuple[str, ...] = ()
    fiscal_start: str = "01-01"
    turns: tuple[str, ...] = ()
    founded_on: str = ""
    closed_on: str = ""
    accountants: tuple[AccountantFacts, ...] = ()
    creator: str = ""
    branch_name: str = ""
    payer: str = ""
    preference: str = "monthly"
    first_month: str = ""
    first_entry: int = 1
    first_line: int = 1
    elsewhere: tuple[str, ...] = ()


LABELS: Final[Mapping[str, Text]] = {
    "title": Text("Unvan", "Title"),
    "address/building": Text("Bina no", "Building number"),
    "address/street": Text("Cadde/sokak", "Street"),
    "address/detail": Text("Adres ayrıntısı", "Address detail"),
    "address/city": Text("İl", "City"),
    "address/postal_code": Text("Posta kodu", "Postal code"),
    "address/country": Text("Ülke", "Country"),
    "phone": Text("Telefon", "Phone"),
    "fax": Text("Faks", "Fax"),
    "email": Text("E-posta", "E-mail"),
    "website": Text("İnternet adresi", "Website"),
    "activity_codes": Text("Faaliyet (NACE) kodları", "Activity (NACE) codes"),
    "fiscal_start": Text("Hesap döneminin ilk günü", "First day of the fiscal year"),
    "turns": Text("Hesap döneminin yeniden başladığı günler", "Days on which another fiscal year began"),
    "founded_on": Text("İşe başlama günü", "First day of the business"),
    "closed_on": Text("Son gün", "Last day of the business"),
    "accountants": Text("Muhasebeciler", "Accountants"),
    "name": Text("Adı ve unvanı", "Name and title"),
    "engagement": Text("Sözleşmesi", "Engagement"),
    "creator": Text("Defteri hazırlayan", "Who makes the books"),
    "branch_name": Text("Şube adı", "Name of the branch"),
    "payer": Text("Vergi türü", "Kind of taxpayer"),
    "preference": Text("Yükleme tercihi", "Way of loading"),
    "first_month": Text("e-Defter'e başlanan ay", "First month of e-Defter"),
    "first_entry": Text("İlk yevmiye madde numarası", "First journal entry number"),
    "first_line": Text("İlk satır numarası", "First line number"),
    "elsewhere": Text("Başka yazılımla kapatılan aylar", "Months closed with other software"),
}
"""What each field is called; an accountant's and its address's fields are found by the last words of their place."""

_PHONE: Final = re.compile(r"[1-9][0-9]{9}")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_NACE: Final = re.compile(r"[0-9]{2}(?:\.?[0-9]){2,10}")
_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_ISO: Final = re.compile(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-01")
_POSTAL: Final = re.compile(r"[0-9]{5}")
_BRANCH: Final = re.compile(r"[0-9]{4}")
_TEN_DIGITS: Final = Text("Alan koduyla on hane yazın: 3122223344.", "Ten digits with the area code: 3122223344.")
_NEEDED: Final = Text("Deftere yazılması zorunludur.", "Books have to say it.")
_LONGEST: Final = 200
_PREFERENCES: Final = ("monthly", "quarterly")
_PAYERS: Final = ("income", "other")


# -- looking -----------------------------------------------------------------------------------------------------------


def facts_of(caller: Caller, taxpayer: int, branch: str = "") -> Facts:
    """What is entered for a taxpayer or a branch; for a branch without an entry what the taxpayer says."""
    with admitted(caller, taxpayer, READ):
        return read_facts(taxpayer, branch) or read_facts(taxpayer) or Facts()


def branches(caller: Caller, taxpayer: int) -> Sequence[tuple[str, str]]:
    """Numbers and names of the branches that keep books of their own."""
    with admitted(caller, taxpayer, READ):
        rows = Company.objects.filter(taxpayer_id=taxpayer, closed_at__isnull=True).exclude(branch="")
        return [(row.branch, row.facts.get("branch_name", "")) for row in rows.order_by("branch")]


def read_facts(taxpayer: int, branch: str = "") -> Facts | None:
    """As `facts_of`, within a scope; None if nothing was entered."""
    row = Company.objects.filter(taxpayer_id=taxpayer, branch=branch, closed_at__isnull=True).first()
    return msgspec.convert(row.facts, Facts, strict=False) if row is not None and row.facts else None


def missing(taxpayer: int, branch: str) -> Sequence[str]:
    """Names of the fields that are still needed before a book can be made, within a scope; see `LABELS`."""
    facts = read_facts(taxpayer, branch) or Facts()
    return list(dict.fromkeys(one.where.removeprefix("/") for one in faults_of(facts, branch)))


def consent_of(taxpayer: int) -> Consent | None:
    """The taxpayer's consent that the integrator seals its books, within a scope; None if none was recorded."""
    row = Company.objects.filter(taxpayer_id=taxpayer, branch="").first()
    if row is None or row.consent_on is None:
        return None
    return Consent(Sealer.INTEGRATOR, row.consent_on, row.consent_first, row.consent_last, row.consent_ended)


def years_of(facts: Facts) -> Years:
    """The fiscal years of who entered these facts."""
    turns = tuple(sorted(map(date.fromisoformat, facts.turns)))
    return Years(int(facts.fiscal_start[:2]), turns, _day(facts.founded_on), _day(facts.closed_on))


def fiscal_year(facts: Facts, day: date) -> Fiscal:
    """The fiscal year that a day lies in.

    >>> fiscal_year(Facts(fiscal_start="07-01"), date(2026, 3, 1)).end
    datetime.date(2026, 6, 30)
    >>> fiscal_year(Facts(founded_on="2026-03-16"), date(2026, 5, 1)).start
    datetime.date(2026, 3, 16)
    """
    return period_of(years_of(facts), day)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def company_of(taxpayer: int, branch: str, day: date) -> library.Company:
    """A company as the library writes it into books, within a scope.

    Args:
        day: of the fiscal year that the books are of.

    Raises:
        LedgerWorkError: ``ledger-work.facts-missing``, ``ledger-work.software``.
    """
    facts = read_facts(taxpayer, branch)
    if facts is None:
        raise problem("ledger-work.facts-missing")
    software = settings.ENVIRONMENT["ULAK_EDEFTER_SOFTWARE"]
    if not software:
        raise problem("ledger-work.software")
    who = taxpayers.of(taxpayer)
    fiscal = fiscal_year(facts, day)
    return library.Company(
        tax_id=who.number,
        title=facts.title or who.title,
        address=_address(facts.address),
        phone=facts.phone,
        fax=facts.fax,
        email=facts.email,
        website=facts.website,
        activity_codes=facts.activity_codes,
        fiscal_start=fiscal.start,
        fiscal_end=fiscal.end,
        accountants=tuple(map(_accountant, facts.accountants)),
        creator=facts.creator,
        source_application=software,
        branch=library.Branch(branch, facts.branch_name) if branch else None,
    )


def _address(one: AddressFacts) -> library.Address:
    return library.Address(**msgspec.structs.asdict(one))


def _accountant(one: AccountantFacts) -> library.Accountant:
    return library.Accountant(one.name, one.engagement, _address(one.address), one.phone, one.fax, one.email)


# -- checking ----------------------------------------------------------------------------------------------------------


def faults_of(facts: Facts, branch: str) -> Sequence[UlakError]:
    """What keeps facts from standing in a book; the ``where`` of each is the field's place."""
    found: list[UlakError] = []
    if branch and (not _BRANCH.fullmatch(branch) or branch == "0000"):
        found.append(problem("ledger-work.branch", where="/branch", branch=branch))
    if branch:
        _check(found, "branch_name", facts.branch_name, _any)
    _check_address(found, "address", facts.address)
    _check(found, "phone", facts.phone, _PHONE.fullmatch, _TEN_DIGITS)
    _check(found, "fax", facts.fax, _PHONE.fullmatch, _TEN_DIGITS, needed=False)
    _check(found, "email", facts.email, _MAIL.fullmatch, Text("ad@firma.com.tr", "name@firm.com.tr"))
    _check(found, "creator", facts.creator, _any)
    _check(found, "fiscal_start", facts.fiscal_start, _DAY.fullmatch, Text("Ay ve gün: 01-01", "Month and day: 01-01"))
    _check_years(found, facts)
    _check(found, "first_month", facts.first_month, _MONTH.fullmatch, Text("2026-01", "2026-01"), needed=False)
    _check(
        found,
        "preference",
        facts.preference,
        _PREFERENCES.__contains__,
        Text("Aylık ya da üç aylık", "Monthly or quarterly"),
    )
    wanted = Text("Gelir vergisi ya da diğer", "Income tax or other")
    _check(found, "payer", facts.payer, _PAYERS.__contains__, wanted, needed=False)
    for one in facts.elsewhere:
        _check(found, "elsewhere", one, _MONTH.fullmatch, Text("2026-01", "2026-01"))
    wanted = Text("NACE kodu: 62.01.01", "A NACE code: 62.01.01")
    if not facts.activity_codes:
        _check(found, "activity_codes", "", _any)
    for code in facts.activity_codes:
        _check(found, "activity_codes", code, _NACE.fullmatch, wanted)
    for name, number in (("first_entry", facts.first_entry), ("first_line", facts.first_line)):
        _check(found, name, str(number), lambda text: int(text) > 0, Text("1 ya da daha büyük", "1 or more"))
    for place, accountant in enumerate(facts.accountants):
        _check_accountant(found, f"accountants/{place}", accountant)
    return found


def _check_years(found: list[UlakError], facts: Facts) -> None:
    """Days out of the ordinary, each of them in the years that it belongs to."""
    wanted = Text("Bir gün: 2026-05-21", "A day: 2026-05-21")
    days = [("founded_on", facts.founded_on), ("closed_on", facts.closed_on), *(("turns", one) for one in facts.turns)]
    before = len(found)
    for name, day in days:
        _check(found, name, day, _is_day, wanted, needed=name == "turns")
    if len(found) > before or not _DAY.fullmatch(facts.fiscal_start):
        return
    years = years_of(facts)
    for name, day in days:
        if day and not _has_room(years, date.fromisoformat(day)):
            found.append(problem("ledger-work.fiscal-year", where=f"/{name}", field=LABELS[name], given=day))


def _is_day(text: str) -> bool:
    try:
        return bool(_ISO.fullmatch(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False


def _has_room(years: Years, day: date) -> bool:
    """Whether a day lies in the business, and the years around it have more than one day (GİB's Schematrons)."""
    around = [period_of(years, one) for one in (day, day - timedelta(days=1))]
    is_inside = (years.founded or day) <= day <= (years.closed or day)
    return is_inside and all(one.start < one.end for one in around)


def _check_address(found: list[UlakError], place: str, one: AddressFacts) -> None:
    for name in ("building", "street", "city", "country"):
        _check(found, f"{place}/{name}", getattr(one, name), _any)
    _check(
        found, f"{place}/postal_code", one.postal_code, _POSTAL.fullmatch, Text("Beş hane: 06100", "Five digits: 06100")
    )


def _check_accountant(found: list[UlakError], place: str, one: AccountantFacts) -> None:
    _check(found, f"{place}/name", one.name, _any)
    wanted = Text("Türü, tarihi ve numarası: SMMM sözleşmesi, 2015-01-01, M10120", "Kind, date, number, by commas")
    _check(found, f"{place}/engagement", one.engagement, lambda text: text.count(",") >= 2, wanted)
    _check_address(found, f"{place}/address", one.address)
    _check(found, f"{place}/phone", one.phone, _PHONE.fullmatch, _TEN_DIGITS, needed=False)
    _check(found, f"{place}/fax", one.fax, _PHONE.fullmatch, _TEN_DIGITS, needed=False)
    _check(
        found, f"{place}/email", one.email, _MAIL.fullmatch, Text("ad@firma.com.tr", "name@firm.com.tr"), needed=False
    )


def _any(text: str) -> bool:
    return bool(text)


def _check(
    found: list[UlakError],
    place: str,
    text: str,
    fits: Callable[[str], object],
    wanted: Text = _NEEDED,
    *,
    needed: bool = True,
) -> None:
    field = LABELS.get(place) or LABELS.get("/".join(place.split("/")[-2:])) or LABELS[place.rpartition("/")[2]]
    if not text:
        if needed:
            found.append(problem("ledger-work.field-missing", where=f"/{place}", field=field, wanted=wanted))
    elif len(text) > _LONGEST or not text.isprintable() or not fits(text):
        found.append(problem("ledger-work.field", where=f"/{place}", field=field, given=text[:60], wanted=wanted))
