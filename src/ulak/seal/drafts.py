"""A draft of Ulak's sealed from the tree that it was judged by, so that nothing is parsed or written twice.

The sealed document's bytes are the canonical form of the tree with the signature put in: what is digested and what is
kept are the same bytes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from lxml import etree

from ulak.seal.announcement import is_announced, set_right
from ulak.seal.canonical import canonical_document
from ulak.seal.certificates import Certificate
from ulak.seal.insertion import ETTN
from ulak.seal.places import CBC, PLACES
from ulak.seal.problems import problem
from ulak.seal.sealing import ROLE, Prepared, refuse_unfit
from ulak.seal.verdicts import Trusted
from ulak.seal.xades import Scope, Unsigned, reference_to_document

__all__ = ["DECLARATION", "HOLE", "OPEN", "Enclosed", "emptied", "finished", "prepare_draft"]

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_UNSIGNED: Final = "{urn:ulak:draft}unsigned"
OPEN: Final = b"<ext:ExtensionContent></ext:ExtensionContent>"
"""The place of the seal in canonical form, and the seal's offset in it."""
HOLE: Final = len(b"<ext:ExtensionContent>")


class Enclosed(NamedTuple):
    """What is to be put into a document before it is sealed.

    Attributes:
        data: canonical XML that uses no prefix but the draft's own; empty: nothing.
        ahead: the canonical markup before which it goes; it must occur once.
    """

    data: bytes = b""
    ahead: bytes = b"<cac:Signature>"


def prepare_draft(
    root: etree._Element,
    certificate: Certificate,
    *,
    at: datetime,
    trusted: Trusted | None = None,
    enclosed: Enclosed = Enclosed(),  # noqa: B008
    role: str = ROLE,
) -> Prepared | None:
    """Do all of `ulak.seal.sealing.seal` but sign, for the tree of a draft.

    Args:
        root: of a document for which `ulak.seal.insertion.is_draft` holds; it is changed, and of no use afterwards.
        at: the signing time, with zone.
        trusted: what is known of the certificate at that time.
        enclosed: what goes into the document first.

    Returns:
        None for a document that is no ordinary draft after all: `ulak.seal.sealing.prepare` takes its bytes.

    Raises:
        SealingError: ``seal.*`` of the certificate; ``seal.not-canonical``.
    """
    tax_id = refuse_unfit(certificate, at, trusted)
    holder, id = emptied(root), root.findtext(CBC + "UUID") or ""
    if holder is None:
        return None
    set_right(root, tax_id)
    if not is_announced(root, tax_id, f"Signature_{id}"):
        return None
    written = _written(root, enclosed)
    hole = written.find(OPEN) + HOLE
    if hole < HOLE or not ETTN.fullmatch(id.encode()):
        return None
    scope = Scope.below(holder)
    return finished(written[:hole], (written[hole:],), certificate, scope=scope, at=at, id=id, role=role)


def finished(
    before: bytes, after: tuple[bytes, ...], certificate: Certificate, *, scope: Scope, at: datetime, id: str, role: str
) -> Prepared:
    """A draft in canonical form that lacks nothing but the signature.

    Args:
        before: its bytes up to the place where the signature goes in.
        after: those behind it, in pieces.
        scope: what is in force there.
    """
    reference = reference_to_document(certificate.algorithm.digest.of(before, *after))
    signature = Unsigned.build(reference, certificate, scope=scope, at=at, id=id, role=role)
    return Prepared(signature, DECLARATION + before, after)


def emptied(root: etree._Element) -> etree._Element | None:
    """The element that is to hold the signature, emptied of its placeholder; None if it is not the only one."""
    holders = [content for one in list(root)[:1] for extension in one for content in extension]
    if len(holders) != 1 or [child.tag for child in holders[0]] != [_UNSIGNED]:
        return None
    place = PLACES.get(str(root.tag))
    if place is None or place.issuer is None or holders[0].tag != place.holder[-1]:
        return None
    holders[0].remove(holders[0][0])
    return holders[0]


def _written(root: etree._Element, enclosed: Enclosed) -> bytes:
    """The document as it is digested, with what is enclosed."""
    try:
        written = canonical_document(root, 1)
    except etree.C14NError as error:
        raise problem("seal.not-canonical", detail=str(error)) from None
    if not enclosed.data:
        return written
    before, found, after = written.partition(enclosed.ahead)
    if not found or enclosed.ahead in after:
        raise problem("seal.several-places", path=enclosed.ahead.decode(), where="/")
    return b"".join((before, enclosed.data, found, after))
