"""What a column of a file may hold, by what people and programs call it.

A synonym is a folded heading; of several headings that mean one field the first column is taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, NamedTuple

from ulak.errors import Text
from ulak_server.books.contacts import LABELS
from ulak_server.books.items import ITEM_LABELS
from ulak_server.folding import fold

__all__ = ["ABOUTS", "About", "Field", "Reads", "field_of_heading", "fields_of", "meant"]

About = Literal["invoice", "despatch_advice", "contacts", "items"]
Reads = Literal["text", "identifier", "number", "percent", "date", "time", "unit", "code", "word"]
ABOUTS: Final[Mapping[str, Text]] = {
    "invoice": Text("Faturalar", "Invoices"),
    "despatch_advice": Text("İrsaliyeler", "Despatch advices"),
    "contacts": Text("Kişiler", "Contacts"),
    "items": Text("Ürünler", "Items"),
}


class Field(NamedTuple):
    """One field.

    Attributes:
        place: JSON pointer in the friendly document, ``{n}`` being the line; without it the field is of the document.
        reads: how its cells are read.
        list: of `ulak.codes`, where it is a code.
        words: what people write for a value, by the value.
        needed: whether a file without it cannot be used.
        example: what the template shows.
    """

    name: str
    label: Text
    place: str
    reads: Reads = "text"
    written: str = ""
    list: str = ""
    words: Mapping[str, str] = {}
    needed: bool = False
    example: str = ""
    about: Text = Text("", "")

    @property
    def is_of_line(self) -> bool:
        return "{n}" in self.place


def _f(name: str, tr: str, en: str, place: str, reads: Reads = "text", **said: object) -> Field:
    return Field(name, Text(tr, en), place, reads, **said)  # type: ignore[arg-type]


_PROFILES: Final = {
    "TEMELFATURA": "temel fatura;temel;e fatura temel",
    "TICARIFATURA": "ticari fatura;ticari;e fatura ticari",
    "IHRACAT": "ihracat;ihracat faturasi",
    "KAMU": "kamu;kamu faturasi",
}
_PARTY: Final = (
    _f("tax_id", "VKN / TCKN", "VKN / TCKN", "/customer/tax_id", "identifier", needed=True, example="7359021640",
       written="vkn;tckn;vkn tckn;tckn vkn;vergi no;vergi numarasi;vergi kimlik no;vergi kimlik numarasi;"
       "tc kimlik no;tc no;"
       "alici vkn;alici vkn tckn;musteri vkn;vkno;vd no;tax id;tax number;tax no;customer tax id;vat number;kimlik no"),
    _f("title", "Unvan", "Title", "/customer/name", example="Meltem Gıda Ltd. Şti.",
       written="unvan;unvani;alici;alici unvan;alici unvani;alici adi;musteri;musteri adi;musteri unvani;cari;"
       "cari adi;cari unvan;"
       "firma;firma adi;ad soyad;adi soyadi;unvan ad soyad;customer;customer name;company;name of customer;title"),
    _f("first_name", "Ad", "First name", "/customer/first_name",
       written="ad;adi;alici ad;first name;name first"),
    _f("family_name", "Soyad", "Family name", "/customer/family_name",
       written="soyad;soyadi;alici soyad;family name;last name;surname"),
    _f("tax_office", "Vergi dairesi", "Tax office", "/customer/tax_office", example="Kadıköy",
       written="vergi dairesi;vd;v d;alici vergi dairesi;tax office"),
    _f("street", "Adres", "Address", "/customer/address/street", example="Yosun Caddesi 42",
       written="adres;adresi;acik adres;fatura adresi;cadde;sokak;cadde sokak;alici adres;address;street;"
       "address line 1"),
    _f("building_number", "Dış kapı no", "Building number", "/customer/address/number", "identifier",
       written="kapi no;dis kapi no;bina no;building number;house number"),
    _f("room", "İç kapı no", "Door number", "/customer/address/room", "identifier",
       written="ic kapi no;daire;daire no;door number;flat"),
    _f("district", "Mahalle", "Neighbourhood", "/customer/address/district",
       written="mahalle;semt;neighbourhood;district"),
    _f("town", "İlçe", "Town", "/customer/address/town", example="Kadıköy", written="ilce;ilcesi;alici ilce;town;"
       "county"),
    _f("city", "İl", "City", "/customer/address/city", example="İstanbul",
       written="il;ili;sehir;alici il;alici sehir;city;province"),
    _f("postal_code", "Posta kodu", "Postal code", "/customer/address/postal_code", "identifier",
       written="posta kodu;pk;postal code;zip;zip code;postcode"),
    _f("country", "Ülke", "Country", "/customer/address/country", written="ulke;ulkesi;country"),
    _f("email", "E-posta", "E-mail", "/customer/email",
       written="e posta;eposta;mail;e mail;email;e posta adresi;mail adresi;alici e posta"),
    _f("phone", "Telefon", "Telephone", "/customer/phone", "identifier",
       written="telefon;tel;telefon no;gsm;cep;cep telefonu;phone;telephone;mobile"),
)  # fmt: skip
_LINE: Final = (
    _f("item_code", "Ürün kodu", "Item code", "/lines/{n}/code", "identifier", example="R-100",
       written="urun kodu;stok kodu;malzeme kodu;mal kodu;kod;barkod;item code;product code;sku;stock code"),
    _f("name", "Mal / hizmet", "Goods or service", "/lines/{n}/name", example="Çelik raf",
       written="mal hizmet;mal hizmet adi;mal;hizmet;urun;urun adi;urun hizmet;malzeme;malzeme adi;stok adi;kalem;"
       "cins;cinsi;"
       "malin cinsi;item;item name;product;product name;goods;service"),
    _f("description", "Satır açıklaması", "Line description", "/lines/{n}/description",
       written="satir aciklamasi;satir aciklama;urun aciklamasi;kalem aciklamasi;line description;item description"),
    _f("quantity", "Miktar", "Quantity", "/lines/{n}/quantity", "number", example="12",
       written="miktar;miktari;adet;quantity;qty;amount of goods"),
    _f("unit", "Birim", "Unit", "/lines/{n}/unit", "unit", example="Adet",
       written="birim;birimi;olcu birimi;birim kodu;unit;unit code;uom"),
    _f("price", "Birim fiyat", "Unit price", "/lines/{n}/price", "number", example="412,50",
       written="birim fiyat;birim fiyati;fiyat;b fiyat;birim fiyat kdv haric;unit price;price"),
)  # fmt: skip
_ORDERS: Final = (
    _f("order_number", "Sipariş no", "Order number", "/order/number", "identifier",
       written="siparis no;siparis numarasi;order number;order no;po number"),
    _f("order_date", "Sipariş tarihi", "Order date", "/order/date", "date", written="siparis tarihi;order date"),
)  # fmt: skip
_KEYS: Final = (
    _f("key", "Belge anahtarı", "Document key", "", "identifier", example="1",
       written="belge anahtari;grup;belge;sira;sira no;fatura sira no;fis no;evrak no;belge sira;document key;group;"
       "invoice key",
       about=Text("Aynı belgenin satırlarında aynı değer.", "The same value in all rows of one document.")),
    _f("number", "Belge no", "Document number", "/number", "identifier",
       written="fatura no;fatura numarasi;irsaliye no;irsaliye numarasi;belge no;belge numarasi;invoice number;"
       "invoice no;"
       "document number;despatch number",
       about=Text("Boşsa seriden verilir.", "Given by the series if empty.")),
    _f("date", "Tarih", "Date", "/date", "date", example="22.11.2026",
       written="tarih;fatura tarihi;duzenleme tarihi;belge tarihi;irsaliye tarihi;evrak tarihi;date;invoice date;"
       "issue date"),
    _f("time", "Saat", "Time", "/time", "time", written="saat;duzenleme saati;fatura saati;time;issue time"),
    _f("note", "Not", "Note", "/notes/0", written="not;notlar;aciklama;fatura notu;belge notu;genel aciklama;note;"
       "notes;remark;description"),
    _f("series", "Seri", "Series", "#series", "identifier", written="seri;seri kodu;on ek;series;prefix"),
    _f("alias", "Alıcı etiketi", "Receiver's alias", "#alias", "identifier",
       written="etiket;alici etiketi;posta kutusu;pk etiketi;alias;mailbox"),
    _f("erp_key", "ERP no", "ERP key", "#erp_key", "identifier",
       written="erp no;erp kodu;erp key;referans;referans no;kayit no;reference;external id",
       about=Text("Mükellef içinde tek; ikinci kez alınmaz.", "Unique for the taxpayer; not taken twice.")),
)  # fmt: skip
_INVOICE: Final = (
    *_KEYS,
    _f("profile", "Senaryo", "Profile", "/profile", "word", list="profiles", words=_PROFILES,
       written="senaryo;fatura senaryosu;profil;profile;scenario"),
    _f("type", "Fatura tipi", "Invoice type", "/type", "word", list="invoice_types",
       words={"SATIS": "satis", "IADE": "iade", "TEVKIFAT": "tevkifat;tevkifatli", "ISTISNA": "istisna"},
       written="fatura tipi;fatura turu;tip;type;invoice type",
       about=Text("Boşsa satırlardan çıkarılır.", "Follows from the lines if empty.")),
    _f("currency", "Para birimi", "Currency", "/currency", "word", list="currencies", example="TRY",
       words={"TRY": "tl;turk lirasi;₺", "USD": "dolar;$;abd dolari", "EUR": "euro;avro;€", "GBP": "sterlin;£"},
       written="para birimi;doviz;doviz cinsi;doviz kodu;pb;kur cinsi;currency;currency code"),
    _f("exchange_rate", "Kur", "Exchange rate", "/exchange_rate", "number",
       written="kur;doviz kuru;exchange rate;rate of exchange"),
    *_PARTY,
    *_ORDERS,
    _f("despatch_number", "İrsaliye no", "Despatch number", "/despatches/0/number", "identifier",
       written="irsaliye no;irsaliye numarasi;despatch number;delivery note"),
    _f("despatch_date", "İrsaliye tarihi", "Despatch date", "/despatches/0/date", "date",
       written="irsaliye tarihi;despatch date"),
    _f("returned_number", "İade edilen fatura no", "Returned invoice number", "/returns/0/number", "identifier",
       written="iade fatura no;iade edilen fatura no;returned invoice"),
    _f("returned_date", "İade edilen fatura tarihi", "Returned invoice date", "/returns/0/date", "date",
       written="iade fatura tarihi;iade edilen fatura tarihi;returned invoice date"),
    *_LINE,
    _f("vat", "KDV oranı", "VAT rate", "/lines/{n}/vat", "percent", example="20",
       written="kdv;kdv orani;kdv %;kdv oran;vat;vat rate;vat %;tax rate"),
    _f("discount_percent", "İskonto oranı", "Discount percent", "/lines/{n}/discounts/0/percent", "percent",
       written="iskonto;iskonto orani;indirim;indirim orani;iskonto %;isk;discount;discount %;discount percent"),
    _f("discount_amount", "İskonto tutarı", "Discount amount", "/lines/{n}/discounts/0/amount", "number",
       written="iskonto tutari;indirim tutari;discount amount"),
    _f("exemption", "İstisna kodu", "Exemption code", "/lines/{n}/exemption", "code", list="exemptions",
       written="istisna;istisna kodu;muafiyet kodu;istisna muafiyet kodu;kdv istisna kodu;exemption;exemption code"),
    _f("withholding", "Tevkifat kodu", "Withholding code", "/lines/{n}/withholding", "code", list="withholdings",
       written="tevkifat;tevkifat kodu;withholding;withholding code"),
    _f("brand", "Marka", "Brand", "/lines/{n}/brand", written="marka;brand"),
    _f("model", "Model", "Model", "/lines/{n}/model", written="model"),
    _f("gtip", "GTİP", "GTİP", "/lines/{n}/delivery/gtip", "identifier", written="gtip;gtip no;hs code"),
)  # fmt: skip
_DESPATCH: Final = (
    *(one for one in _KEYS if one.name not in ("date", "time")),
    _f("date", "Düzenleme tarihi", "Date of issue", "/date", "date", example="22.11.2026",
       written="tarih;irsaliye tarihi;duzenleme tarihi;belge tarihi;date;issue date"),
    _f("despatch_date", "Sevk tarihi", "Despatch date", "/despatch_date", "date", example="22.11.2026",
       written="sevk tarihi;fiili sevk tarihi;cikis tarihi;despatch date;shipping date"),
    _f("despatch_time", "Sevk saati", "Despatch time", "/despatch_time", "time", example="10:30",
       written="sevk saati;fiili sevk saati;saat;despatch time"),
    *_PARTY,
    _f("delivery_street", "Teslim adresi", "Delivery address", "/delivery_address/street",
       written="teslim adresi;teslimat adresi;sevk adresi;delivery address"),
    _f("delivery_town", "Teslim ilçesi", "Delivery town", "/delivery_address/town",
       written="teslim ilce;teslim ilcesi;teslimat ilce;sevk ilce;delivery town"),
    _f("delivery_city", "Teslim ili", "Delivery city", "/delivery_address/city",
       written="teslim il;teslim ili;teslimat il;sevk il;delivery city"),
    _f("delivery_postal_code", "Teslim posta kodu", "Delivery postal code", "/delivery_address/postal_code",
       "identifier", written="teslim posta kodu;teslimat posta kodu;delivery postal code"),
    _f("plate", "Plaka", "Licence plate", "/plate", "identifier", example="06ARD406",
       written="plaka;arac plakasi;plaka no;plate;licence plate"),
    _f("driver_first_name", "Şoför adı", "Driver's first name", "/drivers/0/first_name", example="Veli",
       written="sofor adi;surucu adi;sofor ad;driver first name"),
    _f("driver_family_name", "Şoför soyadı", "Driver's family name", "/drivers/0/family_name", example="Demir",
       written="sofor soyadi;surucu soyadi;sofor soyad;driver family name;driver last name"),
    _f("driver_tckn", "Şoför TCKN", "Driver's TCKN", "/drivers/0/tckn", "identifier", example="50721483392",
       written="sofor tckn;sofor tc;sofor tc no;surucu tckn;sofor tc kimlik no;driver id"),
    _f("carrier_tax_id", "Taşıyıcı VKN", "Carrier's VKN", "/carrier/tax_id", "identifier",
       written="tasiyici vkn;nakliyeci vkn;kargo vkn;carrier tax id"),
    _f("carrier_name", "Taşıyıcı unvanı", "Carrier's title", "/carrier/name",
       written="tasiyici;tasiyici unvan;tasiyici unvani;nakliyeci;kargo;carrier"),
    *_LINE,
)  # fmt: skip
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
    known = {one.name: one.written for one in _INVOICE}
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
    "invoice": _INVOICE,
    "despatch_advice": _DESPATCH,
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
