"""The native form of the e-SMM: ``eArsivVeri/serbestMeslekMakbuz`` of GİB's e-Arşiv package 1.1_6 (eArsivVeri.xsd).

Names are those of the schema, in its order. Amounts are in ``para_birimi``. Where the schema has a choice
(``vkn`` or ``tckn``, ``tuzel_kisi`` or ``gercek_kisi``) fill in one of the two.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec import field

from ulak.ubl.values import Component, Date, Time

__all__ = [
    "Adres",
    "AliciBilgileri",
    "Baslik",
    "GercekKisi",
    "MalHizmet",
    "MalHizmetBilgisi",
    "NativeReceipt",
    "SerbestMeslekMakbuz",
    "Tevkifat",
    "TuzelKisi",
    "Vergi",
    "VergiBilgisi",
    "VknTckn",
    "YnOkcFisBilgisi",
]


class NativeReceipt(Component, frozen=True, kw_only=True):
    """The root, ``eArsivVeri``."""

    baslik: Baslik | None = field(name="earsiv:baslik", default=None)
    serbest_meslek_makbuz: SerbestMeslekMakbuz | None = field(name="earsiv:serbestMeslekMakbuz", default=None)


class Baslik(Component, frozen=True, kw_only=True):
    """Who owes the tax, and who prepared the document (the integrator, if there is one)."""

    mukellef: VknTckn | None = field(name="earsiv:mukellef", default=None)
    hazirlayan: VknTckn | None = field(name="earsiv:hazirlayan", default=None)


class VknTckn(Component, frozen=True, kw_only=True):
    """A tax number of ten digits, or an identity number of eleven."""

    vkn: str | None = field(name="earsiv:vkn", default=None)
    tckn: str | None = field(name="earsiv:tckn", default=None)


class SerbestMeslekMakbuz(Component, frozen=True, kw_only=True):
    """The receipt itself."""

    makbuz_no: str | None = field(name="earsiv:makbuzNo", default=None)
    ettn: str | None = field(name="earsiv:ETTN", default=None)
    gonderim_sekli: str | None = field(name="earsiv:gonderimSekli", default=None)
    dosya_adi: str | None = field(name="earsiv:dosyaAdi", default=None)
    belge_tarihi: Date | None = field(name="earsiv:belgeTarihi", default=None)
    belge_zamani: Time | None = field(name="earsiv:belgeZamani", default=None)
    toplam_tutar: Decimal | None = field(name="earsiv:toplamTutar", default=None)
    odenecek_tutar: Decimal | None = field(name="earsiv:odenecekTutar", default=None)
    para_birimi: str | None = field(name="earsiv:paraBirimi", default=None)
    kur: Decimal | None = field(name="earsiv:kur", default=None)
    vergi_bilgisi: VergiBilgisi | None = field(name="earsiv:vergiBilgisi", default=None)
    alici_bilgileri: AliciBilgileri | None = field(name="earsiv:aliciBilgileri", default=None)
    yn_okc_fis_bilgisi: tuple[YnOkcFisBilgisi, ...] = field(name="earsiv:ynOkcFisBilgisi", default=())
    mal_hizmet_bilgisi: MalHizmetBilgisi | None = field(name="earsiv:malHizmetBilgisi", default=None)


class VergiBilgisi(Component, frozen=True, kw_only=True):
    """The taxes of the receipt or of one service."""

    vergiler_toplami: Decimal | None = field(name="earsiv:vergilerToplami", default=None)
    vergi: tuple[Vergi, ...] = field(name="earsiv:vergi", default=())
    tevkifat: tuple[Tevkifat, ...] = field(name="earsiv:tevkifat", default=())


class Vergi(Component, frozen=True, kw_only=True):
    """One tax: its base, code, amount and rate in per cent."""

    matrah: Decimal | None = field(name="earsiv:matrah", default=None)
    vergi_kodu: str | None = field(name="earsiv:vergiKodu", default=None)
    vergi_tutari: Decimal | None = field(name="earsiv:vergiTutari", default=None)
    vergi_orani: Decimal | None = field(name="earsiv:vergiOrani", default=None)


class Tevkifat(Component, frozen=True, kw_only=True):
    """One withholding of VAT: its code of three digits, amount and rate in per cent."""

    tevkifat_kodu: str | None = field(name="earsiv:tevkifatKodu", default=None)
    tevkifat_tutari: Decimal | None = field(name="earsiv:tevkifatTutari", default=None)
    tevkifat_orani: Decimal | None = field(name="earsiv:tevkifatOrani", default=None)


class AliciBilgileri(Component, frozen=True, kw_only=True):
    """The receiver: a legal or a natural person, and the address."""

    tuzel_kisi: TuzelKisi | None = field(name="earsiv:tuzelKisi", default=None)
    gercek_kisi: GercekKisi | None = field(name="earsiv:gercekKisi", default=None)
    adres: Adres | None = field(name="earsiv:adres", default=None)


class TuzelKisi(Component, frozen=True, kw_only=True):
    """A legal person."""

    vkn: str | None = field(name="earsiv:vkn", default=None)
    unvan: str | None = field(name="earsiv:unvan", default=None)


class GercekKisi(Component, frozen=True, kw_only=True):
    """A natural person."""

    tckn: str | None = field(name="earsiv:tckn", default=None)
    adi_soyadi: str | None = field(name="earsiv:adiSoyadi", default=None)


class Adres(Component, frozen=True, kw_only=True):
    """An address; the schema wants every element of it, empty where nothing is known."""

    cadde_sokak: str | None = field(name="earsiv:caddeSokak", default=None)
    bina_ad: str | None = field(name="earsiv:binaAd", default=None)
    bina_no: str | None = field(name="earsiv:binaNo", default=None)
    kapi_no: str | None = field(name="earsiv:kapiNo", default=None)
    kasaba_koy: str | None = field(name="earsiv:kasabaKoy", default=None)
    semt: str | None = field(name="earsiv:semt", default=None)
    sehir: str | None = field(name="earsiv:sehir", default=None)
    posta_kod: str | None = field(name="earsiv:postaKod", default=None)
    ulke: str | None = field(name="earsiv:ulke", default=None)
    v_daire: str | None = field(name="earsiv:vDaire", default=None)


class YnOkcFisBilgisi(Component, frozen=True, kw_only=True):
    """A slip of a new-generation cash register; its elements are in no namespace, as the schema has them."""

    okc_seri_no: str | None = field(name="okcSeriNo", default=None)
    z_no: str | None = field(name="zNo", default=None)
    fis_no: str | None = field(name="fisNo", default=None)
    fis_tip: str | None = field(name="fisTip", default=None)
    fis_tarih: Date | None = field(name="fisTarih", default=None)
    fis_zaman: Time | None = field(name="fisZaman", default=None)


class MalHizmetBilgisi(Component, frozen=True, kw_only=True):
    """The services."""

    mal_hizmet: tuple[MalHizmet, ...] = field(name="earsiv:malHizmet", default=())


class MalHizmet(Component, frozen=True, kw_only=True):
    """One service: its name, taxes and gross fee (the schema spells ``burutUcret``)."""

    ad: str | None = field(name="earsiv:ad", default=None)
    vergi_bilgisi: VergiBilgisi | None = field(name="earsiv:vergiBilgisi", default=None)
    burut_ucret: Decimal | None = field(name="earsiv:burutUcret", default=None)
