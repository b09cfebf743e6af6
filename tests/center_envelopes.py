"""Envelopes of sealed examples, as the integrators of the test PKI would send them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from center_registry import ARDIC_GB, ARDIC_PK, INTEGRATOR, MELTEM_PK, OTHER, Book
from seal_documents import example
from seal_pki import KNOWN_KEY, NOW, key
from ulak.envelope import (
    Account,
    Action,
    Customer,
    ElementType,
    Envelope,
    EnvelopeType,
    Group,
    Header,
    Packed,
    Party,
    Role,
    Unit,
    pack,
    respond,
    user_header,
    write_account,
)
from ulak.seal.counter import counter_seal
from ulak.seal.sealing import seal
from ulak_center.values import CUSTOMS

__all__ = [
    "ANSWER",
    "ARDIC",
    "BACK",
    "CUSTOMS_ANSWER",
    "CUSTOMS_GB",
    "DEAL",
    "DESPATCH",
    "ETTN",
    "EXPORT",
    "EXPORTS",
    "ID",
    "IDIS",
    "NOTICE",
    "OPEN_PAIR",
    "OTHER",
    "PAIR",
    "PASSENGERS",
    "PRODUCER",
    "RECEIPT",
    "REFUSAL",
    "SALE",
    "STAMP",
    "TOURIST",
    "Case",
    "account",
    "accounts",
    "answers",
    "despatches",
    "header",
    "invoices",
    "notices",
    "packed",
    "receipts",
    "sealed",
    "swapped",
    "system",
    "zipped_again",
]

ID: Final = "7d1c6b7e-3f0a-4a57-9d2f-0c8b116a1f6f"
EXPORTS: Final = Party("urn:mail:ihracatpk@gtb.gov.tr", CUSTOMS)
PASSENGERS: Final = Party("urn:mail:yolcuberaberpk@gtb.gov.tr", CUSTOMS)
CUSTOMS_GB: Final = Party("urn:mail:yolcuberabergb@gtb.gov.tr", CUSTOMS)
ARDIC: Final = Customer("4812530769", "Ardıç Ticaret A.Ş.")


class Case(NamedTuple):
    """An envelope and what Merkez answers.

    Attributes:
        why: what is wrong with it, or what it is, as a file name.
        code: of the fault; empty if there is none.
        prepare: changes the registry before.
    """

    why: str
    status: int
    code: str
    packed: Packed
    prepare: Callable[[Book], None] = lambda book: None


@cache
def sealed(name: str, by: str = "") -> bytes:
    """A document of the examples, sealed by a key of the test PKI; Ardıç's if none is named."""
    return seal(example(name), key(by) if by else KNOWN_KEY, at=NOW)


def header(
    sender: Party = ARDIC_GB, receiver: Party = MELTEM_PK, type: EnvelopeType = EnvelopeType.SENDER, id: str = ID
) -> Header:
    return Header(type, id, sender, receiver, NOW)


def packed(outside: Header, element: ElementType, *documents: bytes) -> Packed:
    return pack(Envelope(outside, (Group(element, documents),)))


SALE: Final = "invoice/temelfatura-satis"
DEAL: Final = "invoice/ticarifatura-satis"
EXPORT: Final = "invoice/ihracat-istisna"
TOURIST: Final = "invoice/yolcuberaberfatura-istisna"
IDIS: Final = "invoice/idis-satis"
DESPATCH: Final = "despatch_advice/temelirsaliye-sevk"
RECEIPT: Final = "receipt_advice/temelirsaliye-sevk"
ANSWER: Final = "application_response/ticarifatura-kabul"
REFUSAL: Final = "application_response/ticarifatura-red"
CUSTOMS_ANSWER: Final = "application_response/ihracat-kabul"
STAMP: Final = "application_response/yolcuberaberfatura-gumrukonay"
NOTICE: Final = "passenger_cancellation/yolcuberaberfatura-satisiptaliade"
PRODUCER: Final = "producer_receipt/earsivbelge-mustahsilmakbuz"
BACK: Final = header(MELTEM_PK, ARDIC_GB, EnvelopeType.POSTBOX)
ETTN: Final = b"09e46deb-8f00-52d3-bfff-06a8eef4d518"
"""Of the invoice `SALE`."""


def invoices(*documents: bytes, outside: Header | None = None) -> Packed:
    return packed(outside or header(), ElementType.INVOICE, *documents)


def despatches(*documents: bytes, sender: Party = ARDIC_GB, receiver: Party = MELTEM_PK) -> Packed:
    return packed(header(sender, receiver), ElementType.DESPATCH_ADVICE, *documents)


def receipts(*documents: bytes, outside: Header = BACK) -> Packed:
    return packed(outside, ElementType.RECEIPT_ADVICE, *documents)


def answers(*documents: bytes, outside: Header = BACK) -> Packed:
    return packed(outside, ElementType.APPLICATION_RESPONSE, *documents)


def notices(*documents: bytes, sender: Party = ARDIC_GB, receiver: Party = PASSENGERS) -> Packed:
    return packed(header(sender, receiver), ElementType.CREDIT_NOTE, *documents)


def system(outside: Header, sender: Party | None = None) -> Packed:
    """The system response to an envelope."""
    numbers = iter(f"00000000-0000-4000-8000-{number:012}" for number in range(1, 9))
    return pack(respond(outside, "1200", now=NOW, new_id=lambda: next(numbers), sender=sender))


# -- user accounts ----------------------------------------------------------------------------------------------------

PAIR: Final = (Unit(Role.GB, "urn:mail:yenigb@ardic.example"), Unit(Role.PK, "urn:mail:yenipk@ardic.example"))
OPEN_PAIR: Final = (Unit(Role.GB, ARDIC_GB.alias), Unit(Role.PK, ARDIC_PK.alias))


def account(
    action: Action = Action.OPEN,
    option: str = "2",
    units: tuple[Unit, ...] = PAIR,
    customer: Customer = ARDIC,
    *,
    by: str = "integrator",
    counter: str = "ardic",
) -> bytes:
    """A user-account message, sealed by the integrator and counter-sealed by the customer."""
    written = write_account(Account(action, INTEGRATOR, customer, option, units, NOW))
    if not by:
        return written
    done = seal(written, key(by), at=NOW)
    return counter_seal(done, key(counter), at=NOW) if counter else done


def accounts(*documents: bytes, service: str = "usergb", integrator: str = INTEGRATOR) -> Packed:
    """A USERENVELOPE; documents that open in one list, those that close in another."""
    lists = [
        (ElementType.PROCESS_USER_ACCOUNT, [each for each in documents if b"<ProcessUserAccount" in each]),
        (ElementType.CANCEL_USER_ACCOUNT, [each for each in documents if b"<CancelUserAccount" in each]),
    ]
    outside = user_header(service, Party("", integrator), id=ID, created=NOW)
    return pack(Envelope(outside, tuple(Group(element, found) for element, found in lists if found)))


def swapped(name: str, old: str, new: str, by: str = "") -> bytes:
    """A sealed document in which something was changed afterwards; Merkez does not verify seals."""
    document = sealed(name, by)
    assert old.encode() in document
    return document.replace(old.encode(), new.encode())


def zipped_again(packed: Packed, old: str, new: str) -> Packed:
    """An envelope whose XML was changed in one place."""
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        (name,) = archive.namelist()
        xml = archive.read(name)
    assert old.encode() in xml
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml.replace(old.encode(), new.encode(), 1))
    return packed._replace(data=file.getvalue())
