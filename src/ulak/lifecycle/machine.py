"""What all state machines share: a table of rows, one per stage and happening, and the step that looks a row up.

An event is first told apart into a *happening* of a short alphabet; stage and happening name exactly one row. So a
table can be read line by line, and every pair can be tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from ulak.lifecycle.effects import Effects, Stray, WakeAt, Woke

__all__ = ["Kind", "Machine", "Record", "Row", "Stage", "Step"]


class Kind(Protocol):
    """A member of an enum of strings."""

    @property
    def value(self) -> str: ...


class Stage(Kind, Protocol):
    """A member of a machine's enum of stages."""

    @property
    def is_final(self) -> bool: ...


class Record(Protocol):
    """What is stored of one thing that a machine moves."""

    @property
    def stage(self) -> Any: ...

    @property
    def wake_at(self) -> datetime | None: ...


R = TypeVar("R", bound=Record)


class Step(NamedTuple, Generic[R]):
    """What an event leads to: the record to store, and what to do in the order in which it stands."""

    record: R
    effects: Effects


class Row(NamedTuple):
    """One rule.

    Attributes:
        stages: in which it holds.
        on: what happens.
        to: the stage after it; None if it stays as it is.
        do: (record, stage after it, event, now, policy) → (record, effects).
        source: the guide and section that says so; "own" where none does, with the reason on the page.
    """

    stages: tuple[Any, ...]
    on: Any
    to: Any
    do: Callable[..., tuple[Any, Effects]]
    source: str


class Machine(Generic[R]):
    """A table of rows.

    Args:
        happening: (record, event, now, policy) → the member of the alphabet that the event is for this record.
    """

    def __init__(self, rows: Iterable[Row], happening: Callable[..., Any]) -> None:
        self.rows: Final = tuple(rows)
        self._happening = happening
        self._table: dict[Any, dict[Any, Row]] = {}
        for row in self.rows:
            for stage in row.stages:
                if self._table.setdefault(stage, {}).setdefault(row.on, row) is not row:
                    raise ValueError(f"two rows for {stage} and {row.on}")

    def row(self, stage: Any, on: Any) -> Row | None:
        """The row of a stage and a happening; None if the happening changes nothing there."""
        return self._table.get(stage, {}).get(on)

    def step(self, record: R, event: object, now: datetime, policy: Any) -> Step[R]:
        """What an event does. An alarm clock that rings early does nothing; what no row expects is only noted."""
        rang = type(event) is Woke
        if rang and (record.wake_at is None or now < record.wake_at):
            return Step(record, ())
        on = self._happening(record, event, now, policy)
        row = self._table.get(record.stage, {}).get(on)
        if row is None:
            return Step(record, (Stray(on.value),))
        to = record.stage if row.to is None else row.to
        after, effects = row.do(record, to, event, now, policy)
        if rang or after.wake_at != record.wake_at:
            effects = (*effects, WakeAt(after.wake_at))
        return Step(after, effects)
