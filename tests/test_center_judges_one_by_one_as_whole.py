"""Documents judged one by one are told the same as inside their envelope, where all rules can look at everything."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from center_cases import BAD, GOOD, Case
from center_envelopes import BACK, DEAL, EXPORTS, IDIS, PASSENGERS, SALE, header, sealed, zipped_again
from center_registry import ARDIC_PK, MELTEM_GB, book
from seal_documents import example
from seal_pki import NOW
from support import REFERENCE, needs_reference
from ulak.envelope import ElementType, Envelope, EnvelopeError, Group, Header, Packed, Party, pack
from ulak.envelope.values import ROOTS
from ulak.rules import Checker, PackStore
from ulak.rules.schematron import read_schematron
from ulak_center.judging import Judge, Refused, looking, rules
from ulak_center.judging.looking import look
from ulak_center.judging.reaching import READ, digest_of_reaching, is_read
from ulak_center.judging.reading import label, read
from ulak_center.judging.rules import Inside

EXAMPLES = Path(__file__).parents[1] / "examples"
KINDS = {name: kind for kind, name in ROOTS.items()}
OWN = frozenset({"judge.other-sender", "judge.other-receiver", "judge.not-a-notice"})
"""What the Schematron does not know."""


@cache
def checker() -> Checker:
    store = PackStore()
    return Checker(store.choose("ubl-tr", NOW.date()).pack, store, advice=False)


def one_by_one(packed: Packed) -> str:
    """The code that the judge finds, "" for none."""
    reading = read(packed.name, packed.data)
    assert reading.fault is None
    try:
        look(reading, packed.name, packed.data, checker(), NOW.date())
    except (Refused, EnvelopeError) as fault:
        return fault.code
    return ""


def as_whole(packed: Packed) -> str:
    reading = read(packed.name, packed.data)
    assert reading.header is not None
    labels = [label(document) for document in reading.documents]
    fault = Inside(checker(), NOW.date(), reading.header, packed.data, reading.documents, labels).whole()
    return fault.code if fault else ""


def same(packed: Packed) -> bool:
    found, expected = one_by_one(packed), as_whole(packed)
    if found == "envelope.duplicate-id":
        return expected == "judge.schema"
    return found == expected or (found in OWN and expected in ("", "judge.unjudged"))


def unchecked(outside: Header, kind: ElementType, *documents: bytes) -> Packed:
    return pack(Envelope(outside, (Group(kind, documents),)), parse=False)


def of_sender(case: Case) -> bool:
    found = read(case.packed.name, case.packed.data)
    return found.fault is None and found.header is not None


@pytest.mark.parametrize("case", [*GOOD, *BAD], ids=lambda case: case.why)
def test_the_cases(case: Case) -> None:
    if of_sender(case):
        assert same(case.packed)


def _examples() -> Iterator[tuple[str, ElementType, bytes]]:
    for path in sorted(EXAMPLES.glob("*/*.json")):
        name = f"{path.parent.name}/{path.stem}"
        document = example(name)
        kind = KINDS.get(etree.fromstring(document).tag)
        if kind is not None:
            yield name, kind, document


SAMPLES = tuple(_examples())
OUTSIDES = (
    header(),
    header(receiver=EXPORTS),
    header(receiver=PASSENGERS),
    header(MELTEM_GB, ARDIC_PK),
    header(receiver=Party("urn:mail:pk@kamu.example", "3900892152")),
)


@pytest.mark.parametrize(("name", "kind", "document"), SAMPLES, ids=[name for name, _, _ in SAMPLES])
def test_every_example_to_every_receiver(name: str, kind: ElementType, document: bytes) -> None:
    is_answer = kind in (ElementType.APPLICATION_RESPONSE, ElementType.RECEIPT_ADVICE)
    for outside in (BACK, BACK._replace(sender=ARDIC_PK, receiver=MELTEM_GB)) if is_answer else OUTSIDES:
        if name.endswith("s_apr") and is_answer:
            continue
        assert same(unchecked(outside, kind, document)), (name, outside.receiver.alias)


def _mutants(document: bytes, seed: str, count: int) -> Iterator[bytes]:
    """The document with something taken out, doubled, emptied or moved."""
    chance = random.Random(seed)
    for _ in range(count):
        root = etree.fromstring(document)
        elements = [element for element in root.iter("*") if element is not root]
        for _ in range(chance.choice((1, 1, 1, 2))):
            _change(chance.choice(elements), chance)
        yield etree.tostring(root, encoding="UTF-8")


def _change(element: etree._Element, chance: random.Random) -> None:
    parent = element.getparent()
    if parent is None:
        return
    what = chance.randrange(6)
    if what == 0:
        parent.remove(element)
    elif what == 1:
        parent.append(etree.fromstring(etree.tostring(element)))
    elif what == 2:
        element.text = chance.choice(("", "x", "0", " 4812530769", "1460415308", "IDIS", "2.0", "2027-01-01", "İADE"))
    elif what == 3:
        for name in element.attrib:
            element.set(name, chance.choice(("", "VKN", "TCKN", "XXX", "TRY", "C62")))
    elif what == 4:
        parent.insert(0, element)
    else:
        element.append(etree.Comment("x"))


@pytest.mark.parametrize(("name", "kind", "document"), SAMPLES, ids=[name for name, _, _ in SAMPLES])
def test_mutants_beside_a_good_document(name: str, kind: ElementType, document: bytes) -> None:
    beside = {ElementType.INVOICE: sealed(SALE)}.get(kind)
    is_answer = kind in (ElementType.APPLICATION_RESPONSE, ElementType.RECEIPT_ADVICE)
    for mutant in _mutants(document, name, 6):
        found = [mutant, beside] if beside else [mutant]
        packed = unchecked(BACK if is_answer else header(), kind, *found)
        if read(packed.name, packed.data).fault is None:
            assert same(packed), mutant.decode()


AROUND = (
    ("<sh:Standard>", "<sh:Standard more='1'>"),
    ("<sh:TypeVersion>", "<sh:TypeVersion xsi:type='x:y' xmlns:x='urn:x'>"),
    ("</sh:Type>", "</sh:Type><sh:MultipleType>True</sh:MultipleType>"),
    ("</sh:Type>", "</sh:Type><sh:MultipleType>false</sh:MultipleType>"),
    ("</sh:DocumentIdentification>", "</sh:DocumentIdentification><sh:Manifest/>"),
    ("<ElementList>", "<ElementList x='y'>"),
    ("<sh:HeaderVersion>1.0", "<sh:HeaderVersion>1.2"),
    ("PackageProxy_1_2.xsd", "PackageProxy_1_2.xsd more"),
    ("<ef:Package>", "<ef:Package><!-- -->"),
)


@pytest.mark.parametrize(("old", "new"), AROUND)
def test_what_stands_around_the_documents(old: str, new: str) -> None:
    packed = zipped_again(unchecked(header(), ElementType.INVOICE, sealed(SALE), sealed(DEAL)), old, new)
    if read(packed.name, packed.data).fault is None:
        assert same(packed)


def test_what_stands_around_is_judged_though_others_like_it_were_good() -> None:
    judge = Judge(lambda day: checker())
    good = unchecked(header(), ElementType.INVOICE, sealed(SALE), sealed(DEAL))
    refused = 0
    for old, new in AROUND:
        packed = zipped_again(good, old, new)
        if read(packed.name, packed.data).fault is not None:
            continue
        for _ in range(2):
            assert judge.judge(*_named(good), book(), NOW).status == 1200
            found = judge.judge(*_named(packed), book(), NOW)
            assert found.code == as_whole(packed)
        refused += found.status == 1160
    assert refused > 3


def test_of_envelopes_that_differ_in_texts_only_one_is_judged_around(monkeypatch: pytest.MonkeyPatch) -> None:
    shells: list[str] = []
    shell = Inside.shell

    def counted(self: Inside) -> Refused | None:
        shells.append(self.header.receiver.alias)
        return shell(self)

    monkeypatch.setattr(Inside, "shell", counted)
    judge = Judge(lambda day: checker())
    for alias in ("urn:mail:defaultpk@meltem.example", "urn:mail:other@meltem.example"):
        outside = header(receiver=Party(alias, "7359021640", alias))
        assert judge.judge(*_named(unchecked(outside, ElementType.INVOICE, sealed(SALE))), book(), NOW).status in (
            1200,
            1181,
        )
    assert len(shells) == 1
    two = pack(Envelope(header(), tuple(Group(ElementType.INVOICE, [sealed(each)]) for each in (SALE, DEAL))))
    for _ in range(2):
        assert judge.judge(*_named(two), book(), NOW).status == 1200
    assert len(shells) == 3


def test_what_one_document_says_of_another() -> None:
    assert not as_whole(unchecked(header(), ElementType.INVOICE, sealed(IDIS)))
    assert as_whole(unchecked(header(), ElementType.INVOICE, sealed(IDIS), sealed(SALE))) == "judge.schematron"
    hidden = sealed(SALE).replace(b"<ext:ExtensionContent>", b"<ext:ExtensionContent>" + _hidden(), 1)
    assert same(unchecked(header(), ElementType.INVOICE, hidden, sealed(DEAL)))


def _hidden() -> bytes:
    """An invoice that says nothing but that it is one of IDIS, to be hidden in another one's extension."""
    ubl = "urn:oasis:names:specification:ubl:schema:xsd:"
    return (
        f'<x:Invoice xmlns:x="{ubl}Invoice-2" xmlns:y="{ubl}CommonBasicComponents-2">'
        "<y:UBLVersionID>2.1</y:UBLVersionID><y:ProfileID>IDIS</y:ProfileID></x:Invoice>"
    ).encode()


def test_a_pack_whose_rules_were_not_read_is_told_by_whole_envelopes(monkeypatch: pytest.MonkeyPatch) -> None:
    wholes: list[int] = []
    whole = Inside.whole

    def counted(self: Inside) -> Refused | None:
        wholes.append(len(self.documents))
        return whole(self)

    monkeypatch.setattr(Inside, "whole", counted)
    good = unchecked(header(), ElementType.INVOICE, sealed(SALE), sealed(DEAL))
    judge = Judge(lambda day: checker())
    assert judge.judge(good.name, good.data, book(), NOW).status == 1200
    assert not wholes
    monkeypatch.setattr(looking, "is_read", lambda pack: False)
    assert judge.judge(good.name, good.data, book(), NOW).status == 1200
    assert wholes == [2]


def test_a_giant_is_not_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_LARGEST", 50_000)
    judge = Judge(lambda day: checker())
    to_another = sealed(SALE).replace(b"7359021640", b"4812530769")
    documents = (sealed(DEAL), to_another)
    assert sum(map(len, documents)) < 50_000
    assert judge.judge(*_named(unchecked(header(), ElementType.INVOICE, *documents)), book(), NOW).status == 1150
    monkeypatch.setattr(rules, "_LARGEST", 1_000)
    found = judge.judge(*_named(unchecked(header(), ElementType.INVOICE, *documents)), book(), NOW)
    assert (found.status, found.code) == (1150, "judge.schematron")
    assert found.reason is not None
    assert found.reason.en.startswith("Document 2 of list 1")


def _named(packed: Packed) -> tuple[str, bytes]:
    return packed.name, packed.data


def test_the_rules_in_force_were_read() -> None:
    assert all(is_read(pack) for pack in PackStore().packs() if pack.kind == "ubl-tr")


@needs_reference
@pytest.mark.parametrize("package", ["efatura-20260312", "efatura-schematron-20260727"])
def test_the_rules_of_gibs_packages_were_read(package: str) -> None:
    folder = REFERENCE / "packages" / package / "schematron"
    texts = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".xml"}
    assert digest_of_reaching(read_schematron(texts, "UBL-TR_Main_Schematron.xml")) in READ
