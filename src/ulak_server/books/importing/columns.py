"""Columns of invoices and despatch advices, by what people and programs call them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

from ulak.errors import Text

__all__ = ["DESPATCH", "INVOICE", "KEYS", "LINE", "PARTY", "Field", "Reads", "field"]

Reads = Literal["text", "identifier", "number", "percent", "date", "time", "unit", "code", "word", "choice"]


class Field(NamedTuple):
    """One field.

    Attributes:
        place: JSON pointer in the friendly document, ``{n}`` being the line; without it the field is of the document.
        reads: how its cells are read.
        list: of `ulak.codes`, where it is a code.
        words: what people write for a value, by the value.
        tax: code of the tax whose rate or amount it is.
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
    tax: str = ""
    needed: bool = False
    example: str = ""
    about: Text = Text("", "")

    @property
    def is_of_line(self) -> bool:
        return "{n}" in self.place


def field(name: str, tr: str, en: str, place: str, reads: Reads = "text", **said: object) -> Field:
    """A field with its label in both languages."""
    return Field(name, Text(tr, en), place, reads, **said)  # type: ignore[arg-type]


_PROFILES: Final = {
    "TEMELFATURA": "temel fatura;temel;e fatura temel",
    "TICARIFATURA": "ticari fatura;ticari;e fatura ticari",
    "IHRACAT": "ihracat;ihracat faturasi",
    "KAMU": "kamu;kamu faturasi",
}
PARTY: Final = (
    field("tax_id", "VKN / TCKN", "VKN / TCKN", "/customer/tax_id", "identifier", needed=True, example="7359021640",
       written="vkn;tckn;vkn tckn;tckn vkn;vergi no;vergi numarasi;vergi kimlik no;vergi kimlik numarasi;"
       "tc kimlik no;tc no;"
       "alici vkn;alici vkn tckn;musteri vkn;vkno;vd no;tax id;tax number;tax no;customer tax id;vat number;kimlik no"),
    field("title", "Unvan", "Title", "/customer/name", example="Meltem Gıda Ltd. Şti.",
       written="unvan;unvani;alici;alici unvan;alici unvani;alici adi;musteri;musteri adi;musteri unvani;cari;"
       "cari adi;cari unvan;"
       "firma;firma adi;ad soyad;adi soyadi;unvan ad soyad;customer;customer name;company;name of customer;title"),
    field("first_name", "Ad", "First name", "/customer/first_name",
       written="ad;adi;alici ad;first name;name first"),
    field("family_name", "Soyad", "Family name", "/customer/family_name",
       written="soyad;soyadi;alici soyad;family name;last name;surname"),
    field("tax_office", "Vergi dairesi", "Tax office", "/customer/tax_office", example="Kadıköy",
       written="vergi dairesi;vd;v d;alici vergi dairesi;tax office"),
    field("street", "Adres", "Address", "/customer/address/street", example="Yosun Caddesi 42",
       written="adres;adresi;acik adres;fatura adresi;cadde;sokak;cadde sokak;alici adres;address;street;"
       "address line 1"),
    field("building_number", "Dış kapı no", "Building number", "/customer/address/number", "identifier",
       written="kapi no;dis kapi no;bina no;building number;house number"),
    field("room", "İç kapı no", "Door number", "/customer/address/room", "identifier",
       written="ic kapi no;daire;daire no;door number;flat"),
    field("district", "Mahalle", "Neighbourhood", "/customer/address/district",
       written="mahalle;semt;neighbourhood;district"),
    field("town", "İlçe", "Town", "/customer/address/town", example="Kadıköy", written="ilce;ilcesi;alici ilce;town;"
       "county"),
    field("city", "İl", "City", "/customer/address/city", example="İstanbul",
       written="il;ili;sehir;alici il;alici sehir;city;province"),
    field("postal_code", "Posta kodu", "Postal code", "/customer/address/postal_code", "identifier",
       written="posta kodu;pk;postal code;zip;zip code;postcode"),
    field("country", "Ülke", "Country", "/customer/address/country", written="ulke;ulkesi;country"),
    field("email", "E-posta", "E-mail", "/customer/email",
       written="e posta;eposta;mail;e mail;email;e posta adresi;mail adresi;alici e posta"),
    field("phone", "Telefon", "Telephone", "/customer/phone", "identifier",
       written="telefon;tel;telefon no;gsm;cep;cep telefonu;phone;telephone;mobile"),
)  # fmt: skip
LINE: Final = (
    field("item_code", "Ürün kodu", "Item code", "/lines/{n}/code", "identifier", example="R-100",
       written="urun kodu;stok kodu;malzeme kodu;mal kodu;kod;barkod;item code;product code;sku;stock code"),
    field("name", "Mal / hizmet", "Goods or service", "/lines/{n}/name", example="Çelik raf",
       written="mal hizmet;mal hizmet adi;mal;hizmet;urun;urun adi;urun hizmet;malzeme;malzeme adi;stok adi;kalem;"
       "cins;cinsi;"
       "malin cinsi;item;item name;product;product name;goods;service"),
    field("description", "Satır açıklaması", "Line description", "/lines/{n}/description",
       written="satir aciklamasi;satir aciklama;urun aciklamasi;kalem aciklamasi;line description;item description"),
    field("quantity", "Miktar", "Quantity", "/lines/{n}/quantity", "number", example="12",
       written="miktar;miktari;adet;quantity;qty;amount of goods"),
    field("unit", "Birim", "Unit", "/lines/{n}/unit", "unit", example="Adet",
       written="birim;birimi;olcu birimi;birim kodu;unit;unit code;uom"),
    field("price", "Birim fiyat", "Unit price", "/lines/{n}/price", "number", example="412,50",
       written="birim fiyat;birim fiyati;fiyat;b fiyat;birim fiyat kdv haric;unit price;price"),
)  # fmt: skip
_ORDERS: Final = (
    field("order_number", "Sipariş no", "Order number", "/order/number", "identifier",
       written="siparis no;siparis numarasi;order number;order no;po number"),
    field("order_date", "Sipariş tarihi", "Order date", "/order/date", "date", written="siparis tarihi;order date"),
)  # fmt: skip
KEYS: Final = (
    field("key", "Belge anahtarı", "Document key", "", "identifier", example="1",
       written="belge anahtari;grup;belge;sira;sira no;fatura sira no;fis no;evrak no;belge sira;document key;group;"
       "invoice key",
       about=Text("Aynı belgenin satırlarında aynı değer.", "The same value in all rows of one document.")),
    field("number", "Belge no", "Document number", "/number", "identifier",
       written="fatura no;fatura numarasi;irsaliye no;irsaliye numarasi;belge no;belge numarasi;invoice number;"
       "invoice no;"
       "document number;despatch number",
       about=Text("Boşsa seriden verilir.", "Given by the series if empty.")),
    field("date", "Tarih", "Date", "/date", "date", example="22.11.2026",
       written="tarih;fatura tarihi;duzenleme tarihi;belge tarihi;irsaliye tarihi;evrak tarihi;date;invoice date;"
       "issue date"),
    field("time", "Saat", "Time", "/time", "time", written="saat;duzenleme saati;fatura saati;time;issue time"),
    field("note", "Not", "Note", "/notes/0", written="not;notlar;aciklama;fatura notu;belge notu;genel aciklama;note;"
       "notes;remark;description"),
    field("series", "Seri", "Series", "#series", "identifier", written="seri;seri kodu;on ek;series;prefix"),
    field("alias", "Alıcı etiketi", "Receiver's alias", "#alias", "identifier",
       written="etiket;alici etiketi;posta kutusu;pk etiketi;alias;mailbox"),
    field("erp_key", "ERP no", "ERP key", "#erp_key", "identifier",
       written="erp no;erp kodu;erp key;referans;referans no;kayit no;reference;external id",
       about=Text("Mükellef içinde tek; ikinci kez alınmaz.", "Unique for the taxpayer; not taken twice.")),
)  # fmt: skip
INVOICE: Final = (
    *KEYS,
    field("profile", "Senaryo", "Profile", "/profile", "word", list="profiles", words=_PROFILES,
       written="senaryo;fatura senaryosu;profil;profile;scenario"),
    field("type", "Fatura tipi", "Invoice type", "/type", "word", list="invoice_types",
       words={"SATIS": "satis", "IADE": "iade", "TEVKIFAT": "tevkifat;tevkifatli", "ISTISNA": "istisna"},
       written="fatura tipi;fatura turu;tip;type;invoice type",
       about=Text("Boşsa satırlardan çıkarılır.", "Follows from the lines if empty.")),
    field("currency", "Para birimi", "Currency", "/currency", "word", list="currencies", example="TRY",
       words={"TRY": "tl;turk lirasi;₺", "USD": "dolar;$;abd dolari", "EUR": "euro;avro;€", "GBP": "sterlin;£"},
       written="para birimi;doviz;doviz cinsi;doviz kodu;pb;kur cinsi;currency;currency code"),
    field("exchange_rate", "Kur", "Exchange rate", "/exchange_rate", "number",
       written="kur;doviz kuru;exchange rate;rate of exchange"),
    *PARTY,
    *_ORDERS,
    field("despatch_number", "İrsaliye no", "Despatch number", "/despatches/0/number", "identifier",
       written="irsaliye no;irsaliye numarasi;despatch number;delivery note"),
    field("despatch_date", "İrsaliye tarihi", "Despatch date", "/despatches/0/date", "date",
       written="irsaliye tarihi;despatch date"),
    field("returned_number", "İade edilen fatura no", "Returned invoice number", "/returns/0/number", "identifier",
       written="iade fatura no;iade edilen fatura no;returned invoice"),
    field("returned_date", "İade edilen fatura tarihi", "Returned invoice date", "/returns/0/date", "date",
       written="iade fatura tarihi;iade edilen fatura tarihi;returned invoice date"),
    *LINE,
    field("vat", "KDV oranı", "VAT rate", "/lines/{n}/vat", "percent", example="20",
       written="kdv;kdv orani;kdv %;kdv oran;vat;vat rate;vat %;tax rate"),
    field("discount_percent", "İskonto oranı", "Discount percent", "/lines/{n}/discounts/0/percent", "percent",
       written="iskonto;iskonto orani;indirim;indirim orani;iskonto %;isk;discount;discount %;discount percent"),
    field("discount_amount", "İskonto tutarı", "Discount amount", "/lines/{n}/discounts/0/amount", "number",
       written="iskonto tutari;indirim tutari;discount amount"),
    field("exemption", "İstisna kodu", "Exemption code", "/lines/{n}/exemption", "code", list="exemptions",
       written="istisna;istisna kodu;muafiyet kodu;istisna muafiyet kodu;kdv istisna kodu;exemption;exemption code"),
    field("withholding", "Tevkifat kodu", "Withholding code", "/lines/{n}/withholding", "code", list="withholdings",
       written="tevkifat;tevkifat kodu;withholding;withholding code"),
    field("brand", "Marka", "Brand", "/lines/{n}/brand", written="marka;brand"),
    field("model", "Model", "Model", "/lines/{n}/model", written="model"),
    field("gtip", "GTİP", "GTİP", "/lines/{n}/delivery/gtip", "identifier", written="gtip;gtip no;hs code"),
)  # fmt: skip
DESPATCH: Final = (
    *(one for one in KEYS if one.name not in ("date", "time")),
    field("date", "Düzenleme tarihi", "Date of issue", "/date", "date", example="22.11.2026",
       written="tarih;irsaliye tarihi;duzenleme tarihi;belge tarihi;date;issue date"),
    field("despatch_date", "Sevk tarihi", "Despatch date", "/despatch_date", "date", example="22.11.2026",
       written="sevk tarihi;fiili sevk tarihi;cikis tarihi;despatch date;shipping date"),
    field("despatch_time", "Sevk saati", "Despatch time", "/despatch_time", "time", example="10:30",
       written="sevk saati;fiili sevk saati;saat;despatch time"),
    *PARTY,
    field("delivery_street", "Teslim adresi", "Delivery address", "/delivery_address/street",
       written="teslim adresi;teslimat adresi;sevk adresi;delivery address"),
    field("delivery_town", "Teslim ilçesi", "Delivery town", "/delivery_address/town",
       written="teslim ilce;teslim ilcesi;teslimat ilce;sevk ilce;delivery town"),
    field("delivery_city", "Teslim ili", "Delivery city", "/delivery_address/city",
       written="teslim il;teslim ili;teslimat il;sevk il;delivery city"),
    field("delivery_postal_code", "Teslim posta kodu", "Delivery postal code", "/delivery_address/postal_code",
       "identifier", written="teslim posta kodu;teslimat posta kodu;delivery postal code"),
    field("plate", "Plaka", "Licence plate", "/plate", "identifier", example="06ARD406",
       written="plaka;arac plakasi;plaka no;plate;licence plate"),
    field("driver_first_name", "Şoför adı", "Driver's first name", "/drivers/0/first_name", example="Veli",
       written="sofor adi;surucu adi;sofor ad;driver first name"),
    field("driver_family_name", "Şoför soyadı", "Driver's family name", "/drivers/0/family_name", example="Demir",
       written="sofor soyadi;surucu soyadi;sofor soyad;driver family name;driver last name"),
    field("driver_tckn", "Şoför TCKN", "Driver's TCKN", "/drivers/0/tckn", "identifier", example="50721483392",
       written="sofor tckn;sofor tc;sofor tc no;surucu tckn;sofor tc kimlik no;driver id"),
    field("carrier_tax_id", "Taşıyıcı VKN", "Carrier's VKN", "/carrier/tax_id", "identifier",
       written="tasiyici vkn;nakliyeci vkn;kargo vkn;carrier tax id"),
    field("carrier_name", "Taşıyıcı unvanı", "Carrier's title", "/carrier/name",
       written="tasiyici;tasiyici unvan;tasiyici unvani;nakliyeci;kargo;carrier"),
    *LINE,
)  # fmt: skip
