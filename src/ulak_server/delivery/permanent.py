"""Pages that every issued document has for good: its XML, as GİB's report names it, and a page for people beside it.

An address is worked out of the taxpayer and the ETTN (`ulak_server.documents.addresses`); nothing of it is stored, and
it ends with the document alone. Whoever has a paper copy finds it by what is printed there (`find`).
"""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import F

from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.handovers import came_by_link
from ulak_server.delivery.links import FRESH, Opened, count
from ulak_server.delivery.models import Handover
from ulak_server.delivery.papers import look_for
from ulak_server.delivery.problems import problem
from ulak_server.delivery.verdicts import Verdict, judged
from ulak_server.documents.addresses import PATH, read_address, token_of
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.documents.models import Direction, Document
from ulak_server.people.services import Rate
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["find", "of_paper", "opened_for_good", "page_address", "xml_for_good"]

_FETCHES: Final = Rate(600, timedelta(minutes=1))
"""Of the XML from one network address: GİB may come for many."""
_QUESTIONS: Final = Rate(20, timedelta(minutes=1))
_ETTN: Final = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_AMOUNTS: Final = ("odenecek", "tahsilat")
"""Keys of QR codes that say what is to be paid: of invoices and e-MM, and of e-SMM."""
_AMOUNT: Final = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,8})?", re.ASCII)
_LONGEST: Final = 4000
_STAGES: Final = (Stage.ISSUED, Stage.VOIDED)
"""A document that its author sealed bears its seal before it is judged: until it is issued it is nobody else's."""


def page_address(taxpayer: int, ettn: UUID) -> str:
    """Where people see an issued document, for good."""
    return f"{settings.PUBLIC}{PATH}{token_of(taxpayer, ettn)}"


def xml_for_good(token: str, *, origin: str = "") -> tuple[Document, bytes]:
    """The sealed XML of an issued document, cancelled ones included; in transactions of its own.

    That it was fetched is no delivery: the report gives the address to GİB, whose programs are not the buyer.

    Raises:
        LinkError: ``link.unknown``, whatever the reason is.
        TooMany: ``people.too-many``.
    """
    taxpayer, ettn = _read(token)
    count("address", origin, _FETCHES)
    with scoped(Role.WEB, [taxpayer]):
        document = _issued(taxpayer, ettn)
        return document, _body(document)


def opened_for_good(token: str, *, origin: str = "", form: str = "") -> Opened:
    """What an issued document's page shows, for whoever has its address; in transactions of its own.

    Args:
        form: ``pdf`` or ``html`` where a part is fetched; empty: the page, which is counted.

    Raises:
        LinkError: ``link.unknown``.
        TooMany: ``people.too-many``.
    """
    taxpayer, ettn = _read(token)
    count("link", origin)
    with scoped(Role.WEB, [taxpayer]):
        document = _issued(taxpayer, ettn)
        whose = Taxpayer.objects.get(id=taxpayer)
        body, look = _body(document), look_for(document) if form == "pdf" else None
        if form != "html":
            came_by_link(taxpayer, document.id, form)
        known = None if form else _seen(document)
    verdict = Verdict("unknown", clock.now()) if form else _verdict(taxpayer, known, body)
    return Opened(None, document, whose.number, whose.title, body, verdict, look)


def find(said: str, amount: Decimal | None, *, origin: str = "") -> str:
    """The token of the issued document whose paper copy somebody has; in transactions of its own.

    Args:
        said: its ETTN, or what its QR code says.
        amount: what is to be paid; not needed if the QR code says it.

    Raises:
        LinkError: ``link.not-found``: nothing is said of why.
        TooMany: ``people.too-many``.
    """
    count("find", origin, _QUESTIONS)
    ettn, told = of_paper(said)
    wanted = told if told is not None else amount
    if ettn is None or wanted is None:
        raise problem("link.not-found")
    with scoped(Role.PIPELINE):
        found = Document.objects.filter(ettn=ettn, direction=Direction.OUT, kind__in=ARCHIVED, stage__in=_STAGES)
        # Whoever copies another's ETTN comes after them.
        owners = list(found.order_by("id").values_list("taxpayer_id", flat=True)[:10])
    for taxpayer in owners:
        with scoped(Role.WEB, [taxpayer]):
            document = _issued(taxpayer, ettn)
            if document.payable is not None and abs(document.payable) == abs(wanted):
                return token_of(taxpayer, ettn)
    raise problem("link.not-found")


def of_paper(said: str) -> tuple[UUID | None, Decimal | None]:
    """The ETTN, and the amount if a QR code was read (Karekod Standardı Kılavuzu V1.2, 2)."""
    text = said.strip()[:_LONGEST]
    if _ETTN.fullmatch(text):
        return UUID(text), None
    try:
        code = msgspec.json.decode(text)
        ettn, amount = str(code["ettn"]), str(next(code[key] for key in _AMOUNTS if key in code))
    except (msgspec.DecodeError, LookupError, TypeError, UnicodeError, StopIteration, RecursionError):
        return None, None
    return (UUID(ettn), Decimal(amount)) if _ETTN.fullmatch(ettn) and _AMOUNT.fullmatch(amount) else (None, None)


def _read(token: str) -> tuple[int, UUID]:
    found = read_address(token)
    if found is None:
        raise problem("link.unknown")
    return found


def _issued(taxpayer: int, ettn: UUID) -> Document:
    found = Document.objects.filter(
        taxpayer_id=taxpayer, ettn=ettn, direction=Direction.OUT, kind__in=ARCHIVED, stage__in=_STAGES
    ).first()
    if found is None:
        raise problem("link.unknown")
    return found


def _body(document: Document) -> bytes:
    ref = archive.Ref(document.taxpayer_id, document.month, document.id)
    body = archive.read([ref]).get(ref)
    if body is None:
        raise problem("link.unknown")
    return body


def _seen(document: Document) -> Handover:
    """The row that counts its views; made here where the feed has not come by yet."""
    now = clock.now()
    made = {"taxpayer_id": document.taxpayer_id, "stage": "due", "created_at": now}
    row, _ = Handover.objects.get_or_create(document_id=document.id, what="issued", defaults=made)
    values: dict[str, Any] = {"views": F("views") + 1, "last_seen_at": now}
    if row.first_seen_at is None:
        values["first_seen_at"] = now
    Handover.objects.filter(id=row.id).update(**values)
    return row


def _verdict(taxpayer: int, known: Handover | None, body: bytes) -> Verdict:
    """The seal is verified anew every hour: strangers must not make the platform ask authorities all the time."""
    now = clock.now()
    if known is not None and known.verdict and known.verified_at and now - known.verified_at < FRESH:
        return Verdict.read(known.verdict)
    found = judged(body)
    if known is not None:
        with scoped(Role.WEB, [taxpayer]):
            Handover.objects.filter(id=known.id).update(verdict=found.written(), verified_at=now)
    return found
