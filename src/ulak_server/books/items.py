"""Goods and services: kept, found, made lines of documents. Within a scope that holds the taxpayer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from ulak.errors import Text
from ulak_server import clock, numerals
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.books.cleaning import Faults
from ulak_server.books.lookup import index
from ulak_server.books.models import ABOUT_ITEM, Item
from ulak_server.books.numbers import tidy
from ulak_server.books.problems import problem
from ulak_server.books.rows import kept, removed, restored
from ulak_server.books.units import unit_of
from ulak_server.folding import fold, sort_key

__all__ = [
    "ITEM_LABELS",
    "ItemForm",
    "by_code",
    "clean_item",
    "filled_item",
    "item",
    "item_form_of",
    "line_of",
    "remove_items",
    "restore_items",
    "save_item",
]

_OTHERS: Final = ("brand", "model", "manufacturer_code", "origin")
ITEM_LABELS: Final[Mapping[str, Text]] = {
    "code": Text("Kod", "Code"),
    "name": Text("Ad", "Name"),
    "name_en": Text("İngilizce ad", "English name"),
    "description": Text("Açıklama", "Description"),
    "unit": Text("Birim", "Unit"),
    "price": Text("Birim fiyat", "Unit price"),
    "currency": Text("Para birimi", "Currency"),
    "vat": Text("KDV oranı", "VAT rate"),
    "exemption": Text("İstisna kodu", "Exemption code"),
    "withholding": Text("Tevkifat kodu", "Withholding code"),
    "gtip": Text("GTİP", "GTİP"),
    "brand": Text("Marka", "Brand"),
    "model": Text("Model", "Model"),
    "manufacturer_code": Text("Üretici kodu", "Manufacturer's code"),
    "origin": Text("Menşe ülke", "Country of origin"),
    "notes": Text("Notlar", "Notes"),
}
"""Every field by what people call it."""


class ItemForm(NamedTuple):
    """An item as people write it, all of it text; see `Item`."""

    code: str = ""
    name: str = ""
    name_en: str = ""
    description: str = ""
    unit: str = ""
    price: str = ""
    currency: str = ""
    vat: str = ""
    exemption: str = ""
    withholding: str = ""
    gtip: str = ""
    brand: str = ""
    model: str = ""
    manufacturer_code: str = ""
    origin: str = ""
    notes: str = ""


def item(taxpayer: int, id: int, *, removed: bool = False) -> Item:
    """An item; raises `Unknown` ``books.item-unknown``."""
    found = Item.objects.filter(taxpayer_id=taxpayer, id=id)
    one = (found if removed else found.filter(removed_at=None)).first()
    if one is None:
        raise problem("books.item-unknown")
    return one


def by_code(taxpayer: int, codes: Sequence[str]) -> dict[str, Item]:
    """Items by their codes."""
    rows = Item.objects.filter(taxpayer_id=taxpayer, code__in=set(codes) - {""}, removed_at=None)
    return {one.code: one for one in rows}


def clean_item(form: ItemForm) -> Item:
    """The row that a form means, not stored.

    Raises:
        BooksError: ``books.…``, its `errors` with the field of each in ``where``.
    """
    faults = Faults()
    row = Item(
        code=faults.text("code", form.code, ITEM_LABELS["code"], 100),
        name=faults.text("name", form.name, ITEM_LABELS["name"], 400, needed=True),
        name_en=faults.text("name_en", form.name_en, ITEM_LABELS["name_en"], 400),
        description=faults.text("description", form.description, ITEM_LABELS["description"], 1000),
        unit=_unit(form.unit, faults),
        price=faults.amount("price", form.price),
        currency=faults.code("currency", form.currency or "TRY", "currencies") or "TRY",
        vat=faults.percent("vat", form.vat),
        exemption=faults.code("exemption", form.exemption, "exemptions"),
        withholding=faults.code("withholding", form.withholding, "withholdings"),
        gtip=faults.gtip("gtip", form.gtip),
        notes=faults.notes("notes", form.notes, ITEM_LABELS["notes"]),
    )
    others = {name: faults.text(name, getattr(form, name), ITEM_LABELS[name]) for name in _OTHERS}
    row.others = {name: value for name, value in others.items() if value}
    faults.raise_any()
    row.folded, row.by_name = fold(row.name), sort_key(row.name)
    return row


def save_item(taxpayer: int, form: ItemForm, id: int | None = None, *, actor: str = "", origin: str = "") -> Item:
    """Keep an item: a new one, or what is changed of one.

    Raises:
        BooksError: those of `clean_item`; ``books.item-known``, ``books.item-unknown``.
    """
    row = clean_item(form)
    before = item(taxpayer, id) if id is not None else None
    row.taxpayer_id = taxpayer
    if not kept(row, before):
        raise _known(taxpayer, row)
    index(taxpayer, ABOUT_ITEM, {row.id: words_of(row)})
    _tell("item.changed" if before else "item.added", taxpayer, [row.id], actor, origin)
    return row


def remove_items(taxpayer: int, ids: Sequence[int], *, actor: str = "", origin: str = "") -> int:
    """Take items out of the books; `restore_items` brings them back. How many were there."""
    count = removed(Item.objects.filter(taxpayer_id=taxpayer, id__in=ids))
    if count:
        _tell("item.removed", taxpayer, ids, actor, origin)
    return count


def restore_items(taxpayer: int, ids: Sequence[int], *, actor: str = "", origin: str = "") -> int:
    """Bring items back that were taken out; those whose code was given to another one stay away."""
    count = restored(Item.objects.filter(taxpayer_id=taxpayer, id__in=ids))
    if count:
        _tell("item.restored", taxpayer, ids, actor, origin)
    return count


def line_of(found: Item, language: str = "tr") -> dict[str, Any]:
    """An item as a line of the friendly JSON; prices and rates are text.

    Args:
        language: ``en`` takes the English name, if there is one.
    """
    line: dict[str, Any] = {"name": (found.name_en if language == "en" else "") or found.name, "unit": found.unit}
    for name in ("code", "description", "exemption", "withholding"):
        if value := getattr(found, name):
            line[name] = value
    for name in ("price", "vat"):
        value = getattr(found, name)
        if value is not None:
            line[name] = tidy(Decimal(value))
    if found.gtip:
        line["delivery"] = {"gtip": found.gtip}
    return {**line, **found.others}


def item_form_of(found: Item) -> ItemForm:
    """An item as it is written into a form again."""
    values = {name: str(getattr(found, name) or "") for name in ItemForm._fields if hasattr(found, name)}
    for name in ("price", "vat"):
        number = getattr(found, name)
        values[name] = "" if number is None else numerals.shown(tidy(Decimal(number)))
    return ItemForm(**{**values, **found.others})


def filled_item(values: Mapping[str, str]) -> ItemForm:
    """A form of what was sent; names that it does not have are left out."""
    return ItemForm(**{name: values[name] for name in ItemForm._fields if name in values})


def words_of(row: Item) -> str:
    """By what an item is found."""
    return f"{row.name} {row.name_en} {row.code} {row.gtip} {row.others.get('brand', '')}"


def _unit(given: str, faults: Faults) -> str:
    if not given.strip():
        return "C62"
    return unit_of(given) or faults.code("unit", given, "units") or "C62"


def _known(taxpayer: int, row: Item) -> Exception:
    found = Item.objects.filter(taxpayer_id=taxpayer, code=row.code, removed_at=None).first()
    if found is None:
        return problem("books.item-unknown")
    return problem("books.item-known", where="/code", existing=found.id, code=found.code, name=found.name[:80])


def _tell(what: str, taxpayer: int, ids: Sequence[int], actor: str, origin: str) -> None:
    facts = {"items": list(ids)[:50], "count": len(ids)}
    audit.record([Entry(what, clock.now(), taxpayer, actor=actor, origin=origin, facts=facts)])
