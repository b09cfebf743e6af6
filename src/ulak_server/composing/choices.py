"""What a person chooses from, in words: types of documents by what happened, profiles by what they mean, codes by what
is sold.

Sources of the sentences: UBL-TR Kod Listeleri V1.42, 1.4 and 2.2; e-Fatura Uygulaması (Temel ve Ticari Fatura
Senaryosu); KDV Genel Uygulama Tebliği I/C-2.1.3 (withholding), II–III (exemptions, special bases).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from ulak.codes import exemptions, withholding
from ulak.codes.classes import ExemptionClass
from ulak.codes.lists import code_list, fold
from ulak.codes.scenarios import find, profiles_of
from ulak.codes.taxes import VAT
from ulak.codes.taxes import get as tax
from ulak.errors import Text

__all__ = [
    "CURRENCIES", "DESPATCH_PROFILES", "DESPATCH_TYPES", "PROFILES", "TYPES", "UNITS", "Choice",
    "codes_found", "exemption_choice", "exemptions_found", "label_of", "profiles_for", "share", "type_choice",
    "units_found", "vat_rates", "withholding_choice", "withholdings_found",
]  # fmt: skip

_TENTHS: Final = Decimal(10)


class Choice(NamedTuple):
    """Something that can be chosen.

    Attributes:
        code: as the document has it.
        label: what it is called.
        about: when it is right, in a sentence.
        percent: of a withholding or a tax; None for all else.
    """

    code: str
    label: Text
    about: Text = Text("", "")
    percent: Decimal | None = None


TYPES: Final[Sequence[Choice]] = (
    Choice(
        "SATIS", Text("Satış", "Sale"), Text("Mal sattım ya da hizmet verdim.", "I sold goods or rendered a service.")
    ),
    Choice(
        "TEVKIFAT",
        Text("Tevkifatlı satış", "Sale with withholding"),
        Text(
            "KDV'nin bir kısmını alıcı benim yerime ödeyecek: yapım, temizlik, yemek, danışmanlık, hurda …",
            "The customer pays part of the VAT in my place: construction, cleaning, catering, consultancy, scrap …",
        ),
    ),
    Choice(
        "ISTISNA",
        Text("KDV'siz satış (istisna)", "Sale without VAT (exempt)"),
        Text(
            "Yasa bu satışı KDV'den ayırıyor: ihracat, teknopark, diplomatik, basılı kitap …",
            "The law exempts this sale: exports, technology parks, diplomats, books …",
        ),
    ),
    Choice(
        "OZELMATRAH",
        Text("Özel matrah", "Special base"),
        Text(
            "KDV satış bedelinden değil, başka bir tutardan hesaplanır: altın, ikinci el araç, telefon kartı …",
            "VAT is reckoned on another amount than the price: gold, used cars, phone cards …",
        ),
    ),
    Choice(
        "IHRACKAYITLI",
        Text("İhraç kayıtlı satış", "Sale for export"),
        Text(
            "Malı yurt içinde ihracatçıya satıyorum; KDV hesaplanır, alınmaz.",
            "I sell to an exporter in Türkiye; VAT is computed and not collected.",
        ),
    ),
    Choice(
        "IADE",
        Text("İade", "Return"),
        Text("Satın aldığım malı geri veriyorum.", "I give back what I bought."),
    ),
    Choice(
        "TEVKIFATIADE",
        Text("Tevkifatlı satışın iadesi", "Return of a sale with withholding"),
        Text("Tevkifatlı faturayla aldığımı geri veriyorum.", "I give back what I bought with withholding."),
    ),
    Choice(
        "KONAKLAMAVERGISI",
        Text("Konaklama", "Accommodation"),
        Text("Geceleme hizmeti verdim; konaklama vergisi de var.", "I let rooms; accommodation tax is due."),
    ),
    Choice(
        "SGK", Text("SGK'ya fatura", "Invoice to SGK"), Text("Alıcı Sosyal Güvenlik Kurumu.", "The customer is SGK.")
    ),
)
PROFILES: Final[Sequence[Choice]] = (
    Choice(
        "TICARIFATURA",
        Text("Ticari fatura", "Commercial invoice"),
        Text(
            "Alıcı 8 gün içinde kabul ya da ret yanıtı verebilir.",
            "The customer may accept or reject it within 8 days.",
        ),
    ),
    Choice(
        "TEMELFATURA",
        Text("Temel fatura", "Basic invoice"),
        Text(
            "Alıcıya ulaştığı anda tamamdır; itiraz sistem dışında, noter ya da KEP ile olur.",
            "Final once it has arrived; objections go by notary or registered e-mail.",
        ),
    ),
    Choice(
        "KAMU",
        Text("Kamu faturası", "Invoice to a public body"),
        Text("Alıcı bir kamu kurumu; ödeme için IBAN yazılır.", "The customer is a public body; an IBAN is needed."),
    ),
    Choice(
        "IHRACAT",
        Text("İhracat faturası", "Export invoice"),
        Text(
            "Mal gümrükten çıkıyor; fatura Ticaret Bakanlığına gider.", "Goods leave the country; it goes to customs."
        ),
    ),
    Choice(
        "YATIRIMTESVIK",
        Text("Yatırım teşvik faturası", "Investment incentive invoice"),
        Text("Alıcının yatırım teşvik belgesi var.", "The customer holds an investment certificate."),
    ),
    Choice(
        "HKS",
        Text("Hal faturası", "Wholesale market invoice"),
        Text("Sebze, meyve: her satırda künye numarası gerekir.", "Fruit and vegetables: every line needs its künye."),
    ),
    Choice(
        "ILAC_TIBBICIHAZ",
        Text("İlaç ve tıbbi cihaz", "Medicines and medical devices"),
        Text("Her satırda ilacın ya da cihazın kimliği gerekir.", "Every line needs the id of the medicine or device."),
    ),
    Choice(
        "EARSIVFATURA",
        Text("e-Arşiv fatura", "e-Arşiv invoice"),
        Text(
            "Alıcı e-Fatura kullanıcısı değil: fatura e-postayla ya da kâğıtla verilir, GİB'e raporla bildirilir.",
            "The customer is no e-Fatura user: it is handed over by e-mail or on paper, and reported to GİB.",
        ),
    ),
)
DESPATCH_TYPES: Final[Sequence[Choice]] = (
    Choice(
        "SEVK", Text("Sevk irsaliyesi", "Despatch advice"), Text("Mal şimdi yola çıkıyor.", "Goods are leaving now.")
    ),
    Choice(
        "MATBUDAN",
        Text("Matbudan", "From a paper form"),
        Text(
            "Kâğıt irsaliye düzenlemiştim; onu elektroniğe geçiriyorum.",
            "I wrote it on paper before; this is its electronic form.",
        ),
    ),
)
DESPATCH_PROFILES: Final[Sequence[Choice]] = (
    Choice("TEMELIRSALIYE", Text("Temel irsaliye", "Basic despatch advice"), Text("Olağan mallar.", "Ordinary goods.")),
    Choice(
        "HKSIRSALIYE",
        Text("Hal irsaliyesi", "Wholesale market despatch"),
        Text("Künyeli mallar.", "Goods with a künye."),
    ),
    Choice("IDISIRSALIYE", Text("İDİS irsaliyesi", "İDİS despatch"), Text("İnşaat demiri.", "Construction steel.")),
)
UNITS: Final = (
    "C62", "KGM", "GRM", "TNE", "LTR", "MTR", "MTK", "MTQ", "BX", "PA", "CT", "SET", "PR", "DZN", "RO", "BG",
    "HUR", "DAY", "WEE", "MON", "ANN", "KWH", "E48",
)  # fmt: skip
"""Units that most documents need, in the order in which they are offered."""
CURRENCIES: Final = ("TRY", "USD", "EUR", "GBP", "CHF", "AZN", "RUB", "SAR", "AED")


def label_of(codes: str, code: str) -> Text:
    """What a code is called; the code itself where the list has none."""
    found = code_list(codes).get(code) if codes else None
    return found.label if found else Text(code, code)


def type_choice(code: str) -> Choice:
    return next(
        (one for one in (*TYPES, *DESPATCH_TYPES) if one.code == code), Choice(code, label_of("invoice_types", code))
    )


def profiles_for(type_code: str) -> list[Choice]:
    """The profiles in which a type may stand, the usual ones first."""
    possible = profiles_of(type_code, document="Invoice")
    return [one for one in PROFILES if one.code in possible]


def vat_rates(day: date) -> tuple[Decimal, ...]:
    """The rates that the law knew on a day, the highest first."""
    vat = tax(VAT)
    return tuple(reversed(vat.usual_rates(day))) if vat else ()


def share(percent: Decimal) -> str:
    """A share of the VAT as people say it.

    >>> share(Decimal(40)), share(Decimal(100)), share(Decimal("13"))
    ('4/10', '10/10', '%13')
    """
    tenths = percent / _TENTHS
    return f"{tenths:f}/10".replace(".0/", "/") if tenths == tenths.to_integral() else f"%{percent:f}"


def withholding_choice(code: str, day: date) -> Choice | None:
    """A kind of withholding with the law's rate on a day."""
    found = withholding.get(code, day) or withholding.get(code)
    if found is None:
        return None
    percent = found.rate(day) or found.rate()
    part = share(percent) if percent is not None else ""
    words = Text(f"{found.label.tr} – {part}", f"{found.label.en} – {part}")
    return Choice(code, words, Text("", ""), percent)


def withholdings_found(text: str, day: date, limit: int = 12) -> list[Choice]:
    """Kinds of withholding by what people say of the work: "temizlik", "yapim isleri", "4/10"."""
    known = [one for each in withholding.withholdings(day) if (one := withholding_choice(each.code, day))]
    return _found(known, text, limit)


def exemption_choice(code: str) -> Choice | None:
    found = exemptions.get(code)
    return Choice(code, found.label, found.note) if found else None


def exemptions_found(text: str, profile: str, type_code: str, day: date, limit: int = 12) -> list[Choice]:
    """Reasons that a document of this profile and type may name, by their words; excise alone is left out."""
    scenario = find(profile, type_code, day)
    classes = (scenario.required_classes or scenario.exemption_classes) if scenario else frozenset(ExemptionClass)
    known = [
        Choice(each.code, each.label, each.note)
        for each in exemptions.exemptions(day)
        if each.kind in classes and not each.is_excise
    ]
    return _found(known, text, limit)


def units_found(text: str, limit: int = 12) -> list[Choice]:
    """Units by their names; without words, the usual ones."""
    units = code_list("units")
    if not text.strip():
        return [Choice(code, units.require(code).label) for code in UNITS]
    usual = {code: place for place, code in enumerate(UNITS)}
    found = [Choice(one.code, one.label) for one in units.search(text)]
    return sorted(found, key=lambda one: usual.get(one.code, len(UNITS)))[:limit]


def codes_found(codes: str, text: str, limit: int = 12) -> list[Choice]:
    """Codes of any list by their words."""
    found = code_list(codes)
    rows = found.search(text) if text.strip() else list(found)
    return [Choice(one.code, one.label, one.note) for one in rows[:limit]]


def _found(known: Sequence[Choice], text: str, limit: int) -> list[Choice]:
    """Those of whose words all that were typed are beginnings, the ones that begin so first."""
    words = fold(text).replace(",", " ").split()
    ranked = []
    for place, one in enumerate(known):
        rank = _rank(one, words)
        if rank is not None:
            ranked.append((rank, place, one))
    return [one for _, _, one in sorted(ranked, key=lambda row: row[:2])][:limit]


@cache
def _words_of(one: Choice) -> tuple[str, ...]:
    text = fold(" ".join((one.code, *one.label, *one.about)))
    return tuple("".join(letter if letter.isalnum() or letter in "/%" else " " for letter in text).split())


def _rank(one: Choice, words: Sequence[str]) -> int | None:
    have = _words_of(one)
    places = []
    for word in words:
        at = next((place for place, each in enumerate(have) if _fits(each, word)), None)
        if at is None:
            return None
        places.append(at)
    return sum(places)


_STEM: Final = 4


def _fits(have: str, word: str) -> bool:
    """Turkish words end in many ways: what was typed may go on otherwise after its stem."""
    return have.startswith(word) or (len(word) > _STEM + 1 and have.startswith(word[: max(_STEM, len(word) - 3)]))
