"""Drafts: changed, thrown away, sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple
from uuid import UUID

import msgspec
from django.db import IntegrityError, connection

from ulak.errors import UlakError
from ulak.lifecycle import documents as law
from ulak.lifecycle.policy import Policy
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.bell import ring
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import admission
from ulak_server.documents.existing import collision
from ulak_server.documents.intake import Options
from ulak_server.documents.items import Item, unpacked
from ulak_server.documents.models import Direction, Work
from ulak_server.documents.problems import problem
from ulak_server.documents.queue import queued_at
from ulak_server.documents.reading import Format, read
from ulak_server.documents.services import Draft, rewrite
from ulak_server.documents.sketches import sketch
from ulak_server.documents.taking import Taken, opened, placed

__all__ = ["change", "content", "delete", "submit", "update"]

_LOCK: Final = """
SELECT month, ettn, erp_key, about_id, batch_id, road FROM documents_document
WHERE id = %s AND taxpayer_id = %s AND direction = %s AND stage = 'draft' FOR UPDATE
"""
_SUBMIT: Final = """
UPDATE documents_document SET stage = %s, wake_at = %s, road = %s, work = %s, ready_at = %s, accepted_at = %s
WHERE id = %s
"""
_ROADS: Final = msgspec.msgpack.Decoder(law.Document)
_NO_OPTIONS: Final = Options()


class _Kept(NamedTuple):
    month: date
    ettn: UUID
    erp_key: str | None
    about: int | None
    batch: int | None
    road: Any


def content(taxpayer: int, document: int) -> Item:
    """A draft as it was handed in; within a scope that holds its taxpayer.

    Raises:
        IntakeError: ``intake.no-draft``.
    """
    return _item(taxpayer, document, _locked(taxpayer, document))


def update(
    taxpayer: int,
    document: int,
    data: bytes,
    format: Format | None = None,
    options: Options = _NO_OPTIONS,
    *,
    actor: str = "",
    origin: str = "",
) -> None:
    """Put other content in place of a draft's; outside of any scope.

    Raises:
        UlakError: ``intake.no-draft``; like `taking.take_in` for a draft.
    """
    item = opened(data, format, options)
    try:
        with scoped(Role.WEB, [taxpayer]):
            change(taxpayer, document, item)
            _tell(taxpayer, document, "document.draft-changed", "draft", actor, origin)
    except IntegrityError as error:
        raise _refused(taxpayer, document, sketch(taxpayer, item), error) from None


def change(taxpayer: int, document: int, item: Item) -> None:
    """Put other content in place of a draft's, within a scope that holds its taxpayer; the timeline is the caller's.

    Raises:
        UlakError: ``intake.no-draft``; what `sketch` raises.
    """
    kept = _locked(taxpayer, document)
    rewrite(document, kept.month, sketch(taxpayer, item, kept.ettn))


def delete(taxpayer: int, document: int, *, actor: str = "", origin: str = "") -> None:
    """Throw a draft away, with its body; that it was there stays in the timeline. Outside of any scope.

    Raises:
        IntakeError: ``intake.no-draft``.
    """
    with scoped(Role.WEB, [taxpayer]):
        kept = _locked(taxpayer, document)
        archive.forget([archive.Ref(taxpayer, kept.month, document)])
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM documents_document WHERE id = %s", [document])
        _tell(taxpayer, document, "document.draft-deleted", "", actor, origin)


def submit(taxpayer: int, document: int, *, policy: Policy, actor: str = "", origin: str = "") -> Taken:
    """Send a draft: it is read, placed and taken in as if it were handed in now. Outside of any scope.

    Raises:
        UlakError: ``intake.no-draft``; like `taking.take_in`. The draft stays as it was then.
    """
    draft: Draft | None = None
    try:
        with scoped(Role.WEB, [taxpayer]):
            kept = _locked(taxpayer, document)
            item = _item(taxpayer, document, kept)
            reading = read(item.data, item.format, kinds=item.options.kinds, ettn=kept.ettn)
            draft, route, _ = placed(taxpayer, reading, item.options)
            admission.check(taxpayer, draft.kind)
            rewrite(document, kept.month, draft)
            stage = _submitted(document, kept, draft, policy)
            _tell(taxpayer, document, "document.accepted", stage, actor, origin, draft.told)
            ring()
    except IntegrityError as error:
        raise _refused(taxpayer, document, draft, error) from None
    return Taken(document, draft.ettn, draft.number, stage, route)


def _locked(taxpayer: int, document: int) -> _Kept:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [document, taxpayer, Direction.OUT])
        found = cursor.fetchone()
    if found is None:
        raise problem("intake.no-draft")
    return _Kept(*found)


def _item(taxpayer: int, document: int, kept: _Kept) -> Item:
    ref = archive.Ref(taxpayer, kept.month, document)
    options = Options(erp_key=kept.erp_key, about=kept.about, batch=kept.batch)
    return unpacked(archive.read([ref])[ref], options)


def _submitted(document: int, kept: _Kept, draft: Draft, policy: Policy) -> str:
    now = clock.now()
    before = _ROADS.decode(kept.road)._replace(numbered=bool(draft.number))
    record = law.step(before, law.Submitted(), now, policy).record
    with connection.cursor() as cursor:
        cursor.execute(
            _SUBMIT,
            [
                str(record.stage),
                record.wake_at,
                msgspec.msgpack.encode(record),
                Work.JUDGE,
                queued_at(now, priority=draft.priority),
                now,
                document,
            ],
        )
    return str(record.stage)


def _tell(
    taxpayer: int, document: int, what: str, stage: str, actor: str, origin: str, facts: Mapping[str, Any] | None = None
) -> None:
    entry = Entry(what, clock.now(), taxpayer, (document,), stage=stage, actor=actor, origin=origin, facts=facts or {})
    audit.record([entry])


def _refused(taxpayer: int, document: int, draft: Draft | None, error: IntegrityError) -> UlakError | IntegrityError:
    with scoped(Role.WEB, [taxpayer]):
        return (collision(taxpayer, draft, document) if draft else None) or error
