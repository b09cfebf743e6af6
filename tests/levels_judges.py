"""What other programs say of seals with time stamps: xmlsec1, openssl, and the schemas that GİB publishes."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from lxml import etree

from seal_pki import TestKey
from support import REFERENCE
from ubl_examples import XSD_FOLDER
from ulak.seal.names import C14N, DS, XADES, XADES141

__all__ = ["SCHEMAS", "judged_by_openssl", "octets_by_xmlsec", "schema_errors", "seal_holds"]

_FILTER = "http://www.w3.org/2002/06/xmldsig-filter2"
_PIECE = re.compile(rb"== PreDigest data - start buffer:\n(.*?)\n== PreDigest data - end buffer", re.DOTALL)
_UBL = XSD_FOLDER / "common"
SCHEMAS = {
    "ubl": (_UBL, "UBL-xmldsig-core-schema-2.1.xsd", "UBL-XAdESv132-2.1.xsd", "UBL-XAdESv141-2.1.xsd"),
    "e-arsiv": (REFERENCE / "packages/earsiv-1.1_6", "xmldsig-core-schema.xsd", "XAdES.xsd", "XAdESv141.xsd"),
    "e-defter": (REFERENCE / "packages/edefter/xsd", "xmldsig-core-schema.xsd", "XAdES.xsd", "XAdESv141.xsd"),
}
"""Where XML Signature's, XAdES 1.3.2's and 1.4.1's schemas lie."""


def seal_holds(folder: Path, data: bytes, by: TestKey) -> bool:
    """Whether xmlsec1 finds the first signature of the document to be made by the key."""
    (folder / "sealed.xml").write_bytes(data)
    first = "/descendant::*[local-name()='Signature' and namespace-uri()='http://www.w3.org/2000/09/xmldsig#'][1]"
    ids = ["--id-attr:Id", f"{XADES}:SignedProperties", "--node-xpath", first, "--enabled-key-data", "key-name"]
    command = ["xmlsec1", "--verify", "--pubkey-cert-pem", str(by.certificate_pem), *ids, str(folder / "sealed.xml")]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def octets_by_xmlsec(folder: Path, data: bytes, xpaths: Sequence[str]) -> list[bytes]:
    """The canonical form of some parts of a document, as xmlsec1 makes it: it is asked to sign them, and shows them."""
    references = "".join(
        f'<ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="{_FILTER}"><f:XPath xmlns:f="{_FILTER}" '
        f'xmlns:xades="{XADES}" xmlns:xades141="{XADES141}" Filter="intersect">{xpath}</f:XPath></ds:Transform>'
        f'<ds:Transform Algorithm="{C14N}"/></ds:Transforms><ds:DigestMethod '
        'Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue/></ds:Reference>'
        for xpath in xpaths
    )
    template = (
        f'<ds:Signature xmlns:ds="{DS}" Id="Judge"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{C14N}"/>'
        f'<ds:SignatureMethod Algorithm="{DS}hmac-sha1"/>{references}</ds:SignedInfo>'
        "<ds:SignatureValue/></ds:Signature>"
    )
    end = data.rindex(b"</")
    (folder / "asked.xml").write_bytes(data[:end] + template.encode() + data[end:])
    (folder / "hmac").write_bytes(b"k" * 20)
    options = ["--hmackey", str(folder / "hmac"), "--store-references", "--node-id", "Judge", "--id-attr:Id"]
    command = ["xmlsec1", "--sign", *options, f"{DS}:Signature", str(folder / "asked.xml")]
    return _PIECE.findall(subprocess.run(command, capture_output=True, check=True).stdout)


def judged_by_openssl(folder: Path, token: bytes, octets: bytes, at: datetime, roots: bytes, between: bytes) -> bool:
    """Whether openssl finds that the token stamps these octets, by an authority below the roots (PEM)."""
    for name, content in {"token": token, "octets": octets, "roots": roots, "between": between}.items():
        (folder / name).write_bytes(content)
    command = ["openssl", "ts", "-verify", "-token_in", "-in", str(folder / "token"), "-data", str(folder / "octets")]
    command += ["-CAfile", str(folder / "roots"), "-untrusted", str(folder / "between")]
    command += ["-attime", str(int(at.timestamp()))]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def schema_errors(schema: str, signature: etree._Element) -> list[str]:
    """What the schemas of one of `SCHEMAS` do not like of a ``ds:Signature``."""
    alone = etree.fromstring(etree.tostring(signature, with_tail=False))
    judge = _schema(schema)
    judge.validate(alone)
    return [str(error) for error in judge.error_log]  # type: ignore[attr-defined]


@cache
def _schema(name: str) -> etree.XMLSchema:
    folder, *files = SCHEMAS[name]
    imports = "".join(
        f'<xs:import namespace="{namespace}" schemaLocation="{(folder / file).as_uri()}"/>'
        for namespace, file in zip((DS, XADES, XADES141), files, strict=True)
    )
    return etree.XMLSchema(
        etree.fromstring(f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>')
    )
