"""A list taken in: streamed into a table of this transaction, compared in SQL, applied whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from ulak.userlist import DocumentType, ListRole, User, UserListError, read_users
from ulak.userlist.sources import Source
from ulak_server.userlist.problems import lists_error

__all__ = ["Taken", "take_users"]

_LOCK: Final = 7005
_SMALLEST: Final = 0.9
_FAULTS: Final = 0.01
_SOME_FAULTS: Final = 100
_PIECE: Final = 1 << 17
_SORTING: Final = "64MB"
_SERVICES: Final = {DocumentType.INVOICE: "einvoice", DocumentType.DESPATCH: "edespatch"}
_SPECIAL: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": None})

_STAGE: Final = """
CREATE TEMP TABLE incoming_user (
    number text, service text, alias text, title text, type text, account_type text,
    registered timestamptz, created timestamptz, deleted timestamptz
) ON COMMIT DROP
"""
_COPY: Final = (
    "COPY incoming_user (number, service, alias, title, type, account_type, registered, created, deleted) FROM STDIN"
)
# An alias may stand twice in a list with the same beginning; one that is not deleted counts, else the last deletion.
_UNIQUE: Final = """
DELETE FROM incoming_user d USING (
    SELECT ctid, row_number() OVER (
        PARTITION BY number, service, alias, created ORDER BY deleted DESC NULLS FIRST, ctid) AS place
    FROM incoming_user
    WHERE (number, service, alias, created) IN (
        SELECT number, service, alias, created FROM incoming_user GROUP BY 1, 2, 3, 4 HAVING count(*) > 1)
) twice WHERE d.ctid = twice.ctid AND twice.place > 1
"""
_SAME: Final = "r.number = n.number AND r.service = n.service AND r.alias = n.alias AND r.created = n.created"
_STANDS: Final = "r.role = %(role)s AND r.last_seen IS NULL"
_GONE: Final = f"""
UPDATE userlist_registered_user r SET last_seen = %(at)s, until = least(r.until, %(at)s)
WHERE {_STANDS} AND r.number <> ALL (%(unread)s) AND NOT EXISTS (SELECT FROM incoming_user n WHERE {_SAME})
"""  # noqa: S608
# A deletion that had come and is taken back: what was, stays on record; from now on the alias is in use again.
_REOPENED: Final = f"""
UPDATE userlist_registered_user r SET last_seen = %(at)s FROM incoming_user n
WHERE {_STANDS} AND {_SAME} AND r.deleted <= %(at)s AND (n.deleted IS NULL OR n.deleted > %(at)s)
"""  # noqa: S608
_CHANGED: Final = f"""
UPDATE userlist_registered_user r SET title = n.title, type = n.type, account_type = n.account_type,
    registered = n.registered, deleted = n.deleted, until = n.deleted
FROM incoming_user n
WHERE {_STANDS} AND {_SAME} AND (r.title, r.type, r.account_type, r.registered, r.deleted)
    IS DISTINCT FROM (n.title, n.type, n.account_type, n.registered, n.deleted)
"""  # noqa: S608
# An alias that stood in the list before is in use again from this reading on, whatever its creation says.
_ADDED: Final = f"""
WITH n AS MATERIALIZED (
    SELECT * FROM incoming_user n WHERE NOT EXISTS (SELECT FROM userlist_registered_user r WHERE {_STANDS} AND {_SAME}))
INSERT INTO userlist_registered_user (number, service, role, alias, title, type, account_type, registered, created,
    deleted, since, until, first_seen)
SELECT n.number, n.service, %(role)s, n.alias, n.title, n.type, n.account_type, n.registered, n.created, n.deleted,
    CASE WHEN EXISTS (SELECT FROM userlist_registered_user r WHERE r.role = %(role)s AND {_SAME})
        THEN %(at)s::timestamptz ELSE n.created END, n.deleted, %(at)s
FROM n
"""  # noqa: S608
_FIRST: Final = """
INSERT INTO userlist_registered_user (number, service, role, alias, title, type, account_type, registered, created,
    deleted, since, until, first_seen)
SELECT number, service, %(role)s, alias, title, type, account_type, registered, created, deleted, created, deleted,
    %(at)s FROM incoming_user ORDER BY number COLLATE "C"
"""


class Taken(NamedTuple):
    """What came of a list.

    Attributes:
        entries: aliases in it.
        faults: users that could not be understood and were left out.
    """

    entries: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    faults: int = 0


def take_users(source: Source, role: ListRole, at: datetime, *, accept_smaller: bool = False) -> Taken:
    """Take a list in, within the running transaction of a worker.

    Args:
        at: when it was read.
        accept_smaller: take it even if it shrank.

    Raises:
        ListsError: ``lists.busy``, ``lists.faults``, ``lists.shrunk``.
        UserListError: see docs/userlists.md.
    """
    if not _one("SELECT pg_try_advisory_xact_lock(%s, %s)", _LOCK, list(ListRole).index(role)):
        raise lists_error("lists.busy")
    faults: list[UserListError] = []
    _run("SELECT set_config('work_mem', %s, true)", [_SORTING])
    _run(_STAGE)
    users = _copy(read_users(source, on_fault=_tolerant(faults)))
    if len(faults) > max(_SOME_FAULTS, users * _FAULTS):
        raise lists_error("lists.faults", faults=len(faults), first=faults[0].text)
    _run("ANALYZE incoming_user")
    _run(_UNIQUE)
    now = _one("SELECT count(*) FROM incoming_user")
    names = {"role": role.name, "at": at, "unread": [fault.number for fault in faults]}
    before = _one(f"SELECT count(*) FROM userlist_registered_user r WHERE {_STANDS}", names)  # noqa: S608
    if now < before * _SMALLEST and not accept_smaller:
        raise lists_error("lists.shrunk", before=before, now=now)
    if not _one("SELECT EXISTS (SELECT FROM userlist_registered_user WHERE role = %(role)s)", names):
        return Taken(now, _run(_FIRST, names), faults=len(faults))
    # Who could not be read may well stand in the list: nobody is taken for gone while it is not known who that was.
    removed = _run(_GONE, names) if all(fault.number for fault in faults) else 0
    _, changed, added = (_run(one, names) for one in (_REOPENED, _CHANGED, _ADDED))
    return Taken(now, added, changed, removed, len(faults))


def _tolerant(faults: list[UserListError]) -> Callable[[UserListError], None]:
    """Keeps faults, but not millions of them."""

    def on_fault(fault: UserListError) -> None:
        faults.append(fault)
        if len(faults) > 100 * _SOME_FAULTS:
            raise lists_error("lists.faults", faults=f"> {100 * _SOME_FAULTS}", first=faults[0].text)

    return on_fault


def _copy(users: Iterable[User]) -> int:
    """Copy users into the table of this transaction; how many they were."""
    count = 0

    def lines() -> Iterator[str]:
        nonlocal count
        for user in users:
            count += 1
            yield from _lines(user)

    pieces: list[str] = []
    size = 0
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for line in lines():
            pieces.append(line)
            size += len(line)
            if size > _PIECE:
                copy.write("".join(pieces))
                pieces.clear()
                size = 0
        copy.write("".join(pieces))
    return count


def _lines(user: User) -> Iterator[str]:
    registered = user.first_created.isoformat()
    of_user = f"{_text(user.title)}\t{user.type}\t{user.account_type or ''}\t{registered}"
    for documents in user.documents:
        begin = f"{user.number}\t{_SERVICES[documents.type]}\t"
        for alias in documents.aliases:
            deleted = alias.deleted.isoformat() if alias.deleted else "\\N"
            yield f"{begin}{_text(alias.name)}\t{of_user}\t{alias.created.isoformat()}\t{deleted}\n"


def _text(text: str) -> str:
    return text if text.isprintable() and "\\" not in text else text.translate(_SPECIAL)


def _run(statement: str, names: Any = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, names)
        return int(cursor.rowcount)


def _one(statement: str, *parameters: Any) -> Any:
    named = parameters[0] if parameters and isinstance(parameters[0], dict) else list(parameters)
    with connection.cursor() as cursor:
        cursor.execute(statement, named or None)
        found = cursor.fetchone()
    return found[0] if found else None
