"""What people type becomes friendly JSON and comes back as it was; what nobody understands is kept and said."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ulak_server.composing import typed
from ulak_server.composing.changing import changed
from ulak_server.composing.faults import fault_of, faults
from ulak_server.composing.fields import TABLES, Field, Sort, field_of
from ulak_server.composing.pasting import pasted
from ulak_server.composing.problems import ComposeError
from ulak_server.composing.reading import text_of, value_of
from ulak_server.composing.state import (
    MOST_LINES,
    Change,
    State,
    new,
    of_item,
    read_changes,
    text_at,
    value_at,
)

SUPPLIER = {"tax_id": "4812530769", "name": "Ardıç"}
DECIMALS = st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=4)


def invoice() -> State:
    return new("invoice", SUPPLIER)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234", "1234"),
        ("1234", "1234"),
        ("1234,5", "1234.5"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        (" 1 250,00 ₺", "1250.00"),
        ("250 TL", "250"),
        ("\u22125", "-5"),
        (",5", "0.5"),
    ],
)
def test_numbers_are_read_as_people_in_turkiye_write_them(text: str, value: str) -> None:
    assert Decimal(typed.number(text)) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "on", "12a", "1e5", "--5", "1..2", "1,2,3", "1.23.456", "NaN", "Infinity", "٣٤", "½", "0x10",
        "1.234,567.8", "%", "9" * 61,
    ],
)  # fmt: skip
def test_what_is_no_number_is_kept_as_it_was_typed(text: str) -> None:
    read = typed.number(text)
    assert typed.is_kept(read)
    assert typed.shown_number(read) == text[:60]


@given(DECIMALS)
def test_a_number_that_is_shown_reads_back_the_same(value: Decimal) -> None:
    plain = format(value, "f")
    assert Decimal(typed.number(typed.shown_number(plain))) == value


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_that_is_shown_reads_back_the_same(day: date) -> None:
    assert typed.day(typed.shown_day(day.isoformat())) == day.isoformat()
    assert typed.day(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize("text", ["31.06.2026", "29.02.2026", "0.1.2026", "1.13.2026", "dün", "2026", "31/6/26", ""])
def test_days_that_are_not_are_kept(text: str) -> None:
    assert typed.is_kept(typed.day(text))


@given(st.sampled_from(sorted(TABLES)), st.data(), st.text(max_size=80))
def test_whatever_is_typed_into_any_field_is_shown_again_and_stays_so(
    kind: str, data: st.DataObject, text: str
) -> None:
    """Form → JSON → form, for any text in any field; and once more changes nothing."""
    field: Field = data.draw(st.sampled_from(list(TABLES[kind].values())))
    text = text.encode("utf-8", "replace").decode()
    once = value_of(field, text)
    shown = text_of(field, once)
    again = value_of(field, shown, once)
    assert text_of(field, again) == shown
    fault_of(field, "/x", once)


@given(st.text(max_size=60))
def test_a_number_field_holds_a_number_or_a_fault(text: str) -> None:
    field = TABLES["invoice"]["lines", "*", "price"]
    value = value_of(field, text)
    if value is not None and fault_of(field, "/lines/0/price", value) is None:
        assert 0 <= Decimal(value) <= Decimal(10) ** 15


@pytest.mark.parametrize(
    ("pointer", "text", "code"),
    [
        ("/lines/0/price", "on iki", "compose.number"),
        ("/lines/0/price", "-5", "compose.negative"),
        ("/lines/0/price", "9" * 30, "compose.too-large"),
        ("/lines/0/price", "1,123456789", "compose.places"),
        ("/lines/0/vat", "200", "compose.too-large"),
        ("/lines/0/discount", "%150", "compose.too-large"),
        ("/lines/0/discount", "yarısı", "compose.adjustment"),
        ("/lines/0/unit", "KOVA", "compose.choice"),
        ("/lines/0/withholding", "999", "compose.choice"),
        ("/date", "31.06.2026", "compose.day"),
        ("/time", "25:00", "compose.time"),
        ("/customer/tax_id", "12345", "compose.tax-id-length"),
        ("/customer/tax_id", "4812530768", "compose.tax-id-digits"),
        ("/customer/name", "Mel\x00tem", "compose.unprintable"),
        ("/customer/name", "Mel\u202etem", "compose.unprintable"),
        ("/lines/0/name", "x" * 501, "compose.too-long"),
        ("/payment/iban", "TR00 1234", "compose.identifier"),
        ("/returns/0/number", "12", "compose.identifier"),
    ],
)
def test_every_mistake_of_typing_has_its_sentence_at_its_field(pointer: str, text: str, code: str) -> None:
    (fault,) = faults(changed(invoice(), [Change("set", pointer, text)]))
    assert (fault.code, fault.where) == (code, pointer)
    assert all((*fault.text, *fault.repair))
    assert "\x00" not in fault.text.tr


def test_scripts_are_text_like_any_other() -> None:
    text = "<script>alert(1)</script>"
    state = changed(invoice(), [Change("set", "/lines/0/name", text)])
    assert text_at(state, "/lines/0/name") == text
    assert faults(state) == []


def test_discounts_are_written_in_one_text_and_keep_their_reasons() -> None:
    before = {"lines": [{"discounts": [{"percent": "5", "reason": "Bayi"}]}], "document": "invoice"}
    state = changed(State("invoice", before, {}), [Change("set", "/lines/0/discount", "10% + 25,50")])
    assert state.lines[0]["discounts"] == [{"percent": "10", "reason": "Bayi"}, {"amount": "25.50"}]
    assert text_at(state, "/lines/0/discount") == "%10 + 25,50"


def test_members_without_a_field_stay_as_they_are() -> None:
    members = {"document": "invoice", "ubl": {"cac:X": {"cbc:Y": 1}}, "lines": [{"ubl": {"a": "b"}, "price": "1"}]}
    state = changed(State("invoice", members, {}), [Change("set", "/lines/0/price", "2,5")])
    assert state.members["ubl"] == {"cac:X": {"cbc:Y": 1}}
    assert state.lines == [{"ubl": {"a": "b"}, "price": "2.5"}]
    assert members["lines"] == [{"ubl": {"a": "b"}, "price": "1"}]


def test_emptied_fields_leave_nothing_behind() -> None:
    state = changed(invoice(), [Change("set", "/customer/address/city", "Ankara"), Change("set", "/order/number", "7")])
    state = changed(state, [Change("set", "/customer/address/city", ""), Change("set", "/order/number", " ")])
    assert state == invoice()


def test_a_new_line_takes_over_what_its_neighbour_means() -> None:
    first = [
        Change("set", f"/lines/0/{name}", text)
        for name, text in (("name", "Boya"), ("vat", "20"), ("withholding", "601"), ("unit", "MTK"), ("price", "5"))
    ]
    state = changed(invoice(), [*first, Change("add", "/lines/1")])
    assert state.lines[1] == {"vat": "20", "withholding": "601", "unit": "MTK"}


def test_rows_are_moved_copied_and_removed() -> None:
    state = changed(invoice(), [Change("paste", "/lines/0", "A\t1\t5\nB\t2\t6\nC\t3\t7")])
    state = changed(state, [Change("move", "/lines/2", 0), Change("copy", "/lines/1"), Change("remove", "/lines/3")])
    assert [row["name"] for row in state.lines] == ["C", "A", "A"]
    emptied = changed(state, [Change("remove", "/lines/0")] * 3)
    assert emptied.lines == [{}]


def test_one_lines_withholding_can_be_given_to_all() -> None:
    state = changed(
        invoice(), [Change("paste", "/lines/0", "A\t5\nB\t6"), Change("set", "/lines/1/withholding", "604")]
    )
    state = changed(state, [Change("all", "/lines/1/withholding")])
    assert [row.get("withholding") for row in state.lines] == ["604", "604"]


@pytest.mark.parametrize(
    "change",
    [
        Change("set", "/ubl/x", "1"), Change("set", "/supplier/name", "Ben"), Change("set", "lines", "1"),
        Change("set", "", "1"),
        Change("set", "/lines/7/name", "x"), Change("set", "/lines/-1/name", "x"), Change("set", "/lines/x/name", "y"),
        Change("remove", "/lines/9"), Change("remove", "/supplier/0"), Change("add", "/lines/99999999999999"),
        Change("move", "/lines/0", "yukarı"), Change("all", "/customer/name"), Change("set", "/options/batch", "1"),
        Change("set", "/lines/٣/name", "x"), Change("set", "/lines//name", "x"),
    ],
)  # fmt: skip
def test_changes_of_what_the_form_does_not_have_are_refused(change: Change) -> None:
    with pytest.raises(ComposeError):
        changed(invoice(), [change])


@pytest.mark.parametrize(
    "said",
    [
        None, {}, "x", [1], [{}], [{"at": 5}], [{"at": "/date", "value": {}}],
        [{"at": "/date", "do": "merge", "value": {}}],
        [{"at": "/date", "do": "drop"}], [{"at": "/date", "value": None}], [{"at": "/notes", "value": "x" * 30_000}],
        [{"at": "/date", "value": "1"}] * 10_001, [{"at": "/date", "do": []}],
    ],
)  # fmt: skip
def test_what_is_no_list_of_changes_is_refused(said: object) -> None:
    with pytest.raises(ComposeError):
        read_changes(said)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["at", "do", "value"]), inner),
    )
)
def test_any_json_is_changes_or_a_sentence(said: object) -> None:
    with suppress(ComposeError):
        faults(changed(invoice(), read_changes(said)))


def test_lines_are_pasted_from_a_spreadsheet_up_to_the_limit() -> None:
    rows = "\n".join(f"Mal {n}\t{n}\tKg\t{n},50" for n in range(1, MOST_LINES + 1))
    state = changed(invoice(), [Change("paste", "/lines/0", rows)])
    assert len(state.lines) == MOST_LINES
    assert state.lines[-1] == {"name": "Mal 5000", "quantity": "5000", "unit": "KGM", "price": "5000.50"}
    with pytest.raises(ComposeError) as told:
        changed(state, [Change("paste", "/lines/0", "Bir\t1\t1")])
    assert told.value.code == "compose.too-many-lines"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n \t\n", []),
        ("Boya", [{"name": "Boya"}]),
        ('"İki\nsatır"\t3\t5', [{"name": "İki satır", "quantity": "3", "price": "5"}]),
        ("Boya\t2\t10\t20", [{"name": "Boya", "quantity": "2", "price": "10", "vat": "20"}]),
        ("Boya\t2\t10\t%20", [{"name": "Boya", "quantity": "2", "price": "10", "vat": "20"}]),
        ("MİKTAR\tÜRÜN ADI\tFİYATI\n3\tBoya\tbeş", [{"quantity": "3", "name": "Boya", "price": "?beş"}]),
        ("Item\tQty\tPrice\nPaint\t3\t4.5", [{"name": "Paint", "quantity": "3", "price": "4.5"}]),
    ],
)
def test_ranges_of_spreadsheets_are_understood(text: str, lines: list[dict[str, str]]) -> None:
    assert pasted("invoice", text) == lines


@given(st.text(alphabet=st.sampled_from('ab12,.\t\n"%ş \0'), max_size=200))
def test_any_clipboard_becomes_lines(text: str) -> None:
    for row in pasted("invoice", text):
        assert row


def test_numbers_of_an_erps_draft_are_read_digit_by_digit() -> None:
    from ulak_server.documents.intake import Options
    from ulak_server.documents.items import Item

    state = of_item(Item(b'{"lines": [{"price": 2899.90, "quantity": 3}]}', "json", Options()))
    assert text_at(state, "/lines/0/price") == "2.899,90"
    assert text_at(state, "/lines/0/quantity") == "3"


def test_every_field_has_a_label_in_both_languages() -> None:
    for table in TABLES.values():
        for field in table.values():
            assert all(field.label)
            assert field.sort in Sort


def test_fields_are_found_by_their_pointers() -> None:
    assert field_of("invoice", "/lines/12/discount") is TABLES["invoice"]["lines", "*", "discount"]
    assert field_of("despatch_advice", "/lines/0/vat") is None
    assert value_at({"a": [1]}, "/a/x") is None
