"""What a field of an editor is, and the fields that documents of all kinds have."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Final, NamedTuple

from ulak.errors import Text

__all__ = [
    "ADDRESS", "HEAD", "HUNDRED", "ITEM", "NUMBERED", "PARTY", "REFERENCE", "ZERO", "Field", "Path", "Sort",
    "below", "chosen", "code", "compact", "day", "number", "percent", "tax", "text",
]  # fmt: skip

Path = tuple[str, ...]


class Sort(StrEnum):
    """How a field's value is typed."""

    TEXT = "text"
    NOTES = "notes"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    CODE = "code"
    COMPACT = "compact"
    """A number or name that people write with blanks: VKN, IBAN, plate."""
    PLATES = "plates"
    ADJUSTMENTS = "adjustments"
    """Discounts or charges in one text: "%10 + 5,00"."""
    TAX = "tax"
    """The rate of one tax of a line, its code in ``codes``."""
    SHARE = "share"
    """What is left of the ``member``, reckoned both ways (`shares`)."""
    YES = "yes"
    """Whether an object is there at all."""
    PAYMENT = "payment"
    """A way to pay; “DIGER” stands for “DIGER - explanation”."""
    OTHER = "other"
    """The explanation of such a way."""


class Field(NamedTuple):
    """One field.

    Attributes:
        label: what people call it.
        most: characters that it takes.
        low, high: bounds of a number.
        places: decimals that a number may have.
        codes: name of the code list that it chooses from.
        member: the member that holds it, where that is not the last step of its pointer.
        identifier: of `ulak.codes.identifiers`, whose form it has.
        options: the values that it may have, where they are few and stand in no list.
    """

    label: Text
    sort: Sort = Sort.TEXT
    most: int = 200
    low: Decimal | None = None
    high: Decimal | None = None
    places: int = 8
    codes: str = ""
    member: str = ""
    identifier: str = ""
    options: tuple[str, ...] = ()


ZERO: Final = Decimal(0)
HUNDRED: Final = Decimal(100)
_LARGEST: Final = Decimal(10) ** 15


def text(tr: str, en: str, most: int = 200) -> Field:
    return Field(Text(tr, en), most=most)


def number(tr: str, en: str, *, places: int = 8, high: Decimal = _LARGEST, low: Decimal = ZERO) -> Field:
    return Field(Text(tr, en), Sort.NUMBER, 40, low, high, places)


def day(tr: str, en: str) -> Field:
    return Field(Text(tr, en), Sort.DAY, 10)


def code(tr: str, en: str, codes: str = "") -> Field:
    return Field(Text(tr, en), Sort.CODE, 40, codes=codes)


def chosen(tr: str, en: str, *options: str) -> Field:
    return Field(Text(tr, en), Sort.CODE, 40, options=options)


def compact(tr: str, en: str, most: int = 40, identifier: str = "") -> Field:
    return Field(Text(tr, en), Sort.COMPACT, most, identifier=identifier)


ADDRESS: Final = {
    "street": text("Cadde, sokak", "Street"),
    "number": text("Kapı no", "Building number", 20),
    "room": text("Daire no", "Door number", 20),
    "district": text("Mahalle", "Neighbourhood"),
    "town": text("İlçe", "Town"),
    "city": text("İl", "City"),
    "postal_code": text("Posta kodu", "Postal code", 12),
    "country": text("Ülke", "Country", 60),
}
PARTY: Final = {
    "tax_id": compact("VKN ya da TCKN", "Tax or citizen number", 20),
    "name": text("Unvan", "Name"),
    "first_name": text("Ad", "First name", 100),
    "family_name": text("Soyad", "Family name", 100),
    "tax_office": text("Vergi dairesi", "Tax office", 100),
    "phone": text("Telefon", "Telephone", 40),
    "email": text("E-posta", "E-mail", 120),
    **{f"address/{name}": field for name, field in ADDRESS.items()},
}
REFERENCE: Final = {
    "number": text("Belge no", "Document number", 60),
    "date": day("Belge tarihi", "Date of the document"),
}
NUMBERED: Final = {**REFERENCE, "number": compact("Belge no", "Document number", 60, "document_number")}
ITEM: Final = {
    "name": text("Mal ya da hizmet", "Goods or service", 500),
    "description": text("Açıklama", "Description", 1000),
    "note": text("Satır notu", "Note on the line", 1000),
    "code": text("Ürün kodu", "Item code", 100),
    "buyer_code": text("Alıcının ürün kodu", "The buyer's item code", 100),
    "brand": text("Marka", "Brand", 100),
    "model": text("Model", "Model", 100),
    "serial": text("Seri no", "Serial number", 100),
    "quantity": number("Miktar", "Quantity"),
    "unit": code("Birim", "Unit", "units"),
    "price": number("Birim fiyat", "Unit price"),
    **{
        f"ids/{scheme}": compact(tr, en, 120, identifier)
        for scheme, tr, en, identifier in (
            ("KUNYENO", "Künye no", "Künye number", "kunye"),
            ("ETIKETNO", "Etiket no", "Label number", "label_number"),
            ("ILAC", "İlaç karekodu", "Medicine id", ""),
            ("TIBBICIHAZ", "Tıbbi cihaz kimliği", "Medical device id", ""),
            ("TELEFON", "IMEI", "IMEI", ""),
            ("DIGER", "Diğer kimlik", "Other id", ""),
        )
    },
}


def percent(tr: str, en: str) -> Field:
    return number(tr, en, places=4, high=HUNDRED)


def tax(tr: str, en: str, code: str) -> Field:
    """The rate of one of a line's ``taxes``."""
    return Field(Text(tr, en), Sort.TAX, 40, ZERO, HUNDRED, 4, member="taxes", codes=code)


def below(path: str, table: Mapping[str, Field]) -> dict[Path, Field]:
    return {(*path.split("/"), *name.split("/")): field for name, field in table.items()}


HEAD: Final[dict[Path, Field]] = {
    ("type",): code("Tür", "Type"),
    ("profile",): code("Senaryo", "Profile"),
    ("date",): day("Düzenleme tarihi", "Date of issue"),
    ("time",): Field(Text("Düzenleme saati", "Time of issue"), Sort.MOMENT, 8),
    ("notes",): Field(Text("Notlar", "Notes"), Sort.NOTES, 4000),
    **below("customer", PARTY),
}
