"""The stylesheet and the karekod put into documents before they are sealed.

GİB wants the stylesheet inside of every document (Entegrasyon Kılavuzu V1.10, 4.3) and the karekod where it is seen
(Karekod Standardı Kılavuzu V1.2, 3). What the author has put in stays: a document with a stylesheet of its own is left
as it is. Both go where the schemas have them: among the additional references before ``cac:Signature``; application
responses, which have none, carry the stylesheet in the reference to what they answer, as GİB's samples do.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from ulak.errors import UlakError
from ulak.render import karekod, qr_png
from ulak.render.embedding import qr_reference, stylesheet_reference
from ulak.render.qr_drafts import said_by_draft
from ulak.render.qr_tellings import said_by_texts
from ulak.seal.alike import Filled
from ulak.seal.drafts import Enclosed
from ulak.seal.places import CAC, CBC, PLACES
from ulak.spans import Edit, edited, root_of, spans_of
from ulak_server.designs.services import Dress

__all__ = ["dressed", "enclosed", "enclosed_in"]

_REFERENCE: Final = CAC + "AdditionalDocumentReference"
_ANSWERED: Final = (CAC + "DocumentResponse", CAC + "DocumentReference")
_ATTACHED: Final = f"{CAC}Attachment/{CBC}EmbeddedDocumentBinaryObject"
_SIGNATURE: Final = CAC + "Signature"
_ANSWER_ENDS: Final = b"</cac:DocumentReference>"
_OPENING: Final = b"<cac:AdditionalDocumentReference>"
_CLOSING: Final = b"</cac:AdditionalDocumentReference>"
_KAREKOD: Final = "KAREKOD"
_CARRYING: Final = (b"EmbeddedDocumentBinaryObject", _KAREKOD.encode())
"""Signs that a document may carry something already."""
_NOTHING: Final = Enclosed()


def enclosed(root: etree._Element, dress: Dress) -> Enclosed:
    """What goes into a document; nothing into one that carries a stylesheet already.

    Args:
        root: of the numbered document.
    """
    answered = root.find("/".join(_ANSWERED))
    carried = [*_carried(root)] if answered is None else [answered.find(_ATTACHED)]
    if any(one is not None and _is_stylesheet(one) for one in carried):
        return _NOTHING
    day = (root.findtext(CBC + "IssueDate") or "").strip()[:10]
    if answered is not None:
        return _NOTHING if carried[0] is not None else _for_answer(answered, dress, day)
    return _put_together(dress, day, _said(root) if dress.has_karekod and not _has_karekod(root) else "")


def enclosed_in(draft: bytes, dress: Dress, like: Filled | None = None) -> Enclosed | None:
    """The same for the bytes of a numbered draft of Ulak's own; None: it has to be parsed for it.

    Args:
        draft: for which `ulak.seal.insertion.is_draft` holds, judged by GİB's schema.
        like: the draft, if it was filled with texts.
    """
    if not dress:
        return _NOTHING
    if any(sign in draft for sign in _CARRYING):
        return None
    said = said_by_texts(like.of.markup, like.texts) if like and dress.has_karekod else None
    said = said or said_by_draft(draft, has_karekod=dress.has_karekod)
    return None if said is None else _put_together(dress, said.day[:10], said.karekod)


def dressed(body: bytes, root: etree._Element, dress: Dress) -> bytes:
    """A document that its author wrote, with what goes into it; all its other bytes stay."""
    inside = enclosed(root, dress)
    place = PLACES.get(str(root.tag))
    if not inside.data or inside.ahead == _ANSWER_ENDS or place is None or place.issuer is None:
        return body
    signature = (place.issuer[0], _SIGNATURE)
    spans = spans_of(body, [signature, place.issuer], until=place.issuer)
    if not spans:
        return body
    return edited(body, [Edit(spans[0].start, spans[0].start, _declared(inside.data, root_of(body).tag))])


def _carried(root: etree._Element) -> list[etree._Element]:
    return [item for reference in root.iterchildren(_REFERENCE) for item in reference.iterfind(_ATTACHED)]


def _is_stylesheet(item: etree._Element) -> bool:
    name = (item.get("filename") or "").lower()
    return name.endswith((".xslt", ".xsl")) or (not name and "xml" in (item.get("mimeCode") or "").lower())


def _has_karekod(root: etree._Element) -> bool:
    return any(
        (reference.findtext(CBC + "DocumentType") or "").strip() == _KAREKOD
        for reference in root.iterchildren(_REFERENCE)
    )


def _said(root: etree._Element) -> str:
    try:
        return karekod(root)
    except UlakError:
        # No kind of document that has a karekod.
        return ""


def _put_together(dress: Dress, day: str, said: str) -> Enclosed:
    sheet = stylesheet_reference(dress.stylesheet, day=day) if dress.stylesheet else b""
    return Enclosed(sheet + _picture(said, day))


def _picture(said: str, day: str) -> bytes:
    try:
        picture = qr_png(said)
    except UlakError:
        # What no symbol can hold goes without one: the document is right all the same.
        return b""
    return qr_reference(picture, day=day) if picture else b""


def _for_answer(answered: etree._Element, dress: Dress, day: str) -> Enclosed:
    """The stylesheet for the end of the reference, if what must come behind it is not there."""
    if not dress.stylesheet or len(answered) == 0 or not str(answered[-1].tag).startswith(CBC):
        return _NOTHING
    reference = stylesheet_reference(dress.stylesheet, day=day)
    attachment = reference[reference.index(b"<cac:Attachment>") : -len(_CLOSING)]
    return Enclosed(attachment, _ANSWER_ENDS)


def _declared(references: bytes, root_tag: bytes) -> bytes:
    """References that declare the prefixes which the root does not have as they use them."""
    missing = b"".join(
        declaration
        for declaration in (b' xmlns:cac="%b"' % CAC[1:-1].encode(), b' xmlns:cbc="%b"' % CBC[1:-1].encode())
        if declaration not in root_tag
    )
    return references.replace(_OPENING, _OPENING[:-1] + missing + b">") if missing else references
