"""XPath 2 restated in XPath 1, and Schematron as XSLT 1, say the same: at random, measured against Saxon."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mutants_compare import Comparison
from mutants_random import booleans, documents, schemas, single_rule
from saxon_reference import silence
from ulak.rules.schematron import Schema

QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
SAMPLES = st.lists(documents(), min_size=3, max_size=6)


def disagreements(schema: Schema, sample: list[bytes]) -> list[str]:
    """Where Ulak stops and Saxon need not, XPath 2 allows both: Saxon leaves out whatever it can prove useless."""
    comparison = _comparison(schema)
    found = [difference for document in sample for difference in comparison.differences(document)]
    return [difference for difference in found if not difference.startswith("only Ulak stops")]


def _comparison(schema: Schema) -> Comparison:
    """Skips what Saxon refuses before it sees a document, such as a comparison that can only be an error."""
    try:
        with silence():
            return Comparison(schema, {})
    except Exception as error:
        assume("Saxon" not in type(error).__name__)
        raise


@pytest.mark.parametrize("context", ["a", "a/b", "/a", "*/b/c"])
@settings(QUIET, max_examples=200)
@given(booleans(), SAMPLES)
def test_a_random_expression_means_the_same(context: str, test: str, sample: list[bytes]) -> None:
    assert disagreements(single_rule(context, test), sample) == []


@settings(QUIET, max_examples=400)
@given(schemas(), SAMPLES)
def test_a_random_schematron_means_the_same(schema: Schema, sample: list[bytes]) -> None:
    assert disagreements(schema, sample) == []


@pytest.mark.parametrize("unit_price", ["2.5", "2.4", "", "x"])
def test_a_star_between_two_names_multiplies(unit_price: str) -> None:
    """Not “any element”: what costs 2.5 a piece makes 25 in a book of funds."""
    document = f"<a><b><c>10</c><d>{unit_price}</d></b><b>25.0</b></a>".encode()
    assert disagreements(single_rule("a", "b[2]=b[1]/c*b[1]/d"), [document]) == []
