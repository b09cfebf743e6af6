"""Where the seal of a document is, that it is where GİB wants it, and that there is one only."""

from __future__ import annotations

from typing import Final, NamedTuple, NoReturn

from lxml import etree

from ulak.seal.names import ds, local, xades
from ulak.seal.places import CAC, CBC, PLACES
from ulak.seal.problems import problem
from ulak.seal.verify.findings import Stop

__all__ = ["Seals", "is_account", "seals_in"]

_SIGNATURE: Final = ds("Signature")
_COUNTER: Final = xades("CounterSignature")
_COUNTER_PATH: Final = (
    ds("Object"),
    xades("QualifyingProperties"),
    xades("UnsignedProperties"),
    xades("UnsignedSignatureProperties"),
)
_NATIVE: Final = "{http://earsiv.efatura.gov.tr}eArsivVeri"
_HR: Final = "{http://www.hr-xml.org/3}"
_BERAT: Final = "{http://www.edefter.gov.tr}berat"
_RESPONSE: Final = "ApplicationResponse"
_UNSEALED_PROFILE: Final = "IHRACAT"
_UNSEALED_CODES: Final = frozenset({"S_APR", "GUMRUKONAY"})
_CODE: Final = f"{CAC}DocumentResponse/{CAC}Response/{CBC}ResponseCode"


class Seals(NamedTuple):
    """The one seal of a document and the counter-signatures inside it."""

    signature: etree._Element
    counters: tuple[etree._Element, ...]


def seals_in(root: etree._Element) -> Seals:
    """The seal of a document.

    Raises:
        SealError: ``seal.unknown-document``: no place for a seal is defined for this root.
        Stop: there is no seal, or not one, or it stands elsewhere.
    """
    tag = root.tag
    place = PLACES.get(tag)
    signatures = list(root.iter(_SIGNATURE))
    if place is None:
        _refuse_unknown(tag, signatures)
    if not signatures:
        raise Stop("seal.not-required" if _may_be_unsealed(root) else "seal.missing")
    signature = signatures[0]
    if not _stands_at(signature, place.holder):
        raise Stop("seal.misplaced", place="/".join(local(name) for name in (*place.holder, _SIGNATURE)))
    if len(signatures) == 1:
        return Seals(signature, ())
    counters = _counters(signature)
    if len(signatures) != 1 + len(counters):
        further = tag == _BERAT and all(other.getparent() is root for other in signatures)
        raise Stop("seal.further-seal") if further else Stop("seal.several", count=len(signatures))
    return Seals(signature, counters)


def _refuse_unknown(tag: str, signatures: list[etree._Element]) -> NoReturn:
    if tag != _NATIVE:
        raise problem("seal.unknown-document", root=local(tag))
    if signatures:
        raise Stop("seal.misplaced", place="PAdES")
    raise Stop("seal.not-required")


def _stands_at(signature: etree._Element, holder: tuple[str, ...]) -> bool:
    element = signature.getparent()
    for name in reversed(holder):
        if element is None or element.tag != name:
            return False
        element = element.getparent()
    return element is None


def _counters(signature: etree._Element) -> tuple[etree._Element, ...]:
    """The signatures in its own ``xades:CounterSignature`` elements, one each."""
    elements = [signature]
    for name in (*_COUNTER_PATH, _COUNTER):
        elements = [child for element in elements for child in element.iterchildren(name)]
    return tuple(counter[0] for counter in elements if len(counter) == 1 and counter[0].tag == _SIGNATURE)


def _may_be_unsealed(root: etree._Element) -> bool:
    """System responses and answers of the customs (Ek-2 V1.5, 3.1; Gümrük İşlemleri Kılavuzu V1.8, 4.2.2)."""
    if local(root.tag) != _RESPONSE:
        return False
    codes = {(code.text or "").strip() for code in root.iterfind(_CODE)}
    profile = (root.findtext(CBC + "ProfileID") or "").strip()
    return profile == _UNSEALED_PROFILE or (bool(codes) and codes <= _UNSEALED_CODES)


def is_account(tag: str) -> bool:
    """Whether the root is that of a user-account message, which the account's owner counter-signs."""
    return tag.startswith(_HR)
