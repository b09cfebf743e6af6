"""Credit notes: e-Müstahsil Makbuzu and e-Gider Pusulası (UBL-CreditNote-2.1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final, cast

from ulak.ubl.components import CreditNote
from ulak.ubl.documents import read_as, write_document
from ulak.ubl.forms import Json
from ulak.ubl.forms import from_json as _from_json
from ulak.ubl.forms import to_json as _to_json

__all__ = ["from_json", "read", "to_json", "write"]

_KINDS: Final = ("producer_receipt", "expense_note", "passenger_cancellation")


def read(data: bytes) -> CreditNote:
    """Read a credit note; raises `UlakError` like `ulak.ubl.documents.read_as`."""
    return read_as(CreditNote, data)


def write(credit_note: CreditNote) -> bytes:
    """Write a credit note; raises `UlakError` like `ulak.ubl.documents.write_document`."""
    return write_document(credit_note)


def from_json(
    data: Json,
    *,
    now: datetime | None = None,
    new_uuid: Callable[[], str] | None = None,
    number: str | None = None,
) -> CreditNote:
    """Build a producer receipt or an expense note; arguments and errors as in `ulak.ubl.forms.from_json`."""
    return cast(CreditNote, _from_json(data, kinds=_KINDS, now=now, new_uuid=new_uuid, number=number))


def to_json(credit_note: CreditNote, *, exact: bool = False) -> bytes:
    """Show a producer receipt or an expense note in its friendly form; see `ulak.ubl.forms.to_json`."""
    return _to_json(credit_note, exact=exact)
