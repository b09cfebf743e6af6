"""The list of e-Arşiv users that ``getUserList`` gives, as XML or CSV (e-Arşiv Kılavuzu V1.18, 5).

The guide names three times, FirstCreationTime, ActivationTime and DeactivationTime, and that they stand in the ``User``
fields; no source shows the list itself. Number and title are read and written by the names that the UserList has for
them; see docs/userlists.md.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from ulak.userlist.fields import Fields
from ulak.userlist.limits import Limits
from ulak.userlist.markup import escaped, moment_text
from ulak.userlist.problems import UserListError, userlist_error
from ulak.userlist.records import Names, OnFault, Shape, Texts, records
from ulak.userlist.sources import Source, pieces_of
from ulak.userlist.values import ArchiveUser
from ulak.userlist.writing import in_pieces

__all__ = ["COLUMNS", "archive_csv", "archive_list", "read_archive_csv", "read_archive_list"]

COLUMNS: Final = ("Identifier", "Title", "FirstCreationTime", "ActivationTime", "DeactivationTime")
_SHAPE: Final = Shape("", {"User": "", **dict.fromkeys(COLUMNS, "User")})
_SEPARATORS: Final = ";,\t"
_OPTIONAL: Final = frozenset({"DeactivationTime"})


def read_archive_list(
    source: Source,
    *,
    on_fault: OnFault | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> Iterator[ArchiveUser]:
    """The users of the XML form, one after the other; arguments and errors like `read_users`.

    The root may have any name, and elements that are not named here are passed over: no source fixes them.
    """
    return records(pieces_of(source, limits), _SHAPE, _of_elements, on_fault, limits)


def read_archive_csv(
    source: Source,
    *,
    on_fault: OnFault | None = None,
    limits: Limits = Limits(),  # noqa: B008
) -> Iterator[ArchiveUser]:
    """The users of the CSV form, one after the other; arguments and errors like `read_users`.

    The first line names the columns, in any order; further columns are passed over. Fields are separated by whichever
    of semicolon, comma and tab the first line has most of.

    Raises:
        UserListError: also ``userlist.columns``, ``userlist.fields``.
    """
    lines = _lines(pieces_of(source, limits, markup=False), limits)
    head_line = next(lines, "")
    separator = max(_SEPARATORS, key=head_line.count)
    head = _head(head_line, separator)
    for column in COLUMNS:
        if column not in head and column not in _OPTIONAL:
            raise userlist_error("userlist.columns", element=column, line=1)
    for ordinal, (line, row) in enumerate(_rows(lines, separator), start=1):
        try:
            yield _of_row(head, row, ordinal)
        except UserListError as fault:
            fault.line = line
            if on_fault is None:
                raise
            on_fault(fault)


def archive_list(users: Iterable[ArchiveUser]) -> Iterator[bytes]:
    """The XML form in pieces, UTF-8.

    Raises:
        UserListError: ``userlist.unwritable``, ``userlist.naive``.
    """
    return in_pieces("UserList", map(_element, users))


def archive_csv(users: Iterable[ArchiveUser]) -> Iterator[bytes]:
    """The CSV form in pieces, UTF-8, separated by semicolons, quoted where needed (RFC 4180).

    Raises:
        UserListError: ``userlist.naive``.
    """
    yield _csv_line(COLUMNS)
    for user in users:
        yield _csv_line(_cells(user))


def _head(line: str, separator: str) -> list[str]:
    try:
        return [name.strip() for name in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error as fault:
        raise userlist_error("userlist.malformed", line=1, detail=str(fault)) from None


def _rows(lines: Iterable[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """The rows below the head, each with the line in which it ends; empty lines are passed over."""
    rows = csv.reader(lines, delimiter=separator)
    try:
        for row in rows:
            if row:
                yield rows.line_num + 1, row
    except csv.Error as fault:
        raise userlist_error("userlist.malformed", line=rows.line_num + 1, detail=str(fault)) from None


def _lines(pieces: Iterable[bytes], limits: Limits) -> Iterator[str]:
    """Lines with their ends, decoded; none is longer than a user may be."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    rest, count = "", 0
    for piece in chain(pieces, (b"",)):
        try:
            rest += decoder.decode(piece, final=not piece)
        except UnicodeDecodeError as fault:
            raise userlist_error("userlist.encoding", name=f"0x{fault.object[fault.start]:02x}") from None
        *lines, rest = rest.split("\n")
        count += len(lines)
        yield from (f"{line}\n" for line in lines)
        if len(rest) > limits.user_bytes:
            raise userlist_error("userlist.user-too-large", ordinal=count + 1, limit=limits.user_bytes)
    if rest:
        yield rest


def _csv_line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=_SEPARATORS[0], lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode()


def _of_elements(names: Names, texts: Texts, ordinal: int) -> ArchiveUser:
    fields = Fields(ordinal)
    for name, text in zip(names, texts, strict=True):
        fields.put(name, text)
    return _archive_user(fields)


def _of_row(head: list[str], row: list[str], ordinal: int) -> ArchiveUser:
    if len(row) != len(head):
        raise userlist_error("userlist.fields", ordinal=ordinal, count=len(row), wanted=len(head))
    fields = Fields(ordinal)
    for name, text in zip(head, row, strict=True):
        if name in COLUMNS:
            fields.put(name, text.strip())
    return _archive_user(fields)


def _archive_user(fields: Fields) -> ArchiveUser:
    return ArchiveUser(
        fields.number("Identifier"),
        fields.text("Title"),
        fields.time("FirstCreationTime"),
        fields.time("ActivationTime"),
        fields.time_or_none("DeactivationTime"),
    )


def _cells(user: ArchiveUser) -> tuple[str, ...]:
    times = zip(COLUMNS[2:], (user.first_created, user.activated, user.deactivated), strict=True)
    written = (moment_text(time, name, user.number) if time else "" for name, time in times)
    return (user.number, user.title, *written)


def _element(user: ArchiveUser) -> str:
    cells = zip(COLUMNS, _cells(user), strict=True)
    inner = "".join(
        f"<{name}>{escaped(text, name, user.number)}</{name}>" for name, text in cells if text or name not in _OPTIONAL
    )
    return f"<User>{inner}</User>"
