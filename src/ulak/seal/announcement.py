"""``cac:Signature``: whose seal a UBL document carries, and where.

Its number is the signatory's: the taxpayer's, or the integrator's that seals for them (rules SignatureCheck and
SignatureCountCheck; Özel Entegrasyon Kılavuzu V1.13, 2.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree

from ulak.seal.names import local
from ulak.seal.places import CAC, CBC, Path
from ulak.seal.problems import problem
from ulak.spans import Edit, RootTag, Span, root_of

__all__ = ["announce", "announcement_leaves", "announcement_paths", "is_announced", "set_right"]

_SIGNATORY: Final = (CAC + "SignatoryParty", CAC + "PartyIdentification", CBC + "ID")
_PLACES: Final = 2
_VKN: Final = 10
_URI: Final = (CAC + "DigitalSignatureAttachment", CAC + "ExternalReference", CBC + "URI")


def announcement_paths(issuer: Path) -> list[Path]:
    """What must be found in a document to announce its seal."""
    signature = (issuer[0], CAC + "Signature")
    return [
        signature,
        (*signature, CBC + "ID"),
        (*signature, CAC + "SignatoryParty", CAC + "PostalAddress"),
        (*signature, *_SIGNATORY),
        (*signature, *_URI),
        issuer,
        (*issuer, "*", CAC + "PostalAddress"),
        (*issuer, CAC + "PostalAddress"),
    ]


def is_announced(root: etree._Element, tax_id: str, id: str) -> bool:
    """Whether the one ``cac:Signature`` of a parsed document names the signatory and the signature."""
    announced = list(root.iterchildren(CAC + "Signature"))
    if len(announced) != 1:
        return False
    ids = [child.text for child in announced[0].iterchildren(CBC + "ID")]
    numbers = [number.text for number in _below(announced[0], _SIGNATORY)]
    return ids == [tax_id] and tax_id in numbers and [uri.text for uri in _below(announced[0], _URI)] == [f"#{id}"]


def announcement_leaves(root: etree._Element) -> dict[str, etree._Element]:
    """What the one ``cac:Signature`` says: ``id``, ``signatory`` and ``uri``, each only if it stands there once."""
    announced = list(root.iterchildren(CAC + "Signature"))
    paths = {"id": (CBC + "ID",), "signatory": _SIGNATORY, "uri": _URI}
    found = {name: _below(announced[0], path) for name, path in paths.items()} if len(announced) == 1 else {}
    return {name: leaves[0] for name, leaves in found.items() if len(leaves) == 1}


def set_right(root: etree._Element, tax_id: str) -> None:
    """Let the announcement in a draft's tree name this signatory, where it has places for one number alone."""
    for announced in root.iterchildren(CAC + "Signature"):
        numbers = [*announced.iterchildren(CBC + "ID"), *_below(announced, _SIGNATORY)]
        if len(numbers) == _PLACES and any(number.text != tax_id for number in numbers):
            for number in numbers:
                number.text = tax_id
            numbers[1].set("schemeID", "VKN" if len(tax_id) == _VKN else "TCKN")


def _below(element: etree._Element, path: Path) -> list[etree._Element]:
    found = [element]
    for name in path:
        found = [child for parent in found for child in parent.iterchildren(name)]
    return found


def announce(data: bytes, spans: Sequence[Span], issuer: Path, tax_id: str, id: str) -> list[Edit]:
    """The edits after which ``cac:Signature`` names the signatory and the signature; none if it does already.

    Args:
        data: the document.
        spans: of its `announcement_paths`.
        issuer: path of the party that issues the document.
        tax_id: VKN or TCKN of the certificate that will seal.
        id: the Id of ``ds:Signature``.

    Raises:
        SealingError: ``seal.several-places``, ``seal.no-issuer``, ``seal.no-address``.
    """
    signature = (issuer[0], CAC + "Signature")
    announced = [span for span in spans if span.path == signature]
    if len(announced) > 1:
        raise problem("seal.several-places", path="cac:Signature", where=f"/{local(issuer[0])}/cac:Signature")
    if announced and _says(data, spans, signature, tax_id, id):
        return []
    party = next((span for span in spans if span.path == issuer), None)
    if not announced and party is None:
        raise problem("seal.no-issuer", path=local(issuer[-1]))
    text = _written(tax_id, id, _address(data, spans, signature), root_of(data))
    if announced:
        return [Edit(announced[0].start, announced[0].end, text)]
    assert party is not None
    return [Edit(party.start, party.start, text)]


def _says(data: bytes, spans: Sequence[Span], signature: Path, tax_id: str, id: str) -> bool:
    """Whether the announcement is right as it stands."""
    ids = [_content(data, span) for span in spans if span.path == (*signature, CBC + "ID")]
    numbers = [_content(data, span) for span in spans if span.path == (*signature, *_SIGNATORY)]
    addresses = [_content(data, span) for span in spans if span.path == (*signature, *_URI)]
    mine = tax_id.encode()
    return ids == [mine] and mine in numbers and addresses == [b"#" + id.encode()]


def _content(data: bytes, span: Span) -> bytes:
    return data[span.inside : span.close].strip()


def _address(data: bytes, spans: Sequence[Span], signature: Path) -> bytes:
    """The address in the announcement that stands there, else the issuer's."""
    found = [span for span in spans if span.path[-1] == CAC + "PostalAddress"]
    found.sort(key=lambda span: span.path[:2] != signature)
    if not found:
        raise problem("seal.no-address", where=f"/{local(signature[0])}/cac:Signature")
    return data[found[0].start : found[0].end]


def _written(tax_id: str, id: str, address: bytes, root: RootTag) -> bytes:
    scheme = "VKN" if len(tax_id) == _VKN else "TCKN"
    missing = "".join(
        declaration
        for declaration in (f' xmlns:cac="{CAC[1:-1]}"', f' xmlns:cbc="{CBC[1:-1]}"')
        if declaration.encode() not in root.tag
    )
    before = (
        f"<cac:Signature{missing}>"
        f'<cbc:ID schemeID="VKN_TCKN">{tax_id}</cbc:ID><cac:SignatoryParty><cac:PartyIdentification>'
        f'<cbc:ID schemeID="{scheme}">{tax_id}</cbc:ID></cac:PartyIdentification>'
    )
    after = (
        "</cac:SignatoryParty><cac:DigitalSignatureAttachment><cac:ExternalReference>"
        f"<cbc:URI>#{id}</cbc:URI></cac:ExternalReference></cac:DigitalSignatureAttachment></cac:Signature>"
    )
    return before.encode() + address + after.encode()
