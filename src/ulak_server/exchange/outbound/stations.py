"""The two stations of the way out: one judges, numbers and seals, the other puts into envelopes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import structlog
from django.db import DataError, IntegrityError
from django.db import Error as DatabaseError

from ulak.errors import UlakError
from ulak_server import clock
from ulak_server.asides import services as asides
from ulak_server.asides.services import Broken, Unit
from ulak_server.database.scope import widen
from ulak_server.documents.judging import error_of_problem
from ulak_server.documents.models import Work
from ulak_server.exchange.keys import KeyRing
from ulak_server.exchange.law import happening
from ulak_server.exchange.outbound.claims import PACKING, PREPARING, Turns, claim, claim_to_pack
from ulak_server.exchange.outbound.packing import pack_lots
from ulak_server.exchange.outbound.problems import problem
from ulak_server.exchange.outbound.rerouting import reroute
from ulak_server.exchange.outbound.sealing import seal_all
from ulak_server.exchange.outbound.work import bodies_of, judge_all, ref_of
from ulak_server.exchange.rooms import DOCUMENTS, Row
from ulak_server.exchange.shell import Outside, Shell

__all__ = ["Calls", "Packing", "Preparing"]

_LOG: Final = structlog.get_logger("ulak_server.outbound")
_BATCH: Final = 100
_LOOK: Final = 500
_OF_ROWS: Final = (DataError, IntegrityError)
"""What the database refuses because of what a row says: the row is to blame, and not the database."""


class Calls(Protocol):
    """What carries out effects that go outside (`ulak_server.exchange.calls`)."""

    @property
    def free(self) -> int:
        """Calls that could begin now."""

    def carry_out(self, outside: Sequence[Outside]) -> None:
        """Begin these calls."""


class _Rounds:
    """Turns of a station that works for one taxpayer at a time.

    A batch that fails is undone and its documents are worked for one by one, so that the one that is to blame is found;
    it is put aside with its reason, and its alarm clock brings it back. One whose row cannot be read or written has no
    place for a reason: it stands in `ulak_server.asides`.

    Args:
        name: of the station.
        works: what it does.
        do: one batch, at most so many documents, in the transaction that claimed them; how many it was.
    """

    def __init__(
        self, name: str, works: Sequence[Work], calls: Calls, claims: Callable[[Shell, int, int], list[Row]], most: int
    ) -> None:
        self._name, self._calls, self._claims, self._most = name, calls, claims, most
        self._turns = Turns(name, works)
        self._careful: dict[int, int] = {}

    def turn(self, do: Callable[[Shell, list[Row]], int]) -> int:
        for taxpayer in self._turns.due(clock.now()):
            done = self._for_one(taxpayer, do)
            if done:
                self._turns.served(taxpayer)
                return done
        return 0

    def _for_one(self, taxpayer: int, do: Callable[[Shell, list[Row]], int]) -> int:
        rows: list[Row] = []
        most = 1 if taxpayer in self._careful else self._most
        try:
            with happening() as shell:
                widen([taxpayer])
                rows += self._claims(shell, taxpayer, most)
                done = do(shell, rows) if rows else 0
        except Exception as error:
            if isinstance(error, DatabaseError) and not isinstance(error, _OF_ROWS):
                # Others go first when it is tried again: it may fail for this one alone.
                self._turns.served(taxpayer)
                raise
            if isinstance(error, Broken) and not rows:
                asides.put_aside(self._name, error.unit, error)
                return 1
            self._blame(taxpayer, rows, error)
            return len(rows)
        self._relax(taxpayer, len(rows))
        self._calls.carry_out(shell.outside)
        self._take_back(taxpayer, rows)
        return done

    def _relax(self, taxpayer: int, done: int) -> None:
        """After as many single documents as failed together, or once none is left, they go together again."""
        left = self._careful.pop(taxpayer, 0) - 1
        if done and left > 0:
            self._careful[taxpayer] = left

    def _blame(self, taxpayer: int, rows: Sequence[Row], error: Exception) -> None:
        _LOG.error("outbound.failed", taxpayer=taxpayer, documents=len(rows), exc_info=error)
        self._careful[taxpayer] = self._most
        if len(rows) != 1:
            return
        try:
            _put_aside(rows[0].key, error)
        except Exception as another:
            asides.put_aside(self._name, Unit(taxpayer, rows[0].key), another)
        else:
            self._take_back(taxpayer, rows)

    def _take_back(self, taxpayer: int, rows: Sequence[Row]) -> None:
        if rows and self._turns.has_asides:
            asides.take_back_all(self._name, [Unit(taxpayer, row.key) for row in rows])


def _put_aside(id: int, error: Exception) -> None:
    """In the document's own row, where its taxpayer sees it."""
    said = error if isinstance(error, UlakError) else problem("outbound.internal", kind=type(error).__name__)
    with happening() as shell:
        for row in shell.load(DOCUMENTS, [id]):
            row["work"], row["error"] = None, error_of_problem(said)
            shell.tell(DOCUMENTS, row, "document.put-aside", code=said.code)


class Preparing:
    """Documents judged, numbered, sealed and kept, a batch of one taxpayer's in one transaction.

    What fills an envelope then, or goes at once, is put into one in the same transaction.
    """

    name: Final = PREPARING

    def __init__(self, keys: KeyRing, calls: Calls) -> None:
        self._keys, self._calls = keys, calls
        self._rounds = _Rounds(PREPARING, (Work.JUDGE, Work.SEAL), calls, claim, _BATCH)

    def turn(self) -> int:
        return self._rounds.turn(self._do)

    def close(self) -> None:
        """Nothing is held: the keys are the process's."""

    def _do(self, shell: Shell, rows: list[Row]) -> int:
        bodies = bodies_of(shell, rows)
        reroute(shell, rows, bodies)
        found = judge_all(shell, [row for row in rows if row["work"] == Work.JUDGE], bodies)
        sealed = seal_all(shell, [row for row in rows if row["work"] == Work.SEAL], bodies, self._keys, found)
        bodies |= {ref_of(row): body for row, body in sealed}
        pack_lots(shell, [row for row in rows if row["work"] == Work.PACK], bodies, self._calls.free)
        return len(rows)


class Packing:
    """Sealed documents put into envelopes once they have waited for others long enough."""

    name: Final = PACKING

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._rounds = _Rounds(PACKING, (Work.PACK,), calls, claim_to_pack, _LOOK)

    def turn(self) -> int:
        return self._rounds.turn(self._do)

    def close(self) -> None:
        """Nothing is held."""

    def _do(self, shell: Shell, rows: list[Row]) -> int:
        return pack_lots(shell, rows, {}, self._calls.free)
