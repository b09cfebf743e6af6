"""What the rooms of the center hand to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NamedTuple, Protocol
from zoneinfo import ZoneInfo

from ulak.envelope import ElementType, Header, Party, Role
from ulak.errors import Text

__all__ = [
    "CUSTOMS",
    "ISTANBUL",
    "Account",
    "Filed",
    "Judgement",
    "Registry",
    "Role",
    "Unit",
    "Use",
    "role_of",
    "use_of",
]

ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
CUSTOMS: Final = "1460415308"
"""VKN of the customs authority (GTB), Gümrük İşlemleri Kılavuzu V1.8, 3."""


class Use(StrEnum):
    """What an alias may be used for (``Document/@type`` of the user lists)."""

    INVOICE = "Invoice"
    DESPATCH = "DespatchAdvice"


_OF_DESPATCH: Final = frozenset({ElementType.DESPATCH_ADVICE, ElementType.RECEIPT_ADVICE})


def use_of(element: ElementType) -> Use:
    """What an alias must be registered for to send or receive such documents (ÖEK V1.13, 5.2).

    >>> use_of(ElementType.RECEIPT_ADVICE)
    <Use.DESPATCH: 'DespatchAdvice'>
    """
    return Use.DESPATCH if element in _OF_DESPATCH else Use.INVOICE


def role_of(*, is_answer: bool) -> tuple[Role, Role]:
    """The roles of an envelope's sender and receiver: documents go from GB to PK, answers back."""
    return (Role.PK, Role.GB) if is_answer else (Role.GB, Role.PK)


class Unit(NamedTuple):
    """An alias of a taxpayer.

    Attributes:
        operator: VKN of the integrator that serves it; empty where GİB does (portal, customs, synthetic taxpayers).
        deleted: None while it is in use.
    """

    number: str
    alias: str
    role: Role
    use: Use
    operator: str
    created: datetime
    deleted: datetime | None = None


class Account(NamedTuple):
    """A taxpayer as GİB knows it.

    Attributes:
        kind: ``KAMU`` or ``OZEL``.
        method: ``GIBPORTAL``, ``ENTEGRASYON`` or ``OZELENTEGRASYON``.
        services: service aliases opened for it (``usergb``, ``earchive``, …) with the integrator of each.
    """

    number: str
    title: str
    kind: str
    method: str
    created: datetime
    services: tuple[tuple[str, str], ...] = ()


class Filed(NamedTuple):
    """One document of an envelope, as far as Merkez looks at it.

    Attributes:
        ettn: lower case.
        number: ``cbc:ID``.
        about: ETTN, or number, of the document that an answer or a receipt is about; lower case; else empty.
        answer: ``KABUL``, ``RED``, … of an application response; else empty.
        data: the document's bytes.
    """

    element: ElementType
    ettn: str
    number: str
    profile: str
    type_code: str
    issued: date | None
    sender: str
    receiver: str
    about: str
    answer: str
    data: bytes


class Judgement(NamedTuple):
    """What Merkez finds about an envelope.

    Attributes:
        status: 1200, or the first code in GİB's order that refuses it.
        code: Ulak's stable code of the fault; empty for 1200.
        reason: what is wrong and where; None for 1200.
        header: as far as it could be read.
    """

    status: int
    code: str = ""
    reason: Text | None = None
    header: Header | None = None
    elements: frozenset[ElementType] = frozenset()
    documents: Sequence[Filed] = ()


class Registry(Protocol):
    """What Merkez knows when it judges."""

    def unit(self, number: str, alias: str, role: Role, use: Use, at: datetime) -> Unit | None:
        """The alias if it is in use at that time, with that role and for such documents."""

    def has_address(self, party: Party) -> bool:
        """Whether that VKN or TCKN ever had that alias, whatever for."""

    def operators(self, number: str, at: datetime) -> frozenset[str]:
        """VKNs of the integrators that may seal for a taxpayer."""

    def filed_in(self, documents: Sequence[Filed]) -> Mapping[int, str]:
        """Which of the documents, by their places, are registered already, with the ids of the envelopes that did it:
        same kind and ETTN, or same kind, number and sender; documents whose envelope failed for good (1215, 1230) may
        come again (Ek-2 V1.5, 4.1)."""

    def services(self, number: str) -> Mapping[str, str]:
        """The services that are open for a taxpayer, with the integrator of each."""

    def is_integrator(self, number: str) -> bool:
        """Whether a VKN is that of an integrator."""
