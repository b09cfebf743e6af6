"""Documents that others sent: what their rows say of them, and filing them for their receiver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection
from lxml import etree

from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.documents.inserting import insert
from ulak_server.documents.models import Direction, Form
from ulak_server.documents.parties import Who, ids_of
from ulak_server.documents.readings import vat_of

__all__ = ["CREDIT_NOTE", "Arrival", "Summary", "file", "known", "summary_of"]

CREDIT_NOTE: Final = "credit_note"
"""Notices of customs about travellers' invoices (Gümrük İşlemleri Kılavuzu V1.8, 4.2.3); they only come in."""
_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_SALE: Final = ("AccountingSupplierParty", "AccountingCustomerParty")
_LONG: Final = 200
_CODE_LENGTH: Final = 40
_LARGEST_SUM: Final = 9 * Decimal(10) ** 16


class _Form(NamedTuple):
    """Where documents of one root say it: the two parties, and the way to the ETTN of what they are about."""

    kind: str
    sender: str
    receiver: str
    about: str = ""


_ANSWERED: Final = f"{_CAC}DocumentResponse/{_CAC}DocumentReference/{_CBC}ID"
_CODE: Final = f"{_CAC}DocumentResponse/{_CAC}Response/{_CBC}ResponseCode"
_FORMS: Final = {
    "Invoice": _Form("invoice", *_SALE),
    "CreditNote": _Form(CREDIT_NOTE, *_SALE, f"{_CAC}BillingReference/{_CAC}InvoiceDocumentReference/{_CBC}ID"),
    "DespatchAdvice": _Form("despatch_advice", "DespatchSupplierParty", "DeliveryCustomerParty"),
    # Who received the goods sends the receipt.
    "ReceiptAdvice": _Form(
        "receipt_advice",
        "DeliveryCustomerParty",
        "DespatchSupplierParty",
        f"{_CAC}DespatchDocumentReference/{_CBC}ID",
    ),
    "ApplicationResponse": _Form("application_response", "SenderParty", "ReceiverParty", _ANSWERED),
}


class Summary(NamedTuple):
    """What a document says of itself; empty where it says nothing.

    Attributes:
        kind: of `ulak_server.documents.kinds`, or `CREDIT_NOTE`.
        ettn: None if it is no UUID.
        sender, receiver: VKN or TCKN.
        about: ETTN of the document that it answers.
        code: KABUL, RED … of an application response.
    """

    kind: str
    ettn: UUID | None
    stated_ettn: str
    number: str
    profile: str
    type_code: str
    issue_date: date | None
    sender: str
    title: str
    receiver: str
    currency: str
    payable: Decimal | None
    about: UUID | None
    code: str
    vat: Decimal | None = None


class Arrival(NamedTuple):
    """A document to be filed.

    Attributes:
        taxpayer: its receiver's id.
        data: its bytes as they came, sealed.
        sender_alias, alias: from which it came and to which.
        about: id of the document that it answers.
        envelope: in which it came.
        received_at: when GİB brought it.
    """

    taxpayer: int
    summary: Summary
    data: bytes
    sender_alias: str
    alias: str
    envelope: UUID
    received_at: datetime
    about: int | None = None


def summary_of(root: etree._Element) -> Summary | None:
    """What a document says of itself; None for a root that is no document of the exchange."""
    name = etree.QName(root).localname
    form = _FORMS.get(name)
    if form is None:
        return None
    is_role = form.kind != "application_response"
    sender, receiver = (_party(root, holder, is_role=is_role) for holder in (form.sender, form.receiver))
    stated = _text(root, f"{_CBC}UUID")
    return Summary(
        form.kind,
        _uuid(stated),
        stated[:_LONG],
        _text(root, f"{_CBC}ID")[:_LONG],
        _text(root, f"{_CBC}ProfileID")[:_CODE_LENGTH],
        _text(root, f"{_CBC}{name}TypeCode")[:_CODE_LENGTH],
        _date(_text(root, f"{_CBC}IssueDate")),
        _number(sender),
        _title(sender),
        _number(receiver),
        _text(root, f"{_CBC}DocumentCurrencyCode")[:3],
        _sum(_text(root, f"{_CAC}LegalMonetaryTotal/{_CBC}PayableAmount")),
        _uuid(_text(root, form.about)) if form.about else None,
        _text(root, _CODE)[:_LONG] if not is_role else "",
        vat_of(root),
    )


def known(taxpayer: int, ettns: Iterable[UUID]) -> set[UUID]:
    """Which of these ETTNs the taxpayer has received before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ettn FROM documents_document WHERE taxpayer_id = %s AND direction = %s AND ettn = ANY (%s)",
            [taxpayer, Direction.IN, list(ettns)],
        )
        return {ettn for (ettn,) in cursor.fetchall()}


_COLUMNS: Final = {
    "taxpayer_id": "int",
    "month": "date",
    "direction": "smallint",
    "kind": "text",
    "profile": "text",
    "type_code": "text",
    "ettn": "uuid",
    "number": "text",
    "issue_date": "date",
    "partner": "text",
    "alias": "text",
    "sender_alias": "text",
    "priority": "bool",
    "form": "smallint",
    "stage": "text",
    "envelope": "uuid",
    "about_id": "bigint",
    "accepted_at": "timestamptz",
    "delivered_at": "timestamptz",
    "party_title": "text",
    "currency": "text",
    "payable": "numeric",
    "vat": "numeric",
    "party_id": "int",
}


def file(arrivals: Sequence[Arrival]) -> list[int]:
    """File documents for their receivers, within the caller's scope and transaction: rows and bodies.

    Returns:
        their ids, in order.
    """
    if not arrivals:
        return []
    now = clock.now()
    month = now.astimezone(clock.ISTANBUL).date().replace(day=1)
    parties = ids_of([Who(one.taxpayer, one.summary.sender, one.summary.title) for one in arrivals])
    rows = [_row(one, party, month, now) for one, party in zip(arrivals, parties, strict=True)]
    ids = insert(_COLUMNS, rows)
    refs = [archive.Ref(one.taxpayer, month, id) for one, id in zip(arrivals, ids, strict=True)]
    bodies = [archive.Body(ref, one.data, f"{one.summary.kind}.in") for ref, one in zip(refs, arrivals, strict=True)]
    archive.keep(bodies)
    return ids


def _row(one: Arrival, party: int, month: date, now: datetime) -> list[Any]:
    said = one.summary
    return [
        one.taxpayer,
        month,
        Direction.IN,
        said.kind,
        said.profile,
        said.type_code,
        said.ettn,
        said.number or None,
        said.issue_date,
        said.sender,
        one.alias,
        one.sender_alias,
        False,
        Form.SEALED,
        "filed",
        one.envelope,
        one.about,
        now,
        one.received_at,
        said.title,
        said.currency,
        said.payable,
        said.vat,
        party,
    ]


# -- reading -----------------------------------------------------------------------------------------------------------


def _text(root: etree._Element, path: str) -> str:
    found = root.find(path)
    return "" if found is None else str(found.xpath("string()")).strip()


def _party(root: etree._Element, holder: str, *, is_role: bool) -> etree._Element | None:
    found = root.find(f"{_CAC}{holder}")
    return found.find(f"{_CAC}Party") if found is not None and is_role else found


def _number(party: etree._Element | None) -> str:
    for stated in () if party is None else party.iterfind(f"{_CAC}PartyIdentification/{_CBC}ID"):
        if stated.get("schemeID") in ("VKN", "TCKN"):
            return str(stated.xpath("string()")).strip()[:_LONG]
    return ""


def _title(party: etree._Element | None) -> str:
    if party is None:
        return ""
    person = (_text(party, f"{_CAC}Person/{_CBC}{part}") for part in ("FirstName", "FamilyName"))
    return (_text(party, f"{_CAC}PartyName/{_CBC}Name") or " ".join(filter(None, person)))[:_LONG]


def _uuid(text: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(text) if len(text) == 36 else None
    return None


def _date(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text[:10])
    return None


def _sum(text: str) -> Decimal | None:
    with suppress(InvalidOperation):
        found = Decimal(text)
        if found.is_finite() and abs(found) < _LARGEST_SUM:
            return found.quantize(Decimal("0.01"))
    return None
