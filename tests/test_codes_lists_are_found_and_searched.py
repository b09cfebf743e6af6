"""Every code list is read when asked for, found by name, searched without Turkish marks, and judged by the day."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ulak.codes import UnknownCodeError, UnknownListError, all_lists, code_list, in_force, list_names
from ulak.codes.lists import fold

CODES = [(name, code.code) for name, each in all_lists().items() for code in each]


def test_unknown_list_names_those_there_are() -> None:
    with pytest.raises(UnknownListError) as caught:
        code_list("nonsense")
    assert caught.value.code == "codes.unknown-list"
    assert "units" in caught.value.repair.tr


def test_a_list_is_not_a_way_into_the_file_system() -> None:
    with pytest.raises(UnknownListError):
        code_list("../data/units")


def test_unknown_code_says_where_to_look() -> None:
    with pytest.raises(UnknownCodeError, match=r"codes\.unknown-code") as caught:
        code_list("units").require("ADET")
    assert caught.value.repair.en == "The valid codes: ulak codes units"


def test_a_code_that_came_later_is_refused_before() -> None:
    exemptions = code_list("exemptions")
    assert exemptions.get("555", date(2026, 3, 11)) is None
    assert exemptions.get("555", date(2026, 3, 12)) is not None
    with pytest.raises(UnknownCodeError, match="2026-03-11"):
        exemptions.require("555", date(2026, 3, 11))


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("units", "ADET", "C62"),
        ("units", "kilowatt saat", "KWH"),
        ("withholdings", "YEMEK SERVİS", "604"),
        ("withholdings", "isgucu", "606"),
        ("countries", "turkiye", "TR"),
        ("currencies", "us dollar", "USD"),
        ("exemptions", "mal ihracati", "301"),
        ("taxes", "ozel iletisim", "4080"),
        ("status_codes", "schematron", "1150"),
    ],
)
def test_search_finds_what_people_type(name: str, text: str, code: str) -> None:
    assert code_list(name).search(text)[0].code == code


def test_search_puts_the_exact_code_first() -> None:
    assert code_list("currencies").search("try")[0].code == "TRY"


def test_search_without_a_match_is_empty() -> None:
    assert code_list("units").search("zürafa") == []


@given(st.sampled_from(CODES))
def test_every_code_is_found_by_itself(pair: tuple[str, str]) -> None:
    name, code = pair
    codes = code_list(name)
    assert code in codes
    assert codes.require(code).code == code
    assert any(found.code == code for found in codes.search(code))


@given(st.text(alphabet="ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZabcçdefgğhıijklmnoöprsştuüvyz"))
def test_folding_leaves_small_latin_letters(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower() == fold(folded)
    assert len(folded) == len(text)


DAYS = st.none() | st.dates()


@given(DAYS, DAYS, st.dates())
def test_a_period_holds_on_its_own_days_only(since: date | None, until: date | None, day: date) -> None:
    expected = (since is None or day >= since) and (until is None or day <= until)
    assert in_force(since, until, day) == expected
    assert in_force(since, until, None) == (until is None)


def test_labels_and_notes_exist_in_both_languages() -> None:
    for each in all_lists().values():
        for row in each.rows:
            assert row.label.tr
            assert row.label.en
            assert bool(row.note.tr) == bool(row.note.en), (each.name, row.code)


def test_importing_reads_no_list() -> None:
    program = "import sys, ulak.codes.lists as lists; sys.exit(lists.code_list.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_names_are_sorted_and_all_load() -> None:
    assert list(list_names()) == sorted(all_lists())
