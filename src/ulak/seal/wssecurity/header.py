"""The ``wsse:Security`` header of a message, taken apart strictly: what is not expected is refused."""

from __future__ import annotations

from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.canonical import METHODS
from ulak.seal.names import C14N, EC, EXC_C14N, EXC_C14N_COMMENTS, ds
from ulak.seal.wssecurity.envelope import Message, elements
from ulak.seal.wssecurity.forms import Canonical
from ulak.seal.wssecurity.names import BASE64, SOAP11, WSU_ID, wsse, wsu
from ulak.seal.wssecurity.problems import soap_error
from ulak.seal.wssecurity.tokens import decoded
from ulak.seal.wssecurity.windows import plain_text

__all__ = ["Header", "Reference", "Token", "header_of"]

_MOST_REFERENCES: Final = 20
_MOST_PREFIXES: Final = 100
_FOR_US: Final = {
    "actor": frozenset({"", "http://schemas.xmlsoap.org/soap/actor/next"}),
    "role": frozenset(
        {
            "",
            "http://www.w3.org/2003/05/soap-envelope/role/next",
            "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver",
        }
    ),
}


class Reference(NamedTuple):
    """Something that is signed: its address, its form, its digest and the digest's algorithm."""

    uri: str
    form: Canonical
    algorithm: str
    digest: bytes


class Token(NamedTuple):
    """A binary security token: its value type and its bytes."""

    kind: str
    data: bytes


class Header(NamedTuple):
    """The parts of a ``wsse:Security`` header that a verdict rests on."""

    element: etree._Element
    timestamp: etree._Element
    signed_info: etree._Element
    form: Canonical
    algorithm: str
    references: tuple[Reference, ...]
    value: bytes
    token: Token


def header_of(message: Message, role: str) -> Header:
    """Find the header that is for us and take it apart.

    Raises:
        SoapError: ``soap.*`` for whatever is missing, doubled or not known.
    """
    security = _security(message, role)
    parts = _by_name(security, {wsse("BinarySecurityToken"), ds("Signature"), wsu("Timestamp")})
    timestamps = len(list(message.root.iter(wsu("Timestamp"))))
    if timestamps != 1 or len(parts[wsu("Timestamp")]) != 1:
        raise soap_error("soap.timestamp-count", count=timestamps)
    signatures = parts[ds("Signature")]
    if len(signatures) != 1:
        raise soap_error("soap.signature-count", count=len(signatures))
    info, value, key_info = _children(signatures[0], ds("SignedInfo"), ds("SignatureValue"), ds("KeyInfo"))
    form, algorithm, references = _signed_info(info)
    token = _token(key_info, parts[wsse("BinarySecurityToken")])
    given = decoded(plain_text(value), "soap.base64")
    return Header(security, parts[wsu("Timestamp")][0], info, form, algorithm, references, given, token)


def _security(message: Message, role: str) -> etree._Element:
    everywhere = len(list(message.root.iter(wsse("Security"))))
    placed = [] if message.header is None else list(message.header.iterchildren(wsse("Security")))
    attribute = "actor" if message.soap == SOAP11 else "role"
    mine = [one for one in placed if one.get(message.name(attribute), "").strip() in _FOR_US[attribute] | {role}]
    if everywhere == 0 or (not mine and everywhere == len(placed)):
        raise soap_error("soap.not-secured")
    if len(mine) != 1 or everywhere != len(placed):
        raise soap_error("soap.two-headers", count=everywhere)
    return mine[0]


def _by_name(parent: etree._Element, allowed: set[str]) -> dict[str, list[etree._Element]]:
    found: dict[str, list[etree._Element]] = {name: [] for name in allowed}
    for child in elements(parent):
        if child.tag not in allowed:
            raise soap_error("soap.unknown-part", name=child.tag)
        found[str(child.tag)].append(child)
    return found


def _children(parent: etree._Element, *names: str) -> list[etree._Element]:
    found = list(elements(parent))
    if [child.tag for child in found] != list(names):
        raise soap_error("soap.signature-broken", detail=_said(parent, found))
    return found


def _said(parent: etree._Element, found: list[etree._Element]) -> str:
    inside = ", ".join(etree.QName(child).localname for child in found[:5])
    return f"{etree.QName(parent).localname} ({inside})"


def _signed_info(info: etree._Element) -> tuple[Canonical, str, tuple[Reference, ...]]:
    found = list(elements(info))
    names, most = [one.tag for one in found], _MOST_REFERENCES
    expected = [ds("CanonicalizationMethod"), ds("SignatureMethod")] + [ds("Reference")] * (len(found) - 2)
    if names != expected or not 1 <= len(found) - 2 <= most or len(found[1]):
        raise soap_error("soap.signature-broken", detail=_said(info, found))
    return _form(found[0]), found[1].get("Algorithm", ""), tuple(_reference(one) for one in found[2:])


def _reference(reference: etree._Element) -> Reference:
    found = list(elements(reference))
    *before, method, value = found if len(found) > 1 else [reference] * 2
    if (method.tag, value.tag) != (ds("DigestMethod"), ds("DigestValue")) or len(before) > 1:
        raise soap_error("soap.signature-broken", detail=_said(reference, found))
    form = _transform(before[0]) if before else Canonical(C14N)
    digest = decoded(plain_text(value), "soap.base64")
    return Reference(reference.get("URI", ""), form, method.get("Algorithm", ""), digest)


def _transform(transforms: etree._Element) -> Canonical:
    found = list(elements(transforms))
    if transforms.tag != ds("Transforms") or [one.tag for one in found] != [ds("Transform")]:
        raise soap_error("soap.signature-broken", detail=_said(transforms, found))
    if found[0].get("Algorithm", "") not in METHODS:
        raise soap_error("soap.transform", uri=found[0].get("Algorithm", "-"))
    return _form(found[0])


def _form(method: etree._Element) -> Canonical:
    name = method.get("Algorithm", "")
    if name not in METHODS:
        raise soap_error("soap.c14n", uri=name or "-")
    inside = list(elements(method))
    if not inside:
        return Canonical(name)
    if [one.tag for one in inside] != [f"{{{EC}}}InclusiveNamespaces"] or name not in (EXC_C14N, EXC_C14N_COMMENTS):
        raise soap_error("soap.signature-broken", detail=_said(method, inside))
    prefixes = tuple(inside[0].get("PrefixList", "").split())
    if len(prefixes) > _MOST_PREFIXES:
        raise soap_error("soap.signature-broken", detail=f"PrefixList ({len(prefixes)} > {_MOST_PREFIXES})")
    return Canonical(name, prefixes)


def _token(key_info: etree._Element, tokens: list[etree._Element]) -> Token:
    reference = _direct_reference(key_info)
    uri = reference.get("URI", "")
    if not uri.startswith("#"):
        raise soap_error("soap.key-reference", detail=uri or "-")
    found = [token for token in tokens if token.get(WSU_ID) == uri[1:]]
    if len(found) != 1:
        raise soap_error("soap.id-twice", id=uri[1:]) if found else soap_error("soap.token-lost", uri=uri)
    kind = found[0].get("ValueType", "")
    if reference.get("ValueType", kind) != kind:
        raise soap_error("soap.key-reference", detail=f"ValueType {reference.get('ValueType')}")
    if found[0].get("EncodingType", BASE64) != BASE64:
        raise soap_error("soap.token-broken", detail=f"EncodingType {found[0].get('EncodingType')}")
    return Token(kind, decoded(plain_text(found[0]), "soap.base64"))


def _direct_reference(key_info: etree._Element) -> etree._Element:
    inside = list(elements(key_info))
    if [one.tag for one in inside] != [wsse("SecurityTokenReference")]:
        raise soap_error("soap.key-reference", detail=_said(key_info, inside))
    referred = list(elements(inside[0]))
    if [one.tag for one in referred] != [wsse("Reference")]:
        raise soap_error("soap.key-reference", detail=_said(inside[0], referred))
    return referred[0]
