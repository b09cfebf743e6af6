"""XML from strangers: parsed with no DTD, no entities, no network, and within limits of size and depth."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from ulak.errors import Text, UlakError

__all__ = ["MAX_BYTES", "MAX_DEPTH", "XmlError", "parse", "problem"]

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_DEPTH: Final = 256
_LONGEST_DETAIL: Final = 500
_LONGEST_TEXT: Final = 10_000_000
"""Bytes of one value at which libxml2 stops."""

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_NOT_MARKUP: Final = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_SIGNATURES: Final = {b"PK\x03\x04": "zip", b"PK\x05\x06": "zip", b"\x1f\x8b": "gzip", b"%PDF": "PDF", b"Rar!": "RAR"}

_WELL_FORMED: Final = Text(
    "Dosyayı üreten programdan yeniden alın; elle değiştirildiyse XML düzenini bir XML düzenleyicisiyle denetleyin.",
    "Take the file again from the program that made it; if it was edited by hand, check it in an XML editor.",
)
_PROBLEMS: Final[dict[str, tuple[Text, Text]]] = {
    "xml.empty": (
        Text("Dosya boş.", "The file is empty."),
        Text("Belgenin XML dosyasını seçin.", "Choose the XML file of the document."),
    ),
    "xml.too-large": (
        Text(
            "Dosya {limit} bayttan büyük ya da içinde çok büyük bir alan var.",
            "The file, or one value in it, is larger than {limit} bytes.",
        ),
        Text("Ekleri küçültün ya da belgeyi bölün.", "Shrink the attachments or split the document."),
    ),
    "xml.not-xml": (
        Text("Bu bir XML belgesi değil: {kind}.", "This is not an XML document: {kind}."),
        Text(
            "Arşiv ya da PDF ise içindeki XML dosyasını çıkarıp onu verin.",
            "If it is an archive or a PDF, take out the XML file inside and give that.",
        ),
    ),
    "xml.declaration": (
        Text(
            "XML bildiriminden (<?xml …?>) önce boşluk ya da başka karakter var.",
            "Something stands before the XML declaration (<?xml …?>).",
        ),
        Text(
            "Dosyanın ilk karakteri < olmalı; öncesini silin.", "The file must begin with <; delete what comes before."
        ),
    ),
    "xml.dtd": (
        Text(
            "Belgede DOCTYPE (DTD) bildirimi var; güvenlik için kabul edilmez.",
            "The document has a DOCTYPE (DTD) declaration, which is refused for safety.",
        ),
        Text(
            "DOCTYPE satırını ve varlık (entity) tanımlarını kaldırın.",
            "Remove the DOCTYPE line and the entity definitions.",
        ),
    ),
    "xml.too-deep": (
        Text("Öğeler {limit} düzeyden daha derin iç içe geçmiş.", "Elements are nested deeper than {limit} levels."),
        _WELL_FORMED,
    ),
    "xml.encoding": (
        Text(
            "Belgenin karakter kodlaması bozuk ya da bildirilenden farklı: {detail}",
            "The character encoding is broken or differs from the declared one: {detail}",
        ),
        Text(
            'Belgeyi UTF-8 olarak kaydedin ve ilk satırda encoding="UTF-8" bildirin.',
            'Save the document as UTF-8 and declare encoding="UTF-8" in the first line.',
        ),
    ),
    "xml.entity": (
        Text("Tanımsız bir varlık (entity) kullanılmış: {detail}", "An undefined entity is used: {detail}"),
        Text("& karakterini &amp;amp; olarak yazın.", "Write the & character as &amp;amp;."),
    ),
    "xml.truncated": (
        Text("Belge yarıda kesilmiş: {detail}", "The document ends too early: {detail}"),
        Text("Dosyanın tamamını yeniden alın ya da gönderin.", "Fetch or send the whole file again."),
    ),
    "xml.namespace": (
        Text("Ad alanı (namespace) bildirimi eksik: {detail}", "A namespace declaration is missing: {detail}"),
        Text(
            "Kullanılan önekin xmlns bildirimini kök öğeye ekleyin.",
            "Declare the prefix with xmlns on the root element.",
        ),
    ),
    "xml.malformed": (Text("XML düzeni bozuk: {detail}", "The XML is not well-formed: {detail}"), _WELL_FORMED),
}
_ERROR_TYPES: Final = etree.ErrorTypes
_BY_LIBXML_CODE: Final[dict[int, str]] = {
    _ERROR_TYPES.ERR_DOCUMENT_EMPTY: "xml.not-xml",
    _ERROR_TYPES.ERR_INVALID_CHAR: "xml.encoding",
    _ERROR_TYPES.ERR_INVALID_ENCODING: "xml.encoding",
    _ERROR_TYPES.ERR_UNKNOWN_ENCODING: "xml.encoding",
    _ERROR_TYPES.ERR_UNSUPPORTED_ENCODING: "xml.encoding",
    _ERROR_TYPES.I18N_CONV_FAILED: "xml.encoding",
    _ERROR_TYPES.ERR_UNDECLARED_ENTITY: "xml.entity",
    _ERROR_TYPES.ERR_ENTITYREF_SEMICOL_MISSING: "xml.entity",
    _ERROR_TYPES.ERR_TAG_NOT_FINISHED: "xml.truncated",
    _ERROR_TYPES.ERR_GT_REQUIRED: "xml.truncated",
    _ERROR_TYPES.ERR_ATTRIBUTE_NOT_FINISHED: "xml.truncated",
    _ERROR_TYPES.ERR_CDATA_NOT_FINISHED: "xml.truncated",
    _ERROR_TYPES.ERR_COMMENT_NOT_FINISHED: "xml.truncated",
    _ERROR_TYPES.ERR_PI_NOT_FINISHED: "xml.truncated",
    _ERROR_TYPES.ERR_RESOURCE_LIMIT: "xml.too-large",
    _ERROR_TYPES.NS_ERR_UNDEFINED_NAMESPACE: "xml.namespace",
}
_NEVER_CUT_SHORT: Final = frozenset(
    {_ERROR_TYPES.ERR_TAG_NAME_MISMATCH, _ERROR_TYPES.ERR_DOCUMENT_END, _ERROR_TYPES.ERR_DOCUMENT_EMPTY}
)
_NO_MARKUP: Final = Text("ilk karakteri < değil", "it does not begin with <")
_BOM: Final = b"\xef\xbb\xbf"
_DECLARED: Final = re.compile(rb"""<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"'>]*)""")


class XmlError(UlakError):
    """The bytes are not XML that Ulak will read; ``code`` is one of ``xml.*``."""


def parse(data: bytes, *, max_bytes: int = MAX_BYTES) -> etree._Element:
    """Parse ``data`` and return its root element.

    Comments, processing instructions and white space are kept. Nothing outside ``data`` is read.

    Raises:
        XmlError: with a stable code, a sentence in both languages and the line where it is known.

    >>> parse(b"<a/>").tag
    'a'
    """
    _refuse_at_sight(data, max_bytes)
    try:
        root = etree.fromstring(data, _PARSER)
    except etree.XMLSyntaxError as error:
        raise _explain(error, data) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise problem("xml.dtd", line=1)
    return root


def _refuse_at_sight(data: bytes, max_bytes: int) -> None:
    content = data.removeprefix(_BOM)
    if not content or content.isspace():
        raise problem("xml.empty")
    if len(data) > max_bytes:
        raise problem("xml.too-large", limit=max_bytes)
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise problem("xml.not-xml", kind=Text(kind, kind))
    if line := _doctype_line(data):
        raise problem("xml.dtd", line=line)
    if (encoding := _contradicted(data)) is not None:
        raise problem("xml.encoding", line=1, detail=Text(f"UTF-8 ≠ {encoding}", f"UTF-8 ≠ {encoding}"))


def _contradicted(data: bytes) -> str | None:
    """The encoding that is declared though a byte order mark says UTF-8: readers differ in which one they believe."""
    declared = _DECLARED.match(data, len(_BOM)) if data.startswith(_BOM) else None
    name = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
    return None if name in ("utf-8", "utf8") else name


def _doctype_line(data: bytes) -> int | None:
    at = len(_BOM) if data.startswith(_BOM) else 0
    while skipped := _NOT_MARKUP.match(data, at):
        at = skipped.end()
    return data.count(b"\n", 0, at) + 1 if data.startswith(b"<!DOCTYPE", at) else None


def _explain(error: etree.XMLSyntaxError, data: bytes) -> XmlError:
    number = int(getattr(error, "code", 0) or 0)
    detail = (error.msg or "").split(", line ")[0].strip()
    code = _code(number, detail, data, error.position)
    # libxml2 quotes names whole, however long a stranger makes them.
    detail = detail[:_LONGEST_DETAIL]
    limit = MAX_DEPTH if code == "xml.too-deep" else _LONGEST_TEXT
    return problem(code, line=error.lineno, detail=Text(detail, detail), kind=_NO_MARKUP, limit=limit)


def _code(number: int, detail: str, data: bytes, position: tuple[int, int]) -> str:
    """The stable code for libxml2's."""
    if "Excessive depth" in detail:
        return "xml.too-deep"
    if number == _ERROR_TYPES.ERR_DOCUMENT_EMPTY and data.removeprefix(_BOM).lstrip().startswith((b"<?", b"<!")):
        return "xml.empty"
    if "XML declaration allowed only" in detail:
        return "xml.declaration"
    if "xmlParseEntityRef" in detail:
        return "xml.entity"
    if b"utf-16" in data[:80].lower():
        return "xml.encoding"
    if number not in _NEVER_CUT_SHORT and _is_at_end(data, position):
        return "xml.truncated"
    return _BY_LIBXML_CODE.get(number, "xml.malformed")


def _is_at_end(data: bytes, position: tuple[int, int]) -> bool:
    line, column = position
    last = data[data.rfind(b"\n") + 1 :]
    return line == data.count(b"\n") + 1 and column >= len(last.decode("utf-8", "replace"))


def problem(code: str, *, line: int | None = None, **facts: Text | int) -> XmlError:
    """The error of one of this module's codes, with its sentence."""
    text, repair = _PROBLEMS[code]
    tr = {name: fact.tr if isinstance(fact, Text) else fact for name, fact in facts.items()}
    en = {name: fact.en if isinstance(fact, Text) else fact for name, fact in facts.items()}
    return XmlError(code, Text(text.tr.format_map(tr), text.en.format_map(en)), repair, line=line)
