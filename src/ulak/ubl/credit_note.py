"""Credit notes: e-Müstahsil Makbuzu and e-Gider Pusulası (UBL-CreditNote-2.1)."""

from __future__ import annotations

from ulak.ubl.components import CreditNote
from ulak.ubl.documents import read_as, write_document

__all__ = ["read", "write"]


def read(data: bytes) -> CreditNote:
    """Read a credit note; raises `UlakError` like `ulak.ubl.documents.read_as`."""
    return read_as(CreditNote, data)


def write(credit_note: CreditNote) -> bytes:
    """Write a credit note; raises `UlakError` like `ulak.ubl.documents.write_document`."""
    return write_document(credit_note)
