"""The summary of an e-SMM in its native form (``eArsivVeri/serbestMeslekMakbuz``)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ulak.cli.page import Column
from ulak.cli.show.sheet import Party, Sheet, Sum, Table
from ulak.cli.show.voice import Voice, joined, words
from ulak.errors import Text
from ulak.ubl.native_receipt import Adres, AliciBilgileri, MalHizmet, NativeReceipt, SerbestMeslekMakbuz, VknTckn

__all__ = ["native_receipt_sheet"]

_TITLE = Text("Serbest meslek makbuzu", "Self-employment receipt")
_COLUMNS = [
    (Text("Hizmet", "Service"), Column(flexible=True)),
    (Text("Brüt ücret", "Gross fee"), Column(right=True)),
    (Text("Vergiler", "Taxes"), Column(right=True)),
]


def native_receipt_sheet(voice: Voice, document: NativeReceipt) -> Sheet:
    """The summary of a receipt."""
    receipt = document.serbest_meslek_makbuz or SerbestMeslekMakbuz()
    sheet = Sheet(joined((voice.say(_TITLE), receipt.makbuz_no)))
    sheet.facts = [
        (Text("ETTN", "ETTN"), words(receipt.ettn)),
        (Text("Düzenlenme", "Issued"), voice.moment(receipt.belge_tarihi, receipt.belge_zamani)),
        (Text("Gönderim", "Sent as"), words(receipt.gonderim_sekli)),
    ]
    taxpayer = document.baslik.mukellef if document.baslik else None
    sheet.parties = [
        Party(Text("Düzenleyen", "Issuer"), [_number(taxpayer)]),
        Party(Text("Alıcı", "Customer"), _customer(receipt.alici_bilgileri)),
    ]
    services = receipt.mal_hizmet_bilgisi.mal_hizmet if receipt.mal_hizmet_bilgisi else ()
    sheet.tables = [Table(_COLUMNS, [_row(voice, service) for service in services])]
    sheet.sums = [*_sums(voice, receipt)]
    return sheet


def _number(taxpayer: VknTckn | None) -> str:
    if taxpayer is None:
        return ""
    return f"VKN {taxpayer.vkn}" if taxpayer.vkn else f"TCKN {words(taxpayer.tckn)}"


def _customer(found: AliciBilgileri | None) -> list[str]:
    if found is None:
        return []
    company, person = found.tuzel_kisi, found.gercek_kisi
    name = company.unvan if company else person.adi_soyadi if person else None
    number = f"VKN {words(company.vkn)}" if company else f"TCKN {words(person.tckn)}" if person else ""
    return [words(name), number, _address(found.adres)]


def _address(adres: Adres | None) -> str:
    if adres is None:
        return ""
    street = joined((adres.cadde_sokak, adres.bina_ad, adres.bina_no, adres.kapi_no))
    return joined((street, adres.kasaba_koy, joined((adres.posta_kod, adres.semt, adres.sehir)), adres.ulke), ", ")


def _row(voice: Voice, service: MalHizmet) -> list[str]:
    taxes = service.vergi_bilgisi.vergi if service.vergi_bilgisi else ()
    named = (joined((voice.short_tax(words(tax.vergi_kodu)), voice.percent(tax.vergi_orani))) for tax in taxes)
    return [words(service.ad), voice.number(service.burut_ucret), joined(named, ", ")]


def _sums(voice: Voice, receipt: SerbestMeslekMakbuz) -> Iterable[Sum]:
    currency = words(receipt.para_birimi)

    def money(value: Decimal | None) -> str:
        return joined((voice.number(value), currency)) if value is not None else ""

    yield Sum(voice.say(Text("Toplam", "Total")), money(receipt.toplam_tutar))
    taxes = receipt.vergi_bilgisi
    for tax in taxes.vergi if taxes else ():
        label = joined((voice.code("taxes", tax.vergi_kodu), voice.percent(tax.vergi_orani)))
        yield Sum(label, money(tax.vergi_tutari))
    for kept in taxes.tevkifat if taxes else ():
        label = joined((voice.coded("withholdings", kept.tevkifat_kodu), voice.percent(kept.tevkifat_orani)))
        yield Sum(label, money(kept.tevkifat_tutari))
    yield Sum(voice.say(Text("Ödenecek", "Payable")), money(receipt.odenecek_tutar))
