"""Saxon, for the few assertions that XPath 1 cannot say."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from lxml import etree

from ulak.errors import Text, UlakError
from ulak.xml import parse

if TYPE_CHECKING:
    from saxonche import PySaxonProcessor

__all__ = ["SaxonError", "compile_saxon", "run_saxon"]

_LOCKED: Final = {
    "http://saxon.sf.net/feature/allowedProtocols": "none",
    "http://saxon.sf.net/feature/allow-external-functions": "false",
}
_lock: Final = threading.Lock()


class SaxonError(UlakError):
    """Saxon stopped; code ``rules.engine``."""


@cache
def _processor() -> PySaxonProcessor:
    # Loading Saxon takes half a second and 60 MB, and most documents never need it.
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    for name, value in _LOCKED.items():
        processor.set_configuration_property(name, value)
    return processor


@cache
def _executable(stylesheet: str) -> Any:
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_text=stylesheet)


def compile_saxon(stylesheet: str) -> None:
    """Compile an XSLT 2.0 stylesheet and keep it.

    Raises:
        SaxonError: it is not one.
    """
    with _lock, _errors():
        _executable(stylesheet)


def run_saxon(stylesheet: str, document: bytes, file: str) -> etree._Element:
    """Root of what the XSLT 2.0 ``stylesheet`` makes of ``document``, whose base URI ends in ``file``.

    The stylesheet can reach no file and no address: it may hold functions and expressions of whoever made the pack.

    Raises:
        SaxonError: a dynamic error in XPath 2, such as a number that is none.
    """
    with _lock, _errors():
        executable = _executable(stylesheet)
        builder = _processor().new_document_builder()
        builder.set_base_uri(f"file:///{quote(file)}")
        node = builder.parse_xml(xml_text=document.decode("utf-8"))
        text = executable.transform_to_string(xdm_node=node)
    return parse(text.encode())


@contextmanager
def _errors() -> Iterator[None]:
    # saxonche raises classes of its extension module that it does not export.
    try:
        yield
    except Exception as error:
        text = Text("Kural motoru durdu: {detail}", "The rule engine stopped: {detail}").format(detail=error)
        raise SaxonError("rules.engine", text) from None
