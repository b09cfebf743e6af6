"""Any number of documents distributed over as many envelopes as GİB's limits demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ulak.envelope.documents import profile_of
from ulak.envelope.limits import MOST_ELEMENTS, MOST_GROUPS, MOST_INVOICES
from ulak.envelope.values import ElementType, Envelope, Group, Header

__all__ = ["distribute"]

_FULL_SIZE: Final = 100 * 1024 * 1024


def distribute(
    header: Header,
    type: ElementType,
    documents: Iterable[bytes],
    *,
    new_id: Callable[[], str],
    most: int | None = None,
    groups: int = 1,
    most_bytes: int = _FULL_SIZE,
) -> Iterator[Envelope]:
    """Envelopes that hold all documents in their order, each list as full as it may be.

    Args:
        header: of every envelope, except that each has an id of its own.
        type: of all documents.
        new_id: gives an unused UUID.
        most: documents in a list; GİB's limit if not given or more.
        groups: lists in an envelope.
        most_bytes: of documents in an envelope; one document alone may be larger.

    Raises:
        ValueError: ``most`` or ``groups`` is less than 1.

    >>> from datetime import UTC, datetime
    >>> from ulak.envelope.values import EnvelopeType, Party
    >>> sender, receiver = Party("urn:mail:gb", "1234567801"), Party("urn:mail:pk", "7359021640")
    >>> header = Header(EnvelopeType.SENDER, "", sender, receiver, datetime(2026, 11, 22, tzinfo=UTC))
    >>> ids = iter("ab")
    >>> found = distribute(header, ElementType.INVOICE, [b"<Invoice/>"] * 150, new_id=lambda: next(ids))
    >>> [(envelope.header.id, len(envelope.groups[0].documents)) for envelope in found]
    [('a', 100), ('b', 50)]
    """
    limit = MOST_INVOICES if type is ElementType.INVOICE else MOST_ELEMENTS
    limit = min(limit, limit if most is None else most)
    if limit < 1 or groups < 1:
        raise ValueError("an envelope holds at least one list of one document")
    lists: list[list[bytes]] = []
    filled = 0
    for found in _lists(type, documents, limit, most_bytes):
        size = sum(map(len, found))
        if lists and (len(lists) >= min(groups, MOST_GROUPS) or filled + size > most_bytes):
            yield _envelope(header, type, lists, new_id())
            lists, filled = [], 0
        lists.append(found)
        filled += size
    if lists:
        yield _envelope(header, type, lists, new_id())


def _lists(type: ElementType, documents: Iterable[bytes], limit: int, most_bytes: int) -> Iterator[list[bytes]]:
    found: list[bytes] = []
    rare: set[str] = set()
    size = 0
    for document in documents:
        profile = profile_of(document) if type is ElementType.INVOICE else ""
        if found and (len(found) >= limit or profile in rare or size + len(document) > most_bytes):
            yield found
            found, rare, size = [], set(), 0
        found.append(document)
        size += len(document)
        rare |= {profile} - {""}
    if found:
        yield found


def _envelope(header: Header, type: ElementType, lists: list[list[bytes]], id: str) -> Envelope:
    return Envelope(header._replace(id=id), tuple(Group(type, documents) for documents in lists))
