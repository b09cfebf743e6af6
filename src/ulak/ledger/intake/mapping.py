"""Mappings as data: which column of a program's export is which field, and what its words and numbers mean.

A mapping is a TOML file; those of `mappings/` are shipped. docs/ledger-input.md explains each key.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Dict
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec

from ulak.errors import Text
from ulak.ledger.intake.fields import BY_NAME
from ulak.ledger.intake.problems import problem

__all__ = ["MAPPINGS", "FileForm", "Mapping", "mapping_text", "read_mapping", "refuse_nul", "shipped"]

Certainty = Literal["own", "source", "usage"]
Decimal = Literal["auto", "comma", "point"]
Content = Literal["entries", "accounts"]


class FileForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How a file is read; what is ``auto``, empty or 0 is guessed.

    Attributes:
        encoding: a name of Python's.
        header_row: row of the headings, counted from 1; -1: there is none, columns are told by their place.
        decimal: what stands before the decimals of numbers that are text.
        day_first: whether 05/01/2026 is in January.
    """

    encoding: str = "auto"
    separator: str = "auto"
    sheet: str = ""
    header_row: int = 0
    decimal: Decimal = "auto"
    day_first: bool = True


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How an export becomes entries.

    Attributes:
        name: identifier, in small letters.
        title, vendor, about, export: what people read; ``export`` says how the program makes the file.
        source: where the headings come from.
        certainty: ``own``: Ulak's own form; ``source``: the headings are the program's columns, as published;
            ``usage``: common, but every installation may call them otherwise.
        columns: headings of a field, the first that the file has; ``#3`` is the third column.
        fixed: values of fields that no column has.
        values: what a field's words mean, by the folded word: ``document_type = {"1" = "invoice"}``.
        skip: rows that are left out: a heading, and the values with which it does so.
        fill_down: fields whose empty cells mean the cell above, as in printed reports.
    """

    name: str
    columns: Dict[str, list[str]]
    title: Text = Text("", "")
    vendor: str = ""
    about: Text = Text("", "")
    export: Text = Text("", "")
    source: str = ""
    certainty: Certainty = "usage"
    content: Content = "entries"
    file: FileForm = FileForm()
    fixed: Dict[str, str] = {}
    values: Dict[str, Dict[str, str]] = {}
    skip: Dict[str, list[str]] = {}
    fill_down: list[str] = []

    def headings(self) -> list[tuple[str, str]]:
        """Each heading with the field it is for."""
        return [(heading, field) for field, wanted in self.columns.items() for heading in wanted]


def read_mapping(text: str) -> Mapping:
    """The mapping of a TOML text.

    Raises:
        InputError: ``ledger.input.mapping``, ``ledger.input.mapping-field``.

    >>> read_mapping('name = "own"\\n[columns]\\nvoucher = ["Fiş"]').columns["voucher"]
    ['Fiş']
    """
    try:
        said = tomllib.loads(text)
        mapping = msgspec.convert(_lists(said), Mapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise problem("ledger.input.mapping", detail=str(error)) from None
    refuse_nul(mapping)
    known = BY_NAME[mapping.content]
    for name in _fields_of(mapping):
        if name not in known:
            raise problem("ledger.input.mapping-field", field=name, known=", ".join(known))
    return mapping


def refuse_nul(mapping: Mapping) -> None:
    """See that a mapping can be kept: no database takes a text with a NUL.

    Raises:
        InputError: ``ledger.input.mapping``.
    """
    if b"\\u0000" in msgspec.json.encode(mapping):
        raise problem("ledger.input.mapping", detail="\\u0000")


def _lists(said: dict[str, object]) -> dict[str, object]:
    """A text where a list of texts may stand is a list of one; both languages of a text are a table."""
    for group in ("columns", "skip"):
        found = said.get(group)
        if isinstance(found, dict):
            said[group] = {name: [one] if isinstance(one, str) else one for name, one in found.items()}
    for name in ("title", "about", "export"):
        if isinstance(found := said.get(name), dict):
            said[name] = [found.get("tr", ""), found.get("en", "")]
    return said


def _fields_of(mapping: Mapping) -> Iterator[str]:
    yield from mapping.columns
    yield from mapping.fixed
    yield from mapping.values
    yield from mapping.fill_down


def mapping_text(mapping: Mapping) -> str:
    """A mapping as a TOML text that `read_mapping` reads again."""
    lines = [
        f"{name} = {_toml(getattr(mapping, name))}" for name in ("name", "vendor", "source", "certainty", "content")
    ]
    lines += [
        f"{name} = {{ tr = {_toml(text.tr)}, en = {_toml(text.en)} }}"
        for name, text in (("title", mapping.title), ("about", mapping.about), ("export", mapping.export))
    ]
    lines.append(f"fill_down = {_toml(mapping.fill_down)}")
    tables = {"file": msgspec.structs.asdict(mapping.file), "columns": mapping.columns, "fixed": mapping.fixed}
    for name, table in {**tables, "skip": mapping.skip}.items():
        lines += _table(name, table)
    for name, words in mapping.values.items():
        lines += _table(f"values.{name}", words)
    return "\n".join(lines) + "\n"


def _table(name: str, table: Dict[str, object]) -> list[str]:
    return ["", f"[{name}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in table.items())] if table else []


def _toml(value: object) -> str:
    """A value as TOML writes it, which for these kinds is as JSON does, but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


_SHIPPED: Final = ("ulak", "ulak-accounts", "logo", "mikro", "netsis", "zirve", "luca")


class _Shipped(Dict[str, Mapping]):
    """The shipped mappings by their names, each read when it is first asked for."""

    def __getitem__(self, name: str) -> Mapping:
        return shipped(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_SHIPPED)

    def __len__(self) -> int:
        return len(_SHIPPED)


MAPPINGS: Final[Dict[str, Mapping]] = _Shipped()
"""The shipped mappings by their names: Ulak's own form and chart of accounts, then those of programs."""


@cache
def shipped(name: str) -> Mapping:
    """A shipped mapping.

    Raises:
        InputError: ``ledger.input.mapping-unknown``.
    """
    if name not in _SHIPPED:
        raise problem("ledger.input.mapping-unknown", name=name, known=", ".join(_SHIPPED))
    return read_mapping((files(__package__) / "mappings" / f"{name}.toml").read_text("utf-8"))
