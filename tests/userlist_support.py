"""User lists for tests: users of every kind, lists made of them, and ZIPs around anything."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from ulak.userlist import (
    AccountType,
    Alias,
    ArchiveUser,
    Closure,
    Documents,
    DocumentType,
    User,
    UserType,
    user_list,
)

ISTANBUL: Final = ZoneInfo("Europe/Istanbul")
AT: Final = datetime(2026, 11, 22, 12, 0, 0, tzinfo=ISTANBUL)


def when(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ISTANBUL)  # type: ignore[arg-type,misc]


def someone(number: str = "4812530769", **changes: Any) -> User:
    """A taxpayer with one alias in use and one deleted for invoices, and one for despatch advices."""
    old = Alias("urn:mail:eskipk@ardic.example", when(2021, 3, 9, 15, 36, 56), when(2023, 7, 10, 9, 46, 59))
    new = Alias("urn:mail:defaultpk@ardic.example", when(2021, 3, 11, 18, 25, 55))
    despatch = Alias("urn:mail:irsaliyepk@ardic.example", when(2025, 6, 30, 14, 51, 42))
    documents = (Documents(DocumentType.INVOICE, (new, old)), Documents(DocumentType.DESPATCH, (despatch,)))
    user = User(
        number,
        "ARDIÇ TİCARET A.Ş.",
        UserType.PRIVATE,
        when(2021, 3, 9, 15, 36, 56),
        AccountType.INTEGRATOR,
        documents,
    )
    return user._replace(**changes)


def xml(users: Iterable[User] = (someone(),)) -> bytes:
    return b"".join(user_list(users))


def zipped(data: bytes, name: str = "newUserPkList.xml", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr(name, data)
    return file.getvalue()


_TEXT: Final = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30
).map(str.strip)
_MOMENTS: Final = st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=ISTANBUL)
)
NUMBERS: Final = st.integers(10**9, 10**11 - 1).map(str)
ALIASES: Final = st.builds(Alias, _TEXT.filter(bool), _MOMENTS, st.none() | _MOMENTS)
DOCUMENTS: Final = st.builds(Documents, st.sampled_from(DocumentType), st.lists(ALIASES, max_size=3).map(tuple))
USERS: Final = st.builds(
    User,
    NUMBERS,
    _TEXT,
    st.sampled_from(UserType),
    _MOMENTS,
    st.none() | st.sampled_from(AccountType),
    st.lists(DOCUMENTS, max_size=2).map(tuple),
)
ARCHIVE_USERS: Final = st.builds(ArchiveUser, NUMBERS, _TEXT, _MOMENTS, _MOMENTS, st.none() | _MOMENTS)
CLOSURES: Final = st.builds(
    Closure, NUMBERS, NUMBERS | st.just(""), st.dates(date(2000, 1, 1)), st.just("1"), _TEXT, _TEXT
)
