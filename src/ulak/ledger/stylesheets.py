"""Stylesheets to read books, berats and reports with: ours, under the names that the guide prescribes.

They must lie beside the documents (Uygulama Kılavuzu V1.12, steps 11–12; Uyumluluk Onay Kılavuzu V1.7, 2.2), so each is
handed out whole, in one file. XSLT 1.0, without anything of any network.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Final

from lxml import etree

from ulak.ledger.names import Kind

__all__ = ["NAMES", "page", "style_of", "stylesheet"]

NAMES: Final = ("yevmiye.xslt", "kebir.xslt", "envanter.xslt", "berat.xslt", "defterraporu.xslt")
"""The files that a month's folder holds (Teknik Kılavuz V1.7, 2.1, 2.3 and 2.6)."""
_STYLES: Final[dict[Kind, str]] = {
    "Y": "yevmiye.xslt",
    "K": "kebir.xslt",
    "E": "envanter.xslt",
    "YB": "berat.xslt",
    "KB": "berat.xslt",
    "EB": "berat.xslt",
    "DR": "defterraporu.xslt",
}
_PARTS: Final = files("ulak.ledger") / "xslt"
_DENY_ALL: Final[Any] = getattr(etree.XSLTAccessControl, "DENY_ALL")  # noqa: B009 - the stubs do not know it
_INCLUDE: Final = '  <xsl:include href="ortak.xslt"/>\n'
_ROOT: Final = re.compile(r"<xsl:stylesheet[^>]*>(.*)</xsl:stylesheet>", re.DOTALL)


def style_of(kind: Kind) -> str:
    """The name of the stylesheet for a kind of document."""
    return _STYLES[kind]


@cache
def stylesheet(name: str) -> bytes:
    """A stylesheet in one file.

    Args:
        name: one of `NAMES`.

    Raises:
        KeyError: for other names.
    """
    if name not in NAMES:
        raise KeyError(name)
    shared = _ROOT.search((_PARTS / "ortak.xslt").read_text("utf-8"))
    assert shared is not None
    return (_PARTS / name).read_text("utf-8").replace(_INCLUDE, shared[1].lstrip("\n")).encode()


@cache
def _transform(name: str) -> etree.XSLT:
    return etree.XSLT(etree.parse(BytesIO(stylesheet(name))), access_control=_DENY_ALL)


def page(root: etree._Element, kind: Kind) -> bytes:
    """A document as a page of HTML.

    Args:
        root: of a parsed document that can be held; larger ones are shown line by line, see `ulak.ledger.reading`.
    """
    return bytes(_transform(_STYLES[kind])(root))
