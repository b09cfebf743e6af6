"""Stylesheets made of designs by `ulak.render`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from ulak import render
from ulak.errors import Text
from ulak_server.designs.pictures import mime_of
from ulak_server.designs.problems import problem

__all__ = ["LARGEST", "Drawn", "look_of", "sewn"]

LARGEST: Final = 30 * 1024
"""Bytes of a stylesheet before base64."""


class Drawn(NamedTuple):
    """What a design says.

    Attributes:
        values: of `ulak.render.Design`, but for the pictures.
        pictures: bytes by place.
        stylesheet: XSLT of the taxpayer's own, which goes before all else.
    """

    values: Mapping[str, Any] = {}
    pictures: Mapping[str, bytes] = {}
    stylesheet: bytes | None = None


def look_of(drawn: Drawn) -> render.Design:
    """What `ulak.render` makes stylesheets, PDFs and previews of.

    Raises:
        RenderError: what is wrong with the values.
    """
    assets = {slot: render.Asset(data, mime_of(data)) for slot, data in drawn.pictures.items()}
    return render.Design.from_json(drawn.values, assets)


def sewn(kind: str, drawn: Drawn, *, check: bool = False) -> bytes:
    """The stylesheet of a kind of documents: the same bytes for the same design.

    Args:
        check: whether to hold it to GİB's demands first.

    Raises:
        DesignError: ``design.unfit``, ``design.too-large``.
        RenderError: what is wrong with the values.
    """
    if drawn.stylesheet is not None:
        made, found = drawn.stylesheet, render.lint_stylesheet(drawn.stylesheet) if check else ()
    else:
        look = look_of(drawn)
        made, found = render.stylesheet(kind, look), render.lint(look) if check else ()
    if check:
        _refuse(made, found)
    return made


def _refuse(made: bytes, found: Any) -> None:
    if len(made) > LARGEST:
        raise problem("design.too-large", size=-(-len(made) // 1024), most=LARGEST // 1024)
    errors = [one for one in found if one.is_error]
    if errors:
        detail = Text(" ".join(one.text.tr for one in errors), " ".join(one.text.en for one in errors))
        repair = Text(" ".join(one.repair.tr for one in errors), " ".join(one.repair.en for one in errors))
        raise problem("design.unfit", detail=detail, repair=repair)
