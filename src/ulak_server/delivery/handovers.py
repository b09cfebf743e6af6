"""Issued documents on their way to their buyers, and the record of how each buyer got one; in the caller's scope.

A buyer has a document from the first of these on: a mail server (or another channel's) took a message that carries it;
somebody opened its page or fetched it there; a person wrote down that it was handed over on paper. From that moment the
days for cancelling run (e-Arşiv İptal Kılavuzu V1.1, 3). A message that came back counts as never delivered.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from django.db import connection
from django.db.models import Exists, Min, OuterRef, QuerySet

from ulak.errors import Text
from ulak.lifecycle.documents import Stage
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.delivery.addresses import plain
from ulak_server.delivery.models import Delivered, Handover, How
from ulak_server.delivery.problems import problem
from ulak_server.delivery.sealed import document_of
from ulak_server.documents.kinds import ARCHIVED
from ulak_server.documents.models import Document

__all__ = [
    "HOW",
    "SENTENCES",
    "Handing",
    "HandoverStage",
    "came_by_link",
    "deliveries_of",
    "handed_over",
    "handing_of",
    "how_many_wait",
    "not_delivered",
    "to_hand_over",
]


class HandoverStage(StrEnum):
    """What became of handing a document over by itself."""

    DUE = "due"
    """To be looked at."""
    MAILED = "mailed"
    """A message carries it; how that fares is the message's."""
    PAPER = "paper"
    """Its author wants it handed over on paper: to be printed."""
    NO_ADDRESS = "no-address"
    """It is to be sent electronically, and nobody knows where to."""
    STOPPED = "stopped"
    """Nothing is sent to the buyer's address any more."""
    NO_MAIL = "no-mail"
    """This installation sends no e-mail."""
    HANDED = "handed"
    """A person handed it over on paper."""

    @property
    def waits_for_person(self) -> bool:
        """Whether a person has to hand it over."""
        return self in _WAITING

    @property
    def sentence(self) -> Text:
        """How it stands and what to do, for a person."""
        return SENTENCES[self]


_WAITING: Final = frozenset(
    {HandoverStage.PAPER, HandoverStage.NO_ADDRESS, HandoverStage.STOPPED, HandoverStage.NO_MAIL}
)
SENTENCES: Final = {
    HandoverStage.DUE: Text("Alıcıya gönderilmek üzere.", "About to be sent to the buyer."),
    HandoverStage.MAILED: Text("Alıcıya e-postayla gönderildi.", "Sent to the buyer by e-mail."),
    HandoverStage.PAPER: Text(
        "Kâğıtla teslim edilecek: yazdırıp alıcıya verin, sonra teslim edildiğini işaretleyin.",
        "To be handed over on paper: print it, give it to the buyer, and then enter that you did.",
    ),
    HandoverStage.NO_ADDRESS: Text(
        "Alıcının e-posta adresi bilinmiyor: e-postayla gönderin, bağlantı verin ya da yazdırıp teslim edin.",
        "The buyer's e-mail address is not known: send it by e-mail, pass on a link, or print it and hand it over.",
    ),
    HandoverStage.STOPPED: Text(
        "Alıcının adresine artık gönderilmiyor: başka bir adrese gönderin ya da yazdırıp teslim edin.",
        "Nothing is sent to the buyer's address any more: send it to another one, or print it and hand it over.",
    ),
    HandoverStage.NO_MAIL: Text(
        "Bu kurulumda e-posta gönderilmiyor: bağlantı verin ya da yazdırıp teslim edin.",
        "This installation sends no e-mail: pass on a link, or print it and hand it over.",
    ),
    HandoverStage.HANDED: Text("Kâğıtla teslim edildi.", "Handed over on paper."),
}
HOW: Final[Mapping[str, Text]] = {
    How.MAIL: Text("E-posta", "E-mail"),
    How.SMS: Text("Kısa mesaj", "Text message"),
    How.KEP: Text("KEP", "KEP"),
    How.LINK: Text("Bağlantı açıldı", "Link opened"),
    How.PAPER: Text("Kâğıt", "Paper"),
}
_RECIPIENT, _NOTE, _MOST = 120, 500, 200


class Handing(NamedTuple):
    """How a document stands with its buyer.

    Attributes:
        stage: None where nothing is handed over by itself (other kinds, or issued a moment ago).
        sending: what the document says: ``ELEKTRONIK`` or ``KAGIT``.
        message: that carries it.
        delivered_at: since when the buyer has it; None: not known.
        records: what they got, when and how, the first first; those that turned out not to have arrived too.
    """

    stage: HandoverStage | None
    sending: str
    message: int | None
    delivered_at: datetime | None
    records: list[Delivered]

    @property
    def may_be_handed(self) -> bool:
        """Whether a person may write down that it was handed over on paper."""
        return not any(one.how == How.PAPER and one.undone_at is None for one in self.records)


def handing_of(taxpayer: int, document: int) -> Handing:
    """How a document of an archived kind stands with its buyer.

    Raises:
        NoSuch: ``delivery.no-document``.
    """
    found = document_of(taxpayer, document)
    row = Handover.objects.filter(document_id=document, what="issued").first()
    stage = None if row is None else HandoverStage(row.stage)
    sending, message = ("", None) if row is None else (row.sending, row.message_id)
    return Handing(stage, sending, message, found.delivered_at, deliveries_of(taxpayer, document))


def deliveries_of(taxpayer: int, document: int) -> list[Delivered]:
    """What a document's buyer got, when and how, the first first."""
    return list(Delivered.objects.filter(taxpayer_id=taxpayer, document_id=document).order_by("at", "id")[:_MOST])


def to_hand_over(taxpayer: int, limit: int = 50, before: int | None = None) -> list[tuple[Document, HandoverStage]]:
    """Issued documents that a person has to hand over, the last first; none that was cancelled.

    Args:
        before: only those that were issued before this document.
    """
    rows = _waiting(taxpayer).order_by("-document_id").values_list("document_id", "stage")
    told = list((rows if before is None else rows.filter(document_id__lt=before))[:limit])
    found = Document.objects.in_bulk([id for id, _ in told])
    return [(found[id], HandoverStage(stage)) for id, stage in told if id in found]


def how_many_wait(taxpayer: int, most: int = 10_000) -> int:
    """How many documents a person has to hand over; counted up to `most`."""
    return _waiting(taxpayer)[:most].count()


def _waiting(taxpayer: int) -> QuerySet[Handover]:
    voided = Document.objects.filter(id=OuterRef("document_id"), stage=Stage.VOIDED.value)
    stages = [str(one) for one in _WAITING]
    return Handover.objects.filter(~Exists(voided), taxpayer_id=taxpayer, what="issued", stage__in=stages)


def handed_over(
    taxpayer: int,
    document: int,
    *,
    at: datetime | None = None,
    to: str = "",
    note: str = "",
    actor: str = "",
    origin: str = "",
) -> Delivered:
    """Write down that an issued document was handed over on paper. A second time changes nothing.

    Args:
        at: when; now if nobody says.
        to: who took it.

    Raises:
        NoSuch: ``delivery.no-document``.
        DeliveryError: ``delivery.not-issued``, ``delivery.handed-when``, ``delivery.too-long``.
    """
    found = document_of(taxpayer, document)
    if found.kind not in ARCHIVED or found.stage not in (Stage.ISSUED, Stage.VOIDED):
        raise problem("delivery.not-issued")
    known = Delivered.objects.filter(document_id=document, how=How.PAPER, undone_at=None).first()
    if known is not None:
        return known
    now = clock.now()
    moment, to, note = at or now, plain(to), plain(note)
    if moment > now or (found.sealed_at is not None and moment < found.sealed_at):
        raise problem("delivery.handed-when", where="/at")
    for name, text, most in (("to", to, _RECIPIENT), ("note", note, _NOTE)):
        if len(text) > most:
            raise problem("delivery.too-long", where=f"/{name}", most=most)
    made = Delivered(taxpayer_id=taxpayer, document_id=document, how=How.PAPER, at=moment, forms=["paper"])
    made.recipient, made.note, made.actor = to, note, actor
    made.save(force_insert=True)
    waiting = Handover.objects.filter(document_id=document, what="issued").exclude(stage=HandoverStage.MAILED)
    waiting.update(stage=HandoverStage.HANDED, done_at=now)
    _settle(document)
    _tell("document.handed-over", taxpayer, document, actor, origin, at=moment.isoformat())
    return made


def came_by_link(taxpayer: int, document: int, form: str, *, link: int | None = None, recipient: str = "") -> None:
    """Write down that somebody opened a document's page, or fetched it there: the first time, and each form once."""
    got = form or "page"
    known = Delivered.objects.filter(document_id=document, how=How.LINK, link_id=link, forms__contains=[got])
    if known.exists() or not Document.objects.filter(id=document, kind__in=ARCHIVED).exists():
        return
    made = Delivered(taxpayer_id=taxpayer, document_id=document, how=How.LINK, at=clock.now(), forms=[got])
    made.link_id, made.recipient = link, recipient
    made.save(force_insert=True)
    _settle(document)


def not_delivered(message: int, document: int, code: str) -> None:
    """Write down that a message that counted as delivered came back."""
    mine = Delivered.objects.filter(message_id=message, document_id=document, undone_at=None)
    if mine.update(undone_at=clock.now(), undone_why=code):
        _settle(document)


def _settle(document: int) -> None:
    """The first moment of those that count."""
    counting = Delivered.objects.filter(document_id=document, undone_at=None)
    first = counting.aggregate(first=Min("at"))["first"]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE documents_document SET delivered_at = %s WHERE id = %s AND stage IN ('issued', 'voided')",
            [first, document],
        )


def _tell(what: str, taxpayer: int, document: int, actor: str, origin: str, **facts: object) -> None:
    audit.record([Entry(what, clock.now(), taxpayer, (document,), actor=actor, origin=origin, facts=facts)])
