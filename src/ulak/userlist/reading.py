"""The lists of registered users read: ``newUserGbList.xml`` and ``newUserPkList.xml``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ulak.userlist.fields import Fields
from ulak.userlist.limits import Limits
from ulak.userlist.records import Names, OnFault, Shape, Texts, Usual, records
from ulak.userlist.sources import Source, pieces_of
from ulak.userlist.usual import USER, usual_user
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
    return records(pieces_of(source, limits), _SHAPE, _user, on_fault, limits, usual=Usual(USER, usual_user))


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
