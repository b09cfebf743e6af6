"""A seal that is recognised by its text gets the very report that taking it apart would have given."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from seal_attacks import CASES, CORPUS
from seal_documents import KINDS, document
from seal_forge import Forge
from seal_pki import KNOWN_KEY, KNOWN_TRUST, NOW
from support import REFERENCE, needs_reference
from ulak.errors import UlakError
from ulak.seal.names import ds
from ulak.seal.sealing import seal
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.verify import SealReport, verify
from ulak.seal.verify.flawless import flawless
from ulak.xml import parse

TRUST = Trust(TrustStore.read(KNOWN_TRUST))
SEALED = Forge().data()
START, END = SEALED.index(b"<ds:Signature"), SEALED.index(b"</ds:Signature>") + 15


def judged(data: bytes) -> SealReport | str:
    try:
        return verify(data, trust=TRUST, at=NOW)
    except UlakError as error:
        return error.code


def the_long_way(data: bytes) -> SealReport | str:
    with patch("ulak.seal.verify.seals.flawless", return_value=None):
        return judged(data)


def is_recognised(data: bytes) -> bool:
    return flawless(next(parse(data).iter(ds("Signature")))) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_seals_of_ulaks_own_are_recognised(kind: str) -> None:
    assert is_recognised(seal(document(kind), KNOWN_KEY, at=NOW))


@pytest.mark.parametrize("name", list(CASES))
def test_the_corpus_gets_the_same_reports(name: str) -> None:
    data = (CORPUS / f"{name}.xml").read_bytes()
    assert judged(data) == the_long_way(data)


@needs_reference
def test_the_samples_get_the_same_reports() -> None:
    for path in REFERENCE.glob("packages/efatura-20260312/xml/*.xml"):
        assert judged(path.read_bytes()) == the_long_way(path.read_bytes())


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(START, END - 1), st.integers(1, 255))
def test_a_changed_seal_gets_the_same_report(place: int, flip: int) -> None:
    data = bytearray(SEALED)
    data[place] ^= flip
    assert judged(bytes(data)) == the_long_way(bytes(data))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_a_seal_signed_anew_after_a_change_gets_the_same_report(data: st.DataObject) -> None:
    forge = Forge()
    element = data.draw(st.sampled_from(list(forge.signature.iter("{*}*"))))
    if len(element) == 0 and data.draw(st.booleans()):
        element.text = data.draw(st.text("aB1 +/=é&<\n#", max_size=20))
    elif element.attrib:
        name = data.draw(st.sampled_from(sorted(map(str, element.attrib))))
        element.set(name, data.draw(st.sampled_from(["", "x", "#x", "&", '"', element.get(name, "") + "x"])))
    else:
        element.append(etree.Comment("x") if data.draw(st.booleans()) else etree.Element("x"))
    changed = forge.sign().data()
    assert judged(changed) == the_long_way(changed)


def test_xml_attributes_around_the_seal_are_part_of_what_is_signed() -> None:
    forge = Forge()
    forge.root.set("{http://www.w3.org/XML/1998/namespace}lang", "tr")
    data = forge.sign().data()
    assert judged(data) == the_long_way(data)
