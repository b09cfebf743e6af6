"""Envelopes around sealed documents, for tests."""

from __future__ import annotations

from typing import Final

__all__ = ["alone", "envelope"]

_SBDH: Final = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
_PACKAGE: Final = "http://www.efatura.gov.tr/package-namespace"


def alone(data: bytes) -> bytes:
    """A document without its XML declaration, as it stands in an envelope."""
    return data.partition(b"?>")[2].strip() if data.startswith(b"<?xml ") else data.strip()


def envelope(*documents: bytes, elements: str = "Elements") -> bytes:
    """The least that is an envelope, with the documents in it byte by byte."""
    before = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<sh:StandardBusinessDocument xmlns:sh="{_SBDH}" xmlns:ef="{_PACKAGE}"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><sh:StandardBusinessDocumentHeader/><ef:Package>'
        f"<{elements}><ElementType>INVOICE</ElementType><ElementCount>1</ElementCount><ElementList>\n  "
    )
    after = f"\n</ElementList></{elements}></ef:Package></sh:StandardBusinessDocument>\n"
    return before.encode() + b"\n  ".join(documents) + after.encode()
