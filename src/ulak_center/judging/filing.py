"""What Merkez notes of a document: who issued it to whom, its numbers, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

from lxml import etree

from ulak.envelope import ElementType
from ulak_center.values import Filed

__all__ = ["SYSTEM_RESPONSE", "Noted", "noted", "path_of"]

SYSTEM_RESPONSE: Final = "S_APR"
"""``cbc:ResponseCode`` of a system response (Ek-2 V1.5, 3)."""
_UBL: Final = "{urn:oasis:names:specification:ubl:schema:xsd:"
_CBC: Final = f"{_UBL}CommonBasicComponents-2}}"
_CAC: Final = f"{_UBL}CommonAggregateComponents-2}}"
_OA: Final = "{http://www.openapplications.org/oagis/9}"
_HR: Final = "{http://www.hr-xml.org/3}"
_VERSION: Final = _CBC + "UBLVersionID"
_EXTENSIONS: Final = f"{_UBL}CommonExtensionComponents-2}}UBLExtensions"
_COMMON: Final = (_VERSION, _EXTENSIONS, *(_CBC + name for name in ("UUID", "ID", "ProfileID", "IssueDate")))
_PARTY: Final = _CAC + "Party"
_IDENTIFICATION: Final = _CAC + "PartyIdentification"
_NUMBER: Final = _CBC + "ID"
_NUMBERS: Final = ("VKN", "TCKN")


class _Form(NamedTuple):
    """Where the documents of one kind say it.

    Attributes:
        type: the element that holds its type.
        sender, receiver: the parties.
        about: the way to the number of what it is about; empty if it is about nothing but itself.
        is_role: whether the parties are roles with ``cac:Party`` inside.
        looked_at: the children of the root that are needed.
    """

    type: str
    sender: str
    receiver: str
    about: tuple[str, ...]
    is_role: bool
    looked_at: tuple[str, ...]


def _form(type: str, sender: str, receiver: str, *about: str) -> _Form:
    way = (*(_CAC + name for name in about), _CBC + "ID") if about else ()
    made = _Form(_CBC + type if type else "", _CAC + sender, _CAC + receiver, way, bool(type), ())
    return made._replace(looked_at=(*_COMMON, *filter(None, made[:3]), *way[:1]))


_SALE: Final = ("AccountingSupplierParty", "AccountingCustomerParty")
_RESPONSE: Final = f"{_CAC}DocumentResponse/{_CAC}"
_CODE: Final = f"{_RESPONSE}Response/{_CBC}ResponseCode"
_LINE_CODE: Final = f"{_RESPONSE}LineResponse/{_CAC}Response/{_CBC}ResponseCode"
_FORMS: Final[Mapping[ElementType, _Form]] = {
    ElementType.INVOICE: _form("InvoiceTypeCode", *_SALE),
    ElementType.CREDIT_NOTE: _form("CreditNoteTypeCode", *_SALE, "BillingReference", "InvoiceDocumentReference"),
    ElementType.DESPATCH_ADVICE: _form("DespatchAdviceTypeCode", "DespatchSupplierParty", "DeliveryCustomerParty"),
    # A receipt goes back: who received the goods sends it.
    ElementType.RECEIPT_ADVICE: _form(
        "ReceiptAdviceTypeCode", "DeliveryCustomerParty", "DespatchSupplierParty", "DespatchDocumentReference"
    ),
    ElementType.APPLICATION_RESPONSE: _form(
        "", "SenderParty", "ReceiverParty", "DocumentResponse", "DocumentReference"
    ),
}


class Noted(NamedTuple):
    """What is kept of a document while its envelope is judged.

    Attributes:
        version: ``cbc:UBLVersionID``.
        is_odd: another document stands in it.
        senders, receivers: every VKN and TCKN of the parties as it stands there, more than one only where a document
            contradicts itself.
    """

    filed: Filed
    version: str = ""
    is_odd: bool = False
    senders: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()


def noted(element: ElementType, root: etree._Element, data: bytes) -> Noted:
    """What is noted of a document, empty where it says nothing; nothing is judged."""
    form = _FORMS.get(element)
    if form is None:
        return Noted(_filed_account(element, root, data))
    children: dict[object, etree._Element] = {}
    for child in root.iterchildren(*form.looked_at):
        children.setdefault(child.tag, child)
    senders = _numbers(children.get(form.sender), form.is_role)
    receivers = _numbers(children.get(form.receiver), form.is_role)
    code = "" if form.is_role else _text(root, _CODE)
    kind = _said(children, form.type) if form.is_role else _text(root, _LINE_CODE) if code == SYSTEM_RESPONSE else ""
    filed = Filed(
        element,
        _said(children, _CBC + "UUID").lower(),
        _said(children, _CBC + "ID"),
        _said(children, _CBC + "ProfileID"),
        kind,
        _day(_said(children, _CBC + "IssueDate")),
        senders[0].strip() if senders else "",
        receivers[0].strip() if receivers else "",
        _below(children, form.about).lower(),
        code,
        data,
    )
    return Noted(filed, _said(children, _VERSION), _hides_another(children.get(_EXTENSIONS)), senders, receivers)


def _hides_another(extensions: etree._Element | None) -> bool:
    """Whether another document stands in the extensions, the one place where the schema lets one stand."""
    return extensions is not None and next(extensions.iter(_VERSION), None) is not None


def _said(children: Mapping[object, etree._Element], name: str) -> str:
    child = children.get(name)
    return _value(child) if child is not None else ""


def _below(children: Mapping[object, etree._Element], path: tuple[str, ...]) -> str:
    child = children.get(path[0]) if path else None
    return _text(child, "/".join(path[1:])) if child is not None else ""


def _numbers(party: etree._Element | None, is_role: bool) -> tuple[str, ...]:
    """Every VKN and TCKN of a party; of a role it is the party inside."""
    inner = next(party.iterchildren(_PARTY), None) if party is not None and is_role else party
    found: list[str] = []
    for identification in inner.iterchildren(_IDENTIFICATION) if inner is not None else ():
        for number in identification.iterchildren(_NUMBER):
            if number.get("schemeID") in _NUMBERS:
                found.append(_content(number))
    return tuple(found)


def path_of(element: ElementType, *, sender: bool) -> str:
    """The party of a document that sends it, or receives it, as a person reads it."""
    form = _FORMS[element]
    return (form.sender if sender else form.receiver).rpartition("}")[2]


def _filed_account(element: ElementType, root: etree._Element, data: bytes) -> Filed:
    account = f"{_HR}DataArea/{_HR}UserAccount/{_HR}"
    customer = _text(root, account + "UserID")
    return Filed(
        element,
        "",
        customer,
        "",
        _text(root, f"{account}AccountConfiguration/{_HR}UserOptionCode"),
        _day(_text(root, f"{_OA}ApplicationArea/{_OA}CreationDateTime")[:10]),
        _text(root, f"{_OA}ApplicationArea/{_OA}Sender/{_OA}LogicalID"),
        customer,
        "",
        "",
        data,
    )


def _text(root: etree._Element, path: str) -> str:
    found = root.find(path)
    return _value(found) if found is not None else ""


def _value(element: etree._Element) -> str:
    return _content(element).strip()


def _content(element: etree._Element) -> str:
    """The text of an element, also where a comment splits it."""
    return str(element.xpath("string()")) if len(element) else element.text or ""


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text[:10])
    return None
