"""The hourly user lists, and the list of taxpayers whose accounts end.

Sources: Özel Entegrasyon Kılavuzu V1.13, 4 (lists are renewed every hour); UserList Kılavuzu V1.0, 3 (seven days).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from ulak.errors import UlakError
from ulak.userlist import Closure
from ulak.wire.attachment import Attachment
from ulak_center.agenda import Task
from ulak_center.ends.values import House
from ulak_center.store import stamp
from ulak_center.userlists import List, Published, Publisher, Registered
from ulak_center.values import ISTANBUL

__all__ = ["PUBLISHING", "Lists"]

PUBLISHING: Final = "publish"
"""Kind of the hourly task."""
_OPERATION: Final = "userList"
_HOUR: Final = timedelta(hours=1)
_SHOWN: Final = timedelta(days=7)
_KINDS: Final = {"XML": List.ARCHIVE_XML, "CSV": List.ARCHIVE_CSV}


class Lists:
    """Publishes the lists every hour, from the moment on at which the center starts.

    Args:
        publisher: writes them.
        inline: write them within the task; else beside, since a list of millions takes a while.
    """

    def __init__(self, house: House, publisher: Publisher, *, inline: bool = False) -> None:
        self._house, self._desk, self._publisher = house, house.desk, publisher
        self._inline = inline
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="user-lists")
        self._running: Future[None] | None = None
        self._is_closed = False
        self._turn = threading.Lock()
        desk = house.desk
        desk.agenda.handle(PUBLISHING, self._publish_hourly)
        with house.lock, desk.store.step():
            desk.agenda.drop(PUBLISHING, "")
            desk.agenda.add(PUBLISHING, "", desk.clock.now())

    def __call__(self, which: List) -> Path:
        """Where a list lies once it was published."""
        return self._publisher.path(which)

    def publish(self) -> Published:
        """Publish now, and wait until it is done.

        Raises:
            UserListError: ``userlist.unwritable``.
            OSError: the files cannot be written.
        """
        with self._house.lock:
            known, closures, now = self._snapshot()
        return self._write(known, closures, now)

    def archive_file(self, kind: str) -> Attachment | None:
        """The list of e-Arşiv users as ``XML`` or ``CSV``; None while there is none."""
        which = _KINDS.get(kind)
        if which is None or not self(which).is_file():
            return None
        return Attachment(which.value, self(which).read_bytes())

    def announce_end(
        self, number: str, *, closed: date | None = None, new_number: str = "", code: str = "", reason: str = ""
    ) -> Closure:
        """Put a taxpayer on the UserTempList for seven days; its accounts stay open until its integrator closes them.

        Args:
            closed: the day on which its accounts end; today if None.
            new_number: after a merger, a split or a change of type.
        """
        with self._house.lock, self._desk.store.step():
            now = self._desk.clock.now()
            day = closed or now.astimezone(ISTANBUL).date()
            self._desk.store.run(
                "insert or replace into closures values (?, ?, ?, ?, ?, ?)",
                number,
                new_number,
                day.isoformat(),
                code,
                reason,
                stamp(now),
            )
        return Closure(number, new_number, day, code=code, reason=reason)

    def ends(self) -> list[Closure]:
        """The rows of the UserTempList."""
        with self._house.lock:
            return self._closures(self._desk.clock.now())

    def close(self) -> None:
        """End writing."""
        self._is_closed = True
        self._pool.shutdown(cancel_futures=True)

    def _publish_hourly(self, task: Task) -> None:
        with self._desk.store.step():
            self._desk.agenda.end(task)
            self._desk.agenda.add(PUBLISHING, "", self._desk.clock.now() + _HOUR)
        if self._inline:
            self._try(*self._snapshot())
        elif not self._is_closed and (self._running is None or self._running.done()):
            self._running = self._pool.submit(self._try, *self._snapshot())

    def _snapshot(self) -> tuple[list[Registered], list[Closure], datetime]:
        registry, now = self._desk.registry, self._desk.clock.now()
        known = [Registered(account, registry.units(account.number)) for account in registry.accounts()]
        return known, self._closures(now), now

    def _try(self, known: Sequence[Registered], closures: Sequence[Closure], now: datetime) -> None:
        """Write; what fails is tried again in an hour, and the lists of before stay where they are."""
        try:
            self._write(known, closures, now)
        except (OSError, UlakError) as error:
            with self._house.lock:
                self._desk.book.note_call(now, "out", _OPERATION, "", "", f"failed: {error}"[:200], 0.0)

    def _write(self, known: Sequence[Registered], closures: Sequence[Closure], now: datetime) -> Published:
        with self._turn:
            return self._publisher.publish(known, now, closures)

    def _closures(self, now: datetime) -> list[Closure]:
        rows = self._desk.store.rows("select * from closures where at > ? order by number", stamp(now - _SHOWN))
        return [
            Closure(
                row["number"],
                row["new_number"],
                date.fromisoformat(row["closed"]),
                code=row["code"],
                reason=row["reason"],
            )
            for row in rows
        ]
