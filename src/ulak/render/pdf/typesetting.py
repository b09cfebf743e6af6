"""Typst, driven: one template, data as JSON, a compiler for each thread that is kept."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import typst

__all__ = ["FONTS", "MISSING", "pictured", "typeset"]

FONTS: Final = ("Source Sans Pro", "Libertinus Serif", "DejaVu Sans Mono")
"""Typefaces in the order in which they are asked for a letter. None comes from the machine, so that the same document
gives the same bytes everywhere: the first is a package, the others lie in Typst."""
MISSING: Final = "□"
"""What stands for a letter that no typeface has."""

_ROOM: Final = Path(__file__).parent
_OWN: Final = threading.local()
_PDF: Final[Mapping[str, Any]] = {"format": "pdf", "pdf_standards": ["a-3b"], "pdf_tags": False}
_ONE_PAGE: Final = b"<xmpTPg:NPages>1<"
_NO_LETTER: Final = "could not be displayed"
_SURE: Final = "\u0250"
"""The typefaces have every letter before this one."""
_MOST_PROBES: Final = 400


def typeset(sheet: Mapping[str, Any], inputs: Mapping[str, str]) -> bytes:
    """The template filled in, as PDF/A-3b.

    PDF/A wants every letter to have a form; one that no typeface has is set as `MISSING`.

    Args:
        sheet: what `sheet.typ` reads. If it says that it is ``single`` and is not, it is set once more.
        inputs: texts besides it: ``xml`` to attach, and pictures as SVG.

    Raises:
        typst.TypstError: the template could not be set.
    """
    try:
        made = _compiled(sheet, inputs, **_PDF)
    except typst.TypstError as error:
        if _NO_LETTER not in str(error):
            raise
        sheet = _with_letters(sheet)
        made = _compiled(sheet, inputs, **_PDF)
    if sheet["single"] and _ONE_PAGE not in made:
        made = _compiled({**sheet, "single": False}, inputs, **_PDF)
    return bytes(made)


def pictured(sheet: Mapping[str, Any], inputs: Mapping[str, str], ppi: float) -> list[bytes]:
    """The pages as PNG, with so many pixels an inch."""
    pages = _compiled(sheet, inputs, format="png", ppi=ppi)
    if isinstance(pages, list) and sheet["single"]:
        pages = _compiled({**sheet, "single": False}, inputs, format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]


def _compiled(sheet: Mapping[str, Any], inputs: Mapping[str, str], **how: Any) -> Any:
    given = {**inputs, "sheet": json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))}
    return _compiler("sheet").compile(sys_inputs=given, timestamp=0, **how)


def _compiler(template: str) -> Any:
    kept: dict[str, Any] = _OWN.__dict__
    if template not in kept:
        path = _ROOM / f"{template}.typ"
        made: Any = typst.Compiler(str(path), root=str(_ROOM), font_paths=_font_folders(), ignore_system_fonts=True)
        kept[template] = made
    return kept[template]


@cache
def _font_folders() -> list[str]:
    found = find_spec("font_source_sans_pro")
    folders = found.submodule_search_locations if found else None
    return [str(Path(folder) / "files") for folder in folders or ()]


def _with_letters(sheet: Mapping[str, Any]) -> dict[str, Any]:
    """The sheet with `MISSING` for letters without a form; of very many doubtful ones only the first are tried."""
    said = json.dumps(sheet, ensure_ascii=False)
    doubtful = sorted({letter for letter in said if letter >= _SURE})
    missing = [letter for at, letter in enumerate(doubtful) if at >= _MOST_PROBES or not _has(letter)]
    changed: dict[str, Any] = json.loads(said.translate(dict.fromkeys(map(ord, missing), MISSING)))
    return changed


@lru_cache(maxsize=20_000)
def _has(letter: str) -> bool:
    try:
        inputs = {"fonts": json.dumps(FONTS), "letter": letter}
        _compiler("letter").compile(sys_inputs=inputs, timestamp=0, **_PDF)
    except typst.TypstError:
        return False
    return True
