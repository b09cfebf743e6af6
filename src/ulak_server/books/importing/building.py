"""Rows of a sheet made into documents of the friendly JSON; one row is one line, rows of one key are one document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ulak.errors import UlakError
from ulak_server.books.contacts import party_of
from ulak_server.books.importing.fields import FORMS, Field, fields_of
from ulak_server.books.importing.mapping import Reading
from ulak_server.books.importing.problems import fault
from ulak_server.books.importing.sales import as_sale
from ulak_server.books.importing.understanding import understood
from ulak_server.books.items import line_of
from ulak_server.books.models import Contact, Item
from ulak_server.books.numbers import Convention

__all__ = ["Built", "Flaw", "Known", "Values", "documents", "group_of", "pointers_of", "values_of"]

_KEYS: Final = ("key", "number")
_WITHOUT_QUANTITY: Final = "freelance_receipt"


class Flaw(NamedTuple):
    """Something that is wrong with a cell, a row, or a whole document.

    Attributes:
        column: of the sheet, from 0; None: the whole row.
    """

    row: int
    column: int | None
    error: UlakError
    is_warning: bool = False


class Values(NamedTuple):
    """A row as it was understood.

    Attributes:
        by_field: only what is not blank.
    """

    row: int
    by_field: Mapping[str, str]
    flaws: Sequence[Flaw]


class Known(NamedTuple):
    """What the taxpayer's books and GİB's list say of those whom a file names.

    Attributes:
        supplier: the taxpayer as a party.
        contacts, titles: by VKN or TCKN.
        items: by code.
    """

    supplier: Mapping[str, Any]
    contacts: Mapping[str, Contact] = {}
    titles: Mapping[str, str] = {}
    items: Mapping[str, Item] = {}


class Built(NamedTuple):
    """A document of some rows.

    Attributes:
        item: the wrapped document, as `ulak_server.documents.items` takes it.
        rows: of its lines, in their order.
    """

    item: Mapping[str, Any]
    rows: Sequence[int]
    flaws: Sequence[Flaw]


def values_of(about: str, reading: Reading, number: int, cells: Sequence[Any], convention: Convention | None) -> Values:
    """A row understood, with the fixed values of fields that it leaves blank."""
    fields = fields_of(about)
    found: dict[str, str] = {}
    flaws: list[Flaw] = []
    for column, name in reading.columns.items():
        if column >= len(cells):
            continue
        one = understood(fields[name], cells[column], convention)
        if one.value:
            found[name] = one.value
        if one.error is not None:
            flaws.append(Flaw(number, column, one.error))
        if one.warning is not None:
            flaws.append(Flaw(number, column, one.warning, is_warning=True))
    for name, value in reading.fixed.items():
        if name not in found:
            one = understood(fields[name], value, "comma")
            if one.value:
                found[name] = one.value
            elif one.error is not None:
                flaws.append(Flaw(number, None, one.error))
    return Values(number, found, flaws)


def group_of(rows: Iterable[Values], about: str) -> list[list[Values]]:
    """Rows gathered into documents by their key, else by their number; a row without one belongs to the one above.

    Rows of a file that has neither are documents of their own.
    """
    groups: dict[str, list[Values]] = {}
    last = ""
    for place, one in enumerate(rows):
        key = next((f"{name}:{one.by_field[name]}" for name in _KEYS if one.by_field.get(name)), "")
        if not key:
            key = last if last and not one.by_field.get("tax_id") else f"row:{place}"
        last = key if not key.startswith("row:") else ""
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def documents(about: str, reading: Reading, groups: Iterable[Sequence[Values]], known: Known) -> Iterable[Built]:
    """The documents that the rows mean."""
    fields = fields_of(about)
    columns = {name: at for at, name in reading.columns.items()}
    for rows in groups:
        yield _document(about, fields, columns, rows, known)


def pointers_of(about: str, reading: Reading) -> dict[str, int]:
    """The column that holds what stands at a pointer of a document; ``{n}`` is any line."""
    fields = fields_of(about)
    return {fields[name].place: at for at, name in reading.columns.items() if fields[name].place}


def _document(
    about: str, fields: Mapping[str, Field], columns: Mapping[str, int], rows: Sequence[Values], known: Known
) -> Built:
    flaws = [flaw for one in rows for flaw in one.flaws]
    whole = _common(fields, columns, rows, flaws)
    document: dict[str, Any] = {"document": FORMS[about], "supplier": dict(known.supplier)}
    customer = _customer(whole, known)
    if customer:
        document["customer"] = customer
    options: dict[str, str] = {}
    for name, value in whole.items():
        place = fields[name].place
        if place.startswith("#"):
            options[place[1:]] = value
        elif place:
            _put(document, place, value)
    document["lines"] = [_line(about, fields, one, known) for one in rows]
    _mend(document, whole)
    if about == "sales":
        as_sale(document)
    return Built({**options, "document": document}, [one.row for one in rows], flaws)


def _common(
    fields: Mapping[str, Field], columns: Mapping[str, int], rows: Sequence[Values], flaws: list[Flaw]
) -> dict[str, str]:
    """What the rows say of the whole document; that they contradict each other is a flaw."""
    whole: dict[str, tuple[str, int]] = {}
    for one in rows:
        for name, value in one.by_field.items():
            if fields[name].is_of_line:
                continue
            first = whole.setdefault(name, (value, one.row))
            if first[0] != value:
                error = fault("import.rows-differ", field=fields[name].label, row=first[1])
                flaws.append(Flaw(one.row, columns.get(name), error))
    return {name: value for name, (value, _) in whole.items()}


def _customer(whole: Mapping[str, str], known: Known) -> dict[str, Any]:
    """Whom the books know by the number; the file's own words win, which are put over it."""
    number = whole.get("tax_id", "")
    contact = known.contacts.get(number)
    party: dict[str, Any] = party_of(contact) if contact else {}
    if contact is None and number in known.titles and "title" not in whole and "first_name" not in whole:
        party |= _named(number, known.titles[number])
    if "title" in whole and len(number) == 11 and "first_name" not in whole:
        party.pop("name", None)
        party |= _named(number, whole["title"])
    return party


def _named(number: str, title: str) -> dict[str, str]:
    if len(number) != 11:
        return {"name": title}
    first, _, family = title.rpartition(" ")
    return {"first_name": first or family, "family_name": family}


def _mend(document: dict[str, Any], whole: Mapping[str, str]) -> None:
    """A person has two names and no title; only a firm's is called its name."""
    customer = document.get("customer")
    if customer and len(whole.get("tax_id", "")) == 11 and "first_name" in customer:
        customer.pop("name", None)
    for name in ("returns", "despatches"):
        for one in document.get(name, ()):
            one.setdefault("number", "")


def _line(about: str, fields: Mapping[str, Field], row: Values, known: Known) -> dict[str, Any]:
    item = known.items.get(row.by_field.get("item_code", ""))
    holder: dict[str, Any] = {"lines": [line_of(item) if item else {}]}
    line = holder["lines"][0]
    for name, value in row.by_field.items():
        field = fields[name]
        if field.tax:
            line.setdefault("taxes", []).append({"code": field.tax, field.place.rpartition("/")[2]: value})
        elif field.is_of_line:
            _put(holder, field.place.replace("{n}", "0"), value)
    if about != _WITHOUT_QUANTITY:
        line.setdefault("quantity", "1")
    if line.get("exemption"):
        line.setdefault("vat", "0")
    return dict(line)


def _put(document: dict[str, Any], pointer: str, value: str) -> None:
    """Write a value at a JSON pointer, making what lies on the way to it."""
    *way, last = pointer.strip("/").split("/")
    here: Any = document
    for at, step in enumerate(way):
        following = way[at + 1] if at + 1 < len(way) else last
        fresh: Any = [] if following.isdigit() else {}
        if isinstance(here, list):
            while len(here) <= int(step):
                here.append(fresh)
            here = here[int(step)]
        else:
            here = here.setdefault(step, fresh)
    if isinstance(here, list):
        here.append(value)
    else:
        here[last] = value
