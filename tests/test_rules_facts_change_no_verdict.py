"""A test simplified by what is known of a document is the test itself, on every document of which that is true."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from mutants import mutants
from mutants_compare import engine_for
from mutants_random import TEXTS, booleans, documents
from ulak.rules.functions import FUNCTIONS, take_trouble
from ulak.rules.nodes import Node, as_boolean
from ulak.rules.rendering import render
from ulak.rules.simplify import Facts, simplify
from ulak.rules.stylesheets import stylesheet
from ulak.rules.xpath import Translator, Untranslatable

QUIET = settings(deadline=None, max_examples=600, derandomize=True, suppress_health_check=list(HealthCheck))


def holds(node: Node, root: etree._Element) -> tuple[bool, bool]:
    """Whether ``node`` is true at ``root``, and whether it met an error."""
    take_trouble()
    test = etree.XPath(f"boolean({render(node)})", namespaces={"u": "urn:ulak:rules"}, extensions=FUNCTIONS)
    return bool(test(root, ulak_today=0, ulak_file="")), bool(take_trouble())


@QUIET
@given(booleans(), documents(), st.sampled_from(TEXTS))
def test_of_a_child_known_and_a_child_missing(test: str, document: bytes, text: str) -> None:
    root = etree.fromstring(document)
    for child in list(root):
        if child.tag in ("b", "c"):
            root.remove(child)
    root.tag = "a"
    # There is one b, of which the text is known, and no c.
    etree.SubElement(root, "b").text = text
    assume(not list(root.iterdescendants("a")))
    try:
        node = as_boolean(Translator({}, {}).translate(test))
    except Untranslatable:
        return
    simple = simplify(node, Facts({"b": text}, "//a", (), {}, missing=frozenset({"c"})))
    value, stopped = holds(node, root)
    assert stopped or holds(simple, root) == (value, False)


def test_nothing_inside_a_loop_over_lines_looks_at_all_lines() -> None:
    """What grows with the square of the lines is a test that, at each line, walks over the lines."""
    program = engine_for().program
    text = stylesheet(program, dict.fromkeys(program.groups))
    root = etree.fromstring(text.encode())
    loops = [loop for loop in root.iter("{*}for-each") if "Line" in (loop.get("select") or "")]
    assert loops
    tests = [test.get("test", "") for loop in loops for test in loop.iter("{*}if")]
    walking = [test for test in tests if re.search(r"(?<![\w.])//|\.\./(cac|hr):\w*Line", test)]
    assert walking == []


def test_mutants_are_the_same_on_every_run() -> None:
    assert [*mutants(7, 20)] == [*mutants(7, 20)]
