"""Labels: the marks that people put on documents. A document keeps a label's key; name and colour may change."""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction

from ulak.errors import Text
from ulak_server import clock
from ulak_server.books.cleaning import Faults
from ulak_server.books.models import Label
from ulak_server.books.problems import problem
from ulak_server.folding import fold, sort_key

__all__ = ["COLOURS", "labels", "remove_label", "restore_label", "save_label"]

COLOURS: Final[dict[str, Text]] = {
    "grey": Text("Gri", "Grey"),
    "teal": Text("Turkuaz", "Teal"),
    "blue": Text("Mavi", "Blue"),
    "violet": Text("Mor", "Violet"),
    "pink": Text("Pembe", "Pink"),
    "red": Text("Kırmızı", "Red"),
    "orange": Text("Turuncu", "Orange"),
    "yellow": Text("Sarı", "Yellow"),
    "green": Text("Yeşil", "Green"),
}
_MOST: Final = 200
_NAME: Final = Text("Ad", "Name")


def labels(taxpayer: int) -> list[Label]:
    """The labels of a taxpayer by name; within a scope that holds it."""
    return sorted(Label.objects.filter(taxpayer_id=taxpayer, removed_at=None), key=lambda one: sort_key(one.name))


def save_label(taxpayer: int, name: str, colour: str = "grey", id: int | None = None) -> Label:
    """Keep a label: a new one, or another name and colour for one.

    Raises:
        BooksError: ``books.missing``, ``books.too-long``, ``books.colour``, ``books.label-known``,
            ``books.label-unknown``, ``books.too-many``.
    """
    faults = Faults()
    name = faults.text("name", name, _NAME, 40, needed=True)
    if colour not in COLOURS:
        faults.add("books.colour", "colour", colour=colour[:20])
    faults.raise_any()
    there = labels(taxpayer)
    if any(fold(one.name) == fold(name) and one.id != id for one in there):
        raise problem("books.label-known", where="/name", name=name)
    if id is None:
        if len(there) >= _MOST:
            raise problem("books.too-many", limit=_MOST)
        return _made(taxpayer, name, colour)
    found = next((one for one in there if one.id == id), None)
    if found is None:
        raise problem("books.label-unknown")
    found.name, found.colour = name, colour
    found.save(update_fields=["name", "colour"])
    return found


def remove_label(taxpayer: int, id: int) -> None:
    """Offer a label no more; documents that have it keep its key, and `restore_label` brings it back.

    Raises:
        Unknown: ``books.label-unknown``.
    """
    if not Label.objects.filter(taxpayer_id=taxpayer, id=id, removed_at=None).update(removed_at=clock.now()):
        raise problem("books.label-unknown")


def restore_label(taxpayer: int, id: int) -> None:
    """Bring a label back; raises `Unknown` ``books.label-unknown``."""
    if not Label.objects.filter(taxpayer_id=taxpayer, id=id).update(removed_at=None):
        raise problem("books.label-unknown")


def _made(taxpayer: int, name: str, colour: str) -> Label:
    wanted = fold(name).replace(" ", "-") or "etiket"
    taken = set(Label.objects.filter(taxpayer_id=taxpayer).values_list("key", flat=True))
    tries = (wanted, *(f"{wanted}-{n}" for n in range(2, 2 * _MOST)))
    label = Label(taxpayer_id=taxpayer, name=name, colour=colour, key=next(one for one in tries if one not in taken))
    try:
        with transaction.atomic():
            label.save(force_insert=True)
    except IntegrityError:
        raise problem("books.label-known", where="/name", name=name) from None
    return label
