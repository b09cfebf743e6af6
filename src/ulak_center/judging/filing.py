"""What Merkez notes of a document: who issued it to whom, its numbers, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

from lxml import etree

from ulak.envelope import ElementType
from ulak_center.values import Filed

__all__ = ["SYSTEM_RESPONSE", "filed", "party_number", "path_of"]

SYSTEM_RESPONSE: Final = "S_APR"
"""``cbc:ResponseCode`` of a system response (Ek-2 V1.5, 3)."""
_UBL: Final = "{urn:oasis:names:specification:ubl:schema:xsd:"
_CBC: Final = f"{_UBL}CommonBasicComponents-2}}"
_CAC: Final = f"{_UBL}CommonAggregateComponents-2}}"
_OA: Final = "{http://www.openapplications.org/oagis/9}"
_HR: Final = "{http://www.hr-xml.org/3}"
_NUMBERS: Final = ("VKN", "TCKN")


class _Form(NamedTuple):
    """Where the documents of one kind say it.

    Attributes:
        type: the element that holds its type.
        sender, receiver: the parties; ``.`` ends where ``cac:Party`` is the element itself.
        about: path to the number of what it is about.
    """

    type: str
    sender: str
    receiver: str
    about: str


def _cac(*names: str) -> str:
    return "/".join(_CAC + name for name in names)


_ID: Final = f"/{_CBC}ID"
_RESPONSE: Final = _cac("DocumentResponse", "Response")
_LINE_CODE: Final = f"{_cac('DocumentResponse', 'LineResponse', 'Response')}/{_CBC}ResponseCode"
_FORMS: Final[Mapping[ElementType, _Form]] = {
    ElementType.INVOICE: _Form(
        "InvoiceTypeCode",
        _cac("AccountingSupplierParty", "Party"),
        _cac("AccountingCustomerParty", "Party"),
        _cac("BillingReference", "InvoiceDocumentReference") + _ID,
    ),
    ElementType.CREDIT_NOTE: _Form(
        "CreditNoteTypeCode",
        _cac("AccountingSupplierParty", "Party"),
        _cac("AccountingCustomerParty", "Party"),
        _cac("BillingReference", "InvoiceDocumentReference") + _ID,
    ),
    ElementType.DESPATCH_ADVICE: _Form(
        "DespatchAdviceTypeCode",
        _cac("DespatchSupplierParty", "Party"),
        _cac("DeliveryCustomerParty", "Party"),
        _cac("OrderReference") + _ID,
    ),
    # A receipt goes back: who received the goods sends it.
    ElementType.RECEIPT_ADVICE: _Form(
        "ReceiptAdviceTypeCode",
        _cac("DeliveryCustomerParty", "Party"),
        _cac("DespatchSupplierParty", "Party"),
        _cac("DespatchDocumentReference") + _ID,
    ),
    ElementType.APPLICATION_RESPONSE: _Form(
        "",
        _cac("SenderParty"),
        _cac("ReceiverParty"),
        _cac("DocumentResponse", "DocumentReference") + _ID,
    ),
}


def filed(element: ElementType, root: etree._Element, data: bytes) -> Filed:
    """What is noted of a document, empty where it says nothing; nothing is judged."""
    form = _FORMS.get(element)
    if form is None:
        return _filed_account(element, root, data)
    code = _text(root, f"{_RESPONSE}/{_CBC}ResponseCode") if not form.type else ""
    return Filed(
        element,
        _text(root, _CBC + "UUID").lower(),
        _text(root, _CBC + "ID"),
        _text(root, _CBC + "ProfileID"),
        _text(root, _CBC + form.type) if form.type else _text(root, _LINE_CODE) if code == SYSTEM_RESPONSE else "",
        _day(_text(root, _CBC + "IssueDate")),
        party_number(root, form.sender),
        party_number(root, form.receiver),
        _text(root, form.about).lower(),
        code,
        data,
    )


def path_of(element: ElementType, *, sender: bool) -> str:
    """The party of a document that sends it, or receives it, as a person reads it."""
    form = _FORMS[element]
    return (form.sender if sender else form.receiver).split("/")[0].rpartition("}")[2]


def party_number(root: etree._Element, party: str) -> str:
    """VKN or TCKN of a party; empty if it has none."""
    for identification in root.iterfind(f"{party}/{_CAC}PartyIdentification"):
        for number in identification.iterchildren(_CBC + "ID"):
            if number.get("schemeID") in _NUMBERS:
                return (number.text or "").strip()
    return ""


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
    return (root.findtext(path) or "").strip()


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text[:10])
    return None
