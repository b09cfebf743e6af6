"""Contacts and items found while somebody types, among a hundred thousand of them.

By the beginning of the whole name first, then by the beginnings of any of its words, of the number or the code. All of
it ranges of indexes; see `ulak_server.folding` for why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from django.db import connection
from django.db.models import QuerySet

from ulak_server.books.models import ABOUT_CONTACT, ABOUT_ITEM, Contact, Item, Word
from ulak_server.database.arrays import as_arrays
from ulak_server.folding import above, fold, words

__all__ = ["Found", "complete_contacts", "complete_items", "find_contacts", "find_items", "index", "matching"]

R = TypeVar("R", Contact, Item)
_MOST_WORDS: Final = 40
_LONGEST_WORD: Final = 60
_LONGEST_QUERY: Final = 100
_MOST: Final = 200
_LOOKED_AT: Final = 200
"""Rows that a completion ranks."""
_FORGET: Final = "DELETE FROM books_word WHERE about = %s AND row_id = ANY (%s)"
_KEEP: Final = """
INSERT INTO books_word (taxpayer_id, about, row_id, word)
SELECT * FROM unnest(%s::int[], %s::smallint[], %s::bigint[], %s::text[]) ON CONFLICT DO NOTHING
"""
_BEGINS: Final = "{w}.taxpayer_id = %s AND {w}.about = %s AND {w}.word >= %s AND {w}.word < %s"
_ALSO: Final = """
EXISTS (SELECT 1 FROM books_word v WHERE v.about = %s AND v.row_id = w.row_id AND v.word >= %s AND v.word < %s)
"""


class Found(NamedTuple):
    """Some of the rows that were looked for.

    Attributes:
        total: how many there are in all.
        next: where the next page begins; empty after the last.
    """

    rows: Sequence[Any]
    total: int
    next: str = ""


def index(taxpayer: int, about: int, texts: Mapping[int, str]) -> None:
    """Let rows be found by the words of these texts, and by no others any more."""
    rows = [(taxpayer, about, id, word) for id, text in texts.items() for word in _kept(text)]
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [about, list(texts)])
        if rows:
            cursor.execute(_KEEP, as_arrays(rows))


def complete_contacts(taxpayer: int, text: str, limit: int = 8) -> list[Contact]:
    """Contacts that somebody may mean, the likeliest first; of no text, those that were used last."""
    rows = Contact.objects.filter(taxpayer_id=taxpayer, removed_at=None)
    return _completed(rows, taxpayer, ABOUT_CONTACT, text, limit)


def complete_items(taxpayer: int, text: str, limit: int = 8) -> list[Item]:
    """Items that somebody may mean, the likeliest first; of no text, those that were used last."""
    rows = Item.objects.filter(taxpayer_id=taxpayer, removed_at=None)
    return _completed(rows, taxpayer, ABOUT_ITEM, text, limit)


def find_contacts(taxpayer: int, text: str = "", *, kind: str = "", cursor: str = "", limit: int = 50) -> Found:
    """A page of contacts by their names.

    Args:
        kind: ``customer`` or ``supplier``; those who are both are either.
        cursor: `Found.next` of the page before.
    """
    rows = Contact.objects.filter(taxpayer_id=taxpayer, removed_at=None)
    if kind:
        rows = rows.filter(kind__in=[kind, "both"])
    return _page(_named(rows, taxpayer, ABOUT_CONTACT, text), cursor, limit)


def find_items(taxpayer: int, text: str = "", *, cursor: str = "", limit: int = 50) -> Found:
    """A page of items by their names."""
    rows = Item.objects.filter(taxpayer_id=taxpayer, removed_at=None)
    return _page(_named(rows, taxpayer, ABOUT_ITEM, text), cursor, limit)


def matching(taxpayer: int, about: int, text: str, limit: int | None = None) -> list[int]:
    """Ids of the rows that have, for every word of the text, a word that begins with it."""
    wanted = sorted(words(text[:_LONGEST_QUERY]), key=len, reverse=True)[:_MOST_WORDS]
    if not wanted:
        return []
    first, *others = wanted
    conditions = [_BEGINS.format(w="w"), *[_ALSO] * len(others)]
    parameters: list[Any] = [taxpayer, about, first, above(first)]
    for one in others:
        parameters += [about, one, above(one)]
    statement = f"SELECT DISTINCT w.row_id FROM books_word w WHERE {' AND '.join(conditions)}"  # noqa: S608
    if limit is not None:
        statement += f" LIMIT {limit}"
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return [id for (id,) in cursor.fetchall()]


def _kept(text: str) -> list[str]:
    return [word[:_LONGEST_WORD] for word in words(text)[:_MOST_WORDS]]


def _completed(rows: QuerySet[R], taxpayer: int, about: int, text: str, limit: int) -> list[R]:
    wanted = fold(text[:_LONGEST_QUERY])
    if not wanted:
        return list(rows.filter(used_at__isnull=False).order_by("-used_at")[:limit])
    named = rows.filter(folded__gte=wanted, folded__lt=above(wanted))
    found = list(named.order_by("folded", "id")[:_LOOKED_AT])
    # A row that was used often may stand behind the first ones; looking at a few hundred finds it.
    found.sort(key=lambda one: -one.uses)
    if len(found) < limit:
        there = {one.id for one in found}
        ids = [id for id in matching(taxpayer, about, text, _LOOKED_AT) if id not in there]
        more = list(rows.filter(id__in=ids))
        more.sort(key=lambda one: (-one.uses, one.folded))
        found += more
    return found[:limit]


def _named(rows: QuerySet[R], taxpayer: int, about: int, text: str) -> QuerySet[R]:
    if not fold(text):
        return rows
    return rows.filter(id__in=_Matches(taxpayer, about, text).ids())


class _Matches(NamedTuple):
    taxpayer: int
    about: int
    text: str

    def ids(self) -> QuerySet[Word, Any]:
        """The rows' ids as a subquery, so that the database pages them."""
        found: QuerySet[Word, Any] | None = None
        for one in words(self.text[:_LONGEST_QUERY])[:8]:
            begins = Word.objects.filter(
                taxpayer_id=self.taxpayer, about=self.about, word__gte=one, word__lt=above(one)
            )
            if found is not None:
                begins = begins.filter(row_id__in=found)
            found = begins.values("row_id")
        assert found is not None
        return found


def _page(rows: QuerySet[R], cursor: str, limit: int) -> Found:
    limit = min(limit, _MOST)
    total = rows.count()
    if cursor:
        name, _, id = cursor.rpartition("|")
        behind = int(id) if id.isascii() and id.isdigit() and len(id) < 19 else 0
        rows = rows.extra(where=["(by_name, id) > (%s, %s)"], params=[name.replace("\0", ""), behind])
    found = list(rows.order_by("by_name", "id")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Found(found[:limit], total, f"{last.by_name}|{last.id}" if last else "")
