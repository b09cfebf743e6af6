"""Contacts and items of a file: checked, kept by their number or code, taken out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ulak.errors import UlakError
from ulak_server import clock
from ulak_server.books.contacts import ContactForm, clean, form_of, remove_contacts, save_contact
from ulak_server.books.importing.building import Flaw, Values, values_of
from ulak_server.books.importing.files import rows_of
from ulak_server.books.importing.jobs import content, reading_of
from ulak_server.books.importing.mapping import convention
from ulak_server.books.importing.problems import fault, kept
from ulak_server.books.items import ItemForm, clean_item, item_form_of, remove_items, save_item
from ulak_server.books.models import Contact, Fault, Import, Item
from ulak_server.books.problems import BooksError
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped

__all__ = ["check", "take", "take_out"]

_CHUNK: Final = 200
_MOST_FAULTS: Final = 5_000


class _Entry(NamedTuple):
    """One row as it will be kept."""

    row: int
    form: ContactForm | ItemForm
    said: frozenset[str]
    flaws: Sequence[Flaw]


def check(job: Import) -> None:
    """Say which rows are in order; ends the check."""
    entries = list(_entries(job))
    if not entries:
        raise fault("import.no-rows")
    flaws = [flaw for one in entries for flaw in one.flaws]
    job.bad = sorted({flaw.row for flaw in flaws if not flaw.is_warning})
    job.rows = job.total = len(entries)
    job.good, job.faulty = len(entries) - len(job.bad), len(job.bad)
    job.stage, job.wake_at, job.tries = "checked", None, 0
    with scoped(Role.WEB, [job.taxpayer_id]):
        Fault.objects.filter(job_id=job.id).delete()
        Fault.objects.bulk_create([_fault(job, one) for one in flaws[:_MOST_FAULTS]])
        job.save()


def take(job: Import) -> None:
    """Keep what is in order, some hundred at a time; those that are there are changed in what the file says."""
    bad = set(job.bad)
    good = [one for one in _entries(job) if one.row not in bad]
    while job.read < len(good):
        with scoped(Role.WEB, [job.taxpayer_id]):
            for one in good[job.read : job.read + _CHUNK]:
                _keep(job, one)
            job.read = min(job.read + _CHUNK, len(good))
            job.save(update_fields=["read"])
    with scoped(Role.WEB, [job.taxpayer_id]):
        job.stage, job.wake_at, job.tries, job.finished_at = "done", None, 0, clock.now()
        job.save()


def take_out(job: Import) -> None:
    """Take out what the import made; what it changed stays changed."""
    model, remove = (Contact, remove_contacts) if job.about == "contacts" else (Item, remove_items)
    with scoped(Role.WEB, [job.taxpayer_id]):
        rows = model.objects.filter(taxpayer_id=job.taxpayer_id, import_id=job.id, removed_at=None)
        job.undone = remove(job.taxpayer_id, list(rows.values_list("id", flat=True)), actor=job.actor)
        job.stage, job.wake_at, job.tries = "undone", None, 0
        job.save()


def _entries(job: Import) -> Iterator[_Entry]:
    with scoped(Role.WEB, [job.taxpayer_id]):
        data = content(job.taxpayer_id, job.id)
    reading = reading_of(job)
    rows = [row for row in rows_of(job.form, data, reading.sheet) if row[0] > reading.header]
    decimal = convention(job.about, reading, (cells for _, cells in rows))
    columns = {name: at for at, name in reading.columns.items()}
    seen: dict[tuple[str, str], int] = {}
    for number, cells in rows:
        values = values_of(job.about, reading, number, cells, decimal)
        yield _entry(job.about, values, columns, seen)


def _entry(about: str, values: Values, columns: dict[str, int], seen: dict[tuple[str, str], int]) -> _Entry:
    said = values.by_field
    flaws = list(values.flaws)
    form: ContactForm | ItemForm
    try:
        if about == "contacts":
            form = ContactForm(**said)
            clean(form)
        else:
            form = ItemForm(
                **{**said, **{name: said[name].replace(".", ",") for name in ("price", "vat") if name in said}}
            )
            clean_item(form)
    except BooksError as error:
        marked = {flaw.column for flaw in flaws}
        for one in error.errors or (error,):
            column = columns.get(one.where.removeprefix("/"))
            if column is None or column not in marked:
                flaws.append(Flaw(values.row, column, one))
    key = (said.get("number", ""), said.get("branch", "")) if about == "contacts" else (said.get("code", ""), "")
    if key[0] and seen.setdefault(key, values.row) != values.row:
        name = "number" if about == "contacts" else "code"
        flaws.append(Flaw(values.row, columns.get(name), fault("import.number-known", row=seen[key])))
    return _Entry(values.row, form, frozenset(said), flaws)


def _keep(job: Import, one: _Entry) -> None:
    """Keep an entry; of one that is there, only what the file has a word for is changed."""
    taxpayer = job.taxpayer_id
    if isinstance(one.form, ContactForm):
        there = _contact(taxpayer, one.form)
        form = form_of(there)._replace(**_said(one)) if there else one.form
        kept_row: Contact | Item = save_contact(taxpayer, form, there.id if there else None, actor=job.actor)
    else:
        known = Item.objects.filter(taxpayer_id=taxpayer, code=one.form.code, removed_at=None).exclude(code="").first()
        item_form = item_form_of(known)._replace(**_said(one)) if known else one.form
        there = known  # type: ignore[assignment]
        kept_row = save_item(taxpayer, item_form, known.id if known else None, actor=job.actor)
    if there is None:
        type(kept_row).objects.filter(id=kept_row.id).update(import_id=job.id)


def _said(one: _Entry) -> dict[str, str]:
    return {name: getattr(one.form, name) for name in one.said}


def _contact(taxpayer: int, form: ContactForm) -> Contact | None:
    if not form.number:
        same = Contact.objects.filter(taxpayer_id=taxpayer, number="", title=form.title, removed_at=None)
        return same.first()
    number = clean(form).number
    return Contact.objects.filter(taxpayer_id=taxpayer, number=number, branch=form.branch, removed_at=None).first()


def _fault(job: Import, flaw: Flaw) -> Fault:
    error: UlakError = flaw.error
    level = "warning" if flaw.is_warning else "error"
    return Fault(
        taxpayer_id=job.taxpayer_id, job_id=job.id, row=flaw.row, column=flaw.column, level=level, problem=kept(error)
    )
