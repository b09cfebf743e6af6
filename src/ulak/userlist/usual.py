"""A user as GİB's schema and common sense would write it, recognised in the bytes at one glance.

Most of a list looks like this, and a regular expression reads it in a third of the time that a parser's events take.
What it matches is well-formed by itself and means the same to a parser; everything else is left to one.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from ulak.userlist.times import ISTANBUL
from ulak.userlist.values import AccountType, Alias, Documents, DocumentType, User, UserType

__all__ = ["USER", "usual_user"]

_TYPES: Final = {str(code).encode(): code for code in UserType}
_ACCOUNTS: Final = {str(code).encode(): code for code in AccountType}
_DOCUMENTS: Final = {str(code): code for code in DocumentType}
_BLANKS: Final = r"[ \t\r\n]*+"
_TIME: Final = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
# No markup, no references, no control characters, and none of the bytes with which U+FFFE and U+FFFF begin.
_TEXT: Final = r"[^<>&\x00-\x1f\x7f\xef]*+"
_NAME: Final = "[!-%'-;=?-~]++"


def _row(*parts: str) -> str:
    """The parts, each with any blanks behind it."""
    return "".join(f"{part}{_BLANKS}" for part in parts)


def _one(name: str, pattern: str) -> str:
    return f"<{name}>{pattern}</{name}>"


_ALIAS: Final = _row(
    "<Alias>",
    _one("Name", _NAME),
    _one("CreationTime", _TIME),
    f"(?:{_row(_one('DeletionTime', _TIME))})?+</Alias>",
)
_DOCUMENT: Final = _row(f'<Document type="(?:{"|".join(DocumentType)})">', f"(?:{_ALIAS})*+</Document>")
_ACCOUNT: Final = f"({'|'.join(AccountType)})"
USER: Final = re.compile(
    _row(
        "",
        "<User>",
        _one("Identifier", "([0-9]{10,11})"),
        _one("Title", f"({_TEXT})"),
        _one("Type", f"({'|'.join(UserType)})"),
        _one("FirstCreationTime", f"({_TIME})"),
        f"(?:{_row(_one('AccountType', _ACCOUNT))})?+<Documents>",
        f"((?:{_DOCUMENT})*+)</Documents>",
    ).encode()
    + b"</User>"
)
"""Matches a user and the blanks before it."""
_PARTS: Final = re.compile(
    f'type="([^"]+)"|<Name>([^<]+)</Name>{_BLANKS}<CreationTime>([^<]+)</CreationTime>{_BLANKS}'
    "(?:<DeletionTime>([^<]+))?"
)


def usual_user(found: re.Match[bytes]) -> User | None:
    """The user whom `USER` matched; None if a value is wrong all the same, or would be for a parser."""
    number, title, type_, created, account, documents = found.groups()
    try:
        return User(
            number.decode(),
            title.decode().strip(),
            _TYPES[type_],
            _moment(created.decode()),
            _ACCOUNTS[account] if account else None,
            _documents(documents.decode()),
        )
    except ValueError:
        return None


def _documents(text: str) -> tuple[Documents, ...]:
    found: list[tuple[str, list[Alias]]] = []
    for kind, name, created, deleted in _PARTS.findall(text):
        if kind:
            found.append((kind, []))
        else:
            found[-1][1].append(Alias(name, _moment(created), _moment(deleted) if deleted else None))
    return tuple([Documents(_DOCUMENTS[kind], tuple(aliases)) for kind, aliases in found])


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ISTANBUL)
