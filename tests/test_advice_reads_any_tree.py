"""Advice never fails, whatever the tree, and takes time in proportion to its size."""

from __future__ import annotations

from decimal import Inexact, localcontext

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from advice_documents import tree
from ulak.rules.advice import advise

_RICH = tree(
    {"price": 1000, "withholding": "606", "discounts": [{"percent": 10}], "ids": {"KUNYENO": "1" * 19}},
    {"price": 7, "taxes": [{"code": "0071", "percent": 3}]},
    profile="TEMELFATURA",
    currency="USD",
    exchange_rate="41.5",
    notes=['{"vkntckn": "1", "kdvmatrah(20)": []}'],
    terms={"due": "2026-12-01"},
)
_RICH_BYTES = etree.tostring(_RICH)
_junk = st.sampled_from(["", " ", "x", "NaN", "-1", "1e400", "9" * 90, "٣", "0.1.2", "2026-13-45", "1,5", "-0"])


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_no_tree_is_too_broken(data: st.DataObject) -> None:
    root = etree.fromstring(_RICH_BYTES)
    for _ in range(data.draw(st.integers(1, 6))):
        node = data.draw(st.sampled_from(list(root.iter("{*}*"))[1:]))
        change = data.draw(st.sampled_from(["text", "remove", "double", "comment", "attributes"]))
        parent = node.getparent()
        if change == "text":
            node.text = data.draw(_junk)
        elif change == "remove" and parent is not None:
            parent.remove(node)
        elif change == "double" and parent is not None:
            parent.append(etree.fromstring(etree.tostring(node)))
        elif change == "comment":
            node.insert(0, etree.Comment("7"))
        else:
            node.attrib.clear()
    assert isinstance(advise(root), list)


@pytest.mark.parametrize("text", ["<a/>", "<Invoice/>", '<Invoice xmlns="urn:x"/>'])
def test_what_is_no_document_gets_no_advice(text: str) -> None:
    assert advise(etree.fromstring(text)) == []


def test_a_comment_inside_an_amount_changes_nothing() -> None:
    root = tree()
    amount = next(root.iter("{*}PriceAmount"))
    amount.text = "1"
    comment = etree.Comment("0")
    amount.append(comment)
    comment.tail = "00"
    assert advise(root) == []


def test_a_quantity_of_forty_digits_is_no_fraction() -> None:
    root = tree()
    next(root.iter("{*}InvoicedQuantity")).text = "9" * 40 + ".0"
    assert "advice.fractional-pieces" not in {advice.id for advice in advise(root)}


def test_the_callers_decimal_context_does_not_matter() -> None:
    root = tree({"price": "12345.678901", "quantity": "33.333", "unit": "KGM", "discounts": [{"percent": 7}]})
    with localcontext() as context:
        context.prec = 3
        context.traps[Inexact] = True
        assert advise(root) == []
