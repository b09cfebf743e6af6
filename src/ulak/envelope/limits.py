"""How many and how large: GİB's limits, and Ulak's own where GİB is silent."""

from __future__ import annotations

from typing import Final, NamedTuple

from ulak.xml import MAX_BYTES

__all__ = ["MOST_ELEMENTS", "MOST_GROUPS", "MOST_INVOICES", "ONE_PER_LIST", "Limits"]

MOST_GROUPS: Final = 10
"""Lists in an envelope (Schematron 20260312, ``ElementsGroupCountCheck``)."""
MOST_ELEMENTS: Final = 1000
"""Documents in a list (``ElementCountCheck``)."""
MOST_INVOICES: Final = 100
"""Invoices in a list (``InvoiceCountCheck``)."""
ONE_PER_LIST: Final = ("IHRACAT", "YOLCUBERABERFATURA")
"""Profiles of which a list may hold one invoice each (``ExportInvoiceCountCheck``; Gümrük İşlemleri Kılavuzu V1.8)."""


class Limits(NamedTuple):
    """What is read at most. GİB's guides name no sizes, so these are Ulak's.

    Attributes:
        zip_bytes: of the ZIP.
        xml_bytes: of the envelope's XML.
        document_bytes: of one document in it.
        glue_bytes: of all markup outside the documents.
        ratio: how many times larger than the ZIP the XML may be, once it is larger than ``ratio_from``.
    """

    zip_bytes: int = 256 * 1024 * 1024
    xml_bytes: int = 512 * 1024 * 1024
    document_bytes: int = MAX_BYTES
    glue_bytes: int = 1024 * 1024
    ratio: int = 200
    ratio_from: int = 32 * 1024 * 1024
