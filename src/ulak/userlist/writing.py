"""The lists of registered users written, as text and without a tree: NewUserList.xsd of package 20260312."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ulak.userlist.markup import DECLARATION, escaped, moment_text
from ulak.userlist.values import Alias, Documents, User

__all__ = ["user_list"]

_USERS_AT_ONCE = 256


def user_list(users: Iterable[User]) -> Iterator[bytes]:
    """The XML of a list in pieces, UTF-8; one user a line.

    Raises:
        UserListError: ``userlist.unwritable``, ``userlist.naive``; what was yielded before is no list.
    """
    return in_pieces("UserList", map(_user, users))


def in_pieces(root: str, rows: Iterable[str]) -> Iterator[bytes]:
    """A list's bytes from the text of its users.

    >>> b"".join(in_pieces("UserList", ["<User/>"]))
    b'<?xml version="1.0" encoding="UTF-8"?>\\n<UserList>\\n<User/>\\n</UserList>\\n'
    """
    waiting = [f"{DECLARATION}<{root}>\n"]
    for row in rows:
        waiting.append(f"{row}\n")
        if len(waiting) > _USERS_AT_ONCE:
            yield "".join(waiting).encode()
            waiting.clear()
    waiting.append(f"</{root}>\n")
    yield "".join(waiting).encode()


def _user(user: User) -> str:
    number = escaped(user.number, "Identifier", user.number)
    account = f"<AccountType>{user.account_type}</AccountType>" if user.account_type else ""
    documents = "".join([_documents(documents, number) for documents in user.documents])
    return (
        f"<User><Identifier>{number}</Identifier><Title>{escaped(user.title, 'Title', number)}</Title>"
        f"<Type>{user.type}</Type>"
        f"<FirstCreationTime>{moment_text(user.first_created, 'FirstCreationTime', number)}</FirstCreationTime>"
        f"{account}<Documents>{documents}</Documents></User>"
    )


def _documents(documents: Documents, number: str) -> str:
    aliases = "".join([_alias(alias, number) for alias in documents.aliases])
    return f'<Document type="{documents.type}">{aliases}</Document>'


def _alias(alias: Alias, number: str) -> str:
    deleted = alias.deleted
    ended = f"<DeletionTime>{moment_text(deleted, 'DeletionTime', number)}</DeletionTime>" if deleted else ""
    return (
        f"<Alias><Name>{escaped(alias.name, 'Name', number)}</Name>"
        f"<CreationTime>{moment_text(alias.created, 'CreationTime', number)}</CreationTime>{ended}</Alias>"
    )
