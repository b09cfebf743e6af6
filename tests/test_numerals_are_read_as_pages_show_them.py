"""1.234,56 on Turkish pages is 1,234.56 on English ones; nothing is misread without a word."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from ulak.errors import Language
from ulak_server import numerals
from ulak_server.books.cleaning import Faults
from ulak_server.composing import typed
from ulak_server.documents.states import Shelf
from ulak_server.portal.rooms.documents_filters import amount_of, asked_of, query_of

NUMBERS = st.decimals(Decimal("-1e15"), Decimal("1e15"), allow_nan=False, places=None).map(
    lambda one: format(round(one, 8), "f")
)
LANGUAGES: tuple[Language, ...] = ("tr", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@given(NUMBERS)
def test_what_a_page_shows_it_reads_back(language: Language, number: str) -> None:
    with numerals.written_in(language):
        read = typed.number(typed.shown_number(number))
    assert Decimal(read) == Decimal(number)


@given(NUMBERS)
def test_numbers_shown_in_turkish_are_read_asked_back_or_whole_on_english_pages(number: str) -> None:
    turkish = typed.shown_number(number)
    with numerals.written_in("en"):
        read = typed.number(turkish)
    is_written_alike = turkish.count(",") == 1 and len(turkish.partition(",")[2]) == 3 and "." not in turkish
    assert typed.is_kept(read) or is_written_alike or Decimal(read) == Decimal(number)


@given(st.decimals(Decimal("-1e12"), Decimal("1e12"), allow_nan=False, places=4))
def test_what_is_kept_means_the_same_in_every_language(number: Decimal) -> None:
    for language in LANGUAGES:
        with numerals.written_in(language):
            read = numerals.plain(numerals.kept(number))
            assert read is not None
            assert Decimal(read) == number


SUMS = st.decimals(Decimal(0), Decimal("1e12"), allow_nan=False, places=2)


@pytest.mark.parametrize("writer", LANGUAGES)
@pytest.mark.parametrize("reader", LANGUAGES)
@given(SUMS)
def test_a_filter_that_was_saved_in_one_language_is_the_same_in_the_other(
    reader: Language, writer: Language, amount: Decimal
) -> None:
    with numerals.written_in(writer):
        typed_in = numerals.shown(f"{amount:f}")
        saved = asked_of(Shelf.OUTGOING, QueryDict(urlencode({"least": typed_in})))
    with numerals.written_in(reader):
        opened = asked_of(Shelf.OUTGOING, QueryDict(query_of(saved)))
    assert (saved.wanted.least, opened.wanted.least) == (amount, amount)
    assert (saved.faults, opened.faults, opened.query) == ([], [], saved.query)


@pytest.mark.parametrize(("language", "said", "other"), [("tr", "1,234", "1.234"), ("en", "1.234", "1,234")])
def test_a_sum_with_two_meanings_is_asked_back(language: Language, said: str, other: str) -> None:
    with numerals.written_in(language):
        asked = asked_of(Shelf.OUTGOING, QueryDict(urlencode({"least": said})))
        (fault,) = asked.faults
        assert asked.wanted.least is None
        assert not asked.query
        assert "iki türlü" in fault.tr
        assert "two ways" in fault.en
        assert other in fault.say(language)
        assert amount_of(other) == 1234


@pytest.mark.parametrize("said", ["1.234", "12.500", "-999.000"])
def test_digits_that_mean_a_thousand_in_turkiye_are_asked_back(said: str) -> None:
    assert typed.is_kept(typed.number(said)) is False
    with numerals.written_in("en"):
        value = typed.number(said)
        assert typed.is_kept(value)
        assert typed.doubtful(value) == (said.replace(".", ""), said)
        with pytest.raises(ValueError, match=said.lstrip("-")):
            amount_of(said)


@pytest.mark.parametrize("said", ["1,234.56", "1.234,56", "1234.56", "1234,56"])
def test_numbers_with_one_sense_are_read_everywhere(said: str) -> None:
    for language in LANGUAGES:
        with numerals.written_in(language):
            assert typed.number(said) == "1234.56"
            assert amount_of(said) == Decimal("1234.56")
            assert Faults().amount("price", said) == Decimal("1234.56")


@pytest.mark.parametrize("said", ["1.2.3", "1,23,456.7", "1,,2", ".", ",", "1e5", "٣", "1.234.56", "NaN", ""])
def test_what_is_no_number_is_none_in_either_language(said: str) -> None:
    for language in LANGUAGES:
        with numerals.written_in(language):
            assert numerals.plain(said) is None


def test_the_price_of_an_item_is_asked_back_too() -> None:
    with numerals.written_in("en"):
        faults = Faults()
        assert faults.amount("price", "1.250") is None
        assert faults.amount("price", Decimal("1.250")) == Decimal("1.250")
    [fault] = faults.found
    assert fault.code == "books.doubtful"
    assert fault.repair.en == "Write 1,250 or 1.2500."


def test_the_language_ends_with_the_page() -> None:
    with pytest.raises(KeyError), numerals.written_in("en"):
        raise KeyError
    assert numerals.language() == "tr"
