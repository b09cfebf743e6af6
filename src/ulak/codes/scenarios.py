"""Which profile, invoice type, exemption and withholding go together: the one table everything else is derived from.

A scenario is one lawful pair of profile (`cbc:ProfileID`) and type (`cbc:InvoiceTypeCode` and its siblings) with what
it demands. The table says what the guides and GİB's Schematron agree on; where the guides are silent it takes what the
Schematron takes. `since` is the release of GİB's package (its History.txt) or the guide that brought the pair; None
means older than those tell.

>>> find("IHRACAT", "ISTISNA").default_exemption
'301'
>>> sorted(types_of("ENERJI"))
['SARJ', 'SARJANLIK']
>>> find("TEMELFATURA", "TEVKIFAT").withholding
<Use.REQUIRED: 'required'>
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final, Literal, NamedTuple

from ulak.codes.classes import ExemptionClass, Use
from ulak.codes.law import Source, in_force
from ulak.codes.needs import Need
from ulak.codes.scenario_rows import LATER, PROFILES, TYPES, VAT_CLASSES

__all__ = [
    "DocumentName",
    "ExemptionClass",
    "Scenario",
    "Use",
    "find",
    "profiles_of",
    "scenarios",
    "types_of",
]

DocumentName = Literal["Invoice", "CreditNote", "DespatchAdvice", "ReceiptAdvice", "ApplicationResponse"]
_ANSWERS: Final = ("ReceiptAdvice", "ApplicationResponse")


class Scenario(NamedTuple):
    """One lawful pair of profile and type.

    Attributes:
        profile: `cbc:ProfileID`.
        type_code: `cbc:InvoiceTypeCode`, `cbc:CreditNoteTypeCode`, `cbc:DespatchAdviceTypeCode`,
            `cbc:ReceiptAdviceTypeCode`, or the `cbc:ResponseCode` of an application response.
        document: the UBL root element.
        archive: True where GİB learns of the document by a report (e-Arşiv family), False where it goes by envelope.
        withholding: of VAT, `cac:WithholdingTaxTotal`; REQUIRED is met by an excise withholding (4171) as well.
        excise_withholding: whether tax 4171 may stand in the document.
        exemption: whether an exemption reason may or must stand in the document.
        exemption_classes: the classes of reason it may name; empty exactly if `exemption` is NO.
        required_classes: of those, the classes of which one must be named; empty unless `exemption` is REQUIRED.
        zero_vat_needs_reason: whether a VAT of 0 must name a reason.
        default_exemption: the reason code that this pair exists for, if it is one.
        needs: what the document must carry beyond an ordinary one.
        since, until: first and last day on which the pair may be used.
        source: where we read it.
    """

    profile: str
    type_code: str
    document: DocumentName = "Invoice"
    archive: bool = False
    withholding: Use = Use.NO
    excise_withholding: bool = False
    exemption: Use = Use.NO
    exemption_classes: frozenset[ExemptionClass] = frozenset()
    required_classes: frozenset[ExemptionClass] = frozenset()
    zero_vat_needs_reason: bool = False
    default_exemption: str | None = None
    needs: frozenset[Need] = frozenset()
    since: date | None = None
    until: date | None = None
    source: Source = Source("")

    @property
    def is_return(self) -> bool:
        """Whether the document gives back what another invoice sold."""
        return self.document == "Invoice" and Need.BILLING_REFERENCE in self.needs


_JULY: Final = date(2026, 7, 1)
_ENERGY: Final = date(2023, 12, 28)
_JANUARY: Final = date(2026, 1, 9)
_STEEL: Final = PROFILES["IDIS"].source
_CUSTOMS: Final = PROFILES["IHRACAT"].source
_DESPATCH: Final = Source("UBL-TR İrsaliye V1.2; Schematron 20260701", "DespatchAdviceTypeCodeCheck")
_RECEIPT: Final = Source("UBL-TR İrsaliye Yanıtı V1.0", "2.3.4")
_PRODUCER: Final = Source("UBL-TR Müstahsil Makbuzu Kılavuzu V1.1", "CreditNote", date(2026, 5, 22))
_EXPENSE: Final = Source("e-Gider Pusulası Paketi V1.0", "samples", None)
_FREELANCE: Final = Source("e-SMM in UBL as integrators exchange it (no official guide of this form)", "")
_ANSWER: Final = Source("GİB UBL-TR Schematron 20260701", "ApplicationResponseProfileIDCheck", _JULY)


def _classes(profile: str, type_code: str) -> frozenset[ExemptionClass]:
    """What profile and type both take; an investment sale must bear VAT, an investment exemption is 308 or 339."""
    both = TYPES[type_code].classes & PROFILES[profile].classes
    if profile != "YATIRIMTESVIK":
        return both if type_code.startswith("YTB") else both - {ExemptionClass.INVESTMENT}
    return TYPES[f"YTB{type_code}"].classes


def _exemption(classes: frozenset[ExemptionClass], required: frozenset[ExemptionClass]) -> Use:
    if required:
        return Use.REQUIRED
    return Use.ALLOWED if classes else Use.NO


def _since(profile: str, type_code: str) -> date | None:
    days = (LATER.get((profile, type_code)), PROFILES[profile].since, TYPES[type_code].since)
    return max((day for day in days if day), default=None)


def _needs(profile: str, type_code: str) -> frozenset[Need]:
    waived = {Need.WAIVED_VAT} if (profile, type_code) == ("YATIRIMTESVIK", "ISTISNA") else set()
    return PROFILES[profile].needs | TYPES[type_code].needs | waived


def _invoice(profile: str, type_code: str) -> Scenario:
    kind, type_ = PROFILES[profile], TYPES[type_code]
    classes = _classes(profile, type_code)
    required = type_.required & classes
    return Scenario(
        profile,
        type_code,
        archive=kind.archive,
        withholding=type_.withholding,
        excise_withholding=type_.excise_withholding,
        exemption=_exemption(classes, required),
        exemption_classes=classes,
        required_classes=required,
        zero_vat_needs_reason=type_.zero_vat_needs_reason,
        default_exemption=kind.default_exemption,
        needs=_needs(profile, type_code),
        since=_since(profile, type_code),
        source=kind.source,
    )


def _despatch(profile: str, since: date | None, *needs: Need) -> list[Scenario]:
    common = frozenset({Need.DESPATCH, *needs})
    source = _STEEL if profile == "IDISIRSALIYE" else _DESPATCH
    return [
        Scenario(profile, "SEVK", "DespatchAdvice", needs=common, since=since, source=source),
        Scenario(
            profile, "MATBUDAN", "DespatchAdvice", needs=common | {Need.PAPER_REFERENCE}, since=since, source=source
        ),
    ]


def _receipt(profile: str, since: date | None) -> Scenario:
    needs = frozenset({Need.DESPATCH_REFERENCE})
    return Scenario(profile, "SEVK", "ReceiptAdvice", needs=needs, since=since, source=_RECEIPT)


def _answer(profile: str, code: str, source: Source = _ANSWER) -> Scenario:
    return Scenario(profile, code, "ApplicationResponse", needs=frozenset({Need.DOCUMENT_REFERENCE}), source=source)


def _others() -> list[Scenario]:
    freelance = VAT_CLASSES | {ExemptionClass.NOT_EXEMPT}
    return [
        *_despatch("TEMELIRSALIYE", None),
        *_despatch("HKSIRSALIYE", _ENERGY, Need.KUNYE),
        *_despatch("IDISIRSALIYE", _JANUARY, Need.ETIKET, Need.SEVKIYAT),
        _receipt("TEMELIRSALIYE", None),
        _receipt("HKSIRSALIYE", _ENERGY),
        _receipt("IDISIRSALIYE", _JANUARY),
        Scenario("EARSIVBELGE", "MUSTAHSILMAKBUZ", "CreditNote", archive=True, source=_PRODUCER),
        Scenario("GIDERPUSULASI", "SATIS", "CreditNote", archive=True, source=_EXPENSE),
        Scenario(
            "GIDERPUSULASI",
            "IADE",
            "CreditNote",
            archive=True,
            needs=frozenset({Need.RETURN_REFERENCE}),
            source=_EXPENSE,
        ),
        Scenario(
            "EARSIVBELGE",
            "SERBESTMESLEKMAKBUZU",
            archive=True,
            withholding=Use.ALLOWED,
            exemption=Use.ALLOWED,
            exemption_classes=freelance,
            source=_FREELANCE,
        ),
        Scenario(
            "YOLCUBERABERFATURA",
            "SATISIPTALIADE",
            "CreditNote",
            needs=frozenset({Need.DOCUMENT_REFERENCE}),
            source=_CUSTOMS,
        ),
        *(_answer("TICARIFATURA", code) for code in ("KABUL", "RED", "IADE")),
        *(_answer("IHRACAT", code, _CUSTOMS) for code in ("KABUL", "RED")),
        _answer("YOLCUBERABERFATURA", "GUMRUKONAY", _CUSTOMS),
        _answer("UBL-TR-PROFILE-1", "S_APR"),
    ]


@cache
def _table() -> tuple[Scenario, ...]:
    invoices = (_invoice(profile, type_code) for profile, kind in PROFILES.items() for type_code in kind.types)
    return (*invoices, *_others())


@cache
def _by_pair() -> dict[tuple[str, str], tuple[Scenario, ...]]:
    pairs: dict[tuple[str, str], tuple[Scenario, ...]] = {}
    for scenario in _table():
        key = (scenario.profile, scenario.type_code)
        pairs[key] = (*pairs.get(key, ()), scenario)
    return pairs


def scenarios(as_of: date | None = None, *, document: DocumentName | None = None) -> tuple[Scenario, ...]:
    """All scenarios in force on `as_of` (None: the newest state), in the order of the table."""
    return tuple(
        scenario
        for scenario in _table()
        if in_force(scenario.since, scenario.until, as_of) and document in (None, scenario.document)
    )


def _stands_on_its_own(scenario: Scenario, document: DocumentName | None) -> bool:
    """Without a wish for one kind of document, answers to other documents are left out."""
    return scenario.document == document if document else scenario.document not in _ANSWERS


def find(
    profile: str, type_code: str, as_of: date | None = None, *, document: DocumentName | None = None
) -> Scenario | None:
    """The scenario of a pair, or None if it may not be used on `as_of` (None: the newest state).

    Receipt advices and application responses share their pairs with the documents that they answer; they are found only
    if `document` names them.

    >>> find("TICARIFATURA", "IADE") is None
    True
    >>> find("TICARIFATURA", "IADE", document="ApplicationResponse").type_code
    'IADE'
    >>> find("KAMU", "IADE", date(2026, 6, 30)) is None
    True
    """
    for scenario in _by_pair().get((profile, type_code), ()):
        if in_force(scenario.since, scenario.until, as_of) and _stands_on_its_own(scenario, document):
            return scenario
    return None


def _listed(as_of: date | None, document: DocumentName | None) -> list[Scenario]:
    return [scenario for scenario in scenarios(as_of) if _stands_on_its_own(scenario, document)]


def types_of(profile: str, as_of: date | None = None, *, document: DocumentName | None = None) -> tuple[str, ...]:
    """The type codes that a profile may carry, each once, in the order of the table; answers as in `find`."""
    return tuple(dict.fromkeys(s.type_code for s in _listed(as_of, document) if s.profile == profile))


def profiles_of(type_code: str, as_of: date | None = None, *, document: DocumentName | None = None) -> tuple[str, ...]:
    """The profiles under which a type code may stand, each once, in the order of the table; answers as in `find`."""
    return tuple(dict.fromkeys(s.profile for s in _listed(as_of, document) if s.type_code == type_code))
