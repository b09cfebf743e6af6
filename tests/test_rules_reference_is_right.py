"""The judge of the judges: Saxon over our reading of a Schematron says what it says over another author's compilation.

The default pack brings a stylesheet that its authors compiled from the same Schematron with a tool of their own. It is
of version 1.0, where Saxon takes the first of several nodes instead of stopping; where we say it stops, the two are
not compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import Any

import pytest
from lxml import etree

from mutants import Mutant
from mutants_compare import default_comparison, default_stylesheet
from mutants_directed import directed
from mutants_sweep import sweep
from saxon_outcomes import Outcomes
from saxon_reference import TODAY, SaxonReference, compile_stylesheet, processor, silence
from ulak.rules.schematron import Assertion, Pattern, Rule, Schema

SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@cache
def executable() -> Any:
    text = re.sub(r"\bcurrent-date\(\s*\)", f"xs:date('{TODAY}')", default_stylesheet())
    return compile_stylesheet(text)


def svrl(data: bytes) -> Counter[str] | None:
    """How often each printed id is reported; None where Saxon stops."""
    node = (
        processor()
        .new_document_builder()
        .parse_xml(xml_text=etree.tostring(etree.fromstring(data), encoding="unicode"))
    )
    try:
        with silence():
            report = executable().transform_to_string(xdm_node=node)
    except Exception:
        return None
    return Counter(failed.get("id", "") for failed in etree.fromstring(report.encode()).iter(f"{SVRL}failed-assert"))


def reference(data: bytes) -> Counter[str] | None:
    comparison = default_comparison("efatura")
    verdict = comparison.reference.judge(data)
    if verdict.stopped:
        return None
    assertions = comparison.engine.program.assertions
    return Counter(assertions[number][2].printed_id for number, _ in verdict.failed)


def test_saxon_counts_dates_in_istanbul() -> None:
    zone = processor().new_xpath_processor().evaluate_single("string(implicit-timezone())")
    assert str(zone) == "PT3H"


def differing(documents: Iterable[Mutant]) -> list[str]:
    compared = ((mutant, reference(mutant.data)) for mutant in documents)
    return [mutant.name for mutant, ours in compared if ours is not None and ours != svrl(mutant.data)]


def test_both_compilations_agree_on_directed_mutants() -> None:
    assert differing(directed()) == []


def test_both_compilations_agree_on_single_changes() -> None:
    assert differing(islice(sweep(), 5, None, 10)) == []


def _schema(test: str) -> Schema:
    return Schema({}, (), (Pattern("p", (Rule("a", (Assertion("r", test, ("no",)),)),)),))


@pytest.mark.parametrize(
    ("test", "document", "left_open"),
    [
        ("string(b) = 'x' or c", "<a><b/><b/><c/></a>", True),
        ("string(b) = 'x' or c", "<a><b/><b/></a>", False),
        ("string(b) = 'x' and c", "<a><b/><b/></a>", True),
        ("not(string(b) = 'x' and (c or d))", "<a><b/><b/><d/></a>", False),
        ("not(string(b) = 'x' and (c or d))", "<a><b/><b/></a>", True),
        ("c or d", "<a/>", False),
    ],
)
def test_only_an_undecided_order_excuses_a_difference(test: str, document: str, left_open: bool) -> None:
    outcomes = Outcomes(SaxonReference(_schema(test), {}))
    assert outcomes.leave_open(0, document.encode()) is left_open
