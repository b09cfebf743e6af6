"""What is wrong with a document in JSON is said with the caller's own field and a way out, in both languages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from json_documents import invoice
from ulak.errors import UlakError
from ulak.ubl.forms import from_json

_RETURN = {"returns": [{"number": "ABC2026000000009"}]}


def _refused(data: Any) -> UlakError:
    with pytest.raises(UlakError) as caught:
        from_json(data)
    return caught.value


def _without(name: str) -> dict[str, Any]:
    document = invoice()
    del document[name]
    return document


@pytest.mark.parametrize(
    ("document", "code", "where", "repair"),
    [
        (invoice({"vta": 20}), "json.unknown-field", "/lines/0/vta", "“vat”"),
        (invoice(custmer={}), "json.unknown-field", "/custmer", "“customer”"),
        (invoice({}, {"price": "on lira"}), "json.type", "/lines/1/price", "a number"),
        (invoice({}, {"price": None}), "json.type", "/lines/1/price", "a number"),
        (invoice(lines={}), "json.type", "/lines", "a list"),
        (invoice(notes=["a", 5]), "json.type", "/notes/1", "text"),
        (invoice(date="2.11.2026"), "json.type", "/date", "YYYY-MM-DD"),
        (invoice(**_RETURN), "json.missing-field", "/returns/0/date", "/returns/0/date"),
        (_without("supplier"), "json.missing-field", "/supplier", "/supplier"),
        (_without("customer"), "json.missing-field", "/customer", "/customer"),
        (_without("number"), "json.missing-field", "/number", "/number"),
        (_without("uuid"), "json.missing-field", "/uuid", "/uuid"),
        (_without("date"), "json.missing-field", "/date", "/date"),
        (invoice({}, {"vat": None}), "json.missing-field", "/lines/1/vat", "/lines/1/vat"),
        (invoice({"exemption": "310x"}), "json.unknown-code", "/lines/0/exemption", "310"),
        (invoice({"withholding": "699"}), "json.unknown-code", "/lines/0/withholding", "ulak codes withholdings"),
        (invoice({"taxes": [{"code": "0099", "percent": 1}]}), "json.unknown-code", "/lines/0/taxes/0/code", ""),
        (invoice({"taxes": [{"code": "0059"}]}), "json.missing-field", "/lines/0/taxes/0/percent", ""),
        (invoice({"discounts": [{}]}), "json.value", "/lines/0/discounts/0", "percent"),
        (invoice(charges=[{"percent": 1, "amount": 2}]), "json.value", "/charges/0", "percent"),
        (invoice({"withholding": "601"}, {"exemption": "301"}), "json.mixed", "/lines/1", "two invoices"),
        (invoice({"price": "NaN"}), "json.value", "", ""),
        (invoice({"price": "1e999999"}), "json.value", "", ""),
        (invoice({"quantity": -1}), "totals.negative-line", "/lines/0", ""),
        (invoice(document="packing_slip"), "json.unknown-document", "/document", "invoice"),
        (invoice(ubl={"cbc:Nope": "x"}), "json.ubl", "/ubl", "cbc:Nope"),
        (invoice(ubl={"cac:Delivery": [{"cbc:Nope": "x"}]}), "json.ubl", "/ubl", "cbc:Nope"),
    ],
)
def test_a_fault_is_named_with_its_field_and_a_repair(
    document: dict[str, Any], code: str, where: str, repair: str
) -> None:
    for data in (document, json.dumps(document)):
        error = _refused(data)
        assert (error.code, error.where) == (code, where)
        assert repair in error.repair.en
        assert error.text.tr
        assert error.text.en
        assert error.text.tr != error.text.en


@pytest.mark.parametrize(
    ("data", "line"),
    [(b'{"lines": [\n  {"name": }\n]}', 2), (b"", 1), (b'{"number": "ABC', 1), (b"\xff\xfe{", 1)],
)
def test_text_that_is_no_json_is_refused_with_its_line(data: bytes, line: int) -> None:
    error = _refused(data)
    assert error.code in ("json.syntax", "json.encoding")
    assert error.line in (line, None)


@pytest.mark.parametrize(
    ("data", "place", "repair"),
    [
        (b'{"price": 12,50}', (1, 14), "with a point, not a comma"),
        (b'{"price": 1.234,50}', (1, 17), "with a point, not a comma"),
        (b"{'number': 1}", (1, 2), "straight quotes"),
        ('{"number": “x”}'.encode(), (1, 12), "straight quotes"),
        (b'{number: "x"}', (1, 2), "name of the field"),
        (b'{"notes": ["x",]}', (1, 16), "Delete the comma"),
        (b'{"lines": [],}', (1, 14), "Delete the comma"),
        (b'{"notes": ["a\nb"]}', (1, 14), "line break"),
        (b'{"notes": ["C:\\yol"]}', (1, 17), "backslash twice"),
        (b'{"number": None}', (1, 12), "null, true, false"),
        (b'{\n  // ERP\n  "number": "x"}', (2, 3), "no comments"),
        (b'{"number" "x"}', (1, 11), "colon"),
        (b'{"price": 1000.00 TL}', (1, 19), "comma or a closing bracket"),
        (b'{"price": 01}', (1, 12), "zeros before them"),
        (b'{"price": +1}', (1, 11), "no plus sign"),
        (b'{"number": "a"}{"number": "b"}', (1, 17), "batch of NDJSON"),
        (b"<Invoice/>", (1, 1), "application/xml"),
        ('{"number": "x"}'.encode("utf-16"), (1, 1), "save it as UTF-8"),
        ('{\n "name": "Çiğdem" "x"}'.encode(), (2, 19), "comma or a closing bracket"),
        (b'{"number": "x', (1, 14), "whole text was sent"),
        (b"hello", (1, 1), "JSON writer"),
    ],
)
def test_text_that_is_no_json_is_told_where_and_what_to_do(data: bytes, place: tuple[int, int], repair: str) -> None:
    error = _refused(data)
    line, column = place
    assert (error.code, error.line) == ("json.syntax", line)
    assert f"line {line}" in error.text.en
    assert f"character {column}" in error.text.en
    assert f"{line}. satır" in error.text.tr
    assert repair in error.repair.en


@given(st.binary(max_size=40) | st.text(alphabet='{}[]",:0123456789.- \nabÇ', max_size=40).map(str.encode))
def test_whatever_is_no_json_has_a_place(data: bytes) -> None:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        error = _refused(data)
        assert error.text.tr
        assert error.repair.tr


@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"ubl":' * 200_000, b'{"lines":[{"ubl":' + b'{"a":' * 900 + b"1"])
def test_a_bottomless_document_is_refused(data: bytes) -> None:
    assert _refused(data).code in ("json.too-deep", "json.syntax")


def test_a_list_is_no_document() -> None:
    assert _refused(b"[]").code == "json.type"


def test_every_ubl_element_can_be_passed_through() -> None:
    made = from_json(invoice(ubl={"cac:PaymentTerms": {"cbc:Note": "30 gün"}, "cbc:IssueTime": "08:00:00"}))
    assert getattr(made, "payment_terms").note == "30 gün"  # noqa: B009
    assert getattr(made, "issue_time") == "08:00:00"  # noqa: B009


_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_junk_in_any_field_is_an_error_of_ours_or_a_document(data: st.DataObject) -> None:
    document = invoice({"discounts": [{"percent": 5}], "ids": {"KUNYENO": "1"}}, discounts=[{"amount": 1}])
    target: Any = document
    while True:
        key = data.draw(st.sampled_from(sorted(target))) if isinstance(target, dict) else 0
        if not isinstance(target[key], dict | list) or not target[key] or data.draw(st.booleans()):
            break
        target = target[key]
    target[key] = data.draw(_JUNK)
    code = ""
    try:
        from_json(document)
    except UlakError as error:
        code = error.code
    assert not code or code.startswith(("json.", "totals."))
