"""One document on its way into an envelope or out of it: bytes, of which only the root's name and profile are read."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from ulak.envelope.limits import ONE_PER_LIST
from ulak.envelope.markup import clark_name, element_end, last_end, start_tag_at, token_end
from ulak.envelope.problems import error
from ulak.errors import Text
from ulak.xml import MAX_BYTES, XmlError, parse

__all__ = ["bare", "parsed_alone", "profile_of", "root_name"]

_BOM: Final = b"\xef\xbb\xbf"
_ENCODING: Final = re.compile(rb"""encoding\s*=\s*["']([^"']*)["']""")
_UTF8: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_WHITE: Final = (b" ", b"\t", b"\r", b"\n")
_SPACE: Final = re.compile(rb"[ \t\r\n]*")
_CBC: Final = {"cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"}
_EXPORT, _TOURIST = (profile.encode() for profile in ONE_PER_LIST)
_CUT_SHORT: Final = Text("yarıda kesilmiş", "it ends too early")
_NO_ROOT: Final = Text("kök öğe yok", "there is no root element")
_AFTER_ROOT: Final = Text("kök öğeden sonra başka içerik var", "something follows the root element")


def bare(document: bytes, *, parse: bool = True, is_whole: bool = False, where: str = "") -> bytes:
    """The root element's bytes, as they stand in an envelope: nothing is changed inside.

    The byte order mark, the XML declaration and comments outside the root are left out; no seal covers them.

    Args:
        parse: whether the document is parsed; leave it out only where it is known to be well-formed.
        is_whole: whether it is known to be one document and no more, so that its end is where the last tag is.

    Raises:
        EnvelopeError: ``envelope.document-malformed`` also for other encodings than UTF-8 and for a DOCTYPE,
            ``envelope.document-instruction``.
    """
    if parse:
        parsed_alone(document, where)
    start = _root_start(document, where)
    end = (last_end(document, start) if parse or is_whole else None) or element_end(document, start)
    if end is None:
        raise error("envelope.document-malformed", where=where, detail=_CUT_SHORT)
    _refuse_tail(document, end, where)
    return document[start:end]


def parsed_alone(document: bytes, where: str = "") -> etree._Element:
    """The root of a document that can be read by itself.

    Raises:
        EnvelopeError: ``envelope.document-malformed``, ``envelope.document-not-alone``.
    """
    try:
        return parse(document)
    except XmlError as fault:
        alone = fault.code == "xml.namespace"
        code = "envelope.document-not-alone" if alone else "envelope.document-malformed"
        raise error(code, where=where, detail=fault.text) from None


def root_name(element: bytes, where: str = "") -> str:
    """The Clark name of the element that the bytes begin with.

    Raises:
        EnvelopeError: ``envelope.document-not-alone`` if its tag uses a prefix that it does not declare,
            ``envelope.document-malformed``.
    """
    tag = start_tag_at(element, 0) or element
    try:
        return clark_name(tag)
    except XmlError as fault:
        parsed_alone(tag if tag.endswith(b"/>") else tag[:-1] + b"/>", where)
        raise error("envelope.document-malformed", where=where, detail=fault.text) from None


def profile_of(invoice: bytes) -> str:
    """Which of `ONE_PER_LIST` an invoice's ``cbc:ProfileID`` is; empty for every other."""
    if not (_EXPORT in invoice or _TOURIST in invoice or _may_spell(invoice)):
        return ""
    try:
        found = parse(invoice, max_bytes=MAX_BYTES).xpath("string(cbc:ProfileID)", namespaces=_CBC)
    except (XmlError, etree.LxmlError):
        return ""
    return str(found) if found in ONE_PER_LIST else ""


def _may_spell(invoice: bytes) -> bool:
    """Whether a name may stand there otherwise than letter by letter: by a reference, or in several pieces."""
    # To look for one byte takes a thirtieth of the time that two take.
    if b"&" in invoice or (b"!" in invoice and (b"<![" in invoice or b"<!-" in invoice)):
        return True
    return b"?" in invoice and b"<?" in invoice


def _root_start(document: bytes, where: str) -> int:
    _refuse_encoding(document, where)
    at = _past_space(document, len(_BOM) if document.startswith(_BOM) else 0)
    if document.startswith(b"<?xml", at) and document[at + 5 : at + 6] in _WHITE:
        at = _past(document, at, where)
    while not _is_start_tag(document, at):
        at = _past_outside(document, at, where)
    return at


def _is_start_tag(document: bytes, at: int) -> bool:
    return document.startswith(b"<", at) and document[at + 1 : at + 2] not in (b"!", b"?", b"/", b"")


def _past_outside(document: bytes, at: int, where: str) -> int:
    """Past the white space or the comment at ``at``; nothing else may stand outside the root."""
    after = _past_space(document, at)
    if after > at:
        return after
    if document.startswith(b"<!--", at):
        return _past(document, at, where)
    if document.startswith(b"<?", at):
        raise error("envelope.document-instruction", where=where)
    raise error("envelope.document-malformed", where=where, detail=_NO_ROOT)


def _refuse_tail(document: bytes, at: int, where: str) -> None:
    while at < len(document):
        if _is_start_tag(document, at):
            raise error("envelope.document-malformed", where=where, detail=_AFTER_ROOT)
        at = _past_outside(document, at, where)


def _past(document: bytes, at: int, where: str) -> int:
    end = token_end(document, at)
    if end is None:
        raise error("envelope.document-malformed", where=where, detail=_CUT_SHORT)
    return end


def _past_space(document: bytes, at: int) -> int:
    found = _SPACE.match(document, at)
    return found.end() if found else at


def _refuse_encoding(document: bytes, where: str) -> None:
    """Parsed it may have been in any encoding; in an envelope, which is UTF-8, its bytes would mean something else."""
    head = document[:200]
    declared = _ENCODING.search(head, 0, head.find(b"?>")) if head.removeprefix(_BOM).startswith(b"<?xml") else None
    name = declared[1] if declared else b"UTF-8"
    if name.lower() not in _UTF8 or head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head:
        said = name.decode("ascii", "replace")
        detail = Text(f"UTF-8 değil ({said})", f"it is not UTF-8 ({said})")
        raise error("envelope.document-malformed", where=where, detail=detail)
