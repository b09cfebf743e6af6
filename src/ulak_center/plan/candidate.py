"""What GİB's test plan asks of the platform under test: everything the plan touches, and no more.

The plan calls the candidate *Kurum*. Sources: e-Fatura Test Planı V1.3, 3 to 8; Özel Entegrasyon Kılavuzu V1.13, 6.
Whoever implements `Candidate` can be put to the plan; `ulak_center.plan.gateway.Gateway` is a small one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from ulak.envelope import EnvelopeType, Party
from ulak_center.values import Role

__all__ = [
    "About",
    "AccountChange",
    "Answer",
    "Candidate",
    "Document",
    "Image",
    "Incoming",
    "Mistake",
    "Order",
    "Packet",
    "Received",
    "Reply",
    "Sample",
    "Sent",
    "Shown",
    "Standing",
    "Taxpayer",
]


class Sample(StrEnum):
    """Documents that the candidate makes."""

    BASIC = "basic"
    """An invoice of profile TEMELFATURA."""
    COMMERCIAL = "commercial"
    """An invoice of profile TICARIFATURA."""
    EXEMPT = "exempt"
    """A TEMELFATURA with 0 % KDV and a reason for the exemption."""
    DESPATCH = "despatch"
    """A despatch advice."""
    SYSTEM_RESPONSE = "system-response"
    ANSWER = "answer"
    """An application response to a commercial invoice."""


class Mistake(StrEnum):
    """A call that is wrong on purpose."""

    NAME = "wrong-name"
    HASH = "wrong-hash"


class Answer(StrEnum):
    """The answer to a commercial invoice."""

    ACCEPT = "KABUL"
    REJECT = "RED"


class Taxpayer(NamedTuple):
    """A customer of the candidate, for whom it opens accounts in the test."""

    number: str
    title: str


class About(NamedTuple):
    """Who the candidate is.

    Attributes:
        software: name and version.
        number, title: of the integrator; in the plan it is the *integration user* too.
        sender: alias of the integration user's sender unit (GB).
        mailbox: alias of its mailbox (PK).
        endpoint: address of the service that GİB calls.
        customers: taxpayers whose accounts it may open and close; three or more.
    """

    software: str
    number: str
    title: str
    sender: str
    mailbox: str
    endpoint: str
    customers: tuple[Taxpayer, ...] = ()


class Document(NamedTuple):
    """One document that was made: its ETTN and its number."""

    ettn: str
    number: str


class Order(NamedTuple):
    """Envelopes to be made.

    Attributes:
        documents: how many in each envelope.
        senders: number and alias of who sends, in turn; none for the integration user.
    """

    what: Sample
    receiver: Party
    envelopes: int = 1
    documents: int = 1
    senders: tuple[Party, ...] = ()


class AccountChange(NamedTuple):
    """Aliases of one customer to be opened or closed."""

    customer: Taxpayer
    units: tuple[tuple[Role, str], ...]


class Packet(NamedTuple):
    """An envelope ready to be sent.

    Attributes:
        data: the ZIP.
    """

    id: str
    data: bytes
    documents: tuple[Document, ...] = ()
    sender: str = ""


class Shown(NamedTuple):
    """A code and a text as the candidate's user sees them.

    Attributes:
        code: None if there is none.
        message: the XML that it was read from, if any.
    """

    code: int | None
    text: str
    message: bytes = b""


class Sent(NamedTuple):
    """What became of sending an envelope.

    Attributes:
        at: when the other side had taken it, or refused it.
        fault: code and text if it was refused.
    """

    id: str
    at: datetime
    fault: Shown | None = None


class Reply(NamedTuple):
    """A system response that came in about an envelope of the candidate's.

    Attributes:
        id: of the SYSTEMENVELOPE that brought it.
        sender: who says so.
    """

    id: str
    sender: Party
    code: int
    text: str
    at: datetime


class Standing(NamedTuple):
    """How an envelope of the candidate's stands, as its user sees it."""

    code: int | None
    text: str
    replies: tuple[Reply, ...] = ()


class Received(NamedTuple):
    """One document that came in, and what was found in it.

    Attributes:
        kind: local name of its root.
        about: ETTN of the invoice that an answer is about.
        answer: KABUL, RED or S_APR of an application response; else empty.
        by_rules: whether it passed schema and Schematron; None if that was not looked at.
        by_seal: whether its seal holds; None if that was not looked at, or no seal is wanted.
    """

    ettn: str
    number: str
    kind: str
    profile: str
    about: str = ""
    answer: str = ""
    by_rules: bool | None = None
    by_seal: bool | None = None


class Incoming(NamedTuple):
    """An envelope that came in.

    Attributes:
        type: None if it could not be read.
        about: the envelope that a system response is about.
        by_rules: whether the envelope passed schema and Schematron.
        code: the status that the candidate gave it; None while it is not processed.
        reason: why, if it was refused.
        response: id of the SYSTEMENVELOPE that answered it; empty if none.
        responded: whether Merkez has taken that.
    """

    id: str
    type: EnvelopeType | None
    sender: Party
    receiver: Party
    at: datetime
    documents: tuple[Received, ...] = ()
    about: str = ""
    by_rules: bool | None = None
    code: int | None = None
    reason: str = ""
    response: str = ""
    responded: bool = False


class Image(NamedTuple):
    """What a person sees of a document.

    Attributes:
        codes: texts of the codes on it that a scanner reads.
        symbol: which symbol it is, e.g. ``QR Code Model 2``.
    """

    media_type: str
    data: bytes
    codes: tuple[str, ...]
    symbol: str


class Candidate(Protocol):
    """The platform under test. Calls return when their work is done; nothing here waits for GİB's side."""

    def about(self) -> About:
        """Who it is."""

    def sample(self, what: Sample) -> bytes:
        """One document, not sealed."""

    def seal(self, document: bytes) -> bytes:
        """The document, sealed."""

    def envelope(self, documents: Sequence[bytes]) -> Packet:
        """Documents of one kind in an envelope, as it would be sent."""

    def take_out(self, envelope: bytes) -> Sequence[bytes]:
        """The documents of an envelope (a ZIP), byte by byte."""

    def prepare(self, order: Order) -> Sequence[Packet]:
        """Make, seal and envelope documents, and send nothing yet."""

    def prepare_accounts(self, service: str, changes: Sequence[AccountChange], *, opens: bool) -> Packet:
        """Make a USERENVELOPE that opens or closes aliases; ``service`` is ``usergb`` or ``edespatch``."""

    def send(self, ids: Sequence[str]) -> Sequence[Sent]:
        """Send prepared envelopes, one after the other."""

    def standing(self, id: str) -> Standing:
        """How an envelope that was sent stands."""

    def query(self, id: str) -> Shown:
        """Ask Merkez how an envelope stands, and show the answer or the fault."""

    def call_wrongly(self, mistake: Mistake, receiver: Party) -> Shown:
        """Call Merkez wrongly, and show the fault."""

    def answer(self, ettn: str, answer: Answer, reason: str) -> Packet:
        """Answer a commercial invoice that came in: prepared, not yet sent."""

    def incoming(self) -> Sequence[Incoming]:
        """The envelopes that came in, oldest first."""

    def message(self, id: str) -> bytes:
        """The ZIP of an envelope that came in or was made; empty if there is none of that id."""

    def image(self, ettn: str) -> Image | None:
        """What a person sees of a document; None if the candidate shows none."""
