"""Messages that look signed: moved, doubled, weakly or half signed, with the key from somewhere else.

Each case says what an attacker, or careless software, did to a message; none may pass, and each gets its own code.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from seal_pki import KNOWN_EC_KEY, KNOWN_KEY
from soap_messages import (
    AT,
    BODY_AND_TIME,
    DIRECT,
    DS,
    E_DEFTER,
    EXC,
    SHA1,
    TIMESTAMP,
    Pinned,
    binary_token,
    reference,
    signature,
    signed,
    template,
)
from ulak.seal.verdicts import Indication, SubIndication
from ulak.seal.wssecurity import Policy, SoapError, seal_message, verify_message
from ulak.seal.wssecurity.names import PKI_PATH, SOAP12, WSSE, WSU, X509V3
from ulak.seal.wssecurity.problems import PROBLEMS

FAILED, UNSURE = Indication.FAILED, Indication.INDETERMINATE
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
TOKEN = binary_token()


def codes(message: bytes, policy: Policy = Policy()) -> tuple[Indication, str]:  # noqa: B008
    """The verdict on a message that trusts the known key."""
    report = verify_message(message, trust=Pinned(), at=AT, policy=policy)
    assert (report.sub is None) is report.has_passed
    assert report.tax_id is None or report.has_passed
    return report.indication, report.reasons[0].code if report.reasons else ""


SEALED = seal_message(E_DEFTER, KNOWN_KEY, at=AT, seed="S")
START, END = SEALED.index(b"<soap:Body"), SEALED.index(b"</soap:Body>") + len(b"</soap:Body>")
BODY = SEALED[START:END]
EVIL = BODY.replace(b"202611-YB", b"202612-YB")


def _with_body(body: bytes, moved: bytes) -> bytes:
    """The message with another Body, and the signed one moved to the end of the header in a wrapper."""
    wrapped = b'<w:Wrapper xmlns:w="urn:w">' + moved + b"</w:Wrapper></soap:Header>"
    return (SEALED[:START] + body + SEALED[END:]).replace(b"</soap:Header>", wrapped)


def _renamed(body: bytes) -> bytes:
    return body.replace(b'wsu:Id="id-S"', b'wsu:Id="id-T"')


def _security(message: bytes) -> bytes:
    start = message.index(b"<wsse:Security ")
    return message[start : message.index(b"</wsse:Security>") + len(b"</wsse:Security>")]


STAMP = SEALED[SEALED.index(b"<wsu:Timestamp") : SEALED.index(b"</wsu:Timestamp>") + len(b"</wsu:Timestamp>")]
TOKEN_BYTES = SEALED[SEALED.index(b"<wsse:BinaryS") : SEALED.index(b"</wsse:BinarySecurityToken>") + 27]
LATER = STAMP.replace(b"2026-11-22", b"2026-11-23")

CHANGED: dict[str, tuple[bytes, str]] = {
    "the Body's value changed": (SEALED.replace(b"202611-YB", b"202612-YB"), "soap.digest"),
    "the Timestamp prolonged": (SEALED.replace(b"09:05:00", b"09:45:00"), "soap.digest"),
    "the signed Body moved into a header": (_with_body(_renamed(EVIL), BODY), "soap.second-body"),
    "the signed Body moved, its Id on another one too": (_with_body(EVIL, BODY), "soap.second-body"),
    "the signed Body moved under another name": (
        _with_body(EVIL, BODY.replace(b"soap:Body", b"soap:Korper")),
        "soap.id-twice",
    ),
    "the Body without an Id, the signed one renamed": (
        _with_body(EVIL.replace(b'wsu:Id="id-S"', b""), BODY.replace(b"soap:Body", b"soap:Korper")),
        "soap.reference-elsewhere",
    ),
    "the Body's Id taken by a plain Id": (
        _with_body(_renamed(EVIL), BODY.replace(b"soap:Body", b"soap:Korper").replace(b"wsu:Id", b"Id")),
        "soap.reference-elsewhere",
    ),
    "the Body's Id shared with a plain Id": (SEALED.replace(b"<paketID>", b'<paketID Id="id-S">'), "soap.id-twice"),
    "a Body of the other SOAP in the Body": (
        SEALED.replace(b"<paketID>", b'<x:Body xmlns:x="http://schemas.xmlsoap.org/soap/envelope/"/><paketID>'),
        "soap.second-body",
    ),
    "the Timestamp moved, a later one in its place": (
        SEALED.replace(STAMP, LATER).replace(b"</soap:Header>", b"<w>" + STAMP + b"</w></soap:Header>"),
        "soap.timestamp-count",
    ),
    "two Timestamps": (SEALED.replace(STAMP, LATER + STAMP), "soap.timestamp-count"),
    "no Timestamp": (SEALED.replace(STAMP, b""), "soap.timestamp-count"),
    "the Timestamp outside the security header": (
        SEALED.replace(STAMP, b"").replace(b"</soap:Header>", STAMP + b"</soap:Header>"),
        "soap.timestamp-count",
    ),
    "two security headers": (
        SEALED.replace(_security(SEALED), _security(SEALED) + _security(SEALED).replace(b'"id-S', b'"id-T')),
        "soap.two-headers",
    ),
    "the security header inside another header": (
        SEALED.replace(_security(SEALED), b"<w>" + _security(SEALED) + b"</w>"),
        "soap.two-headers",
    ),
    "no security header": (E_DEFTER, "soap.not-secured"),
    "a security header for somebody else": (
        SEALED.replace(b'soap:mustUnderstand="true"', b'soap:mustUnderstand="true" soap:role="urn:someone"'),
        "soap.not-secured",
    ),
    "the signature taken out": (
        SEALED[: SEALED.index(b"<ds:Signature ")] + SEALED[SEALED.index(b"</ds:Signature>") + 15 :],
        "soap.signature-count",
    ),
    "two signatures": (
        SEALED.replace(b"</ds:Signature>", b"</ds:Signature><ds:Signature xmlns:ds='%b'/>" % DS.encode()),
        "soap.signature-count",
    ),
    "another key's certificate in the token": (
        SEALED.replace(
            b64encode(KNOWN_KEY.certificate.der), b64encode(KNOWN_KEY.chain[0].der) if KNOWN_KEY.chain else b"AA=="
        ),
        "soap.value",
    ),
    "a certificate of another family in the token": (
        SEALED.replace(b64encode(KNOWN_KEY.certificate.der), b64encode(KNOWN_EC_KEY.certificate.der)),
        "soap.value",
    ),
    "two tokens of one name": (SEALED.replace(TOKEN_BYTES, TOKEN_BYTES * 2), "soap.id-twice"),
    "a token that is no certificate": (
        SEALED.replace(b64encode(KNOWN_KEY.certificate.der), b"AAAA"),
        "soap.token-broken",
    ),
    "a token that is not base64": (SEALED.replace(b64encode(KNOWN_KEY.certificate.der), b"%%%"), "soap.base64"),
    "a token of ten megabytes": (
        SEALED.replace(b64encode(KNOWN_KEY.certificate.der), b"MIIA" * 2_000_000),
        "soap.token-broken",
    ),
    "an empty signature value": (
        SEALED[: SEALED.index(b"<ds:SignatureValue>") + 19] + SEALED[SEALED.index(b"</ds:SignatureValue>") :],
        "soap.base64",
    ),
    "a comment in the signature value": (
        SEALED.replace(b"<ds:SignatureValue>", b"<ds:SignatureValue><!-- -->"),
        "soap.signature-broken",
    ),
    "an unknown part beside the signature": (
        SEALED.replace(b"<ds:Signature ", b"<wsse:UsernameToken/><ds:Signature "),
        "soap.unknown-part",
    ),
    "an object in the signature": (
        SEALED.replace(b"</ds:Signature>", b"<ds:Object/></ds:Signature>"),
        "soap.signature-broken",
    ),
    "the references swapped": (
        SEALED.replace(b"#id-S", b"#tmp").replace(b"#TS-S", b"#id-S").replace(b"#tmp", b"#TS-S"),
        "soap.value",
    ),
    "SHA-1 written over the signature's algorithm": (
        SEALED.replace((MORE + "rsa-sha256").encode(), (DS + "rsa-sha1").encode()),
        "soap.algorithm-weak",
    ),
    "HMAC with the public key": (
        SEALED.replace((MORE + "rsa-sha256").encode(), (DS + "hmac-sha1").encode()),
        "soap.algorithm-weak",
    ),
    "HMAC with SHA-256": (
        SEALED.replace((MORE + "rsa-sha256").encode(), (MORE + "hmac-sha256").encode()),
        "soap.algorithm-unknown",
    ),
    "no algorithm": (SEALED.replace((MORE + "rsa-sha256").encode(), b""), "soap.algorithm-unknown"),
    "a thousand prefixes to be kept": (
        SEALED.replace(b'PrefixList="web"', b'PrefixList="%b"' % b" ".join(b"p%d" % n for n in range(1000))),
        "soap.signature-broken",
    ),
    "another canonical form": (
        SEALED.replace(
            b'CanonicalizationMethod Algorithm="%b"' % EXC.encode(), b'CanonicalizationMethod Algorithm="urn:c"'
        ),
        "soap.c14n",
    ),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_message_changed_after_signing_does_not_pass(name: str) -> None:
    message, code = CHANGED[name]
    assert message != SEALED
    indication, said = codes(message)
    assert said == code
    assert indication is not Indication.PASSED


def _signed(security: str, **more: str) -> Callable[[Path], bytes]:
    return lambda folder: signed(template(security, **more), folder)


STR = "<wsse:SecurityTokenReference>{}</wsse:SecurityTokenReference>"
WRONGLY_SIGNED: dict[str, tuple[Callable[[Path], bytes], Indication, str]] = {
    "only the Timestamp": (_signed(TOKEN + TIMESTAMP + signature(reference("#T"))), FAILED, "soap.not-covered"),
    "only the Body": (_signed(TOKEN + TIMESTAMP + signature(reference("#B"))), FAILED, "soap.not-covered"),
    "the Body twice": (
        _signed(TOKEN + TIMESTAMP + signature(reference("#B") + reference("#B") + reference("#T"))),
        FAILED,
        "soap.reference-twice",
    ),
    "the whole message": (
        _signed(TOKEN + TIMESTAMP + signature(BODY_AND_TIME + reference("", transform=DS + "enveloped-signature"))),
        FAILED,
        "soap.transform",
    ),
    "an XPath transform": (
        _signed(
            TOKEN
            + TIMESTAMP
            + signature(
                reference("#B").replace(
                    f'<ds:Transform Algorithm="{EXC}">',
                    '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>1</ds:XPath>',
                )
                + reference("#T")
            )
        ),
        FAILED,
        "soap.transform",
    ),
    "something inside the Body": (
        _signed(
            TOKEN + TIMESTAMP + signature(BODY_AND_TIME + reference("#H")),
            body='<h:Other xmlns:h="urn:h" wsu:Id="H"/>',
        ),
        FAILED,
        "soap.reference-elsewhere",
    ),
    "SHA-1 digests": (
        _signed(TOKEN + TIMESTAMP + signature(reference("#B", digest=SHA1) + reference("#T", digest=SHA1))),
        UNSURE,
        "soap.algorithm-weak",
    ),
    "an unknown digest": (
        _signed(TOKEN + TIMESTAMP + signature(reference("#B", digest=MORE + "md5") + reference("#T"))),
        UNSURE,
        "soap.algorithm-weak",
    ),
    "the key as X509Data": (
        _signed(TOKEN + TIMESTAMP + signature(key_info="<ds:X509Data/>")),
        UNSURE,
        "soap.key-reference",
    ),
    "the key by its identifier": (
        _signed(
            TOKEN
            + TIMESTAMP
            + signature(
                key_info=STR.format(
                    '<wsse:KeyIdentifier ValueType="http://docs.oasis-open.org/wss/2004/01/'
                    'oasis-200401-wss-x509-token-profile-1.0#X509SubjectKeyIdentifier">AAAA</wsse:KeyIdentifier>'
                )
            )
        ),
        UNSURE,
        "soap.key-reference",
    ),
    "the key embedded": (
        _signed(TIMESTAMP + signature(key_info=STR.format(f"<wsse:Embedded>{TOKEN}</wsse:Embedded>"))),
        UNSURE,
        "soap.key-reference",
    ),
    "the key at an address": (
        _signed(TOKEN + TIMESTAMP + signature(key_info=STR.format('<wsse:Reference URI="http://127.0.0.1/k"/>'))),
        UNSURE,
        "soap.key-reference",
    ),
    "the key named twice": (_signed(TOKEN + TIMESTAMP + signature(key_info=DIRECT * 2)), UNSURE, "soap.key-reference"),
    "a token that is not there": (_signed(TIMESTAMP + signature()), UNSURE, "soap.token-lost"),
    "a token in another header": (
        _signed(TIMESTAMP + signature(), more=f'<t xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}">{TOKEN}</t>'),
        UNSURE,
        "soap.token-lost",
    ),
    "a token of another kind": (
        _signed(binary_token(kind=X509V3.replace("X509v3", "PKCS7")) + TIMESTAMP + signature()),
        FAILED,
        "soap.token-kind",
    ),
    "a certificate said to be a path": (
        _signed(TOKEN.replace(X509V3, PKI_PATH) + TIMESTAMP + signature()),
        FAILED,
        "soap.token-broken",
    ),
    "a path that the reference calls a certificate": (
        _signed(
            binary_token(kind=PKI_PATH)
            + TIMESTAMP
            + signature(key_info=DIRECT.replace("#X", f'#X" ValueType="{X509V3}'))
        ),
        UNSURE,
        "soap.key-reference",
    ),
    "a token in hex": (
        _signed(binary_token(encoding="urn:hex") + TIMESTAMP + signature()),
        FAILED,
        "soap.token-broken",
    ),
    "RSA with SHA-1": (
        _signed(TOKEN + TIMESTAMP + signature(method=DS + "rsa-sha1")),
        UNSURE,
        "soap.algorithm-weak",
    ),
    "no Created": (
        _signed(TOKEN + TIMESTAMP.replace("Created", "Made") + signature()),
        FAILED,
        "soap.timestamp-broken",
    ),
    "Expires before Created": (
        _signed(TOKEN + TIMESTAMP.replace("09:05", "08:05") + signature()),
        FAILED,
        "soap.timestamp-broken",
    ),
    "Created without a zone": (
        _signed(TOKEN + TIMESTAMP.replace("09:00:00Z", "09:00:00") + signature()),
        FAILED,
        "soap.timestamp-broken",
    ),
    "Created on no day of the year": (
        _signed(TOKEN + TIMESTAMP.replace("2026-11-22T09:00", "2026-02-30T09:00") + signature()),
        FAILED,
        "soap.timestamp-broken",
    ),
    "Created at the end of all time": (
        _signed(TOKEN + TIMESTAMP.replace("2026-11-22T09:00:00Z", "9999-12-31T23:59:59-14:00") + signature()),
        FAILED,
        "soap.timestamp-broken",
    ),
    "Created split by a comment": (
        _signed(TOKEN + TIMESTAMP.replace("09:00:00Z", "09:00:00Z<!-- -->") + signature()),
        FAILED,
        "soap.signature-broken",
    ),
}


@pytest.mark.parametrize("name", WRONGLY_SIGNED)
def test_a_message_signed_otherwise_does_not_pass(name: str, tmp_path: Path) -> None:
    make, indication, code = WRONGLY_SIGNED[name]
    assert codes(make(tmp_path)) == (indication, code)


def test_a_reference_to_nothing_is_said_to_point_nowhere() -> None:
    """The signature value is good; the Body has lost the Id that it points at."""
    message = SEALED.replace(b'wsu:Id="id-S"', b"")
    report = verify_message(message, trust=Pinned(), at=AT)
    assert (report.indication, report.sub) == (UNSURE, SubIndication.SIGNED_DATA_NOT_FOUND)
    assert report.reasons[0].code == "soap.reference-lost"


def test_sha1_digests_pass_where_policy_tolerates_them(tmp_path: Path) -> None:
    """The sample of the e-Defter guide has them."""
    message = WRONGLY_SIGNED["SHA-1 digests"][0](tmp_path)
    report = verify_message(message, trust=Pinned(), at=AT, policy=Policy(sha1_digests=True))
    assert report.has_passed
    assert report.sealed is not None
    assert [one.code for one in report.sealed.deviations] == ["soap.sha1-digest"] * 2


def test_signatures_with_sha1_pass_under_no_policy(tmp_path: Path) -> None:
    message = WRONGLY_SIGNED["RSA with SHA-1"][0](tmp_path)
    assert codes(message, Policy(sha1_digests=True)) == (UNSURE, "soap.algorithm-weak")


@pytest.mark.parametrize("message", [b"<a/>", f'<Envelope xmlns="{SOAP12}"/>'.encode()])
def test_what_is_no_message_is_not_judged(message: bytes) -> None:
    with pytest.raises(SoapError):
        verify_message(message, trust=None, at=AT)


def test_every_refusal_is_tried_here_or_in_a_test_beside() -> None:
    folder = Path(__file__).parent
    tried = "".join(path.read_text("utf-8") for path in folder.glob("test_soap_*.py"))
    assert [code for code in PROBLEMS if code not in tried] == []
