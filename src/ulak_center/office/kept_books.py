"""What the e-Defter office knows by the packages that it accepted, for those who test."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ulak_center.office.values import Package

__all__ = ["KeptBook", "kept_book_of"]


class KeptBook(NamedTuple):
    """An accepted package.

    Attributes:
        id: of the package; ``kind`` is ``YB``, ``KB``, ``EB`` or ``DR``.
        sender: VKN of the one who sent it.
        received: moment, ISO.
        month: ``YYYYMM``; ``part`` six digits; ``branch`` four, or empty.
        start, end: days covered, ISO.
        entries: of the book that came with it; 0 where none came.
        size: bytes of the book, or of the berat or report that came alone.
        sums: account → debit and credit in TRY, as the berat or report tells them.
        is_approved: whether there is a counter-sealed berat to be fetched.
        notes: codes of notes.
    """

    id: str
    taxpayer: str
    title: str
    sender: str
    received: str
    kind: str
    month: str
    part: str
    branch: str
    start: str
    end: str
    entries: int
    size: int
    sums: Mapping[str, tuple[str, str]]
    software: str
    is_approved: bool
    notes: tuple[str, ...]


def kept_book_of(package: Package, *, is_approved: bool) -> KeptBook:
    """What is known of an accepted package."""
    facts = package.facts
    return KeptBook(
        package.id,
        package.owner,
        facts.get("title", ""),
        package.sender,
        package.received.isoformat(),
        facts["kind"],
        facts["month"],
        facts.get("part", ""),
        facts.get("branch", ""),
        facts["start"],
        facts["end"],
        facts.get("entries", 0),
        facts.get("size", 0),
        {account: (debit, credit) for account, (debit, credit) in facts.get("sums", {}).items()},
        facts.get("software", ""),
        is_approved,
        tuple(note["code"] for note in facts["notes"]),
    )
