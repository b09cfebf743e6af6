"""The lists that GİB publishes: who is registered, who uses e-Arşiv, whose accounts ended.

Sources: UserList Kılavuzu V1.0; e-Arşiv Kılavuzu V1.18, 5; ÖEK V1.13, 4. How often is the caller's matter.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from ulak.userlist import (
    AccountType,
    Alias,
    ArchiveUser,
    Closure,
    Documents,
    DocumentType,
    ListRole,
    User,
    UserType,
    archive_csv,
    archive_list,
    closure_list,
    user_list,
    write_zip,
)
from ulak_center.population import Population
from ulak_center.values import Account, Unit

__all__ = ["List", "Published", "Publisher", "Registered", "archive_user_of", "user_of"]

_ARCHIVE: Final = "earchive"
_STAMP: Final = "published.txt"
_SAMPLE: Final = 16
"""Synthetic taxpayers that are looked at to see whether a seed still means the same."""


class List(StrEnum):
    """A list, by the name of its ZIP. The first two are the field's names; no source names the others."""

    PK = "newUserPkListxml.zip"
    GB = "newUserGbListxml.zip"
    ARCHIVE_XML = "eArsivUserListxml.zip"
    ARCHIVE_CSV = "eArsivUserListcsv.zip"
    CLOSURES = "userTempListxml.zip"

    @property
    def inner(self) -> str:
        """Name of the file in the ZIP."""
        stem = self.removesuffix(".zip")
        return f"{stem[:-3]}.{stem[-3:]}"


class Registered(NamedTuple):
    """A taxpayer whom the center keeps, with all aliases, deleted ones too."""

    account: Account
    units: Sequence[Unit]


class Published(NamedTuple):
    """Lists that lie ready.

    Attributes:
        at: when they were published; also the files' time of modification.
        paths: where they lie.
        is_new: False if nothing had changed since the last time and the files stayed as they were, but for their time.
    """

    at: datetime
    paths: dict[List, Path]
    is_new: bool


class Publisher:
    """Publishes the lists in a folder.

    Each list is written beside its place and put there in one step, so that whoever reads one reads a whole one.

    Args:
        folder: made if it is missing.
        population: synthetic taxpayers, who come after those that the center keeps.
    """

    def __init__(self, folder: Path, population: Population | None = None) -> None:
        self._folder = folder
        self._population = population or Population(0)

    def path(self, which: List) -> Path:
        """Where a list lies once it was published."""
        return self._folder / which

    def publish(self, registered: Iterable[Registered], now: datetime, closures: Iterable[Closure] = ()) -> Published:
        """Write all lists as they are at ``now``, unless they are the same as last time.

        Args:
            registered: taxpayers that the center keeps; a synthetic one of the same number is left out.
            closures: rows of the UserTempList.

        Raises:
            UserListError: ``userlist.unwritable``.
            OSError: the files cannot be written.
        """
        known, closed = list(registered), list(closures)
        paths = {which: self.path(which) for which in List}
        print_ = self._print(known, closed)
        is_new = self._stamp() != print_ or not all(path.exists() for path in paths.values())
        if is_new:
            self._folder.mkdir(parents=True, exist_ok=True)
            # Without it, lists of which only some were replaced are never taken for a whole set.
            (self._folder / _STAMP).unlink(missing_ok=True)
            for which in List:
                _replace(paths[which], self._writer(which, known, closed, now))
            _replace(self._folder / _STAMP, lambda file: file.write(print_.encode()))
        for path in paths.values():
            os.utime(path, (now.timestamp(), now.timestamp()))
        return Published(now, paths, is_new)

    def _stamp(self) -> str:
        with suppress(OSError, ValueError):
            return (self._folder / _STAMP).read_text("ascii")
        return ""

    def _print(self, known: Sequence[Registered], closed: Sequence[Closure]) -> str:
        """What the lists are made of, in short: the same again makes the same lists again."""
        people = self._population
        some = [people.user(index, role) for role in ListRole for index in range(min(len(people), _SAMPLE))]
        digest = sha256(f"{people.size} {people.seed}\n".encode())
        for made_of in chain(some, known, closed):
            digest.update(f"{made_of!r}\n".encode())
        return digest.hexdigest()

    def _writer(
        self, which: List, known: Sequence[Registered], closed: Sequence[Closure], now: datetime
    ) -> Callable[[BinaryIO], object]:
        return lambda file: write_zip(file, which.inner, self._pieces(which, known, closed), now)

    def _pieces(self, which: List, known: Sequence[Registered], closed: Sequence[Closure]) -> Iterator[bytes]:
        match which:
            case List.PK:
                return user_list(self._users(known, ListRole.PK))
            case List.GB:
                return user_list(self._users(known, ListRole.GB))
            case List.ARCHIVE_XML:
                return archive_list(self._archive_users(known))
            case List.ARCHIVE_CSV:
                return archive_csv(self._archive_users(known))
            case List.CLOSURES:
                return closure_list(closed)

    def _users(self, known: Sequence[Registered], role: ListRole) -> Iterator[User]:
        taken = {found.account.number for found in known}
        own = (user for found in known if (user := user_of(found, role)) is not None)
        return chain(own, (user for user in self._population.users(role) if user.number not in taken))

    def _archive_users(self, known: Sequence[Registered]) -> Iterator[ArchiveUser]:
        taken = {found.account.number for found in known}
        own = (user for found in known if (user := archive_user_of(found)) is not None)
        return chain(own, (user for user in self._population.archive_users() if user.number not in taken))


def user_of(registered: Registered, role: ListRole) -> User | None:
    """A taxpayer as one of the two lists shows it; None for one that has, and had, no alias of that role."""
    account = registered.account
    documents = []
    for type_ in DocumentType:
        units = [unit for unit in registered.units if (unit.role.value, unit.use.value) == (role.name, type_.value)]
        if units:
            aliases = tuple(Alias(unit.alias, unit.created, unit.deleted) for unit in units)
            documents.append(Documents(type_, aliases))
    if not documents:
        return None
    kind, method = UserType(account.kind), AccountType(account.method)
    return User(account.number, account.title, kind, account.created, method, tuple(documents))


def archive_user_of(registered: Registered) -> ArchiveUser | None:
    """A taxpayer as the e-Arşiv list shows it; None for one without that service. Merkez keeps no time of its own for
    the service, so both are that of the account.
    """
    account = registered.account
    if _ARCHIVE not in dict(account.services):
        return None
    return ArchiveUser(account.number, account.title, account.created, account.created)


def _replace(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Put a file in its place in one step, durably."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with open(handle, "w+b") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, 0o644)
        os.replace(beside, path)
        _settle(path.parent)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _settle(folder: Path) -> None:
    """Make the names in a folder durable too."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
