"""The documented JSON-lines form: each line an account of the chart, or a voucher with its lines.

Fields that are not documented are refused, row by row, so that a misspelt one is not lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from ulak.ledger.intake.fields import ENTRIES
from ulak.ledger.intake.neutral import DAY, NUMBER, Fault, NeutralFile, cleaned
from ulak.ledger.intake.problems import problem
from ulak.sheets import SheetName

__all__ = ["Document", "ForeignAmount", "JsonLines", "Line", "Row"]

_LONGEST_LINE: Final = 16 * 1024 * 1024
_MOST_LETTERS: Final = 64 * 1024 * 1024
"""Of the chart of accounts, which is held in memory."""
Number = Decimal | None


class Document(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What a line rests on; ``type`` is one of e-Defter's eight, ``description`` names a document that is ``other``."""

    type: str = ""
    number: str = ""
    date: str = ""
    description: str = ""
    reference: str = ""


class ForeignAmount(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The transaction in its own currency; ``rate`` is TRY for one unit."""

    currency: str
    amount: Number = None
    rate: Number = None
    rate_date: str = ""
    rate_source: str = ""
    rate_comment: str = ""


class Line(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A line of a voucher: TRY on one side."""

    account: str
    account_name: str = ""
    main_name: str = ""
    debit: Number = None
    credit: Number = None
    line: int | None = None
    document: Document | None = None
    payment_method: str = ""
    comment: str = ""
    foreign: ForeignAmount | None = None
    quantity: Number = None
    unit_cost: Number = None


class Account(msgspec.Struct, forbid_unknown_fields=True):
    """An account of the chart."""

    code: str
    name: str


class Row(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A line of the file: either ``account``, or a voucher with ``lines``.

    Attributes:
        document: of all lines that have none of their own.
    """

    account: Account | None = None
    voucher: str = ""
    date: str = ""
    entry: int | None = None
    type: str = ""
    entered_by: str = ""
    comment: str = ""
    branch: str = ""
    branch_name: str = ""
    document: Document | None = None
    payment_method: str = ""
    lines: list[Line] = []


_DECODER: Final = msgspec.json.Decoder(Row)
_NAMES: Final = [one.name for one in ENTRIES]


class JsonLines:
    """A file of JSON lines.

    Raises:
        InputError: ``ledger.input.unreadable`` for a line of more than 16 MiB.
    """

    kind: Final = "jsonl"
    sheets: tuple[SheetName, ...] = ()

    def __init__(self, path: Path) -> None:
        self._path = path
        self.accounts: dict[str, str] = {}
        self._letters = 0

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        with self._path.open("rb") as file:
            for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE + 1), b""), 1):
                if len(line) > _LONGEST_LINE:
                    raise problem("ledger.input.unreadable", detail=f"{number}. satır / line {number}: > 16 MiB")
                if stripped := line.removeprefix(b"\xef\xbb\xbf").strip():
                    yield number, stripped

    def head(self, count: int) -> list[tuple[int, list[str]]]:
        """The names of the fields, then the first lines of vouchers."""
        found: list[tuple[int, list[str]]] = [(0, list(_NAMES))]
        for number, line in self._lines():
            if isinstance(row := _decoded(line), Row):
                found += [(number, cells) for cells in islice(_cells(row), count)]
            if len(found) > count or number > count:
                break
        return found[: count + 1]

    def write(self, target: NeutralFile, after: int) -> None:
        for number, line in self._lines():
            row = _decoded(line)
            if isinstance(row, str):
                target.faults.append(Fault(number, 0, "ledger.cell.json", row))
                continue
            if row.account:
                self._keep(row.account)
            for cells in _cells(row):
                target.add(number, cells)
        target.flush()

    def _keep(self, account: Account) -> None:
        code, name = cleaned(account.code.strip()), cleaned(account.name.strip())
        self._letters += len(code) + len(name)
        if self._letters > _MOST_LETTERS:
            raise problem("ledger.input.unreadable", detail=f"account: > {_MOST_LETTERS // 1024**2} MiB")
        self.accounts[code] = name


def _decoded(line: bytes) -> Row | str:
    """The row, or what is wrong with it."""
    try:
        row = _DECODER.decode(line)
    except UnicodeDecodeError:
        return "UTF-8 değil / not UTF-8"
    except (msgspec.DecodeError, msgspec.ValidationError, RecursionError, ArithmeticError) as error:
        return str(error)[:200]
    if (row.account is None) == (not row.lines):
        return "“account” ya da “lines” / “account” or “lines”"
    return row


def _cells(row: Row) -> Iterator[list[str]]:
    voucher = (row.voucher, _day(row.date), _whole(row.entry), row.type, row.entered_by, row.comment, row.branch)
    for line in row.lines:
        said = line.document or row.document or Document()
        foreign = line.foreign or ForeignAmount("")
        found = {
            **dict(zip(_OF_VOUCHER, (*voucher, row.branch_name), strict=True)),
            "line": _whole(line.line),
            "account": line.account,
            "account_name": line.account_name,
            "main_name": line.main_name,
            "debit": _number(line.debit),
            "credit": _number(line.credit),
            "document_type": said.type,
            "document_type_description": said.description,
            "document_number": said.number,
            "document_date": _day(said.date),
            "document_reference": said.reference,
            "payment_method": line.payment_method or row.payment_method,
            "comment": line.comment,
            "currency": foreign.currency,
            "original_amount": _number(foreign.amount),
            "rate": _number(foreign.rate),
            "rate_date": _day(foreign.rate_date),
            "rate_source": foreign.rate_source,
            "rate_comment": foreign.rate_comment,
            "quantity": _number(line.quantity),
            "unit_cost": _number(line.unit_cost),
        }
        yield [found.get(name, "") for name in _NAMES]


_OF_VOUCHER: Final = (
    "voucher", "date", "entry", "voucher_type", "entered_by", "entry_comment", "branch", "branch_name"
)  # fmt: skip


def _number(value: Decimal | None) -> str:
    if value is None:
        return ""
    # A number with a huge exponent would be written out digit by digit.
    return NUMBER + format(value, "f") if value.is_finite() and -40 < value.adjusted() < 40 else str(value)


def _whole(value: int | None) -> str:
    return "" if value is None else f"{NUMBER}{value}"


def _day(text: str) -> str:
    return DAY + text if text else ""
