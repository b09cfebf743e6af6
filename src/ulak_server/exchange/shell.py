"""The shell around the law of the road: one transaction in which records change and what they ask for is done.

`ulak.lifecycle` decides; here rows are locked, records stepped, effects that stay inside carried out, and everything
written with its timeline in one transaction. What goes outside is handed to the caller, who does it after the commit.
See docs/lifecycle.md, "What a shell has to do".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, NamedTuple

import msgspec
from django.db import connection

from ulak.lifecycle import documents as law
from ulak.lifecycle.effects import OUTSIDE, Alarm, AnswerPoll, Note, RefuseCall, Stray, WakeAt
from ulak.lifecycle.policy import Policy
from ulak_server.asides.services import Unit, blaming
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.documents.states import mark_of
from ulak_server.exchange import records, writing
from ulak_server.exchange.paying import crossed, settle_all
from ulak_server.exchange.rooms import ANSWERS, DOCUMENTS, ENVELOPES, INBOUND, LEDGERS, REPORTS, ROOMS, Room, Row, Sheet
from ulak_server.meters import alarmed, changed

__all__ = ["Handler", "Handlers", "Outside", "Shell", "shell"]

_ALARM: Final = "alarm"
_SEALED: Final = f"{DOCUMENTS.name}.{law.Stage.SEALED}"
Handler = Callable[["Shell", Row, Any], None]
Handlers = Mapping[tuple[str, type], Handler]
"""By the room's name and the effect's type: what carries it out inside the transaction. By the room's name and the
type of its stages: what else is to be done when a record has come to another stage, which it is given."""


class Outside(NamedTuple):
    """What is to be done after the commit."""

    room: str
    key: Any
    effect: Any


class Shell:
    """One transaction's rows.

    Args:
        now: the moment of the transaction, aware.
        handlers: carry out the effects that stay inside.
        actor, origin: who made it happen, for the timeline.

    Attributes:
        outside: what is to be done after the commit.
        replies: answers to the call that is under way (`AnswerPoll`, `RefuseCall`).
        came: documents that came in, and may cost something: taxpayer, id and kind.
        unmetered: taxpayers of whom this transaction knows that their documents cost nothing.
    """

    def __init__(self, now: datetime, policy: Policy, handlers: Handlers, actor: str = "", origin: str = "") -> None:
        self.now, self.policy, self.actor, self.origin = now, policy, actor, origin
        self.outside: list[Outside] = []
        self.replies: list[AnswerPoll | RefuseCall] = []
        self.came: list[tuple[int, int, str]] = []
        self.unmetered: set[int] = set()
        self._handlers = handlers
        self._rows: dict[tuple[str, Any], Row] = {}
        self._entries: dict[tuple[Any, ...], list[int]] = {}
        self._facts: list[Entry] = []
        self._reached: list[tuple[str, str]] = []
        self._called: list[str] = []
        self._lines: dict[Sheet, list[Sequence[Any]]] = {}

    # -- rows ----------------------------------------------------------------------------------------------------------

    def load(self, room: Room, keys: Iterable[Any]) -> list[Row]:
        """The rows of these keys, locked until the end; keys without a row are left out. In the order of the keys."""
        wanted = list(keys)
        missing = sorted({key for key in wanted if (room.name, key) not in self._rows})
        if missing:
            name, kind = room.key
            self.claim(room, f"WHERE {name} = ANY (%s::{kind}[]) ORDER BY {name} FOR UPDATE", [missing])
        found = (self._rows.get((room.name, key)) for key in wanted)
        return [row for row in found if row is not None]

    def claim(self, room: Room, condition: str, parameters: Sequence[Any]) -> list[Row]:
        """The rows that a condition selects: the rest of the statement after ``FROM table``, with its lock.

        Rows that this transaction holds already stay as it has changed them.

        Raises:
            Broken: one of them cannot be read.
        """
        columns = [room.key[0], "road", *room.fixed, *room.moving]
        texts = [name for name, kind in room.moving.items() if kind == "jsonb"]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM {room.table} {condition}", parameters)  # noqa: S608
            found = cursor.fetchall()
        return [self._keep(room, columns, texts, values) for values in found]

    def add(self, room: Room, key: Any, record: Any, **values: Any) -> Row:
        """A new row, inserted when the transaction ends."""
        row = Row(key, record, values, is_new=True)
        self._rows[room.name, key] = row
        return row

    def get(self, room: Room, key: Any) -> Row | None:
        """The row of a key, locked; None if there is none."""
        held = self._rows.get((room.name, key))
        return held if held is not None else next(iter(self.load(room, [key])), None)

    def _keep(self, room: Room, columns: Sequence[str], texts: Sequence[str], values: Sequence[Any]) -> Row:
        key, road = values[0], values[1]
        held = self._rows.get((room.name, key))
        if held is not None:
            return held
        found = dict(zip(columns[2:], values[2:], strict=True))
        with blaming(Unit.of(found.get("taxpayer_id"), key), f"{room.name} {key}"):
            record = None if road is None else records.read(room.record, road)
            for name in texts:
                if isinstance(found[name], str):
                    # Django lets its own fields read JSON, and gives the text to everybody else.
                    found[name] = msgspec.json.decode(found[name])
        row = self._rows[room.name, key] = Row(key, record, found)
        return row

    # -- what happens --------------------------------------------------------------------------------------------------

    def happen(self, room: Room, key: Any, event: Any) -> Row | None:
        """Tell a record what happened, and carry out what that asks for. None if there is no such record."""
        row = self.get(room, key)
        if row is None or row.record is None:
            return None
        before = row.record
        after, effects = room.step(before, event, self.now, self.policy)
        if after is not before:
            row.record, row.changed = after, True
            if after.stage is not before.stage:
                stage = str(after.stage)
                self._reached.append((room.name, stage))
                self.tell(room, row, f"{room.name}.{stage}", code=getattr(after, "code", ""))
        for effect in effects:
            self._carry_out(room, row, effect)
        if after.stage is not before.stage:
            self._hand(room, row, after.stage)
        return row

    def _carry_out(self, room: Room, row: Row, effect: Any) -> None:
        kind = type(effect)
        if kind is WakeAt:
            return
        if kind is AnswerPoll or kind is RefuseCall:
            self.replies.append(effect)
        elif kind in OUTSIDE:
            self.outside.append(Outside(room.name, row.key, effect))
        elif kind is Note:
            self.tell(room, row, f"{room.name}.note.{effect.what}", code=effect.code, by=effect.by or "")
        elif kind is Stray:
            self.tell(room, row, f"{room.name}.stray.{effect.what}")
        elif kind is Alarm:
            facts = {"reason" if name == "code" else name: fact for name, fact in effect.facts.items()}
            self.tell(room, row, _ALARM, code=effect.code, **facts)
        self._hand(room, row, effect)

    def _hand(self, room: Room, row: Row, what: Any) -> None:
        if (handler := self._handlers.get((room.name, type(what)))) is not None:
            handler(self, row, what)

    # -- the timeline --------------------------------------------------------------------------------------------------

    def tell(self, room: Room, row: Row, what: str, *, code: str = "", **facts: Any) -> None:
        """Write into the timeline of a row; the same of many documents of one taxpayer becomes one entry."""
        taxpayer, envelope = row.values.get("taxpayer_id"), _envelope_of(room, row)
        if what == _ALARM:
            self._called.append(code)
        stage = getattr(row.record, "stage", "")
        document = row.key if room is DOCUMENTS else row.key if room.name == "answer" else None
        if document is None or facts:
            documents = () if document is None else (document,)
            key = str(row.key) if document is None and envelope is None else ""
            more = {"key": key, **facts} if key else facts
            self._facts.append(self._entry(taxpayer, what, documents, envelope, str(stage), code, more))
        else:
            self._entries.setdefault((taxpayer, what, envelope, str(stage), code), []).append(document)

    def _entry(
        self,
        taxpayer: int | None,
        what: str,
        documents: Sequence[int],
        envelope: Any,
        stage: str,
        code: str,
        facts: Mapping[str, Any],
    ) -> Entry:
        return Entry(what, self.now, taxpayer, tuple(documents), envelope, stage, code, self.actor, self.origin, facts)

    def enter(self, sheet: Sheet, values: Sequence[Any]) -> None:
        """Write a line into a sheet when the transaction ends: many by one statement."""
        self._lines.setdefault(sheet, []).append(values)

    # -- the end -------------------------------------------------------------------------------------------------------

    def flush(self) -> None:
        """Write every row that changed, and the timeline."""
        marks = self._marks()
        self._rest()
        moved = [
            row for (name, _), row in self._rows.items() if name == DOCUMENTS.name and row.changed and crossed(row)
        ]
        for room in ROOMS:
            rows = [row for (name, _), row in self._rows.items() if name == room.name and row.changed]
            # What makes room for a new row, of which there may be one, does so first.
            writing.update(room, [row for row in rows if not row.is_new])
            writing.insert(room, [row for row in rows if row.is_new])
            for row in rows:
                row.is_written()
        writing.mark(marks)
        if moved or self.came:
            settle_all(self, moved)
        for sheet, lines in self._lines.items():
            writing.write(sheet, lines)
        self._lines.clear()
        entries = [
            self._entry(taxpayer, what, documents, envelope, stage, code, self._shared(what, documents))
            for (taxpayer, what, envelope, stage, code), documents in self._entries.items()
        ]
        audit.record([*entries, *self._facts])
        changed(self._reached)
        alarmed(self._called)
        self._reached, self._called = [], []
        self._entries.clear()
        self._facts.clear()

    def _shared(self, what: str, documents: Sequence[int]) -> dict[str, Any]:
        """What differs between the documents of one entry, in their order: the numbers that they were given."""
        if what != _SEALED:
            return {}
        return {audit.EACH: {"number": [self._rows[DOCUMENTS.name, id]["number"] for id in documents]}}

    def _rest(self) -> None:
        """Forget from when on there was something to do for documents for which there is nothing."""
        for (name, _), row in self._rows.items():
            if name == DOCUMENTS.name and row.changed and row.values.get("work") is None:
                row.values["ready_at"] = None

    def _marks(self) -> list[tuple[int, int]]:
        """How answers that changed stand, for the rows of their documents: put into those that are written anyway."""
        marks = []
        for (name, key), row in list(self._rows.items()):
            if name == ANSWERS.name and row.changed:
                mark = int(mark_of(row.record.stage, row.record.code))
                document = self._rows.get((DOCUMENTS.name, key))
                if document is not None and document.record is not None:
                    document["answer"] = mark
                else:
                    marks.append((key, mark))
        return sorted(marks)


@contextmanager
def shell(
    now: datetime,
    policy: Policy,
    handlers: Handlers,
    *,
    role: Role = Role.PIPELINE,
    taxpayers: Iterable[int] = (),
    actor: str = "",
    origin: str = "",
) -> Iterator[Shell]:
    """A transaction with a shell in it; everything is written when the block ends, and nothing if it raises."""
    with scoped(role, taxpayers):
        one = Shell(now, policy, handlers, actor, origin)
        yield one
        one.flush()


def _envelope_of(room: Room, row: Row) -> Any:
    if room is DOCUMENTS:
        return row.values.get("envelope")
    return row.key if room in (ENVELOPES, REPORTS, LEDGERS, INBOUND) else None
