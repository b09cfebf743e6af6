"""What a column of a file may hold, by what people and programs call it.

A synonym is a folded heading; of several headings that mean one field the first column is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from ulak.errors import Text
from ulak_server.books.contacts import LABELS
from ulak_server.books.importing.columns import DESPATCH, INVOICE, Field, Reads
from ulak_server.books.importing.columns_of_archive import FREELANCE, PRODUCER, SALES
from ulak_server.books.items import ITEM_LABELS
from ulak_server.folding import fold

__all__ = ["ABOUTS", "FORMS", "Field", "Reads", "field_of_heading", "fields_of", "meant"]

ABOUTS: Final[Mapping[str, Text]] = {
    "invoice": Text("Faturalar", "Invoices"),
    "sales": Text("Günün satışları (e-Arşiv)", "A day's sales (e-Arşiv)"),
    "freelance_receipt": Text("Serbest meslek makbuzları", "Freelance receipts"),
    "producer_receipt": Text("Müstahsil makbuzları", "Producer receipts"),
    "despatch_advice": Text("İrsaliyeler", "Despatch advices"),
    "contacts": Text("Kişiler", "Contacts"),
    "items": Text("Ürünler", "Items"),
}
FORMS: Final[Mapping[str, str]] = {
    "invoice": "invoice",
    "sales": "invoice",
    "freelance_receipt": "freelance_receipt",
    "producer_receipt": "producer_receipt",
    "despatch_advice": "despatch_advice",
}
"""The ``document`` of the friendly JSON that rows become, where they become documents."""
_OF_BOOKS: Final[Mapping[str, Reads]] = {
    "number": "identifier", "phone": "identifier", "postal_code": "identifier", "building_number": "identifier",
    "room": "identifier", "iban": "identifier", "terms": "identifier", "mersis": "identifier",
    "trade_register": "identifier", "fax": "identifier", "code": "identifier", "gtip": "identifier",
    "price": "number", "vat": "percent", "unit": "unit",
}  # fmt: skip
_MORE: Final = {
    "kind": "tur;turu;kisi turu;cari turu;kind;type",
    "branch": "sube;sube adi;branch",
    "iban": "iban;iban no;hesap no;banka hesabi",
    "terms": "vade;vade gun;vade gunu;odeme vadesi;terms;payment terms",
    "notes": "not;notlar;aciklama;notes;remarks",
    "alias": "etiket;posta kutusu;pk;alias",
    "website": "web;web sitesi;internet adresi;website",
    "fax": "faks;fax",
    "mersis": "mersis;mersis no",
    "trade_register": "ticaret sicil no;sicil no",
    "country_code": "ulke kodu;country code",
    "building": "bina;bina adi",
    "name_en": "ingilizce ad;ingilizce adi;english name;name en",
    "currency": "para birimi;doviz;currency",
    "origin": "mense;mense ulke;origin",
    "manufacturer_code": "uretici kodu;manufacturer code",
}


def _books(
    labels: Mapping[str, Text], needed: str, like: Mapping[str, str], examples: Mapping[str, str]
) -> tuple[Field, ...]:
    """The fields of contacts or items; synonyms are those that documents have for the same thing."""
    known = {one.name: one.written for one in INVOICE}
    return tuple(
        Field(
            name,
            label,
            f"/{name}",
            _OF_BOOKS.get(name, "text"),
            ";".join(filter(None, (known.get(like.get(name, name), ""), _MORE.get(name, "")))),
            needed=name == needed,
            example=examples.get(name, ""),
        )
        for name, label in labels.items()
    )


_FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "invoice": INVOICE,
    "sales": SALES,
    "freelance_receipt": FREELANCE,
    "producer_receipt": PRODUCER,
    "despatch_advice": DESPATCH,
    "contacts": _books(
        LABELS,
        "number",
        {"number": "tax_id", "kind": "", "notes": "", "alias": "", "branch": ""},
        {
            "kind": "customer", "number": "7359021640", "title": "Meltem Gıda Ltd. Şti.", "tax_office": "Kadıköy",
            "street": "Yosun Caddesi", "building_number": "42", "town": "Kadıköy", "city": "İstanbul",
            "email": "muhasebe@meltem.example", "terms": "30",
        },
    ),
    "items": _books(
        ITEM_LABELS,
        "name",
        {"code": "item_code", "notes": "", "currency": ""},
        {"code": "R-100", "name": "Çelik raf", "unit": "Adet", "price": "412,50", "currency": "TRY", "vat": "20"},
    ),
}  # fmt: skip
_KINDS: Final = {
    "customer": "musteri;alici;customer",
    "supplier": "satici;tedarikci;supplier",
    "both": "ikisi;her ikisi;alici satici;both",
}


def fields_of(about: str) -> Mapping[str, Field]:
    """The fields of a kind of file, by name, in the order in which people are offered them."""
    return {one.name: one for one in _FIELDS[about]}


def field_of_heading(about: str, heading: str) -> str:
    """The field that a heading means; empty if none is known.

    >>> field_of_heading("invoice", "Alıcı VKN/TCKN"), field_of_heading("invoice", "KDV (%)")
    ('tax_id', 'vat')
    """
    return _synonyms(about).get(_bare(heading), "")


@cache
def _synonyms(about: str) -> dict[str, str]:
    found: dict[str, str] = {}
    # What a field is called by us wins over what others call another one.
    for one in _FIELDS[about]:
        for word in (*one.label, one.name.replace("_", " ")):
            found.setdefault(_bare(word), one.name)
    for one in _FIELDS[about]:
        for word in one.written.split(";"):
            found.setdefault(_bare(word), one.name)
    found.pop("", None)
    return found


def _bare(heading: str) -> str:
    """A heading without its signs and without what stands in brackets."""
    return fold(heading.partition("(")[0] or heading)


def meant(field: Field, text: str) -> str:
    """The value that a word means; the word itself if none is known."""
    for value, written in (_KINDS if field.name == "kind" else field.words).items():
        if fold(text) == fold(value) or fold(text) in written.split(";") or text in written.split(";"):
            return value
    return text
