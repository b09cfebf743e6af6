"""Dates, times, numbers and patterns are read as Saxon reads them, to the letter."""

from __future__ import annotations

import math
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mutants import DATES, NUMBERS, TIMES
from saxon_reference import processor, silence
from ulak.rules.functions import date_minutes, is_date, is_time, matches, to_double

QUIET = settings(deadline=None, max_examples=300, derandomize=True)
AMOUNT = "^(\\s)*?[0-9][0-9]{0,16}(,[0-9]{3})*(\\.[0-9]{1,2}(\\s)*?)?(\\s)*?$"
PATTERNS = sorted(
    {
        AMOUNT,
        "^[A-Z0-9]{3}20[0-9]{2}[0-9]{9}$",
        "^\\d{4}\\-(0?[1-9]|1[012])\\-(0?[1-9]|[12][0-9]|3[01])$",
        "^[A-Z0-9_-]+$",
        "^(0[1-9]|[1-7][0-9]|8[01])[A-Z]+[0-9]+$",
        "^TR\\d{7}[A-Z0-9]{17}$",
        "^urn:[A-Za-z0-9][A-Za-z0-9-]{0,31}:([A-Za-z0-9()+,-.:=@;$_!*]|%[0-9A-Fa-f]{2})+$",
        "\\S\\s\\S",
        "^[^\\s]+$",
        "^.$",
    }
)


@cache
def xpath() -> Any:
    made = processor().new_xpath_processor()
    made.declare_namespace("xs", "http://www.w3.org/2001/XMLSchema")
    return made


def saxon(expression: str, text: str) -> str | None:
    """The string of ``expression`` over ``<a>text</a>``; None where Saxon stops."""
    source = escape(text, {"\r": "&#13;"})
    with silence():
        xpath().set_context(xdm_item=processor().new_document_builder().parse_xml(xml_text=f"<a>{source}</a>"))
        try:
            return str(xpath().evaluate_single(f"string({expression})"))
        except Exception:
            return None


def near(*examples: str) -> st.SearchStrategy[str]:
    """Texts that are almost one of ``examples``."""
    letters = "0123456789-+:.,ZTeEINF \t\n\u00a0٣xA"
    spoilt = st.builds(
        lambda text, at, letter, gone: text[: at % (len(text) + 1)] + letter + text[at % (len(text) + 1) + gone :],
        st.sampled_from(examples),
        st.integers(0, 30),
        st.sampled_from(["", *letters]),
        st.integers(0, 2),
    )
    return st.one_of(spoilt, st.sampled_from(examples))


@QUIET
@given(near(*DATES, "2026-06-15+03:00", "-0044-03-15", "0000-02-29"))
def test_dates(text: str) -> None:
    assert str(is_date(text)).lower() == saxon("/a castable as xs:date", text)
    minutes = date_minutes(text)
    if minutes is not None:
        noon = date_minutes("2026-06-15")
        assert noon is not None
        assert str(minutes <= noon).lower() == saxon("xs:date(/a) le xs:date('2026-06-15')", text)
        assert str(minutes == noon).lower() == saxon("xs:date(/a) eq xs:date('2026-06-15')", text)


@QUIET
@given(near(*TIMES, "23:59:59.999+03:00"))
def test_times(text: str) -> None:
    assert str(is_time(text)).lower() == saxon("/a castable as xs:time", text)


@QUIET
@given(near(*NUMBERS))
def test_numbers(text: str) -> None:
    # Saxon does not see an infinity between blanks, which XML Schema says are not there.
    assume("INF" not in text or text == text.strip())
    value = to_double(text)
    assert str(math.isnan(value)).lower() == saxon("string(number(/a)) = 'NaN'", text)
    for limit in ("0", "1", "-1", "100.5"):
        assert str(value > float(limit)).lower() == saxon(f"number(/a) > {limit}", text)


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(deadline=None, max_examples=80, derandomize=True)
@given(
    near(
        "12.50 ",
        " 1,234.5",
        "ABC2026000000001",
        "35ABC12",
        "urn:mail:a@b.tr",
        "TR330006100519786457841326",
        "2026-1-5",
        "a b",
    )
)
def test_patterns(pattern: str, text: str) -> None:
    assert str(matches(text, pattern)).lower() == saxon(f"matches(/a, '{pattern}')", text)


@pytest.mark.parametrize("text", ["1.00" + " " * 100_000, "1.00" + " " * 100_000 + "x", " " * 100_000, "9" * 100_000])
def test_a_flood_of_blanks_takes_no_square_of_its_length(text: str) -> None:
    # Were it quadratic, these would be 5 000 000 000 steps each, and the suite would never end.
    assert matches(text, AMOUNT) == (text.strip() == "1.00")
