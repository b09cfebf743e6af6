"""Application responses: answers to an invoice and system responses (UBL-ApplicationResponse-2.1)."""

from __future__ import annotations

from ulak.ubl.components import ApplicationResponse
from ulak.ubl.documents import read_as, write_document

__all__ = ["read", "write"]


def read(data: bytes) -> ApplicationResponse:
    """Read an application response; raises `UlakError` like `ulak.ubl.documents.read_as`."""
    return read_as(ApplicationResponse, data)


def write(response: ApplicationResponse) -> bytes:
    """Write an application response; raises `UlakError` like `ulak.ubl.documents.write_document`."""
    return write_document(response)
