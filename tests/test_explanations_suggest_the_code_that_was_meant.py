"""A wrong code is answered with the one that was probably meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explanations_rules import default_schema
from ulak.rules.explain import likely_codes, suggest
from ulak.rules.explanations.suggestions import folded
from ulak.rules.explanations.words import table

MISTAKES = [
    ("UnitCodeList", "ADET", "C62"),
    ("UnitCodeList", "adet ", "C62"),
    ("UnitCodeList", "KG", "KGM"),
    ("UnitCodeList", "Kilo", "KGM"),
    ("UnitCodeList", "m²", "MTK"),
    ("UnitCodeList", "Metre Küp", "MTQ"),
    ("CurrencyCodeList", "TL", "TRY"),
    ("CurrencyCodeList", "₺", "TRY"),
    ("CurrencyCodeList", "try", "TRY"),
    ("CountryCodeList", "TÜRKİYE", "TR"),
    ("CountryCodeList", "Türkiye", "TR"),
    ("CountryCodeList", "TURKIYE", "TR"),
    ("CountryCodeList", "UK", "GB"),
    ("InvoiceTypeCodeList", "SATIŞ", "SATIS"),
    ("InvoiceTypeCodeList", "İade", "IADE"),
    ("InvoiceTypeCodeList", "ISTISNAA", "ISTISNA"),
    ("ProfileIDType", "Ticari Fatura", "TICARIFATURA"),
    ("ProfileIDType", "TEMELFATUR", "TEMELFATURA"),
    ("TaxType", "15", "0015"),
    ("TaxType", "KDV", "0015"),
    ("MimeCodeList", "image/jpg", "image/jpeg"),
    ("ResponseCodeType", "ret", "RED"),
]


def codes(name: str) -> tuple[str, ...]:
    return default_schema().code_lists[name]


@pytest.mark.parametrize(("name", "value", "meant"), MISTAKES)
def test_the_usual_mistakes_are_known(name: str, value: str, meant: str) -> None:
    assert suggest(name, value, codes(name))[0] == meant


def test_every_known_mistake_leads_to_a_code_of_its_list() -> None:
    for name, entries in table("mistakes").items():
        for written, meant in entries.items():
            assert folded(written) == written, (name, written)
            assert meant in codes(name), (name, written, meant)


def test_nothing_close_means_no_suggestion() -> None:
    assert suggest("CurrencyCodeList", "QQQQQQ", codes("CurrencyCodeList")) == []
    assert suggest("NoSuchList", "X") == []
    assert suggest("UnitCodeList", " ") == []


def test_a_failed_rule_leads_to_the_list_it_looked_the_value_up_in() -> None:
    lists = default_schema().code_lists
    by_id = {assertion.printed_id: assertion.test for _, _, assertion in default_schema().assertions()}
    assert likely_codes(by_id["GeneralUnitCodeCheck-1"], "ADET", lists) == ["C62"]
    assert likely_codes(by_id["InvoiceTypeCodeCheck-1"], "SATIŞ", lists)[0] == "SATIS"
    assert likely_codes(by_id["InvoiceIDCheck-1"], "ABC", lists) == []


@given(st.sampled_from(["UnitCodeList", "CurrencyCodeList", "ProfileIDType"]), st.text(max_size=20))
def test_a_suggestion_is_always_another_code_of_the_list(name: str, value: str) -> None:
    found = suggest(name, value, codes(name))
    assert set(found) <= set(codes(name)) - {value}
    assert len(found) <= 3
