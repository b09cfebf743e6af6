"""e-Arşiv reports and e-Defter packages for tests, written after GİB's schemas; and offices to send them to."""

from __future__ import annotations

import sqlite3
import warnings
import zipfile
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal

from levels_support import ClockStamper, trust_of
from seal_pki import NOW, key
from support import gibs_package
from ulak.rules import PackStore
from ulak.rules.importer import add
from ulak.seal.levels import add_time_stamp, archive
from ulak.seal.sealing import seal
from ulak.wire import earsiv, edefter
from ulak.wire.attachment import Attachment
from ulak.xml import parse
from ulak_center.office import ArchiveOffice, LedgerOffice, SqliteShelf, Step
from ulak_center.office.books import Name, name_of, seal_value

__all__ = [
    "ARDIC",
    "INTEGRATOR",
    "MELTEM",
    "NOW",
    "RAPOR",
    "TOMORROW",
    "archive_office",
    "berat_of",
    "book",
    "database",
    "end_of",
    "invoice",
    "ledger_office",
    "package",
    "packs_in",
    "report",
    "sealed_report",
    "send",
    "upload",
    "zipped",
]

INTEGRATOR: Final = "8642031054"
ARDIC: Final = "4812530769"
MELTEM: Final = "7359021640"
RAPOR: Final = "6F1C7C0E-60D1-4F5E-9A49-3C8F5A8E1C11"
TOMORROW: Final = NOW + timedelta(days=1)
_SEALED_AT: Final = NOW - timedelta(minutes=1)


def database(place: Path | str = ":memory:") -> sqlite3.Connection:
    return sqlite3.connect(place, isolation_level=None)


def zipped(files: Mapping[str, bytes] | list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", method) as made:
        warnings.simplefilter("ignore", UserWarning)
        for name, data in files.items() if isinstance(files, Mapping) else files:
            made.writestr(zipfile.ZipInfo(name, (2026, 11, 22, 12, 0, 0)), data, method)
    return file.getvalue()


def packs_in(home: Path, *packages: str) -> PackStore:
    """A store into which packages of the reference were taken over."""
    store = PackStore(home)
    for package in packages:
        add(gibs_package(package), store, since=date(2020, 1, 1))
    return store


# -- e-Arşiv ----------------------------------------------------------------------------------------------------------


def invoice(number: str = "ARD2026000000001", **changes: str) -> str:
    """A ``fatura`` of a report."""
    values = {
        "faturaNo": number,
        "faturaUUID": "0b0c5d6e-7f80-4123-8567-89abcdef0123",
        "faturaTip": "SATIS",
        "gonderimSekli": "ELEKTRONIK",
        "dosyaAdi": "0b0c5d6e-7f80-4123-8567-89abcdef0123.xml",
        "ozetDeger": "ab" * 32,
        "duzenlenmeTarihi": "2026-11-21",
        "duzenlenmeZamani": "10:20:30",
        "toplamTutar": "100.00",
        "toplamIskonto": "0.00",
        "odenecekTutar": "120.00",
        "paraBirimi": "TRY",
        "dovizKuru": "1",
        "faturaUrl": "https://belge.example/0b0c5d6e.xml",
        "vergiBilgisi": "<e:vergilerToplami>20.00</e:vergilerToplami><e:vergi><e:matrah>100.00</e:matrah>"
        "<e:vergiKodu>0015</e:vergiKodu><e:vergiTutari>20.00</e:vergiTutari><e:vergiOrani>20</e:vergiOrani></e:vergi>",
        "aliciBilgileri": "<e:gercekKisi><e:tckn>11111111111</e:tckn><e:adiSoyadi>Deniz Ufuk</e:adiSoyadi>"
        "</e:gercekKisi>",
        "imzaZamani": "2026-11-21T10:20:31",
    }
    return f"<e:fatura>{_elements({**values, **changes})}</e:fatura>"


def report(body: str = "", number: str = RAPOR, more: str = "", **changes: str) -> bytes:
    """An unsealed report; ``changes`` replace the content of elements of its header, an empty one leaves it out."""
    header = {
        "versiyon": "1.0",
        "mukellef": f"<e:vkn>{ARDIC}</e:vkn>",
        "hazirlayan": f"<e:vkn>{INTEGRATOR}</e:vkn>",
        "raporNo": number,
        "donemBaslangicTarihi": "2026-11-01",
        "donemBitisTarihi": "2026-11-30",
        "bolumBaslangicTarihi": "2026-11-21",
        "bolumBitisTarihi": "2026-11-21",
        "bolumNo": "21",
    }
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<e:eArsivRaporu xmlns:e="http://earsiv.efatura.gov.tr"><e:baslik>'
        f"{_elements({**header, **changes})}{more}</e:baslik>{body or invoice()}</e:eArsivRaporu>\n"
    ).encode()


def _elements(values: Mapping[str, str]) -> str:
    return "".join(f"<e:{name}>{value}</e:{name}>" for name, value in values.items() if value)


@cache
def sealed_report(data: bytes | None = None, short: str = "integrator", level: str = "BES") -> bytes:
    """A report sealed as XAdES-BES, -T or -A."""
    sealed = seal(data or report(), key(short), at=_SEALED_AT)
    if level == "T":
        return add_time_stamp(sealed, ClockStamper())
    return archive(sealed, stamper=ClockStamper(), trust=trust_of(), at=NOW) if level == "A" else sealed


def archive_office(connection: sqlite3.Connection | None = None, **wishes: Any) -> ArchiveOffice:
    """An office that takes XAdES-BES, to be quick, unless told otherwise."""
    shelf = SqliteShelf(connection or database())
    return ArchiveOffice(shelf, trust_of(clock=TOMORROW), **{"level": "BES", **wishes})


def send(office: ArchiveOffice, data: bytes, number: str = RAPOR, at: datetime = NOW, by: str = INTEGRATOR) -> Step:
    """Send a ZIP, let the office do its work, and give the last step."""
    office.take(earsiv.SendDocumentFile(Attachment(f"{number}.zip", data)), by, at)
    return end_of(office, number, at)


def end_of(office: ArchiveOffice | LedgerOffice, id: str, at: datetime = NOW) -> Step:
    while due := office.next_due():
        office.run_due(max(due, at))
    return office.steps(id)[-1]


# -- e-Defter ---------------------------------------------------------------------------------------------------------

Kind = Literal["YB", "KB", "EB", "DR"]
_CONTEXT: Final = {"YB": "journal_context", "KB": "ledger_context", "EB": "assets_context", "DR": "now"}
_TYPE: Final = {"YB": "journal", "KB": "ledger", "EB": "assets", "DR": "trialbalance"}
_LABEL: Final = {"YB": "YEV", "KB": "KEB", "EB": "ENV", "DR": "DEF"}
_STYLE: Final = {"YB": "yevmiye", "KB": "kebir", "EB": "envanter", "DR": "defterraporu"}
_ACCOUNTS: Final = (
    ("391", "Hesaplanan KDV"),
    ("191", "İndirilecek KDV"),
    ("600", "Yurt İçi Satışlar"),
    ("601", "Yurt Dışı Satışlar"),
    ("602", "Diğer Gelirler Hesabı"),
)
_UNIQUE: Final = "ad85e7cc-cbea-4e0b-aa13-{:012x}"


def _name(package: str) -> Name:
    name = name_of(package)
    assert name is not None
    return name


def _info(name: Name, start: str, end: str, changes: Mapping[str, str]) -> str:
    at = f'contextRef="{_CONTEXT[name.kind]}"'
    number = f"{name.month}{int(name.part):06}"
    values = {
        "gl-cor:entriesType": _TYPE[name.kind],
        "gl-cor:uniqueID": _LABEL[name.kind] + number,
        "gl-cor:language": "iso639:tr",
        "gl-cor:creationDate": "2026-11-20",
        "gl-bus:creator": "Elif Kara",
        "gl-cor:entriesComment": f"{start} / {end} {_STYLE[name.kind]}",
        "gl-cor:periodCoveredStart": start,
        "gl-cor:periodCoveredEnd": end,
        "gl-bus:sourceApplication": "8642031054##Deneme Yazılım A.Ş.##Ulak##1.0",
    }
    return "".join(f"<{tag} {at}>{value}</{tag}>" for tag, value in {**values, **changes}.items())


def _identifiers(name: Name, at: str) -> str:
    described = {"Kurum Unvanı": "Ardıç Ticaret A.Ş."}
    if name.branch:
        described |= {"Şube No": name.branch, "Şube Adı": "Kadıköy"}
    return "".join(
        f"<gl-bus:organizationIdentifiers><gl-bus:organizationIdentifier {at}>{value}</gl-bus:organizationIdentifier>"
        f"<gl-bus:organizationDescription {at}>{what}</gl-bus:organizationDescription></gl-bus:organizationIdentifiers>"
        for what, value in described.items()
    )


def _entity(name: Name) -> str:
    at = f'contextRef="{_CONTEXT[name.kind]}"'

    def one(tag: str, value: str) -> str:
        return f"<gl-bus:{tag} {at}>{value}</gl-bus:{tag}>"

    def group(tag: str, *inside: str) -> str:
        return f"<gl-bus:{tag}>{''.join(inside)}</gl-bus:{tag}>"

    return "".join(
        (
            group("entityPhoneNumber", one("phoneNumberDescription", "bookkeeper"), one("phoneNumber", "2160000000")),
            group("entityEmailAddressStructure", one("entityEmailAddress", "muhasebe@ardic.example")),
            _identifiers(name, at),
            group(
                "organizationAddress",
                one("organizationBuildingNumber", "1"),
                one("organizationAddressStreet", "Deneme Sokak"),
                one("organizationAddressCity", "İstanbul"),
                one("organizationAddressZipOrPostalCode", "34000"),
                one("organizationAddressCountry", "Türkiye"),
            ),
            group("entityWebSite", one("webSiteURL", "www.ardic.example")),
            one("businessDescription", "471101"),
            one("fiscalYearStart", f"{name.month[:4]}-01-01"),
            one("fiscalYearEnd", f"{name.month[:4]}-12-31"),
            group(
                "accountantInformation",
                one("accountantName", "Elif Kara"),
                one("accountantEngagementTypeDescription", "SMMM sözleşmesi"),
            ),
        )
    )


def _detail(name: Name, line: int, account: tuple[str, str], side: str, amount: str, inside: str = "") -> str:
    at = f'contextRef="{_CONTEXT[name.kind]}"'
    counter = f'<gl-cor:lineNumberCounter {at} decimals="INF" unitRef="countable">1</gl-cor:lineNumberCounter>'
    posted = f"<gl-cor:postingDate {at}>{_entered(name)}</gl-cor:postingDate>"
    return (
        f"<gl-cor:entryDetail><gl-cor:lineNumber {at}>{line}</gl-cor:lineNumber>{'' if inside else counter}"
        f"<gl-cor:account><gl-cor:accountMainID {at}>{account[0]}</gl-cor:accountMainID>"
        f"<gl-cor:accountMainDescription {at}>{account[1]}</gl-cor:accountMainDescription></gl-cor:account>"
        f'<gl-cor:amount {at} decimals="INF" unitRef="try">{amount}</gl-cor:amount>'
        f"<gl-cor:debitCreditCode {at}>{side}</gl-cor:debitCreditCode>{inside or posted}</gl-cor:entryDetail>"
    )


def _day(name: Name, day: int) -> str:
    return f"{name.month[:4]}-{name.month[4:]}-{day:02}"


def _entered(name: Name) -> str:
    return _day(name, 28 if name.kind == "EB" else 3)


def _totals(name: Name, debit: str, credit: str) -> str:
    at = f'contextRef="{_CONTEXT[name.kind]}" decimals="INF" unitRef="try"'
    return f"<gl-bus:totalDebit {at}>{debit}</gl-bus:totalDebit><gl-bus:totalCredit {at}>{credit}</gl-bus:totalCredit>"


def _entries(name: Name) -> str:
    """One entry of a journal, or two accounts of a ledger."""
    at = f'contextRef="{_CONTEXT[name.kind]}"'
    cash, sales = ("100", "Kasa"), ("600", "Yurt İçi Satışlar")
    if name.kind == "KB":
        return (
            f"<gl-cor:entryHeader>{_totals(name, '50.25', '0')}{_detail(name, 1, cash, 'D', '50.25')}"
            f"</gl-cor:entryHeader><gl-cor:entryHeader>{_totals(name, '0', '50.25')}"
            f"{_detail(name, 2, sales, 'C', '50.25')}</gl-cor:entryHeader>"
        )
    return (
        f"<gl-cor:entryHeader><gl-cor:enteredBy {at}>Elif Kara</gl-cor:enteredBy>"
        f"<gl-cor:enteredDate {at}>{_entered(name)}</gl-cor:enteredDate><gl-cor:entryNumber {at}>1</gl-cor:entryNumber>"
        f"{_totals(name, '50.25', '50.25')}"
        f'<gl-cor:entryNumberCounter {at} decimals="INF" unitRef="countable">1</gl-cor:entryNumberCounter>'
        f"{_detail(name, 1, cash, 'D', '50.25')}{_detail(name, 2, sales, 'C', '50.25')}</gl-cor:entryHeader>"
    )


def _summary(name: Name) -> str:
    at = f'contextRef="{_CONTEXT[name.kind]}"'
    change = f"<gl-cor:xbrlInfo><gl-cor:xbrlInclude {at}>period_change</gl-cor:xbrlInclude></gl-cor:xbrlInfo>"
    if name.kind == "DR":
        change = f"<gl-cor:documentApplyToNumber {at}>1</gl-cor:documentApplyToNumber>{change}"
    if name.kind == "EB":
        return ""
    sides = [(account, side) for account in _ACCOUNTS for side in "DC"]
    sums = {("600", "C"): "50.25"}
    details = (
        _detail(name, line, account, side, sums.get((account[0], side), "0"), change)
        for line, (account, side) in enumerate(sides, 1)
    )
    qualifier = f"<gl-cor:qualifierEntry {at}>standard</gl-cor:qualifierEntry>"
    return f"<gl-cor:entryHeader>{qualifier}{''.join(details)}</gl-cor:entryHeader>"


def _document(name: Name, root: str, segment: str, info: str, entries: str, value: str) -> bytes:
    style = _STYLE[name.kind] if root != "berat" else "berat"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-stylesheet type="text/xsl" href="{style}.xslt"?>\n'
        f'<edefter:{root} xmlns:edefter="http://www.edefter.gov.tr" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"'
        ' xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"><xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance"'
        ' xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:iso639="http://www.xbrl.org/2005/iso639" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
        ' xmlns:gl-cor="http://www.xbrl.org/int/gl/cor/2006-10-25"'
        ' xmlns:gl-bus="http://www.xbrl.org/int/gl/bus/2006-10-25"'
        ' xmlns:gl-plt="http://www.xbrl.org/int/gl/plt/2006-10-25">'
        '<link:schemaRef xlink:href="../xsd/2006-10-25/plt/case-c-b/gl-plt-2006-10-25.xsd" xlink:type="simple"/>'
        f'<xbrli:context id="{_CONTEXT[name.kind]}"><xbrli:entity>'
        f'<xbrli:identifier scheme="http://www.gib.gov.tr">{name.owner}</xbrli:identifier>{segment}</xbrli:entity>'
        "<xbrli:period><xbrli:instant>2026-11-20</xbrli:instant></xbrli:period></xbrli:context>"
        '<xbrli:unit id="try"><xbrli:measure>iso4217:TRY</xbrli:measure></xbrli:unit>'
        '<xbrli:unit id="countable"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit><gl-cor:accountingEntries>'
        f"<gl-cor:documentInfo>{info}</gl-cor:documentInfo><gl-cor:entityInformation>{_entity(name)}"
        f"</gl-cor:entityInformation>{entries}</gl-cor:accountingEntries></xbrli:xbrl>{value}</edefter:{root}>\n"
    ).encode()


def _period(name: Name) -> tuple[str, str]:
    if name.kind == "EB":
        return _day(name, 28), _day(name, 28)
    return _day(name, 1), _day(name, monthrange(int(name.month[:4]), int(name.month[4:]))[1])


@cache
def book(package: str, start: str = "", end: str = "", short: str = "ardic", owner: str = "") -> bytes:
    """A sealed journal (YB) or ledger (KB)."""
    name = _name(package)
    first, last = _period(name)
    info = _info(name, start or first, end or last, {})
    made = _document(name._replace(owner=owner or name.owner), "defter", "", info, _entries(name), "")
    return seal(made, key(short), at=_SEALED_AT) if short else made


def berat_of(
    package: str, of: bytes, short: str = "ardic", *, number: int = 1, start: str = "", end: str = "", **changes: Any
) -> bytes:
    """The sealed berat of a book, or the report of a month (DR); ``changes``: ``value``, ``megabytes``, ``label``."""
    name = _name(package)
    at = f'contextRef="{_CONTEXT[name.kind]}"'
    countable = f'{at} decimals="INF" unitRef="countable"'
    first, last = _period(name)
    entries = f"<gl-bus:numberOfEntries {countable}>1</gl-bus:numberOfEntries>" if name.kind in ("YB", "EB") else ""
    size = changes.get("megabytes", f"{len(of) / 1024 / 1024:.2f}")
    unique = changes.get("unique", _UNIQUE.format(number))
    segment = (
        f"<xbrli:segment>{entries}<gl-cor:uniqueID {at}>{unique}</gl-cor:uniqueID>"
        f"<gl-bus:measurableQuantity {countable}>{size}</gl-bus:measurableQuantity></xbrli:segment>"
    )
    value = changes.get("value", seal_value(parse(of), own=True) if of else "")
    copied = f"<ds:SignatureValue>{value}</ds:SignatureValue>" if name.kind != "DR" else ""
    label = {"gl-cor:uniqueID": changes["label"]} if "label" in changes else {}
    root = "defterraporu" if name.kind == "DR" else "berat"
    info = _info(name, start or first, end or last, label)
    made = _document(name, root, segment, info, _summary(name), copied)
    return seal(made, key(short), at=_SEALED_AT) if short else made


def package(id: str, number: int = 1, start: str = "", end: str = "") -> bytes:
    """A good package: a book and its berat, the berat of a general ledger since 2025, or the report of a month."""
    name = _name(id)
    if name.kind == "DR":
        return zipped({name.berat: berat_of(id, b"", number=number)})
    of = book(id, start, end)
    berat = {name.berat: berat_of(id, of, start=start, end=end, number=number)}
    return zipped({name.book: of, **berat} if name.book else berat)


def ledger_office(connection: sqlite3.Connection | None = None, **wishes: Any) -> LedgerOffice:
    return LedgerOffice(SqliteShelf(connection or database()), trust_of(clock=TOMORROW), key("gib"), **wishes)


def upload(office: LedgerOffice, id: str, data: bytes, by: str = ARDIC, at: datetime = NOW) -> Step:
    """Send a package, let the office do its work, and give the last step."""
    office.take(edefter.SendDocumentFile(Attachment(f"{id}.zip", data)), by, at)
    return end_of(office, id, at)
