"""A user-account message carries the integrator's seal and, over it, the customer's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from seal_documents import account, document
from seal_judges import FIRST, SECOND, holds
from seal_pki import KNOWN_KEY, NOW, TestKey, key
from ulak.errors import UlakError
from ulak.rules import check
from ulak.seal.counter import counter_seal, prepare_counter_seal
from ulak.seal.names import ds, xades
from ulak.seal.sealing import seal


def both(data: bytes, customer: TestKey = KNOWN_KEY) -> bytes:
    return counter_seal(seal(data, key("integrator"), at=NOW), customer, at=NOW)


@pytest.mark.parametrize("root", ["ProcessUserAccount", "CancelUserAccount"])
@pytest.mark.parametrize("customer", ["ardic", "ardic-ec"])
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data,
        lambda data: data.replace(b' releaseID="1.0"', b' releaseID="1.0" xml:lang="tr"'),
        lambda data: data.replace(b' releaseID="1.0"', b' releaseID="1.0" xmlns:xades="urn:other" xmlns:b="urn:b"'),
        lambda data: data.replace(b"<oa:Receiver/>", b"<oa:Receiver/><!-- comment -->\r\n"),
    ],
    ids=["plain", "xml-lang", "prefix-taken", "comment"],
)
def test_another_implementation_finds_both_seals_good(tmp_path: Path, root: str, customer: str, change: object) -> None:
    assert callable(change)
    data = both(change(account(root)), key(customer))
    assert holds(tmp_path, data, FIRST, key("integrator"))
    assert holds(tmp_path, data, SECOND, key(customer))
    assert not holds(tmp_path, data, SECOND, key("integrator"))


@pytest.mark.parametrize("root", ["ProcessUserAccount", "CancelUserAccount"])
def test_gibs_rules_take_it(root: str) -> None:
    assert [finding.id for finding in check(both(account(root))).findings if "ignature" in finding.id] == []


def test_the_first_seal_stays_as_it_was() -> None:
    once = seal(account("ProcessUserAccount"), key("integrator"), at=NOW)
    twice = counter_seal(once, KNOWN_KEY, at=NOW)
    assert re.sub(rb"<xades:UnsignedProperties.*</xades:UnsignedProperties>", b"", twice) == once


def test_ids_occur_once() -> None:
    ids = [element.get("Id") for element in etree.fromstring(both(account("ProcessUserAccount"))).iter("*")]
    assert len([found for found in ids if found]) == len({found for found in ids if found})


def test_the_customers_card_may_sign_elsewhere() -> None:
    once = seal(account("ProcessUserAccount"), key("integrator"), at=NOW)
    prepared = prepare_counter_seal(once, KNOWN_KEY.certificate, at=NOW)
    assert prepared.finish(KNOWN_KEY.sign(prepared.digest)) == counter_seal(once, KNOWN_KEY, at=NOW)


def test_other_unsigned_properties_survive() -> None:
    once = seal(account("ProcessUserAccount"), key("integrator"), at=NOW)
    other = (
        b"<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:CertificateValues/>"
        b"</xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties>"
    )
    root = etree.fromstring(counter_seal(once.replace(b"</xades:QualifyingProperties>", other), KNOWN_KEY, at=NOW))
    (properties,) = root.iter(xades("UnsignedSignatureProperties"))
    assert [child.tag for child in properties] == [xades("CertificateValues"), xades("CounterSignature")]


TWICE = both(account("ProcessUserAccount"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (account("ProcessUserAccount"), "level.no-seal"),
        (TWICE, "seal.already-countersigned"),
        (TWICE.replace(b"4812530769</UserID>", b"7359021640</UserID>"), "level.changed"),
        (re.sub(rb'<ds:SignatureValue Id="[^"]*">', b"<ds:SignatureValue>", document("eArsivRaporu")), "level.no-seal"),
        (b"<a/>", "level.no-seal"),
    ],
)
def test_what_cannot_be_counter_signed_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UlakError) as caught:
        counter_seal(data, KNOWN_KEY, at=NOW)
    assert caught.value.code == code


def test_a_seal_without_an_id_on_its_value_cannot_be_pointed_to() -> None:
    once = seal(account("ProcessUserAccount"), key("integrator"), at=NOW)
    with pytest.raises(UlakError) as caught:
        counter_seal(re.sub(rb'<ds:SignatureValue Id="[^"]*">', b"<ds:SignatureValue>", once), KNOWN_KEY, at=NOW)
    assert caught.value.code == "seal.nothing-to-countersign"


def test_a_counter_signature_covers_the_value_of_the_first() -> None:
    root = etree.fromstring(TWICE)
    first, second = root.iter(ds("SignatureValue"))
    (counter,) = root.iter(xades("CounterSignature"))
    assert next(counter.iter(ds("Reference"))).get("URI") == f"#{first.get('Id')}"
    assert second.get("Id") != first.get("Id")
