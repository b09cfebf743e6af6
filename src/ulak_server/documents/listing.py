"""Lists of documents over any number of them: a page in any order, and what all that was found comes to.

How a page is found depends on how many there are: few are gathered and sorted; of many, some soon come along in the
wanted order. Both read the one index that has all that lists select by.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

import msgspec
from django.db import connection

from ulak_server.documents.finding import Asked, Order, patience, places
from ulak_server.documents.models import Document
from ulak_server.documents.problems import problem
from ulak_server.documents.tallies import sums
from ulak_server.documents.wanted import Wanted, condition

__all__ = ["Listed", "Order", "Total", "Totals", "page", "totals"]

MOST: Final = 200
"""Documents of a page."""
_COUNTED: Final = 10_000
"""How many are counted while somebody waits for the page."""
_LONGEST_CURSOR: Final = 400


class Listed(NamedTuple):
    """A page of a list.

    Attributes:
        before, after: where the pages before and after it begin; None if there is none.
    """

    rows: Sequence[Document]
    before: str | None
    after: str | None


class Total(NamedTuple):
    """What documents of one currency come to."""

    currency: str
    documents: int
    payable: Decimal


class Totals(NamedTuple):
    """What all that was found comes to.

    Attributes:
        is_exact: whether these are all; else there are more than `documents`, and no sums are told.
        by_currency: those of most documents first.
    """

    documents: int
    by_currency: Sequence[Total]
    is_exact: bool


def page(
    taxpayer: int,
    wanted: Wanted,
    order: Order = Order.TAKEN_IN,
    *,
    is_falling: bool = True,
    cursor: str | None = None,
    limit: int = 50,
) -> Listed:
    """Documents of a list, page by page; within a scope that holds the taxpayer.

    Pages stay as they are while documents come in: a cursor says behind which document the page begins.

    Args:
        is_falling: the latest, the largest, or the last in the alphabet first.
        cursor: `Listed.before` or `Listed.after` of another page of the same list in the same order.
        limit: at most `MOST`.

    Raises:
        IntakeError: ``intake.cursor``, ``intake.filter``; ``intake.too-broad`` if it takes longer than five seconds.
    """
    at, is_back = (None, False) if cursor is None else _read(cursor, order)
    asked = Asked(taxpayer, condition(taxpayer, wanted), order, is_falling, at, is_back, min(max(limit, 1), MOST) + 1)
    with patience():
        return _listed(asked, places(asked))


def totals(taxpayer: int, wanted: Wanted, most: int | None = _COUNTED) -> Totals:
    """How many documents a list has, and what they come to; within a scope that holds the taxpayer.

    What `ulak_server.documents.tallies` counts is told exactly, however many there are.

    Args:
        most: how many are counted else; None: all, which may take a while.

    Raises:
        IntakeError: ``intake.filter``; ``intake.too-broad`` if it takes longer than five seconds.
    """
    if wanted.is_tallied:
        with patience():
            found = [Total(one.currency, one.documents, one.payable) for one in sums(taxpayer, wanted)]
        return _totals(found, is_exact=True)
    asked = condition(taxpayer, wanted)
    limit = "" if most is None else f" LIMIT {most + 1:d}"
    with patience(), connection.cursor() as one:
        one.execute(
            "SELECT currency, count(*), sum(amount) FROM"  # noqa: S608
            f" (SELECT currency, amount FROM documents_document WHERE {asked.sql}{limit}) AS found GROUP BY currency",
            asked.values,
        )
        found = [Total(currency, count, Decimal(amount).scaleb(-2)) for currency, count, amount in one.fetchall()]
    told = _totals(found, is_exact=True)
    if most is not None and told.documents > most:
        return Totals(most, (), is_exact=False)
    return told


def _rows(taxpayer: int, ids: Sequence[int]) -> list[Document]:
    found = Document.objects.filter(taxpayer_id=taxpayer).in_bulk(ids)
    return [found[id] for id in ids if id in found]


# -- pages and cursors -------------------------------------------------------------------------------------------------


def _listed(asked: Asked, places: Sequence[tuple[Any, ...]]) -> Listed:
    has_more = len(places) == asked.limit
    kept = places[has_more:] if asked.is_back else places[: asked.limit - 1]
    if not kept:
        return Listed((), None, None)
    has_before = has_more if asked.is_back else asked.at is not None
    before = _written(asked.order, kept[0], is_back=True) if has_before else None
    after = _written(asked.order, kept[-1], is_back=False) if asked.is_back or has_more else None
    return Listed(_rows(asked.taxpayer, [place[-1] for place in kept]), before, after)


def _totals(found: Sequence[Total], *, is_exact: bool) -> Totals:
    ranked = sorted(found, key=lambda one: (-one.documents, one.currency))
    return Totals(sum(one.documents for one in found), ranked, is_exact)


def _written(order: Order, place: Sequence[Any], *, is_back: bool) -> str:
    return urlsafe_b64encode(msgspec.json.encode([order, is_back, *place])).decode().rstrip("=")


_PLACES: Final[dict[Order, Any]] = {
    Order.TAKEN_IN: tuple[str, bool, int],
    Order.ISSUED: tuple[str, bool, date | None, int],
    Order.AMOUNT: tuple[str, bool, int, int],
    Order.PARTY: tuple[str, bool, str, int, int],
}


def _read(cursor: str, order: Order) -> tuple[tuple[Any, ...], bool]:
    try:
        data = urlsafe_b64decode(cursor[:_LONGEST_CURSOR].encode() + b"=" * (-len(cursor) % 4))
        said, is_back, *place = msgspec.json.decode(data, type=_PLACES[order])
    except (ValueError, msgspec.MsgspecError):
        raise problem("intake.cursor") from None
    numbers = [one for one in place if isinstance(one, int)]
    texts = [one for one in place if isinstance(one, str)]
    if said != order or any(not -(2**63) <= one < 2**63 for one in numbers) or any("\0" in one for one in texts):
        raise problem("intake.cursor")
    return tuple(place), is_back
