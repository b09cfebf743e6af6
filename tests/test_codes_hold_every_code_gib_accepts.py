"""Our code lists hold exactly the codes of GİB's Schematron; every difference is named here with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

import pytest

from codes_gib import codes_of, lists, schematron
from ulak.codes import all_lists, code_list, scenarios
from ulak.codes.exemptions import ExemptionClass, exemptions
from ulak.codes.statuses import statuses
from ulak.codes.taxes import taxes
from ulak.codes.withholding import withholdings

SAME = {
    "AccountingCostCodeList": "sgk_groups",
    "ChannelCodeList": "channels",
    "ContactTypeIdentifierType": "contact_identifiers",
    "CountryCodeList": "countries",
    "CurrencyCodeList": "currencies",
    "DeliveryTermCodeList": "delivery_terms",
    "DespatchAdviceTypeCodeList": "despatch_types",
    "DocumentDescriptionType": "okc_documents",
    "ElementType": "document_kinds",
    "EnvelopeType": "envelope_types",
    "IhracKayitliPartyIdentificationIDType": "export_party_identifiers",
    "LicensePlateIDSchemeIDType": "plate_schemes",
    "MimeCodeList": "mime_codes",
    "PackageTypeCodeList": "package_types",
    "PartyIdentificationIDType": "party_identifiers",
    "PaymentMeansCodeTypeList": "payment_means",
    "ReceiptAdviceTypeCodeList": "receipt_types",
    "ResponseCodeType": "response_codes",
    "TransportEquipmentIDSchemeIDType": "trailer_schemes",
    "TransportModeCodeList": "transport_modes",
    "UnitCodeList": "units",
    "WithholdingTaxType": "withholdings",
    "YatirimTesvikItemClassificationCodeList": "investment_expenses",
    "AdditionalItemIdentificationIDType": "item_identifiers",
    "InvoiceTypeCodeList": "invoice_types",
    "TaxType": "taxes",
}
OURS_ONLY = {
    "item_identifiers": {
        "ETIKETNO": "IdisEtiketNoCheck asks for it",
        "MALSAHIBIADSOYADUNVAN": "GİB's HKS sample carries it",
        "MALSAHIBIVKNTCKN": "GİB's HKS sample carries it",
    },
    "invoice_types": {"SERBESTMESLEKMAKBUZU": "UBL form of an e-SMM, which the Schematron never sees"},
    "taxes": {"SGK_PRIM": "stands on an e-MM, which the Schematron never sees"},
}
DERIVED = {
    "ProfileIDType",
    "ProfileIDTypeEarchive",
    "ProfileIDTypeDespatchAdvice",
    "ProfileIDTypeGoruntuleme",
    "YatirimTesvikEArsivInvoiceTypeCodeList",
    "WithholdingTaxTypeWithPercent",
    "TaxExemptionReasonCodeType",
    "YatirimTesvikTaxExemptionReasonCodeType",
    "istisnaTaxExemptionReasonCodeType",
    "ozelMatrahTaxExemptionReasonCodeType",
    "ihracExemptionReasonCodeType",
    "AppResponseCodeType",
    "UserType",
    "ReservedAliases",
    "UserEnvelopeAliases",
}
PERCENT_WITHOUT_CODE = {"650": "GİB dropped the code from WithholdingTaxType and forgot its percents"}


def kinds(*wanted: ExemptionClass) -> set[str]:
    return {each.code for each in exemptions() if each.kind in wanted}


def profiles(document: str, *, archive: bool | None = None) -> set[str]:
    return {
        each.profile
        for each in scenarios()
        if each.document == document and archive in (None, each.archive) and each.profile != "EARSIVBELGE"
    }


@pytest.mark.parametrize(("official", "name"), SAME.items(), ids=str)
def test_list_has_the_members_that_gib_has(official: str, name: str) -> None:
    ours = {code.code for code in code_list(name)}
    assert ours - codes_of(official) == set(OURS_ONLY.get(name, {}))
    assert codes_of(official) - ours == set()


def test_no_list_of_gib_is_left_out() -> None:
    assert set(lists()) == set(SAME) | DERIVED


def test_profiles_are_those_of_the_scenarios() -> None:
    assert profiles("Invoice", archive=False) == codes_of("ProfileIDType")
    assert profiles("Invoice", archive=True) == codes_of("ProfileIDTypeEarchive")
    assert profiles("Invoice") == codes_of("ProfileIDTypeGoruntuleme")
    assert profiles("DespatchAdvice") == codes_of("ProfileIDTypeDespatchAdvice")


def test_every_profile_and_type_of_a_scenario_has_a_label() -> None:
    types = {
        "Invoice": "invoice_types",
        "CreditNote": "credit_note_types",
        "DespatchAdvice": "despatch_types",
        "ReceiptAdvice": "receipt_types",
        "ApplicationResponse": "response_codes",
    }
    for each in scenarios():
        assert each.profile in code_list("profiles")
        assert each.type_code in code_list(types[each.document])


def test_labels_begin_on_the_day_their_scenarios_begin() -> None:
    for each in scenarios():
        days = [code_list("profiles").require(each.profile).since]
        if each.document == "Invoice":
            days.append(code_list("invoice_types").require(each.type_code).since)
        for day in days:
            assert day is None or (each.since is not None and each.since >= day), each


def test_types_of_the_investment_archive_are_known() -> None:
    ours = {each.type_code for each in scenarios() if each.type_code.startswith("YTB")}
    assert ours == codes_of("YatirimTesvikEArsivInvoiceTypeCodeList")


def percents(codes: Iterable[str]) -> set[tuple[str, Decimal]]:
    return {(code[:3], Decimal(code[3:])) for code in codes}


def test_withholding_percents_are_those_that_gib_takes() -> None:
    official = percents(codes_of("WithholdingTaxTypeWithPercent"))
    ours = {(each.code, percent) for each in withholdings() for percent in each.accepted}
    assert ours <= official
    assert {code for code, _ in official - ours} == set(PERCENT_WITHOUT_CODE)


def test_exemptions_are_those_that_gib_takes() -> None:
    assert {each.code for each in exemptions()} == (
        codes_of("TaxExemptionReasonCodeType") | codes_of("YatirimTesvikTaxExemptionReasonCodeType")
    )


def test_classes_of_exemptions_are_gibs_lists() -> None:
    kind = ExemptionClass
    assert kinds(kind.INVESTMENT) == codes_of("YatirimTesvikTaxExemptionReasonCodeType")
    assert kinds(kind.SPECIAL_BASE) == codes_of("ozelMatrahTaxExemptionReasonCodeType")
    assert kinds(kind.EXPORT_REGISTERED) == codes_of("ihracExemptionReasonCodeType")
    exempt = (kind.PARTIAL, kind.FULL, kind.INVESTMENT, kind.PASSENGER, kind.EXCISE, kind.ACCOMMODATION)
    assert kinds(*exempt) == codes_of("istisnaTaxExemptionReasonCodeType")
    assert kinds(kind.NOT_EXEMPT, kind.UNCHECKED_RATE) == {"151", "351", "555"}


def test_system_response_codes_are_gibs() -> None:
    assert {each.code for each in statuses() if each.in_system_response} == codes_of("AppResponseCodeType")


def test_service_aliases_are_gibs() -> None:
    aliases = code_list("service_aliases")
    assert {each.code for each in aliases if each.extra["sender"] == "yes"} == codes_of("UserEnvelopeAliases")
    assert {each.code for each in aliases if each.extra["reserved"] == "yes"} == codes_of("ReservedAliases")


def test_user_options_are_those_of_the_account_rules() -> None:
    ours: dict[str, set[str]] = {}
    for option in code_list("user_options"):
        ours.setdefault(option.extra["alias"], set()).add(option.code)
    assert ours == _account_rules()
    assert codes_of("UserType") <= {code for codes in ours.values() for code in codes}


def _account_rules() -> dict[str, set[str]]:
    """Service alias → codes, as UserAccountCheck writes them."""
    rule = re.compile(
        r"\$senderAlias = '(\w+)'\) or not\(count\(hr:AccountConfiguration\) = 1\) or contains\(',([\d,]+),'"
    )
    tests = (str(each.get("test")) for each in schematron().iter("{*}assert"))
    return {match[1]: set(match[2].split(",")) for match in map(rule.search, tests) if match}


def test_taxes_that_gib_judges_have_a_name_and_a_family() -> None:
    for tax in taxes():
        assert tax.label.tr
        assert tax.short_name


def test_every_list_names_its_source_and_both_titles() -> None:
    for each in all_lists().values():
        assert each.source.document
        assert each.title.tr
        assert each.title.en
        assert each.rows


def test_no_code_has_two_rows_for_the_same_day() -> None:
    for each in all_lists().values():
        for code in {row.code for row in each.rows}:
            rows = each.history(code)
            for earlier, later in pairwise(rows):
                assert earlier.until is not None
                assert later.since is not None
                assert earlier.until < later.since
