"""A sealed document gets a time stamp (XAdES-T), and nothing else of it changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from levels_judges import SCHEMAS, judged_by_openssl, octets_by_xmlsec, schema_errors, seal_holds
from levels_support import ClockStamper, bes, pem, signature_of, trust_of
from seal_documents import KINDS, document
from seal_pki import NOW, authority, key
from ulak.seal.algorithms import Digest
from ulak.seal.counter import counter_seal
from ulak.seal.levels import Kind, LevelFailure, add_time_stamp, check_levels
from ulak.seal.names import ds, xades
from ulak.seal.sealing import seal
from ulak.seal.trust.stamp_problems import stamp_failure
from ulak.seal.trust.timestamps import TimeStampToken
from ulak.xml import XmlError

ADDED = re.compile(rb"<xades:UnsignedProperties.*</xades:UnsignedProperties>", re.DOTALL)
VALUE = "//ds:Signature[1]/ds:SignatureValue"


def stamped(data: bytes, digest: Digest = Digest.SHA256) -> bytes:
    return add_time_stamp(data, ClockStamper(), digest=digest)


def token_of(data: bytes) -> TimeStampToken:
    (stamp,) = check_levels(signature_of(data), trust=trust_of(), at=NOW).stamps
    assert stamp.holds
    assert stamp.token is not None
    return stamp.token


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_document_gets_one(tmp_path: Path, kind: str) -> None:
    data = stamped(bes(kind))
    found = check_levels(signature_of(data), trust=trust_of(), at=NOW)
    assert (found.level, found.proven_at, found.sub, found.reasons) == ("T", NOW, None, ())
    assert ADDED.sub(b"", data) == bes(kind)
    assert seal_holds(tmp_path, data, key("ardic"))


@pytest.mark.parametrize("short", ["ardic", "ardic-ec"])
@pytest.mark.parametrize("digest", list(Digest))
def test_it_is_of_the_signature_value(tmp_path: Path, short: str, digest: Digest) -> None:
    data = stamped(bes("eArsivRaporu", short), digest)
    (octets,) = octets_by_xmlsec(tmp_path, data, ["//*[starts-with(@Id, 'Value_')]"])
    assert octets.startswith(b"<ds:SignatureValue xmlns:ds=")
    token = token_of(data)
    assert (token.digest, token.imprint) == (digest, digest.of(octets))


def test_openssl_finds_it_good(tmp_path: Path) -> None:
    data = stamped(bes())
    (octets,) = octets_by_xmlsec(tmp_path, data, ["//*[starts-with(@Id, 'Value_')]"])
    roots, between = pem(authority().roots), pem(authority().intermediates)
    assert judged_by_openssl(tmp_path, token_of(data).der, octets, NOW, roots, between)
    assert not judged_by_openssl(tmp_path, token_of(data).der, octets + b" ", NOW, roots, between)


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize("kind", ["Invoice", "eArsivRaporu", "defter", "berat"])
def test_the_schemas_take_it(schema: str, kind: str) -> None:
    if not SCHEMAS[schema][0].exists():
        pytest.skip("GİB's packages are not beside this checkout (shared/reference)")
    assert schema_errors(schema, signature_of(stamped(bes(kind)))) == []


def test_a_second_one_of_another_authority_goes_beside_it() -> None:
    data = stamped(stamped(bes()))
    found = check_levels(signature_of(data), trust=trust_of(), at=NOW)
    first, second = found.stamps
    assert first.holds
    assert second.holds
    assert first.id + "_2" == second.id


@pytest.mark.parametrize("account", ["ProcessUserAccount", "CancelUserAccount"])
def test_a_counter_signature_survives(tmp_path: Path, account: str) -> None:
    both = counter_seal(seal(document(account), key("integrator"), at=NOW), key("ardic"), at=NOW)
    data = stamped(both)
    (held,) = signature_of(data).iter(xades("UnsignedSignatureProperties"))
    names = [etree.QName(each).localname for each in held]
    assert names == ["CounterSignature", "SignatureTimeStamp"]
    assert token_of(data).imprint == asked_for(both)
    assert seal_holds(tmp_path, data, key("integrator"))


def asked_for(data: bytes) -> bytes:
    """What is asked of the authority for these data."""
    stamper = ClockStamper()
    add_time_stamp(data, stamper)
    return stamper.asked[0]


EMPTY_HOLDERS = [
    "<xades:UnsignedProperties/>",
    "<xades:UnsignedProperties></xades:UnsignedProperties>",
    '<xades:UnsignedProperties Id="u" ><xades:UnsignedSignatureProperties Id = "s" /></xades:UnsignedProperties>',
    "<xades:UnsignedProperties>\n <xades:UnsignedSignatureProperties>\n </xades:UnsignedSignatureProperties>\n"
    "</xades:UnsignedProperties>",
    '<x:UnsignedProperties xmlns:x="http://uri.etsi.org/01903/v1.3.2#">'
    '<x:UnsignedSignatureProperties xmlns:xades="urn:else"/></x:UnsignedProperties>',
    '<UnsignedProperties xmlns="http://uri.etsi.org/01903/v1.3.2#" xmlns:ds="urn:else"/>',
    "<xades:UnsignedProperties><xades:UnsignedDataObjectProperties><xades:UnsignedDataObjectProperty>x"
    "</xades:UnsignedDataObjectProperty></xades:UnsignedDataObjectProperties></xades:UnsignedProperties>",
]


@pytest.mark.parametrize("holder", EMPTY_HOLDERS)
def test_it_goes_into_unsigned_properties_that_are_there(tmp_path: Path, holder: str) -> None:
    prepared = bes().replace(b"</xades:SignedProperties>", b"</xades:SignedProperties>" + holder.encode())
    data = stamped(prepared)
    assert token_of(data).time == NOW
    (octets,) = octets_by_xmlsec(tmp_path, data, ["//*[starts-with(@Id, 'Value_')]"])
    assert token_of(data).imprint == Digest.SHA256.of(octets)
    parents = [each.getparent() for each in signature_of(data).iter(Kind.SIGNATURE.value)]
    assert [parent.tag for parent in parents if parent is not None] == [xades("UnsignedSignatureProperties")]
    assert schema_errors("ubl", signature_of(data)) == []


NAMESPACES = st.dictionaries(
    st.sampled_from(["", "ds", "xades", "xades141", "a", "b"]),
    st.sampled_from(
        [
            "http://www.w3.org/2000/09/xmldsig#",
            "http://uri.etsi.org/01903/v1.3.2#",
            "http://uri.etsi.org/01903/v1.4.1#",
            "urn:x",
        ]
    ),
)


@given(outer=NAMESPACES, inner=NAMESPACES, language=st.sampled_from(["", ' xml:lang="tr"', ' xml:space="preserve"']))
def test_it_fits_whatever_namespaces_are_in_force(outer: dict[str, str], inner: dict[str, str], language: str) -> None:
    root = declared({**outer, "defter": "http://www.edefter.gov.tr"})
    text = f'<defter:defter{root}{language}><x{declared(inner)}>1</x><y xmlns=""/></defter:defter>'
    data = stamped(seal(text.encode(), key("ardic"), at=NOW, id="1"))
    assert check_levels(signature_of(data), trust=trust_of(), at=NOW).reasons == ()
    assert token_of(data).time == NOW


def declared(namespaces: dict[str, str]) -> str:
    said = {prefix: uri.replace("&", "&amp;") for prefix, uri in namespaces.items()}
    return "".join(f' xmlns{":" if prefix else ""}{prefix}="{uri}"' for prefix, uri in said.items())


def without_seal(data: bytes) -> bytes:
    return re.sub(rb"<ds:Signature .*</ds:Signature>", b"", data, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (without_seal, "level.no-seal"),
        (lambda data: re.sub(rb"(<ds:Signature .*</ds:Signature>)", rb"\1\1", data), "level.several-seals"),
        (lambda data: data.replace(b"xades:QualifyingProperties", b"xades:Other"), "level.not-xades"),
        (lambda data: data.replace(b"<ds:KeyInfo>", b"<ds:KeyInfo/><ds:KeyInfo>"), "level.not-xades"),
        (lambda data: re.sub(rb' Id="Signature_[^"]*"', b"", data), "level.not-xades"),
        (lambda data: data.replace(b"10.00", b"90.00"), "level.changed"),
        (lambda data: re.sub(rb"(<xades:SigningTime>20)26", rb"\g<1>27", data), "level.changed"),
        (lambda data: data.replace(b'URI=""', b'URI="#elsewhere"'), "level.reference-unknown"),
        (lambda data: data.replace(b'URI=""', b""), "level.reference-unknown"),
        (lambda data: data.replace(b"xmlenc#sha256", b"xmlenc#sha1"), "level.not-xades"),
        (lambda data: re.sub(rb"<ds:DigestValue>..", b"<ds:DigestValue>!!", data), "level.broken-base64"),
    ],
)
def test_what_cannot_take_one_is_told_why(change: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(LevelFailure) as caught:
        stamped(change(bes()))
    assert (caught.value.code, caught.value.permanent) == (code, True)
    assert all((*caught.value.text, *caught.value.repair))


def test_what_is_no_xml_is_told_so() -> None:
    with pytest.raises(XmlError):
        stamped(b"PDF")
    with pytest.raises(XmlError) as caught:
        add_time_stamp(bes(), ClockStamper(), max_bytes=100)
    assert caught.value.code == "xml.too-large"


def test_a_time_stamp_of_other_data_is_refused() -> None:
    class Wrong(ClockStamper):
        def stamp(self, digest: bytes, algorithm: Digest) -> TimeStampToken:
            return super().stamp(bytes(len(digest)), algorithm)

    class Other(ClockStamper):
        def stamp(self, digest: bytes, algorithm: Digest) -> TimeStampToken:
            return super().stamp(Digest.SHA384.of(digest), Digest.SHA384)

    for stamper in (Wrong(), Other()):
        with pytest.raises(LevelFailure) as caught:
            add_time_stamp(bes(), stamper)
        assert caught.value.code == "timestamp.other-data"


def test_an_authority_that_gives_none_leaves_nothing_behind() -> None:
    class Refusing(ClockStamper):
        def stamp(self, digest: bytes, algorithm: Digest) -> TimeStampToken:
            raise stamp_failure("timestamp.busy", address="tsa", status="waiting", words="")

    with pytest.raises(Exception, match=r"timestamp\.busy") as caught:
        add_time_stamp(bes(), Refusing())
    assert not getattr(caught.value, "permanent", True)


def test_the_stamped_value_is_the_documents_own() -> None:
    data = stamped(bes())
    values = [each.text for each in signature_of(data).iter(ds("SignatureValue"))]
    assert values == [each.text for each in signature_of(bes()).iter(ds("SignatureValue"))]
