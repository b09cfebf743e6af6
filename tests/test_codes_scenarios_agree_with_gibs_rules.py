"""The scenario table against the asserts of GİB, for every profile × type; every difference has its reason here."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from lxml import etree

from codes_gib import CAC, codes_of, fails, invoice
from ulak.codes import Need, Scenario, Use, find, scenarios
from ulak.codes.exemptions import ExemptionClass, exemptions, get, is_allowed
from ulak.codes.scenarios import profiles_of, types_of

PROFILES = sorted(codes_of("ProfileIDType") | codes_of("ProfileIDTypeEarchive"))
TYPES = sorted(codes_of("InvoiceTypeCodeList"))
PAIRS = list(product(PROFILES, TYPES))
PAIR_RULES = (
    "ProfileIDCheck",
    "InvoiceTypeCodeCheck",
    "IlacTibbiCihazInvoiceTypeCodeCheck",
    "YatirimTesvikInvoiceTypeCodeCheck",
    "IdisInvoiceTypeCodeCheck",
)
EXEMPTION_RULES = ("TaxExemptionReasonCodeCheck", "DemirbasKDVTaxExemptionCheck")
NEED_RULES = {
    "HKSInvioceCheck": Need.KUNYE,
    "IADEInvioceCheck": Need.BILLING_REFERENCE,
    "IdisEtiketNoCheck": Need.ETIKET,
    "IdisSevkiyatNoCheck": Need.SEVKIYAT,
    "YatirimTesvikContractDocumentReferenceIDCheck": Need.YTB_NUMBER,
    "YatirimTesvikCommodityClassificationCheck": Need.EXPENSE_TYPE,
    "YatirimTesvikItemClassificationCodeIstisnaCalculationSequenceNumericCheck": Need.WAIVED_VAT,
    "IlacTibbiCihazAdditionalItemIdentificationCheck": Need.MEDICAL_ITEM,
    "TeknolojiDestekAdditionalItemIdentificationCheck": Need.DEVICE,
    "PartyIdentificationTEKNOLOJIDESTEKCheck": Need.CUSTOMER_TCKN,
    "EnerjiPartyIdentificationPlakaCheck": Need.PLATE,
    "EnerjiInvoicePeriodCheck": Need.INVOICE_PERIOD,
    "EnerjiESURaporIDCheck": Need.ESU_REPORT,
    "EnerjiItemInstanceSerialIDCheck": Need.CHARGER_SERIAL,
    "TaxRepresentativePartyCheck": Need.TAX_REPRESENTATIVE,
    "LineDeliveryCheck": Need.INCOTERMS,
    "PartyVDCheck": Need.SUPPLIER_TAX_OFFICE,
    "KamuFaturaCheck": Need.IBAN,
}
ONLY_EXEMPT = {"IHRACAT", "YOLCUBERABERFATURA", "OZELFATURA"}
"""The customs guide (3, 3.2.1, 4.2.1) knows these with ISTISNA alone; the asserts do not say so."""
MARKET = {"SATIS", "KOMISYONCU", "TEVKIFAT", "TEVKIFATIADE", "ISTISNA", "HKSSATIS", "HKSKOMISYONCU"}
"""What is sold through the wholesale market registry; the asserts ask for a künye only."""


def type_parameter(profile: str) -> str:
    return "earchive" if profile == "EARSIVFATURA" else "efatura"


def gib_takes(profile: str, type_code: str) -> bool:
    return not fails(invoice(profile, type_code), PAIR_RULES, type_parameter(profile))


def why_not_ours(profile: str, type_code: str) -> str:
    """Why we refuse a pair that the asserts let pass; empty if we do not."""
    if profile in ONLY_EXEMPT and type_code != "ISTISNA":
        return "customs guide"
    if type_code.startswith("YTB") and profile != "EARSIVFATURA":
        return "Kod Listeleri 1.4: YTB types are for e-Arşiv"
    if profile == "HKS" and type_code not in MARKET:
        return "not a market sale"
    if type_code in {"HKSSATIS", "HKSKOMISYONCU"} and profile not in {"HKS", "EARSIVFATURA"}:
        return "market types need the market profile"
    return ""


@pytest.mark.parametrize(("profile", "type_code"), PAIRS, ids=str)
def test_pair_is_ours_exactly_if_gib_takes_it_or_a_guide_forbids_it(profile: str, type_code: str) -> None:
    ours = find(profile, type_code, document="Invoice") is not None
    assert ours == (gib_takes(profile, type_code) and not why_not_ours(profile, type_code))


INVOICES = [each for each in scenarios(document="Invoice") if each.profile != "EARSIVBELGE"]
NAMED = [pytest.param(each, id=f"{each.profile}-{each.type_code}") for each in INVOICES]


@pytest.mark.parametrize("scenario", NAMED)
def test_withholding_stands_where_gib_lets_it_stand(scenario: Scenario) -> None:
    document = invoice(scenario.profile, scenario.type_code)
    etree.SubElement(document, f"{{{CAC}}}WithholdingTaxTotal")
    refused = "GeneralWithholdingTaxTotalCheck-1" in fails(document, ["GeneralWithholdingTaxTotalCheck"])
    assert refused == (scenario.withholding is Use.NO)


@pytest.mark.parametrize("scenario", NAMED)
def test_excise_withholding_stands_where_gib_lets_it_stand(scenario: Scenario) -> None:
    document = invoice(scenario.profile, scenario.type_code)
    for code in document.iter("{*}TaxTypeCode"):
        code.text = "4171"
    refused = "GeneralWithholdingTaxTotalCheck-2" in fails(document, ["GeneralWithholdingTaxTotalCheck"])
    assert refused != scenario.excise_withholding


@pytest.mark.parametrize("scenario", NAMED)
def test_zero_vat_needs_a_reason_where_gib_asks_for_one(scenario: Scenario) -> None:
    document = invoice(scenario.profile, scenario.type_code, vat="0")
    assert bool(fails(document, ["TaxExemptionReasonCheck"])) == scenario.zero_vat_needs_reason


def gib_takes_reason(scenario: Scenario, code: str) -> bool:
    """702 is asked with the lines that it needs left out: their absence is a need, not a refusal."""
    document = invoice(scenario.profile, scenario.type_code, vat="20" if code == "555" else "0", reason=code)
    failed = fails(document, EXEMPTION_RULES, type_parameter(scenario.profile))
    return not failed - {"TaxExemptionReasonCodeCheck-6"}


def narrower_than_gib(scenario: Scenario, code: str) -> str:
    """Why we refuse a reason that the asserts let pass; empty if we do not."""
    found = get(code)
    assert found is not None
    if found.kind is ExemptionClass.PASSENGER:
        return "customs guide 4.2.1: 501 is for goods that a traveller takes out"
    if scenario.profile in ONLY_EXEMPT:
        return "customs guide: the profile exists for one kind of sale"
    if scenario.profile == "YATIRIMTESVIK" or scenario.type_code.startswith("YTB"):
        return "YatirimTesvikKDVCheck: sales bear VAT, exempt ones name 308 or 339"
    return ""


@pytest.mark.parametrize("scenario", NAMED)
def test_reasons_are_those_that_gib_takes(scenario: Scenario) -> None:
    for each in exemptions():
        ours = is_allowed(each.code, scenario.profile, scenario.type_code)
        official = gib_takes_reason(scenario, each.code)
        assert official or not ours, each.code
        assert ours or not official or narrower_than_gib(scenario, each.code), each.code


@pytest.mark.parametrize("scenario", NAMED)
def test_needs_are_what_gib_misses_in_a_bare_invoice(scenario: Scenario) -> None:
    document = invoice(scenario.profile, scenario.type_code)
    etree.SubElement(document, f"{{{CAC}}}BuyerCustomerParty")
    missed = {need for rule, need in NEED_RULES.items() if fails(document, [rule], type_parameter(scenario.profile))}
    assert missed == scenario.needs & set(NEED_RULES.values())


def test_use_and_classes_say_the_same() -> None:
    for each in scenarios():
        assert (each.exemption is Use.NO) == (not each.exemption_classes)
        assert (each.exemption is Use.REQUIRED) == bool(each.required_classes)
        assert each.required_classes <= each.exemption_classes


def test_default_exemption_is_one_of_those_allowed() -> None:
    for each in scenarios():
        if each.default_exemption:
            assert is_allowed(each.default_exemption, each.profile, each.type_code)


def test_each_pair_stands_once_for_each_kind_of_document() -> None:
    keys = [(each.document, each.profile, each.type_code) for each in scenarios()]
    assert len(keys) == len(set(keys))


def test_every_pair_is_found_from_both_its_sides() -> None:
    for each in scenarios():
        assert each.type_code in types_of(each.profile, document=each.document)
        assert each.profile in profiles_of(each.type_code, document=each.document)
        assert find(each.profile, each.type_code, document=each.document) == each


def test_a_pair_does_not_exist_before_its_first_day() -> None:
    for each in scenarios():
        if each.since:
            assert find(each.profile, each.type_code, each.since, document=each.document)
            before = each.since - timedelta(days=1)
            assert find(each.profile, each.type_code, before, document=each.document) is None


def test_every_scenario_names_its_source() -> None:
    assert all(each.source.document for each in scenarios())
