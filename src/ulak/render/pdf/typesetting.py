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

from ulak.cores import on_any_core

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


def typeset(sheet: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The template filled in, as PDF/A-3b.

    PDF/A wants every letter to have a form; one that no typeface has is set as `MISSING`.

    Args:
        sheet: what `sheet.typ` reads. If it says that it is ``single`` and is not, it is set once more.
        files: what lies beside it: ``xml`` to attach, and pictures as SVG.

    Raises:
        typst.TypstError: the template could not be set.
    """
    try:
        made = _compiled(sheet, files, **_PDF)
    except typst.TypstError as error:
        if _NO_LETTER not in str(error):
            raise
        sheet = _with_letters(sheet)
        made = _compiled(sheet, files, **_PDF)
    if sheet["single"] and _ONE_PAGE not in made:
        made = _compiled({**sheet, "single": False}, files, **_PDF)
    return bytes(made)


def pictured(sheet: Mapping[str, Any], files: Mapping[str, bytes], ppi: float) -> list[bytes]:
    """The pages as PNG, with so many pixels an inch."""
    pages = _compiled(sheet, files, format="png", ppi=ppi)
    if isinstance(pages, list) and sheet["single"]:
        pages = _compiled({**sheet, "single": False}, files, format="png", ppi=ppi)
    return pages if isinstance(pages, list) else [pages]


def _compiled(sheet: Mapping[str, Any], files: Mapping[str, bytes], **how: Any) -> Any:
    said = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))
    given = "".join(f"{name}: {_data(octets)}, " for name, octets in files.items())
    return _run(f'#import "sheet.typ": sheet\n#sheet(json(bytes({_string(said)})), ({given or ":"}))', **how)


def _run(source: str, **how: Any) -> Any:
    # Typst lets go of Python's lock while it works.
    with on_any_core():
        return _compiler().compile(input=source.encode(), timestamp=0, **how)


def _data(octets: bytes) -> str:
    """Bytes as Typst writes them: as text where they are UTF-8, as numbers otherwise."""
    try:
        return f"bytes({_string(octets.decode())})"
    except UnicodeDecodeError:
        return f'bytes(json(bytes("{list(octets)}")))'


def _string(text: str) -> str:
    """A string of Typst: but for a quote and a backslash, all letters stand for themselves."""
    said = text.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "\\r")
    return f'"{said}"'


def _compiler() -> Any:
    if not hasattr(_OWN, "compiler"):
        _OWN.compiler = typst.Compiler(root=str(_ROOM), font_paths=_font_folders(), ignore_system_fonts=True)
    return _OWN.compiler


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
        fonts = ", ".join(map(_string, FONTS))
        _run(f'#import "letter.typ": shown\n#shown({_string(letter)}, ({fonts}))', **_PDF)
    except typst.TypstError:
        return False
    return True
