"""Documents handed in together: stored at once, cut into pieces; workers read them (`batch_station`)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO, Final, NamedTuple

import msgspec
from django.db import IntegrityError, connection
from psycopg.types.json import Jsonb

from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.bell import ring
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.batch_problems import batch_problem
from ulak_server.documents.existing import digest_of
from ulak_server.documents.intake import Options, check_key, check_options
from ulak_server.documents.models import Batch, Refusal
from ulak_server.documents.problems import problem
from ulak_server.documents.splitting import BatchForm, Part, pieces_of

__all__ = ["HandedIn", "find", "get", "hand_in", "month_of", "piece_ref", "read_piece", "refusals"]

INTENTS: Final = ("draft", "check", "send")
_INSERT: Final = """
INSERT INTO documents_batch (taxpayer_id, key, digest, form, intent, stage, pieces, piece, total, read, accepted,
    refused, options, actor, origin, created_at)
VALUES (%s, %s, %s, %s, %s, 'stored', 0, 0, 0, 0, 0, 0, %s, %s, %s, %s) RETURNING id
"""
_NO_OPTIONS: Final = Options()
_SAID: Final = ("series", "branch", "alias", "sender_alias", "priority", "route")
_PARTS: Final = msgspec.msgpack.Decoder(list[Part])


class HandedIn(NamedTuple):
    """A batch that is stored.

    Attributes:
        total: how many documents it has.
        is_repeated: whether the same request was answered before: nothing was stored now.
    """

    id: int
    total: int
    is_repeated: bool = False


def hand_in(
    taxpayer: int,
    content: bytes | BinaryIO,
    form: BatchForm,
    *,
    intent: str = "send",
    options: Options = _NO_OPTIONS,
    key: str | None = None,
    actor: str = "",
    origin: str = "",
) -> HandedIn:
    """Store a batch, durably; it opens its own scope, so call it outside of any.

    Args:
        content: of at most `splitting.BIGGEST` bytes; a file can be sought.
        form: ``ndjson``, ``json`` (an array) or ``zip`` (of UBL or JSON files).
        intent: ``send``; ``draft``: keep them as drafts; ``check``: judge them and keep only what is wrong.
        options: for all of them; those of an item's own wrapping win. Keys of ERPs stand in the items.
        key: the caller's ``Idempotency-Key``.

    Raises:
        UlakError: ``batch.*`` for what is wrong with the whole, ``intake.key…``; nothing was stored then.
    """
    if intent not in INTENTS:
        raise batch_problem("batch.form", form=intent)
    if key is not None:
        check_key(key, "intake.key")
    check_options(options)
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    said = {name: getattr(options, name) for name in _SAID if getattr(options, name)}
    said |= {} if options.design is None else {"design": options.design}
    digest = _digest(file, form, intent, said)
    values = [taxpayer, key, digest, form, intent, Jsonb(said), actor, origin]
    try:
        with scoped(Role.WEB, [taxpayer]):
            return _stored(taxpayer, file, form, values)
    except IntegrityError:
        again = None if key is None else _again(taxpayer, key, digest)
        if again is None:
            raise
        return again


def _stored(taxpayer: int, file: BinaryIO, form: BatchForm, values: list[Any]) -> HandedIn:
    now = clock.now()
    if not _knows(taxpayer):
        raise problem("intake.taxpayer")
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [*values, now])
        (id,) = cursor.fetchone() or (0,)
        month = month_of(now)
        pieces = total = 0
        for piece in pieces_of(file, form):
            ref = piece_ref(taxpayer, month, id, pieces)
            archive.keep([archive.Body(ref, msgspec.msgpack.encode(piece), "batch")])
            pieces, total = pieces + 1, total + len(piece)
        cursor.execute(
            "UPDATE documents_batch SET pieces = %s, total = %s, wake_at = %s WHERE id = %s", [pieces, total, now, id]
        )
    actor, origin = values[-2:]
    facts = {"batch": id, "total": total}
    audit.record([Entry("batch.stored", now, taxpayer, stage="stored", actor=actor, origin=origin, facts=facts)])
    ring()
    return HandedIn(id, total)


def _knows(taxpayer: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM taxpayers_taxpayer WHERE id = %s", [taxpayer])
        return cursor.fetchone() is not None


def _digest(file: BinaryIO, form: str, intent: str, said: dict[str, Any]) -> bytes:
    file.seek(0)
    content = hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]
    file.seek(0)
    return digest_of(content, form, intent, repr(sorted(said.items())))


def _again(taxpayer: int, key: str, digest: bytes) -> HandedIn | None:
    with scoped(Role.WEB, [taxpayer]):
        found = Batch.objects.filter(taxpayer_id=taxpayer, key=key).first()
    if found is None:
        return None
    if bytes(found.digest) != digest:
        raise problem("intake.key-reused", existing=found.id)
    return HandedIn(found.id, found.total, is_repeated=True)


# -- what is stored ----------------------------------------------------------------------------------------------------


def month_of(moment: Any) -> date:
    """The month in whose partition a batch lies."""
    day: date = moment.astimezone(clock.ISTANBUL).date()
    return day.replace(day=1)


def piece_ref(taxpayer: int, month: date, batch: int, piece: int) -> archive.Ref:
    """Where a piece of a batch is kept: parts from `archive.BATCH` on are a batch's."""
    return archive.Ref(taxpayer, month, batch, archive.BATCH + piece)


def read_piece(ref: archive.Ref) -> list[Part]:
    """The items of a piece."""
    return _PARTS.decode(archive.read([ref])[ref])


# -- what people see, within a scope -----------------------------------------------------------------------------------


def get(taxpayer: int, batch: int) -> Batch:
    """A batch; raises `BatchError` ``batch.unknown``."""
    found = Batch.objects.filter(taxpayer_id=taxpayer, id=batch).first()
    if found is None:
        raise batch_problem("batch.unknown")
    return found


def find(taxpayer: int, *, before: int | None = None, limit: int = 50) -> Sequence[Batch]:
    """The batches of a taxpayer, the last first; those with an id below ``before``."""
    found = Batch.objects.filter(taxpayer_id=taxpayer).order_by("-id")
    return list((found if before is None else found.filter(id__lt=before))[:limit])


def refusals(taxpayer: int, batch: int, *, after: int = -1, limit: int = 100) -> Sequence[Refusal]:
    """What was not taken of a batch, by place; those behind the place ``after``."""
    found = Refusal.objects.filter(taxpayer_id=taxpayer, batch_id=batch, place__gt=after)
    return list(found.order_by("place")[:limit])
