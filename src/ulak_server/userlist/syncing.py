"""GİB's lists read when it is time; what came of each reading is kept.

Sources: Özel Entegrasyon Kılavuzu V1.13, 4 (at most hourly); UserList Kılavuzu V1.0, 2 and 3.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, BinaryIO, Final

from django.conf import settings
from django.db import connection

from ulak.errors import UlakError
from ulak.userlist import ListRole, read_closures
from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.userlist.fetching import download
from ulak_server.userlist.models import ListRun
from ulak_server.userlist.problems import lists_error
from ulak_server.userlist.taking import Taken, take_users

__all__ = ["LISTS", "Name", "due", "sync"]


class Name(StrEnum):
    """A list."""

    PK = "Pk"
    GB = "Gb"
    CLOSURES = "Temp"


Fetch = Callable[[str, BinaryIO], bytes]
LISTS: Final = {
    Name.PK: "newUserPkListxml.zip",
    Name.GB: "newUserGbListxml.zip",
    Name.CLOSURES: "userTempListxml.zip",
}
"""The files' names: the first two are known from the field, the third is Ulak's (docs/userlists.md)."""
_PAUSE: Final = timedelta(hours=1)
_RETRY: Final = timedelta(minutes=5)
_ROLES: Final = {Name.PK: ListRole.PK, Name.GB: ListRole.GB}
_CLOSED: Final = """
INSERT INTO userlist_closure (number, new_number, closed, code, reason, first_seen, last_seen)
VALUES (%s, %s, %s, %s, %s, %s, %s)
ON CONFLICT (number, closed) DO UPDATE SET new_number = excluded.new_number, code = excluded.code,
    reason = excluded.reason, last_seen = excluded.last_seen
RETURNING xmax = 0
"""


def due(name: Name) -> bool:
    """Whether a list is to be read: an hour after it was read last, five minutes after that failed."""
    now = clock.now()
    with scoped(Role.PIPELINE):
        last = ListRun.objects.filter(name=name).order_by("-id").first()
    if last is None:
        return True
    return last.started_at + (_RETRY if last.outcome in ("", "failed") else _PAUSE) <= now


def sync(name: Name, *, accept_smaller: bool = False, fetch: Fetch = download) -> ListRun:
    """Read a list now, and keep what came of it.

    Args:
        accept_smaller: take it even if it shrank, or is the same file as before.

    Returns:
        the reading; ``refused`` and ``failed`` say why in `ListRun.error`.
    """
    run = ListRun(name=name, started_at=clock.now())
    with scoped(Role.PIPELINE):
        run.save(force_insert=True)
    try:
        with tempfile.TemporaryFile() as file:
            run.digest = fetch(_address(name), file)
            _take(run, name, file, accept_smaller=accept_smaller)
    except UlakError as error:
        run.outcome = "refused" if error.code in ("lists.shrunk", "lists.faults") else "failed"
        run.error = _told(error)
    run.finished_at = clock.now()
    with scoped(Role.PIPELINE):
        run.save(force_update=True)
    return run


def _take(run: ListRun, name: Name, file: BinaryIO, *, accept_smaller: bool) -> None:
    with scoped(Role.PIPELINE):
        last = ListRun.objects.filter(name=name, outcome__in=("taken", "unchanged")).order_by("-id").first()
        if last is not None and bytes(last.digest) == run.digest and not accept_smaller:
            run.outcome, run.entries = "unchanged", last.entries
            return
        role = _ROLES.get(name)
        if role is None:
            taken = _take_closures(file, run.started_at)
        else:
            taken = take_users(file, role, run.started_at, accept_smaller=accept_smaller)
    run.outcome = "taken"
    run.entries, run.added, run.changed, run.removed, run.faults = taken


def _take_closures(file: BinaryIO, at: datetime) -> Taken:
    faults: list[Any] = []
    rows: list[list[Any]] = [
        [one.number, one.new_number, one.closed, one.code, one.reason, at, at]
        for one in read_closures(file, on_fault=faults.append)
    ]
    added = 0
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(_CLOSED, row)
            added += bool(cursor.fetchone()[0])
    return Taken(len(rows), added, len(rows) - added, 0, len(faults))


def _address(name: Name) -> str:
    folder = settings.ENVIRONMENT["ULAK_USERLIST_URL"]
    if not folder:
        raise lists_error("lists.not-configured")
    return f"{folder.rstrip('/')}/{LISTS[name]}"


def _told(error: UlakError) -> dict[str, Any]:
    return {"code": error.code, "text": error.text._asdict(), "repair": error.repair._asdict()}
