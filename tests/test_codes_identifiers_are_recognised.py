"""Identifiers are taken as people write them, given back as documents carry them, and refused with a reason."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codes_gib import schematron
from ulak.codes import identifiers
from ulak.codes.identifiers import DocumentNumber, Identifier, InvalidIdentifierError, document_number, tax_id_scheme

GOOD = [
    (identifiers.vkn, "3900383669", "3900383669"),
    (identifiers.vkn, " 7750 409 379", "7750409379"),
    (identifiers.tckn, "10000000146", "10000000146"),
    (identifiers.ettn, "{534C0F4F-1064-4F9C-9B2A-000000000001}", "534c0f4f-1064-4f9c-9b2a-000000000001"),
    (identifiers.document_number, "gib2026000000001", "GIB2026000000001"),
    (identifiers.alias, " urn:mail:defaultpk@gib.gov.tr", "urn:mail:defaultpk@gib.gov.tr"),
    (identifiers.plate, "34 abc 123", "34ABC123"),
    (identifiers.plate, "06-GİB-06", "06GIB06"),
    (identifiers.foreign_plate, "b-mw_1234", "B-MW_1234"),
    (identifiers.gtip, "8471.30.00.00.00", "847130000000"),
    (identifiers.iban, "TR33 0006 1005 1978 6457 8413 26", "TR330006100519786457841326"),
    (identifiers.kunye, "1231231231231231123", "1231231231231231123"),
    (identifiers.mersis, "0146041530800015", "0146041530800015"),
    (identifiers.label_number, "cv0152457", "CV0152457"),
    (identifiers.shipment, "SE-1345840", "SE-1345840"),
    (identifiers.shipment, "ES-1345840", "ES-1345840"),
    (identifiers.investment_certificate, "123456", "123456"),
]
BAD = [
    (identifiers.vkn, "3900383668"),
    (identifiers.vkn, "390038366"),
    (identifiers.vkn, "٣٩٠٠٣٨٣٦٦٩"),
    (identifiers.tckn, "10000000147"),
    (identifiers.tckn, "00000000000"),
    (identifiers.ettn, "534C0F4F-1064-4F9C"),
    (identifiers.document_number, "GIB1926000000001"),
    (identifiers.document_number, "GIB20090000000001"),
    (identifiers.alias, "defaultpk@gib.gov.tr"),
    (identifiers.alias, "urn:mail:" + "a" * 250),
    (identifiers.plate, "82ABC123"),
    (identifiers.plate, "00ABC123"),
    (identifiers.plate, "34123"),
    (identifiers.foreign_plate, ""),
    (identifiers.gtip, "84713000"),
    (identifiers.iban, "TR330006100519786457841327"),
    (identifiers.iban, "DE89370400440532013000"),
    (identifiers.kunye, "123"),
    (identifiers.mersis, "123"),
    (identifiers.label_number, "C0152457"),
    (identifiers.shipment, "SA-1345840"),
    (identifiers.investment_certificate, "12345"),
]


@pytest.mark.parametrize(("identifier", "written", "kept"), GOOD, ids=str)
def test_good_one_is_kept_compact(identifier: Identifier, written: str, kept: str) -> None:
    assert identifier.validate(written) == kept
    assert identifier.is_valid(written)
    assert identifier.validate(kept) == kept


@pytest.mark.parametrize(("identifier", "written"), BAD, ids=str)
def test_bad_one_is_refused_with_what_was_expected(identifier: Identifier, written: str) -> None:
    assert not identifier.is_valid(written)
    with pytest.raises(InvalidIdentifierError) as caught:
        identifier.validate(written)
    assert caught.value.code == f"identifier.{identifier.name}"
    assert identifier.form.tr in caught.value.repair.tr
    assert identifier.form.en in caught.value.repair.en


@given(st.uuids())
def test_every_uuid_is_an_ettn(uuid: UUID) -> None:
    assert identifiers.ettn.validate(str(uuid).upper()) == str(uuid)


@given(
    st.from_regex(r"[A-Z0-9]{3}", fullmatch=True),
    st.integers(2000, 2099),
    st.integers(0, 999_999_999),
)
def test_document_number_is_put_together_and_taken_apart(series: str, year: int, sequence: int) -> None:
    number = DocumentNumber(series, year, sequence)
    assert document_number.split(str(number)) == number


@given(st.text(max_size=40))
def test_no_text_breaks_a_verb(text: str) -> None:
    for name in identifiers.__all__:
        each = getattr(identifiers, name)
        if isinstance(each, Identifier) and each.is_valid(text):
            assert each.is_valid(each.validate(text))


def test_reserved_aliases_are_known() -> None:
    assert identifiers.alias.is_reserved("usergb")
    assert identifiers.alias.is_reserved("GIB")
    assert not identifiers.alias.is_reserved("urn:mail:defaultpk@gib.gov.tr")


@pytest.mark.parametrize(
    ("value", "scheme"), [("3900383669", "VKN"), ("10000000146", "TCKN"), ("", None), ("390038366x", None)]
)
def test_scheme_follows_the_length(value: str, scheme: str | None) -> None:
    assert tax_id_scheme(value) == scheme


def gib_pattern(rule: str, marker: str) -> re.Pattern[str]:
    """The regular expression of an assert, found by its rule and a part of its test."""
    for each in schematron().iter("{*}assert"):
        test = str(each.get("test"))
        if str(each.get("id")).startswith(rule) and marker in test:
            patterns = re.findall(r"matches\([^']*'([^']+)'", test)
            return re.compile(patterns[-1])
    raise AssertionError(f"no pattern in {rule}")


@pytest.mark.parametrize(
    ("identifier", "rule", "marker"),
    [
        (identifiers.document_number, "InvoiceIDCheck", "matches"),
        (identifiers.plate, "LicensePlateIDSchemeIDCheck", "'PLAKA'"),
        (identifiers.foreign_plate, "LicensePlateIDSchemeIDCheck", "'YABANCIPLAKA'"),
        (identifiers.iban, "KamuFaturaCheck", "matches"),
        (identifiers.ettn, "UUIDCheck", "matches"),
    ],
    ids=str,
)
def test_form_is_gibs(identifier: Identifier, rule: str, marker: str) -> None:
    pattern = gib_pattern(rule, marker)
    for each, _, kept in GOOD:
        if each is identifier:
            assert pattern.search(kept)
    for each, written in BAD:
        if each is identifier and pattern.search(each.compact(written)):
            assert identifier is identifiers.iban, "GİB does not reckon check digits"
