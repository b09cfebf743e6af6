"""Goods and services: the list, one of them, removing and bringing back, files."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from ulak.codes import code_list
from ulak.codes.withholding import withholdings
from ulak.errors import Text, UlakError
from ulak_server.books import exporting
from ulak_server.books import services as books
from ulak_server.books.services import BooksError, ItemForm
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms.books_fields import Choice, Shape, groups_of, ids_of
from ulak_server.portal.rooms.files import attachment
from ulak_server.statuses import status_of
from ulak_server.taxpayers.services import today

__all__ = ["ROOM"]

ROOM = Pages("items")
_LAYOUT: Final = (
    (Text("Ürün", "Item"), ("name", "name_en", "code", "description")),
    (Text("Fiyat ve vergi", "Price and taxes"), ("unit", "price", "currency", "vat", "withholding", "exemption")),
    (Text("Ayrıntılar", "Details"), ("brand", "model", "manufacturer_code", "gtip", "origin", "notes")),
)
_NONE: Final = Choice("", Text("yok", "none"))


def _shapes() -> dict[str, Shape]:
    units = [Choice(code, Text(tr, en)) for code, tr, en in books.usual_units()]
    rates = {one.code: one.rate(today()) for one in withholdings()}
    withheld = [_choice(one.code, one.label, _tenths(rates.get(one.code))) for one in code_list("withholdings")]
    exempt = [_choice(one.code, one.label, f"{one.code} · ") for one in code_list("exemptions")]
    currencies = [_choice(one.code, one.label, f"{one.code} · ") for one in code_list("currencies")]
    return {
        "name": Shape(required=True),
        "code": Shape(
            maxlength=100, hint=Text("Stok kodunuz; ararken de bulunur.", "Your own; it is found by it, too.")
        ),
        "unit": Shape(choices=units),
        "price": Shape(inputmode="decimal", maxlength=30, hint=Text("Vergiler hariç.", "Without taxes.")),
        "currency": Shape(choices=currencies),
        "vat": Shape(inputmode="decimal", maxlength=6, list="rates", placeholder="20"),
        "withholding": Shape(choices=[_NONE, *withheld]),
        "exemption": Shape(choices=[_NONE, *exempt]),
        "gtip": Shape(inputmode="numeric", maxlength=20),
        "notes": Shape(kind="area", maxlength=4000),
    }


def _choice(code: str, label: Text, before: str) -> Choice:
    return Choice(code, Text(f"{before}{label.tr}", f"{before}{label.en}"))


def _tenths(percent: object) -> str:
    """A share of the VAT as people say it: 4/10."""
    return "" if percent is None else f"{int(percent) // 10}/10 · "  # type: ignore[call-overload]


@ROOM.page("GET", "items", "books.read", Text("Ürünler", "Items"))
def list_items(request: HttpRequest, visit: Visit) -> HttpResponse:
    text = request.GET.get("q", "")[:100]
    with visit.work():
        found = books.find_items(visit.taxpayer, text, cursor=request.GET.get("after", ""))
    units = {code: Text(tr, en) for code, tr, en in books.usual_units()}
    values = {
        "found": found,
        "rows": [(one, units.get(one.unit, Text(one.unit, one.unit))) for one in found.rows],
        "text": text,
        "removed": ids_of(request.GET.get("removed", "")),
    }
    return shown(request, visit, "portal/books/items.html", values, part="portal/books/_items.html")


@ROOM.page("GET", "items/new", "books.write", Text("Yeni ürün", "New item"))
def new_item(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _form(request, visit, ItemForm(unit="C62", currency="TRY", vat="20"))


@ROOM.page("POST", "items/new", "books.write", Text("Ürün ekle", "Add an item"))
def add_item(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _save(request, visit, None)


@ROOM.page("GET", "items/<int:id>", "books.read", Text("Ürün", "Item"))
def one_item(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        found = books.item(visit.taxpayer, id)
    return _form(request, visit, books.item_form_of(found), id=id)


@ROOM.page("POST", "items/<int:id>", "books.write", Text("Ürünü değiştir", "Change an item"))
def change_item(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    return _save(request, visit, id)


@ROOM.page("POST", "items/remove", "books.write", Text("Ürünleri sil", "Remove items"))
def remove(request: HttpRequest, visit: Visit) -> HttpResponse:
    ids = ids_of(",".join(request.POST.getlist("id")))
    with visit.work():
        books.remove_items(visit.taxpayer, ids, actor=visit.caller.actor, origin=visit.origin)
    return go(request, f"{at(visit, 'items.list_items')}?removed={','.join(map(str, ids))}")


@ROOM.page("POST", "items/restore", "books.write", Text("Ürünleri geri getir", "Bring items back"))
def restore(request: HttpRequest, visit: Visit) -> HttpResponse:
    ids = ids_of(request.POST.get("ids", ""))
    with visit.work():
        count = books.restore_items(visit.taxpayer, ids, actor=visit.caller.actor, origin=visit.origin)
    said = Text(f"{count} ürün geri geldi.", f"{count} items are back.")
    return notice(go(request, at(visit, "items.list_items")), said, visit, "ok" if count else "bad")


@ROOM.page("GET", "items/file", "books.read", Text("Ürünleri indir", "Download items"))
def download(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    data = exporting.books_file(visit.taxpayer, "items", form, visit.language)
    return attachment(data, f"{'urunler' if visit.language == 'tr' else 'items'}.{form}")


def _save(request: HttpRequest, visit: Visit, id: int | None) -> HttpResponse:
    form = books.filled_item({name: value for name, value in request.POST.items() if isinstance(value, str)})
    try:
        with visit.work():
            kept = books.save_item(visit.taxpayer, form, id, actor=visit.caller.actor, origin=visit.origin)
    except BooksError as error:
        if error.code == "books.item-unknown":
            raise
        return _form(request, visit, form, id=id, error=error)
    said = Text(f"{kept.name} kaydedildi.", f"{kept.name} is saved.")
    return notice(go(request, at(visit, "items.list_items")), said, visit)


def _form(
    request: HttpRequest, visit: Visit, form: ItemForm, *, id: int | None = None, error: UlakError | None = None
) -> HttpResponse:
    values = {
        "groups": groups_of(_LAYOUT, books.ITEM_LABELS, form, _shapes(), error),
        "error": error,
        "existing": getattr(error, "existing", None),
        "id": id,
    }
    heading = Text(form.name or "–", form.name or "–") if id is not None else None
    return shown(
        request, visit, "portal/books/item.html", values, title=heading, status=status_of(error) if error else 200
    )
