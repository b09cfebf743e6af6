"""Whatever is changed in an archived document is found, and what strangers put into a seal is said, never raised."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from levels_support import ClockStamper, archived, bes, signature_of, store_of, token, trust_of
from seal_pki import NOW, authority, fresh_authority
from ulak.errors import UlakError
from ulak.seal.algorithms import Digest
from ulak.seal.canonical import canonical_element
from ulak.seal.levels import Form, Kind, LevelFailure, Levels, add_time_stamp, archive, check_levels
from ulak.seal.levels.hook import level_check
from ulak.seal.levels.imprints import STANDARD, covered, digest_of, referenced
from ulak.seal.levels.parts import Parts
from ulak.seal.levels.values import decoded
from ulak.seal.names import C14N, C14N_COMMENTS, EXC_C14N, xades
from ulak.seal.octets import Octets
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.trust.timestamps import TimeStampToken, read_token
from ulak.seal.verdicts import Indication, SubIndication
from ulak.seal.verify import verify

LATER = NOW + timedelta(days=4 * 365)
Change = Callable[[bytes], bytes]


def looked_at(data: bytes, trust: Trust | None = None) -> Levels:
    return check_levels(signature_of(data), trust=trust or trust_of(), at=NOW)


def protected(data: bytes) -> tuple[Octets, ...]:
    """All that the last time stamp covers, and what it says and is signed with: what else there is means nothing."""
    signature = signature_of(data)
    parts = Parts.of(signature)
    *before, last = parts.properties
    content = [octets for _, octets in referenced(parts)]
    tokens = [read_token(decoded(each)) for each in last if each.tag == xades("EncapsulatedTimeStamp")]
    return (
        *covered(Kind.ARCHIVE, parts, before, STANDARD, content),
        *(part for each in tokens for part in (each.info, each.signed["signature"].native)),
    )


@settings(max_examples=150)
@given(place=st.integers(0, len(archived()) - 1), byte=st.integers(0, 255))
def test_any_changed_byte_is_found(place: int, byte: int) -> None:
    changed = archived()[:place] + bytes([byte]) + archived()[place + 1 :]
    trust = trust_of(clock=LATER)
    try:
        report = verify(changed, trust=trust, at=LATER, levels=level_check(trust))
    except UlakError:
        return
    if report.indication is Indication.PASSED:
        assert protected(changed) == protected(archived())


@settings(max_examples=150)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_any_changed_byte_of_the_evidence_is_found(place: float, byte: int) -> None:
    data = archived()
    begin, end = data.index(b"<xades:UnsignedProperties"), data.index(b"</xades:UnsignedProperties")
    at = begin + int(place * (end - begin))
    changed = data[:at] + bytes([byte]) + data[at + 1 :]
    try:
        found = looked_at(changed)
    except UlakError:
        return
    if found.sub is None and found.level == "A":
        assert protected(changed) == protected(data)


@pytest.mark.parametrize(
    ("old", "new", "sub", "code"),
    [
        (rb'(<xades:CompleteCertificateRefs Id=")', rb"\1x", SubIndication.HASH_FAILURE, "timestamp.changed"),
        (rb"(<ds:SignatureValue[^>]*>)", rb"\1 ", SubIndication.HASH_FAILURE, "timestamp.changed"),
        (rb"(<ds:X509SubjectName>)", rb"\1X", SubIndication.HASH_FAILURE, "timestamp.changed"),
        (rb"<xades:CRLRefs>.*?</xades:CRLRefs>", rb"", SubIndication.HASH_FAILURE, "timestamp.changed"),
        (rb"10\.00", rb"90.00", SubIndication.HASH_FAILURE, "timestamp.changed"),
    ],
)
def test_it_is_said_which_time_stamps_no_longer_fit(old: bytes, new: bytes, sub: SubIndication, code: str) -> None:
    found = looked_at(re.sub(old, new, archived(), count=1))
    assert found.sub is sub
    assert found.reasons[0].code == code
    assert not found.stamps[-1].holds
    assert "ArchiveTimeStamp" in " ".join(reason.text.tr for reason in found.reasons)


def test_a_stamp_taken_from_another_document_proves_nothing() -> None:
    other = add_time_stamp(bes("defter"), ClockStamper())
    (borrowed,) = re.findall(rb"<xades:UnsignedProperties.*</xades:UnsignedProperties>", other)
    found = looked_at(bes().replace(b"</xades:QualifyingProperties>", borrowed + b"</xades:QualifyingProperties>"))
    assert (found.level, found.proven_at, found.sub) == ("T", None, SubIndication.HASH_FAILURE)


def test_evidence_that_is_named_must_be_there() -> None:
    lean = archive(bes(), stamper=ClockStamper(), trust=trust_of(), at=NOW, form=Form.FULL)
    until_values = re.sub(rb"<xades141:ArchiveTimeStamp.*</xades141:ArchiveTimeStamp>", b"", lean)
    assert looked_at(until_values).level == "X-L"
    assert looked_at(until_values).reasons == ()
    head, values, rest = until_values.rpartition(b"<xades:RevocationValues")
    fewer = head + values + re.sub(rb"<xades:EncapsulatedCRLValue>.*?</xades:EncapsulatedCRLValue>", b"", rest, count=1)
    without_data = re.sub(rb"<xades141:TimeStampValidationData.*?</xades141:TimeStampValidationData>", b"", fewer)
    found = looked_at(without_data)
    assert found.sub is SubIndication.SIG_CONSTRAINTS_FAILURE
    assert [reason.code for reason in found.reasons] == ["level.references-unmatched"]


@pytest.mark.parametrize(
    ("kept", "level"),
    [
        ((), "BES"),
        (("SignatureTimeStamp",), "T"),
        (("SignatureTimeStamp", "CompleteCertificateRefs", "CompleteRevocationRefs"), "C"),
        (("SignatureTimeStamp", "CompleteCertificateRefs", "CompleteRevocationRefs", "SigAndRefsTimeStamp"), "X"),
        (("SignatureTimeStamp", "CertificateValues", "RevocationValues"), "LT"),
    ],
)
def test_the_level_is_what_is_there(kept: tuple[str, ...], level: str) -> None:
    signature = signature_of(archived())
    for each in Parts.of(signature).properties:
        if str(each.tag).rpartition("}")[2] not in kept:
            parent = each.getparent()
            assert parent is not None
            parent.remove(each)
    found = check_levels(signature, trust=trust_of(), at=NOW)
    assert (found.level, found.reasons) == (level, ())


@cache
def _asked() -> bytes:
    stamper = ClockStamper()
    add_time_stamp(bes(), stamper)
    return stamper.asked[0]


def signature_stamp(*inside: bytes, name: bytes = b"SignatureTimeStamp") -> bytes:
    """The sealed report with a container that holds what a stranger put there."""
    added = b'<xades:%s Id="odd">%s</xades:%s>' % (name, b"".join(inside), name)
    holder = b"<xades:UnsignedProperties><xades:UnsignedSignatureProperties>%s</xades:UnsignedSignatureProperties>"
    return bes().replace(
        b"</xades:QualifyingProperties>", holder % added + b"</xades:UnsignedProperties></xades:QualifyingProperties>"
    )


def encapsulated(content: bytes, *, encoding: bytes = b"") -> bytes:
    return b"<xades:EncapsulatedTimeStamp%s>%s</xades:EncapsulatedTimeStamp>" % (encoding, content)


def made(digest: bytes, algorithm: Digest = Digest.SHA256) -> bytes:
    signer = authority().stamper
    return b64encode(token(digest, algorithm.name.lower(), NOW, signer, [signer.certificate.der]))


METHOD = b'<ds:CanonicalizationMethod Algorithm="%s"></ds:CanonicalizationMethod>'
ODD: dict[str, tuple[bytes, str]] = {
    "empty": (signature_stamp(), "timestamp.unreadable"),
    "not-base64": (signature_stamp(encapsulated(b"!!")), "timestamp.unreadable"),
    "no-token": (signature_stamp(encapsulated(b"AAAA")), "timestamp.unreadable"),
    "truncated": (signature_stamp(encapsulated(b64encode(b"0\x82\x10\x00abc"))), "timestamp.unreadable"),
    "huge": (signature_stamp(encapsulated(b64encode(bytes(300_000)))), "timestamp.unreadable"),
    "split-by-comment": (signature_stamp(encapsulated(b"AA<!-- -->AA")), "timestamp.unreadable"),
    "xml-token": (signature_stamp(b"<xades:XMLTimeStamp/>"), "timestamp.unreadable"),
    "include": (signature_stamp(b'<xades:Include URI="#x"/>', encapsulated(b"AAAA")), "timestamp.unreadable"),
    "encoding": (signature_stamp(encapsulated(b"AAAA", encoding=b' Encoding="urn:x"')), "timestamp.unreadable"),
    "nine-tokens": (signature_stamp(*[encapsulated(b"AAAA")] * 9), "timestamp.unreadable"),
    "c14n": (signature_stamp(METHOD % b"urn:x", encapsulated(made(bytes(32)))), "timestamp.unknown-shape"),
    "other-data": (signature_stamp(encapsulated(made(bytes(32)))), "timestamp.changed"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_time_stamps_are_said_to_be_odd(name: str) -> None:
    data, code = ODD[name]
    found = looked_at(data)
    assert (found.level, found.proven_at) == ("T", None)
    assert found.sub in (SubIndication.FORMAT_FAILURE, SubIndication.HASH_FAILURE)
    assert found.reasons[0].code == code
    assert "SignatureTimeStamp (odd)" in found.reasons[0].text.tr
    trust = trust_of()
    report = verify(data, trust=trust, at=NOW, levels=level_check(trust))
    assert report.indication is not Indication.PASSED
    assert {code, "seal.comment"} & {reason.code for reason in report.reasons}


def test_a_stamp_made_with_a_weak_digest_is_not_believed() -> None:
    signer = authority().stamper
    weak = token(bytes(20), "sha1", NOW, signer, [signer.certificate.der])
    found = looked_at(signature_stamp(encapsulated(b64encode(weak))))
    assert found.sub is SubIndication.CRYPTO_CONSTRAINTS_FAILURE
    assert found.reasons[0].code == "timestamp.weak-digest"


def test_too_many_time_stamps_are_not_read() -> None:
    one = re.search(rb"<xades:SignatureTimeStamp.*</xades:SignatureTimeStamp>", signature_stamp(encapsulated(b"AA==")))
    assert one is not None
    data = signature_stamp(encapsulated(b"AA==")).replace(one[0], one[0] * 33)
    found = looked_at(data)
    assert found.sub is SubIndication.FORMAT_FAILURE
    assert found.reasons[0].code == "timestamp.too-many"


def test_a_seal_that_would_take_forever_is_not_read() -> None:
    padded = signature_stamp(encapsulated(b"AA=="), name=b"ArchiveTimeStamp")
    crowded = looked_at(padded.replace(b"<xades:ArchiveTimeStamp", b"<x/>" * 256 + b"<xades:ArchiveTimeStamp"))
    assert [reason.code for reason in crowded.reasons] == ["timestamp.too-many"]
    stamp = signature_stamp(encapsulated(made(bytes(32))), name=b"ArchiveTimeStamp")
    many = looked_at(stamp.replace(b"</ds:SignedInfo>", b'<ds:Reference URI="#x"/>' * 7 + b"</ds:SignedInfo>"))
    assert [reason.code for reason in many.reasons] == ["timestamp.unknown-shape"]
    assert "ds:Reference × 9" in many.reasons[0].text.tr


@pytest.mark.parametrize("method", [C14N, C14N_COMMENTS, EXC_C14N, EXC_C14N + "WithComments"])
def test_stamps_over_other_canonical_forms_are_read(method: str) -> None:
    imprint = Digest.SHA384.of(canonical_element(Parts.of(signature_of(bes())).value, method))
    data = signature_stamp(METHOD % method.encode(), encapsulated(made(imprint, Digest.SHA384)))
    assert looked_at(data).proven_at == NOW


def test_a_stamp_without_a_method_is_over_the_plain_canonical_form() -> None:
    assert looked_at(signature_stamp(encapsulated(made(_asked())))).proven_at == NOW


def test_stamps_of_several_authorities_may_share_a_container() -> None:
    both = encapsulated(made(_asked())) + encapsulated(made(_asked()))
    assert len(looked_at(signature_stamp(both)).stamps) == 2


@pytest.mark.parametrize("name", [b"SigAndRefsTimeStamp", b"RefsOnlyTimeStamp"])
def test_a_stamp_over_references_that_are_not_there_is_not_passed_over(name: bytes) -> None:
    found = looked_at(signature_stamp(encapsulated(made(bytes(32))), name=name))
    assert (found.sub, found.level) == (SubIndication.HASH_FAILURE, "BES")


def test_what_many_stamps_cover_is_brought_into_its_form_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Megabytes of evidence under dozens of time stamps would take minutes."""
    one = signature_stamp(encapsulated(made(bytes(32))), name=b"ArchiveTimeStamp")
    (stamp,) = re.findall(rb"<xades:ArchiveTimeStamp.*</xades:ArchiveTimeStamp>", one)
    done: list[str] = []

    def counted(element: etree._Element, *said: object) -> bytes:
        done.append(str(element.tag))
        return canonical_element(element, C14N)

    monkeypatch.setattr("ulak.seal.levels.imprints.canonical_element", counted)
    looked_at(one.replace(stamp, b"<xades:CertificateValues/>" + stamp * 32))
    assert done.count(xades("CertificateValues")) == 1


def test_a_time_stamp_over_the_references_only_proves_nothing_of_the_value() -> None:
    names = (b"CompleteCertificateRefs", b"CompleteRevocationRefs")
    refs = [re.search(rb"<xades:%s.*</xades:%s>" % (name, name), archived()) for name in names]
    empty = signature_stamp(encapsulated(b"TOKEN"), name=b"RefsOnlyTimeStamp")
    data = empty.replace(b"<xades:RefsOnly", b"".join(each[0] for each in refs if each) + b"<xades:RefsOnly", 1)
    parts = Parts.of(signature_of(data))
    imprint = digest_of(covered(Kind.REFS_ONLY, parts, parts.properties[:2], STANDARD, ()), Digest.SHA256)
    found = looked_at(data.replace(b"TOKEN", made(imprint)))
    assert (found.level, found.proven_at, found.reasons) == ("X", None, ())


def test_a_stamp_from_after_the_moment_asked_proves_nothing() -> None:
    data = add_time_stamp(bes(), ClockStamper(NOW + timedelta(hours=1)))
    found = looked_at(data)
    assert found.sub is SubIndication.TIMESTAMP_ORDER_FAILURE
    assert found.reasons[0].code == "timestamp.order"
    assert found.proven_at is None
    slightly_ahead = looked_at(add_time_stamp(bes(), ClockStamper(NOW + timedelta(seconds=30))))
    assert slightly_ahead.reasons == ()


def test_a_stamp_must_not_be_younger_than_the_one_around_it() -> None:
    one, other = ClockStamper(NOW), ClockStamper(NOW - timedelta(days=1))

    class Backwards(ClockStamper):
        def stamp(self, digest: bytes, algorithm: Digest) -> TimeStampToken:
            self.at -= timedelta(days=1)
            return super().stamp(digest, algorithm)

    for stamper in (Backwards(), ClockStamper(NOW + timedelta(hours=1))):
        with pytest.raises(LevelFailure) as caught:
            archive(bes(), stamper=stamper, trust=trust_of(), at=NOW)
        assert caught.value.code == "timestamp.order"
    stamped = add_time_stamp(bes(), one)
    with pytest.raises(LevelFailure) as caught:
        archive(stamped, stamper=other, trust=trust_of(), at=NOW)
    assert caught.value.code == "timestamp.order"


def test_an_unknown_authority_leaves_the_verdict_open() -> None:
    other = fresh_authority()
    stranger = TrustStore(authority().roots[1:], authority().intermediates[1:], store_of(other).crls)
    found = looked_at(add_time_stamp(bes(), ClockStamper()), trust_of(stranger))
    assert found.sub is SubIndication.NO_CERTIFICATE_CHAIN_FOUND
    assert found.reasons[0].code == "timestamp.untrusted-here"
    assert found.proven_at is None


def test_a_revoked_authority_proves_nothing() -> None:
    pki = fresh_authority()
    data = add_time_stamp(bes(), ClockStamper(pki=pki))
    pki.revoke(pki.stamper.certificate, NOW + timedelta(days=1), "keyCompromise")
    at = NOW + timedelta(days=2)
    found = check_levels(signature_of(data), trust=trust_of(store_of(pki, at), clock=at), at=at)
    assert found.proven_at is None
    assert found.sub is not None


@pytest.mark.parametrize(("content", "code"), [(b"!", "level.broken-base64"), (b"AAAA", "level.unreadable")])
def test_certificates_that_cannot_be_read_are_said_to_be_so(content: bytes, code: str) -> None:
    value = b"(<xades:EncapsulatedX509Certificate>)[^<]*"
    found = looked_at(re.sub(value, rb"\g<1>" + content, archived(), count=1))
    assert found.sub is SubIndication.FORMAT_FAILURE
    assert [reason.code for reason in found.reasons] == [code]


def test_a_seal_taken_apart_wrongly_is_said_to_be_wrong() -> None:
    data = archived().replace(b"xades:SignedProperties", b"xades:Other").replace(b"ds:KeyInfo", b"ds:SignatureValue")
    found = looked_at(data)
    assert found.sub is SubIndication.FORMAT_FAILURE
    assert found.reasons[0].code == "level.not-xades"


def test_every_sentence_is_there_in_both_languages() -> None:
    for data, _ in ODD.values():
        for reason in looked_at(data).reasons:
            assert all((*reason.text, *reason.repair))
            assert reason.text.tr != reason.text.en
