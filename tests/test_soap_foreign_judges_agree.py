"""What we seal, xmlsec1 verifies; what xmlsec1 signs, in the shapes that other clients use, we verify."""

from __future__ import annotations

from pathlib import Path

import pytest

from seal_pki import KNOWN_EC_KEY, KNOWN_KEY, TestKey
from soap_messages import (
    AT,
    ATTACHMENT,
    BODY_AND_TIME,
    DIRECT,
    ENVELOPES,
    EXC,
    MTOM,
    PATH,
    TIMESTAMP,
    Pinned,
    binary_token,
    passes_xmlsec1,
    reference,
    signature,
    signed,
    template,
)
from ulak.seal.wssecurity import seal_message, verify_message
from ulak.seal.wssecurity.names import PKI_PATH, SOAP11
from ulak.seal.wssecurity.tokens import TokenKind

KEYS = [KNOWN_KEY, KNOWN_EC_KEY]
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"


@pytest.mark.parametrize("name", ENVELOPES)
@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
@pytest.mark.parametrize("token", ["X509v3", "PKIPath"])
def test_xmlsec1_verifies_what_we_seal(name: str, key: TestKey, token: TokenKind, tmp_path: Path) -> None:
    sealed = seal_message(ENVELOPES[name], key, at=AT, token=token)
    assert passes_xmlsec1(sealed, tmp_path, key)
    assert not passes_xmlsec1(sealed.replace(b"Created>2026", b"Created>2027"), tmp_path, key)


def test_xmlsec1_verifies_a_body_sealed_with_its_attachment_once_that_stands_in_it(tmp_path: Path) -> None:
    sealed = seal_message(MTOM, KNOWN_KEY, at=AT, attachments={"1+zip@ulak": ATTACHMENT})
    assert not passes_xmlsec1(sealed, tmp_path)
    start, end = sealed.index(b"<x:Include"), sealed.index(b"/>", sealed.index(b"<x:Include")) + 2
    assert passes_xmlsec1(sealed[:start] + b"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==" + sealed[end:], tmp_path)


FOREIGN = {
    "plain": template(),
    "SOAP 1.1": template(soap=SOAP11),
    "the certificate as a path": template(
        binary_token(kind=PKI_PATH) + signature(key_info=PATH) + TIMESTAMP,
    ),
    "the order of other software": template(TIMESTAMP + signature() + binary_token()),
    "the Timestamp first in the signature": template(
        binary_token() + TIMESTAMP + signature(reference("#T") + reference("#B"))
    ),
    "prefixes kept, as in the e-Defter guide's sample": template(
        binary_token()
        + signature(
            reference("#B", prefixes="web") + reference("#T", prefixes="wsse s web"),
            c14n=f'<ds:CanonicalizationMethod Algorithm="{EXC}">'
            f'<ec:InclusiveNamespaces PrefixList="s web" xmlns:ec="{EXC}"/></ds:CanonicalizationMethod>',
        )
        + TIMESTAMP,
        declared=' xmlns:web="http://webservice.edefter.gib.gov.tr/"',
    ),
    "comments canonicalised": template(
        binary_token()
        + TIMESTAMP
        + signature(
            reference("#B", transform=EXC + "WithComments") + reference("#T"),
            c14n=f'<ds:CanonicalizationMethod Algorithm="{EXC}WithComments"/>',
        ),
        body="<a><!-- x -->1</a>",
    ),
    "inclusive canonical form": template(
        binary_token()
        + TIMESTAMP
        + signature(
            reference("#B", transform=INCLUSIVE) + reference("#T", transform=INCLUSIVE),
            c14n=f'<ds:CanonicalizationMethod Algorithm="{INCLUSIVE}"/>',
        ),
        declared=' xmlns:spare="urn:spare" xml:lang="tr"',
    ),
    "no transforms at all": template(
        binary_token()
        + TIMESTAMP
        + signature(
            BODY_AND_TIME.replace(f'<ds:Transforms><ds:Transform Algorithm="{EXC}"></ds:Transform></ds:Transforms>', "")
        ),
        declared=' xmlns:spare="urn:spare"',
    ),
    "the token and an addressing header signed, too": template(
        binary_token() + TIMESTAMP + signature(BODY_AND_TIME + reference("#X") + reference("#H")),
        more='<h:Other xmlns:h="urn:h" wsu:Id="H" xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/'
        'oasis-200401-wss-wssecurity-utility-1.0.xsd">to</h:Other>',
    ),
    "namespaces of digests stronger than the signature's": template(
        binary_token()
        + TIMESTAMP
        + signature(
            reference("#B", digest="http://www.w3.org/2001/04/xmlenc#sha512")
            + reference("#T", digest="http://www.w3.org/2001/04/xmldsig-more#sha384")
        )
    ),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_xmlsec1_signs_passes(name: str, tmp_path: Path) -> None:
    report = verify_message(signed(FOREIGN[name], tmp_path), trust=Pinned(), at=AT)
    assert report.has_passed, report.reasons
    assert report.tax_id == KNOWN_KEY.certificate.tax_id
    assert report.sealed is not None
    assert report.sealed.signer == KNOWN_KEY.certificate


def test_a_message_of_an_elliptic_curve_key_passes(tmp_path: Path) -> None:
    method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"
    made = signed(
        template(binary_token(KNOWN_EC_KEY) + TIMESTAMP + signature(method=method, key_info=DIRECT)),
        tmp_path,
        KNOWN_EC_KEY,
    )
    assert verify_message(made, trust=Pinned(KNOWN_EC_KEY.certificate), at=AT).has_passed


@pytest.mark.parametrize("body", ["<a>1<b/></a>", '<a>1<b xmlns=""><c/></b></a>', "&#13;<a x='&#9;'/>&gt;"])
def test_the_default_namespace_is_kept_where_the_signature_says_so(body: str, tmp_path: Path) -> None:
    """WSS4J lists ``#default`` for every message whose envelope has a default namespace."""
    references = reference("#B", prefixes="#default") + reference("#T", prefixes="#default wsse")
    made = signed(
        template(binary_token() + TIMESTAMP + signature(references), declared=' xmlns="urn:default"', body=body),
        tmp_path,
    )
    report = verify_message(made, trust=Pinned(), at=AT)
    assert report.has_passed, report.reasons
    assert report.sealed is not None
    assert report.sealed.body.startswith(b'<s:Body xmlns="urn:default" ')
