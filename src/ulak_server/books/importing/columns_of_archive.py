"""Columns of the e-Arşiv family: what a shop sold in a day, e-SMM, and what was bought from farmers (e-MM)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.errors import Text
from ulak_server.books.importing.columns import INVOICE, KEYS, LINE, PARTY, Field, field

__all__ = ["FREELANCE", "PRODUCER", "SALES"]

_SENDINGS: Final = {
    "ELEKTRONIK": "elektronik;e posta;eposta;mail;internet;electronic;e mail",
    "KAGIT": "kagit;kâgit;basili;cikti;elden;paper;printed",
}
_PAYMENTS: Final = {
    "KREDIKARTI/BANKAKARTI": "kredi karti;banka karti;kart;kredi banka karti;credit card;card;debit card",
    "EFT/HAVALE": "eft;havale;banka transferi;havale eft;bank transfer",
    "KAPIDAODEME": "kapida odeme;kapida;kapida nakit;kapida kart;cash on delivery",
    "ODEMEARACISI": "odeme araci;odeme aracisi;sanal pos;payment agent",
}
"""Ways of payment of the report (e-Arşiv Kılavuzu V1.18, 3.3.2.17); “DIGER - …” says another."""
_SENDING: Final = field(
    "sending", "Teslim şekli", "Delivery", "/sending", "choice", words=_SENDINGS, example="ELEKTRONIK",
    written="teslim;teslim sekli;gonderim;gonderim sekli;iletim;sending;delivery type;sent by",
    about=Text("ELEKTRONIK ya da KAGIT; boşsa elektronik.", "ELEKTRONIK or KAGIT; electronic if empty."),
)  # fmt: skip
_INTERNET: Final = (
    field("site", "Satış sitesi", "Web site", "/internet_sale/site",
          written="site;web adresi;satis sitesi;magaza adresi;internet adresi;web site;shop",
          about=Text("İnternet satışında; boşsa mükellefin sitesi.", "Of sales online; the taxpayer's site if empty.")),
    field("payment", "Ödeme şekli", "Payment", "/internet_sale/payment", "choice", words=_PAYMENTS,
          written="odeme;odeme sekli;odeme yontemi;odeme tipi;payment;payment method",
          about=Text("İnternet satışında gerekir; DIGER - … da yazılır.", "Needed online; DIGER - … is written, too.")),
    field("agent", "Ödeme aracısı", "Payment agent", "/internet_sale/agent",
          written="odeme aracisi;odeme kurulusu;payment agent;payment provider"),
    field("paid_on", "Ödeme tarihi", "Paid on", "/internet_sale/paid_on", "date",
          written="odeme tarihi;tahsilat tarihi;paid on;payment date",
          about=Text("Boşsa satışın günü.", "The day of the sale if empty.")),
    field("shipped_on", "Gönderim tarihi", "Shipped on", "/internet_sale/shipped_on", "date",
          written="gonderim tarihi;kargo tarihi;ifa tarihi;sevk tarihi;shipped on;shipping date",
          about=Text("Boşsa satışın günü.", "The day of the sale if empty.")),
    field("carrier_tax_id", "Taşıyan VKN/TCKN", "Carrier's VKN/TCKN", "/internet_sale/carrier/tax_id", "identifier",
          written="tasiyan vkn;tasiyici vkn;kargo vkn;tasiyan vkn tckn;carrier tax id",
          about=Text("Boşsa kendiniz taşırsınız.", "You carry it yourself if empty.")),
    field("carrier_name", "Taşıyan unvanı", "Carrier's name", "/internet_sale/carrier/name",
          written="tasiyan;tasiyan unvan;tasiyici;tasiyici unvani;kargo;kargo firmasi;carrier"),
)  # fmt: skip
_SALE_KEY: Final = "fis no;fis numarasi;satis no;siparis no;siparis numarasi;islem no;order no;order number;sale no;"


def _optional(one: Field) -> Field:
    about = Text("Boşsa nihai tüketici (11111111111).", "A final consumer (11111111111) if empty.")
    return one._replace(needed=False, about=about, example="") if one.name == "tax_id" else one


def _named(one: Field, changes: Mapping[str, Text]) -> Field:
    return one._replace(label=changes.get(one.name, one.label))


def _deduction(name: str, tr: str, en: str, tax: str, words: str, amounts: str = "") -> tuple[Field, Field]:
    """What is kept back from a farmer, as a rate or as an amount; `amounts` are words that mean the latter alone."""
    every = words.split(";")
    return (
        field(f"{name}_percent", f"{tr} %", f"{en} %", "/lines/{n}/taxes/0/percent", "percent", tax=tax,
              written=";".join((*every, *(f"{word} %" for word in every), *(f"{word} orani" for word in every)))),
        field(f"{name}_amount", f"{tr} tutarı", f"{en} amount", "/lines/{n}/taxes/0/amount", "number", tax=tax,
              written=amounts + ";".join(f"{word} tutari" for word in every)),
    )  # fmt: skip


_CUSTOMER: Final = tuple(_optional(one) for one in PARTY)
_HEAD: Final = tuple(one for one in KEYS if one.name != "alias")
_OF_INVOICES: Final = ("type", "currency", "exchange_rate", "vat", "discount_percent", "discount_amount", "exemption")

SALES: Final = (
    *(one._replace(written=_SALE_KEY + one.written) if one.name == "key" else one for one in KEYS),
    *(one for one in INVOICE if one.name in _OF_INVOICES[:3]),
    *_CUSTOMER,
    _SENDING,
    *_INTERNET,
    *LINE,
    *(one for one in INVOICE if one.name in _OF_INVOICES[3:]),
)
"""Invoices of a shop: routed one by one, nearly all of them e-Arşiv."""
_FARMER: Final = {"tax_id": Text("Çiftçinin TCKN / VKN'si", "Farmer's TCKN / VKN")}
PRODUCER: Final = (
    *_HEAD,
    *(_named(one, _FARMER)._replace(example="50721483392") if one.name == "tax_id" else one
      for one in PARTY if one.name != "title"),
    field("title", "Çiftçi", "Farmer", "/customer/name", example="Hasan Toprak",
          written="ciftci;uretici;mustahsil;satici;unvan;ad soyad;adi soyadi;farmer;producer;name of farmer"),
    _SENDING,
    field("delivery_date", "Teslim tarihi", "Delivered on", "/delivery_date", "date",
          written="teslim tarihi;mal kabul tarihi;alim tarihi;delivery date"),
    field("confirmation_code", "Doğrulama kodu", "Confirmation code", "/confirmation/code", "identifier",
          written="sms kodu;onay kodu;dogrulama kodu;confirmation code"),
    field("confirmation_phone", "Kodun gittiği telefon", "Telephone of the code", "/confirmation/phone", "identifier",
          written="sms telefonu;kodun gittigi telefon;confirmation phone"),
    *LINE,
    field("income_withholding", "Stopaj oranı", "Income tax %", "/lines/{n}/income_withholding", "percent",
          example="2", written="stopaj;stopaj %;stopaj orani;gv stopaji;gelir vergisi stopaji;income withholding"),
    *_deduction("social", "SGK primi", "Social insurance", "SGK_PRIM",
                "sgk primi;bag kur;bagkur;bag kur primi;bagkur primi;bagkur kesintisi;sgk kesintisi"),
    *_deduction("exchange", "Borsa tescili", "Exchange fee", "8001", "borsa;borsa tescil",
                "borsa tescil ucreti;"),
    *_deduction("pasture", "Mera fonu", "Pasture fund", "9040", "mera;mera fonu"),
)  # fmt: skip
"""What was bought from farmers; the taxpayer issues the receipt."""
FREELANCE: Final = (
    *(one._replace(written="not;notlar;makbuz notu;note;notes") if one.name == "note" else one for one in _HEAD),
    *(one for one in INVOICE if one.name in ("currency", "exchange_rate")),
    *PARTY,
    _SENDING,
    field("name", "Hizmet", "Service", "/lines/{n}/name", example="Hukuki danışmanlık",
          written="hizmet;hizmet adi;aciklama;konu;isin niteligi;is;mal hizmet;service"),
    field("fee", "Brüt ücret", "Gross fee", "/lines/{n}/fee", "number", example="25000,00",
          written="brut;brut ucret;ucret;brut tutar;tutar;fee;gross;gross fee"),
    *(one for one in INVOICE if one.name in ("vat", "withholding", "exemption")),
    field("income_withholding", "Stopaj oranı", "Income tax %", "/lines/{n}/income_withholding", "percent",
          example="20", written="stopaj;stopaj %;stopaj orani;gv stopaji;gelir vergisi stopaji;income withholding"),
)  # fmt: skip
"""Receipts of the self-employed."""
