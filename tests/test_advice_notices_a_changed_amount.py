"""An invoice that the totals engine worked out is exact: five kuruş more or less, anywhere, are noticed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from advice_documents import amounts, any_invoice, element, path, tree
from ulak.rules.advice import advise
from ulak.rules.advice.checks import figures
from ulak.rules.advice.head import Head
from ulak.rules.advice.reading import LINES
from ulak.rules.advice.screen import Look, look

_DEAR: Final = 1000
"""So dear that no amount which may be left out of a sum is as small as a change."""
_changes = st.decimals(min_value="0.05", max_value="0.90", places=2)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_invoice(_DEAR), st.data())
def test_a_changed_amount_is_noticed(root: etree._Element, data: st.DataObject) -> None:
    node = data.draw(st.sampled_from(list(filter(_matters, amounts(root)))))
    change = data.draw(_changes) * data.draw(st.sampled_from([1, -1]))
    node.text = str(Decimal(node.text or "0") + change)
    assert advise(root), path(node)


def _matters(node: etree._Element) -> bool:
    """The base of an allowance of the document is read by nobody, and its rate may be small."""
    above = node.getparent()
    assert above is not None
    return not (str(node.tag).endswith("}BaseAmount") and above.getparent() is node.getroottree().getroot())


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_invoice(), st.data())
def test_the_quick_look_clears_nothing_that_the_exact_one_warns_of(root: etree._Element, data: st.DataObject) -> None:
    for node in data.draw(st.lists(st.sampled_from(list(amounts(root))), max_size=2)):
        change = data.draw(st.decimals(min_value="-0.02", max_value="0.02", places=4))
        node.text = str(Decimal(node.text or "0") + change)
    if _cleared(root) is not None:
        assert list(figures(root)) == []


def _cleared(root: etree._Element, data: bytes = b"") -> Look | None:
    return look(Head(root), list(root.iterchildren(*LINES)), data)


def test_an_ordinary_invoice_is_cleared_by_the_quick_look() -> None:
    root = tree(*({"quantity": at, "price": "12.35", "vat": rate} for at, rate in enumerate((20, 10, 1, 20), 1)))
    for data in (b"", etree.tostring(root)):
        cleared = _cleared(root, data)
        assert cleared is not None
        assert list(cleared.quantities) == ["1", "2", "3", "4"]


@pytest.mark.parametrize("change", ["exempt", "zero discount", "pretty"])
def test_other_usual_builds_are_cleared_too(change: str) -> None:
    lines: dict[str, dict[str, Any]] = {
        "exempt": {"vat": 0, "exemption": "301"},
        "zero discount": {"discounts": [{"amount": 0}]},
    }
    line = lines.get(change, {})
    root = tree(line, line, **({"type": "ISTISNA"} if change == "exempt" else {}))
    if change == "pretty":
        etree.indent(root)
    assert _cleared(root) is not None


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("InvoiceLine/Item/Name", ""),
        ("InvoiceLine/Item/Name", " "),
        ("InvoiceLine/Item/Name", None),
        ("InvoiceLine/TaxTotal/TaxSubtotal/Percent", ""),
        ("TaxTotal/TaxSubtotal/TaxCategory/TaxScheme/TaxTypeCode", "0059"),
        ("InvoiceTypeCode", "SGK"),
        ("DocumentCurrencyCode", "USD"),
    ],
)
def test_what_is_not_ordinary_is_looked_at_closer(path: str, text: str | None) -> None:
    root = tree({}, {})
    element(root, path).text = text
    assert _cleared(root) is None
    assert _cleared(root, etree.tostring(root)) is None
