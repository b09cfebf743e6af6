"""Public addresses of documents: made, closed, opened by whoever has one.

An address cannot be guessed, and the database holds its digest alone: whoever reads the table opens nothing.
"""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from ulak.render import Design
from ulak_server import clock, formats
from ulak_server.archive import services as archive
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.delivery.handovers import came_by_link
from ulak_server.delivery.models import Link
from ulak_server.delivery.papers import look_for
from ulak_server.delivery.problems import problem
from ulak_server.delivery.sealed import document_of, is_sealed, sealed
from ulak_server.delivery.verdicts import Verdict, judged
from ulak_server.documents.models import Document
from ulak_server.people import services as people
from ulak_server.people.services import Rate
from ulak_server.taxpayers.models import Taxpayer

__all__ = [
    "DAYS",
    "FRESH",
    "Opened",
    "address_of_link",
    "count",
    "document_of",
    "is_sealed",
    "links_of",
    "make_link",
    "open_links",
    "opened",
    "revoke_link",
    "sealed",
    "token_of",
]

DAYS: Final = 90
"""For which a link holds unless somebody says otherwise."""
_LONGEST: Final = 10 * 366
_MOST: Final = 100
_LARGEST: Final = 2**31 - 1
_TOKEN: Final = re.compile(r"([1-9][0-9]{0,9})-([A-Za-z0-9_-]{32})", re.ASCII)
_OPENINGS: Final = Rate(120, timedelta(minutes=1))
_ALL_TOLD: Final = 100
"""Views that each have an entry in the timeline; of later ones every hundredth has."""
FRESH: Final = timedelta(hours=1)
"""For which what was found of a seal is shown to strangers again."""


class Opened(NamedTuple):
    """What a link shows.

    Attributes:
        link: None for the page that an issued document has for good.
        taxpayer, title: who sent it.
        body: the sealed bytes.
        look: in which it is printed.
    """

    link: Link | None
    document: Document
    taxpayer: str
    title: str
    body: bytes
    verdict: Verdict
    look: Design | None


# -- made and closed ---------------------------------------------------------------------------------------------------


def make_link(
    taxpayer: int, document: int, *, days: int = DAYS, label: str = "", actor: str = "", origin: str = ""
) -> Link:
    """A new link to a sealed document; within the caller's scope. `address_of_link` says where it leads.

    Raises:
        DeliveryError: ``delivery.no-document``, ``delivery.not-sealed``, ``link.days``, ``link.too-many``.
    """
    if not 1 <= days <= _LONGEST:
        raise problem("link.days", where="/days", most=_LONGEST)
    found = sealed(taxpayer, document)
    now = clock.now()
    if Link.objects.filter(document_id=document, revoked_at=None, expires_at__gt=now).count() >= _MOST:
        raise problem("link.too-many", most=_MOST)
    made = Link(id=_number(), taxpayer_id=taxpayer, document_id=found.id, label=label[:200], made_by=actor)
    made.created_at, made.expires_at = now, now + timedelta(days=days)
    made.digest = _digest(token_of(made))
    made.save(force_insert=True)
    _tell("link.made", made, actor, origin, until=made.expires_at.isoformat())
    return made


def links_of(taxpayer: int, document: int) -> list[Link]:
    """The links of a document, newest first."""
    return list(Link.objects.filter(taxpayer_id=taxpayer, document_id=document).order_by("-id")[: 2 * _MOST])


def open_links(taxpayer: int, document: int) -> list[Link]:
    """The links of a document that still lead to it, newest first."""
    return [one for one in links_of(taxpayer, document) if one.revoked_at is None and one.expires_at > clock.now()]


def revoke_link(taxpayer: int, id: int, *, actor: str = "", origin: str = "") -> Link:
    """Let a link lead to nothing from now on.

    Raises:
        LinkError: ``link.unknown``.
    """
    found = Link.objects.select_for_update().filter(taxpayer_id=taxpayer, id=id).first()
    if found is None:
        raise problem("link.unknown")
    if found.revoked_at is None:
        found.revoked_at = clock.now()
        found.save(update_fields=["revoked_at"])
        _tell("link.revoked", found, actor, origin)
    return found


def token_of(link: Link) -> str:
    """The token of a link, worked out anew: it is stored nowhere, and a message that is sent again carries the same."""
    digest = salted_hmac("ulak.delivery.link", str(link.id), algorithm="sha256").digest()
    return f"{link.taxpayer_id}-{base64.urlsafe_b64encode(digest[:24]).decode()}"


def address_of_link(link: Link) -> str:
    """Where a link leads, as strangers see it."""
    return f"{settings.PUBLIC}/d/{token_of(link)}"


def _number() -> int:
    """The id comes first: the token is made of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('delivery_link_id_seq')")
        return int(cursor.fetchone()[0])


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# -- opened ------------------------------------------------------------------------------------------------------------


def opened(token: str, *, origin: str = "", form: str = "") -> Opened:
    """What a link leads to, for whoever has it; in transactions of its own.

    Args:
        form: ``xml``, ``pdf`` or ``html`` where a part is fetched; empty: its page, which is counted.

    Raises:
        LinkError: ``link.unknown``, ``link.expired``, ``link.revoked``.
        TooMany: ``people.too-many``.
    """
    count("link", origin)
    match = _TOKEN.fullmatch(token)
    if match is None or int(match[1]) > _LARGEST:
        raise problem("link.unknown")
    taxpayer = int(match[1])
    with scoped(Role.WEB, [taxpayer]):
        link = _open(taxpayer, token)
        document = sealed(taxpayer, link.document_id)
        whose = Taxpayer.objects.get(id=taxpayer)
        ref = archive.Ref(taxpayer, document.month, document.id)
        body = archive.read([ref])[ref]
        look = look_for(document) if form == "pdf" else None
        if form != "html":
            _seen(link, origin, form)
            came_by_link(taxpayer, document.id, form, link=link.id, recipient=link.label)
    verdict = _verdict(link, body) if not form else Verdict("unknown", clock.now())
    return Opened(link, document, whose.number, whose.title, body, verdict, look)


def count(what: str, origin: str, rate: Rate = _OPENINGS) -> None:
    """Let nobody open too much; in a transaction of its own, so that what fails counts too.

    Raises:
        TooMany: ``people.too-many``.
    """
    error = None
    with scoped(Role.WEB):
        try:
            people.take(people.bucket_of(what, origin or "-"), rate)
        except people.TooMany as said:
            error = said
    if error is not None:
        raise error


def _open(taxpayer: int, token: str) -> Link:
    link = Link.objects.filter(taxpayer_id=taxpayer, digest=_digest(token)).first()
    if link is None:
        raise problem("link.unknown")
    if link.revoked_at is not None:
        raise problem("link.revoked")
    if link.expires_at <= clock.now():
        raise problem("link.expired", day=formats.day_text(link.expires_at))
    return link


def _seen(link: Link, origin: str, form: str) -> None:
    now = clock.now()
    if form:
        _tell("link.fetched", link, f"link:{link.id}", origin, form=form)
        return
    values: dict[str, Any] = {"views": F("views") + 1, "last_seen_at": now}
    if link.first_seen_at is None:
        values["first_seen_at"] = now
    Link.objects.filter(id=link.id).update(**values)
    if link.views < _ALL_TOLD or link.views % _ALL_TOLD == 0:
        _tell("link.viewed", link, f"link:{link.id}", origin, views=link.views + 1)


def _verdict(link: Link, body: bytes) -> Verdict:
    """The seal is verified anew every hour: strangers must not make the platform ask authorities all the time."""
    now = clock.now()
    if link.verdict and link.verified_at and now - link.verified_at < FRESH:
        return Verdict.read(link.verdict)
    found = judged(body)
    with scoped(Role.WEB, [link.taxpayer_id]):
        Link.objects.filter(id=link.id).update(verdict=found.written(), verified_at=now)
    return found


def _tell(what: str, link: Link, actor: str, origin: str, **facts: object) -> None:
    entry = Entry(what, clock.now(), link.taxpayer_id, (link.document_id,), actor=actor, origin=origin)
    audit.record([entry._replace(facts={"link": link.id, **facts})])
