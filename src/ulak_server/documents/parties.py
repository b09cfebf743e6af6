"""The other parties of a taxpayer's documents: kept once each, found by words, in any order, and sorted as in Turkish.

Lists look for parties here, and for documents by the party's id: a title that stands in ten thousand documents is
searched once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Final, NamedTuple

from django.db import connection, transaction

from ulak_server.database.arrays import as_arrays
from ulak_server.database.remembered import here
from ulak_server.folding import above, sort_key, words

__all__ = ["Named", "Who", "complete", "having", "ids_of"]

MOST: Final = 5_000
"""Parties that a search may mean; more are too many to be told apart by these words."""
_REMEMBERED: Final = 20_000
_LONGEST_WORD: Final = 40
_MOST_WORDS: Final = 12
_KNOWN: Final = """
SELECT p.taxpayer_id, p.number, p.title, p.id FROM documents_party p
JOIN unnest(%s::int[], %s::text[], %s::text[]) AS v(taxpayer_id, number, title)
ON p.taxpayer_id = v.taxpayer_id AND p.number = v.number AND p.title = v.title
"""
_ADD: Final = """
INSERT INTO documents_party (taxpayer_id, number, title, sort_key)
SELECT * FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[]) ON CONFLICT DO NOTHING
RETURNING taxpayer_id, number, title, id
"""
_ADD_WORDS: Final = """
INSERT INTO documents_party_word (taxpayer_id, word, party_id)
SELECT * FROM unnest(%s::int[], %s::text[], %s::int[]) ON CONFLICT DO NOTHING
"""


class Who(NamedTuple):
    """A party of a taxpayer's documents: VKN or TCKN, which may be empty, and title."""

    taxpayer: int
    number: str
    title: str


class Named(NamedTuple):
    """A party that was found."""

    id: int
    number: str
    title: str


class _Memory:
    """Ids of parties that are committed, shared by the threads of a process; apart for each database."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[Who, int]] = {}
        self._lock = Lock()

    def of(self, wanted: Iterable[Who]) -> dict[Who, int]:
        ids = self._ids.get(here(), {})
        return {one: id for one in wanted if (id := ids.get(one)) is not None}

    def add(self, found: Mapping[Who, int]) -> None:
        with self._lock:
            ids = self._ids.setdefault(here(), {})
            if len(ids) + len(found) > _REMEMBERED:
                ids.clear()
            ids.update(found)


_MEMORY: Final = _Memory()


def ids_of(wanted: Sequence[Who]) -> list[int]:
    """The ids of parties, in their order; those who are new are kept. Within a scope that holds their taxpayers.

    Parties that are not known yet, without number and title, are one of them.
    """
    said = sorted(set(wanted))
    found = _MEMORY.of(said)
    missing = [one for one in said if one not in found]
    if missing:
        fresh = _looked_up(missing)
        found.update(fresh)
        transaction.on_commit(lambda: _MEMORY.add(fresh))
    return [found[one] for one in wanted]


def _looked_up(missing: Sequence[Who]) -> dict[Who, int]:
    found = _rows(_KNOWN, as_arrays(missing))
    absent = [one for one in missing if one not in found]
    if absent:
        # In their order, so that two who add the same wait for each other rather than for ever.
        added = _rows(_ADD, as_arrays([(*one, sort_key(one.title) or one.number) for one in absent]))
        _add_words(added)
        found.update(added)
        if len(added) < len(absent):
            found.update(_rows(_KNOWN, as_arrays(absent)))
    return found


def _rows(statement: str, arrays: Sequence[str]) -> dict[Who, int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arrays)
        return {Who(taxpayer, number, title): id for taxpayer, number, title, id in cursor.fetchall()}


def _add_words(added: Mapping[Who, int]) -> None:
    found = [(who.taxpayer, word, id) for who, id in added.items() for word in _words(who)]
    if found:
        with connection.cursor() as cursor:
            cursor.execute(_ADD_WORDS, as_arrays(found))


def _words(who: Who) -> set[str]:
    said = [word[:_LONGEST_WORD] for word in words(who.title)[:_MOST_WORDS]]
    return {*said, *((who.number,) if who.number else ())}


# -- looking -----------------------------------------------------------------------------------------------------------

_HAVING: Final = """
SELECT party_id FROM documents_party_word
WHERE taxpayer_id = %s AND word >= %s COLLATE "C" AND word < %s COLLATE "C"
"""


def having(taxpayer: int, wanted: Sequence[str], most: int = MOST) -> list[int]:
    """Parties whose title or number has a word that begins so, for each of the folded words; at most that many.

    Within a scope that holds the taxpayer.
    """
    if not wanted:
        return []
    longest_first = sorted(wanted, key=len, reverse=True)[:_MOST_WORDS]
    statement = " INTERSECT ".join(f"({_HAVING})" for _ in longest_first) + " LIMIT %s"
    values: list[str | int] = []
    for word in longest_first:
        begins = word[:_LONGEST_WORD]
        values += [taxpayer, begins, above(begins)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, most])
        return [id for (id,) in cursor.fetchall()]


_COMPLETE: Final = """
SELECT id, number, title FROM documents_party WHERE taxpayer_id = %s AND id = ANY (%s) ORDER BY sort_key, id LIMIT %s
"""


def complete(taxpayer: int, text: str, limit: int = 8) -> list[Named]:
    """Parties for what somebody has typed so far; within a scope that holds the taxpayer."""
    found = having(taxpayer, words(text))
    with connection.cursor() as cursor:
        cursor.execute(_COMPLETE, [taxpayer, found, limit])
        return [Named(*row) for row in cursor.fetchall()]
