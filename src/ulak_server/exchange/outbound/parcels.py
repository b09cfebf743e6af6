"""The bytes of envelopes, made anew from what is in them whenever they are wanted.

An envelope's bytes are never stored: they follow from its row and its documents' sealed bodies, and `digest` holds them
to what was sent first. What was packed just now is kept for the send that follows.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection

from ulak.envelope import ElementType, Envelope, EnvelopeType, Group, Header, Packed, Party, xml_pieces
from ulak.envelope.zipping import write_zip
from ulak.kept import Kept
from ulak_server.archive import services as archive
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped, widen
from ulak_server.exchange.outbound.problems import problem

__all__ = ["Xml", "parcel", "remember", "written"]

_MOST: Final = 24 * 1024 * 1024
"""Bytes of XML that wait for their sends in one process."""
_ROW: Final = """
SELECT type, element, sender_alias, sender_number, receiver_alias, receiver_number, created_at, digest, documents,
       taxpayer_id
FROM exchange_envelope WHERE id = %s
"""
_MESSAGE: Final = "SELECT message FROM exchange_envelope WHERE id = %s"
_MONTHS: Final = "SELECT id, month FROM documents_document WHERE id = ANY (%s)"


class Xml(NamedTuple):
    """An envelope's XML, and its SHA-256."""

    data: bytes
    digest: bytes


# What was packed and is not sent at once, since Merkez is away for instance, is made again.
_REMEMBERED: Final = Kept[UUID, tuple[bytes, datetime]]("exchange.parcels", _MOST, lambda held: len(held[0]))


def written(
    header: Header, element: ElementType, documents: Sequence[bytes], profiles: Sequence[str] | None = None
) -> Xml:
    """The XML of an envelope of sealed documents.

    Args:
        profiles: of the documents, where they are at hand; they are looked for in the documents otherwise.

    Raises:
        EnvelopeError: it cannot stand so.
    """
    envelope = Envelope(header, (Group(element, documents, profiles),))
    data, digest = io.BytesIO(), hashlib.sha256()
    # Piece by piece: all of them at once would be fetched from the kernel anew each time, and be in no cache any more.
    for piece in xml_pieces(envelope, parse=False):
        data.write(piece)
        digest.update(piece)
    return Xml(data.getvalue(), digest.digest())


def remember(id: UUID, xml: Xml, created: datetime) -> None:
    """Keep an envelope's XML for the send that follows."""
    _REMEMBERED.put(id, (xml.data, created))


def parcel(id: UUID) -> Packed:
    """The ZIP of an envelope, the same XML in it every time. Called outside of any transaction; it has its own.

    Raises:
        OutboundError: ``outbound.no-envelope``, ``outbound.changed``: it is not what it was when it was packed.
    """
    data, created = _REMEMBERED.take(id) or _anew(id)
    file = io.BytesIO()
    packed = write_zip(file, str(id), (data,), created)
    return packed._replace(data=file.getvalue())


def _anew(id: UUID) -> tuple[bytes, datetime]:
    with scoped(Role.PIPELINE), connection.cursor() as cursor:
        cursor.execute(_ROW, [id])
        row = cursor.fetchone()
        if row is None:
            raise problem("outbound.no-envelope", id=id)
        *address, created, digest, documents, taxpayer = row
        found = _bodies(taxpayer, documents) if documents else _messages(id)
    type, element, sender_alias, sender, receiver_alias, receiver = address
    header = Header(EnvelopeType(type), str(id), Party(sender_alias, sender), Party(receiver_alias, receiver), created)
    xml = written(header, ElementType(element), found)
    if xml.digest != bytes(digest):
        raise problem("outbound.changed", id=id)
    return xml.data, created


def _bodies(taxpayer: int, documents: Sequence[int]) -> list[bytes]:
    widen([taxpayer])
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, [list(documents)])
        months: dict[int, Any] = dict(cursor.fetchall())
    refs = [archive.Ref(taxpayer, months[id], id) for id in documents]
    bodies = archive.read(refs)
    return [bodies[ref] for ref in refs]


def _messages(id: UUID) -> list[bytes]:
    """The one message; or the several of a USERENVELOPE for several taxpayers, kept as a MessagePack array."""
    with connection.cursor() as cursor:
        cursor.execute(_MESSAGE, [id])
        data = archive.open_loose(bytes(cursor.fetchone()[0]))
    return [data] if data[:1] == b"<" else msgspec.msgpack.decode(data, type=list[bytes])
