"""The sums beside the form are those of the document; what was typed comes back: form → JSON → UBL → form."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ulak.codes import exemptions, withholding
from ulak.codes.classes import ExemptionClass
from ulak.ubl.documents import read_document, write_document
from ulak.ubl.forms import from_json, to_json
from ulak_server.composing.changing import changed
from ulak_server.composing.fields import field_of
from ulak_server.composing.sense import reasoned, sense
from ulak_server.composing.state import Change, State, new, of_item, text_at
from ulak_server.composing.sums import live
from ulak_server.composing.typed import number, shown_number
from ulak_server.documents.intake import Options
from ulak_server.documents.items import Item

DAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SUPPLIER = {"tax_id": "4812530769", "name": "Ardıç Ticaret A.Ş.", "address": {"city": "Ankara", "town": "Çankaya"}}
WORDS = st.text(alphabet="abcçğıiöşüABCÇ &<>\"'%1234567890", min_size=1, max_size=30).filter(str.strip)


def amounts(most: int = 100_000, places: int = 2) -> st.SearchStrategy[str]:
    found = st.decimals(min_value=0, max_value=most, places=places, allow_nan=False, allow_infinity=False)
    return found.map(lambda value: shown_number(format(value, "f")))


CUTS = st.sampled_from(["", "%10", "%5 + %3", "%2,5", "0,01"])
LINES = st.fixed_dictionaries(
    {
        "name": WORDS,
        "quantity": amounts(1000, 3),
        "price": amounts(10_000, 4),
        "vat": st.sampled_from(["20", "10", "1"]),
        "discount": CUTS,
        "withholding": st.sampled_from(["", "", *(one.code for one in withholding.withholdings(DAY.date()))]),
        "note": st.just("") | WORDS,
    }
)


def written(lines: list[dict[str, str]], head: dict[str, str]) -> State:
    changes = [Change("set", f"/{name}", text) for name, text in head.items()]
    for at, line in enumerate(lines):
        changes += [Change("add", f"/lines/{at}")] if at else []
        changes += [Change("set", f"/lines/{at}/{name}", text) for name, text in line.items()]
    return changed(new("invoice", SUPPLIER), changes)


def built(state: State) -> Any:
    return from_json(
        state.item().data, now=DAY, new_uuid=lambda: "04e26a62-7c00-46d0-878c-6f7c60834525", number="ARD2026000000001"
    )


HEAD = {
    "customer/tax_id": "7359021640",
    "customer/name": "Meltem Gıda",
    "customer/address/city": "İstanbul",
    "customer/address/town": "Kadıköy",
    "profile": "TICARIFATURA",
}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(LINES, min_size=1, max_size=6), CUTS, st.sampled_from(["", "0,05", "-0,04"]))
def test_the_sums_that_are_shown_stand_in_the_document(lines: list[dict[str, str]], cut: str, rounding: str) -> None:
    state = written(lines, {**HEAD, "discount": cut, "rounding": rounding})
    shown = live(state)
    if shown.totals is None:
        with pytest.raises(Exception, match=r"totals\."):
            built(state)
        return
    document: Any = read_document(write_document(built(state)))
    stated = document.legal_monetary_total
    assert stated.payable_amount.value == shown.totals.payable
    assert stated.line_extension_amount.value == shown.totals.line_extension
    assert stated.tax_exclusive_amount.value == shown.totals.tax_exclusive
    assert stated.tax_inclusive_amount.value == shown.totals.tax_inclusive
    assert stated.allowance_total_amount.value == shown.totals.allowance
    for place, line in enumerate(document.invoice_line):
        assert line.line_extension_amount.value == shown.lines[place].net
    assert document.invoice_type_code == shown.type


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4), WORDS)
def test_what_was_typed_comes_back_out_of_the_document(lines: list[dict[str, str]], note: str) -> None:
    state = written(lines, {**HEAD, "notes": note})
    shown = live(state)
    # Of little nothing is withheld, and a document cannot say by which code.
    if shown.totals is None or not all(line.net and line.net >= 100 for line in shown.lines.values()):
        return
    again = of_item(Item(to_json(read_document(write_document(built(state)))), "json", Options()))
    for at, line in enumerate(lines):
        for name in line:
            pointer = f"/lines/{at}/{name}"
            assert same(text_at(again, pointer), text_at(state, pointer)), pointer
    for name in (*HEAD, "notes"):
        assert text_at(again, f"/{name}") == text_at(state, f"/{name}")


def same(one: str, other: str) -> bool:
    """Numbers may come back with other trailing zeros."""
    parts = [[number(part.strip(" %")) for part in text.split("+")] for text in (one, other)]
    if one == other:
        return True
    return [Decimal(part) for part in parts[0]] == [Decimal(part) for part in parts[1]]


@given(st.lists(LINES, min_size=1, max_size=5), st.data())
def test_sums_are_shown_whatever_is_missing(lines: list[dict[str, str]], data: st.DataObject) -> None:
    for line in lines:
        for name in data.draw(st.sets(st.sampled_from(sorted(line)))):
            line[name] = data.draw(st.sampled_from(["", "x", "-1", "9" * 40, "%", "1e9"]))
    shown = live(written(lines, {}))
    assert (shown.totals is None) == (shown.fault is not None)


@pytest.mark.parametrize("code", [one.code for one in exemptions.exemptions(DAY.date()) if not one.is_excise])
def test_choosing_a_reason_makes_a_line_that_fits_it(code: str) -> None:
    reason = exemptions.get(code)
    assert reason is not None
    if reason.kind in (ExemptionClass.ACCOMMODATION, ExemptionClass.INVESTMENT, ExemptionClass.PASSENGER):
        return
    state = written([{"name": "Mal", "price": "100", "vat": "20"}], {**HEAD})
    state = changed(state, reasoned("exemption", code, 0))
    type_code = live(state).type
    assert [one.code for one in sense(state, "TICARIFATURA", type_code)] == [], type_code


@pytest.mark.parametrize("code", [one.code for one in withholding.withholdings(DAY.date())])
def test_choosing_a_withholding_makes_an_invoice_that_fits_it(code: str) -> None:
    state = written([{"name": "Mal", "price": "100", "vat": "20"}], {**HEAD})
    state = changed(state, reasoned("withholding", code, 0))
    assert live(state).type == "TEVKIFAT"
    assert [*sense(state, "TICARIFATURA", "TEVKIFAT")] == []


def test_a_field_of_every_line_is_known_to_the_form() -> None:
    for name in ("name", "quantity", "price", "vat", "discount", "withholding", "note"):
        assert field_of("invoice", f"/lines/0/{name}") is not None
