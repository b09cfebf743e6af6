"""Typst, driven: one template, data as JSON, a compiler for each thread that is kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

import typst

__all__ = ["FONTS", "typeset"]

_TEMPLATE: Final = Path(__file__).with_name("sheet.typ")
FONTS: Final = ("Source Sans Pro", "Libertinus Serif", "DejaVu Sans Mono")
"""Typefaces in the order in which they are asked for a letter. None comes from the machine, so that the same document
gives the same bytes everywhere."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OWN: Final = threading.local()


@cache
def _font_folders() -> list[str]:
    found = find_spec("font_source_sans_pro")
    folders = found.submodule_search_locations if found else None
    return [str(Path(folder) / "files") for folder in folders or ()]


def _compiler() -> Any:
    if not hasattr(_OWN, "compiler"):
        _OWN.compiler = typst.Compiler(
            _TEMPLATE, root=_TEMPLATE.parent, font_paths=_font_folders(), ignore_system_fonts=True
        )
    return _OWN.compiler


def typeset(
    sheet: Mapping[str, Any], inputs: Mapping[str, str], to: Literal["pdf", "png"] = "pdf", *, ppi: float = 144
) -> bytes | list[bytes]:
    """The template filled in: one PDF/A-3b, or a PNG for each page.

    Args:
        sheet: what `sheet.typ` reads.
        inputs: texts besides it: ``xml`` to attach, and pictures as SVG.
        to: what to make.
        ppi: pixels an inch of a PNG.

    Raises:
        typst.TypstError: the template could not be set; for a letter that no typeface has, PDF/A demands it.
    """
    given = {**inputs, "sheet": json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))}
    if to == "png":
        pages: bytes | list[bytes] = _compiler().compile(format="png", ppi=ppi, sys_inputs=given, timestamp=0)
        return pages
    made: bytes = _compiler().compile(format="pdf", sys_inputs=given, pdf_standards=["a-3b"], timestamp=0)
    return made
