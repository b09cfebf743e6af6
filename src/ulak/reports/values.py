"""What the rooms of reports hand to each other: products, kinds of documents, headers, entries."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

__all__ = [
    "ISTANBUL",
    "KINDS",
    "LIMIT",
    "METHODS",
    "NAMESPACE",
    "SEAL_ROOM",
    "Entry",
    "Facts",
    "Header",
    "Names",
    "Objection",
    "Product",
    "What",
]

NAMESPACE: Final = "http://earsiv.efatura.gov.tr"
ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
LIMIT: Final = 100_000_000
"""Most bytes of a report, unzipped (e-Arşiv Kılavuzu V1.18, 5: 100 Mb; the smaller reading is the safe one)."""
SEAL_ROOM: Final = 6_000_000
"""Of these, what is left for the seal: XAdES-A carries whole revocation lists."""

METHODS: Final = ("KEP", "NOTER", "TELGRAF", "TAAHHUTLU_MEKTUP")
"""How an objection is made (e-Arşiv Kılavuzu V1.18, 3.3.3 and 3.3.8)."""


class Product(StrEnum):
    """Whose report schema: GİB publishes one per product, of the same root and namespace, and they cannot be merged."""

    EARSIV = "earsiv"
    """e-Arşiv invoices, e-SMM and e-MM."""
    EGIDER = "egider"
    """e-Gider Pusulası."""


class What(StrEnum):
    """What an entry reports of a document."""

    ISSUED = "issued"
    CANCELLED = "cancelled"
    OBJECTED = "objected"


class Names(NamedTuple):
    """The elements that report a kind of document.

    Attributes:
        objected: empty where the schema knows no objection.
    """

    product: Product
    issued: str
    cancelled: str
    objected: str = ""

    def of(self, what: What) -> str:
        """The element that reports this of a document; empty if there is none."""
        return {What.ISSUED: self.issued, What.CANCELLED: self.cancelled, What.OBJECTED: self.objected}[what]


KINDS: Final = {
    "earchive_invoice": Names(Product.EARSIV, "fatura", "faturaIptal", "faturaItiraz"),
    "freelance_receipt": Names(
        Product.EARSIV, "serbestMeslekMakbuz", "serbestMeslekMakbuzIptal", "serbestMeslekMakbuzItiraz"
    ),
    "producer_receipt": Names(Product.EARSIV, "mustahsilMakbuz", "mustahsilMakbuzIptal"),
    "expense_note": Names(Product.EGIDER, "eGiderPusulasi", "eGiderPusulasiIptal"),
}
"""By the name of a kind of document."""


class Header(NamedTuple):
    """The head of a report (e-Arşiv Kılavuzu V1.18, 3.3.1).

    Attributes:
        taxpayer: VKN or TCKN of whom the report is (mukellef).
        preparer: VKN or TCKN of who prepares and seals it: the integrator, or the taxpayer itself (hazirlayan).
        number: raporNo, a UUID; GİB tells capitals from small letters, so it is written as given.
        period: first and last day of the period (donem).
        section: first and last day of this part of it (bolum).
        section_no: number of the part within the period, from 1.
    """

    taxpayer: str
    preparer: str
    number: str
    period: tuple[date, date]
    section: tuple[date, date]
    section_no: int


class Facts(NamedTuple):
    """What a sealed document does not say of itself.

    Attributes:
        url: public address that gives the sealed XML, at most 255 characters.
        sealed_at: moment of sealing.
        digest: SHA-256 of the sealed bytes in hex, if known already.
        sending: ELEKTRONIK or KAGIT, where it is not to be taken from the document.
        file_name: its name as a file; the ETTN with ``.xml`` if empty.
    """

    url: str
    sealed_at: datetime
    digest: str = ""
    sending: str = ""
    file_name: str = ""


class Entry(NamedTuple):
    """One element of a report.

    Attributes:
        product: the report it belongs to.
        element: local name, e.g. ``fatura``.
        number: of the document.
        uuid: ETTN of the document; empty where neither the schema nor the caller names it.
        day: date of the document, or of the cancellation or objection.
        fragment: canonical bytes (C14N 1.0) of the element, as a child of a root that declares the report's namespace
            as the default one.
    """

    product: Product
    element: str
    number: str
    uuid: str
    day: date
    fragment: bytes


class Objection(NamedTuple):
    """An objection that was made outside and is reported (e-Arşiv Kılavuzu V1.18, 3.3.3 and 3.3.8).

    Attributes:
        method: one of `METHODS`.
        number: of the notice, letter, telegram or KEP message.
        day: its date.
        explanation: why.
    """

    method: str
    number: str
    day: date
    explanation: str
