"""The two halves of the scenario table: what each invoice type means, and what each profile adds to it."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from ulak.codes.classes import ExemptionClass, Use
from ulak.codes.law import Source
from ulak.codes.needs import Need

__all__ = ["LATER", "PROFILES", "TYPES", "VAT_CLASSES", "ProfileRow", "TypeRow"]


class TypeRow(NamedTuple):
    """What an invoice type means wherever it is used."""

    withholding: Use = Use.NO
    excise_withholding: bool = False
    classes: frozenset[ExemptionClass] = frozenset()
    required: frozenset[ExemptionClass] = frozenset()
    zero_vat_needs_reason: bool = True
    needs: frozenset[Need] = frozenset()
    since: date | None = None


class ProfileRow(NamedTuple):
    """What a profile means whichever type it is used with."""

    types: tuple[str, ...]
    since: date | None = None
    archive: bool = False
    needs: frozenset[Need] = frozenset()
    classes: frozenset[ExemptionClass] = frozenset(ExemptionClass)
    default_exemption: str | None = None
    source: Source = Source("")


_C = ExemptionClass
_ENERGY: Final = date(2023, 12, 28)
_INVESTMENT: Final = date(2025, 12, 9)
_JANUARY: Final = date(2026, 1, 9)
_JULY: Final = date(2026, 7, 1)
_HKS: Final = date(2020, 1, 10)

_CODE_LISTS: Final = Source("UBL-TR Kod Listeleri V1.42", "1.4, 2.2", date(2026, 3, 16))
_CUSTOMS: Final = Source("e-Fatura Uygulaması Gümrük İşlemleri Kılavuzu V1.8", "3.2.1, 4.2.1", date(2018, 2, 9))
_CUSTOMS_RULE: Final = Source("GİB UBL-TR Schematron 20260701", "IhracatYolcuBeraberCheck", _JULY)
_PUBLIC: Final = Source("GİB UBL-TR Schematron 20260701", "KamuFaturaCheck, InvoiceTypeCodeCheck", _JULY)
_MARKET: Final = Source("GİB UBL-TR Schematron 20260701", "HKSInvioceCheck", _JULY)
_CHARGING: Final = Source("Elektrik Şarj Hizmetlerine İlişkin Fatura Teknik Kılavuzu V1.0", "2.1, 2.2", _ENERGY)
_MEDICAL: Final = Source("İlaç ve Tıbbi Cihaz Teslimlerine İlişkin Fatura Teknik Kılavuzu V1.2", "2", date(2025, 6, 30))
_INCENTIVE: Final = Source("Yatırım Teşvik Fatura Teknik Kılavuzu V1.1", "2, 2.1", _INVESTMENT)
_STEEL: Final = Source("İDİS Fatura ve İrsaliye Teknik Kılavuzu V1.0", "2, 3", date(2025, 12, 2))
_ARCHIVE: Final = Source("e-Arşiv Teknik Kılavuzu V1.18; EArsiv.xsd 1.1_6", "6; faturaTipEnum", date(2025, 8, 27))

VAT_CLASSES: Final = frozenset({_C.PARTIAL, _C.FULL, _C.EXCISE, _C.ACCOMMODATION})
_PLAIN: Final = frozenset({_C.NOT_EXEMPT, _C.UNCHECKED_RATE})
_RETURN: Final = VAT_CLASSES | {_C.INVESTMENT, _C.SPECIAL_BASE, _C.EXPORT_REGISTERED} | _PLAIN
_REFERENCE: Final = frozenset({Need.BILLING_REFERENCE})
_CHARGE: Final = frozenset({Need.PLATE, Need.INVOICE_PERIOD})
_TRACED: Final = frozenset({Need.YTB_NUMBER, Need.EXPENSE_TYPE, Need.MACHINE})

_SALE: Final = TypeRow(classes=_PLAIN)
_REFUND: Final = TypeRow(Use.ALLOWED, True, _RETURN, zero_vat_needs_reason=False, needs=_REFERENCE)
_REFUND_WITHHELD: Final = TypeRow(classes=_PLAIN, needs=_REFERENCE)

TYPES: Final[dict[str, TypeRow]] = {
    "SATIS": _SALE,
    "IADE": _REFUND,
    "TEVKIFAT": TypeRow(Use.REQUIRED, True, _PLAIN),
    "TEVKIFATIADE": _REFUND_WITHHELD,
    "ISTISNA": TypeRow(
        classes=VAT_CLASSES | {_C.INVESTMENT, _C.PASSENGER, _C.NOT_EXEMPT},
        required=VAT_CLASSES | {_C.INVESTMENT, _C.PASSENGER, _C.NOT_EXEMPT},
    ),
    "OZELMATRAH": TypeRow(
        classes=_PLAIN | {_C.SPECIAL_BASE}, required=frozenset({_C.SPECIAL_BASE}), zero_vat_needs_reason=False
    ),
    "IHRACKAYITLI": TypeRow(
        classes=VAT_CLASSES | {_C.EXPORT_REGISTERED, _C.NOT_EXEMPT},
        required=frozenset({_C.EXPORT_REGISTERED}),
        zero_vat_needs_reason=False,
        needs=frozenset({Need.EXPORT_LINE_CODE}),
    ),
    "SGK": TypeRow(
        Use.ALLOWED,
        True,
        VAT_CLASSES | {_C.SPECIAL_BASE, _C.EXPORT_REGISTERED} | _PLAIN,
        zero_vat_needs_reason=False,
        needs=frozenset({Need.SGK_FIELDS}),
    ),
    "KOMISYONCU": _SALE,
    "HKSSATIS": _SALE._replace(since=_HKS),
    "HKSKOMISYONCU": _SALE._replace(since=_HKS),
    "KONAKLAMAVERGISI": TypeRow(classes=_PLAIN, zero_vat_needs_reason=False, since=date(2023, 1, 1)),
    "SARJ": TypeRow(Use.ALLOWED, classes=_PLAIN, needs=_CHARGE | {Need.ESU_REPORT}, since=_ENERGY),
    "SARJANLIK": TypeRow(Use.ALLOWED, classes=_PLAIN, needs=_CHARGE | {Need.CHARGER_SERIAL}, since=_ENERGY),
    "TEKNOLOJIDESTEK": TypeRow(
        classes=_PLAIN, needs=frozenset({Need.DEVICE, Need.CUSTOMER_TCKN}), since=date(2025, 4, 28)
    ),
    "YTBSATIS": TypeRow(needs=_TRACED, since=_INVESTMENT),
    "YTBISTISNA": TypeRow(
        classes=frozenset({_C.INVESTMENT}),
        required=frozenset({_C.INVESTMENT}),
        needs=_TRACED | {Need.WAIVED_VAT},
        since=_INVESTMENT,
    ),
    "YTBIADE": _REFUND._replace(
        classes=VAT_CLASSES | {_C.INVESTMENT, _C.NOT_EXEMPT}, needs=_REFERENCE | _TRACED, since=_INVESTMENT
    ),
    "YTBTEVKIFAT": TypeRow(Use.REQUIRED, needs=_TRACED, since=_JANUARY),
    "YTBTEVKIFATIADE": _REFUND_WITHHELD._replace(
        classes=frozenset({_C.NOT_EXEMPT}), needs=_REFERENCE | _TRACED, since=_JANUARY
    ),
}

_COMMON: Final = (
    "SATIS",
    "TEVKIFAT",
    "TEVKIFATIADE",
    "ISTISNA",
    "OZELMATRAH",
    "IHRACKAYITLI",
    "SGK",
    "KOMISYONCU",
    "KONAKLAMAVERGISI",
)
_TRACKED_SALES: Final = ("SATIS", "ISTISNA", "TEVKIFAT", "TEVKIFATIADE", "IADE", "IHRACKAYITLI")
_INVESTMENT_TYPES: Final = ("YTBSATIS", "YTBISTISNA", "YTBIADE", "YTBTEVKIFAT", "YTBTEVKIFATIADE")
_ORDINARY: Final = frozenset(_C) - {_C.INVESTMENT, _C.PASSENGER}
_CHECKED: Final = _ORDINARY - {_C.UNCHECKED_RATE}

PROFILES: Final[dict[str, ProfileRow]] = {
    "TEMELFATURA": ProfileRow((*_COMMON, "IADE"), classes=_ORDINARY, source=_CODE_LISTS),
    "TICARIFATURA": ProfileRow(_COMMON, classes=_ORDINARY, source=_CODE_LISTS),
    "EARSIVFATURA": ProfileRow(
        (
            *_COMMON,
            "IADE",
            "HKSSATIS",
            "HKSKOMISYONCU",
            "SARJ",
            "SARJANLIK",
            "TEKNOLOJIDESTEK",
            *_INVESTMENT_TYPES,
        ),
        archive=True,
        classes=_ORDINARY | {_C.INVESTMENT},
        source=_ARCHIVE,
    ),
    "KAMU": ProfileRow((*_COMMON, "IADE"), needs=frozenset({Need.IBAN}), classes=_CHECKED, source=_PUBLIC),
    "HKS": ProfileRow(
        ("SATIS", "KOMISYONCU", "TEVKIFAT", "TEVKIFATIADE", "ISTISNA", "HKSSATIS", "HKSKOMISYONCU"),
        since=_HKS,
        needs=frozenset({Need.KUNYE}),
        classes=_CHECKED,
        source=_MARKET,
    ),
    "ENERJI": ProfileRow(("SARJ", "SARJANLIK"), since=_ENERGY, classes=_CHECKED, source=_CHARGING),
    "ILAC_TIBBICIHAZ": ProfileRow(
        _TRACKED_SALES,
        since=date(2025, 1, 28),
        needs=frozenset({Need.MEDICAL_ITEM}),
        classes=_CHECKED,
        source=_MEDICAL,
    ),
    "IDIS": ProfileRow(
        _TRACKED_SALES,
        since=_JANUARY,
        needs=frozenset({Need.ETIKET, Need.SEVKIYAT}),
        classes=_CHECKED,
        source=_STEEL,
    ),
    "YATIRIMTESVIK": ProfileRow(
        ("SATIS", "ISTISNA", "IADE", "TEVKIFAT", "TEVKIFATIADE"),
        since=_INVESTMENT,
        needs=_TRACED,
        classes=_CHECKED | {_C.INVESTMENT},
        source=_INCENTIVE,
    ),
    "IHRACAT": ProfileRow(
        ("ISTISNA",),
        needs=frozenset(
            {
                Need.CUSTOMS_CUSTOMER,
                Need.BUYER_EXPORT,
                Need.INCOTERMS,
                Need.DELIVERY_ADDRESS,
                Need.TRANSPORT_MODE,
                Need.GTIP,
                Need.SUPPLIER_TAX_OFFICE,
            }
        ),
        classes=frozenset({_C.FULL, _C.EXCISE}),
        default_exemption="301",
        source=_CUSTOMS,
    ),
    "YOLCUBERABERFATURA": ProfileRow(
        ("ISTISNA",),
        needs=frozenset({Need.CUSTOMS_CUSTOMER, Need.BUYER_TAXFREE, Need.TAX_REPRESENTATIVE}),
        classes=frozenset({_C.PASSENGER}),
        default_exemption="501",
        source=_CUSTOMS,
    ),
    "OZELFATURA": ProfileRow(
        ("ISTISNA",), classes=frozenset({_C.FULL, _C.EXCISE}), default_exemption="322", source=_CUSTOMS_RULE
    ),
}

LATER: Final[dict[tuple[str, str], date]] = {
    ("KAMU", "IADE"): _JULY,
    ("YATIRIMTESVIK", "TEVKIFAT"): _JANUARY,
    ("YATIRIMTESVIK", "TEVKIFATIADE"): _JANUARY,
}
"""Pairs that came later than both their profile and their type."""
