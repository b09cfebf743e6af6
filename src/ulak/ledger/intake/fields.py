"""What a column of an accounting export can be, and by which headings people and programs call it.

What each field becomes in the journal: Yevmiye Defteri Kılavuzu V1.5 section 2.1.1.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from ulak.codes.lists import fold
from ulak.errors import Text

__all__ = ["ACCOUNTS", "BY_NAME", "ENTRIES", "FIELDS", "HEADINGS", "Field", "Group", "Reads", "folded_heading"]

Reads = Literal["text", "code", "amount", "number", "whole", "day", "choice"]
"""``code``: digits that name something; ``amount``: TRY with two decimals; ``whole``: a number without decimals."""
Group = Literal["voucher", "account", "money", "document", "currency", "branch", "other"]
_BETWEEN: Final = re.compile(r"[\W_]+")


class Field(NamedTuple):
    """A field of a line.

    Attributes:
        heading: as Ulak's own form calls its column; empty: not in the form.
        needed: whether a file without it cannot be used. Amounts are needed in one of three ways: see `ENTRIES`.
        written: other headings, folded.
    """

    name: str
    label: Text
    group: Group
    reads: Reads
    heading: str = ""
    needed: bool = False
    example: str = ""
    about: Text = Text("", "")
    written: tuple[str, ...] = ()


@lru_cache(4096)
def folded_heading(text: str) -> str:
    """A heading as it is compared: small letters without Turkish marks, one blank between words.

    >>> folded_heading("  FİŞ_TARİHİ.. ")
    'fis tarihi'
    """
    return _BETWEEN.sub(" ", fold(text)).strip()


def _field(
    name: str, tr: str, en: str, group: Group, reads: Reads = "text", heading: str = "", written: str = "", **said: str
) -> Field:
    about = Text(said.get("about_tr", ""), said.get("about_en", ""))
    others = tuple(one.strip() for one in written.split(";") if one.strip())
    return Field(
        name, Text(tr, en), group, reads, heading, "needed" in said, said.get("example", ""), about,
        (folded_heading(tr), folded_heading(en), folded_heading(heading), name.replace("_", " "), *others),
    )  # fmt: skip


ENTRIES: Final[tuple[Field, ...]] = (
    _field("voucher", "Fiş numarası", "Voucher number", "voucher", "code", "Fiş No", needed="1", example="M-000321",
           written="fis no;fis numarasi;fisno;muhasebe fis no;mahsup no;voucher no;voucher;fis nosu;fis"),
    _field("date", "Fiş tarihi", "Voucher date", "voucher", "day", "Fiş Tarihi", needed="1", example="05.01.2026",
           written="tarih;kayit tarihi;yevmiye tarihi;muhasebe tarihi;islem tarihi;fis tar;date;posting date;fistar"),
    _field("entry", "Yevmiye madde numarası", "Journal entry number", "voucher", "whole", "Yevmiye No", example="1",
           written="yevmiye numarasi;yevmiye madde no;madde no;yev no;yevno;yevmiye sira no;entry number counter",
           about_tr="Boşsa Ulak tarih sırasıyla numara verir.", about_en="If empty, Ulak numbers by date."),
    _field("voucher_type", "Fiş türü", "Voucher kind", "voucher", "choice", "Fiş Türü", example="Mahsup",
           written="fis tipi;fis tur;fis cinsi;voucher type;fistur"),
    _field("entered_by", "Girişi yapan", "Entered by", "voucher", "text", "Giriş Yapan", example="Ali Can",
           written="kullanici;kaydeden;kayit yapan;kaydi giren;giren;kullanici adi;entered by;user;olusturan"),
    _field("entry_comment", "Fiş açıklaması", "Voucher comment", "voucher", "text", "Fiş Açıklaması",
           example="Ocak kirası", written="fis aciklama;genel aciklama;voucher comment;entry comment"),
    _field("branch", "Şube numarası", "Branch number", "branch", "code", "Şube No", example="",
           written="sube;sube kodu;isyeri;isyeri no;branch;branch number"),
    _field("branch_name", "Şube adı", "Branch name", "branch", "text", "Şube Adı", written="sube ismi;branch name"),
    _field("line", "Satır numarası", "Line number", "voucher", "whole", "Satır No", written="yevmiye satir no",
           about_tr="Hesap dönemi boyunca 1'den başlayan sıra; boşsa Ulak verir.",
           about_en="Counted from 1 over the fiscal year; if empty, Ulak numbers."),
    _field("account", "Hesap kodu", "Account code", "account", "code", "Hesap Kodu", needed="1", example="770.01.003",
           written="hesap no;hesap;hes kod;hesap kod;muhasebe kodu;muhasebe hesap kodu;detay hesap kodu;account code;"
                   "account;gmkod;alt hesap kodu;alt hesap no"),
    _field("account_name", "Hesap adı", "Account name", "account", "text", "Hesap Adı", example="Kira giderleri",
           written="hesap ismi;hesap aciklamasi;hesap aciklama;hesap tanimi;account name;"
                   "detay hesap adi;alt hesap adi"),
    _field("main", "Ana hesap kodu", "Main account code", "account", "code",
           written="ana hesap;ana hesap no;kebir kodu;kebir hesap kodu;kebir;main account"),
    _field("main_name", "Ana hesap adı", "Main account name", "account", "text", "Ana Hesap Adı",
           example="GENEL YÖNETİM GİDERLERİ", written="ana hesap ismi;kebir adi;kebir hesap adi;main account name"),
    _field("debit", "Borç", "Debit", "money", "amount", "Borç", example="1.234,56",
           written="borc;borc tutari;borc tutar;borc tl;tl borc;borclu;debit;debit amount;yerel borc"),
    _field("credit", "Alacak", "Credit", "money", "amount", "Alacak", example="0,00",
           written="alacak;alacak tutari;alacak tutar;alacak tl;tl alacak;alacakli;credit;credit amount;yerel alacak"),
    _field("amount", "Tutar", "Amount", "money", "amount",
           written="meblag;tutar tl;tl tutar;tutar try;amount;islem tutari"),
    _field("side", "Borç/Alacak", "Debit or credit", "money", "choice",
           written="b a;ba;borc alacak;borc alacak kodu;debit credit;dc;yon;hareket yonu"),
    _field("document_type", "Belge türü", "Document type", "document", "choice", "Belge Türü", example="Fatura",
           written="belge tipi;belge cinsi;evrak turu;evrak tipi;evrak cinsi;document type"),
    _field("document_type_description", "Belge türü açıklaması", "Description of the document type", "document", "text",
           "Belge Türü Açıklaması",
           written="belge tipi aciklamasi;belge tip aciklamasi;belge aciklamasi;diger belge adi"),
    _field("document_number", "Belge numarası", "Document number", "document", "code", "Belge No",
           example="ABC2026000000123", written="evrak no;evrak numarasi;evrakno;belge numara;fatura no;document no;"
           "document number;belge no"),
    _field("document_date", "Belge tarihi", "Document date", "document", "day", "Belge Tarihi", example="04.01.2026",
           written="evrak tarihi;evraktarihi;fatura tarihi;document date"),
    _field("document_reference", "Belge referansı", "Document reference", "document", "code",
           written="belge referans no;document reference"),
    _field("payment_method", "Ödeme yöntemi", "Payment method", "document", "text", "Ödeme Yöntemi", example="Banka",
           written="odeme sekli;odeme turu;odeme tipi;odeme;payment method"),
    _field("comment", "Satır açıklaması", "Line comment", "other", "text", "Açıklama", example="Ocak ayı ofis kirası",
           written="aciklama;satir aciklama;detay aciklama;hareket aciklama;detay;comment;description;line comment"),
    _field("currency", "Döviz cinsi", "Currency", "currency", "choice", "Döviz Cinsi",
           written="doviz;doviz kodu;doviz turu;para birimi;doviz birimi;currency;islem dovizi"),
    _field("original_amount", "Döviz tutarı", "Amount in currency", "currency", "number", "Döviz Tutarı",
           written="doviz tutar;dovizli tutar;doviz miktari;islem doviz tutari;original amount;doviz meblag"),
    _field("rate", "Kur", "Exchange rate", "currency", "number", "Kur", written="doviz kuru;islem kuru;rate"),
    _field("rate_date", "Kur tarihi", "Date of the rate", "currency", "day", "Kur Tarihi",
           written="doviz kuru tarihi;rate date"),
    _field("rate_source", "Kur kaynağı", "Source of the rate", "currency", "text", "Kur Kaynağı",
           written="kaynak doviz kuru;rate source"),
    _field("rate_comment", "Kur açıklaması", "Comment on the rate", "currency", "text", "Kur Açıklaması",
           written="rate comment"),
    _field("quantity", "Adet", "Quantity of securities", "other", "number", "Adet", written="miktar adet;quantity",
           about_tr="Yalnız fon kayıtlarında.", about_en="Only for investment funds."),
    _field("unit_cost", "Birim fiyat", "Cost per unit", "other", "number", "Birim Fiyat",
           written="birim maliyet;unit cost"),
)  # fmt: skip
"""Fields of a line of the journal. How much: ``debit`` and ``credit``; or ``amount`` and ``side``; or ``amount`` alone,
whose sign tells the side."""

ACCOUNTS: Final[tuple[Field, ...]] = (
    _field("code", "Hesap kodu", "Account code", "account", "code", "Hesap Kodu", needed="1", example="770.01.003",
           written="hesap no;hesap;kod;account code;muhasebe kodu;muh hesap kod;account"),
    _field("name", "Hesap adı", "Account name", "account", "text", "Hesap Adı", needed="1", example="Kira giderleri",
           written="hesap ismi;hesap aciklamasi;ad;isim;aciklama;tanim;account name;muh hesap isim1;definition"),
)  # fmt: skip
"""Fields of the chart of accounts."""

FIELDS: Final = {"entries": ENTRIES, "accounts": ACCOUNTS}
BY_NAME: Final = {content: {one.name: one for one in fields} for content, fields in FIELDS.items()}
HEADINGS: Final = frozenset(
    heading for fields in FIELDS.values() for one in fields for heading in one.written if heading
)
"""Everything that is known to be a heading, folded."""
