"""SOAP messages for tests: envelopes as clients write them, and a foreign hand (xmlsec1) that signs and verifies."""

from __future__ import annotations

import subprocess
from base64 import b64encode
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from seal_pki import KNOWN_KEY, TestKey
from ulak.seal.certificates import Certificate
from ulak.seal.verdicts import Indication, Trusted
from ulak.seal.wssecurity.names import BASE64, PKI_PATH, SOAP11, SOAP12, WSSE, WSSE11, WSU, X509V3
from ulak.seal.wssecurity.tokens import token_bytes

DS: Final = "http://www.w3.org/2000/09/xmldsig#"
EXC: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
RSA_SHA256: Final = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
SHA1: Final = "http://www.w3.org/2000/09/xmldsig#sha1"

AT: Final = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""When the messages of the tests are made and judged."""

E_DEFTER: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<soap:Envelope xmlns:soap="{SOAP12}" xmlns:web="http://webservice.edefter.gib.gov.tr/">
  <soap:Header/>
  <soap:Body>
    <web:getBatchStatus>
      <paketID>4812530769-202611-YB-000000</paketID>
    </web:getBatchStatus>
  </soap:Body>
</soap:Envelope>
""".encode()

E_ARCHIVE: Final = f"""<S:Envelope xmlns:S="{SOAP11}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xmlns:xs="http://www.w3.org/2001/XMLSchema"><S:Header><wsa:To xmlns:wsa="http://www.w3.org/2005/08/addressing">x</wsa:To>
  </S:Header><S:Body  dil='tr' ><ns2:sendDocumentFile xmlns:ns2="http://earsiv.vedop3.ggm.gov.org/">
    <Attachment><fileName xsi:type="xs:string">Ardıç &amp; Ortakları &#x130;.zip</fileName>
    <binaryData>UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==</binaryData></Attachment></ns2:sendDocumentFile></S:Body>
</S:Envelope>""".encode()

NO_HEADER: Final = f"""<Envelope xmlns="{SOAP12}"><Body><g:getUserList xmlns:g="urn:g"/></Body></Envelope>""".encode()

XOP: Final = "http://www.w3.org/2004/08/xop/include"
MTOM: Final = E_ARCHIVE.replace(
    b"UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==", f'<x:Include xmlns:x="{XOP}" href="cid:1%2Bzip@ulak"/>'.encode()
)
ATTACHMENT: Final = bytes.fromhex("504b0506") + bytes(18)
ENVELOPES: Final = {"e-Defter": E_DEFTER, "e-Arşiv": E_ARCHIVE, "no header": NO_HEADER}


class Pinned:
    """Trusts one certificate, and no other."""

    def __init__(self, certificate: Certificate = KNOWN_KEY.certificate) -> None:
        self._certificate = certificate

    def judge(self, certificate: Certificate, *, at: datetime, known: tuple[Certificate, ...] = ()) -> Trusted:
        good = certificate == self._certificate and certificate.is_valid_on(at)
        return Trusted(Indication.PASSED if good else Indication.INDETERMINATE)


def reference(name: str, *, prefixes: str | None = None, digest: str = SHA256, transform: str = EXC) -> str:
    """An empty reference, to be filled by `signed`."""
    kept = f'<ec:InclusiveNamespaces xmlns:ec="{EXC}" PrefixList="{prefixes}"/>' if prefixes is not None else ""
    return (
        f'<ds:Reference URI="{name}"><ds:Transforms><ds:Transform Algorithm="{transform}">{kept}</ds:Transform>'
        f'</ds:Transforms><ds:DigestMethod Algorithm="{digest}"/><ds:DigestValue/></ds:Reference>'
    )


BODY_AND_TIME: Final = reference("#B") + reference("#T")
TIMESTAMP: Final = (
    '<wsu:Timestamp wsu:Id="T"><wsu:Created>2026-11-22T09:00:00Z</wsu:Created>'
    "<wsu:Expires>2026-11-22T09:05:00.5Z</wsu:Expires></wsu:Timestamp>"
)
DIRECT: Final = '<wsse:SecurityTokenReference><wsse:Reference URI="#X"/></wsse:SecurityTokenReference>'
PATH: Final = (
    f'<wsse:SecurityTokenReference xmlns:wsse11="{WSSE11}" wsse11:TokenType="{PKI_PATH}">'
    f'<wsse:Reference URI="#X" ValueType="{PKI_PATH}"/></wsse:SecurityTokenReference>'
)


def binary_token(key: TestKey = KNOWN_KEY, *, kind: str = X509V3, encoding: str = BASE64, name: str = "X") -> str:
    data = token_bytes("PKIPath" if kind == PKI_PATH else "X509v3", key.certificate, key.chain)
    return (
        f'<wsse:BinarySecurityToken wsu:Id="{name}" ValueType="{kind}" EncodingType="{encoding}">'
        f"{b64encode(data).decode()}</wsse:BinarySecurityToken>"
    )


def signature(
    references: str = BODY_AND_TIME,
    *,
    key_info: str = DIRECT,
    method: str = RSA_SHA256,
    c14n: str = f'<ds:CanonicalizationMethod Algorithm="{EXC}"/>',
    more: str = "",
) -> str:
    return (
        f'<ds:Signature xmlns:ds="{DS}"><ds:SignedInfo>{c14n}<ds:SignatureMethod Algorithm="{method}"/>{references}'
        f"</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo>{key_info}</ds:KeyInfo>{more}</ds:Signature>"
    )


def template(
    security: str | None = None,
    *,
    soap: str = SOAP12,
    body: str = "<getUserList>XML</getUserList>",
    more: str = "",
    attribute: str = "",
    declared: str = "",
    after: str = "",
) -> str:
    """An envelope with an unfilled signature, as another client would send it once `signed`."""
    inside = security if security is not None else binary_token() + TIMESTAMP + signature()
    return (
        f'<s:Envelope xmlns:s="{soap}"{declared}><s:Header><wsse:Security xmlns:wsse="{WSSE}" xmlns:wsu="{WSU}"'
        f'{attribute}>{inside}</wsse:Security>{more}</s:Header><s:Body xmlns:wsu="{WSU}" wsu:Id="B">{body}</s:Body>'
        f"{after}</s:Envelope>"
    )


def signed(message: str, folder: Path, key: TestKey = KNOWN_KEY) -> bytes:
    """The message with its signature filled in by xmlsec1."""
    source, made = folder / "template.xml", folder / "signed.xml"
    source.write_text(message, "utf-8")
    keys = ["--privkey-pem", str(key.pem), "--output", str(made)]
    _xmlsec1("--sign", *keys, *_ids(), str(source))
    return made.read_bytes()


def passes_xmlsec1(message: bytes, folder: Path, key: TestKey = KNOWN_KEY) -> bool:
    """Whether xmlsec1 finds two good references and a good signature."""
    source = folder / "message.xml"
    source.write_bytes(message)
    said = _xmlsec1("--verify", "--pubkey-cert-pem", str(key.certificate_pem), *_ids(), str(source), check=False)
    return said.returncode == 0 and "SignedInfo References (ok/all): 2/2" in said.stdout + said.stderr


def _ids() -> Iterable[str]:
    for name in (f"{WSU}:Timestamp", f"{SOAP11}:Body", f"{SOAP12}:Body", f"{WSSE}:BinarySecurityToken", "urn:h:Other"):
        yield from ("--id-attr:Id", name)


def _xmlsec1(*arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["xmlsec1", *arguments], capture_output=True, text=True, check=check, timeout=60)
