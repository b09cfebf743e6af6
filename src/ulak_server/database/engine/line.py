"""A connection that holds statements back which nobody waits for, and sends them along with the next one.

PostgreSQL answers several statements in one message one after the other, each planned after those before it (Message
Flow, "Multiple Statements in a Simple Query"). A transaction that begins, says for whom it works, asks once and commits
takes two round trips in place of four; through a pooler, too, since nothing outlives the transaction.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from select import POLLIN, poll
from typing import Any, Final, NamedTuple, Self

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

__all__ = ["Asking", "Held", "Line", "joined"]

_FAILED: Final = (ExecStatus.FATAL_ERROR, ExecStatus.BAD_RESPONSE)


class Held(NamedTuple):
    """A statement that is to be sent along with the next one.

    Attributes:
        matters: whether it has to be sent even if nothing follows but the end of the transaction.
    """

    statement: str
    parameters: Sequence[Any] | None = None
    matters: bool = False


def joined(parts: Sequence[Held]) -> tuple[str, list[Any] | None]:
    """Statements as one text with the parameters of all.

    >>> joined([Held("SELECT '100%'"), Held("SELECT %s", [1])])
    ("SELECT '100%%'; SELECT %s", [1])
    """
    if all(one.parameters is None for one in parts):
        return "; ".join(one.statement for one in parts), None
    texts = (one.statement.replace("%", "%%") if one.parameters is None else one.statement for one in parts)
    return "; ".join(texts), [value for one in parts for value in one.parameters or ()]


class Line(psycopg.Connection[Any]):
    """A connection to PostgreSQL whose transactions begin with their first statement."""

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self._held: list[Held] = []
        self._used_at = time.monotonic()

    def hold(self, *statements: Held) -> None:
        """Send these along with what is sent next."""
        self._held += statements

    def taken(self) -> list[Held]:
        """What was held back; whoever takes it sends it."""
        held, self._held = self._held, []
        return held

    def wait(self, gen: Any, *args: Any, **words: Any) -> Any:
        """Whatever is done with the connection comes by here: nothing overtakes what is held back."""
        if self._held:
            self._send(self.taken())
        self._used_at = time.monotonic()
        return super().wait(gen, *args, **words)

    def commit(self) -> None:
        """End the transaction in one message with all that is held back; one that asked nothing is not begun at all."""
        held = self.taken()
        if any(one.matters for one in held):
            with self.lock:
                self._send([*held, Held("COMMIT")])
        elif self.pgconn.transaction_status != TransactionStatus.IDLE:
            super().commit()

    def rollback(self) -> None:
        """Undo the transaction; what was held back is forgotten."""
        self.taken()
        if self.pgconn.transaction_status != TransactionStatus.IDLE:
            super().rollback()

    def seems_well(self, seconds: float) -> bool:
        """Whether it was used so short a time ago, and its server has not said anything since: not even goodbye."""
        if self.closed or time.monotonic() - self._used_at > seconds:
            return False
        # A server that ends closes its connections, which shows without asking.
        watch = poll()
        watch.register(self.fileno(), POLLIN)
        return not watch.poll(0)

    def _send(self, held: Sequence[Held]) -> None:
        with psycopg.ClientCursor(self) as cursor:
            text = cursor.mogrify(*joined(held))
        self._used_at = time.monotonic()
        result = self.pgconn.exec_(text.encode())
        if result.status in _FAILED:
            if self.broken:
                raise psycopg.OperationalError(result.error_message.decode(errors="replace"))
            raise error_from_result(result)


class Asking(psycopg.ClientCursor[Any]):
    """Django's cursor, which sends what its connection has held back in the same message."""

    def execute(self, query: Any, params: Any = None, **words: Any) -> Self:
        """Execute a statement after those that were held back; the results are its own."""
        line = self.connection
        held = line.taken() if isinstance(line, Line) else []
        if not held:
            return super().execute(query, params, **words)
        if not isinstance(query, str) or isinstance(params, Mapping):
            query, params = self.mogrify(query, params), None
        super().execute(*joined([*held, Held(query, params)]), **words)
        for _ in held:
            self.nextset()
        return self
