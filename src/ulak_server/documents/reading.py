"""What is handed in, read: friendly JSON or UBL-TR to the document's bytes and what its row says of it.

Nothing here asks a database. JSON is built once and never parsed again; UBL is parsed once.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Literal, NamedTuple, cast
from uuid import UUID, uuid4

from lxml import etree

from ulak.envelope.documents import bare
from ulak.envelope.problems import EnvelopeError
from ulak.spans import Edit, edited, spans_of
from ulak.ubl.documents import Document, write_document
from ulak.ubl.forms import from_json
from ulak.ubl.reader import line_of
from ulak.ubl.values import Component, Identifier
from ulak.xml import parse
from ulak_server import clock
from ulak_server.documents.kinds import KINDS, Kind, kind_of_root
from ulak_server.documents.models import Form
from ulak_server.documents.problems import problem

__all__ = ["LARGEST", "SENT", "Format", "Reading", "format_of", "numbered", "read"]

Format = Literal["json", "ubl"]
SENT: Final = ("invoice", "despatch_advice")
"""Kinds that are handed in as documents; answers are written by Ulak."""
LARGEST: Final = 20 * 1024 * 1024
"""Bytes of a document."""

_PLACEHOLDER: Final = re.compile(r"([A-Z0-9]{3})20[0-9]{2}0{9}")
_UNNUMBERED: Final = secrets.token_hex(8)
"""Stands for a number until it is known which series gives it; nobody outside of this process can write it."""
_JSON_BEGINS: Final = b'{["-0123456789tfn'
_NAME: Final = re.compile(rb"<([^\s/>]+)")
_FIRST_DAY: Final = date(2005, 1, 1)
_LONGEST_NAME: Final = 40
_LONGEST_TITLE: Final = 200
_LARGEST_SUM: Final = Decimal(10) ** 17

_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_EXT: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2}"
_SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_UTF8: Final = frozenset({None, "UTF-8", "utf-8", "US-ASCII", "ASCII"})


class Reading(NamedTuple):
    """A document that was read.

    Attributes:
        number: its author's own; empty if a series is to number it.
        prefix: of the series that its author asks for by a number of nine zeros (``ABC2026000000000``).
        place: where in the body the number stands, in bytes.
        issuer, partner: VKN or TCKN of who issues it and of who is to have it; empty if it does not say.
        component: what was built, if it came as JSON.
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


def format_of(data: bytes) -> Format:
    """Whether bytes are meant as JSON or as XML, by the first of them that says something.

    >>> format_of(b' {"lines": []}'), format_of(b"<Invoice/>")
    ('json', 'ubl')
    """
    first = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return "json" if first and first in _JSON_BEGINS else "ubl"


def read(
    data: bytes, format: Format | None = None, *, kinds: Sequence[str] = SENT, ettn: UUID | None = None
) -> Reading:
    """Read one document.

    Args:
        format: None: as `format_of` sees it.
        kinds: of `ulak_server.documents.kinds` that are taken.
        ettn: of a JSON document that states none; None: a new one.

    Raises:
        JsonError, TotalsError: of `ulak.ubl.forms.from_json`, with the caller's own field.
        XmlError: of `ulak.xml.parse`.
        IntakeError: ``intake.empty``, ``intake.too-large``, ``intake.kind``, ``intake.answer``, ``intake.ettn…``,
            ``intake.date``, ``intake.number-missing``, ``intake.split``, ``intake.sealed-…``.
    """
    if not data or data.isspace():
        raise problem("intake.empty")
    if len(data) > LARGEST:
        raise problem("intake.too-large", limit=LARGEST)
    if (format or format_of(data)) == "json":
        return _read_json(data, kinds, ettn)
    return _read_ubl(data, kinds)


def numbered(reading: Reading, number: str) -> bytes:
    """The body with a number in its place."""
    start, end = reading.place
    return reading.body[:start] + number.encode() + reading.body[end:]


# -- JSON --------------------------------------------------------------------------------------------------------------


def _read_json(data: bytes, kinds: Sequence[str], ettn: UUID | None) -> Reading:
    now = clock.now().astimezone(clock.ISTANBUL)
    data = data.removeprefix(b"\xef\xbb\xbf")
    component: Any = from_json(data, kinds=_KNOWN, now=now, new_uuid=lambda: str(ettn or uuid4()), number=_UNNUMBERED)
    kind = _allowed(type(component).__name__, kinds)
    body = write_document(cast(Document, component))
    stated = str(component.id)
    number, prefix = _number(kind, "" if stated == _UNNUMBERED else stated, str(component.uuid))
    start = body.find(_UNNUMBERED.encode()) if stated == _UNNUMBERED else -1
    issuer, partner = _built_parties(kind, component)
    reading = Reading(
        kind,
        Form.UBL,
        body,
        _ettn(component.uuid, "/uuid"),
        number,
        prefix,
        (start, start + len(_UNNUMBERED)) if start >= 0 or number else _open_place(body, kind)[1],
        _date(component.issue_date, "/date"),
        str(component.profile_id or "")[:_LONGEST_NAME],
        str(getattr(component, f"{kind.name}_type_code", None) or "")[:_LONGEST_NAME],
        _built_number(issuer),
        _built_number(partner),
        _built_title(partner),
        *_built_sum(component),
        component=component,
    )
    return reading if number == stated or not number else reading._replace(body=numbered(reading, number))


_KNOWN: Final = tuple(KINDS)


def _built_parties(kind: Kind, component: Any) -> tuple[Any, Any]:
    if kind.name == "application_response":
        return component.sender_party, component.receiver_party
    issuer, partner = _PARTIES[kind.name]
    found = (getattr(component, issuer), getattr(component, partner))
    return found[0] and found[0].party, found[1] and found[1].party


_PARTIES: Final = {
    "invoice": ("accounting_supplier_party", "accounting_customer_party"),
    "despatch_advice": ("despatch_supplier_party", "delivery_customer_party"),
    "receipt_advice": ("delivery_customer_party", "despatch_supplier_party"),
}


def _built_number(party: Any) -> str:
    for one in party.party_identification if party else ():
        if isinstance(one.id, Identifier) and one.id.scheme_id in _SCHEMES:
            return one.id.value[:11]
    return ""


def _built_title(party: Any) -> str:
    if party and party.party_name and party.party_name.name is not None:
        return str(party.party_name.name)[:_LONGEST_TITLE]
    person = party and party.person
    return f"{person.first_name or ''} {person.family_name or ''}".strip()[:_LONGEST_TITLE] if person else ""


def _built_sum(component: Any) -> tuple[str, Decimal | None]:
    total = getattr(component, "legal_monetary_total", None)
    amount = total.payable_amount if total else None
    currency = str(getattr(component, "document_currency_code", None) or "")[:3]
    return currency, _sum(amount.value) if amount else None


# -- UBL ---------------------------------------------------------------------------------------------------------------


def _read_ubl(data: bytes, kinds: Sequence[str]) -> Reading:
    root = parse(data)
    kind = _kind_of(root, kinds)
    found = _first_of(root)
    sealed = found.get(f"{_EXT}UBLExtensions")
    form = Form.SEALED if sealed is not None and next(sealed.iter(_SIGNATURE), None) is not None else Form.UBL
    body = _whole(data) if form is Form.SEALED else _plain(data, root)
    ettn = _text(found, "UUID")
    if not ettn:
        raise problem("intake.ettn-missing", where=f"/{kind.root}")
    if f"{_CBC}ID" not in found:
        raise problem("intake.number-missing", where=f"/{kind.root}")
    number, prefix = _number(kind, _text(found, "ID"), ettn)
    if form is Form.SEALED and not number:
        raise problem("intake.sealed-number", where=f"/{kind.root}/cbc:ID")
    issuer, partner = _found_parties(kind, found)
    body, place = (body, (0, 0)) if number else _open_place(body, kind)
    return Reading(
        kind,
        form,
        body,
        _ettn(ettn, f"/{kind.root}/cbc:UUID"),
        number,
        prefix,
        place,
        _date(_text(found, "IssueDate"), f"/{kind.root}/cbc:IssueDate"),
        _text(found, "ProfileID")[:_LONGEST_NAME],
        _text(found, f"{kind.root}TypeCode")[:_LONGEST_NAME],
        _found_number(issuer),
        _found_number(partner),
        _found_title(partner),
        _text(found, "DocumentCurrencyCode")[:3],
        _found_sum(found),
    )


def _kind_of(root: etree._Element, kinds: Sequence[str]) -> Kind:
    name = etree.QName(root)
    if name.namespace != f"urn:oasis:names:specification:ubl:schema:xsd:{name.localname}-2":
        raise problem("intake.kind", kind=root.tag, where=f"/{name.localname}")
    return _allowed(name.localname, kinds)


def _first_of(root: etree._Element) -> dict[Any, etree._Element]:
    """The first child of each name, up to the lines."""
    found: dict[Any, etree._Element] = {}
    for child in root.iterchildren():
        tag = child.tag
        if tag not in found:
            if isinstance(tag, str) and tag.endswith("Line"):
                break
            found[tag] = child
    return found


def _text(found: dict[Any, etree._Element], name: str) -> str:
    element = found.get(f"{_CBC}{name}")
    return _whole_text(element)


def _whole_text(element: etree._Element | None) -> str:
    """The text of a leaf; refuses one in pieces, of which programs differ in what they read."""
    if element is None:
        return ""
    if len(element):
        name = etree.QName(element).localname
        raise problem("intake.split", where=name, line=line_of(element), name=name)
    return (element.text or "").strip()


def _found_parties(kind: Kind, found: dict[Any, etree._Element]) -> tuple[etree._Element | None, etree._Element | None]:
    if kind.name == "application_response":
        return found.get(f"{_CAC}SenderParty"), found.get(f"{_CAC}ReceiverParty")
    issuer, partner = (found.get(f"{_CAC}{name}") for name in _UBL_PARTIES[kind.name])
    return _party(issuer), _party(partner)


_UBL_PARTIES: Final = {
    "invoice": ("AccountingSupplierParty", "AccountingCustomerParty"),
    "despatch_advice": ("DespatchSupplierParty", "DeliveryCustomerParty"),
    "receipt_advice": ("DeliveryCustomerParty", "DespatchSupplierParty"),
}
_SCHEMES: Final = frozenset({"VKN", "TCKN"})


def _party(holder: etree._Element | None) -> etree._Element | None:
    return None if holder is None else holder.find(f"{_CAC}Party")


def _found_number(party: etree._Element | None) -> str:
    if party is not None:
        for one in party.iterchildren(f"{_CAC}PartyIdentification"):
            stated = one.find(f"{_CBC}ID")
            if stated is not None and stated.get("schemeID") in _SCHEMES:
                return _whole_text(stated)[:11]
    return ""


def _found_title(party: etree._Element | None) -> str:
    if party is None:
        return ""
    name = _whole_text(party.find(f"{_CAC}PartyName/{_CBC}Name"))
    person = [_whole_text(party.find(f"{_CAC}Person/{_CBC}{part}")) for part in ("FirstName", "FamilyName")]
    return (name or " ".join(part for part in person if part))[:_LONGEST_TITLE]


def _found_sum(found: dict[Any, etree._Element]) -> Decimal | None:
    total = found.get(f"{_CAC}LegalMonetaryTotal")
    amount = None if total is None else total.find(f"{_CBC}PayableAmount")
    try:
        return _sum(Decimal(_whole_text(amount) or "NaN"))
    except InvalidOperation:
        return None


def _plain(data: bytes, root: etree._Element) -> bytes:
    """The document in UTF-8, with nothing outside its root: what ERPs put there (``xml-stylesheet``) cannot travel."""
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    alone = not any(isinstance(one, etree._ProcessingInstruction) for one in outside)
    if alone and root.getroottree().docinfo.encoding in _UTF8 and b"\0" not in data[:4]:
        return data.removeprefix(b"\xef\xbb\xbf")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8", with_tail=False)


def _whole(data: bytes) -> bytes:
    """Sealed bytes as they are, once it is sure that an envelope can hold them."""
    try:
        bare(data, parse=False)
    except EnvelopeError as fault:
        raise problem("intake.sealed-not-alone", detail=fault.text) from None
    return data


# -- both --------------------------------------------------------------------------------------------------------------


def _allowed(root: str, kinds: Sequence[str]) -> Kind:
    kind = kind_of_root(root)
    if kind is None:
        raise problem("intake.kind", kind=root, where="/document")
    if kind.name not in kinds:
        raise problem("intake.kind" if kind.name in SENT else "intake.answer", kind=kind.name, where="/document")
    return kind


def _number(kind: Kind, stated: str, ettn: str) -> tuple[str, str]:
    """The author's own number and the prefix asked for; one of them is empty."""
    if not kind.is_numbered:
        return stated or ettn, ""
    asked = _PLACEHOLDER.fullmatch(stated)
    return ("", asked[1]) if asked else (stated, "")


def _open_place(body: bytes, kind: Kind) -> tuple[bytes, tuple[int, int]]:
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


def _ettn(text: object, where: str) -> UUID:
    value = str(text)
    try:
        if len(value) == 36 and value.count("-") == 4:
            return UUID(value)
    except ValueError:
        pass
    raise problem("intake.ettn", where=where, value=value)


def _date(text: object, where: str) -> date:
    value = str(text or "")
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        day = date.min
    if day < _FIRST_DAY:
        raise problem("intake.date", where=where, value=value)
    return day


def _sum(value: Decimal) -> Decimal | None:
    if not value.is_finite() or abs(value) >= _LARGEST_SUM:
        return None
    return value.quantize(Decimal("0.01"))
