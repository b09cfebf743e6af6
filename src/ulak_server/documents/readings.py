"""What a document handed in is read to, and what holds of JSON and UBL alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, NamedTuple
from uuid import UUID

from lxml import etree

from ulak.codes.scenarios import find
from ulak.spans import Edit, edited, spans_of
from ulak.ubl.components import TaxSubtotal
from ulak.ubl.forms.archive import PHRASE
from ulak.ubl.values import Component
from ulak_server.documents.kinds import EARCHIVE, EARCHIVE_PROFILE, EINVOICE, Kind
from ulak_server.documents.models import Form
from ulak_server.documents.problems import problem

__all__ = [
    "LONGEST_NAME",
    "LONGEST_TITLE",
    "SCHEMES",
    "SENT",
    "Reading",
    "allowed_kind",
    "attribute_of_type",
    "built_vat",
    "date_of",
    "ettn_of",
    "number_of",
    "numbered",
    "open_place",
    "parties_of",
    "span_of_profile",
    "sum_of",
    "tells_internet",
    "turned",
    "vat_of",
]

SENT: Final = (
    "invoice",
    "earchive_invoice",
    "despatch_advice",
    "freelance_receipt",
    "producer_receipt",
    "expense_note",
)
"""Kinds that are handed in as documents; answers are written by Ulak."""
LONGEST_NAME: Final = 40
LONGEST_TITLE: Final = 200
SCHEMES: Final = frozenset({"VKN", "TCKN"})
"""Of the identifications that are numbers of taxpayers."""

_PLACEHOLDER: Final = re.compile(r"([A-Z0-9]{3})20[0-9]{2}0{9}")
_NAME: Final = re.compile(rb"<([^\s/>]+)")
_FIRST_DAY: Final = date(2005, 1, 1)
_CENT: Final = Decimal("0.01")
_LARGEST_SUM: Final = 9 * Decimal(10) ** 16
_VAT: Final = "0015"
"""Of GİB's tax types (UBL-TR Kod Listeleri, Vergi Kodları): value added tax."""
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_TYPE: Final = f"{_CAC}TaxCategory/{_CAC}TaxScheme/{_CBC}TaxTypeCode"
_TYPE_CODES: Final = {
    "Invoice": "invoice_type_code",
    "CreditNote": "credit_note_type_code",
    "DespatchAdvice": "despatch_advice_type_code",
    "ReceiptAdvice": "receipt_advice_type_code",
}
_SUPPLIER, _CUSTOMER = "AccountingSupplierParty", "AccountingCustomerParty"
_PARTIES: Final = {
    "DespatchAdvice": ("DespatchSupplierParty", "DeliveryCustomerParty"),
    "ReceiptAdvice": ("DeliveryCustomerParty", "DespatchSupplierParty"),
    "ApplicationResponse": ("SenderParty", "ReceiverParty"),
}
_PROFILE: Final = b"<cbc:ProfileID>"
_EINVOICE_PROFILES: Final = ("TEMELFATURA", "ENERJI", "HKS")
"""Profiles that an invoice may get when GİB's list makes it an e-Fatura; the first that knows its type."""


class Reading(NamedTuple):
    """A document that was read.

    Attributes:
        number: its author's own; empty if a series is to number it.
        prefix: of the series that its author asks for by a number of nine zeros (``ABC2026000000000``).
        place: where in the body the number stands, in bytes.
        issuer, partner: VKN or TCKN of who issues it and of who is to have it; empty if it does not say.
        component: what was built, if it came as JSON.
        vat: the value added tax in it; None if it says nothing of taxes.
        is_automatic: whether GİB's list is to decide between e-Fatura and e-Arşiv: JSON that states no profile.
        is_internet: whether it says that the sale was made on the internet.
    """

    kind: Kind
    form: Form
    body: bytes
    ettn: UUID
    number: str
    prefix: str
    place: tuple[int, int]
    issue_date: date
    profile: str
    type_code: str
    issuer: str
    partner: str
    title: str
    currency: str
    payable: Decimal | None
    component: Component | None = None
    vat: Decimal | None = None
    is_automatic: bool = False
    is_internet: bool = False


def numbered(reading: Reading, number: str) -> bytes:
    """The body with a number in its place."""
    start, end = reading.place
    return reading.body[:start] + number.encode() + reading.body[end:]


def allowed_kind(kind: Kind | None, root: str, kinds: Sequence[str]) -> Kind:
    """The kind of a document of that root, if it is one of those that are taken."""
    if kind is None:
        raise problem("intake.kind", kind=root, where="/document")
    if kind.name not in kinds:
        raise problem("intake.kind" if kind.name in SENT else "intake.answer", kind=kind.name, where="/document")
    return kind


def attribute_of_type(root: str) -> str:
    """The attribute of a built document that has its type code; what no document has where there is none."""
    return _TYPE_CODES.get(root, "")


def parties_of(root: str) -> tuple[str, str]:
    """The elements of the issuer and of the other party; a buyer who issues is the supplier of a credit note, too."""
    return _PARTIES.get(root, (_SUPPLIER, _CUSTOMER))


def turned(reading: Reading, kind: Kind) -> Reading:
    """An invoice as one of this kind, e-Arşiv or e-Fatura, by its profile alone; the same if it is one."""
    profile = EARCHIVE_PROFILE if kind is EARCHIVE else _einvoice_profile(reading)
    if profile == reading.profile:
        return reading
    start, end = _span_of_own(reading) or span_of_profile(reading.body, kind.root)
    body = reading.body[:start] + profile.encode() + reading.body[end:]
    longer = len(body) - len(reading.body)
    place = (reading.place[0] + longer, reading.place[1] + longer)
    return reading._replace(kind=kind, profile=profile, body=body, place=place)


def _einvoice_profile(reading: Reading) -> str:
    """The profile that it has, if e-Fatura has it for its type; else the first that does."""
    if reading.kind is EINVOICE and find(reading.profile, reading.type_code):
        return reading.profile
    fitting = (one for one in _EINVOICE_PROFILES if find(one, reading.type_code))
    return next(fitting, _EINVOICE_PROFILES[0])


def _span_of_own(reading: Reading) -> tuple[int, int] | None:
    """Where the profile stands in what was built of JSON, found without parsing; None if that is not certain."""
    if reading.component is None or reading.body.count(_PROFILE) != 1:
        return None
    start = reading.body.index(_PROFILE) + len(_PROFILE)
    return start, start + len(reading.profile.encode())


def span_of_profile(body: bytes, root: str) -> tuple[int, int]:
    """Where the profile stands in a document."""
    path = (f"{{urn:oasis:names:specification:ubl:schema:xsd:{root}-2}}{root}", f"{_CBC}ProfileID")
    span = spans_of(body, [path], until=path)[0]
    return span.inside, span.close


def number_of(kind: Kind, stated: str, ettn: str) -> tuple[str, str]:
    """The author's own number and the prefix asked for; one of them is empty."""
    if not kind.is_numbered:
        return stated or ettn, ""
    asked = _PLACEHOLDER.fullmatch(stated)
    return ("", asked[1]) if asked else (stated, "")


def open_place(body: bytes, kind: Kind) -> tuple[bytes, tuple[int, int]]:
    """Where the number goes; ``<cbc:ID/>`` is written ``<cbc:ID></cbc:ID>`` first."""
    path = (f"{{urn:oasis:names:specification:ubl:schema:xsd:{kind.root}-2}}{kind.root}", f"{_CBC}ID")
    span = spans_of(body, [path], until=path)[0]
    if not span.is_empty_tag:
        return body, (span.inside, span.close)
    tag = body[span.start : span.end].removesuffix(b"/>").rstrip()
    opened = tag + b">"
    name = _NAME.match(tag)
    assert name is not None
    at = span.start + len(opened)
    return edited(body, [Edit(span.start, span.end, opened + b"</" + name[1] + b">")]), (at, at)


def ettn_of(text: object, where: str) -> UUID:
    value = str(text)
    try:
        if len(value) == 36 and value.count("-") == 4:
            return UUID(value)
    except ValueError:
        pass
    raise problem("intake.ettn", where=where, value=value)


def date_of(text: object, where: str) -> date:
    value = str(text or "")
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        day = date.min
    if day < _FIRST_DAY:
        raise problem("intake.date", where=where, value=value)
    return day


def sum_of(value: Decimal) -> Decimal | None:
    if not value.is_finite() or abs(value) >= _LARGEST_SUM:
        return None
    return value.quantize(_CENT)


def tells_internet(notes: Iterable[object]) -> bool:
    """Whether one of a document's notes says that it is of a sale on the internet."""
    return any(str(note).strip() == PHRASE for note in notes)


def vat_of(root: etree._Element) -> Decimal | None:
    """The value added tax that the totals of a document name; None if they name none."""
    said = [
        one.findtext(f"{_CBC}TaxAmount", "")
        for total in root.iterchildren(f"{_CAC}TaxTotal")
        for one in total.iterchildren(f"{_CAC}TaxSubtotal")
        if (one.findtext(_TYPE) or "").strip() == _VAT
    ]
    return _added(said)


def built_vat(component: Component) -> Decimal | None:
    """The same of a document that was built."""
    parts = [one for total in getattr(component, "tax_total", ()) for one in total.tax_subtotal]
    return _added([one.tax_amount.value for one in parts if one.tax_amount is not None and _is_vat(one)])


def _is_vat(part: TaxSubtotal) -> bool:
    scheme = part.tax_category.tax_scheme if part.tax_category else None
    return scheme is not None and str(scheme.tax_type_code or "") == _VAT


def _added(said: Sequence[Decimal | str]) -> Decimal | None:
    try:
        return sum_of(sum(map(Decimal, said), Decimal(0))) if said else None
    except InvalidOperation:
        return None
