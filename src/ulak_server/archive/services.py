"""Bodies kept and read: compressed, encrypted with their taxpayer's key, in the caller's transaction."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from cryptography.exceptions import InvalidTag
from zstandard import ZstdError

from ulak_server.archive import dictionaries, keyring, recipes
from ulak_server.archive.dictionaries import Dictionary
from ulak_server.archive.keks import NONCE
from ulak_server.archive.keyring import DataCipher
from ulak_server.archive.problems import archive_error
from ulak_server.archive.recipes import UNIT, Parted, Recipe
from ulak_server.database.ahead import written
from ulak_server.database.arrays import as_arrays
from ulak_server.database.bound import bound

__all__ = [
    "BATCH",
    "DOCUMENT",
    "Body",
    "Ref",
    "forget",
    "keep",
    "open_for",
    "open_loose",
    "read",
    "seal_for",
    "seal_loose",
]

DOCUMENT: Final = 1
"""The part that is the document itself."""
BATCH: Final = 9
"""The part that is what a batch was handed in as; further pieces of it follow."""
_SEALED: Final = b"SignatureValue"
_MAGIC: Final = b"\x28\xb5\x2f\xfd"
"""With which a frame of zstd begins (RFC 8878, 3.1.1)."""
_PLAIN, _RECIPE, _SHORT = b"\x00", b"\x01", b"\x02"
"""In its place: the body as it is; or a recipe's bytes, their length ahead, and its text; or the same without the long
attachment, which is the dictionary's."""
_KEY: Final = 4
_UNNEST: Final = "unnest(%s::date[], %s::bigint[], %s::smallint[], %s::int[], %s::int[], %s::int[], %s::bytea[])"
_PLACES: Final = "unnest(%s::date[], %s::bigint[], %s::smallint[]) AS w(month, owner, part)"
_THERE: Final = "b.month = w.month AND b.owner = w.owner AND b.part = w.part"
_KEEP_DRAFTS: Final = "SELECT archive_keep_drafts(%s, %s, %s, %s, %s, %s, %s)"
"""A function of the database, in place of those that are there; its columns are those of `_rows`."""
_KEEP_SEALED: Final = f"""
WITH gone AS (DELETE FROM archive_draft b USING {_PLACES} WHERE {_THERE})
INSERT INTO archive_body (month, owner, part, taxpayer_id, key_id, dictionary_id, data) SELECT * FROM {_UNNEST}
ON CONFLICT (month, owner, part)
DO UPDATE SET key_id = excluded.key_id, dictionary_id = excluded.dictionary_id, data = excluded.data
"""  # noqa: S608
_COLUMNS: Final = "b.taxpayer_id, b.month, b.owner, b.part, b.key_id, b.dictionary_id, b.data"
# A draft comes after the sealed body that it is a correction of.
_READ: Final = f"""
WITH w AS MATERIALIZED (SELECT * FROM {_PLACES})
SELECT {_COLUMNS}, 0 FROM archive_body b JOIN w ON {_THERE}
UNION ALL SELECT {_COLUMNS}, 1 FROM archive_draft b JOIN w ON {_THERE}
ORDER BY 8
"""  # noqa: S608


class Ref(NamedTuple):
    """Which body.

    Attributes:
        month: the first day of the month in which its owner came.
        owner: id of the document, or of the batch with part `BATCH`.
    """

    taxpayer: int
    month: date
    owner: int
    part: int = DOCUMENT


class Body(NamedTuple):
    """A body to be kept.

    Attributes:
        topic: what it is, e.g. ``invoice``, or ``invoice.in`` if it came in: bodies of one topic share a dictionary.
    """

    ref: Ref
    data: bytes
    topic: str = ""


def keep(bodies: Sequence[Body]) -> None:
    """Keep bodies, in place of those that are there. The scope must hold their taxpayers.

    Bodies with a seal are kept for years; all others lie apart, until they are sealed or thrown away.
    """
    sealed = [body for body in bodies if _SEALED in body.data and body.ref.part < BATCH]
    if len(sealed) < len(bodies):
        drafts = [body for body in bodies if _SEALED not in body.data or body.ref.part >= BATCH]
        written(_KEEP_DRAFTS, as_arrays(_draft_rows(drafts)))
    if sealed:
        rows = _sealed_rows(sealed)
        columns = as_arrays(rows)
        _run(_KEEP_SEALED, [*columns[:3], *columns])


def read(refs: Iterable[Ref]) -> Mapping[Ref, bytes]:
    """The bodies that are there and in scope.

    Raises:
        ArchiveError: ``archive.damaged``, ``archive.key-missing``, ``archive.dictionary-missing``, ``archive.kek-…``.
    """
    places = [(ref.month, ref.owner, ref.part) for ref in refs]
    if not places:
        return {}
    with bound() as cursor:
        cursor.execute(_READ, as_arrays(places), binary=True)
        found = cursor.fetchall()
    # What a transaction reads first is remembered for others when it commits: here it would be read for every body.
    known = {id: dictionaries.by_id(id) for id in {row[5] for row in found}}
    keys = {id: keyring.cipher(id) for id in {row[4] for row in found}}
    bodies = {}
    for taxpayer, month, owner, part, key, dictionary, data, _ in found:
        ref = Ref(taxpayer, month, owner, part)
        bodies[ref] = _opened(ref, keys[key], known[dictionary], bytes(data))
    return bodies


def forget(refs: Iterable[Ref]) -> None:
    """Remove bodies: drafts that were thrown away, batches that were split."""
    places = [list(column) for column in zip(*((ref.month, ref.owner, ref.part) for ref in refs), strict=True)]
    if places:
        for table in ("archive_draft", "archive_body"):
            _run(f"DELETE FROM {table} b USING {_PLACES} WHERE {_THERE}", places)  # noqa: S608


def seal_loose(data: bytes) -> bytes:
    """Encrypt what belongs to no taxpayer yet with the installation's own key: raw incoming ZIPs, secrets."""
    key = keyring.own()
    nonce = os.urandom(NONCE)
    return key.id.to_bytes(_KEY, "big") + nonce + key.cipher.encrypt(nonce, data, b"loose")


def open_loose(data: bytes) -> bytes:
    """What `seal_loose` encrypted.

    Raises:
        ArchiveError: ``archive.damaged``, ``archive.key-missing``, ``archive.kek-…``.
    """
    key = keyring.own(int.from_bytes(data[:_KEY], "big"))
    try:
        return key.cipher.decrypt(data[_KEY : _KEY + NONCE], data[_KEY + NONCE :], b"loose")
    except (InvalidTag, ValueError) as error:
        raise archive_error("archive.damaged", owner="–", part="–") from error


def seal_for(taxpayer: int, data: bytes, place: bytes) -> bytes:
    """Encrypt with a taxpayer's key what is kept elsewhere than among the bodies; the scope must hold the taxpayer.

    Args:
        place: what it is bound to: it cannot be put in the place of another.
    """
    key, nonce = keyring.current(taxpayer), os.urandom(NONCE)
    return key.id.to_bytes(_KEY, "big") + nonce + key.cipher.encrypt(nonce, data, place)


def open_for(data: bytes, place: bytes) -> bytes:
    """What `seal_for` encrypted for that place; the scope must hold its taxpayer.

    Raises:
        ArchiveError: ``archive.damaged``, ``archive.key-missing``, ``archive.kek-…``.
    """
    key = keyring.cipher(int.from_bytes(data[:_KEY], "big"))
    try:
        return key.cipher.decrypt(data[_KEY : _KEY + NONCE], data[_KEY + NONCE :], place)
    except (InvalidTag, ValueError) as error:
        raise archive_error("archive.damaged", owner=place.decode(), part="–") from error


def _sealed_rows(bodies: Sequence[Body]) -> list[tuple[Any, ...]]:
    chosen: dict[tuple[int, str], Dictionary] = {}
    rows = []
    for body in bodies:
        recipe = recipes.recipe_of(body.data)
        text = recipes.parted(body.data) if recipe is None else recipe.text
        place = body.ref.taxpayer, dictionaries.sibling(body.topic, text.attachment)
        if place not in chosen:
            chosen[place] = dictionaries.of_taxpayer(*place)
        small = _sealed(body.data, recipe, chosen[place])
        if dictionaries.is_poor(len(body.data), len(small)) and dictionaries.learn(*place, text, len(small)):
            chosen[place] = dictionaries.of_taxpayer(*place)
            small = _sealed(body.data, recipe, chosen[place])
        rows.append((body.ref, chosen[place].id, small))
    return _rows(rows)


def _sealed(data: bytes, recipe: Recipe | None, dictionary: Dictionary) -> bytes:
    """What is encrypted: the form, and what was squeezed."""
    if recipe is None:
        return _PLAIN + dictionary.squeezer.squeeze(data)[len(_MAGIC) :]
    if recipe.text.attachment and recipe.text.attachment == dictionary.attachment:
        form, text = _SHORT, recipe.text.short
    else:
        form, text = _RECIPE, recipe.text.full
        if recipes.read_full(text, recipe.raw) != recipe:
            return _sealed(data, None, dictionary)
    small = dictionary.squeezer.squeeze(text)
    return b"".join((form, bytes((len(recipe.raw) // UNIT,)), recipe.raw, small[len(_MAGIC) :]))


def _draft_rows(bodies: Sequence[Body]) -> list[tuple[Any, ...]]:
    chosen = {topic: dictionaries.of_everybody(topic) for topic in {body.topic for body in bodies}}
    rows = []
    for body in bodies:
        id, squeezer, *_ = chosen[body.topic]
        rows.append((body.ref, id, _PLAIN + squeezer.squeeze(body.data, is_final=False)[len(_MAGIC) :]))
    return _rows(rows)


def _rows(found: Sequence[tuple[Ref, int, bytes]]) -> list[tuple[Any, ...]]:
    """Rows of what is to be encrypted, each with the dictionary that squeezed it."""
    keys = {taxpayer: keyring.current(taxpayer) for taxpayer in {ref.taxpayer for ref, _, _ in found}}
    # Each call for randomness lets other threads run.
    nonces = os.urandom(NONCE * len(found))
    rows = []
    for place, (ref, dictionary, small) in enumerate(found):
        key, nonce = keys[ref.taxpayer], nonces[place * NONCE : (place + 1) * NONCE]
        data = nonce + key.cipher.encrypt(nonce, small, _bound(ref, dictionary))
        rows.append((ref.month, ref.owner, ref.part, ref.taxpayer, key.id, dictionary, data))
    return rows


def _opened(ref: Ref, key: DataCipher, dictionary: Dictionary, data: bytes) -> bytes:
    try:
        small = key.cipher.decrypt(data[:NONCE], data[NONCE:], _bound(ref, dictionary.id))
        return _expanded(small, dictionary)
    except (InvalidTag, ZstdError, ValueError) as error:
        raise archive_error("archive.damaged", owner=ref.owner, part=ref.part) from error


def _expanded(small: bytes, dictionary: Dictionary) -> bytes:
    form, squeezer = small[:1], dictionary.squeezer
    if form == _MAGIC[:1]:
        # Kept before there were forms.
        return squeezer.expand(small)
    if form == _PLAIN:
        return squeezer.expand(_MAGIC + small[1:])
    if form not in (_RECIPE, _SHORT) or len(small) == 1:
        raise ValueError("no form that is known")
    end = 2 + small[1] * UNIT
    text, raw = squeezer.expand(_MAGIC + small[end:]), small[2:end]
    if form == _RECIPE:
        return recipes.whole(recipes.read_full(text, raw))
    if not dictionary.attachment:
        raise ValueError("nothing for the place of the attachment")
    return recipes.whole(Recipe(Parted(text, dictionary.attachment), raw))


def _bound(ref: Ref, dictionary: int) -> bytes:
    """What a body is bound to: it cannot be put in the place of another."""
    month = ref.month
    return f"{ref.taxpayer}/{month.year}{month.month:02}/{ref.owner}/{ref.part}/{dictionary}".encode()


def _run(statement: str, parameters: Sequence[Any]) -> None:
    with bound() as cursor:
        cursor.execute(statement, parameters)
