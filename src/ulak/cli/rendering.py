"""``ulak render``: a document as a page, a PDF or a picture."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Final, NamedTuple, cast

from ulak.cli.building import one_file
from ulak.cli.errors import Exit, one_of, usage
from ulak.cli.outputs import write_output
from ulak.cli.session import Session
from ulak.errors import Language, Text, UlakError
from ulak.render import ASSETS, Asset, Design, RenderError, to_html
from ulak.render.labels import LabelLanguage

__all__ = ["RenderWish", "render_document", "render_wish"]

_FORMS: Final = ("html", "pdf", "png")
_LANGUAGES: Final = ("tr", "en", "both")
_LARGEST_DESIGN: Final = 1024 * 1024
_MIMES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}


class RenderWish(NamedTuple):
    """What is to come out: the form, the design (None is the document's own), the language of labels."""

    form: str
    design: Design | None
    labels: LabelLanguage


def render_wish(to: str | None, output: str | None, design: str | None, own: bool, labels: str) -> RenderWish:
    """The wish that the options say.

    Raises:
        UlakError: ``cli.usage``, ``render.design``, ``render.asset``, ``file.*``.
    """
    suffix = PurePath(output or "").suffix.lower().lstrip(".")
    form = to or (suffix if suffix in _FORMS else "html")
    one_of(form, _FORMS, "--to")
    one_of(labels, _LANGUAGES, "--labels")
    chosen = _design(design) if design else None
    language = cast(LabelLanguage, labels)
    if own or form != "html":
        chosen = chosen or Design(language=language)
    return RenderWish(form, chosen, language)


def render_document(session: Session, name: str, output: str | None, wish: RenderWish) -> Exit:
    """Render a document; notes of what could not be shown as its sender made it go to standard error."""
    if session.writes_to_terminal and output is None and wish.form != "html":
        raise usage(
            Text("Bu çıktı ekrana yazılmaz.", "This output is not for the screen."),
            Text("Dosyasını -o ile verin.", "Name a file with -o."),
        )
    data = one_file(name)
    made = _page(session, data, wish) if wish.form == "html" else _sheet(data, wish)
    write_output(session, made, output)
    return Exit.OK


def _page(session: Session, data: bytes, wish: RenderWish) -> bytes:
    language: Language = "en" if wish.labels == "en" else "tr"
    page = to_html(data, design=wish.design, language=language)
    for note in page.notes:
        told = session.error_page()
        told.paragraph(session.say(note))
        session.tell(told)
    return page.html


def _sheet(data: bytes, wish: RenderWish) -> bytes:
    # Typesetting loads fonts; a page needs none of it.
    from ulak.render.pdf import to_pdf, to_png

    make = to_pdf if wish.form == "pdf" else to_png
    return make(data, design=wish.design)


def _design(path: str) -> Design:
    """The design of a file; pictures are named by their paths beside it."""
    values = _values(path)
    folder = os.path.dirname(path)
    named = {slot: os.path.join(folder, str(values.pop(slot))) for slot in ASSETS if slot in values}
    pictures: dict[str, Any] = {slot: _picture(slot, place) for slot, place in named.items()}
    return replace(Design.from_json(values), **pictures)


def _values(path: str) -> dict[str, Any]:
    try:
        values = json.loads(one_file(path, _LARGEST_DESIGN))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise _no_design(path, str(error)) from None
    if not isinstance(values, Mapping):
        raise _no_design(path, "{ … }")
    return dict(values)


def _no_design(path: str, detail: str) -> UlakError:
    return usage(
        Text(f"--design: {path} bir tasarım dosyası değil: {detail}", f"--design: {path} is no design: {detail}"),
        Text("Biçimi docs/rendering.md sayfasındadır.", "Its form stands in docs/rendering.md."),
    )


def _picture(slot: str, path: str) -> Asset:
    mime = _MIMES.get(PurePath(path).suffix.lower())
    if mime is None:
        raise RenderError(
            "render.asset",
            Text(f"“{slot}” görseli kullanılamaz: {path}", f"The picture “{slot}” cannot be used: {path}"),
            Text("PNG, JPEG ya da WebP bir görsel seçin.", "Choose a picture in PNG, JPEG or WebP."),
        )
    return Asset(one_file(path, _LARGEST_DESIGN), mime)
