"""UBL-TR read: parsed once, and looked into no further than its lines."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from lxml import etree

from ulak.envelope.documents import bare
from ulak.envelope.problems import EnvelopeError
from ulak.ubl.reader import line_of
from ulak.xml import parse
from ulak_server.documents.kinds import EINVOICE, Kind, kind_of
from ulak_server.documents.models import Form
from ulak_server.documents.problems import problem
from ulak_server.documents.readings import (
    LONGEST_NAME,
    LONGEST_TITLE,
    SCHEMES,
    Reading,
    allowed_kind,
    date_of,
    ettn_of,
    number_of,
    open_place,
    parties_of,
    sum_of,
    tells_internet,
    vat_of,
)

__all__ = ["read_ubl"]

_CBC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
_CAC: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
_EXT: Final = "{urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2}"
_SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
_UTF8: Final = frozenset({None, "UTF-8", "utf-8", "US-ASCII", "ASCII"})


def read_ubl(data: bytes, kinds: Sequence[str]) -> Reading:
    root = parse(data)
    name = _root_of(root)
    found = _first_of(root)
    profile, type_code = _text(found, "ProfileID"), _text(found, f"{name}TypeCode")
    kind = allowed_kind(kind_of(name, profile, type_code), name, kinds)
    sealed = found.get(f"{_EXT}UBLExtensions")
    form = Form.SEALED if sealed is not None and next(sealed.iter(_SIGNATURE), None) is not None else Form.UBL
    body = _whole(data) if form is Form.SEALED else _plain(data, root)
    ettn = _text(found, "UUID")
    if not ettn:
        raise problem("intake.ettn-missing", where=f"/{kind.root}")
    if f"{_CBC}ID" not in found:
        raise problem("intake.number-missing", where=f"/{kind.root}")
    number, prefix = number_of(kind, _text(found, "ID"), ettn)
    if form is Form.SEALED and not number:
        raise problem("intake.sealed-number", where=f"/{kind.root}/cbc:ID")
    issuer, partner = _found_parties(kind, found)
    body, place = (body, (0, 0)) if number else open_place(body, kind)
    return Reading(
        kind,
        form,
        body,
        ettn_of(ettn, f"/{kind.root}/cbc:UUID"),
        number,
        prefix,
        place,
        date_of(_text(found, "IssueDate"), f"/{kind.root}/cbc:IssueDate"),
        profile[:LONGEST_NAME],
        type_code[:LONGEST_NAME],
        _found_number(issuer),
        _found_number(partner),
        _found_title(partner),
        _text(found, "DocumentCurrencyCode")[:3],
        _found_sum(found),
        vat=vat_of(root),
        is_internet=kind.root == EINVOICE.root
        and tells_internet(note.text for note in root.iterchildren(f"{_CBC}Note")),
    )


def _root_of(root: etree._Element) -> str:
    name = etree.QName(root)
    if name.namespace != f"urn:oasis:names:specification:ubl:schema:xsd:{name.localname}-2":
        raise problem("intake.kind", kind=root.tag, where=f"/{name.localname}")
    return name.localname


def _first_of(root: etree._Element) -> dict[Any, etree._Element]:
    """The first child of each name, up to the lines."""
    found: dict[Any, etree._Element] = {}
    for child in root.iterchildren():
        tag = child.tag
        if tag not in found:
            if isinstance(tag, str) and tag.endswith("Line"):
                break
            found[tag] = child
    return found


def _text(found: dict[Any, etree._Element], name: str) -> str:
    element = found.get(f"{_CBC}{name}")
    return _whole_text(element)


def _whole_text(element: etree._Element | None) -> str:
    """The text of a leaf; refuses one in pieces, of which programs differ in what they read."""
    if element is None:
        return ""
    if len(element):
        name = etree.QName(element).localname
        raise problem("intake.split", where=name, line=line_of(element), name=name)
    return (element.text or "").strip()


def _found_parties(kind: Kind, found: dict[Any, etree._Element]) -> tuple[etree._Element | None, etree._Element | None]:
    issuer, partner = (found.get(f"{_CAC}{name}") for name in parties_of(kind.root))
    return _party(issuer), _party(partner)


def _party(holder: etree._Element | None) -> etree._Element | None:
    """The party that an element holds, or is: those of application responses hold none."""
    if holder is None:
        return None
    held = holder.find(f"{_CAC}Party")
    return holder if held is None else held


def _found_number(party: etree._Element | None) -> str:
    if party is not None:
        for one in party.iterchildren(f"{_CAC}PartyIdentification"):
            stated = one.find(f"{_CBC}ID")
            if stated is not None and stated.get("schemeID") in SCHEMES:
                return _whole_text(stated)[:11]
    return ""


def _found_title(party: etree._Element | None) -> str:
    if party is None:
        return ""
    name = _whole_text(party.find(f"{_CAC}PartyName/{_CBC}Name"))
    person = [_whole_text(party.find(f"{_CAC}Person/{_CBC}{part}")) for part in ("FirstName", "FamilyName")]
    return (name or " ".join(part for part in person if part))[:LONGEST_TITLE]


def _found_sum(found: dict[Any, etree._Element]) -> Decimal | None:
    total = found.get(f"{_CAC}LegalMonetaryTotal")
    amount = None if total is None else total.find(f"{_CBC}PayableAmount")
    try:
        return sum_of(Decimal(_whole_text(amount) or "NaN"))
    except InvalidOperation:
        return None


def _plain(data: bytes, root: etree._Element) -> bytes:
    """The document in UTF-8, with nothing outside its root: what ERPs put there (``xml-stylesheet``) cannot travel."""
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    alone = not any(isinstance(one, etree._ProcessingInstruction) for one in outside)
    if alone and root.getroottree().docinfo.encoding in _UTF8 and b"\0" not in data[:4]:
        return data.removeprefix(b"\xef\xbb\xbf")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="utf-8", with_tail=False)


def _whole(data: bytes) -> bytes:
    """Sealed bytes as they are, once it is sure that an envelope can hold them."""
    try:
        bare(data, parse=False)
    except EnvelopeError as fault:
        raise problem("intake.sealed-not-alone", detail=fault.text) from None
    return data
