"""Designs against the rules: what GİB wants to be seen, what must not be in a stylesheet, what a reader can read.

Sources: Entegrasyon Kılavuzu V1.10, 4.3 (logo and title at the top centre, XSLT obligatory); Karekod Standardı Kılavuzu
V1.2, 3 (QR code at the top right); e-Arşiv Kılavuzu V1.18, 6; VUK 230 (what an invoice says).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from ulak.errors import Text
from ulak.render.design import NEEDED_COLUMNS, Design
from ulak.render.findings import Finding, finding
from ulak.render.foreign.transforming import DENY_ALL
from ulak.render.kinds import KINDS
from ulak.render.labels import LABELS
from ulak.render.problems import RenderError
from ulak.render.stylesheets import LARGEST, stylesheet
from ulak.xml import XmlError, parse

__all__ = ["contrast", "lint", "lint_stylesheet"]

_READABLE: Final = 4.5
_HEAVY: Final = 8 * 1024
_XSL: Final = "{http://www.w3.org/1999/XSL/Transform}"
_TITLES: Final = (
    *("e-fatura", "e-arşiv", "e-irsaliye", "irsaliye yanıtı", "uygulama yanıtı", "serbest meslek", "müstahsil"),
    *("e-smm", "e-mm"),
)
_QR_SIGNS: Final = ("karekod", "qrcode", "qr_code", "qr-code")
_EMBLEM_SIGNS: Final = ("gelir idaresi", "gib.gov.tr")
_FIELDS: Final = {
    "UUID": Text("ETTN", "ETTN"),
    "IssueDate": Text("tarih", "date"),
    "ProfileID": Text("senaryo", "scenario"),
}
_OUTSIDE: Final = re.compile(
    r"""(?:src|href|background|data|action)\s*=\s*["']?\s*((?:https?:|ftp:|file:|//)[^"'\s>]{0,80})""", re.I
)
_CSS_OUTSIDE: Final = re.compile(
    r"""(?:url\(\s*["']?|@import\s+["']?)\s*((?:https?:|ftp:|file:|//)[^"')\s;]{0,80})""", re.I
)
_DOCUMENT: Final = re.compile(r"\b(document|unparsed-text|doc)\s*\(\s*(?!''|\"\")")
_LONGEST: Final = 80


def lint(design: Design) -> tuple[Finding, ...]:
    """What there is to say of a design of ours; no error means that documents may go out with it."""
    return tuple(_of_design(design))


def _of_design(design: Design) -> Iterator[Finding]:
    if missing := NEEDED_COLUMNS - set(design.columns):
        names = sorted(missing)
        tr, en = (", ".join(LABELS[name].say(language) for name in names) for language in ("tr", "en"))
        yield finding("design.columns", columns=Text(tr, en))
    for colour in dict.fromkeys((design.accent, design.ink)):
        if (ratio := contrast(colour)) < _READABLE:
            yield finding("design.contrast", colour=colour, ratio=f"{ratio:.1f}")
    yield from _of_size(design)
    if design.emblem is None:
        yield finding("design.emblem")
    if not design.platform:
        yield finding("design.platform")
    if design.language != "tr" and design.note_tr and not design.note_en:
        yield finding("design.note-language")


def _of_size(design: Design) -> Iterator[Finding]:
    try:
        for kind in KINDS:
            stylesheet(kind, design)
    except RenderError:
        size = sum(len(asset.url) for asset in design.assets().values())
        yield finding("design.size", size=size, limit=LARGEST)
    else:
        size = sum(len(asset.data) for asset in design.assets().values())
        if size > _HEAVY:
            yield finding("design.weight", size=size)


def contrast(colour: str) -> float:
    """How a colour stands out from white (WCAG 2.2, 1.4.3), from 1 to 21.

    >>> round(contrast("#000000")), round(contrast("#ffffff")), round(contrast("#777777"), 1)
    (21, 1, 4.5)
    """
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def lint_stylesheet(xslt: bytes) -> tuple[Finding, ...]:
    """What there is to say of any stylesheet, read as text and not run; no error means that it may be used."""
    try:
        root = parse(xslt.strip())
        if not [*_loads(root)]:
            etree.XSLT(root, access_control=DENY_ALL)
    except (XmlError, etree.LxmlError) as error:
        why = error.text if isinstance(error, XmlError) else _plain(error)
        return (finding("stylesheet.broken", why=why),)
    return tuple(_of_stylesheet(root, xslt.decode("utf-8", "replace"), len(xslt)))


def _plain(error: etree.LxmlError) -> Text:
    said = " ".join(str(error).split())[:_LONGEST]
    return Text(said, said)


def _of_stylesheet(root: etree._Element, text: str, size: int) -> Iterator[Finding]:
    version = root.get("version", "")
    if version not in ("", "1.0"):
        yield finding("stylesheet.version", version=version[:_LONGEST])
    if size > LARGEST:
        yield finding("stylesheet.size", size=size)
    outside = [*_loads(root), *_OUTSIDE.findall(text), *_CSS_OUTSIDE.findall(text)]
    for what in dict.fromkeys(what for what in outside if "w3.org" not in what):
        yield finding("stylesheet.outside", what=what)
    if "disable-output-escaping" in text:
        yield finding("stylesheet.unescaped")
    if "<script" in text.lower():
        yield finding("stylesheet.script")
    yield from _of_marks(root, text.replace("İ", "i").replace("I", "ı").lower() + text.lower())


def _loads(root: etree._Element) -> Iterator[str]:
    """What the stylesheet would load: imports, includes, and the function ``document``."""
    for element in root.iter(f"{_XSL}import", f"{_XSL}include"):
        yield f"{etree.QName(element).localname} {element.get('href', '')}"[:_LONGEST]
    for element in root.iter():
        for value in element.attrib.values():
            if found := _DOCUMENT.search(str(value)):
                yield f"{found[1]}()"


def _of_marks(root: etree._Element, text: str) -> Iterator[Finding]:
    if not any(title in text for title in _TITLES):
        yield finding("stylesheet.title")
    if not any(sign in text for sign in _EMBLEM_SIGNS) and root.find(".//{*}img") is None:
        yield finding("stylesheet.emblem")
    is_answer = "applicationresponse" in text or "receiptadvice" in text or "uygulama yanıtı" in text
    if not is_answer and not any(sign in text for sign in _QR_SIGNS):
        yield finding("stylesheet.qr")
    paths = " ".join(str(value) for element in root.iter() for value in element.attrib.values())
    for name, field in _FIELDS.items():
        if name not in paths:
            yield finding("stylesheet.field", field=field)
