"""Sealing a SOAP message: the header GİB's guides ask for, and not a byte of the message itself changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, TestKey
from soap_messages import AT, ATTACHMENT, E_ARCHIVE, E_DEFTER, ENVELOPES, MTOM, NO_HEADER, XOP, Pinned
from ulak.seal.errors import SealError
from ulak.seal.names import ds
from ulak.seal.wssecurity import seal_message, verify_message
from ulak.seal.wssecurity.names import SOAP11, SOAP12, WSU, WSU_ID, wsse, wsu
from ulak.xml import XmlError, parse

RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"


@pytest.mark.parametrize("name", ENVELOPES)
@pytest.mark.parametrize("key", [KNOWN_KEY, KNOWN_EC_KEY], ids=lambda key: key.name)
def test_the_message_passes_and_says_who_signed_it(name: str, key: TestKey) -> None:
    report = verify_message(seal_message(ENVELOPES[name], key, at=AT), trust=Pinned(key.certificate), at=AT)
    assert report.has_passed
    assert report.tax_id == "4812530769"


def test_only_the_header_and_the_id_are_put_in() -> None:
    sealed = seal_message(E_ARCHIVE, KNOWN_KEY, at=AT, seed="1")
    start, end = sealed.index(b"<wsse:Security"), sealed.index(b"</wsse:Security>") + len(b"</wsse:Security>")
    mark = f' xmlns:wsu="{WSU}" wsu:Id="id-1"'.encode()
    assert sealed.count(mark) == 1
    assert (sealed[:start] + sealed[end:]).replace(mark, b"") == E_ARCHIVE


def test_other_headers_stay_behind_ours() -> None:
    header = parse(seal_message(E_ARCHIVE, KNOWN_KEY, at=AT))[0]
    assert [child.tag for child in header] == [wsse("Security"), "{http://www.w3.org/2005/08/addressing}To"]


@pytest.mark.parametrize(
    "header", [b"<soap:Header/>", b"<soap:Header />", b"<soap:Header></soap:Header>", b"<soap:Header a='/>'/>", b""]
)
def test_every_way_of_writing_an_empty_header_is_filled(header: bytes) -> None:
    sealed = seal_message(E_DEFTER.replace(b"<soap:Header/>", header), KNOWN_KEY, at=AT)
    assert verify_message(sealed, trust=Pinned(), at=AT).has_passed


def test_an_envelope_in_the_default_namespace_gets_a_header_in_it() -> None:
    root = parse(seal_message(NO_HEADER, KNOWN_KEY, at=AT))
    assert [child.tag for child in root] == [f"{{{SOAP12}}}Header", f"{{{SOAP12}}}Body"]
    assert root.prefix is None


@pytest.mark.parametrize(("name", "soap", "must"), [("e-Defter", SOAP12, "true"), ("e-Arşiv", SOAP11, "1")])
def test_the_header_must_be_understood_in_the_words_of_its_soap(name: str, soap: str, must: str) -> None:
    security = parse(seal_message(ENVELOPES[name], KNOWN_KEY, at=AT))[0][0]
    assert security.get(f"{{{soap}}}mustUnderstand") == must


def test_the_header_has_the_shape_of_the_guides_sample() -> None:
    (security,), body = parse(seal_message(E_DEFTER, KNOWN_KEY, at=AT))
    assert [child.tag for child in security] == [wsse("BinarySecurityToken"), ds("Signature"), wsu("Timestamp")]
    token, signature, timestamp = security
    assert token.get("ValueType", "").endswith("#X509v3")
    assert [one.get("Algorithm") for one in signature.iter(ds("SignatureMethod"))] == [RSA_SHA256]
    pointed = [one.get("URI") for one in signature.iter(ds("Reference"))]
    assert pointed == [f"#{body.get(WSU_ID)}", f"#{timestamp.get(WSU_ID)}"]
    assert [one.get("URI") for one in signature.iter(wsse("Reference"))] == [f"#{token.get(WSU_ID)}"]


def test_a_path_carries_the_issuers_and_says_so_twice() -> None:
    sealed = seal_message(E_DEFTER, KNOWN_KEY, at=AT, token="PKIPath")
    assert sealed.count(b"x509-token-profile-1.0#X509PKIPathv1") == 3
    report = verify_message(sealed, trust=Pinned(), at=AT)
    assert report.sealed is not None
    assert (report.sealed.signer, report.sealed.chain) == (KNOWN_KEY.certificate, KNOWN_KEY.chain)


def test_times_are_written_in_utc() -> None:
    istanbul = AT.astimezone(timezone(timedelta(hours=3)))
    sealed = seal_message(E_DEFTER, KNOWN_KEY, at=istanbul, lifetime=timedelta(seconds=50))
    assert b"<wsu:Created>2026-11-22T09:00:00.000Z</wsu:Created>" in sealed
    assert b"<wsu:Expires>2026-11-22T09:00:50.000Z</wsu:Expires>" in sealed


def test_the_same_call_makes_the_same_bytes() -> None:
    assert seal_message(E_DEFTER, KNOWN_KEY, at=AT) == seal_message(E_DEFTER, KNOWN_KEY, at=AT)


def test_another_moment_makes_other_ids() -> None:
    ids = {parse(seal_message(E_DEFTER, KNOWN_KEY, at=AT + timedelta(milliseconds=n)))[1].get(WSU_ID) for n in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize(
    "body",
    [
        f'<soap:Body xmlns:u="{WSU}" u:Id="own">',
        f'<soap:Body u:Id="own"\n xmlns:u="{WSU}"\t>',
        '<soap:Body xmlns:wsu="urn:other" wsu:Id="x">',
        f'<soap:Body xmlns:wsu="urn:other" xmlns:w="{WSU}">',
        '<soap:Body Id="x" xml:id="y" ID="z">',
    ],
)
def test_every_body_tag_is_given_an_id_or_keeps_its_own(body: str) -> None:
    sealed = seal_message(E_DEFTER.replace(b"<soap:Body>", body.encode()), KNOWN_KEY, at=AT)
    assert verify_message(sealed, trust=Pinned(), at=AT).has_passed
    assert (parse(sealed)[1].get(WSU_ID) == "own") is ("own" in body)


def test_an_empty_body_is_sealed() -> None:
    sealed = seal_message(NO_HEADER.replace(b'<g:getUserList xmlns:g="urn:g"/>', b""), KNOWN_KEY, at=AT)
    assert verify_message(sealed, trust=Pinned(), at=AT).has_passed


def test_prefixes_that_only_values_use_cannot_be_bound_anew() -> None:
    sealed = seal_message(E_ARCHIVE, KNOWN_KEY, at=AT)
    bound = sealed.replace(b'xmlns:xs="http://www.w3.org/2001/XMLSchema"', b'xmlns:xs="urn:another"')
    assert bound != sealed
    assert not verify_message(bound, trust=Pinned(), at=AT).has_passed


def test_an_attachment_is_sealed_as_if_it_stood_in_the_body() -> None:
    parts = {"1+zip@ulak": ATTACHMENT, "other": b"x"}
    sealed = seal_message(MTOM, KNOWN_KEY, at=AT, attachments=parts)
    assert b"<x:Include" in sealed
    report = verify_message(sealed, trust=Pinned(), at=AT, attachments=parts)
    assert report.has_passed
    assert report.sealed is not None
    assert report.sealed.attachments == ("1+zip@ulak",)
    assert b"<binaryData>UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==</binaryData>" in report.sealed.body


def test_a_changed_attachment_is_noticed() -> None:
    sealed = seal_message(MTOM, KNOWN_KEY, at=AT, attachments={"1+zip@ulak": ATTACHMENT})
    report = verify_message(sealed, trust=Pinned(), at=AT, attachments={"1+zip@ulak": ATTACHMENT + b"!"})
    assert [reason.code for reason in report.reasons] == ["soap.digest"]


def test_a_message_whose_attachment_is_not_at_hand_cannot_be_judged() -> None:
    sealed = seal_message(MTOM, KNOWN_KEY, at=AT, attachments={"1+zip@ulak": ATTACHMENT})
    assert [reason.code for reason in verify_message(sealed, trust=Pinned(), at=AT).reasons] == [
        "soap.attachment-missing"
    ]


INCLUDE = f'<x:Include xmlns:x="{XOP}" href="cid:1%2Bzip@ulak"/>'.encode()
REFUSED = {
    "a second header": (seal_message(E_DEFTER, KNOWN_KEY, at=AT), "soap.already-secured"),
    "no envelope": (b"<Invoice/>", "soap.not-envelope"),
    "another SOAP": (E_DEFTER.replace(SOAP12.encode(), b"urn:soap"), "soap.not-envelope"),
    "two bodies": (NO_HEADER.replace(b"</Envelope>", b"<Body/></Envelope>"), "soap.structure"),
    "no body": (NO_HEADER.replace(b"Body>", b"Corps>"), "soap.structure"),
    "header behind the body": (NO_HEADER.replace(b"</Envelope>", b"<Header/></Envelope>"), "soap.structure"),
    "an attachment not handed in": (MTOM, "soap.attachment-missing"),
    "an attachment beside text": (MTOM.replace(INCLUDE, INCLUDE + b" "), "soap.attachment-place"),
    "an attachment from elsewhere": (MTOM.replace(b"cid:", b"file:"), "soap.attachment-place"),
    "an attachment without an address": (MTOM.replace(b"href", b"ref"), "soap.attachment-place"),
    "an Id that is none": (
        E_DEFTER.replace(b"<soap:Body>", f'<soap:Body u:Id="1 2" xmlns:u="{WSU}">'.encode()),
        "soap.id-unfit",
    ),
    "an Id used twice": (
        E_DEFTER.replace(b"<soap:Body>", f'<soap:Body u:Id="a" Id="a" xmlns:u="{WSU}">'.encode()),
        "soap.id-taken",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_sealed_is_refused(name: str) -> None:
    envelope, code = REFUSED[name]
    with pytest.raises(SealError) as refused:
        seal_message(envelope, KNOWN_KEY, at=AT)
    assert refused.value.code == code
    assert refused.value.text.tr
    assert refused.value.repair.en


def test_an_envelope_in_another_encoding_is_refused() -> None:
    with pytest.raises(XmlError, match=r"xml\.encoding"):
        seal_message(E_DEFTER.decode().replace("UTF-8", "UTF-16").encode("utf-16"), KNOWN_KEY, at=AT)


def _refused(**given: object) -> str:
    with pytest.raises(SealError) as refused:
        seal_message(E_DEFTER, **{"key": KNOWN_KEY, "at": AT, **given})  # type: ignore[arg-type]
    return refused.value.code


def test_a_time_needs_a_zone() -> None:
    assert _refused(at=AT.replace(tzinfo=None)) == "soap.time-without-zone"


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(minutes=-1)])
def test_a_message_needs_a_lifetime(lifetime: timedelta) -> None:
    assert _refused(lifetime=lifetime) == "soap.lifetime"


@pytest.mark.parametrize("at", [datetime(2020, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)])
def test_a_certificate_outside_its_validity_seals_nothing(at: datetime) -> None:
    assert _refused(at=at) == "soap.certificate-not-valid"


@pytest.mark.parametrize("seed", ["a b", 'x"', "ö", ""])
def test_a_seed_must_make_ids(seed: str) -> None:
    if seed:
        assert _refused(seed=seed) == "soap.id-unfit"
    else:
        assert b'wsu:Id="TS-"' in seal_message(E_DEFTER, KNOWN_KEY, at=AT, seed=seed)


def test_ids_that_are_taken_are_refused() -> None:
    with pytest.raises(SealError, match=r"soap\.id-taken"):
        seal_message(E_DEFTER.replace(b"<paketID>", b'<paketID ID="SIG-7">'), KNOWN_KEY, at=AT, seed="7")


def test_a_key_that_does_not_fit_its_certificate_makes_no_message() -> None:
    wrong = replace(KNOWN_EC_KEY, private_key=ec.derive_private_key(7, ec.SECP384R1()))
    assert _refused(key=wrong) == "soap.key-mismatch"
