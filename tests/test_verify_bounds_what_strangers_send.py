"""However much a stranger sends, verification stays small: giant certificates, names, numbers, comments and Ids."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seal_forge import ARDIC, Forge, certificate_for
from seal_pki import KNOWN_KEY, KNOWN_TRUST, NOW
from ulak.errors import UlakError
from ulak.seal.trust import Trust, TrustStore
from ulak.seal.trust.naming import name_of
from ulak.seal.verify import SealReport, verify
from ulak.seal.verify.distinguished import names_issuer, names_subject

TRUST = Trust(TrustStore.read(KNOWN_TRUST))
CERTIFICATE = KNOWN_KEY.certificate


def judged(data: bytes) -> SealReport:
    return verify(data, trust=TRUST, at=NOW)


def codes(report: SealReport) -> list[str]:
    return [reason.code for reason in report.reasons]


@pytest.mark.parametrize("size", [100_000, 9_000_000])
def test_a_giant_certificate_is_refused_unread(size: int) -> None:
    report = judged(Forge().set("//ds:X509Certificate", b64encode(bytes(size * 3 // 4)).decode()).data())
    assert codes(report) == ["seal.certificate-unreadable"]
    assert report.indication == "INDETERMINATE"
    assert len(report.reasons[0].text.en) < 300


def test_a_certificate_of_more_than_ten_megabytes_is_refused_by_the_reader() -> None:
    data = Forge().data().replace(b"<ds:X509Certificate>", b"<ds:X509Certificate>" + b"A" * 10_500_000)
    with pytest.raises(UlakError) as caught:
        judged(data)
    assert caught.value.code == "xml.too-large"


def test_ten_thousand_certificates_are_refused() -> None:
    many = f"<ds:X509Certificate>{CERTIFICATE.base64}</ds:X509Certificate>"
    other = "<ds:X509Certificate>AAAA</ds:X509Certificate>"
    data = Forge().data().replace(b"</ds:X509Data>", (many * 100 + other * 10_000).encode() + b"</ds:X509Data>")
    report = judged(data)
    assert codes(report) == ["seal.certificate-unreadable"]


def test_ten_thousand_references_are_refused() -> None:
    reference = (
        '<ds:Reference URI=""><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        "<ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>"
    )
    many = reference.encode() * 10_000
    assert codes(judged(Forge().data().replace(b"</ds:SignedInfo>", many + b"</ds:SignedInfo>"))) == ["seal.references"]


def test_a_hundred_thousand_transforms_are_refused() -> None:
    step = '<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>'
    report = judged(Forge().data().replace(b"</ds:Transforms>", step.encode() * 100_000 + b"</ds:Transforms>"))
    assert codes(report) == ["seal.transform"]
    assert len(report.reasons[0].text.en) < 400


def test_a_seal_of_a_hundred_thousand_elements_is_refused() -> None:
    many = "<xades:UnsignedProperties>" + "<xades:a/>" * 100_000 + "</xades:UnsignedProperties>"
    end = b"</xades:QualifyingProperties>"
    assert codes(judged(Forge().data().replace(end, many.encode() + end))) == ["seal.structure"]


def test_a_hundred_thousand_comments_beside_values_are_no_burden() -> None:
    data = Forge().data().replace(b"</Invoice>", b"<!---->" * 100_000 + b"</Invoice>")
    assert judged(data).passed


def test_a_hundred_thousand_signatures_are_refused() -> None:
    report = judged(Forge().data().replace(b"</Invoice>", b"<ds:Signature/>" * 100_000 + b"</Invoice>"))
    assert codes(report) == ["seal.several"]


@pytest.mark.parametrize("serial", ["9" * 100_000, "１２３", "-1", "1_000", "0x1F", "", " "])
def test_an_odd_serial_number_is_just_another_one(serial: str) -> None:
    report = judged(Forge().set("//ds:X509SerialNumber", serial).sign().data())
    assert codes(report) == ["seal.issuer-serial"]


@pytest.mark.parametrize("name", ["CN=" + "a" * 1_000_000, "=" * 100_000, "," * 100_000, "CN=\\", "2.5.4.5=#zz", '"'])
def test_an_odd_name_is_just_another_one(name: str) -> None:
    assert codes(judged(Forge().set("//ds:X509IssuerName", name).sign().data())) == ["seal.issuer-serial"]
    assert codes(judged(Forge().set("//ds:X509SubjectName", name).data())) == ["seal.subject-name"]


@pytest.mark.parametrize(
    "time", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-11-22T24:00:00Z", "x" * 10_000]
)
def test_an_odd_time_is_refused(time: str) -> None:
    report = judged(Forge().set("//xades:SigningTime", time).sign().data())
    assert report.indication == "INDETERMINATE"
    assert codes(report)[0].startswith("seal.time-")


@pytest.mark.parametrize(
    "time", ["2026-11-22T08:59:59.123456789Z", "2026-11-22T11:59:59+03:00", "2026-11-22T08:59:59.5Z"]
)
def test_a_time_may_have_any_fraction_and_zone(time: str) -> None:
    report = judged(Forge().set("//xades:SigningTime", time).sign().data())
    assert report.passed
    assert report.signing_time is not None
    assert report.signing_time.utcoffset() is not None


@given(st.text(max_size=60))
def test_any_text_can_be_held_against_a_name(text: str) -> None:
    assert not names_issuer(text, CERTIFICATE)
    assert not names_subject(text, CERTIFICATE)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (CERTIFICATE.subject, True),
        ("SERIALNUMBER=4812530769, CN=Ardıç Ticaret A.Ş.", True),
        ("OID.2.5.4.5=4812530769;CN=Ardıç  Ticaret A.Ş.", True),
        ('2.5.4.5=#130a34383132353330373639+CN="Ardıç Ticaret A.Ş."', True),
        ("CN=Ard\\C4\\B1\\C3\\A7 Ticaret A.Ş.,2.5.4.5=4812530769", True),
        ("CN=Ardıç Ticaret A.Ş.", False),
        ("CN=Ardıç Ticaret A.Ş.,2.5.4.5=4812530768", False),
        ("CN=Ardıç Ticaret A.Ş.,2.5.4.5=4812530769,C=TR", False),
        ("O=Ardıç Ticaret A.Ş.,2.5.4.5=4812530769", False),
    ],
)
def test_names_are_compared_by_what_they_say(text: str, same: bool) -> None:
    assert names_subject(text, CERTIFICATE) is same


def test_a_signature_deep_in_the_document_is_refused() -> None:
    deep = "<cac:Party>" * 200 + "<ds:Signature/>" + "</cac:Party>" * 200
    assert codes(judged(Forge().insert("/*", deep).data())) == ["seal.several"]


def test_ids_of_any_form_are_counted() -> None:
    for name in ("ID", "id", "{http://www.w3.org/XML/1998/namespace}id"):
        forge = Forge()
        forge.at("//cbc:PayableAmount").set(name, "SignedProperties_forged")
        assert codes(judged(forge.sign().data())) == ["seal.duplicate-id"]
    forge = Forge()
    forge.at("//cbc:PayableAmount").set("currencyID", "SignedProperties_forged")
    assert judged(forge.sign().data()).passed


@pytest.mark.parametrize("kind", [0x03, 0x04, 0x12, 0x17, 0x18, 0x1A])
@pytest.mark.parametrize("attribute", ["5504 03", "5504 2d", "5504 29"])
def test_a_name_that_holds_no_text_is_just_another_one(attribute: str, kind: int) -> None:
    key = certificate_for("X", ARDIC)
    other = bytes.fromhex(f"0603{attribute}") + bytes((kind, 1))
    der = key.certificate.der.replace(bytes.fromhex("0603 550403 0c01"), other)
    assert der != key.certificate.der
    forged = Forge(key=key).set("//ds:X509Certificate", b64encode(der).decode())
    forged.set("//xades:CertDigest/ds:DigestValue", b64encode(sha256(der).digest()).decode())
    found = judged(forged.set("//ds:X509IssuerName", "CN=X").set("//ds:X509SubjectName", "CN=X").sign().data())
    assert set(codes(found)) & {"seal.issuer-serial", "seal.certificate-unreadable"}


def test_a_name_with_an_empty_bit_string_is_just_another_one() -> None:
    name = bytes.fromhex("300b3109300706 0355042d 0300")
    assert name_of(name) == name
