"""What is looked for in a list, and the condition that PostgreSQL gets for it.

Under row-level security PostgreSQL uses an index for leakproof operators alone: equality and order of numbers, days and
texts, but neither ``LIKE`` nor what arrays contain. So texts are looked for by ranges, words among the parties
(`ulak_server.documents.parties`), and what else there is stands in the index that lists are read from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple
from uuid import UUID

from ulak_server import clock
from ulak_server.documents.parties import having
from ulak_server.documents.problems import problem
from ulak_server.documents.states import Shelf, State
from ulak_server.folding import above, words

__all__ = ["Condition", "Wanted", "condition", "storable", "tallied"]

LONGEST_TEXT: Final = 100
_MOST_LABELS: Final = 20
_LARGEST: Final = 90_000_000_000_000_000
_TAIL: Final = re.compile(r"[0-9]{1,9}")
_WHOLE_NUMBER: Final = re.compile(r"[A-Z0-9]{3}20[0-9]{11}")
_ETTN: Final = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_HAS_DIGIT: Final = re.compile(r"\d")


class Wanted(NamedTuple):
    """What is looked for in one list; what is None or empty does not matter.

    Attributes:
        direction: ``out`` or ``in``.
        profiles, types: ``cbc:ProfileID``, type codes.
        party: VKN or TCKN.
        issued_from, issued_until: days of issue, both included.
        arrived_from, arrived_until: days on which Ulak took it in, in Istanbul, both included.
        least, most: of the payable amount, both included.
        number: the whole number, or how it begins.
        text: words, or how they begin, in any order and whatever their case: of the party's title, its number, the
            document's number, its ERP key, its ETTN.
        labels: keys of labels; one of them is enough.
        taken: whether the ERP took it over.
    """

    shelf: Shelf
    direction: str = ""
    kinds: Sequence[str] = ()
    states: Sequence[State] = ()
    profiles: Sequence[str] = ()
    types: Sequence[str] = ()
    party: str = ""
    issued_from: date | None = None
    issued_until: date | None = None
    arrived_from: date | None = None
    arrived_until: date | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    currency: str = ""
    number: str = ""
    text: str = ""
    labels: Sequence[str] = ()
    batch: int | None = None
    taken: bool | None = None

    @property
    def is_tallied(self) -> bool:
        """Whether `ulak_server.documents.tallies` knows how many there are."""
        others = (self.party, self.arrived_from, self.arrived_until, self.number, self.text.strip(), self.batch)
        return not any(others) and not self.labels and self.least is None and self.most is None


class Condition(NamedTuple):
    """What stands behind ``WHERE``, and its values.

    Attributes:
        parties: ids of the only parties whose documents it lets through; None if it does not look at parties alone.
        is_mixed: whether it looks for one word in several columns.
    """

    sql: str
    values: Sequence[Any]
    parties: Sequence[int] | None = None
    is_mixed: bool = False

    def __and__(self, other: Condition) -> Condition:
        return Condition(f"{self.sql} AND {other.sql}", (*self.values, *other.values))


def condition(taxpayer: int, wanted: Wanted) -> Condition:
    """The condition for rows of ``documents_document``; within a scope that holds the taxpayer.

    Raises:
        IntakeError: ``intake.filter``.
    """
    parts = [
        Condition("taxpayer_id = %s AND shelf = %s", (taxpayer, int(wanted.shelf))),
        *tallied(wanted),
        *_dates(wanted),
        *_amounts(wanted),
        *_others(taxpayer, wanted),
        *_text(taxpayer, wanted.shelf, wanted.text),
    ]
    return _all(parts)


def tallied(wanted: Wanted, day: str = "issue_date") -> list[Condition]:
    """The part of the condition that rows of ``documents_tally`` can be asked, too."""
    parts: list[Condition] = []
    if wanted.direction:
        if wanted.direction not in _DIRECTIONS:
            raise problem("intake.filter", where="/direction", value=wanted.direction)
        parts.append(Condition(_DIRECTIONS[wanted.direction], ()))
    stored = stored_states(wanted)
    if stored is not None:
        parts.append(Condition("state = ANY (%s::smallint[])", (stored,)))
    for column, values in (("kind", wanted.kinds), ("profile", wanted.profiles), ("type_code", wanted.types)):
        if values:
            parts.append(Condition(f"{column} = ANY (%s::text[])", ([storable(one) for one in values],)))
    if wanted.currency:
        parts.append(Condition("currency = %s", (storable(wanted.currency.upper()[:3]),)))
    if wanted.issued_from is not None:
        parts.append(Condition(f"{day} >= %s", (wanted.issued_from,)))
    if wanted.issued_until is not None:
        parts.append(Condition(f"{day} <= %s", (wanted.issued_until,)))
    return parts


_INCOMING: Final = int(State.ARRIVED)
_DIRECTIONS: Final = {"out": f"state < {_INCOMING}", "in": f"state >= {_INCOMING}"}
"""By the state, which stands in the index of lists: the first ones are of what we send."""


def stored_states(wanted: Wanted) -> list[int] | None:
    """The values of `Document.state` that are wanted; None if all are."""
    if not wanted.states and wanted.taken is None:
        return None
    stored = {value for state in wanted.states or State for value in state.stored}
    if wanted.taken is not None:
        stored = {value for value in stored if (value > max(State)) is wanted.taken}
    return sorted(stored)


def _dates(wanted: Wanted) -> list[Condition]:
    parts = []
    if wanted.arrived_from is not None:
        parts.append(Condition("accepted_at >= %s", (_begin(wanted.arrived_from),)))
    if wanted.arrived_until is not None:
        parts.append(Condition("accepted_at < %s", (_begin(wanted.arrived_until, 1),)))
    return parts


def _amounts(wanted: Wanted) -> list[Condition]:
    parts = []
    if wanted.least is not None:
        parts.append(Condition("amount >= %s", (_hundredths(wanted.least, "/least"),)))
    if wanted.most is not None:
        parts.append(Condition("amount <= %s", (_hundredths(wanted.most, "/most"),)))
    return parts


def _others(taxpayer: int, wanted: Wanted) -> list[Condition]:
    parts = []
    if wanted.party:
        parts.append(_of_parties(having(taxpayer, [str(storable(wanted.party.strip()))[:11]])))
    if wanted.number.strip():
        parts.append(_number(wanted.shelf, wanted.number.strip().upper()))
    if wanted.labels:
        keys = [storable(one) for one in wanted.labels[:_MOST_LABELS]]
        parts.append(Condition("labels && %s::text[]", (keys,)))
    if wanted.batch is not None:
        parts.append(Condition("batch_id = %s", (storable(wanted.batch),)))
    return parts


# -- free text ---------------------------------------------------------------------------------------------------------


def _text(taxpayer: int, shelf: Shelf, text: str) -> list[Condition]:
    text = str(storable(text.strip()))
    if len(text) > LONGEST_TEXT:
        raise problem("intake.filter", where="/text", value=text)
    if not text:
        return []
    if _ETTN.fullmatch(text):
        return [Condition("direction = ANY ('{1,2}') AND ettn = %s", (UUID(text),))]
    pieces = text.split()
    named = [piece for piece in pieces if not _HAS_DIGIT.search(piece)]
    parts = [_named(taxpayer, shelf, named, alone=pieces[0] if len(pieces) == 1 else "")] if named else []
    return parts + [_numbered(taxpayer, shelf, piece) for piece in pieces if _HAS_DIGIT.search(piece)]


def _named(taxpayer: int, shelf: Shelf, named: Sequence[str], alone: str) -> Condition:
    """Words without a digit are of a party's title; a single one may be how a number or a key begins, too."""
    by_title = _of_parties(having(taxpayer, words(" ".join(named))))
    return by_title if not alone else _any([by_title, _number(shelf, alone.upper()), *_keys(alone)])


def _numbered(taxpayer: int, shelf: Shelf, piece: str) -> Condition:
    """What has digits: a document's number or how it begins or ends, an ERP key, a VKN, a word of a title."""
    upper = piece.upper()
    parts = [_of_parties(having(taxpayer, words(piece))), *_keys(piece)]
    if _WHOLE_NUMBER.fullmatch(upper):
        parts.append(Condition("(serial = %s AND number = %s)", (int(upper[-9:]), upper)))
    else:
        parts.append(_number(shelf, upper))
    if _TAIL.fullmatch(piece):
        parts.append(Condition("serial = %s", (int(piece),)))
    return _any(parts)


def _keys(piece: str) -> list[Condition]:
    """ERP keys that begin so, as it was typed or in capitals."""
    return [_beginning("erp_key", spelled) for spelled in dict.fromkeys((piece, piece.upper()))]


def _of_parties(ids: Sequence[int]) -> Condition:
    return Condition("party_id = ANY (%s::int[])", (list(ids),), ids) if ids else Condition("false", (), ())


_WAYS: Final = {Shelf.OUTGOING: (1,), Shelf.INCOMING: (2,), Shelf.RECEIPTS: (1,)}


def _number(shelf: Shelf, text: str) -> Condition:
    """How numbers begin: those that we gave and those that others gave stand in indexes of their own."""
    begins = _beginning("number", text)
    return _any([Condition(f"direction = {way}", ()) & begins for way in _WAYS.get(shelf, (1, 2))])


def _beginning(column: str, text: str) -> Condition:
    begins = str(storable(text))[:LONGEST_TEXT]
    return Condition(f'({column} >= %s COLLATE "C" AND {column} < %s COLLATE "C")', (begins, above(begins)))


def _any(parts: Sequence[Condition]) -> Condition:
    useful = [one for one in parts if one.sql != "false"] or [Condition("false", (), ())]
    if len(useful) == 1:
        return useful[0]
    joined = " OR ".join(one.sql for one in useful)
    return Condition(f"({joined})", tuple(value for one in useful for value in one.values), is_mixed=True)


def _all(parts: Sequence[Condition]) -> Condition:
    named = [set(one.parties) for one in parts if one.parties is not None]
    return Condition(
        " AND ".join(one.sql for one in parts),
        tuple(value for one in parts for value in one.values),
        sorted(set.intersection(*named)) if named else None,
        any(one.is_mixed for one in parts),
    )


# -- values ------------------------------------------------------------------------------------------------------------


def storable(value: Any) -> Any:
    """What PostgreSQL can compare with: its texts hold no NUL, its numbers have 64 bits."""
    if isinstance(value, str) and ("\0" in value or (not value.isascii() and _is_broken(value))):
        raise problem("intake.filter", value=value.replace("\0", "?").encode(errors="replace").decode())
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        raise problem("intake.filter", value=str(value))
    return value


def _is_broken(value: str) -> bool:
    """Whether it has half of a surrogate pair, which is no text."""
    return any("\ud800" <= one <= "\udfff" for one in value)


def _hundredths(value: Decimal, where: str) -> int:
    if not value.is_finite():
        raise problem("intake.filter", where=where, value=str(value))
    return int(100 * max(Decimal(-_LARGEST), min(value, Decimal(_LARGEST))))


def _begin(day: date, days: int = 0) -> datetime:
    """The moment at which a day begins in Istanbul, or one some days later."""
    try:
        return datetime.combine(day + timedelta(days), time(), clock.ISTANBUL)
    except OverflowError:
        raise problem("intake.filter", value=str(day)) from None
