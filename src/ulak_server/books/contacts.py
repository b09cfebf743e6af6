"""Customers and suppliers: kept, found, made parties of documents. Within a scope that holds the taxpayer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from ulak.errors import Text
from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.books.cleaning import Faults
from ulak_server.books.lookup import index
from ulak_server.books.models import ABOUT_CONTACT, Contact, Kind
from ulak_server.books.problems import problem
from ulak_server.books.rows import kept, removed, restored
from ulak_server.folding import fold, sort_key
from ulak_server.userlist import services as userlist

__all__ = [
    "ADDRESS",
    "LABELS",
    "ContactForm",
    "by_number",
    "clean",
    "contact",
    "emails_of",
    "filled",
    "form_from_list",
    "form_of",
    "party_of",
    "remove_contacts",
    "restore_contacts",
    "save_contact",
    "used",
]

_HOME: Final = "Türkiye"
_NAMES_OF_HOME: Final = frozenset({"", "turkiye", "turkey", "turkiye cumhuriyeti", "tr"})
ADDRESS: Final = (
    "street", "building", "building_number", "room", "district", "town", "city", "postal_code", "country",
    "country_code",
)  # fmt: skip
_OTHERS: Final = ("fax", "website", "mersis", "trade_register")
_SCHEMES: Final = {"mersis": "MERSISNO", "trade_register": "TICARETSICILNO"}
LABELS: Final[Mapping[str, Text]] = {
    "kind": Text("Tür", "Kind"),
    "number": Text("VKN / TCKN", "VKN / TCKN"),
    "branch": Text("Şube", "Branch"),
    "title": Text("Unvan", "Title"),
    "first_name": Text("Ad", "First name"),
    "family_name": Text("Soyad", "Family name"),
    "tax_office": Text("Vergi dairesi", "Tax office"),
    "street": Text("Cadde, sokak", "Street"),
    "building": Text("Bina adı", "Building"),
    "building_number": Text("Dış kapı no", "Building number"),
    "room": Text("İç kapı no", "Door number"),
    "district": Text("Mahalle", "Neighbourhood"),
    "town": Text("İlçe", "Town"),
    "city": Text("İl", "City"),
    "postal_code": Text("Posta kodu", "Postal code"),
    "country": Text("Ülke", "Country"),
    "country_code": Text("Ülke kodu", "Country code"),
    "email": Text("E-posta", "E-mail"),
    "phone": Text("Telefon", "Telephone"),
    "fax": Text("Faks", "Fax"),
    "website": Text("İnternet adresi", "Web site"),
    "mersis": Text("MERSİS no", "MERSİS number"),
    "trade_register": Text("Ticaret sicil no", "Trade register number"),
    "alias": Text("Etiket", "Alias"),
    "iban": Text("IBAN", "IBAN"),
    "terms": Text("Vade (gün)", "Terms (days)"),
    "notes": Text("Notlar", "Notes"),
}
"""Every field by what people call it."""


class ContactForm(NamedTuple):
    """A contact as people write it, all of it text; see `Contact`. Fields of the address stand beside the others."""

    kind: str = "customer"
    number: str = ""
    branch: str = ""
    title: str = ""
    first_name: str = ""
    family_name: str = ""
    tax_office: str = ""
    street: str = ""
    building: str = ""
    building_number: str = ""
    room: str = ""
    district: str = ""
    town: str = ""
    city: str = ""
    postal_code: str = ""
    country: str = ""
    country_code: str = ""
    email: str = ""
    phone: str = ""
    fax: str = ""
    website: str = ""
    mersis: str = ""
    trade_register: str = ""
    alias: str = ""
    iban: str = ""
    terms: str = ""
    notes: str = ""


def contact(taxpayer: int, id: int, *, removed: bool = False) -> Contact:
    """A contact; raises `Unknown` ``books.contact-unknown``."""
    found = Contact.objects.filter(taxpayer_id=taxpayer, id=id)
    one = (found if removed else found.filter(removed_at=None)).first()
    if one is None:
        raise problem("books.contact-unknown")
    return one


def by_number(taxpayer: int, numbers: Sequence[str]) -> dict[str, Contact]:
    """Contacts by VKN or TCKN; of several branches the one without a name, else the first."""
    found: dict[str, Contact] = {}
    if numbers:
        rows = Contact.objects.filter(taxpayer_id=taxpayer, number__in=set(numbers), removed_at=None)
        for one in rows.order_by("-branch", "-id"):
            found[one.number] = one
    return found


def emails_of(taxpayer: int, numbers: Sequence[str]) -> dict[str, str]:
    """The e-mail addresses of contacts by VKN or TCKN, as far as there are any."""
    return {number: one.email for number, one in by_number(taxpayer, numbers).items() if one.email}


def clean(form: ContactForm) -> Contact:
    """The row that a form means, not stored.

    Raises:
        BooksError: ``books.…``, its `errors` with the field of each in ``where``.
    """
    faults = Faults()
    address = _address(form, faults)
    is_abroad = fold(address.get("country", "")) not in _NAMES_OF_HOME
    number = faults.tax_number("number", form.number, needed=not is_abroad)
    row = Contact(number=number, address=address)
    _name(row, form, faults)
    _reach(row, form, faults)
    row.kind = form.kind or Kind.CUSTOMER
    if row.kind not in Kind.values:
        faults.add("books.kind", "kind", kind=form.kind[:30])
    row.branch = faults.text("branch", form.branch, LABELS["branch"], 100)
    row.tax_office = faults.text("tax_office", form.tax_office, LABELS["tax_office"])
    row.notes = faults.notes("notes", form.notes, LABELS["notes"])
    faults.raise_any()
    _find_by(row)
    return row


def save_contact(
    taxpayer: int, form: ContactForm, id: int | None = None, *, actor: str = "", origin: str = ""
) -> Contact:
    """Keep a contact: a new one, or what is changed of one.

    Raises:
        BooksError: those of `clean`; ``books.contact-known``, ``books.contact-unknown``.
    """
    row = clean(form)
    before = contact(taxpayer, id) if id is not None else None
    row.taxpayer_id = taxpayer
    if not kept(row, before):
        raise _known(taxpayer, row)
    index(taxpayer, ABOUT_CONTACT, {row.id: _words(row)})
    _tell("contact.changed" if before else "contact.added", taxpayer, [row.id], actor, origin)
    return row


def remove_contacts(taxpayer: int, ids: Sequence[int], *, actor: str = "", origin: str = "") -> int:
    """Take contacts out of the books; `restore_contacts` brings them back. How many were there."""
    count = removed(Contact.objects.filter(taxpayer_id=taxpayer, id__in=ids))
    if count:
        _tell("contact.removed", taxpayer, ids, actor, origin)
    return count


def restore_contacts(taxpayer: int, ids: Sequence[int], *, actor: str = "", origin: str = "") -> int:
    """Bring contacts back that were taken out; those whose number was given to another one stay away."""
    count = restored(Contact.objects.filter(taxpayer_id=taxpayer, id__in=ids))
    if count:
        _tell("contact.restored", taxpayer, ids, actor, origin)
    return count


def used(taxpayer: int, ids: Sequence[int]) -> None:
    """Say that documents to these contacts were written: they come first from now on."""
    from django.db.models import F

    Contact.objects.filter(taxpayer_id=taxpayer, id__in=ids).update(uses=F("uses") + 1, used_at=clock.now())


def party_of(found: Contact) -> dict[str, Any]:
    """A contact as a party of the friendly JSON."""
    party: dict[str, Any] = {}
    if found.number:
        party["tax_id"] = found.number
    if found.first_name and len(found.number) != 10:
        party |= {"first_name": found.first_name, "family_name": found.family_name}
    else:
        party["name"] = found.title
    for name in ("tax_office", "phone", "email"):
        if value := getattr(found, name):
            party[name] = value
    party["address"] = {_PARTY_ADDRESS.get(name, name): value for name, value in found.address.items() if value}
    others = dict(found.others)
    ids = {scheme: others.pop(name) for name, scheme in _SCHEMES.items() if others.get(name)}
    return {**party, **others, **({"ids": ids} if ids else {})}


_PARTY_ADDRESS: Final = {"building_number": "number"}


def form_of(found: Contact) -> ContactForm:
    """A contact as it is written into a form again."""
    values = {name: str(getattr(found, name) or "") for name in ContactForm._fields if hasattr(found, name)}
    values["terms"] = "" if found.terms is None else str(found.terms)
    return ContactForm(**{**values, **found.address, **found.others})


def filled(values: Mapping[str, str]) -> ContactForm:
    """A form of what was sent; names that it does not have are left out."""
    return ContactForm(**{name: values[name] for name in ContactForm._fields if name in values})


def form_from_list(number: str) -> ContactForm | None:
    """What GİB's list says of a taxpayer, to begin a form with; None if it does not know them."""
    known = userlist.lookup(number)
    if not known:
        return None
    title = known[0].title
    if len(number) == 11:
        first, _, family = title.rpartition(" ")
        return ContactForm(number=number, title=title, first_name=first, family_name=family)
    return ContactForm(number=number, title=title)


# -- parts of a form ---------------------------------------------------------------------------------------------------


def _address(form: ContactForm, faults: Faults) -> dict[str, str]:
    address = {name: faults.text(name, getattr(form, name), LABELS[name]) for name in ADDRESS}
    if address["country_code"]:
        address["country_code"] = faults.code("country_code", address["country_code"], "countries")
    if fold(address["country"]) in _NAMES_OF_HOME and address["country_code"] in ("", "TR"):
        address["country"] = _HOME
    elif fold(address["country"]) in _NAMES_OF_HOME and address["country_code"]:
        address["country"] = _country(address["country_code"])
    return {name: value for name, value in address.items() if value}


def _country(code: str) -> str:
    from ulak.codes import code_list

    found = code_list("countries").get(code)
    return found.label.tr if found else code


def _name(row: Contact, form: ContactForm, faults: Faults) -> None:
    row.title = faults.text("title", form.title, LABELS["title"], 400)
    row.first_name = faults.text("first_name", form.first_name, LABELS["first_name"])
    row.family_name = faults.text("family_name", form.family_name, LABELS["family_name"])
    if len(row.number) == 11 and not (row.first_name or row.family_name):
        row.first_name, _, row.family_name = row.title.rpartition(" ")
    if len(row.number) == 11 or (not row.number and not row.title):
        whole = f"{row.first_name} {row.family_name}".strip()
        if not row.first_name:
            faults.add("books.missing", "first_name", field=LABELS["first_name"])
        elif not row.family_name:
            faults.add("books.missing", "family_name", field=LABELS["family_name"])
        row.title = row.title or whole
    elif not row.title:
        faults.add("books.missing", "title", field=LABELS["title"])


def _reach(row: Contact, form: ContactForm, faults: Faults) -> None:
    row.email = faults.emails("email", form.email)
    row.phone = faults.text("phone", form.phone, LABELS["phone"], 60)
    row.alias = faults.alias("alias", form.alias)
    row.iban = faults.iban("iban", form.iban)
    row.terms = faults.days("terms", form.terms)
    others = {name: faults.text(name, getattr(form, name), LABELS[name]) for name in _OTHERS}
    row.others = {name: value for name, value in others.items() if value}


def _find_by(row: Contact) -> None:
    row.folded, row.by_name = fold(row.title), sort_key(row.title)


def _words(row: Contact) -> str:
    place = f"{row.address.get('town', '')} {row.address.get('city', '')}"
    return f"{row.title} {row.number} {row.branch} {place} {row.email}"


def _known(taxpayer: int, row: Contact) -> Exception:
    found = Contact.objects.filter(taxpayer_id=taxpayer, number=row.number, branch=row.branch, removed_at=None).first()
    if found is None:
        return problem("books.contact-unknown")
    return problem(
        "books.contact-known", where="/number", existing=found.id, number=found.number, title=found.title[:80]
    )


def _tell(what: str, taxpayer: int, ids: Sequence[int], actor: str, origin: str) -> None:
    facts = {"contacts": list(ids)[:50], "count": len(ids)}
    audit.record([Entry(what, clock.now(), taxpayer, actor=actor, origin=origin, facts=facts)])
