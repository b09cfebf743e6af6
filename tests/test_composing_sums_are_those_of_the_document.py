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
from ulak_server.composing.shares import share
from ulak_server.composing.state import Change, State, new, of_item, text_at
from ulak_server.composing.sums import Live, live
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


def written(lines: list[dict[str, str]], head: dict[str, str], kind: str = "invoice") -> State:
    changes = [Change("set", f"/{name}", text) for name, text in head.items()]
    for at, line in enumerate(lines):
        changes += [Change("add", f"/lines/{at}")] if at else []
        changes += [Change("set", f"/lines/{at}/{name}", text) for name, text in line.items()]
    return changed(new(kind, SUPPLIER), changes)


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


def document_of(state: State, shown: Live) -> Any:
    """The document that is built, which states the sums that are shown; None where there are none to be shown."""
    if shown.totals is None:
        with pytest.raises(Exception, match=r"totals\."):
            built(state)
        return None
    document: Any = read_document(write_document(built(state)))
    stated = document.legal_monetary_total
    assert stated.payable_amount.value == shown.totals.payable
    assert stated.line_extension_amount.value == shown.totals.line_extension
    return document


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(LINES, min_size=1, max_size=6), CUTS, st.sampled_from(["", "0,05", "-0,04"]))
def test_the_sums_that_are_shown_stand_in_the_document(lines: list[dict[str, str]], cut: str, rounding: str) -> None:
    state = written(lines, {**HEAD, "discount": cut, "rounding": rounding})
    shown = live(state)
    document = document_of(state, shown)
    if document is None or shown.totals is None:
        return
    stated = document.legal_monetary_total
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


RATES = st.sampled_from(["", "0", "1", "2", "0,2", "17", "20"])
FEES = st.fixed_dictionaries(
    {
        "name": WORDS,
        "income_withholding": RATES,
        "vat": st.sampled_from(["20", "10", "1"]),
        "withholding": st.sampled_from(["", "", "603", "612"]),
        "fee": amounts(100_000),
    }
)
PRODUCE = st.fixed_dictionaries(
    {
        "name": WORDS,
        "quantity": amounts(1000, 3),
        "price": amounts(1000),
        "income_withholding": RATES,
        "social": RATES,
        "exchange_fee": RATES,
        "pasture": RATES,
    }
)
PURCHASES = st.fixed_dictionaries(
    {
        "name": WORDS,
        "quantity": amounts(100, 2),
        "price": amounts(1000),
        "vat": RATES,
        "income": RATES,
        "discount": CUTS,
    }
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(
    st.one_of(
        [
            st.tuples(st.just(kind), st.lists(lines, min_size=1, max_size=4))
            for kind, lines in (("freelance_receipt", FEES), ("producer_receipt", PRODUCE), ("expense_note", PURCHASES))
        ]
    )
)
def test_the_sums_of_a_receipt_stand_in_it_and_what_was_typed_comes_back(typed: tuple[str, list[Any]]) -> None:
    kind, lines = typed
    head = {name: text for name, text in HEAD.items() if name != "profile"}
    state = written(lines, head, kind)
    shown = live(state)
    document = document_of(state, shown)
    if document is None:
        return
    again = of_item(Item(to_json(document), "json", Options()))
    assert (again.kind, live(again).totals) == (kind, shown.totals) or not all(
        line.net >= 100 for line in shown.lines.values()
    )


@settings(deadline=None)
@given(
    amounts(), RATES, st.sampled_from(["20", "10", "1", "0"]), st.sampled_from(["", "603", "612"]),
    st.sampled_from(["net", "collected"]),
)  # fmt: skip
def test_a_fee_is_found_of_which_so_much_is_left(text: str, income: str, vat: str, withholding: str, name: str) -> None:
    row = {"name": "İş", "income_withholding": income, "vat": vat, "withholding": withholding}
    state = written([{**row, name: text}], {}, "freelance_receipt")
    wanted, left = Decimal(number(text)), share(state.lines[0], name, DAY.date())
    assert left is not None
    assert abs(left - wanted) <= Decimal("0.01")
    # Typed as it is shown, it stays what it is.
    again = changed(state, [Change("set", f"/lines/0/{name}", text_at(state, f"/lines/0/{name}"))])
    assert share(again.lines[0], name, DAY.date()) == left
    closer = [Decimal(state.lines[0]["fee"]) + step * Decimal("0.01") for step in (-2, -1, 1, 2)]
    for fee in closer:
        other = share({**state.lines[0], "fee": str(max(fee, Decimal(0)))}, name, DAY.date())
        assert other is not None
        assert abs(other - wanted) >= abs(left - wanted)
