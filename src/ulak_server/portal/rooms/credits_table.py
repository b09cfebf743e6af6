"""Entries of kontör as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import IO, Final

from ulak.errors import Language, Text
from ulak_server.credits import services as credits
from ulak_server.credits.services import Asked, Shown
from ulak_server.portal.rooms.credits_words import kind_name
from ulak_server.spreadsheets import MOMENT, MONEY, Column, spreadsheet

__all__ = ["MOST", "table_of"]

MOST: Final = 100_000
"""Entries of a file: the newest."""
_AT_ONCE: Final = 1_000

Work = Callable[[], AbstractContextManager[None]]
_COLUMNS: Final[Sequence[Column[Shown]]] = (
    Column(Text("Zaman", "When"), 18, lambda one, _: one.at, MOMENT),
    Column(Text("Hareket", "Entry"), 14, lambda one, language: one.what.label.say(language)),
    Column(Text("Kontör", "Kontör"), 12, lambda one, _: one.amount, MONEY),
    Column(Text("Bakiye", "Balance"), 14, lambda one, _: one.balance, MONEY),
    Column(Text("Tür", "Kind"), 26, lambda one, language: _kind(one, language)),
    Column(Text("Belge no", "Number"), 20, lambda one, _: one.number),
    Column(Text("Karşı taraf", "Other party"), 44, lambda one, _: one.party),
    Column(Text("Açıklama", "Note"), 44, lambda one, _: one.note),
)


def table_of(taxpayer: int, asked: Asked, work: Work, language: Language) -> IO[bytes]:
    """The newest entries that are asked for, in an open temporary file; whoever closes it removes it.

    Args:
        work: opens the transaction and scope in which some entries are read.
    """
    return spreadsheet(Text("Kontör", "Credits"), _COLUMNS, _entries(taxpayer, asked, work), language)


def _entries(taxpayer: int, asked: Asked, work: Work) -> Iterator[Shown]:
    asked, given = asked._replace(after=None), 0
    while given < MOST:
        with work():
            rows = credits.entries(taxpayer, asked, min(_AT_ONCE, MOST - given))
        yield from rows
        given += len(rows)
        if len(rows) < _AT_ONCE:
            return
        asked = asked._replace(after=rows[-1].id)


def _kind(one: Shown, language: Language) -> str:
    return kind_name(one.kind, is_incoming=one.is_incoming).say(language) if one.kind else ""
