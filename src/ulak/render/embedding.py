"""What Ulak puts into a document so that anybody can see it: the stylesheet and the QR code.

Both lie in ``cac:AdditionalDocumentReference`` (UBL-TR Ortak Elemanlar V0.7, 2.2.20; the XSLT is obligatory:
Entegrasyon Kılavuzu V1.10, 4.3), written as canonical XML, so that they
may be spliced into a document that is sealed as it stands.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from ulak.kept import Kept
from ulak.render.kinds import Source, root_of
from ulak.render.problems import problem
from ulak.ubl.names import clark

__all__ = ["Embedded", "attachments", "embedded_in", "qr_reference", "stylesheet_reference"]

QR_TYPE: Final = "KAREKOD"
_REFERENCES: Final = (
    clark("cac:AdditionalDocumentReference"),
    # Application responses have none: GİB's samples carry their stylesheet in the reference to the answered document.
    f"{clark('cac:DocumentResponse')}/{clark('cac:DocumentReference')}",
)
_OBJECT: Final = f"{clark('cac:Attachment')}/{clark('cbc:EmbeddedDocumentBinaryObject')}"
_TYPE: Final = clark("cbc:DocumentType")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_XML_TYPES: Final = ("application/xml", "text/xml", "application/xslt+xml")


class Embedded(NamedTuple):
    """What a document carries for the eye.

    Attributes:
        stylesheet: the first embedded XSLT; None if there is none.
        digest: SHA-256 of the stylesheet in hex; empty without one.
        qr: Ulak's picture of the QR code (PNG); empty if there is none.
    """

    stylesheet: bytes | None
    digest: str
    qr: bytes


def attachments(stylesheet: bytes, qr: bytes, *, day: str) -> bytes:
    """Both references, the constant one first; ``day`` is the document's ``cbc:IssueDate``. Without a QR code only one.

    >>> attachments(b"<x/>", b"", day="2026-11-22")[:74].decode()
    '<cac:AdditionalDocumentReference><cbc:ID>2a31f44d-a4bd-5dec-bbd3-ddfd1a37a'
    """
    return stylesheet_reference(stylesheet, day=day) + (qr_reference(qr, day=day) if qr else b"")


def stylesheet_reference(stylesheet: bytes, *, day: str) -> bytes:
    """The reference with the stylesheet: the same bytes for every document of that day.

    Its ID and file name come from the stylesheet, so that all documents of a taxpayer carry the same ones.

    Raises:
        ValueError: ``day`` is not written as YYYY-MM-DD.
    """
    return _REFERENCES_MADE.obtain((stylesheet, day), lambda: _stylesheet_reference(stylesheet, day))


_REFERENCES_MADE: Final = Kept[tuple[bytes, str], bytes]("render.references", 4 << 20, len)


def _stylesheet_reference(stylesheet: bytes, day: str) -> bytes:
    name = _name_of(stylesheet)
    return _reference(name, day, "XSLT", _binary(f"{name}.xslt", "application/xml", stylesheet))


def qr_reference(qr: bytes, *, day: str) -> bytes:
    """The reference with the picture of the QR code; raises like `stylesheet_reference`."""
    return _reference(QR_TYPE, day, QR_TYPE, _binary(f"{QR_TYPE.lower()}.png", "image/png", qr))


def _name_of(stylesheet: bytes) -> str:
    digest = bytearray(hashlib.sha256(stylesheet).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x50, digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def _reference(name: str, day: str, kind: str, attachment: bytes) -> bytes:
    if not _DAY.fullmatch(day):
        raise ValueError(f"not a day: {day!r}")
    head = f"<cbc:ID>{name}</cbc:ID><cbc:IssueDate>{day}</cbc:IssueDate><cbc:DocumentType>{kind}</cbc:DocumentType>"
    return b"".join(
        (b"<cac:AdditionalDocumentReference>", head.encode(), attachment, b"</cac:AdditionalDocumentReference>")
    )


def _binary(filename: str, mime: str, data: bytes) -> bytes:
    start = (
        '<cac:Attachment><cbc:EmbeddedDocumentBinaryObject characterSetCode="UTF-8" encodingCode="Base64" '
        f'filename="{filename}" mimeCode="{mime}">'
    )
    return start.encode() + base64.b64encode(data) + b"</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>"


def embedded_in(document: Source) -> Embedded:
    """What a document carries.

    Raises:
        UlakError: ``xml.*``; ``render.broken-base64`` if something lies there that cannot be decoded.
    """
    objects = [*_objects(root_of(document))]
    stylesheets = (_decoded(item) for _, item in objects if _is_stylesheet(item))
    stylesheet = next((found for found in stylesheets if found), None)
    pictures = (_decoded(item) for kind, item in objects if kind == QR_TYPE and item.get("mimeCode") == "image/png")
    digest = hashlib.sha256(stylesheet).hexdigest() if stylesheet else ""
    return Embedded(stylesheet, digest, next(pictures, b""))


def _objects(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for reference in (found for path in _REFERENCES for found in root.iterfind(path)):
        for item in reference.iterfind(_OBJECT):
            yield (reference.findtext(_TYPE) or "").strip(), item


def _is_stylesheet(item: etree._Element) -> bool:
    name = (item.get("filename") or "").lower()
    return name.endswith((".xslt", ".xsl")) or (not name and item.get("mimeCode") in _XML_TYPES)


def _decoded(item: etree._Element) -> bytes:
    try:
        return base64.b64decode("".join((item.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        raise problem("render.broken-base64") from None
