"""The books as sheets that can be imported again, and a file with the column of its errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

from ulak.errors import Language
from ulak_server.books.contacts import LABELS, form_of
from ulak_server.books.importing import jobs
from ulak_server.books.importing.fields import ABOUTS
from ulak_server.books.importing.files import rows_of
from ulak_server.books.importing.writing import csv_of, marked, workbook_of
from ulak_server.books.items import ITEM_LABELS, item_form_of
from ulak_server.books.models import Contact, Fault, Item
from ulak_server.books.numbers import tidy
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["books_file", "error_file"]

_PIECE: Final = 1_000


def books_file(taxpayer: int, about: str, form: str, language: Language = "tr") -> bytes:
    """All contacts or items of a taxpayer, by name; outside of any scope.

    Args:
        about: ``contacts`` or ``items``.
        form: ``xlsx`` or ``csv``.
    """
    labels = LABELS if about == "contacts" else ITEM_LABELS
    headings = [one.say(language) for one in labels.values()]
    rows = list(_contacts(taxpayer) if about == "contacts" else _items(taxpayer))
    if form == "csv":
        return b"".join(csv_of(headings, rows))
    return workbook_of(ABOUTS[about].say(language), headings, rows)


def error_file(taxpayer: int, id: int, language: Language = "tr") -> bytes:
    """The uploaded sheet with the column of its errors; outside of any scope.

    Raises:
        ImportFault: ``import.unknown``, ``import.gone``.
    """
    with scoped(Role.WEB, [taxpayer]):
        job = jobs.get(taxpayer, id)
        data = jobs.content(taxpayer, id)
        faults = list(Fault.objects.filter(job_id=id).order_by("row", "column"))
    if job.form in ("xml", "zip"):
        return _listing(faults, language)
    reading = jobs.reading_of(job)
    errors: dict[int, list[str]] = {}
    for one in faults:
        errors.setdefault(one.row, []).append(_sentence(one, language))
    cells = {(one.row, one.column): one.level == "error" for one in faults if one.column is not None}
    return marked(rows_of(job.form, data, reading.sheet), reading.header, errors, cells, language)


def _listing(faults: Sequence[Fault], language: Language) -> bytes:
    """What is wrong with files that have no rows."""
    headings = ["Dosya", "Hata"] if language == "tr" else ["File", "Error"]
    return workbook_of(
        "Ulak", headings, [(one.problem.get("file", one.row), _sentence(one, language)) for one in faults]
    )


def _sentence(one: Fault, language: Language) -> str:
    said = one.problem
    return f"{said['detail'].get(language, '')} {said['repair'].get(language, '')}".strip()


def _contacts(taxpayer: int) -> Iterator[Sequence[Any]]:
    for one in _pieces(taxpayer, Contact):
        form = form_of(one)
        yield [getattr(form, name) for name in LABELS]


def _items(taxpayer: int) -> Iterator[Sequence[Any]]:
    for one in _pieces(taxpayer, Item):
        values: dict[str, Any] = item_form_of(one)._asdict()
        for name in ("price", "vat"):
            number = getattr(one, name)
            values[name] = None if number is None else Decimal(tidy(Decimal(number)))
        yield [values[name] for name in ITEM_LABELS]


def _pieces(taxpayer: int, model: Any) -> Iterator[Any]:
    """Every row by name, some thousand at a time."""
    last = 0
    found: list[Any] = []
    while True:
        with scoped(Role.WEB, [taxpayer]):
            rows = model.objects.filter(taxpayer_id=taxpayer, removed_at=None, id__gt=last).order_by("id")
            piece = list(rows[:_PIECE])
        if not piece:
            break
        found += piece
        last = piece[-1].id
    yield from sorted(found, key=lambda one: (one.by_name, one.id))
