"""What messages are written from, read for many at once; each of their taxpayers' rows in one scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.conf import settings

from ulak.errors import Language, Text
from ulak.lifecycle import DEFAULT, cancellation
from ulak.lifecycle.documents import Stage
from ulak.render import Design
from ulak_server import clock, formats
from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.addresses import plain
from ulak_server.delivery.links import address_of_link
from ulak_server.delivery.mail.writing import Letter
from ulak_server.delivery.models import OF_DOCUMENTS, Link, Message, Notification
from ulak_server.delivery.notifications import said
from ulak_server.delivery.papers import file_of, look_for
from ulak_server.delivery.permanent import page_address
from ulak_server.documents.kinds import ARCHIVED, KINDS
from ulak_server.documents.models import Document
from ulak_server.people import services as people
from ulak_server.taxpayers.models import Taxpayer

__all__ = ["Loaded", "letter_of", "load"]

_SUBJECTS: Final = {
    "document": Text("{firm}: {kind} {name}", "{firm}: {kind} {name}"),
    "voided": Text("{firm}: {kind} {name} iptal edildi", "{firm}: {kind} {name} was cancelled"),
}
_VIEWER: Final = "ebelge.gib.gov.tr"
"""Where GİB gives out its viewer, and answers whether it knows a document."""
_NOTICES: Final = Text("{firm}: {first}", "{firm}: {first}")
_DAILY: Final = Text("{firm}: günün özeti", "{firm}: what happened since yesterday")


class Loaded(NamedTuple):
    """A message with what it is written from.

    Attributes:
        body: of its document; empty if it has none, or if the archive has none.
        look: in which its document is printed.
    """

    message: Message
    firm: Taxpayer
    document: Document | None = None
    body: bytes = b""
    link: Link | None = None
    notices: Sequence[Any] = ()
    person: str = ""
    look: Design | None = None


def load(taxpayers: Sequence[int], ids: Sequence[int]) -> list[Loaded]:
    """Messages with all that belongs to them.

    Raises:
        ArchiveError: a body cannot be opened.
    """
    with scoped(Role.WEB, taxpayers):
        messages = list(Message.objects.filter(id__in=list(ids)).order_by("due_at", "id"))
        firms = {one.id: one for one in Taxpayer.objects.filter(id__in=set(taxpayers))}
        documents = Document.objects.in_bulk([one.document_id for one in messages if one.document_id])
        links = Link.objects.in_bulk([one.link_id for one in messages if one.link_id])
        bodies, looks = _bodies(documents.values()), _looks(messages, documents)
        people_of = {one: _names(one) for one in {message.taxpayer_id for message in messages if message.user_id}}
        return [
            Loaded(
                one,
                firms[one.taxpayer_id],
                documents.get(one.document_id or 0),
                bodies.get(one.document_id or 0, b""),
                links.get(one.link_id or 0),
                _notices(one) if one.kind not in OF_DOCUMENTS else (),
                people_of.get(one.taxpayer_id, {}).get(one.user_id or 0, ""),
                looks.get(one.document_id or 0),
            )
            for one in messages
        ]


def letter_of(found: Loaded) -> Letter:
    """The letter of a message.

    Raises:
        RenderError: its document cannot be rendered.
    """
    return _of_document(found) if found.message.kind in OF_DOCUMENTS else _of_notices(found)


# -- documents ---------------------------------------------------------------------------------------------------------


def _of_document(found: Loaded) -> Letter:
    message, document = found.message, found.document
    assert document is not None
    language: Language = message.facts["language"]
    kind = KINDS[document.kind].label.say(language)
    name = document.number or str(document.ettn)
    template = str(message.kind)
    usual = _SUBJECTS[template].say(language).format(firm=plain(found.firm.title), kind=kind, name=name)
    values = {
        "language": language,
        "title": usual,
        "kind": kind,
        "name": name,
        "number": found.firm.number,
        "note": message.facts["note"],
        "day": formats.day(document.issue_date, language) if document.issue_date else "",
        "amount": _amount(document, language),
        **_link(found, language),
        **_legal(document, language),
        "is_request": template == "voided" and _may_be_refused(document),
    }
    return Letter(
        message.id,
        template,
        language,
        message.recipient,
        plain(found.firm.title),
        message.facts["subject"] or usual,
        values,
        message.facts["reply_to"] or str(found.firm.details.get("email", "")),
        [file_of(document, found.body, form, language, found.look) for form in message.facts["attach"]],
        is_automatic=bool(message.facts.get("by_itself")),
        again_of=message.again_of,
    )


def _may_be_refused(document: Document) -> bool:
    """Whether the buyer may refuse that it was cancelled (`ulak.lifecycle.cancellation`)."""
    if document.kind not in set(cancellation.Kind):
        return False
    at, is_taxpayer = document.sealed_at or document.accepted_at, cancellation.is_taxpayer(document.partner)
    facts = cancellation.Facts(cancellation.Kind(document.kind), at, at, is_taxpayer, Stage.ISSUED)
    return cancellation.may_cancel(facts, at, DEFAULT).is_request


def _amount(document: Document, language: Language) -> str:
    if document.payable is None:
        return ""
    return formats.money(document.payable, document.currency, language)


def _link(found: Loaded, language: Language) -> dict[str, str]:
    """The link that was made for this message, or the page that every issued document has for good."""
    if found.link is not None:
        return {"address": address_of_link(found.link), "until": formats.day(found.link.expires_at, language)}
    document = found.document
    if document is None or not found.message.facts.get("by_itself"):
        return {"address": "", "until": ""}
    return {"address": page_address(document.taxpayer_id, document.ettn), "until": ""}


def _legal(document: Document, language: Language) -> dict[str, str]:
    """What the buyer of an issued document has to be told (e-Arşiv Kılavuzu V1.18, 6–8), empty for other kinds.

    GİB knows a document once its report is due, at the end of the day after it was issued (V1.18, 5).
    """
    if document.kind not in ARCHIVED:
        return {"viewer": "", "known_from": ""}
    day = (document.sealed_at or document.accepted_at).astimezone(clock.ISTANBUL).date() + timedelta(days=1)
    return {"viewer": _VIEWER, "known_from": formats.day(day, language)}


def _looks(messages: Sequence[Message], documents: Mapping[int, Document]) -> Mapping[int, Design | None]:
    """The looks of those that are printed; documents that are alike share one."""
    wanted = {one.document_id for one in messages if "pdf" in one.facts.get("attach", ())}
    printed = [one for id, one in documents.items() if id in wanted]
    alike = {_likeness(one): one for one in printed}
    looks = {key: look_for(one) for key, one in alike.items()}
    return {one.id: looks[_likeness(one)] for one in printed}


def _likeness(one: Document) -> tuple[Any, ...]:
    return one.taxpayer_id, one.kind, one.design_id, one.direction


def _bodies(documents: Any) -> Mapping[int, bytes]:
    refs = {archive.Ref(one.taxpayer_id, one.month, one.id): one.id for one in documents}
    return {refs[ref]: body for ref, body in archive.read(refs).items()}


# -- notices -----------------------------------------------------------------------------------------------------------


def _of_notices(found: Loaded) -> Letter:
    message, firm = found.message, found.firm
    language: Language = message.facts["language"]
    is_daily = message.kind == "digest"
    notices = [{"sentence": one.sentence.say(language), "names": one.names} for one in found.notices]
    first = notices[0]["sentence"] if notices else ""
    subject = (_DAILY if is_daily else _NOTICES).say(language).format(firm=firm.title, first=str(first).rstrip("."))
    values = {
        "language": language,
        "title": subject,
        "firm": firm.title,
        "person": found.person,
        "is_daily": is_daily,
        "notices": notices,
        "address": f"{settings.PUBLIC}/t/{firm.id}/notifications",
        "settings": f"{settings.PUBLIC}/t/{firm.id}/settings/notifications",
    }
    return Letter(message.id, "notice", language, message.recipient, "Ulak", subject, values, is_automatic=True)


def _notices(message: Message) -> Sequence[Any]:
    rows = Notification.objects.filter(taxpayer_id=message.taxpayer_id, message_id=message.id).order_by("-updated_at")
    return said(message.taxpayer_id, list(rows[:50]))


def _names(taxpayer: int) -> dict[int, str]:
    return {one.user: one.name for one in people.members(taxpayer)}
