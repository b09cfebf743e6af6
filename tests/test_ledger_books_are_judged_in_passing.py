"""A book is judged while it is read; what is found is what GİB's rules find in the whole file."""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest

from ledger_judged import DAY, books_of, differences, packs, small_steps, spoiled, streamed
from support import REFERENCE, needs_reference
from ulak.ledger.judging import judge
from ulak.ledger.judging.dividing import Way, divide, way_of
from ulak.ledger.judging.known import KNOWN
from ulak.ledger.reading import PROBLEMS
from ulak.rules import PackStore, Verdict
from ulak.rules.importer import add
from ulak.rules.saxon import run_saxon
from ulak.rules.schematron import Assertion, read_schematron

pytestmark = needs_reference

_BOOKS: Final = ("edefter_yevmiye", "edefter_kebir", "envanter_defter")
_SEEDS: Final = range(240)
_ROW: Final = r"^\| (frame|pieces|both|streamed) \|[^|]+\| (\d+) \| (\d+) \| (\d+) \|$"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> PackStore:
    return packs(tmp_path_factory.mktemp("packs"))


@pytest.mark.parametrize("kind", ["Y", "K"])
def test_books_as_they_are_written_pass_in_any_steps(store: PackStore, kind: str) -> None:
    name, data = next(each for each in books_of() if f"-{kind}-" in each[0])
    for block, lines in ((1 << 18, 2_000), (2_500, 1), (4_000, 2)):
        with small_steps(block, lines):
            report = streamed(data, name, store)
        assert (report.verdict, report.findings) == (Verdict.VALID, ())


@pytest.mark.parametrize("share", range(4))
def test_spoiled_books_are_told_the_same_in_passing_as_in_one_piece(store: PackStore, share: int) -> None:
    """The whole is judged by Saxon and libxml2, as `ulak.rules.check` does; the other by pieces and streamed rules."""
    broken: set[str] = set()
    for seed in _SEEDS[share::4]:
        rng = random.Random(seed)
        name, data = rng.choice(books_of())
        if rng.random() < 0.1:
            name = name.replace("000000", "000001").replace("202601", rng.choice(["202601", "202602"]))
        made = spoiled(rng, data)
        with small_steps(rng.choice([2_500, 5_000, 1 << 18]), rng.choice([1, 2, 2_000])):
            whole, differing = differences(made, name, store)
        assert not differing, (seed, differing)
        broken |= {each.id for each in whole.findings}
    assert len(broken) > 40


@pytest.mark.parametrize(
    ("kind", "old", "new", "rule"),
    [
        ("Y", b">2</gl-cor:entryNumberCounter>", b">9</gl-cor:entryNumberCounter>", "entryheader-1"),
        ("Y", b"2026-01-19</gl-cor:enteredDate>", b"2026-01-02</gl-cor:enteredDate>", "entryheader-2"),
        ("Y", b">50.00</gl-bus:totalDebit>", b">50.01</gl-bus:totalDebit>", "entryheader-12"),
        ("Y", b">50.00</gl-bus:totalCredit>", b">49.99</gl-bus:totalCredit>", "entryheader-13"),
        ("Y", b">7</gl-cor:lineNumber>", b">70</gl-cor:lineNumber>", "entrydetail-2"),
        ("Y", b">120.01.001</gl-cor:accountSubID>", b">121.01.001</gl-cor:accountSubID>", "entrydetail-10"),
        ("Y", b">600</gl-cor:accountMainID>", b">60</gl-cor:accountMainID>", "entrydetail-6"),
        ("K", b">100</gl-cor:accountMainID>", b">999</gl-cor:accountMainID>", "accountingentries-3"),
        ("K", b">600.01</gl-cor:accountSubID>", b">391.18</gl-cor:accountSubID>", "accountingentries-5"),
        ("K", b">100.00</gl-bus:totalDebit>", b">100.01</gl-bus:totalDebit>", "entryheader-7"),
        ("K", b">4</gl-cor:lineNumberCounter>", b">0</gl-cor:lineNumberCounter>", "entrydetail-3"),
    ],
)
def test_each_far_looking_rule_is_broken_by_one_change(
    store: PackStore, kind: str, old: bytes, new: bytes, rule: str
) -> None:
    name, data = next(each for each in books_of() if f"-{kind}-" in each[0])
    assert old in data
    whole, differing = differences(data.replace(old, new), name, store)
    assert not differing
    assert any(each.id.endswith(f".{rule}") for each in whole.findings), [each.id for each in whole.findings]


def test_a_book_is_judged_before_it_is_sealed(store: PackStore) -> None:
    for name, data in books_of()[:2]:
        unsealed = data[: data.index(b"<ds:Signature ")] + b"</edefter:defter>"
        assert streamed(unsealed, name, store, is_sealed=False).verdict is Verdict.VALID
        assert streamed(unsealed, name, store).verdict is Verdict.INVALID


# -- which rule is judged how -----------------------------------------------------------------------------------------


def schematron(role: str) -> Any:
    folder = REFERENCE / "packages" / "edefter" / "schematron"
    return read_schematron({path.name: path.read_bytes() for path in folder.iterdir()}, f"{role}.sch")


@pytest.mark.parametrize("role", _BOOKS)
def test_every_rule_of_gibs_package_is_judged_in_one_of_the_known_ways(role: str) -> None:
    schema = schematron(role)
    parts = divide(schema)
    assert parts.unknown == ()
    frame, pieces = ({id(each) for _, _, each in part.assertions()} for part in (parts.frame, parts.pieces))
    numbers = set(parts.streamed.values())
    for number, (_, _, assertion) in enumerate(schema.assertions()):
        assert (id(assertion) in frame or id(assertion) in pieces) != (number in numbers)


def test_every_known_rule_is_one_of_gibs() -> None:
    told = {name for role in _BOOKS for name in divide(schematron(role)).streamed}
    assert told | {"any-entry"} == set(KNOWN.values())


@pytest.mark.parametrize(
    "test",
    [
        "preceding::node()/gl-cor:lineNumber",
        "following-sibling::*",
        "../gl-cor:entryDetail",
        "count(parent::node()/parent::node()/gl-cor:entryHeader) = 1",
        "/edefter:defter/xbrli:xbrl/gl-cor:accountingEntries/gl-cor:entryHeader[1]",
        "//gl-cor:amount",
        "fct:isSorted(gl-cor:amount)",
        "document('x')",
        "ancestor::node()",
        "following::node()/gl-cor:lineNumber = gl-cor:lineNumber + 2",
        "position() = last()",
        "$nothing = { 1 }",
    ],
)
def test_a_rule_that_looks_further_than_ulak_knows_is_never_judged_on_pieces(test: str) -> None:
    assert _way("gl-cor:entryDetail", test) is Way.UNKNOWN


@pytest.mark.parametrize(
    ("context", "test", "way"),
    [
        ("gl-cor:entryDetail", "gl-cor:detailComment", Way.PIECES),
        ("gl-cor:entryDetail", "gl-cor:amount * 2 > parent::node()/gl-cor:entryNumberCounter", Way.PIECES),
        ("gl-cor:entryHeader", "string-length(.) > 0", Way.UNKNOWN),
        ("gl-cor:entryHeader", "count(gl-cor:entryDetail) > 2", Way.UNKNOWN),
        ("gl-cor:documentInfo", "gl-bus:targetApplication", Way.FRAME),
        ("gl-cor:documentInfo", "parent::node()/gl-cor:entryHeader", Way.UNKNOWN),
    ],
)
def test_new_rules_are_judged_where_what_they_look_at_stands(context: str, test: str, way: Way) -> None:
    assert _way(context, test) is way


def _way(name: str, test: str) -> Way:
    schema = schematron("edefter_yevmiye")
    pattern, rule = next((p, r) for p in schema.patterns for r in p.rules if r.context.endswith(f"/{name}"))
    assertion = Assertion("new", test, ("Yeni kural",))
    return way_of(schema, pattern, replace(rule, assertions=(*rule.assertions, assertion)), assertion)


def test_a_package_with_an_unknown_rule_judges_small_books_as_a_whole_and_refuses_large_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    for path in (REFERENCE / "packages" / "edefter").rglob("*"):
        target = package / path.relative_to(REFERENCE / "packages" / "edefter")
        if path.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(
                path.read_bytes().replace(b"count(gl-cor:entryDetail) > 1", b"count(gl-cor:entryDetail) > 8")
            )
    newer = PackStore(tmp_path / "home")
    add(package, newer, since=date(2020, 1, 1))
    name, data = books_of()[0]
    report = streamed(data, name, newer)
    assert report.verdict is Verdict.INVALID
    assert {each.id for each in report.findings} == {"edefter_yevmiye.entryheader-10"}
    monkeypatch.setattr("ulak.ledger.judging.MAX_BYTES", 5_000)
    report = streamed(data, name, newer)
    assert report.verdict is Verdict.COULD_NOT_JUDGE
    assert report.findings[0].id == "book.whole"
    assert "entryheader" in report.findings[0].message.tr


def test_saxon_is_asked_about_a_book_once_and_not_about_each_piece(
    store: PackStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one rule of pieces that XPath 1 cannot say is about funds; books without them need no Saxon for it."""
    asked = []

    def counted(stylesheet: str, document: bytes, file: str) -> Any:
        asked.append(file)
        return run_saxon(stylesheet, document, file)

    monkeypatch.setattr("ulak.rules.engine.run_saxon", counted)
    name, data = books_of()[0]
    with small_steps(2_500, 1):
        streamed(data, name, store)
    assert len(asked) == 1


def test_ten_thousand_findings_are_enough(store: PackStore) -> None:
    name, data = books_of()[0]
    start, end = data.index(b"<gl-cor:entryHeader>"), data.index(b"</gl-cor:accountingEntries>")
    many = data[:start] + b"<gl-cor:entryHeader/>" * 200_000 + data[end:]
    report = streamed(many, name, store)
    assert report.verdict is Verdict.INVALID
    assert len(report.findings) < 1_100
    assert any(each.id == "rules.more" for each in report.findings)


def test_an_id_is_used_once_in_all_pieces_of_a_book(store: PackStore) -> None:
    name, data = books_of()[0]
    twice = data.replace(b"<gl-cor:entryDetail>", b'<gl-cor:entryDetail id="s">')
    with small_steps(2_500, 1):
        _, differing = differences(twice, name, store)
        assert not differing
    many = data
    for at in range(16):
        many = many.replace(b"<gl-cor:entryDetail>", f'<gl-cor:entryDetail id="s{at}">'.encode(), 1)
    assert streamed(many, name, store).verdict is Verdict.VALID


@pytest.mark.parametrize("name", ["1234567808-202601-Y-000000.xml", "defter.xml", "", "\x00\ud800"])
def test_without_gibs_package_nothing_passes_for_valid(tmp_path: Path, name: str) -> None:
    report = judge(BytesIO(books_of()[0][1]), name, PackStore(tmp_path), on=DAY)
    assert report.verdict is Verdict.COULD_NOT_JUDGE


# -- the page that tells it -------------------------------------------------------------------------------------------

_PAGE: Final = (Path(__file__).parents[1] / "docs" / "ledger-judging.md").read_text("utf-8")


def test_the_page_tells_how_many_rules_are_judged_which_way() -> None:
    told = {row[0]: [int(number) for number in row[1:]] for row in re.findall(_ROW, _PAGE, re.MULTILINE)}
    found: dict[str, list[int]] = {"frame": [], "pieces": [], "both": [], "streamed": []}
    for role in _BOOKS:
        schema = schematron(role)
        ways = Counter(way_of(schema, *each).value for each in schema.assertions())
        for way, counts in found.items():
            counts.append(ways[way])
    assert told == found


def test_the_page_tells_of_every_streamed_rule_and_every_code() -> None:
    for name in KNOWN.values():
        assert f"`{name}`" in _PAGE
    assert set(re.findall(r"^\| `(book\.[a-z-]+)` \|", _PAGE, re.MULTILINE)) == set(PROBLEMS)
