"""Receipt advices: the answer to an e-İrsaliye (UBL-ReceiptAdvice-2.1)."""

from __future__ import annotations

from ulak.ubl.components import ReceiptAdvice
from ulak.ubl.documents import read_as, write_document

__all__ = ["read", "write"]


def read(data: bytes) -> ReceiptAdvice:
    """Read a receipt advice; raises `UlakError` like `ulak.ubl.documents.read_as`."""
    return read_as(ReceiptAdvice, data)


def write(receipt_advice: ReceiptAdvice) -> bytes:
    """Write a receipt advice; raises `UlakError` like `ulak.ubl.documents.write_document`."""
    return write_document(receipt_advice)
