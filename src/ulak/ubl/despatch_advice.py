"""Despatch advices: e-İrsaliye (UBL-DespatchAdvice-2.1)."""

from __future__ import annotations

from ulak.ubl.components import DespatchAdvice
from ulak.ubl.documents import read_as, write_document

__all__ = ["read", "write"]


def read(data: bytes) -> DespatchAdvice:
    """Read a despatch advice; raises `UlakError` like `ulak.ubl.documents.read_as`."""
    return read_as(DespatchAdvice, data)


def write(despatch_advice: DespatchAdvice) -> bytes:
    """Write a despatch advice; raises `UlakError` like `ulak.ubl.documents.write_document`."""
    return write_document(despatch_advice)
