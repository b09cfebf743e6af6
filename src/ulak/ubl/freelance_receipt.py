"""Freelance receipts: the e-Serbest Meslek Makbuzu in both forms it is met in.

The UBL form is an `Invoice` of profile EARSIVBELGE and type SERBESTMESLEKMAKBUZU, the native form a `NativeReceipt`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, cast

from ulak.errors import Text, UlakError
from ulak.ubl.components import Invoice
from ulak.ubl.documents import read_document, write_document
from ulak.ubl.forms import Json
from ulak.ubl.forms import from_json as _from_json
from ulak.ubl.forms import to_json as _to_json
from ulak.ubl.native_receipt import NativeReceipt

__all__ = ["TYPE_CODE", "FreelanceReceipt", "from_json", "read", "to_json", "write"]

_KINDS: Final = ("freelance_receipt",)

FreelanceReceipt = Invoice | NativeReceipt
TYPE_CODE: Final = "SERBESTMESLEKMAKBUZU"


def read(data: bytes) -> FreelanceReceipt:
    """Read a freelance receipt of either form.

    Raises:
        UlakError: like `ulak.ubl.documents.read_document`, and ``ubl.kind`` for a document that is something else.
    """
    document = read_document(data)
    if isinstance(document, NativeReceipt):
        return document
    if isinstance(document, Invoice) and str(document.invoice_type_code) == TYPE_CODE:
        return document
    raise UlakError(
        "ubl.kind",
        Text("Bu belge bir serbest meslek makbuzu değil.", "This document is not a freelance receipt."),
        Text("Belgeyi kendi türüyle açın.", "Open the document as what it is."),
    )


def write(receipt: FreelanceReceipt) -> bytes:
    """Write a freelance receipt in the form it has; raises like `ulak.ubl.documents.write_document`."""
    return write_document(receipt)


def from_json(
    data: Json,
    *,
    now: datetime | None = None,
    new_uuid: Callable[[], str] | None = None,
    number: str | None = None,
) -> Invoice:
    """Build a freelance receipt; arguments and errors as in `ulak.ubl.forms.from_json`."""
    return cast(Invoice, _from_json(data, kinds=_KINDS, now=now, new_uuid=new_uuid, number=number))


def to_json(receipt: Invoice, *, exact: bool = False) -> bytes:
    """Show a freelance receipt in its friendly form; see `ulak.ubl.forms.to_json`."""
    return _to_json(receipt, exact=exact)
