"""The fields of the editors: which members of the friendly JSON they are, and how their values are typed and shown.

A field is named by the JSON pointer of its member; positions in arrays are ``*`` here. Some hold several members in one
text: ``/discount`` is written "%10 + 5,00" and stands for the array ``discounts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from ulak.errors import Text

__all__ = ["DESPATCH", "INVOICE", "TABLES", "Field", "Path", "Sort", "field_of", "path_of", "pattern_of"]

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


_ZERO: Final = Decimal(0)
_HUNDRED: Final = Decimal(100)
_LARGEST: Final = Decimal(10) ** 15


def _t(tr: str, en: str, most: int = 200) -> Field:
    return Field(Text(tr, en), most=most)


def _n(tr: str, en: str, *, places: int = 8, high: Decimal = _LARGEST, low: Decimal = _ZERO) -> Field:
    return Field(Text(tr, en), Sort.NUMBER, 40, low, high, places)


def _day(tr: str, en: str) -> Field:
    return Field(Text(tr, en), Sort.DAY, 10)


def _code(tr: str, en: str, codes: str = "") -> Field:
    return Field(Text(tr, en), Sort.CODE, 40, codes=codes)


def _compact(tr: str, en: str, most: int = 40, identifier: str = "") -> Field:
    return Field(Text(tr, en), Sort.COMPACT, most, identifier=identifier)


_ADDRESS: Final = {
    "street": _t("Cadde, sokak", "Street"),
    "number": _t("Kapı no", "Building number", 20),
    "room": _t("Daire no", "Door number", 20),
    "district": _t("Mahalle", "Neighbourhood"),
    "town": _t("İlçe", "Town"),
    "city": _t("İl", "City"),
    "postal_code": _t("Posta kodu", "Postal code", 12),
    "country": _t("Ülke", "Country", 60),
}
_PARTY: Final = {
    "tax_id": _compact("VKN ya da TCKN", "Tax or citizen number", 20),
    "name": _t("Unvan", "Name"),
    "first_name": _t("Ad", "First name", 100),
    "family_name": _t("Soyad", "Family name", 100),
    "tax_office": _t("Vergi dairesi", "Tax office", 100),
    "phone": _t("Telefon", "Telephone", 40),
    "email": _t("E-posta", "E-mail", 120),
    **{f"address/{name}": field for name, field in _ADDRESS.items()},
}
_REFERENCE: Final = {
    "number": _t("Belge no", "Document number", 60),
    "date": _day("Belge tarihi", "Date of the document"),
}
_NUMBERED: Final = {**_REFERENCE, "number": _compact("Belge no", "Document number", 60, "document_number")}
_ITEM: Final = {
    "name": _t("Mal ya da hizmet", "Goods or service", 500),
    "description": _t("Açıklama", "Description", 1000),
    "note": _t("Satır notu", "Note on the line", 1000),
    "code": _t("Ürün kodu", "Item code", 100),
    "buyer_code": _t("Alıcının ürün kodu", "The buyer's item code", 100),
    "brand": _t("Marka", "Brand", 100),
    "model": _t("Model", "Model", 100),
    "serial": _t("Seri no", "Serial number", 100),
    "quantity": _n("Miktar", "Quantity"),
    "unit": _code("Birim", "Unit", "units"),
    "price": _n("Birim fiyat", "Unit price"),
    **{
        f"ids/{scheme}": _compact(tr, en, 120, identifier)
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


def _percent(tr: str, en: str) -> Field:
    return _n(tr, en, places=4, high=_HUNDRED)


_LINE: Final = {
    **_ITEM,
    "vat": _percent("KDV %", "VAT %"),
    "vat_base": _n("Özel matrah", "Special base", places=2),
    "exemption": _code("İstisna sebebi", "Exemption reason", "exemptions"),
    "exemption_reason": _t("Sebep", "Reason", 500),
    "withholding": _code("Tevkifat", "Withholding", "withholdings"),
    "withholding_percent": _percent("Tevkifat oranı %", "Withholding %"),
    "original_quantity": _n("Satılmış miktar", "Quantity sold"),
    "collected_vat": _n("Tahsil edilmiş KDV", "VAT collected", places=2),
    "accommodation": Field(
        Text("Konaklama vergisi %", "Accommodation tax %"),
        Sort.TAX,
        40,
        _ZERO,
        _HUNDRED,
        4,
        member="taxes",
        codes="0059",
    ),
    "discount": Field(Text("İskonto", "Discount"), Sort.ADJUSTMENTS, 80, member="discounts"),
    "charge": Field(Text("Artırım", "Charge"), Sort.ADJUSTMENTS, 80, member="charges"),
    "delivery/gtip": _compact("GTİP", "Customs tariff number", 20, "gtip"),
    "delivery/incoterms": _code("Teslim şartı", "Delivery term", "delivery_terms"),
    "delivery/transport_mode": _code("Taşıma şekli", "Transport mode", "transport_modes"),
    "delivery/buyer_permit_line": _compact("Alıcının DİİB satır kodu", "The buyer's permit line code", 20),
    "classification": _t("Harcama tipi", "Expense type", 2),
}


def _below(path: str, table: Mapping[str, Field]) -> dict[Path, Field]:
    return {(*path.split("/"), *name.split("/")): field for name, field in table.items()}


_HEAD: Final[dict[Path, Field]] = {
    ("type",): _code("Tür", "Type"),
    ("profile",): _code("Senaryo", "Profile"),
    ("date",): _day("Düzenleme tarihi", "Date of issue"),
    ("time",): Field(Text("Düzenleme saati", "Time of issue"), Sort.MOMENT, 8),
    ("notes",): Field(Text("Notlar", "Notes"), Sort.NOTES, 4000),
    **_below("customer", _PARTY),
}

INVOICE: Final[Mapping[Path, Field]] = MappingProxyType(
    {
        **_HEAD,
        ("currency",): _code("Para birimi", "Currency", "currencies"),
        ("exchange_rate",): _n("Kur", "Exchange rate", places=6),
        ("exchange_date",): _day("Kur tarihi", "Date of the rate"),
        **_below("order", _REFERENCE),
        **_below("despatches/*", _NUMBERED),
        **_below("returns/*", _NUMBERED),
        **_below("incentive", _REFERENCE),
        **_below("buyer", _PARTY),
        ("buyer", "registered_name"): _t("Resmî unvan", "Registered name"),
        ("buyer", "company_id"): _t("Ülkesindeki vergi no", "Tax number abroad", 60),
        ("delivery", "incoterms"): _code("Teslim şartı", "Delivery term", "delivery_terms"),
        ("delivery", "transport_mode"): _code("Taşıma şekli", "Transport mode", "transport_modes"),
        **_below("delivery/address", _ADDRESS),
        ("period", "start"): _day("Dönem başı", "Start of the period"),
        ("period", "end"): _day("Dönem sonu", "End of the period"),
        ("sgk", "group"): _code("SGK fatura tipi", "SGK invoice group", "sgk_groups"),
        ("sgk", "provider_code"): _t("SGK mükellef kodu", "SGK provider code", 60),
        ("sgk", "provider_name"): _t("SGK mükellef adı", "SGK provider name"),
        ("sgk", "file_number"): _t("SGK dosya no", "SGK file number", 60),
        ("payment", "means"): _code("Ödeme şekli", "Means of payment", "payment_means"),
        ("payment", "due"): _day("Son ödeme günü", "Due date"),
        ("payment", "iban"): _compact("IBAN", "IBAN", 50, "iban"),
        ("payment", "note"): _t("Ödeme notu", "Payment note"),
        ("terms", "note"): _t("Ödeme koşulu", "Payment terms", 500),
        ("discount",): Field(Text("Belge iskontosu", "Document discount"), Sort.ADJUSTMENTS, 80, member="discounts"),
        ("charge",): Field(Text("Belge artırımı", "Document charge"), Sort.ADJUSTMENTS, 80, member="charges"),
        ("rounding",): _n("Yuvarlama", "Rounding", places=2, low=-_HUNDRED, high=_HUNDRED),
        **_below("lines/*", _LINE),
    }
)

DESPATCH: Final[Mapping[Path, Field]] = MappingProxyType(
    {
        **_HEAD,
        ("customer_contact",): _t("Teslim alacak kişi", "Person who receives", 100),
        ("supplier_contact",): _t("Teslim eden", "Person who hands over", 100),
        ("despatch_date",): _day("Sevk tarihi", "Date of despatch"),
        ("despatch_time",): Field(Text("Sevk saati", "Time of despatch"), Sort.MOMENT, 8),
        **_below("delivery_address", _ADDRESS),
        **_below("carrier", _PARTY),
        **_below(
            "drivers/*",
            {
                "first_name": _t("Şoförün adı", "Driver's first name", 100),
                "family_name": _t("Şoförün soyadı", "Driver's family name", 100),
                "tckn": _compact("Şoförün TCKN'si", "Driver's citizen number", 20),
            },
        ),
        ("plate",): _compact("Araç plakası", "Licence plate", 20, "plate"),
        ("foreign_plate",): _compact("Yabancı plaka", "Foreign licence plate", 20, "foreign_plate"),
        ("trailers",): Field(Text("Dorse plakaları", "Trailer plates"), Sort.PLATES, 120),
        ("value",): _n("Malların değeri (TL)", "Value of the goods (TRY)", places=2),
        **_below("paper", _REFERENCE),
        **_below("orders/*", _REFERENCE),
        **_below(
            "lines/*",
            {
                **_ITEM,
                "outstanding": _n("Sonra gönderilecek", "To be sent later"),
                "outstanding_reason": _t("Sonra gönderme sebebi", "Why it is sent later"),
            },
        ),
    }
)
TABLES: Final[Mapping[str, Mapping[Path, Field]]] = MappingProxyType({"invoice": INVOICE, "despatch_advice": DESPATCH})
"""By the value of the member ``document``."""


def path_of(pointer: str) -> Path:
    """The steps of a JSON pointer.

    >>> path_of("/lines/3/price")
    ('lines', '3', 'price')
    """
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])


def pattern_of(path: Path) -> Path:
    """A path with ``*`` for positions."""
    return tuple("*" if step.isascii() and step.isdecimal() else step for step in path)


def field_of(kind: str, pointer: str) -> Field | None:
    """The field of a pointer; None if the editor of this kind has no such one."""
    return TABLES[kind].get(pattern_of(path_of(pointer)))
