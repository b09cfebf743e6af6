"""The station that reads batches: a piece a turn, its documents and its place in one transaction.

Batches take turns, so that a large one does not keep small ones waiting; a killed worker's piece is read again, since
neither its documents nor its place were stored.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

import structlog
from django.db import DataError, IntegrityError, connection, transaction
from django.db import Error as DatabaseError

from ulak.errors import UlakError
from ulak.lifecycle.policy import Policy
from ulak_server import clock
from ulak_server.archive import services as archive
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents import admission
from ulak_server.documents.batch_problems import batch_problem
from ulak_server.documents.batches import get, month_of, piece_ref, read_piece
from ulak_server.documents.checking import judged, refusal_of
from ulak_server.documents.desk import open_desk
from ulak_server.documents.existing import collisions
from ulak_server.documents.intake import Options, Placed, check_options, place_all
from ulak_server.documents.items import Item, unpacked
from ulak_server.documents.models import Batch, Refusal
from ulak_server.documents.reading import Reading, read
from ulak_server.documents.services import Draft, accept
from ulak_server.documents.sketches import sketch
from ulak_server.documents.splitting import Part

__all__ = ["BatchStation", "problem_json"]

_WAITING: Final = """
SELECT id, taxpayer_id FROM documents_batch WHERE wake_at <= %s ORDER BY wake_at LIMIT 20
"""
_LOCK: Final = "SELECT 1 FROM documents_batch WHERE id = %s AND wake_at IS NOT NULL FOR UPDATE SKIP LOCKED"
_AFTER_FAILURE: Final = timedelta(minutes=1)
_TRIES: Final = 3
_LOG: Final = structlog.get_logger("ulak_server.documents")


class _Entry(NamedTuple):
    """An item that was read, and its place in the batch."""

    place: int
    name: str
    item: Item
    reading: Reading | None


class BatchStation:
    """Reads batches; see `ulak_server.exchange.station.Station`.

    Args:
        policy: gives the law's times.
    """

    name = "batches"

    def __init__(self, policy: Callable[[], Policy]) -> None:
        self._policy = policy

    def turn(self) -> int:
        """Read one piece of one batch; how many items it had."""
        with scoped(Role.PIPELINE), connection.cursor() as cursor:
            cursor.execute(_WAITING, [clock.now()])
            waiting = cursor.fetchall()
        for batch, taxpayer in waiting:
            done = self._piece(batch, taxpayer)
            if done is not None:
                return done
        return 0

    def close(self) -> None:
        """It holds nothing."""

    def _piece(self, batch: int, taxpayer: int) -> int | None:
        """One piece; item by item if one of its items may be what makes it fail, so that the others go on."""
        try:
            try:
                return self._read(batch, taxpayer, _Turn)
            except Exception as error:
                if not _is_of_an_item(error):
                    raise
                _LOG.warning("batch.piece-failed", batch=batch, exc_info=error)
                return self._read(batch, taxpayer, _CarefulTurn)
        except Exception:
            with scoped(Role.WEB, [taxpayer]):
                Batch.objects.filter(id=batch).update(wake_at=clock.now() + _AFTER_FAILURE)
            raise

    def _read(self, batch: int, taxpayer: int, turn: type[_Turn]) -> int | None:
        with scoped(Role.WEB, [taxpayer]):
            return turn(get(taxpayer, batch), self._policy()).run() if _locked(batch) else None


def _is_of_an_item(error: Exception) -> bool:
    """Whether an item may be to blame, and not what all of them need: database, archive, disk."""
    if isinstance(error, DatabaseError):
        return isinstance(error, (DataError, IntegrityError))
    return not isinstance(error, (UlakError, OSError, MemoryError))


def _locked(batch: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [batch])
        return cursor.fetchone() is not None


class _Turn:
    """One piece of one batch, within its transaction."""

    def __init__(self, batch: Batch, policy: Policy) -> None:
        self._batch, self._policy = batch, policy
        self._now = clock.now()
        self._refused: list[Refusal] = []
        self._lines: dict[int, int] = {}
        self._accepted = 0

    def run(self) -> int:
        batch = self._batch
        ref = piece_ref(batch.taxpayer_id, month_of(batch.created_at), batch.id, batch.piece)
        parts = read_piece(ref)
        entries = self._entries(parts)
        self._do(entries)
        Refusal.objects.bulk_create(self._refused)
        archive.forget([ref])
        self._advance(len(parts))
        return len(parts)

    def _do(self, entries: Sequence[_Entry]) -> None:
        {"send": self._send, "draft": self._draft, "check": self._check}[self._batch.intent](entries)

    # -- reading -------------------------------------------------------------------------------------------------------

    def _entries(self, parts: Sequence[Part]) -> list[_Entry]:
        options = Options(batch=self._batch.id, **self._batch.options)
        self._lines = {self._batch.read + at: part.line for at, part in enumerate(parts) if part.line}
        found = [self._entry(self._batch.read + at, part, options) for at, part in enumerate(parts)]
        return [entry for entry in found if entry is not None]

    def _entry(self, place: int, part: Part, options: Options) -> _Entry | None:
        name = part.name
        try:
            if part.fault:
                raise batch_problem(part.fault, **part.facts)
            item = unpacked(part.data, options)
            name = item.options.erp_key or name
            check_options(item.options)
            reading = None if self._batch.intent == "draft" else read(item.data, item.format)
            return _Entry(place, name, item, reading)
        except UlakError as error:
            self._refuse(place, name, error)
        except Exception:
            _LOG.exception("batch.item-failed", batch=self._batch.id, place=place)
            self._refuse(place, name, batch_problem("batch.item-failed"))
        return None

    # -- what is done with them ----------------------------------------------------------------------------------------

    def _send(self, entries: Sequence[_Entry]) -> None:
        self._accept(self._placed(entries), submit=True)

    def _draft(self, entries: Sequence[_Entry]) -> None:
        drafts = []
        for entry in entries:
            try:
                drafts.append((entry, sketch(self._batch.taxpayer_id, entry.item)))
            except UlakError as error:
                self._refuse(entry.place, entry.name, error)
        self._accept(drafts, submit=False)

    def _check(self, entries: Sequence[_Entry]) -> None:
        placed = self._placed(entries)
        clashes = collisions(self._batch.taxpayer_id, [draft for _, draft in placed])
        for at, (entry, draft) in enumerate(placed):
            assert entry.reading is not None
            error = clashes.get(at) or refusal_of(judged(entry.item, entry.reading, draft.body))
            if error is None:
                self._accepted += 1
            else:
                self._refuse(entry.place, entry.name, error)

    def _placed(self, entries: Sequence[_Entry]) -> list[tuple[_Entry, Draft]]:
        readings = [(entry.reading, entry.item.options) for entry in entries if entry.reading is not None]
        found = place_all(open_desk(self._batch.taxpayer_id), readings)
        kept = []
        for entry, one in zip(entries, found, strict=True):
            if isinstance(one, Placed):
                kept.append((entry, one.draft))
            else:
                self._refuse(entry.place, entry.name, one)
        return kept

    def _accept(self, drafts: Sequence[tuple[_Entry, Draft]], *, submit: bool) -> None:
        for left in reversed(range(_TRIES)):
            clashes: dict[int, UlakError] = {}
            clashes |= collisions(self._batch.taxpayer_id, [draft for _, draft in drafts])
            if submit:
                clashes |= self._not_admitted(drafts, clashes)
            fresh = [draft for at, (_, draft) in enumerate(drafts) if at not in clashes]
            try:
                with transaction.atomic():
                    self._store(fresh, submit=submit)
            except IntegrityError:
                # Somebody stored one of them meanwhile; the next look sees it.
                if not left:
                    raise
                continue
            self._accepted += len(fresh)
            for at, error in clashes.items():
                self._refuse(drafts[at][0].place, drafts[at][0].name, error)
            return

    def _not_admitted(self, drafts: Sequence[tuple[_Entry, Draft]], clashes: Collection[int]) -> dict[int, UlakError]:
        places = [place for place in range(len(drafts)) if place not in clashes]
        found = admission.refusals(self._batch.taxpayer_id, [drafts[place][1].kind for place in places])
        return {places[at]: error for at, error in found.items()}

    def _store(self, drafts: Sequence[Draft], *, submit: bool) -> None:
        if drafts:
            accept(drafts, self._policy, submit=submit, actor=self._batch.actor, origin=self._batch.origin)

    # -- the batch -----------------------------------------------------------------------------------------------------

    def _refuse(self, place: int, name: str, error: UlakError) -> None:
        told = problem_json(error)
        if place in self._lines:
            # The item's own first line says nothing of a file that has one item in each.
            told["line"] = self._lines[place]
        self._refused.append(
            Refusal(
                batch_id=self._batch.id,
                taxpayer_id=self._batch.taxpayer_id,
                place=place,
                name=name[:200],
                problem=told,
            )
        )

    def _advance(self, count: int) -> None:
        batch = self._batch
        batch.piece += 1
        batch.read += count
        batch.accepted += self._accepted
        batch.refused += len(self._refused)
        batch.wake_at = self._now
        if batch.piece >= batch.pieces:
            batch.stage, batch.wake_at, batch.finished_at = "done", None, self._now
            facts = {"batch": batch.id, "accepted": batch.accepted, "refused": batch.refused}
            audit.record([Entry("batch.done", self._now, batch.taxpayer_id, stage="done", facts=facts)])
        batch.save(update_fields=["piece", "read", "accepted", "refused", "wake_at", "stage", "finished_at"])


class _CarefulTurn(_Turn):
    """A piece of which every item is taken by itself; the one that fails is refused."""

    def _do(self, entries: Sequence[_Entry]) -> None:
        for entry in entries:
            before = self._accepted, len(self._refused)
            try:
                with transaction.atomic():
                    super()._do([entry])
            except Exception as error:
                if not _is_of_an_item(error):
                    raise
                _LOG.exception("batch.item-failed", batch=self._batch.id, place=entry.place)
                self._accepted = before[0]
                del self._refused[before[1] :]
                self._refuse(entry.place, entry.name, batch_problem("batch.item-failed"))


def problem_json(error: UlakError) -> dict[str, Any]:
    """An error as it is kept, in both languages; whoever shows it makes a problem of RFC 9457 of it."""
    kept: dict[str, Any] = {
        "code": error.code,
        "detail": error.text._asdict(),
        "repair": error.repair._asdict(),
        "where": error.where,
    }
    if error.line is not None:
        kept["line"] = error.line
    if (existing := getattr(error, "existing", None)) is not None:
        kept["existing"] = existing
    if errors := getattr(error, "errors", ()):
        kept["errors"] = [problem_json(one) for one in errors]
    return kept
