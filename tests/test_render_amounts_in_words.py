"""Amounts in words, by Python and by the stylesheet alike."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from render_dressed import example
from ulak.errors import Language
from ulak.render import Design, in_words, stylesheet
from ulak.render.words import LARGEST

AMOUNTS = st.decimals(-LARGEST + 1, LARGEST - 1, places=2, allow_nan=False, allow_infinity=False)
ONES = ("sıfır", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz")
TENS = ("on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan")
WORDS = {**{word: number for number, word in enumerate(ONES)}, **{word: 10 * n for n, word in enumerate(TENS, 1)}}
THOUSANDS = {"bin": 1, "milyon": 2, "milyar": 3, "trilyon": 4, "katrilyon": 5}


def counted(words: list[str]) -> int:
    """What Turkish number words mean, by a reader of its own."""
    total = group = 0
    for word in words:
        if word == "yüz":
            group = (group or 1) * 100
        elif word in THOUSANDS:
            total, group = total + (group or 1) * 1000 ** THOUSANDS[word], 0
        else:
            group += WORDS[word]
    return total + group


@settings(deadline=None)
@given(st.integers(0, 10**18 - 1))
def test_turkish_words_mean_the_number(number: int) -> None:
    words = in_words(Decimal(number), "TRY").split()
    assert (words[0], words[-1]) == ("Yalnız", "lira")
    assert counted(words[1:-1]) == number


@pytest.mark.parametrize(
    ("amount", "currency", "language", "said"),
    [
        ("0", "TRY", "tr", "Yalnız sıfır lira"),
        ("0.05", "TRY", "tr", "Yalnız sıfır lira beş kuruş"),
        ("1001", "TRY", "tr", "Yalnız bin bir lira"),
        ("1001000", "TRY", "tr", "Yalnız bir milyon bin lira"),
        ("-12.5", "EUR", "tr", "Yalnız eksi on iki avro elli sent"),
        ("0.005", "TRY", "tr", "Yalnız sıfır lira bir kuruş"),
        ("-0.001", "TRY", "tr", "Yalnız sıfır lira"),
        ("21.21", "USD", "en", "Only twenty-one US dollars twenty-one cents"),
        ("115", "GBP", "en", "Only one hundred fifteen pounds sterling"),
        ("1000000.99", "JPY", "en", "Only one million JPY 99/100"),
        ("1E+18", "TRY", "tr", "Yalnız 1000000000000000000.00 TRY"),
        ("-5E+20", "TRY", "en", "Only -500000000000000000000.00 TRY"),
    ],
)
def test_edges(amount: str, currency: str, language: Language, said: str) -> None:
    assert in_words(Decimal(amount), currency, language) == said


@cache
def transform(language: Language) -> etree.XSLT:
    return etree.XSLT(etree.fromstring(stylesheet("invoice", Design(language=language))))


def of_stylesheet(amount: str, currency: str, language: Language) -> str:
    document = re.sub(
        rb'<cbc:PayableAmount currencyID="[A-Z]+">[^<]*<',
        f'<cbc:PayableAmount currencyID="{currency}">{amount}<'.encode(),
        example("invoice/temelfatura-satis"),
    )
    found: Any = etree.HTML(str(transform(language)(etree.fromstring(document)))).xpath("//p[b]")
    return "".join(found[0].itertext())


@settings(max_examples=150, deadline=None)
@given(AMOUNTS, st.sampled_from(["TRY", "USD", "EUR", "GBP", "CHF"]), st.sampled_from(["tr", "en"]))
def test_the_stylesheet_says_the_same(amount: Decimal, currency: str, language: Language) -> None:
    assert of_stylesheet(f"{amount:f}", currency, language) == in_words(amount, currency, language)


@pytest.mark.parametrize("amount", ["5", "5.5", "005.50", " 5.50 ", "5."])
def test_the_stylesheet_reads_amounts_as_xml_may_write_them(amount: str) -> None:
    assert of_stylesheet(amount, "TRY", "tr").startswith("Yalnız beş lira")
