"""Seals made wrong on purpose: a sealed document taken apart, changed, and signed again as far as an attack needs it.

Signing here is done with lxml and `cryptography` alone, not with Ulak's own code, so that a mistake there is not
repeated here.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64encode
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from seal_pki import KNOWN_KEY, NOW, TestKey, pooled_keys
from ulak.seal.certificates import certificate_of
from ulak.seal.names import DS, EXC_C14N, XADES
from ulak.seal.pki.keymaking import KeyKind
from ulak.seal.sealing import seal
from ulak.xml import parse

__all__ = ["ARDIC", "CAC", "CBC", "NS", "SHA256", "TINY", "Forge", "certificate_for", "pem_body", "tiny"]

ARDIC: Final = "4812530769"
NS: Final = {
    "ds": DS,
    "xades": XADES,
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
}
CAC: Final = f"{{{NS['cac']}}}"
CBC: Final = f"{{{NS['cbc']}}}"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
_C14N: Final = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_SIGNERS: Final = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
    "sha1": hashes.SHA1(),
}
_DIGESTS: Final = {
    "http://www.w3.org/2000/09/xmldsig#sha1": hashlib.sha1,
    "http://www.w3.org/2001/04/xmldsig-more#md5": hashlib.md5,
    SHA256: hashlib.sha256,
    "http://www.w3.org/2001/04/xmldsig-more#sha384": hashlib.sha384,
    "http://www.w3.org/2001/04/xmlenc#sha512": hashlib.sha512,
}


def tiny(supplier: str = ARDIC, signatory: str = ARDIC) -> bytes:
    """The least that is an invoice to a seal, with what it says of its issuer and signatory."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
    return (
        '<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" ' + declared + ">"
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent/></ext:UBLExtension></ext:UBLExtensions>"
        "<cbc:UUID>5b3c1f0e-8d2a-4c57-9f64-2f0a6b1d7e01</cbc:UUID>"
        f'<cac:Signature><cbc:ID schemeID="VKN_TCKN">{signatory}</cbc:ID><cac:SignatoryParty><cac:PartyIdentification>'
        f'<cbc:ID schemeID="VKN">{signatory}</cbc:ID></cac:PartyIdentification>'
        "<cac:PostalAddress><cbc:CityName>Ankara</cbc:CityName></cac:PostalAddress></cac:SignatoryParty>"
        "<cac:DigitalSignatureAttachment><cac:ExternalReference><cbc:URI>#Signature_forged</cbc:URI></cac:ExternalReference>"
        "</cac:DigitalSignatureAttachment></cac:Signature>"
        "<cac:AccountingSupplierParty><cac:Party><cac:PartyIdentification>"
        f'<cbc:ID schemeID="VKN">{supplier}</cbc:ID></cac:PartyIdentification></cac:Party>'
        "</cac:AccountingSupplierParty>"
        '<cbc:PayableAmount currencyID="TRY">1200.00</cbc:PayableAmount></Invoice>\n'
    ).encode()


TINY: Final = tiny()


class Forge:
    """A sealed document in pieces.

    Attributes:
        root: of the document; change it as you like.
        key: that signs when `sign` is called.
    """

    def __init__(self, document: bytes = TINY, key: TestKey = KNOWN_KEY, at: datetime = NOW) -> None:
        self.key = key
        self.root = parse(seal(document, key, at=at, id="forged"))

    @property
    def signature(self) -> etree._Element:
        return next(self.root.iter(f"{{{DS}}}Signature"))

    def at(self, path: str) -> etree._Element:
        """The first element of an XPath with the prefixes of `NS`."""
        found = self.root.xpath(path, namespaces=NS)
        assert isinstance(found, list)
        element = found[0]
        assert isinstance(element, etree._Element)
        return element

    def remove(self, path: str) -> Forge:
        element = self.at(path)
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
        return self

    def set(self, path: str, text: str | None = None, **attributes: str) -> Forge:
        """Change the text or attributes of an element."""
        element = self.at(path)
        if text is not None:
            element.text = text
        for name, value in attributes.items():
            element.set(name, value)
        return self

    def insert(self, path: str, xml: str, at: int | None = None) -> Forge:
        """Put an element, written with the prefixes of `NS`, into another: as the last child, or at a place."""
        declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items())
        parent = self.at(path)
        for child in reversed(list(etree.fromstring(f"<x {declared}>{xml}</x>"))):
            parent.insert(len(parent) if at is None else at, child)
        return self

    def sign(self) -> Forge:
        """Work out the digests and the signature value anew, as whoever owns the key could."""
        for reference in self.root.iterfind(".//ds:SignedInfo/ds:Reference", NS):
            self._digest(reference)
        info = self.at("//ds:SignedInfo")
        method = self.at("//ds:CanonicalizationMethod").get("Algorithm", "")
        self.at("//ds:SignatureValue").text = b64encode(self._value(_canonical(info, method))).decode()
        return self

    def data(self) -> bytes:
        return etree.tostring(self.root.getroottree(), encoding="UTF-8")

    def _digest(self, reference: etree._Element) -> None:
        transforms = [step.get("Algorithm", "") for step in reference.iter(f"{{{DS}}}Transform")]
        uri = reference.get("URI", "")
        algorithm = reference.find("ds:DigestMethod", NS)
        value = reference.find("ds:DigestValue", NS)
        if algorithm is None or value is None:
            return
        method = next((name for name in reversed(transforms) if "c14n" in name), _C14N)
        if uri == "":
            covered = self._document(method, with_seal=not any("enveloped" in name for name in transforms))
        else:
            targets = (element for element in self.root.iter("{*}*") if element.get("Id") == uri[1:])
            target = next(targets, None)
            covered = _canonical(target, method) if target is not None else b""
        make = _DIGESTS.get(algorithm.get("Algorithm", ""), hashlib.sha256)
        value.text = b64encode(make(covered).digest()).decode()

    def _document(self, method: str, *, with_seal: bool) -> bytes:
        root = deepcopy(self.root.getroottree()).getroot()
        if not with_seal:
            signature = next(root.iter(f"{{{DS}}}Signature"))
            parent = signature.getparent()
            assert parent is not None
            # No tail is lost: seals of Ulak's have none.
            assert not signature.tail
            parent.remove(signature)
        return etree.tostring(
            root.getroottree(), method="c14n", exclusive=method.startswith(EXC_C14N), with_comments=False
        )

    def _value(self, signed: bytes) -> bytes:
        name = self.at("//ds:SignatureMethod").get("Algorithm", "").rpartition("#")[2]
        if name.startswith("hmac"):
            return hmac.digest(self.key.certificate.spki, signed, "sha256")
        digest = _SIGNERS.get(name.rpartition("-")[2], hashes.SHA256())
        private = self.key.private_key
        if isinstance(private, rsa.RSAPrivateKey):
            return private.sign(signed, padding.PKCS1v15(), digest)
        der = private.sign(signed, ec.ECDSA(digest, deterministic_signing=True))
        size = (private.curve.key_size + 7) // 8
        return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(der))


def _canonical(element: etree._Element, method: str) -> bytes:
    exclusive, comments = method.startswith(EXC_C14N), method.endswith("WithComments")
    return etree.tostring(element, method="c14n", exclusive=exclusive, with_comments=comments)


@cache
def certificate_for(name: str, serial_number: str | None, bits: int = 2048) -> TestKey:
    """A key with a certificate of its own making: nobody vouches for it, and it is the same each time."""
    make = pooled_keys()
    key = make(KeyKind.RSA_1024 if bits == 1024 else KeyKind.RSA_2048)
    subject = x509.Name(
        [x509.NameAttribute(x509.NameOID.COMMON_NAME, name)]
        + ([x509.NameAttribute(x509.NameOID.SERIAL_NUMBER, serial_number)] if serial_number else [])
    )
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(4242)
        .not_valid_before(datetime(2025, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2045, 1, 1, tzinfo=UTC))
        .add_extension(x509.KeyUsage(True, False, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate = certificate_of(built.public_bytes(Encoding.DER))
    place = KNOWN_KEY.p12
    return TestKey(name, certificate, (), certificate, key, place, place, place)


def pem_body(key: TestKey) -> str:
    """The certificate in base64, as ``ds:X509Certificate`` holds it."""
    return b64encode(key.certificate.der).decode()
