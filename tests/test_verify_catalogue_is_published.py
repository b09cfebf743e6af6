"""The catalogue of deviations is whole, speaks both languages, and its page says the same."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

import ulak.seal.verify
from seal_deviations_page import PAGE, page
from ulak.seal.problems import problem
from ulak.seal.verdicts import SubIndication, indication_of
from ulak.seal.verify import DEVIATIONS, Deviation, Policy
from ulak.seal.verify.deviations import rank_of

ROOM = Path(ulak.seal.verify.__file__).parent
CODE = re.compile(r"seal\.[a-z0-9-]+")


def test_the_page_is_written_from_the_catalogue() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


def test_the_page_has_a_section_for_each_code_and_no_other() -> None:
    sections = re.findall(r"^## (seal\..*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(sections) == sorted(DEVIATIONS)


@pytest.mark.parametrize(("code", "deviation"), DEVIATIONS.items(), ids=list(DEVIATIONS))
def test_each_entry_is_whole(code: str, deviation: Deviation) -> None:
    assert CODE.fullmatch(code)
    for text in (deviation.text, deviation.repair, deviation.why):
        assert text.tr
        assert text.en
        assert fields(text.tr) == fields(text.en)
        assert text.tr[-1] in ".}?" or text.tr.endswith((".”", "}"))
    assert deviation.since


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_code_that_is_raised_is_in_the_catalogue_and_the_other_way_round() -> None:
    used: set[str] = set()
    for path in ROOM.glob("*.py"):
        constants = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Constant))
        used |= {str(node.value) for node in constants if CODE.fullmatch(str(node.value))}
    errors = {"seal.unknown-document", "seal.naive-time", "seal.empty-envelope", "seal.document-elsewhere"}
    assert used - errors == set(DEVIATIONS)


def test_codes_shared_with_sealing_mean_the_same() -> None:
    said = problem("seal.no-tax-id", subject="X").text
    assert said == DEVIATIONS["seal.no-tax-id"].text.format(subject="X")


def test_every_sub_indication_has_a_rank_and_an_indication() -> None:
    ranks = [rank_of(sub) for sub in SubIndication]
    assert sorted(ranks) == list(range(len(SubIndication)))
    failed = [sub for sub in SubIndication if indication_of(sub).value == "TOTAL-FAILED"]
    assert max(map(rank_of, failed)) < min(rank_of(sub) for sub in SubIndication if sub not in failed)


def test_a_strict_policy_refuses_exactly_what_is_tolerated() -> None:
    assert Policy.strict().refused == {code for code, deviation in DEVIATIONS.items() if deviation.tolerated}
