"""The caller need not know invoice types: the lines say which it is."""

from __future__ import annotations

from typing import Any

import pytest

from json_documents import built

_RETURNS = {"returns": [{"number": "ABC2026000000009", "date": "2026-10-01"}]}
_INCENTIVE = {"incentive": {"number": "512480", "date": "2025-12-15"}}
_ESU = {"number": "B0E502A8-122C-4061-BE02-8133A5788177", "date": "2026-10-27"}


@pytest.mark.parametrize(
    ("line", "more", "expected"),
    [
        ({}, {}, "SATIS"),
        ({"vat": 0, "exemption": "351"}, {}, "SATIS"),
        ({"exemption": "555"}, {}, "SATIS"),
        ({"withholding": "606"}, {}, "TEVKIFAT"),
        ({"withholding": "801"}, {}, "TEVKIFAT"),
        ({"taxes": [{"code": "4171", "amount": 5}]}, {}, "TEVKIFAT"),
        ({"vat": 0, "exemption": "301"}, {}, "ISTISNA"),
        ({"vat": 0, "exemption": "202"}, {}, "ISTISNA"),
        ({"taxes": [{"code": "0071", "exemption": "101"}]}, {}, "ISTISNA"),
        ({"vat_base": 10, "exemption": "805"}, {}, "OZELMATRAH"),
        ({"exemption": "701"}, {}, "IHRACKAYITLI"),
        ({"taxes": [{"code": "0059", "percent": 2}]}, {}, "KONAKLAMAVERGISI"),
        ({}, _RETURNS, "IADE"),
        ({"withholding": "617"}, _RETURNS, "TEVKIFATIADE"),
        ({}, {"sgk": {"group": "DIGER"}}, "SGK"),
        ({}, {"profile": "ENERJI", "esu_report": _ESU}, "SARJ"),
        ({}, {"profile": "ENERJI"}, "SARJANLIK"),
        ({"vat": None}, {"profile": "IHRACAT"}, "ISTISNA"),
        ({"vat": None}, {"profile": "OZELFATURA"}, "ISTISNA"),
        ({}, {"profile": "YOLCUBERABERFATURA"}, "ISTISNA"),
        ({}, {"profile": "EARSIVFATURA", **_INCENTIVE}, "YTBSATIS"),
        ({"exemption": "308"}, {"profile": "EARSIVFATURA", **_INCENTIVE}, "YTBISTISNA"),
        ({}, {"profile": "EARSIVFATURA", **_INCENTIVE, **_RETURNS}, "YTBIADE"),
        ({"withholding": "601"}, {"profile": "EARSIVFATURA", **_INCENTIVE}, "YTBTEVKIFAT"),
        ({"exemption": "308"}, {"profile": "YATIRIMTESVIK", **_INCENTIVE}, "ISTISNA"),
        ({"withholding": "606"}, {"type": "SARJ"}, "SARJ"),
    ],
)
def test_the_type_follows_from_the_content(line: dict[str, Any], more: dict[str, Any], expected: str) -> None:
    assert built(line, **more).invoice_type_code == expected


def test_a_stated_type_is_never_changed() -> None:
    assert built({"withholding": "606"}, {"vat": 0, "exemption": "301"}, type="SGK").invoice_type_code == "SGK"


def test_a_line_with_an_exemption_may_stand_beside_one_sold_for_export() -> None:
    assert built({"vat": 0, "exemption": "301"}, {"exemption": "701"}).invoice_type_code == "IHRACKAYITLI"


def test_the_profile_of_an_invoice_without_one_is_temelfatura() -> None:
    assert built().profile_id == "TEMELFATURA"


def test_customs_profiles_know_the_ministry() -> None:
    invoice = built({"vat": None}, profile="IHRACAT", customer=None)
    assert invoice.accounting_customer_party is not None
    party = invoice.accounting_customer_party.party
    assert party is not None
    assert str(party.party_identification[0].id) == "1460415308"


def test_names_and_reasons_come_from_the_code_lists() -> None:
    row = built({"vat": 0, "exemption": "301"}).tax_total[0].tax_subtotal[0]
    assert row.tax_category is not None
    assert row.tax_category.tax_exemption_reason == "11/1-a Mal İhracatı"
    own = built({"vat": 0, "exemption": "301", "exemption_reason": "Kendi sözüm"}).tax_total[0].tax_subtotal[0]
    assert own.tax_category is not None
    assert own.tax_category.tax_exemption_reason == "Kendi sözüm"
