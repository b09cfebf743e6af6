"""A document told from its likeness to one in order is in order by the XSD and by every rule of GİB's."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

import pytest
from lxml import etree

from json_documents import invoice
from mutants_compare import engine_for
from mutants_seeds import seeds
from saxon_reference import TODAY
from ulak.rules import Checker, PackStore, Report, Verdict
from ulak.rules.check import Scheme, schema_errors
from ulak.rules.engine import CLEAR
from ulak.rules.functions import today_minutes
from ulak.rules.leaf_types import LeafTypes
from ulak.rules.moulds import Cast, Moulds, cast_of
from ulak.ubl.documents import write_document
from ulak.ubl.forms import from_json
from ulak.xml import XmlError, parse

DAY: Final = date.fromisoformat(TODAY)
MINUTES: Final = today_minutes(DAY)
PACK: Final = PackStore().choose("ubl-tr", date(2026, 11, 20)).pack
TYPES: Final = LeafTypes(PACK.schemas)
SORTS: Final = (
    ("earchive", "invoice-EARSIVFATURA-YTBTEVKIFAT"),
    ("efatura", "invoice-TEMELFATURA-ISTISNA"),
    ("efatura", "invoice-YOLCUBERABERFATURA"),
    ("efatura", "response-RED"),
    ("efatura", "despatch-IDISIRSALIYE"),
    ("efatura", "receipt"),
)
_ORDINARY: Final = """
0 0.00 00.0 -1 -0.01 1.5 1.005 1e3 +1 INF NaN .5 5. 99999999999999999 1234567890123456.1 1,000.00
555 0015 1460415308 3900383669 KABUL VKN TRY EUR true A,B 0015,0071 , SE-1234567 ES-12345678
1234567890 12345678901 123456789 35ABC12 abc2026000000001 ABC20260000000012 2099-01-01 2004-12-31
24:00:00 25:00:00 10:30 TR330006100519786457841326 f47ac10b58cc4372a5670e02b2c3d479
"""
"""Numbers that XPath 1, XPath 2 and XML Schema read differently; words and identifiers that rules know, or do not."""
_STRANGE: Final = (
    "",
    " ",
    " a",
    "a ",
    "\xa0",
    "a\x85",
    "\uffff",
    "\ufffe",
    "\x7f",
    "&amp;",
    "a&#65;",
    "<x/>",
    "]]>",
    "\x01",
)
"""What a reader of XML sees as something else than a text, or refuses."""
OTHERS: Final = [*(text.encode() for text in (*_ORDINARY.split(), *_STRANGE, "x" * 300)), b"\xff", b"\xed\xa0\x80"]


class Known(NamedTuple):
    """A document in order, and all that was remembered of it."""

    cast: Cast
    moulds: Moulds[str]
    words: Sequence[bytes]
    errors: int


def known(scheme: str, text: str) -> Known:
    """What is known when a document was judged twice; its XSD's errors, if there are any, stand for none."""
    engine, root, cast = engine_for(scheme), parse(text.encode()), cast_of(text.encode())
    assert engine.run(root, text.encode(), today=MINUTES) == CLEAR
    moulds = Moulds[str](TYPES)
    for _ in range(2):
        moulds.keep(cast, (), root, lambda: engine.reads(root, MINUTES), "in order")
    assert moulds.find(cast, ()) == "in order"
    words = sorted(engine.reads(root, MINUTES).words)
    return Known(cast, moulds, words, count_of_errors(root))


def count_of_errors(root: etree._Element) -> int:
    found = PACK.schema_for(root)
    assert found is not None
    return len(schema_errors(found[1], root))


def mutants(one: Known, chance: random.Random) -> Iterator[list[bytes]]:
    """Each text replaced by each of some others, then several at once."""
    words = [word for word in one.words if word and not set(b"<&") & set(word)]
    for at in range(len(one.cast.texts)):
        for other in [*OTHERS, *chance.sample(words, 3)]:
            yield [*one.cast.texts[:at], other, *one.cast.texts[at + 1 :]]
    for _ in range(500):
        mutant = list(one.cast.texts)
        for at in chance.sample(range(len(mutant)), 3):
            mutant[at] = chance.choice(OTHERS)
        yield mutant


@pytest.mark.parametrize(("scheme", "name"), SORTS)
def test_of_any_sort(scheme: str, name: str) -> None:
    one, told = known(scheme, seeds()[name]), 0
    pieces = one.cast.markup.split(b"\0")
    for texts in mutants(one, random.Random(name)):
        data = b"".join([*(a + b for a, b in zip(pieces, texts, strict=False)), pieces[-1]])
        if one.moulds.find(cast_of(data), ()) is None:
            continue
        told += 1
        try:
            root = parse(data)
        except XmlError:
            pytest.fail(f"no XML, yet told to be in order: {data!r}")
        assert engine_for(scheme).run(root, data, today=MINUTES) == CLEAR, texts
        assert count_of_errors(root) == one.errors, texts
    assert told > 300


@pytest.mark.parametrize(
    ("place", "other"),
    [
        ("<!---->", "a comment"),
        ('<x xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="y">a</x>', "a type of its own"),
        ("<x><y/>mixed</x>", "text beside elements"),
        ("<x>a>b</x>", "a > that is no markup"),
        ("<x><![CDATA[<a>b</a>]]></x>", "markup that is text"),
    ],
)
def test_nothing_is_told_of_documents_whose_texts_are_uncertain(place: str, other: str) -> None:
    engine = engine_for()
    for inside, told in (("<x>a</x>", "in order"), (place, None)):
        data = f"<r>{inside}<z>text</z></r>".encode()
        moulds, root, cast = Moulds[str](TYPES), parse(data), cast_of(data)
        for _ in range(3):
            moulds.keep(cast, (), root, lambda root=root: engine.reads(root, MINUTES), "in order")  # type: ignore[misc]
        assert moulds.find(cast, ()) == told, other


def document(**more: object) -> bytes:
    return write_document(from_json(invoice(date=TODAY, **more)))  # type: ignore[arg-type]


def told(checker: Checker, data: bytes, day: date = DAY, scheme: Scheme | None = None) -> Report:
    """The report on a document, by likeness where there is one."""
    cast = cast_of(data)
    found = checker.recall(cast, today=day, scheme=scheme)
    return found or checker.check_tree(parse(data), data, today=day, scheme=scheme, cast=cast)


def test_a_checker_tells_what_it_would_have_found() -> None:
    checker, found = Checker(PACK, PackStore(), advice=False), 0
    goods = [("Mal", 100, 20), ("Hizmet", "3.335", 20), ("Şey & Ötesi", 7, 20), ("Defter", 9, 10), ("Kalem", 0, 20)]
    for at, (name, price, vat) in enumerate(goods * 3):
        data = document(
            uuid=f"f47ac10b-58cc-4372-a567-0e02b2c3d4{at:02}", lines=[{"name": name, "price": price, "vat": vat}]
        )
        found += checker.recall(cast_of(data), today=DAY) is not None
        assert told(checker, data) == checker.check(data, today=DAY)
    assert found > 5
    faulty = document().replace(b">ABC2026", b">abc2026")
    assert told(checker, faulty) == checker.check(faulty, today=DAY)
    assert told(checker, faulty).verdict is Verdict.INVALID


def test_another_day_or_another_system_is_another_judgement() -> None:
    checker, data = Checker(PACK, PackStore(), advice=False), document()
    for _ in range(3):
        assert told(checker, data).verdict is Verdict.VALID
    assert checker.recall(cast_of(data), today=DAY) is not None
    assert told(checker, data, date(2025, 1, 1)).verdict is Verdict.INVALID
    assert told(checker, data, scheme="earchive").verdict is Verdict.INVALID
    assert told(checker, data).verdict is Verdict.VALID


def test_documents_of_one_markup_and_two_types_are_not_confused() -> None:
    checker, sale = Checker(PACK, PackStore(), advice=False), document()
    for _ in range(3):
        assert told(checker, sale).verdict is Verdict.VALID
    # The invoice that is returned is not named, which returns have to do.
    assert told(checker, sale.replace(b">SATIS<", b">IADE<")).verdict is Verdict.INVALID


def test_warnings_of_ulaks_own_are_never_left_out() -> None:
    checker, data = Checker(PACK, PackStore()), document()
    for _ in range(3):
        told(checker, data)
    assert checker.recall(cast_of(data), today=DAY) is None


def test_no_document_can_have_a_text_taken_for_that_of_another_leaf() -> None:
    checker = Checker(PACK, PackStore(), advice=False)
    ahead, _, behind = document().partition(b"<cac:Signature>")
    # What is no leaf of its own stands in the number of who signs, and a note spells the marks of older versions.
    ahead = ahead.replace(b"</cbc:InvoiceTypeCode>", b"</cbc:InvoiceTypeCode><cbc:Note>t1&#48;</cbc:Note>")

    def signed_by(text: bytes) -> bytes:
        return ahead + b"<cac:Signature>" + behind.replace(b">4812530769<", b"><![CDATA[00>%b</00]]><" % text, 1)

    for _ in range(3):
        assert told(checker, signed_by(b"333")).verdict is Verdict.VALID
    assert told(checker, signed_by(b"33333333333")).verdict is Verdict.INVALID


def test_likenesses_take_no_more_room_than_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    checker = Checker(PACK, PackStore(), advice=False)

    def of(rate: int) -> bytes:
        return document().replace(b"<cbc:Percent>20<", b"<cbc:Percent>%d<" % rate)

    for rate in (20, 20, 10):
        assert told(checker, of(rate)).verdict is Verdict.VALID
    assert [checker.recall(cast_of(of(rate)), today=DAY) is not None for rate in (20, 10)] == [True, True]
    monkeypatch.setattr("ulak.rules.moulds._ROOM", 1)
    assert told(checker, of(1)).verdict is Verdict.VALID
    kept = [checker.recall(cast_of(of(rate)), today=DAY) is not None for rate in (20, 10, 1)]
    assert kept == [False, False, True]
