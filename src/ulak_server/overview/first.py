"""The first receiver and the first invoice: as little as the law lets an invoice hold."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ulak.errors import Text
from ulak_server.books import services as books
from ulak_server.books.services import ContactForm
from ulak_server.documents import routing
from ulak_server.documents.routing import Route
from ulak_server.overview.problems import problem
from ulak_server.overview.starting import confirm, progress
from ulak_server.taxpayers import services as taxpayers

__all__ = ["LABELS", "Line", "choose_receiver", "first_invoice", "way_to"]

LABELS: Final = {
    "name": Text("Mal ya da hizmet", "Goods or service"),
    "quantity": Text("Miktar", "Quantity"),
    "price": Text("Birim fiyat", "Unit price"),
    "vat": Text("KDV oranı", "VAT rate"),
}
_NEEDED: Final = ("town", "city")


class Line(NamedTuple):
    """The one line of the first invoice."""

    name: str
    quantity: Decimal
    price: Decimal
    vat: Decimal


def way_to(number: str) -> Route:
    """Where documents to somebody go, by GİB's list; within a scope of any role.

    Raises:
        TaxpayerError: ``taxpayer.number``.
    """
    return routing.preview(taxpayers.number_of(number))


def choose_receiver(taxpayer: int, form: ContactForm, *, actor: str = "", origin: str = "") -> None:
    """Keep somebody in the books and take them for the first receiver; who is known already is brought up to date.

    Raises:
        OverviewError: ``overview.own-number``, ``overview.field``.
        BooksError: ``books.…``.
    """
    number = taxpayers.number_of(form.number)
    if number == taxpayers.of(taxpayer).number:
        raise problem("overview.own-number", where="/number")
    for name in _NEEDED:
        if not getattr(form, name).strip():
            raise problem("overview.field", where=f"/{name}", label=books.LABELS[name])
    known = books.by_number(taxpayer, [number]).get(number)
    books.save_contact(taxpayer, form._replace(number=number), known.id if known else None, actor=actor, origin=origin)
    confirm(taxpayer, "contact", about=number, actor=actor)


def first_invoice(taxpayer: int, line: Line) -> bytes:
    """The first invoice in the friendly JSON, to the chosen receiver, to be taken in; GİB's list decides its way.

    Raises:
        OverviewError: ``overview.no-receiver``, ``overview.field``.
    """
    number = progress(taxpayer).receiver
    receiver = books.by_number(taxpayer, [number]).get(number) if number else None
    if receiver is None:
        raise problem("overview.no-receiver")
    if not line.name.strip():
        raise problem("overview.field", where="/name", label=LABELS["name"])
    written: dict[str, Any] = {
        "document": "invoice",
        "supplier": taxpayers.party(taxpayers.of(taxpayer)),
        "customer": books.party_of(receiver),
        "lines": [
            {
                "name": line.name.strip(),
                "quantity": str(line.quantity),
                "price": str(line.price),
                "vat": str(line.vat),
            }
        ],
    }
    return json.dumps(written).encode()
