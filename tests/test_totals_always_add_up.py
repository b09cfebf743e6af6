"""Whatever the lines are, the sums agree with each other."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ulak.ubl.totals import Adjustment, Effect, Line, Tax, Totals, TotalsError, Withholding, compute
from ulak.ubl.totals.money import apportion

D = Decimal
_ONE = D("0.01")


def _decimals(largest: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(D(0), D(largest), places=places, allow_nan=False, allow_infinity=False)


_percents = st.sampled_from([D(0), D(1), D(8), D(10), D("18"), D(20)])
_discounts = st.lists(
    st.builds(Adjustment, percent=_decimals("40", 2), charge=st.booleans())
    | st.builds(Adjustment, amount=_decimals("2", 2), charge=st.just(True)),
    max_size=3,
).map(tuple)
_extra = st.lists(
    st.sampled_from(
        [
            Tax("0074", D(20), in_vat_base=True),
            Tax("4080", D(10)),
            Tax("0059", D(2)),
            Tax("0003", D(20), effect=Effect.DEDUCTED),
            Tax("8006", amount=D("1.35")),
        ]
    ),
    max_size=2,
    unique=True,
)
_withholding = st.none() | st.sampled_from([Withholding("606", D(90)), Withholding("601", D(40))])


@st.composite
def _lines(draw: st.DrawFn) -> Line:
    vat = Tax("0015", draw(_percents))
    taxes = (*draw(_extra), vat)
    return Line(draw(_decimals("5000", 3)), draw(_decimals("9000", 4)), taxes, draw(_discounts), draw(_withholding))


_documents = st.lists(_lines(), min_size=1, max_size=8)
_whole = st.lists(
    st.builds(Adjustment, percent=_decimals("30", 1), charge=st.booleans())
    | st.builds(Adjustment, amount=_decimals("50", 2), charge=st.just(True), taxed=st.booleans()),
    max_size=2,
).map(tuple)


def _computed(lines: list[Line], whole: tuple[Adjustment, ...]) -> Totals:
    try:
        return compute(lines, whole)
    except TotalsError:
        assume(False)
        raise


@settings(max_examples=150, deadline=None)
@given(_documents, _whole)
def test_the_document_is_the_sum_of_its_lines(lines: list[Line], whole: tuple[Adjustment, ...]) -> None:
    totals = _computed(lines, whole)
    assert totals.line_extension == sum(line.gross for line in totals.lines)
    assert totals.tax == sum(line.tax for line in totals.lines)
    assert totals.withholding == sum(line.withheld.amount for line in totals.lines if line.withheld)
    for row in totals.taxes:
        key = (row.code, row.percent, row.exemption, row.effect)
        parts = [part for line in totals.lines for part in line.taxes if key == _key(part)]
        assert row.amount == sum(part.amount for part in parts)
        assert row.base == sum(part.base for part in parts)


def _key(row: object) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in ("code", "percent", "exemption", "effect"))


@settings(max_examples=150, deadline=None)
@given(_documents, _whole)
def test_what_is_to_be_paid_follows_from_the_rest(lines: list[Line], whole: tuple[Adjustment, ...]) -> None:
    totals = _computed(lines, whole)
    untaxed = sum(row.amount for row in totals.adjusted if not row.adjustment.taxed)
    assert totals.line_extension - totals.allowance + totals.charge == totals.tax_exclusive + untaxed
    added = sum(row.amount for row in totals.taxes if row.effect is Effect.ADDED)
    deducted = sum(row.amount for row in totals.taxes if row.effect is Effect.DEDUCTED)
    assert totals.tax_inclusive == totals.tax_exclusive + added + untaxed
    assert totals.payable == totals.tax_inclusive - totals.withholding - deducted


@settings(max_examples=100, deadline=None)
@given(_documents, _whole)
def test_every_amount_has_two_decimals_and_none_is_negative(lines: list[Line], whole: tuple[Adjustment, ...]) -> None:
    totals = _computed(lines, whole)
    amounts = [totals.tax, totals.tax_exclusive, totals.tax_inclusive, totals.payable, totals.line_extension]
    amounts += [row.amount for row in totals.taxes] + [line.net for line in totals.lines]
    assert all(amount.as_tuple().exponent == -2 for amount in amounts)
    assert min(totals.payable, totals.tax_exclusive, totals.tax) >= 0


@settings(max_examples=80, deadline=None)
@given(st.lists(_lines(), min_size=2, max_size=4), _whole, st.randoms())
def test_the_order_of_the_lines_does_not_matter(
    lines: list[Line], whole: tuple[Adjustment, ...], random: object
) -> None:
    expected = _facts(_computed(lines, whole))
    for order in list(permutations(lines))[:6]:
        assert _facts(_computed(list(order), whole)) == expected


def _facts(totals: Totals) -> tuple[object, ...]:
    rows = sorted(repr((row.code, row.percent, row.base, row.amount)) for row in totals.taxes)
    held = sorted(repr((row.code, row.base, row.amount)) for row in totals.withheld)
    return rows, held, totals.tax, totals.tax_exclusive, totals.tax_inclusive, totals.payable, totals.charge


@settings(max_examples=60, deadline=None)
@given(_documents, _whole)
def test_the_same_input_gives_the_same_sums(lines: list[Line], whole: tuple[Adjustment, ...]) -> None:
    assert _computed(lines, whole) == _computed(lines, whole)


@settings(max_examples=60, deadline=None)
@given(_documents)
def test_rounding_moves_the_payable_amount_alone(lines: list[Line]) -> None:
    plain = _computed(lines, ())
    rounded = compute(lines, rounding=D("0.37"))
    assert rounded.payable == plain.payable + D("0.37")
    assert (rounded.tax_inclusive, rounded.tax) == (plain.tax_inclusive, plain.tax)


@given(_decimals("100000", 2), st.lists(_decimals("5000", 2), min_size=1, max_size=12), st.booleans())
def test_shares_add_up_exactly_and_are_fair(amount: Decimal, weights: list[Decimal], negative: bool) -> None:
    signed = -amount if negative else amount
    shares = apportion(signed, weights, list(range(len(weights))))
    assert sum(shares) == signed
    if whole := sum(weights):
        assert all(abs(share - signed * weight / whole) < _ONE for share, weight in zip(shares, weights, strict=True))
