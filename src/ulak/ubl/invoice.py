"""Invoices of every profile: e-Fatura and e-Arşiv (UBL-Invoice-2.1)."""

from __future__ import annotations

from ulak.ubl.components import Invoice
from ulak.ubl.documents import read_as, write_document

__all__ = ["read", "write"]


def read(data: bytes) -> Invoice:
    """Read an invoice; raises `UlakError` like `ulak.ubl.documents.read_as`."""
    return read_as(Invoice, data)


def write(invoice: Invoice) -> bytes:
    """Write an invoice; raises `UlakError` like `ulak.ubl.documents.write_document`."""
    return write_document(invoice)
