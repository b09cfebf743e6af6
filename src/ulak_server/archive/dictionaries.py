"""Which dictionary compresses what: everybody's by topic, and a taxpayer's own, which learns from its documents.

The first sealed documents of a taxpayer in a topic teach it what all of them share: the parties, the certificate, the
wording, an embedded stylesheet. They are kept in it, encrypted like the documents themselves.
"""

from __future__ import annotations

import os
from hashlib import sha256
from typing import Final, NamedTuple

from django.db import connection

from ulak.kept import ENTRY, Kept
from ulak_server import clock
from ulak_server.archive import keyring
from ulak_server.archive.keks import NONCE
from ulak_server.archive.problems import archive_error
from ulak_server.archive.recipes import Parted, attachment_in, bearing
from ulak_server.archive.squeezing import Squeezer
from ulak_server.database.remembered import Remembered
from ulak_server.database.roles import Role
from ulak_server.database.scope import current

__all__ = ["Dictionary", "by_id", "is_poor", "learn", "of_everybody", "of_taxpayer", "sibling"]

_SAMPLES: Final = 5
"""Documents that a dictionary is made of, and one more that it has to prove itself by; 8 save 2 % more than 4."""
_SAMPLE_BYTES: Final = 1 << 17
"""From here on one document must do."""
_MOST_BYTES: Final = 1 << 20
_POOR: Final = 10
"""A body that was made smaller than this many times needs nothing better; ordinary ones reach 18."""
_BETTER: Final = 0.6
_PAUSE: Final = 200
"""Bodies after which a taxpayer's documents are looked at again that had too little in common."""
_WATCHED: Final = 6 << 20
"""Bytes of documents that wait for others of their taxpayer and topic, to be learnt from together: squeezed, and
without the attachment that they share, those of a thousand designs that come by turns."""
_COPIES: Final = 2
"""Of its bytes: zstd has its own."""
_LOCK: Final = 7003
_SIBLING: Final = "#"

_BY_ID: Final = "SELECT id, taxpayer_id, topic, base_id, key_id, data FROM archive_dictionary WHERE id = %s"
_NEWEST: Final = (
    "SELECT id FROM archive_dictionary WHERE topic = %s AND taxpayer_id IS NOT DISTINCT FROM %s"
    " ORDER BY id DESC LIMIT 1"
)


class Dictionary(NamedTuple):
    """A dictionary, ready for use; the one with the id 0 is empty.

    Attributes:
        base: bytes of everybody's dictionary ahead of a taxpayer's own documents in it; all of it if it is everybody's.
        attachment: the long one that its documents carry; empty if they carry none.
    """

    id: int
    squeezer: Squeezer
    base: int = 0
    attachment: bytes = b""

    @property
    def own(self) -> bytes:
        """A taxpayer's documents in it."""
        return self.squeezer.bytes[self.base :]


class _Row(NamedTuple):
    id: int
    taxpayer: int | None
    topic: str
    base: int
    key: int
    data: bytes


_NONE: Final = Dictionary(0, Squeezer())
_SHARED: Final = Remembered[int]("archive.newest", 64 * ENTRY)
_OWN: Final = Remembered[int]("archive.newest", 4 << 20)
_LOADED: Final = Remembered[Dictionary](
    "archive.dictionaries", 8 << 20, lambda one: _COPIES * len(one.squeezer.bytes) + len(one.attachment)
)
"""A millisecond or two is what it takes to load one: once for a batch."""
_Place = tuple[int, str]


class _Sample(NamedTuple):
    """A document that waits for others, without its attachment: all that carry the same one are of one topic.

    Attributes:
        size: its bytes before they were squeezed.
        base: id of the dictionary that they were squeezed with.
    """

    size: int
    base: int
    small: bytes

    @classmethod
    def of(cls, topic: str, short: bytes) -> _Sample:
        base = of_everybody(topic)
        return cls(len(short), base.id, base.squeezer.squeeze(short, is_final=False))

    @property
    def short(self) -> bytes:
        return by_id(self.base).squeezer.expand(self.small)


_watched: Final = Kept[_Place, list[_Sample]](
    "archive.samples", _WATCHED, lambda seen: sum(len(one.small) + ENTRY for one in seen)
)
_paused: Final = Kept[_Place, int]("archive.paused", 4 << 20)


def sibling(topic: str, attachment: bytes) -> str:
    """The topic of a body: those that carry the same long attachment, a stylesheet mostly, have one of their own.

    Whoever gets documents in many stylesheets, or changes the own one, has a dictionary for each, which holds the
    stylesheet once and for all.
    """
    return topic + _mark_of(attachment) if attachment else topic


class _Last(NamedTuple):
    """The attachment met last and its mark: to compare bytes takes a fiftieth of the time that a digest takes."""

    attachment: bytes
    mark: str


def _mark_of(attachment: bytes) -> str:
    global _last
    last = _last
    if last.attachment != attachment:
        last = _last = _Last(attachment, _SIBLING + sha256(attachment).hexdigest()[:16])
    return last.mark


_last = _Last(b"", "")


def of_everybody(topic: str) -> Dictionary:
    """Everybody's newest dictionary of a topic; ``invoice.in`` has that of ``invoice`` if it has none of its own."""
    topic = topic.partition(_SIBLING)[0]
    return by_id(_SHARED.get(topic, lambda: _newest(topic, None) or _newest(topic.partition(".")[0], None)))


def of_taxpayer(taxpayer: int, topic: str) -> Dictionary:
    """The newest dictionary for a taxpayer's bodies of a topic: its own, else everybody's."""
    id = _OWN.get((taxpayer, topic), lambda: _newest(topic, taxpayer))
    return by_id(id) if id else of_everybody(topic)


def by_id(id: int) -> Dictionary:
    """A dictionary by its id.

    Raises:
        ArchiveError: ``archive.dictionary-missing``, also for those of taxpayers out of scope; ``archive.key-missing``.
    """
    return _LOADED.get(id, lambda: _read(id)) if id else _NONE


def is_poor(size: int, squeezed: int) -> bool:
    """Whether a document of so many bytes that was squeezed to so many is worth being learnt from."""
    return squeezed * _POOR >= size


def learn(taxpayer: int, topic: str, text: Parted, squeezed: int) -> bool:
    """Look at a sealed document that is poorly squeezed, to so many bytes. Workers learn; people's requests do not.

    Returns:
        whether there is a better dictionary now.
    """
    place = (taxpayer, topic)
    if len(text.short) + len(text.attachment) > _MOST_BYTES or current().role is not Role.PIPELINE:
        return False
    if pause := _paused.get(place):
        _paused.put(place, pause - 1)
        return False
    seen = _watched.take(place) or []
    size = len(text.short) + sum(one.size for one in seen)
    if not seen or (len(seen) + 1 < _SAMPLES and size < _SAMPLE_BYTES):
        _watched.put(place, [*seen, _Sample.of(topic, text.short)])
        return False
    _paused.put(place, _PAUSE)
    return _improve(taxpayer, topic, [one.short for one in seen], text, squeezed)


def _improve(taxpayer: int, topic: str, samples: list[bytes], last: Parted, squeezed: int) -> bool:
    """Make a dictionary of these documents, and of what was learnt before, if one that is not among them gains."""
    _OWN.forget((taxpayer, topic))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, taxpayer])
    proof = last.full
    if sum(map(len, samples)) > _SAMPLE_BYTES:
        samples = samples[-1:]
    now = of_taxpayer(taxpayer, topic)
    if len(now.squeezer.squeeze(proof)) < _BETTER * squeezed:
        return True
    base = of_everybody(topic)
    # What they all carry stands ahead of them, once.
    ahead = bearing(last.attachment)
    known = now.own.removeprefix(ahead) + b"".join(samples)
    documents = ahead + known[-max(_SAMPLE_BYTES, len(samples[-1])) :]
    if len(base.squeezer.followed_by(documents).squeeze(proof)) > _BETTER * squeezed:
        return False
    _add(taxpayer, topic, base, documents)
    _OWN.forget((taxpayer, topic))
    return True


def _add(taxpayer: int, topic: str, base: Dictionary, documents: bytes) -> None:
    key = keyring.current(taxpayer)
    nonce = os.urandom(NONCE)
    small = base.squeezer.squeeze(documents)
    data = nonce + key.cipher.encrypt(nonce, small, _bound(taxpayer, topic, base.id))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO archive_dictionary (taxpayer_id, topic, base_id, key_id, data, created_at)"
            " VALUES (%s, %s, %s, %s, %s, %s)",
            [taxpayer, topic, base.id, key.id, data, clock.now()],
        )


def _newest(topic: str, taxpayer: int | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [topic, taxpayer])
        found = cursor.fetchone()
    return found[0] if found else 0


def _read(id: int) -> Dictionary:
    with connection.cursor() as cursor:
        cursor.execute(_BY_ID, [id])
        found = cursor.fetchone()
    if found is None:
        raise archive_error("archive.dictionary-missing", id=id)
    row = _Row._make([*found[:5], bytes(found[5])])
    if row.taxpayer is None:
        return Dictionary(id, Squeezer(row.data), len(row.data))
    base = by_id(row.base)
    cipher, bound = keyring.cipher(row.key).cipher, _bound(row.taxpayer, row.topic, row.base)
    own = base.squeezer.expand(cipher.decrypt(row.data[:NONCE], row.data[NONCE:], bound))
    attachment = attachment_in(own) if _SIBLING in row.topic else b""
    return Dictionary(id, base.squeezer.followed_by(own), len(base.squeezer.bytes), attachment)


def _bound(taxpayer: int, topic: str, base: int) -> bytes:
    return f"dictionary/{taxpayer}/{topic}/{base}".encode()
