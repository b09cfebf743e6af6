"""Saxon, for the few assertions that XPath 1 cannot say."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from lxml import etree

from ulak.errors import Text, UlakError
from ulak.xml import parse

if TYPE_CHECKING:
    from saxonche import PySaxonProcessor

__all__ = ["SaxonError", "run_saxon"]

_lock: Final = threading.Lock()


class SaxonError(UlakError):
    """Saxon stopped; code ``rules.engine``."""


@cache
def _processor() -> PySaxonProcessor:
    # Loading Saxon takes half a second and 60 MB, and most documents never need it.
    from saxonche import PySaxonProcessor

    return PySaxonProcessor(license=False)


@cache
def _executable(stylesheet: str) -> Any:
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_text=stylesheet)


def run_saxon(stylesheet: str, document: bytes, file: str) -> etree._Element:
    """Root of what the XSLT 2.0 ``stylesheet`` makes of ``document``, whose base URI ends in ``file``.

    Raises:
        SaxonError: a dynamic error in XPath 2, such as a number that is none.
    """
    with _lock:
        try:
            executable = _executable(stylesheet)
            builder = _processor().new_document_builder()
            builder.set_base_uri(f"file:///{quote(file)}")
            node = builder.parse_xml(xml_text=document.decode("utf-8"))
            text = executable.transform_to_string(xdm_node=node)
        except Exception as error:
            raise SaxonError(
                "rules.engine",
                Text("Kural motoru durdu: {detail}", "The rule engine stopped: {detail}").format(detail=error),
            ) from None
    return parse(text.encode())
