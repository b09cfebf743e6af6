"""Documents for the tests of Ulak's own checks: correct ones, and ways to spoil them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from hypothesis import strategies as st
from lxml import etree

from json_documents import invoice
from ulak.rules.advice.names import cac, cbc, local_name
from ulak.ubl.documents import write_document
from ulak.ubl.forms import from_json

__all__ = ["NEIGHBOUR", "SELLER", "amounts", "any_invoice", "built", "element", "tree"]

SELLER: Final = "1460415308"
NEIGHBOUR: Final = "3900383669"
_PARTY: Final = {"name": "Ardıç A.Ş.", "address": {"town": "Çankaya", "city": "Ankara"}}


def tree(*lines: dict[str, Any], **more: Any) -> etree._Element:
    """A correct invoice, as `json_documents.invoice` takes it, with numbers whose check digits fit."""
    parties = {"supplier": {"tax_id": SELLER, **_PARTY}, "customer": {"tax_id": NEIGHBOUR, **_PARTY}}
    return built(invoice(*lines, **{**parties, **more}))


def built(form: Any) -> etree._Element:
    """A friendly document in UBL, read back."""
    document: Any = from_json(form)
    return etree.fromstring(write_document(document))


def element(root: etree._Element, path: str) -> etree._Element:
    """The element at a path of local names: ``InvoiceLine/Price/PriceAmount``."""
    steps = path.split("/")
    full = "/".join([*map(cac, steps[:-1]), f"{{*}}{steps[-1]}"])
    found = root.find(full)
    assert found is not None, path
    return found


_MONEY: Final = frozenset(
    cbc(name)
    for name in (
        "LineExtensionAmount",
        "TaxExclusiveAmount",
        "TaxInclusiveAmount",
        "AllowanceTotalAmount",
        "ChargeTotalAmount",
        "PayableRoundingAmount",
        "PayableAmount",
        "TaxAmount",
        "TaxableAmount",
        "Amount",
        "BaseAmount",
    )
)


def amounts(root: etree._Element) -> Iterator[etree._Element]:
    """Every amount that takes part in the arithmetic of an invoice."""
    for node in root.iter():
        if node.tag in _MONEY:
            yield node


def path(node: etree._Element) -> str:
    """Where an element is, for the message of a failing test."""
    return "/".join(local_name(each.tag) for each in (*reversed(list(node.iterancestors())), node))


_small = st.decimals(min_value="0.001", max_value=999, places=3).map(str)
_price = st.one_of(
    st.decimals(min_value="0.01", max_value=9999, places=2), st.decimals(min_value="0.01", max_value=999, places=6)
).map(str)


def _adjustments(least: str) -> st.SearchStrategy[list[dict[str, str]]]:
    percent = st.fixed_dictionaries({"percent": st.decimals(min_value=least, max_value=40, places=2).map(str)})
    amount = st.fixed_dictionaries({"amount": st.decimals(min_value=least, max_value="1.5", places=2).map(str)})
    return st.lists(percent | amount, max_size=2)


def _lines(worth: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    least = "1" if worth >= 100 else "0.01"
    line = st.fixed_dictionaries(
        {
            "quantity": st.one_of(st.integers(1, 500).map(str), _small),
            "unit": st.just("KGM"),
            "price": _price,
            "vat": st.sampled_from(["1", "10", "20"]),
        },
        optional={"discounts": _adjustments(least), "charges": _adjustments(least)},
    )
    return st.lists(line.map(lambda stated: _worth(stated, worth)), min_size=1, max_size=6)


def _worth(line: dict[str, Any], worth: int) -> dict[str, Any]:
    """The line, dear enough to bear its discounts."""
    value = Decimal(line["quantity"]) * Decimal(line["price"])
    return line if value >= worth else {**line, "quantity": "7", "price": str(worth)}


_KINDS: Final[tuple[dict[str, Any], ...]] = (
    {},
    {},
    {"withholding": "606"},
    {"withholding": "624"},
    {"exemption": "301", "vat": "0"},
    {"exemption": "701"},
    {"exemption": "805", "vat_base": "50.00"},
    {"taxes": [{"code": "0071", "percent": "12.5"}]},
    {"taxes": [{"code": "0059", "percent": "2"}]},
    {"taxes": [{"code": "0003", "percent": "17"}]},
    {"taxes": [{"code": "4080", "percent": "10"}, {"code": "0074", "percent": "6.7"}]},
)


@st.composite
def any_invoice(draw: st.DrawFn, worth: int = 8) -> etree._Element:
    """An invoice whose sums the totals engine worked out; each line is worth so many lira at least."""
    lines = draw(_lines(worth))
    kind = draw(st.sampled_from(_KINDS))
    more: dict[str, Any] = draw(st.sampled_from([{}, {}, {"currency": "USD", "exchange_rate": "41.2345"}]))
    if "taxes" not in kind:
        more = more | {"discounts": draw(_adjustments("1"))}
    more = more | draw(st.sampled_from([{}, {}, {"rounding": "0.03"}, {"rounding": "-0.04"}]))
    return tree(*({**line, **kind} for line in lines), **more)
