"""The lists of registered users read: ``newUserGbList.xml`` and ``newUserPkList.xml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from ulak.userlist.fields import Fields, is_number
from ulak.userlist.limits import Limits
from ulak.userlist.records import Names, OnFault, Shape, Texts, records
from ulak.userlist.sources import Source, pieces_of
from ulak.userlist.times import time_of
from ulak.userlist.values import AccountType, Alias, Documents, DocumentType, User, UserType

__all__ = ["read_users"]

_SHAPE: Final = Shape(
    "UserList",
    {
        "User": "",
        "Identifier": "User",
        "Title": "User",
        "Type": "User",
        "FirstCreationTime": "User",
        "AccountType": "User",
        "Documents": "User",
        "Document": "Documents",
        "Alias": "Document",
        "Name": "Alias",
        "CreationTime": "Alias",
        "DeletionTime": "Alias",
    },
    {"Document": "type"},
)
_TYPES: Final = {str(type_): type_ for type_ in UserType}
_ACCOUNTS: Final = {str(type_): type_ for type_ in AccountType}
_DOCUMENTS: Final = {str(type_): type_ for type_ in DocumentType}
_USUAL: Final = re.compile(
    "Identifier Title Type FirstCreationTime( AccountType)?"
    "( <Document( Name CreationTime( DeletionTime)? Alias)* Document)* Documents"
)
_REMEMBERED: Final = 1000
_OF_ALIAS: Final = frozenset({"Name", "CreationTime", "DeletionTime", "Alias"})


def read_users(source: Source, *, on_fault: OnFault | None = None, limits: Limits = Limits()) -> Iterator[User]:  # noqa: B008
    """The users of a list, one after the other; the memory that it takes does not depend on how many there are.

    No user counts before the last one was read: only then is it known that the list is whole.

    Args:
        source: the ZIP as GİB publishes it, or the XML in it.
        on_fault: takes the fault of each user that cannot be understood, who is then left out. Without it the first
            such fault is raised.

    Raises:
        UserListError: see docs/userlists.md; ``ordinal`` says which user.
        OSError: the file cannot be read.
    """
    return records(pieces_of(source, limits), _SHAPE, _Users().build, on_fault, limits)


class _Places(NamedTuple):
    """Where the values of a user stand among its texts, if its elements are as the schema wants them. The first four
    always stand at the beginning.

    Attributes:
        account: 0 if there is none, as for a deletion below.
        documents: of each the type, and of each alias its name, creation and deletion.
    """

    account: int
    documents: tuple[tuple[int, tuple[tuple[int, int, int], ...]], ...]


class _Users:
    """Users built by where the values of an earlier one with the same elements stood: few orders make up a list.

    What is wrong is left to `_user`, which can tell.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], _Places | None] = {}

    def build(self, names: Names, texts: Texts, ordinal: int) -> User:
        elements = tuple(names)
        try:
            places = self._known[elements]
        except KeyError:
            places = _places(elements)
            if len(self._known) < _REMEMBERED:
                self._known[elements] = places
        return (places and _placed(places, texts)) or _user(names, texts, ordinal)


def _places(elements: tuple[str, ...]) -> _Places | None:
    """None for a user with anything unusual."""
    if not _USUAL.fullmatch(" ".join(elements)):
        return None
    documents: list[tuple[int, list[tuple[int, int, int]]]] = []
    for at, name in enumerate(elements):
        if name == "<Document":
            documents.append((at, []))
        elif name == "Name":
            documents[-1][1].append((at, at + 1, at + 2 if elements[at + 2] == "DeletionTime" else 0))
    account = 4 if elements[4] == "AccountType" else 0
    return _Places(account, tuple((kind, tuple(aliases)) for kind, aliases in documents))


def _placed(places: _Places, texts: Texts) -> User | None:
    """None if any value is wrong."""
    number, title, type_, created = texts[:4]
    try:
        documents = [
            Documents(_DOCUMENTS[texts[kind]], tuple([_alias(texts, *alias) for alias in aliases]))
            for kind, aliases in places.documents
        ]
        account = _ACCOUNTS[texts[places.account]] if places.account else None
        user = User(number, title, _TYPES[type_], _moment(created), account, tuple(documents))
    except (KeyError, ValueError):
        return None
    return user if is_number(number) else None


def _alias(texts: Texts, name: int, created: int, deleted: int) -> Alias:
    if not texts[name]:
        raise ValueError
    ended = _moment(texts[deleted]) if deleted and texts[deleted] else None
    return Alias(texts[name], _moment(texts[created]), ended)


def _moment(text: str) -> datetime:
    moment = time_of(text)
    if moment is None:
        raise ValueError(text)
    return moment


def _user(names: Names, texts: Texts, ordinal: int) -> User:
    """Any user, the long way; says what is wrong."""
    fields = Fields(ordinal)
    documents: list[Documents] = []
    for name, text in zip(names, texts, strict=True):
        if name == "<Document":
            aliases, kind = _Aliases(fields), text
        elif name == "Document":
            documents.append(Documents(fields.code("Document/@type", kind, _DOCUMENTS), tuple(aliases.done)))
        elif name in _OF_ALIAS:
            aliases.take(name, text)
        else:
            fields.put(name, text)
    fields.text("Documents")
    return User(
        fields.number("Identifier"),
        fields.text("Title"),
        fields.one_of("Type", _TYPES),
        fields.time("FirstCreationTime"),
        fields.one_of("AccountType", _ACCOUNTS) if "AccountType" in fields.values else None,
        tuple(documents),
    )


class _Aliases:
    """The aliases of one ``Document``. The schema allows several names in one ``Alias``: each is an alias."""

    def __init__(self, user: Fields) -> None:
        self._user = user
        self._names: list[str] = []
        self._times = user.inner()
        self.done: list[Alias] = []

    def take(self, name: str, text: str) -> None:
        if name == "Name":
            self._names.append(text)
        elif name == "Alias":
            self._finish()
        else:
            self._times.put(name, text)

    def _finish(self) -> None:
        created, deleted = self._times.time("CreationTime"), self._times.time_or_none("DeletionTime")
        if not self._names or not all(self._names):
            raise self._user.missing("Alias/Name")
        self.done += [Alias(name, created, deleted) for name in self._names]
        self._names = []
        self._times = self._user.inner()
