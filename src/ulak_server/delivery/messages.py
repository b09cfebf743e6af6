"""Messages that people send to the receivers of their documents, and what becomes of them; in the caller's scope."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.conf import settings

from ulak.errors import LANGUAGES
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.bell import ring
from ulak_server.delivery import suppressions
from ulak_server.delivery.addresses import address_of, number_of
from ulak_server.delivery.links import DAYS, make_link, sealed
from ulak_server.delivery.mail.postbox import is_set_up
from ulak_server.delivery.models import OF_DOCUMENTS, Attempt, Channel, Link, Message
from ulak_server.delivery.problems import problem
from ulak_server.delivery.stages import Stage

__all__ = ["ATTACHED", "MOST", "Wanted", "again", "attempts_of", "channels", "message", "messages", "send", "stop"]

MOST: Final = 50
"""Receivers at a time."""
ATTACHED: Final = ("pdf", "xml")
_SUBJECT, _NOTE = 200, 4000
_SPACING: Final = timedelta(milliseconds=40)
"""Between the messages of one sending: others come in between."""


class Wanted(NamedTuple):
    """What somebody wants to send.

    Attributes:
        to: addresses; telephone numbers for text messages.
        subject, note: the sender's own words; empty: the usual ones.
        attach: of `ATTACHED`; what is too large goes as a link.
        link: whether the public link is in it.
        days: for which that holds.
        reply_to: where answers go; empty: to the firm's own address, if it has one.
    """

    to: Sequence[str]
    channel: str = Channel.MAIL
    language: str = "tr"
    subject: str = ""
    note: str = ""
    attach: Collection[str] = ATTACHED
    link: bool = True
    days: int = DAYS
    reply_to: str = ""


def channels() -> list[str]:
    """By which ways this installation sends."""
    told = settings.ENVIRONMENT
    others = [channel for channel, name in _NAMES.items() if told[name]]
    return [*([Channel.MAIL] if is_set_up() else []), *others]


_NAMES: Final = {Channel.SMS: "ULAK_SMS_URL", Channel.KEP: "ULAK_KEP_URL"}


def send(taxpayer: int, document: int, wanted: Wanted, *, actor: str = "", origin: str = "") -> list[int]:
    """Send a sealed document to people; the ids of the messages, one for each.

    Raises:
        DeliveryError: ``delivery.mail-not-set-up``, ``delivery.channel-not-set-up``, ``delivery.no-document``,
            ``delivery.not-sealed``, ``delivery.no-receiver``, ``delivery.too-many``, ``delivery.address-odd``,
            ``delivery.number-odd``, ``delivery.too-long``, ``delivery.language-unknown``, ``delivery.suppressed``,
            ``link.days``, ``link.too-many``: nothing is sent then.
    """
    receivers = _receivers(wanted)
    _check(wanted)
    found = sealed(taxpayer, document)
    for receiver in receivers:
        suppressions.refuse(taxpayer, receiver)
    facts = {
        "language": wanted.language,
        "subject": wanted.subject.strip(),
        "note": wanted.note.strip(),
        "attach": [form for form in ATTACHED if form in wanted.attach],
        "link": wanted.link or wanted.channel == Channel.SMS,
        "reply_to": address_of(wanted.reply_to) if wanted.reply_to else "",
    }
    now = clock.now()
    made = [
        _message(taxpayer, found.id, receiver, wanted, facts, now + place * _SPACING, actor, origin)
        for place, receiver in enumerate(receivers)
    ]
    _tell("message.wanted", taxpayer, found.id, actor, origin, messages=made, channel=str(wanted.channel))
    ring()
    return made


def messages(
    taxpayer: int,
    *,
    document: int | None = None,
    stages: Sequence[str] = (),
    before: int | None = None,
    limit: int = 50,
) -> list[Message]:
    """Messages about documents, the last first.

    Args:
        before: id of a message: those that are older.
    """
    found = Message.objects.filter(taxpayer_id=taxpayer, kind__in=OF_DOCUMENTS)
    if document is not None:
        found = found.filter(document_id=document)
    if stages:
        found = found.filter(stage__in=list(stages))
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found.order_by("-id")[: min(limit, 200)])


def message(taxpayer: int, id: int) -> Message:
    """One message.

    Raises:
        NoSuch: ``delivery.no-message``.
    """
    found = Message.objects.filter(taxpayer_id=taxpayer, id=id).first()
    if found is None:
        raise problem("delivery.no-message")
    return found


def attempts_of(taxpayer: int, message: int) -> list[Attempt]:
    """The tries to hand a message over, in their order."""
    return list(Attempt.objects.filter(taxpayer_id=taxpayer, message_id=message).order_by("id"))


def again(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> int:
    """Send a message that has ended once more; the new one's id. If the first may have arrived, the new one says so.

    Raises:
        DeliveryError: ``delivery.no-message``, ``delivery.not-again``, ``delivery.suppressed``.
    """
    found = _locked(taxpayer, id)
    stage = Stage(found.stage)
    if not stage.may_go_again or found.kind not in OF_DOCUMENTS or found.document_id is None:
        raise problem("delivery.not-again", state=stage.sentence)
    suppressions.refuse(taxpayer, found.recipient)
    made = Message(
        taxpayer_id=taxpayer,
        channel=found.channel,
        kind=found.kind,
        document_id=found.document_id,
        link_id=_link_again(found, actor, origin),
        recipient=found.recipient,
        facts=found.facts,
        stage=Stage.WAITING,
        due_at=clock.now(),
        again_of=found.id if stage in (Stage.UNCLEAR, Stage.SENT) else None,
        actor=actor,
        created_at=clock.now(),
    )
    made.save(force_insert=True)
    _tell("message.again", taxpayer, found.document_id, actor, origin, message=made.id, before=found.id)
    ring()
    return made.id


def _link_again(found: Message, actor: str, origin: str) -> int | None:
    """The link of a message that is sent again; a new one if the old leads to nothing any more."""
    link = Link.objects.filter(id=found.link_id).first() if found.link_id else None
    if link is None or (link.revoked_at is None and link.expires_at > clock.now()):
        return found.link_id
    made = make_link(found.taxpayer_id, link.document_id, label=found.recipient, actor=actor, origin=origin)
    return made.id


def stop(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> None:
    """Keep a message from being sent.

    Raises:
        DeliveryError: ``delivery.no-message``, ``delivery.not-stopped``.
    """
    found = _locked(taxpayer, id)
    if found.stage != Stage.WAITING:
        raise problem("delivery.not-stopped", state=Stage(found.stage).sentence)
    found.stage, found.due_at = Stage.STOPPED, None
    found.save(update_fields=["stage", "due_at"])
    _tell("message.stopped", taxpayer, found.document_id, actor, origin, message=id)


def _locked(taxpayer: int, id: int) -> Message:
    found = Message.objects.select_for_update().filter(taxpayer_id=taxpayer, id=id).first()
    if found is None:
        raise problem("delivery.no-message")
    return found


def _receivers(wanted: Wanted) -> list[str]:
    if wanted.channel not in Channel.values or wanted.channel not in channels():
        if wanted.channel == Channel.MAIL:
            raise problem("delivery.mail-not-set-up")
        raise problem("delivery.channel-not-set-up", where="/channel", channel=str(wanted.channel).upper()[:20])
    read = number_of if wanted.channel == Channel.SMS else address_of
    found = list(dict.fromkeys(read(one) for one in wanted.to if one.strip()))
    if not found:
        raise problem("delivery.no-receiver", where="/to")
    if len(found) > MOST:
        raise problem("delivery.too-many", where="/to", most=MOST)
    return found


def _check(wanted: Wanted) -> None:
    if wanted.language not in LANGUAGES:
        raise problem("delivery.language-unknown", where="/language", language=wanted.language[:20])
    for name, text, most in (("subject", wanted.subject, _SUBJECT), ("note", wanted.note, _NOTE)):
        if len(text) > most:
            raise problem("delivery.too-long", where=f"/{name}", most=most)


def _message(
    taxpayer: int,
    document: int,
    receiver: str,
    wanted: Wanted,
    facts: dict[str, Any],
    due: datetime,
    actor: str,
    origin: str,
) -> int:
    link = None
    if facts["link"]:
        link = make_link(taxpayer, document, days=wanted.days, label=receiver, actor=actor, origin=origin)
    made = Message(
        taxpayer_id=taxpayer,
        channel=wanted.channel,
        kind="document",
        document_id=document,
        link_id=link.id if link else None,
        recipient=receiver,
        facts=facts,
        stage=Stage.WAITING,
        due_at=due,
        actor=actor,
        created_at=clock.now(),
    )
    made.save(force_insert=True)
    return made.id


def _tell(what: str, taxpayer: int, document: int | None, actor: str, origin: str, **facts: object) -> None:
    documents = () if document is None else (document,)
    audit.record([Entry(what, clock.now(), taxpayer, documents, actor=actor, origin=origin, facts=facts)])
