"""What a book, berat or report says of itself before and behind its entries.

Source: e-Defter XBRL-GL Genel Açıklamalar V1.7, 4; Teknik Kılavuz V1.7, 2.1–2.3; Berat Kılavuzu V1.2, 2.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from ulak.errors import Text
from ulak.ledger.reading.problems import problem
from ulak.ledger.reading.streaming import Node
from ulak.ledger.reading.tags import BUS, COR, DS, ENTRIES, MUC, SIGNATURE, XBRL, XBRLI
from ulak.ledger.values import Accountant, Address, Branch, Company, Month

__all__ = ["Head", "read_head"]

_ENTITY: Final = f"{XBRL}/{XBRLI}context/{XBRLI}entity"
_SEGMENT: Final = f"{_ENTITY}/{XBRLI}segment"
_INFO: Final = f"{XBRL}/{ENTRIES}/{COR}documentInfo"
_COMPANY: Final = f"{XBRL}/{ENTRIES}/{COR}entityInformation"
_VALUE: Final = f"{DS}SignatureValue"
_BOOKS: Final = {"journal": "Y", "ledger": "K", "assets": "E"}
_TITLES: Final = ("Kurum Unvanı", "Adı Soyadı")
_BRANCH_NUMBER, _BRANCH_NAME = "Şube No", "Şube Adı"


class Head(NamedTuple):
    """The frame of a book as plain texts, stripped; empty where the document lacks them.

    Attributes:
        kind: ``Y``, ``K``, ``E``, ``YB``, ``KB``, ``EB`` or ``DR``; empty if the document does not say.
        root: ``defter``, ``berat`` or ``defterraporu``.
        entries_type: ``journal``, ``ledger``, ``assets``, ``trialbalance`` or what else stands there.
        tax_id: VKN or TCKN of the books' owner.
        title: of the company, or name of the person.
        branch, branch_name: four digits and a name; empty if the books are not of a branch.
        start, end, created: days as they stand there, ``YYYY-MM-DD`` if they are right.
        label: ``gl-cor:uniqueID`` of documentInfo, as ``YEV202401000000``.
        unique: ``gl-cor:uniqueID`` of a berat's or report's segment, a UUID.
        entries_said: ``gl-bus:numberOfEntries`` of a berat.
        megabytes: ``gl-bus:measurableQuantity`` of a berat, the size of its book in MB.
        signature_value: a book's own, or the copy of it in a berat; without white space.
        is_sealed: whether there is a ``ds:Signature`` below the root; nothing is said of it being good.
        style: ``href`` of the stylesheet instruction.
        frame: the root without entries; to be copied, not changed.
    """

    kind: str
    root: str
    entries_type: str
    tax_id: str
    title: str
    branch: str
    branch_name: str
    start: str
    end: str
    created: str
    label: str
    unique: str
    entries_said: str
    megabytes: str
    creator: str
    comment: str
    source_application: str
    currency: str
    signature_value: str
    is_sealed: bool
    style: str
    frame: Node

    @property
    def month(self) -> Month | None:
        """The month of the first day covered; None if there is none that can be read."""
        day = _day(self.start)
        return Month.of(day) if day else None

    @property
    def period(self) -> tuple[date, date] | None:
        """The days covered; None if they cannot be read."""
        start, end = _day(self.start), _day(self.end)
        return (start, end) if start and end else None

    @property
    def company(self) -> Company:
        """Whose book it is.

        Raises:
            BookError: ``book.company`` – the fiscal year is missing or no date.
        """
        return _company(self)


def read_head(root: Node) -> Head:
    """What the frame of a document says; of one that is not read to its end, what stands there so far."""
    info, segment = root.find(_INFO), root.find(_SEGMENT)
    of, name = _identifiers(root), str(root.tag).rpartition("}")[2]
    entries_type = _text(info, f"{COR}entriesType")
    seal = next(root.iterchildren(SIGNATURE), None)
    return Head(
        kind=_kind(name, entries_type),
        root=name,
        entries_type=entries_type,
        tax_id=_text(root, f"{_ENTITY}/{XBRLI}identifier"),
        title=next((of[title] for title in _TITLES if of.get(title)), ""),
        branch=of.get(_BRANCH_NUMBER, ""),
        branch_name=of.get(_BRANCH_NAME, ""),
        start=_text(info, f"{COR}periodCoveredStart"),
        end=_text(info, f"{COR}periodCoveredEnd"),
        created=_text(info, f"{COR}creationDate"),
        label=_text(info, f"{COR}uniqueID"),
        unique=_text(segment, f"{COR}uniqueID"),
        entries_said=_text(segment, f"{BUS}numberOfEntries"),
        megabytes=_text(segment, f"{BUS}measurableQuantity"),
        creator=_text(info, f"{BUS}creator"),
        comment=_text(info, f"{COR}entriesComment"),
        source_application=_text(info, f"{BUS}sourceApplication"),
        currency=_text(info, f"{MUC}defaultCurrency"),
        signature_value="".join(_text(seal if name == "defter" else root, _VALUE).split()),
        is_sealed=seal is not None,
        style=_style(root),
        frame=root,
    )


def _kind(name: str, entries_type: str) -> str:
    if name == "defterraporu":
        return "DR"
    book = _BOOKS.get(entries_type, "")
    return f"{book}B" if book and name == "berat" else book


def _identifiers(root: Node) -> dict[str, str]:
    """``organizationDescription`` → ``organizationIdentifier``; of two with one description the first."""
    found: dict[str, str] = {}
    for each in root.iterfind(f"{_COMPANY}/{BUS}organizationIdentifiers"):
        found.setdefault(_text(each, f"{BUS}organizationDescription"), _text(each, f"{BUS}organizationIdentifier"))
    return found


def _style(root: Node) -> str:
    instruction = root.getprevious()
    while instruction is not None:
        if getattr(instruction, "target", "") == "xml-stylesheet":
            return str(instruction.get("href") or "")
        instruction = instruction.getprevious()
    return ""


# -- the company ------------------------------------------------------------------------------------------------------


def _company(head: Head) -> Company:
    entity = head.frame.find(_COMPANY)
    fax = f"{BUS}entityFaxNumberStructure/{BUS}entityFaxNumber"
    codes = _text(entity, f"{BUS}businessDescription")
    return Company(
        tax_id=head.tax_id,
        title=head.title,
        address=_address(None if entity is None else entity.find(f"{BUS}organizationAddress"), _ORGANIZATION),
        phone=_text(entity, f"{BUS}entityPhoneNumber/{BUS}phoneNumber"),
        fax=_text(entity, fax),
        email=_text(entity, f"{BUS}entityEmailAddressStructure/{BUS}entityEmailAddress"),
        website=_text(entity, f"{BUS}entityWebSite/{BUS}webSiteURL"),
        activity_codes=tuple(code.strip() for code in codes.split(",") if code.strip()),
        fiscal_start=_known_day(entity, "fiscalYearStart"),
        fiscal_end=_known_day(entity, "fiscalYearEnd"),
        accountants=tuple(_accountants(entity)),
        creator=head.creator,
        source_application=head.source_application,
        branch=Branch(head.branch, head.branch_name) if head.branch else None,
    )


_ORGANIZATION: Final = (
    "organizationBuildingNumber",
    "organizationAddressStreet",
    "organizationAddressStreet2",
    "organizationAddressCity",
    "organizationAddressZipOrPostalCode",
    "organizationAddressCountry",
)
_ACCOUNTANT: Final = (
    "accountantBuildingNumber",
    "accountantStreet",
    "accountantAddressStreet2",
    "accountantCity",
    "accountantZipOrPostalCode",
    "accountantCountry",
)


def _address(node: Node | None, names: tuple[str, ...]) -> Address:
    return Address(*(_text(node, f"{BUS}{name}") for name in names))


def _accountants(entity: Node | None) -> Iterator[Accountant]:
    for each in () if entity is None else entity.iterfind(f"{BUS}accountantInformation"):
        contact = each.find(f"{BUS}accountantContactInformation")
        yield Accountant(
            name=_text(each, f"{BUS}accountantName"),
            engagement=_text(each, f"{BUS}accountantEngagementTypeDescription"),
            address=_address(each.find(f"{BUS}accountantAddress"), _ACCOUNTANT),
            phone=_text(contact, f"{BUS}accountantContactPhone/{BUS}accountantContactPhoneNumber"),
            fax=_text(contact, f"{BUS}accountantContactFax/{BUS}accountantContactFaxNumber"),
            email=_text(contact, f"{BUS}accountantContactEmail/{BUS}accountantContactEmailAddress"),
        )


def _known_day(entity: Node | None, name: str) -> date:
    day = _day(_text(entity, f"{BUS}{name}"))
    if day is None:
        raise problem("book.company", name=Text(f"gl-bus:{name}", f"gl-bus:{name}"))
    return day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _text(node: Node | None, path: str) -> str:
    return "" if node is None else (node.findtext(path) or "").strip()
