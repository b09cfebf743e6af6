"""The corpus of odd seals in ``tests/corpus/seals``: what a case is, and the helpers that cases share."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from lxml import etree

from seal_forge import Forge, certificate_for, pem_body
from seal_pki import KNOWN_KEY

__all__ = [
    "CASES",
    "CONTENT",
    "CORPUS",
    "EVIL",
    "EXC",
    "FAILED",
    "MORE",
    "PASSED",
    "PROPERTIES",
    "UNSURE",
    "XMLDSIG",
    "Case",
    "case",
    "resealed_by",
    "signed_as_it_stands",
]

CORPUS: Final = Path(__file__).parent / "corpus" / "seals"
XMLDSIG: Final = "http://www.w3.org/2000/09/xmldsig#"
MORE: Final = "http://www.w3.org/2001/04/xmldsig-more#"
EXC: Final = "http://www.w3.org/2001/10/xml-exc-c14n#"
CONTENT: Final = "//ds:Reference[1]"
PROPERTIES: Final = "//ds:Reference[2]"
EVIL: Final = '<cbc:PayableAmount currencyID="TRY">9.00</cbc:PayableAmount>'
FAILED: Final = "TOTAL-FAILED"
UNSURE: Final = "INDETERMINATE"
PASSED: Final = "TOTAL-PASSED"


class Case(NamedTuple):
    """One file of the corpus.

    Attributes:
        why: what is odd about it.
        verdict: what must come of it, e.g. ``TOTAL-FAILED``.
        code: what must be among the reasons, or among the deviations of a seal that passes.
        crypto: whether digests and signature value hold, as any XML Signature reader must find; None if readers
            need not agree.
    """

    why: str
    verdict: str
    code: str
    make: Callable[[], bytes]
    crypto: bool | None = None


CASES: Final[dict[str, Case]] = {}
_SOURCES: Final[dict[str, tuple[str, int]]] = {}


def case(
    name: str, why: str, verdict: str, code: str, *, crypto: bool | None = None
) -> Callable[[Callable[[], Forge | bytes]], None]:
    def keep(make: Callable[[], Forge | bytes]) -> None:
        def made() -> bytes:
            found = make()
            return found.data() if isinstance(found, Forge) else found

        # Doctests load the modules of cases a second time.
        source = (make.__code__.co_filename, make.__code__.co_firstlineno)
        assert _SOURCES.setdefault(name, source) == source, f"two cases are called {name}"
        CASES[name] = Case(why, verdict, code, made, crypto)

    return keep


def signed_as_it_stands(forge: Forge, *, inclusive: bool = False) -> Forge:
    """Sign the references without working out their digests anew."""
    info = forge.at("//ds:SignedInfo")
    exclusive = forge.at("//ds:CanonicalizationMethod").get("Algorithm", "").startswith(EXC) and not inclusive
    signed = etree.tostring(info, method="c14n", exclusive=exclusive, with_comments=False)
    value = KNOWN_KEY.sign(KNOWN_KEY.algorithm.digest.of(signed))
    return forge.set("//ds:SignatureValue", b64encode(value).decode())


def resealed_by(forge: Forge, name: str, number: str | None, bits: int = 2048) -> Forge:
    """The same seal, made all over by a key with a certificate of its own making."""
    key = certificate_for(name, number, bits)
    forge.key = key
    forge.remove("//ds:KeyValue").remove("//ds:X509SubjectName").set("//ds:X509Certificate", pem_body(key))
    digest = b64encode(hashlib.sha256(key.certificate.der).digest()).decode()
    forge.set("//xades:CertDigest/ds:DigestValue", digest).set("//ds:X509IssuerName", key.certificate.issuer)
    return forge.set("//ds:X509SerialNumber", str(key.certificate.serial)).sign()
