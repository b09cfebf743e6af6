"""Customers and suppliers: the list, one of them, removing and bringing back, files."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from ulak.codes import code_list
from ulak.errors import Text, UlakError
from ulak_server.books import exporting
from ulak_server.books import services as books
from ulak_server.books.services import BooksError, ContactForm
from ulak_server.pages.registry import Pages, Visit
from ulak_server.pages.showing import at, go, notice, shown
from ulak_server.portal.rooms.books_fields import Choice, Shape, groups_of, ids_of
from ulak_server.portal.rooms.files import attachment
from ulak_server.statuses import status_of

__all__ = ["KINDS", "ROOM"]

ROOM = Pages("contacts")
KINDS: Final = (
    Choice("customer", Text("Müşteri", "Customer")),
    Choice("supplier", Text("Satıcı", "Supplier")),
    Choice("both", Text("Müşteri ve satıcı", "Customer and supplier")),
)
_TABS: Final = (
    Choice("", Text("Hepsi", "All")),
    Choice("customer", Text("Müşteriler", "Customers")),
    Choice("supplier", Text("Satıcılar", "Suppliers")),
)
_LAYOUT: Final = (
    (
        Text("Kim", "Who"),
        ("number", "title", "first_name", "family_name", "kind", "branch", "tax_office", "mersis", "trade_register"),
    ),
    (
        Text("Adres", "Address"),
        ("street", "building", "building_number", "room", "district", "town", "city", "postal_code", "country_code"),
    ),
    (Text("Ulaşım", "Contact"), ("email", "phone", "fax", "website")),
    (Text("Belgeler ve ödeme", "Documents and payment"), ("alias", "iban", "terms", "notes")),
)


def _shapes() -> dict[str, Shape]:
    countries = [Choice("", Text("Türkiye", "Türkiye"))]
    countries += [Choice(one.code, one.label) for one in code_list("countries") if one.code != "TR"]
    return {
        "number": Shape(
            inputmode="numeric",
            maxlength=30,
            hint=Text(
                "10 haneli VKN ya da 11 haneli TCKN. Yazınca GİB'in listesine bakılır.",
                "A VKN of 10 digits or a TCKN of 11. GİB's list is looked up as you type.",
            ),
        ),
        "title": Shape(
            hint=Text("Firmalar için; kişilerde ad ve soyad yeter.", "For firms; persons need their names.")
        ),
        "kind": Shape(choices=KINDS),
        "branch": Shape(hint=Text("Aynı numaradan birden çok kayıt için.", "For several records of one number.")),
        "country_code": Shape(choices=countries),
        "email": Shape(
            inputmode="email",
            hint=Text("Birden çoksa noktalı virgülle ayırın.", "Separate several by semicolons."),
            is_wide=True,
        ),
        "phone": Shape(kind="tel", maxlength=60),
        "street": Shape(is_wide=True),
        "iban": Shape(is_wide=True, maxlength=60),
        "alias": Shape(
            hint=Text(
                "Boşsa GİB'in listesindeki olağan etikete gider.", "If empty, the usual alias of GİB's list is used."
            ),
            list="aliases",
        ),
        "terms": Shape(inputmode="numeric", maxlength=3),
        "notes": Shape(kind="area", maxlength=4000),
    }


@ROOM.page("GET", "contacts", "books.read", Text("Kişiler", "Contacts"))
def list_contacts(request: HttpRequest, visit: Visit) -> HttpResponse:
    text, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")
    kind = kind if kind in ("customer", "supplier") else ""
    with visit.work():
        found = books.find_contacts(visit.taxpayer, text, kind=kind, cursor=request.GET.get("after", ""))
        listed = books.listings([one.number for one in found.rows])
    values = {
        "found": found,
        "rows": [(one, listed.get(one.number)) for one in found.rows],
        "text": text,
        "kind": kind,
        "tabs": _TABS,
        "removed": ids_of(request.GET.get("removed", "")),
    }
    return shown(request, visit, "portal/books/contacts.html", values, part="portal/books/_contacts.html")


@ROOM.page("GET", "contacts/new", "books.write", Text("Yeni kişi", "New contact"))
def new_contact(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = ContactForm(kind=request.GET.get("kind", "customer"))
    if number := request.GET.get("number", "")[:11]:
        with visit.work():
            form = books.form_from_list(number) or form._replace(number=number)
    return _form(request, visit, form)


@ROOM.page("POST", "contacts/new", "books.write", Text("Kişi ekle", "Add a contact"))
def add_contact(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _save(request, visit, None)


@ROOM.page("GET", "contacts/known", "books.write", Text("GİB'in listesine bak", "Look up GİB's list"))
def known_contact(request: HttpRequest, visit: Visit) -> HttpResponse:
    number = "".join(one for one in request.GET.get("number", "")[:30] if one.isdigit())
    values: dict[str, Any] = {"number": number, "is_whole": len(number) in (10, 11)}
    if values["is_whole"]:
        with visit.work():
            values["listing"] = books.listings([number])[number]
            values["known"] = books.by_number(visit.taxpayer, [number]).get(number)
    return shown(request, visit, "portal/books/_known.html", values, part="portal/books/_known.html")


@ROOM.page("GET", "contacts/<int:id>", "books.read", Text("Kişi", "Contact"))
def one_contact(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    with visit.work():
        found = books.contact(visit.taxpayer, id)
    return _form(request, visit, books.form_of(found), id=id)


@ROOM.page("POST", "contacts/<int:id>", "books.write", Text("Kişiyi değiştir", "Change a contact"))
def change_contact(request: HttpRequest, visit: Visit, id: int) -> HttpResponse:
    return _save(request, visit, id)


@ROOM.page("POST", "contacts/remove", "books.write", Text("Kişileri sil", "Remove contacts"))
def remove(request: HttpRequest, visit: Visit) -> HttpResponse:
    ids = ids_of(",".join(request.POST.getlist("id")))
    with visit.work():
        books.remove_contacts(visit.taxpayer, ids, actor=visit.caller.actor, origin=visit.origin)
    return go(request, f"{at(visit, 'contacts.list_contacts')}?removed={','.join(map(str, ids))}")


@ROOM.page("POST", "contacts/restore", "books.write", Text("Kişileri geri getir", "Bring contacts back"))
def restore(request: HttpRequest, visit: Visit) -> HttpResponse:
    ids = ids_of(request.POST.get("ids", ""))
    with visit.work():
        count = books.restore_contacts(visit.taxpayer, ids, actor=visit.caller.actor, origin=visit.origin)
    said = Text(f"{count} kişi geri geldi.", f"{count} contacts are back.")
    return notice(go(request, at(visit, "contacts.list_contacts")), said, visit, "ok" if count else "bad")


@ROOM.page("GET", "contacts/file", "books.read", Text("Kişileri indir", "Download contacts"))
def download(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    data = exporting.books_file(visit.taxpayer, "contacts", form, visit.language)
    return attachment(data, f"{'kisiler' if visit.language == 'tr' else 'contacts'}.{form}")


def _save(request: HttpRequest, visit: Visit, id: int | None) -> HttpResponse:
    form = books.filled({name: value for name, value in request.POST.items() if isinstance(value, str)})
    try:
        with visit.work():
            kept = books.save_contact(visit.taxpayer, form, id, actor=visit.caller.actor, origin=visit.origin)
    except BooksError as error:
        if error.code == "books.contact-unknown":
            raise
        return _form(request, visit, form, id=id, error=error)
    said = Text(f"{kept.title} kaydedildi.", f"{kept.title} is saved.")
    return notice(go(request, at(visit, "contacts.list_contacts")), said, visit)


def _form(
    request: HttpRequest, visit: Visit, form: ContactForm, *, id: int | None = None, error: UlakError | None = None
) -> HttpResponse:
    with visit.work():
        listing = books.listings([form.number])[form.number] if form.number else None
    title = form.title or f"{form.first_name} {form.family_name}".strip() or "–"
    values = {
        "groups": groups_of(_LAYOUT, books.LABELS, form, _shapes(), error),
        "error": error,
        "existing": getattr(error, "existing", None),
        "id": id,
        "listing": listing,
        "number": form.number,
        "is_whole": bool(form.number),
        "aliases": [*listing.einvoice, *listing.edespatch] if listing else [],
    }
    heading = Text(title, title) if id is not None else None
    return shown(
        request, visit, "portal/books/contact.html", values, title=heading, status=status_of(error) if error else 200
    )
