"""Taxpayers, their aliases, series and accounts, as the API shows and takes them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, UnsetType

from ulak.ubl.forms.base import doc
from ulak_server.api.views.common import Given, Taken

__all__ = [
    "AccountAlias",
    "AccountList",
    "AccountView",
    "AliasList",
    "AliasView",
    "AliasWanted",
    "ContractWanted",
    "SealingWanted",
    "SeriesList",
    "SeriesView",
    "SeriesWanted",
    "TaxpayerChange",
    "TaxpayerPage",
    "TaxpayerView",
    "TaxpayerWanted",
]

Short = Annotated[str, Meta(max_length=300)]
Service = Literal["einvoice", "edespatch"]


class TaxpayerView(Given):
    """A taxpayer."""

    number: Annotated[str, doc("VKN ya da TCKN.", "VKN or TCKN.")]
    title: Annotated[str, doc("Unvan ya da ad soyad.", "Title or name.")]
    first_name: Annotated[str, doc("Ad.", "First name.")]
    family_name: Annotated[str, doc("Soyad.", "Family name.")]
    details: Annotated[
        dict[str, Any],
        doc(
            "Belgelerdeki tarafın öbür alanları: vergi dairesi, adres … (docs/json.md).",
            "What else a party in documents has: tax office, address … (docs/json.md).",
        ),
    ]
    sealing: Annotated[Literal["integrator", "own"], doc("Belgelere kimin mührü basılır.", "Whose seal documents get.")]
    contract_from: Annotated[date, doc("Sözleşmenin ilk günü.", "First day of the contract.")]
    contract_until: Annotated[date | None, doc("Sözleşmenin son günü.", "Last day of the contract; null: open.")]


class TaxpayerPage(Given):
    """A page of taxpayers, in the order in which they were taken on."""

    items: Annotated[tuple[TaxpayerView, ...], doc("Mükellefler.", "The taxpayers.")]
    next: Annotated[str | None, doc("Sonraki sayfanın imleci.", "Cursor of the next page; null: this is the last.")]


class TaxpayerWanted(Taken):
    """A taxpayer to be taken on."""

    number: Annotated[Short, doc("VKN ya da TCKN.", "VKN or TCKN.")]
    title: Annotated[Short, doc("Unvan.", "Title.")] = ""
    first_name: Annotated[Short, doc("Ad.", "First name.")] = ""
    family_name: Annotated[Short, doc("Soyad.", "Family name.")] = ""
    details: Annotated[dict[str, Any] | UnsetType, doc("Tarafın öbür alanları.", "What else a party has.")] = UNSET
    contract_from: Annotated[date | None, doc("Sözleşmenin ilk günü.", "First day of the contract.")] = None
    contract_until: Annotated[date | None, doc("Sözleşmenin son günü.", "Last day of the contract.")] = None


class TaxpayerChange(Taken):
    """What changes; what is left out stays."""

    title: Annotated[Short | UnsetType, doc("Unvan.", "Title.")] = UNSET
    first_name: Annotated[Short | UnsetType, doc("Ad.", "First name.")] = UNSET
    family_name: Annotated[Short | UnsetType, doc("Soyad.", "Family name.")] = UNSET
    details: Annotated[dict[str, Any] | UnsetType, doc("Tarafın öbür alanları.", "What else a party has.")] = UNSET


class ContractWanted(Taken):
    """The end of a contract."""

    until: Annotated[date | None, doc("Son gün; null: süresiz.", "Its last day; null: open.")]


class SealingWanted(Taken):
    """Whose seal documents get."""

    by: Annotated[Literal["integrator", "own"], doc("integrator ya da own.", "integrator or own.")]
    address: Annotated[
        Annotated[str, Meta(max_length=2000)],
        doc(
            "Kendi mührün adresi: https://… (docs/keys.md).", "Address of the own seal's key: https://… (docs/keys.md)."
        ),
    ] = ""
    secret: Annotated[
        Annotated[str, Meta(max_length=2000)], doc("PIN, parola ya da erişim anahtarı.", "PIN, password or token.")
    ] = ""


class AliasView(Given):
    """An alias (etiket)."""

    id: Annotated[int, doc("Numarası.", "Its id.")]
    service: Annotated[str, doc("einvoice ya da edespatch.", "einvoice or edespatch.")]
    role: Annotated[str, doc("GB ya da PK.", "GB or PK.")]
    name: Annotated[str, doc("urn:mail:…", "urn:mail:…")]
    is_default: Annotated[bool, doc("Söylenmezse bu mu kullanılır.", "Whether it is used where none is named.")]


class AliasList(Given):
    """The taxpayer's open aliases."""

    items: tuple[AliasView, ...]


class AliasWanted(Taken):
    """A new alias."""

    service: Annotated[Service, doc("einvoice ya da edespatch.", "einvoice or edespatch.")]
    role: Annotated[Literal["GB", "PK"], doc("GB ya da PK.", "GB or PK.")]
    name: Annotated[Short, doc("urn:mail:…", "urn:mail:…")]
    is_default: Annotated[bool, doc("Varsayılan olsun mu.", "Whether it becomes the default.")] = False


class AccountAlias(Taken):
    """An alias that is to be added to an open account."""

    role: Annotated[Literal["GB", "PK"], doc("GB ya da PK.", "GB or PK.")]
    name: Annotated[Short, doc("urn:mail:…", "urn:mail:…")]


class SeriesView(Given):
    """A number series."""

    id: Annotated[int, doc("Numarası.", "Its id.")]
    kind: Annotated[str, doc("Belge türü.", "Kind of document.")]
    prefix: Annotated[str, doc("Numaraların ilk üç karakteri.", "First three characters of its numbers.")]
    purpose: Annotated[str, doc("internet: internet satışlarının.", "internet: for sales over the internet.")]
    branch: Annotated[str, doc("Şube; boş: hepsi.", "Branch; empty: all.")]
    is_default: Annotated[bool, doc("Söylenmezse bu mu kullanılır.", "Whether it is used where none is named.")]
    in_date_order: Annotated[bool, doc("Tarih sırası zorunlu mu.", "Whether dates may not go back.")]


class SeriesList(Given):
    """The taxpayer's open series."""

    items: tuple[SeriesView, ...]


class SeriesWanted(Taken):
    """A new series."""

    kind: Annotated[Short, doc("Belge türü.", "Kind of document.")]
    prefix: Annotated[Short, doc("Numaraların ilk üç karakteri.", "First three characters of its numbers.")]
    purpose: Annotated[
        Literal["", "internet"],
        doc("internet: internet satışlarının serisi.", "internet: for sales over the internet."),
    ] = ""
    branch: Annotated[Short, doc("Şube; boş: hepsi.", "Branch; empty: all.")] = ""
    is_default: Annotated[bool, doc("Varsayılan olsun mu.", "Whether it becomes the default.")] = False
    in_date_order: Annotated[bool, doc("Tarih sırası zorunlu mu.", "Whether dates may not go back.")] = True
    last: Annotated[
        int,
        doc("Bu yıl başka yerde verilen son numara.", "Last number of this year given elsewhere under this prefix."),
    ] = 0


class AccountView(Given):
    """An account at GİB."""

    service: Annotated[
        str,
        doc(
            "einvoice, edespatch, earchive, esevoucher (e-SMM), epreceipt (e-MM), erreceipt (gider pusulası).",
            "einvoice, edespatch, earchive, esevoucher (e-SMM), epreceipt (e-MM), erreceipt (expense notes).",
        ),
    ]
    stage: Annotated[str, doc("Aşama (docs/lifecycle.md).", "Stage (docs/lifecycle.md).")]
    sentence: Annotated[str, doc("Aşamanın anlamı.", "What the stage means.")]
    may_issue: Annotated[bool, doc("Belge gönderilebilir mi.", "Whether documents may be sent.")]
    code: Annotated[str, doc("GİB'in son kodu.", "The status that GİB gave last.")]
    action: Annotated[str, doc("Son istek: open, add, close.", "What the last request asks for: open, add, close.")]
    request: Annotated[str, doc("Son isteğin aşaması.", "Stage of the last request.")]
    error: Annotated[str, doc("İsteğin neden takıldığı.", "Why the request is where it is.")]


class AccountList(Given):
    """The taxpayer's accounts at GİB, the newest first."""

    items: tuple[AccountView, ...]
