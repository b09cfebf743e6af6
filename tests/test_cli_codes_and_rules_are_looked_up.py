"""`ulak codes` and `ulak explain`."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli_support import called
from ulak.codes import list_names
from ulak.rules.advice import RULES
from ulak.rules.explain import curated_ids


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ULAK_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "120")


@pytest.mark.parametrize(("language", "title"), [("tr", "Ölçü birimleri"), ("en", "Units of measure")])
def test_all_lists_are_named(capsys: pytest.CaptureFixture[str], language: str, title: str) -> None:
    said = called(capsys, "codes", "--lang", language).out
    assert title in said
    assert all(name in said for name in list_names())


@pytest.mark.parametrize("name", list_names())
def test_every_list_is_printed_with_its_source(capsys: pytest.CaptureFixture[str], name: str) -> None:
    ran = called(capsys, "codes", name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{name}  ")
    assert len(ran.out.splitlines()) > 3


@pytest.mark.parametrize(
    ("language", "label"), [("tr", "Yemek servis hizmeti (%50)"), ("en", "Catering service (50%)")]
)
def test_a_list_is_searched(capsys: pytest.CaptureFixture[str], language: str, label: str) -> None:
    said = called(capsys, "codes", "withholdings", "--search", "yemek", "--lang", language).out
    assert f"604 {label}" in " ".join(said.split())


def test_all_lists_are_searched(capsys: pytest.CaptureFixture[str]) -> None:
    said = called(capsys, "codes", "--search", "yemek").out
    assert "withholdings" in said
    assert "units" not in said


def test_the_day_decides_what_is_in_a_list(capsys: pytest.CaptureFixture[str]) -> None:
    then = called(capsys, "codes", "plate_schemes", "--as-of", "2026-01-01").out
    assert "DORSE" in then
    assert "DORSE" not in called(capsys, "codes", "plate_schemes").out


def test_the_lists_of_the_pack_in_force_are_found_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    said = called(capsys, "codes", "unitcodelist", "--search", "kgm").out
    assert "UnitCodeList" in said
    assert "KGM" in said


def test_a_search_without_result_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    for line in (["codes", "units"], ["codes"], ["codes", "UnitCodeList"]):
        ran = called(capsys, *line, "--search", "no such thing at all")
        assert (ran.code, ran.out) == (1, "")
        assert "no such thing" in ran.err


def test_an_unknown_list_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert "units?" in called(capsys, "codes", "unitz").err
    assert "CurrencyCodeList" in called(capsys, "codes", "CurencyCodeList").err


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("tr", ("Neden", "Çözüm", "GİB", "Sınama", "Bağlam", "Paketler")),
        ("en", ("Why", "Repair", "GİB says", "Test", "Context", "Packs")),
    ],
)
def test_a_rule_is_explained_with_all_that_is_known(
    capsys: pytest.CaptureFixture[str], language: str, words: tuple[str, ...]
) -> None:
    ran = called(capsys, "explain", "InvoiceIDCheck-1", "--lang", language)
    assert ran.code == 0
    for word in (*words, "InvoiceIDCheck-1", "matches(cbc:ID", "inv:Invoice", "ubl-tr-2026-07-01"):
        assert word in ran.out


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_rule_that_a_finding_may_name_is_explained(capsys: pytest.CaptureFixture[str], language: str) -> None:
    for rule in [*curated_ids()[::20], *list(RULES)[::10]]:
        ran = called(capsys, "explain", rule, "--lang", language)
        assert (ran.code, ran.err) == (0, "")
        assert rule in ran.out
        assert "{" not in ran.out or rule not in RULES


def test_the_name_without_its_ordinal_and_in_any_case_is_enough(capsys: pytest.CaptureFixture[str]) -> None:
    whole = called(capsys, "explain", "InvoiceIDCheck-1").out
    assert called(capsys, "explain", "invoiceidcheck").out == whole
    several = called(capsys, "explain", "CurrencyCodeCheck").out
    assert "CurrencyCodeCheck-1" in several
    assert "CurrencyCodeCheck-6" in several


@pytest.mark.parametrize(("language", "question"), [("tr", "Bunu mu"), ("en", "Did you mean")])
def test_an_unknown_rule_suggests_the_nearest(capsys: pytest.CaptureFixture[str], language: str, question: str) -> None:
    ran = called(capsys, "explain", "InvoiceIDChek-1", "--lang", language)
    assert (ran.code, ran.out) == (2, "")
    assert question in ran.err
    assert "InvoiceIDCheck-1" in ran.err
