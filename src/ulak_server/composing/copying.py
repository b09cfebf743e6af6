"""New documents from older ones: repeated, corrected, an invoice's goods despatched, a despatch invoiced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ulak_server.archive import services as archive
from ulak_server.composing.editors import EDITORS
from ulak_server.composing.problems import problem
from ulak_server.composing.state import State, of_item
from ulak_server.documents import drafts
from ulak_server.documents.intake import Options
from ulak_server.documents.items import Item
from ulak_server.documents.models import Direction, Document, Form
from ulak_server.taxpayers import services as taxpayers

__all__ = ["corrected", "customer_of", "despatch_of", "invoice_of", "repeated", "source"]

_OF_ITS_DAY: Final = frozenset(
    {
        "number", "uuid", "date", "time", "ubl", "documents", "returns", "despatches", "receipts", "exchange_rate",
        "exchange_date", "period", "despatch_date", "despatch_time", "esu_report", "paper", "original", "confirmation",
        "delivery_date", "internet_sale", "register_slips", "courier", "courier_permit",
    }
)  # fmt: skip
"""Members that belong to one document and not to the next."""
_OF_ITS_SALE: Final = ("paid_on", "shipped_on")
_OF_ITS_LINE: Final = frozenset({"id", "ubl", "order_line", "serial", "trace_id"})
_GOODS: Final = frozenset(
    {
        "name",
        "description",
        "code",
        "buyer_code",
        "manufacturer_code",
        "brand",
        "model",
        "origin",
        "ids",
        "quantity",
        "unit",
        "note",
    }
)
_INVOICES: Final = ("invoice", "earchive_invoice")
_KINDS: Final = frozenset({*EDITORS, *_INVOICES})


def source(taxpayer: int, document: int, *kinds: str) -> tuple[Document, State]:
    """An own document that another is made from; within a scope.

    Raises:
        ComposeError: ``compose.not-copied``.
    """
    row = Document.objects.filter(taxpayer_id=taxpayer, id=document, direction=Direction.OUT).first()
    if row is None or row.kind not in (kinds or _KINDS):
        raise problem("compose.not-copied")
    if row.form == Form.JSON:
        item = drafts.content(taxpayer, document)
    else:
        ref = archive.Ref(taxpayer, row.month, row.id)
        body = archive.read([ref]).get(ref)
        if body is None:
            raise problem("compose.not-copied")
        item = Item(body, "ubl", Options())
    return row, of_item(item._replace(options=Options()))


def customer_of(taxpayer: int, document: int) -> Mapping[str, Any]:
    """The customer of an own document, as the friendly JSON has them; within a scope.

    Raises:
        ComposeError: ``compose.not-copied``.
    """
    _, state = source(taxpayer, document)
    found = state.members.get("customer")
    return found if isinstance(found, Mapping) else {}


def repeated(taxpayer: int, document: int) -> State:
    """The same once more, without what belonged to its day."""
    _, state = source(taxpayer, document)
    members = {name: value for name, value in state.members.items() if name not in _OF_ITS_DAY}
    members["supplier"] = taxpayers.party(taxpayers.of(taxpayer))
    members["lines"] = [_line(row) for row in state.lines] or [{}]
    sale = state.members.get("internet_sale")
    if isinstance(sale, Mapping):
        members["internet_sale"] = {name: value for name, value in sale.items() if name not in _OF_ITS_SALE}
    return State(state.kind, members, {})


def corrected(taxpayer: int, document: int) -> State:
    """A document that was found faulty, or came back, to be corrected: as it is, but for what Ulak put into it."""
    _, state = source(taxpayer, document)
    members = {name: value for name, value in state.members.items() if name not in ("number", "uuid", "ubl")}
    own = [one for one in members.pop("documents", ()) if isinstance(one, dict) and one.get("type") not in _PUT_IN]
    if own:
        members["documents"] = own
    members["lines"] = [{**row} for row in state.lines if isinstance(row, dict)] or [{}]
    return State(state.kind, members, {})


_PUT_IN: Final = ("XSLT", "KAREKOD")
"""References that are put into documents as they are sealed (`ulak.render.embedding`)."""


def despatch_of(taxpayer: int, document: int) -> State:
    """The despatch advice of an invoice's goods, to its customer's address."""
    _, state = source(taxpayer, document, *_INVOICES)
    customer = state.members.get("customer") or {}
    members: dict[str, Any] = {
        "document": "despatch_advice",
        "supplier": taxpayers.party(taxpayers.of(taxpayer)),
        "customer": customer,
        "lines": [_goods(one) for one in state.lines] or [{}],
    }
    if isinstance(customer, Mapping) and customer.get("address"):
        members["delivery_address"] = customer["address"]
    if state.members.get("order"):
        members["orders"] = [state.members["order"]]
    return State("despatch_advice", members, {})


def invoice_of(taxpayer: int, document: int) -> State:
    """The invoice of a despatch advice's goods; prices are to be filled in where it had none."""
    row, state = source(taxpayer, document, "despatch_advice")
    members: dict[str, Any] = {
        "document": "invoice",
        "supplier": taxpayers.party(taxpayers.of(taxpayer)),
        "customer": state.members.get("customer") or {},
        "lines": [_goods(one, "price") for one in state.lines] or [{}],
    }
    if row.number and row.issue_date:
        members["despatches"] = [{"number": row.number, "date": row.issue_date.isoformat()}]
    if state.members.get("orders"):
        members["order"] = state.members["orders"][0]
    return State("invoice", members, {})


def _line(row: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _OF_ITS_LINE} if isinstance(row, dict) else {}


def _goods(row: Any, *more: str) -> dict[str, Any]:
    return (
        {name: value for name, value in row.items() if name in _GOODS or name in more} if isinstance(row, dict) else {}
    )
