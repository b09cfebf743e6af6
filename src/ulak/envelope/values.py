"""What an envelope is made of: its types, its two parties, and lists of documents as bytes.

Sources: Zarf Şema Yapısı (Ek-1) V1.5; Özel Entegrasyon Kılavuzu V1.13, 4; Schematron 20260312, code lists
``EnvelopeType`` and ``ElementType``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

__all__ = [
    "CARRIES",
    "GIB",
    "ROOTS",
    "Documents",
    "ElementType",
    "Envelope",
    "EnvelopeType",
    "Group",
    "Header",
    "Party",
]


class EnvelopeType(StrEnum):
    """Who sends an envelope to whom (``sh:Type``)."""

    SENDER = "SENDERENVELOPE"
    """From a sender's unit (GB) to a mailbox (PK): documents."""
    POSTBOX = "POSTBOXENVELOPE"
    """From a mailbox (PK) to a sender's unit (GB): answers."""
    SYSTEM = "SYSTEMENVELOPE"
    """What became of an envelope, to whoever sent it."""
    USER = "USERENVELOPE"
    """From an integrator to GİB: accounts opened and closed."""


class ElementType(StrEnum):
    """What a list in an envelope holds (``ElementType``)."""

    INVOICE = "INVOICE"
    DESPATCH_ADVICE = "DESPATCHADVICE"
    CREDIT_NOTE = "CREDITNOTE"
    APPLICATION_RESPONSE = "APPLICATIONRESPONSE"
    RECEIPT_ADVICE = "RECEIPTADVICE"
    PROCESS_USER_ACCOUNT = "PROCESSUSERACCOUNT"
    CANCEL_USER_ACCOUNT = "CANCELUSERACCOUNT"


CARRIES: Final[Mapping[EnvelopeType, tuple[ElementType, ...]]] = MappingProxyType(
    {
        EnvelopeType.SENDER: (ElementType.INVOICE, ElementType.DESPATCH_ADVICE, ElementType.CREDIT_NOTE),
        EnvelopeType.POSTBOX: (ElementType.APPLICATION_RESPONSE, ElementType.RECEIPT_ADVICE),
        EnvelopeType.SYSTEM: (ElementType.APPLICATION_RESPONSE,),
        EnvelopeType.USER: (ElementType.PROCESS_USER_ACCOUNT, ElementType.CANCEL_USER_ACCOUNT),
    }
)
"""Which lists each type of envelope may hold (Schematron 20260312, ``EnvelopeTypeElementTypeCheck``; credit notes are
passengers' notices, Gümrük İşlemleri Kılavuzu V1.8, 4). All lists of one envelope have the same type, except that a
USERENVELOPE may open accounts in one list and close them in another."""

_UBL: Final = "urn:oasis:names:specification:ubl:schema:xsd:"
_HR: Final = "http://www.hr-xml.org/3"
ROOTS: Final[Mapping[ElementType, str]] = MappingProxyType(
    {
        ElementType.INVOICE: f"{{{_UBL}Invoice-2}}Invoice",
        ElementType.DESPATCH_ADVICE: f"{{{_UBL}DespatchAdvice-2}}DespatchAdvice",
        ElementType.CREDIT_NOTE: f"{{{_UBL}CreditNote-2}}CreditNote",
        ElementType.APPLICATION_RESPONSE: f"{{{_UBL}ApplicationResponse-2}}ApplicationResponse",
        ElementType.RECEIPT_ADVICE: f"{{{_UBL}ReceiptAdvice-2}}ReceiptAdvice",
        ElementType.PROCESS_USER_ACCOUNT: f"{{{_HR}}}ProcessUserAccount",
        ElementType.CANCEL_USER_ACCOUNT: f"{{{_HR}}}CancelUserAccount",
    }
)
"""The root element, as a Clark name, of the documents of each list."""


class Party(NamedTuple):
    """One end of an envelope's way.

    Attributes:
        alias: the *etiket*, e.g. ``urn:mail:defaultgb@firma.com.tr``.
        number: VKN (ten digits) or TCKN (eleven).
        title: name of the firm or person; may be empty.
    """

    alias: str
    number: str
    title: str = ""


GIB: Final = Party("GIB", "3900383669", "Gelir İdaresi Başkanlığı")
"""GİB itself: the receiver of every USERENVELOPE, the sender of Merkez's system responses."""


class Header(NamedTuple):
    """What stands on the outside.

    Attributes:
        type: None only where an opened envelope states a type that does not exist.
        id: ``InstanceIdentifier``, a GUID that is never used twice.
        created: aware; written as Istanbul's time. None only where an opened envelope states none that can be read.
    """

    type: EnvelopeType | None
    id: str
    sender: Party
    receiver: Party
    created: datetime | None


class Documents(Protocol):
    """Documents as bytes, of which the number is known before the first is read: a list, or a reader of files."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[bytes]: ...


class Group(NamedTuple):
    """One list of documents of one type (``Elements``).

    Attributes:
        profiles: ``cbc:ProfileID`` of each document, for those who pack what they parsed before; else it is looked for.
    """

    type: ElementType
    documents: Documents
    profiles: Sequence[str] | None = None


class Envelope(NamedTuple):
    """An envelope: what stands on it, and the lists of documents in it."""

    header: Header
    groups: tuple[Group, ...]
