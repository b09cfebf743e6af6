"""Invoices of every profile: e-Fatura and e-Arşiv (UBL-Invoice-2.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, cast

from ulak.ubl.components import Invoice
from ulak.ubl.documents import read_as, write_document
from ulak.ubl.forms import Json
from ulak.ubl.forms import from_json as _from_json
from ulak.ubl.forms import to_json as _to_json

__all__ = ["from_json", "read", "to_json", "write"]

_KINDS: Final = ("invoice",)


def read(data: bytes) -> Invoice:
    """Read an invoice; raises `UlakError` like `ulak.ubl.documents.read_as`."""
    return read_as(Invoice, data)


def write(invoice: Invoice) -> bytes:
    """Write an invoice; raises `UlakError` like `ulak.ubl.documents.write_document`."""
    return write_document(invoice)


def from_json(
    data: Json,
    *,
    now: datetime | None = None,
    new_uuid: Callable[[], str] | None = None,
    number: str | None = None,
) -> Invoice:
    """Build an invoice; arguments and errors as in `ulak.ubl.forms.from_json`."""
    return cast(Invoice, _from_json(data, kinds=_KINDS, now=now, new_uuid=new_uuid, number=number))


def to_json(invoice: Invoice, *, exact: bool = False) -> bytes:
    """Show an invoice in its friendly form; see `ulak.ubl.forms.to_json`."""
    return _to_json(invoice, exact=exact)
