"""Taxes, withholdings and exemptions carry the rates and meanings that the law gave them on the day."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from support import REFERENCE, needs_reference
from ulak.codes import exemptions, taxes, withholding
from ulak.codes.statuses import Outcome, Resend, statuses
from ulak.codes.statuses import get as status
from ulak.codes.taxes import Effect, TaxKind

GUIDE = REFERENCE / "guides" / "UBL-TR_Kod_Listeleri_-_V_1.42.txt"
RATE = re.compile(r"(?m)^ {1,4}([68]\d\d)\b.*? (\d{1,2})/10\s*$")


@needs_reference
def test_withholding_rates_are_the_guides() -> None:
    official = {code: Decimal(tenths) * 10 for code, tenths in _guide_rates().items()}
    ours = {each.code: each.rate() for each in withholding.withholdings()}
    assert {code: ours[code] for code in official} == official
    assert len(official) == len(ours)


def _guide_rates() -> dict[str, str]:
    """Code → tenths; a long name spreads a row over lines, with the code on one and the rate on the same or another."""
    text = GUIDE.read_text(encoding="utf-8").replace("\f", "")
    table = text[text.index("TEVKİFAT KODLARI LİSTESİ") : text.index("1.10 Taşıma Gönderim Şekli Kodları\n\n“")]
    return dict(RATE.findall(table))


@pytest.mark.parametrize(
    ("code", "day", "percent"),
    [
        ("601", date(2021, 2, 28), "30"),
        ("601", date(2021, 3, 1), "40"),
        ("603", date(2020, 1, 1), "50"),
        ("612", date(2021, 2, 28), "70"),
        ("612", date(2021, 3, 1), "90"),
        ("627", date(2022, 10, 31), "40"),
        ("627", date(2022, 11, 1), "50"),
        ("802", date(2026, 1, 1), "100"),
    ],
)
def test_rate_is_that_of_the_day(code: str, day: date, percent: str) -> None:
    found = withholding.get(code, day)
    assert found is not None
    assert found.rate(day) == Decimal(percent)


@pytest.mark.parametrize(("code", "day"), [("624", date(2021, 2, 28)), ("627", date(2022, 4, 30)), ("650", None)])
def test_a_withholding_that_was_not_there_is_not_found(code: str, day: date | None) -> None:
    assert withholding.get(code, day) is None


def test_full_withholding_takes_the_whole_vat() -> None:
    for each in withholding.withholdings():
        assert each.full == (each.rate() == 100)


def test_what_the_buyer_keeps_back_is_deducted() -> None:
    deducted = {tax.code for tax in taxes.taxes() if tax.effect is Effect.DEDUCTED}
    assert deducted == {"0003", "0011", "4171", "9015", "SGK_PRIM"}


def test_excise_is_in_the_vat_base_and_accommodation_tax_is_not() -> None:
    assert {tax.in_vat_base for tax in taxes.taxes(kind=TaxKind.EXCISE)} == {True}
    for code in ("0015", "0059", "4080", "0003"):
        tax = taxes.get(code)
        assert tax is not None
        assert tax.in_vat_base is False


def test_vat_rates_rose_on_10_july_2023() -> None:
    vat = taxes.get(taxes.VAT)
    assert vat is not None
    assert vat.usual_rates(date(2023, 7, 9)) == (Decimal(1), Decimal(8), Decimal(18))
    assert vat.usual_rates(date(2023, 7, 10)) == vat.usual_rates() == (Decimal(1), Decimal(10), Decimal(20))


def test_accommodation_tax_began_in_2023() -> None:
    assert taxes.get("0059", date(2022, 12, 31)) is None
    tax = taxes.get("0059", date(2023, 1, 1))
    assert tax is not None
    assert tax.usual_rates(date(2023, 1, 1)) == (Decimal(2),)


def test_308_was_for_every_exempt_sale_until_july_2026() -> None:
    assert exemptions.is_allowed("308", "TEMELFATURA", "ISTISNA", date(2026, 6, 30))
    assert not exemptions.is_allowed("308", "TEMELFATURA", "ISTISNA", date(2026, 7, 1))
    assert not exemptions.is_allowed("308", "TEMELFATURA", "ISTISNA")
    assert exemptions.is_allowed("308", "YATIRIMTESVIK", "ISTISNA")


def test_excise_reasons_speak_of_excise() -> None:
    assert {each.code for each in exemptions.exemptions() if each.is_excise} == {
        *(str(code) for code in range(101, 109)),
        "151",
        "703",
    }


@needs_reference
def test_exemption_codes_are_the_guides_and_the_two_it_does_not_list() -> None:
    text = GUIDE.read_text(encoding="utf-8").replace("\f", "")
    section = text[text.index("KISMİ İSTİSNA KODLARI LİSTESİ") : text.index("1.9 TaxTypeCode\n\nBu eleman")]
    official = set(re.findall(r"(?m)^ {1,6}(\d{3})\*{0,2}(?: |$)", section))
    assert {each.code for each in exemptions.exemptions()} - official == {"233", "501"}
    assert official <= {each.code for each in exemptions.exemptions()}


def test_success_and_waiting_are_never_sent_again() -> None:
    for each in statuses():
        if each.outcome is not Outcome.ERROR:
            assert each.resend is Resend.FORBIDDEN
        else:
            assert each.is_final


def test_only_1300_is_the_end_that_everybody_wants() -> None:
    assert [each.code for each in statuses() if each.is_final and each.outcome is Outcome.OK] == ["1300"]


def test_a_duplicate_is_not_sent_again() -> None:
    for code in ("1163", "1164"):
        found = status(code)
        assert found is not None
        assert found.resend is Resend.FORBIDDEN
        assert found.permanent
