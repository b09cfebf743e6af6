"""A document laid out for a person, independent of where it is drawn: text only, in the language asked for."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ulak.render.kinds import Kind
from ulak.render.labels import LabelLanguage

__all__ = ["Block", "Column", "Fact", "Sheet", "Side", "Total"]


class Fact(NamedTuple):
    """A labelled value, e.g. the date."""

    label: str
    value: str


class Side(NamedTuple):
    """A party: what it is in this document, what it is called, then its address and numbers line by line."""

    role: str
    name: str
    lines: tuple[str, ...]


class Column(NamedTuple):
    """A column of the table; ``weight`` is its share of the width, numbers stand at the right."""

    name: str
    label: str
    weight: int
    is_number: bool


class Total(NamedTuple):
    """A line under the table; the main one is what is to be paid."""

    label: str
    value: str
    is_main: bool = False


class Block(NamedTuple):
    """A headed paragraph at the foot, line by line."""

    label: str
    lines: tuple[str, ...]


class Sheet(NamedTuple):
    """A document as a person reads it.

    Attributes:
        kind: which design it is shown in.
        language: of its labels; what the document says itself stays as it is.
        title: what it is, e.g. ``e-Fatura``.
        number: its number, empty for a draft.
        issued: when it was issued, in Turkish time; None if the document does not say.
        marks: sentences that GİB wants to see on it.
        ettn: its UUID.
        sides: the parties, the issuer first and the receiver second.
        facts: scenario, type, dates, references …
        columns: the columns that have a value in some row.
        rows: a text for every column.
        totals: sums and taxes, in the order of reckoning.
        words: the amount payable in words, empty where nothing is payable.
        notes: what the document notes, and reasons of exemption.
        payments: how and where to pay, line by line.
        karekod: the payload of the QR code, empty for kinds without.
        blocks: what its kind has to say besides: a sale over the internet, room for a signature.
        is_reported: whether paper copies say where the original is, and since when GİB can be asked for it.
    """

    kind: Kind
    language: LabelLanguage
    title: str
    number: str
    issued: datetime | None
    ettn: str
    marks: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    facts: tuple[Fact, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    totals: tuple[Total, ...] = ()
    words: str = ""
    notes: tuple[str, ...] = ()
    payments: tuple[str, ...] = ()
    karekod: str = ""
    blocks: tuple[Block, ...] = ()
    is_reported: bool = False
