"""Stylesheets made of designs by `ulak.render`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, cast

from django.conf import settings

from ulak import render
from ulak.errors import Text
from ulak_server.designs.pictures import mime_of
from ulak_server.designs.problems import problem

__all__ = ["LARGEST", "PLATFORM", "Drawn", "look_of", "sewn", "try_on"]

LARGEST: Final = 30 * 1024
"""Bytes of a stylesheet before base64."""
PLATFORM: Final = f"{settings.PUBLIC}/e".partition("://")[2]
"""Where receivers find their documents by the ETTN (the portal's public page)."""


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

    Paper copies say where the original can be had (e-Arşiv Kılavuzu V1.18, 6): here, where the taxpayer names no
    other place.

    Raises:
        RenderError: what is wrong with the values.
    """
    assets = {slot: render.Asset(data, mime_of(data)) for slot, data in drawn.pictures.items()}
    platform = drawn.values.get("platform") or PLATFORM
    return render.Design.from_json({**drawn.values, "platform": platform}, assets)


def sewn(kind: str, drawn: Drawn) -> bytes:
    """The stylesheet of a kind of documents: the same bytes for the same design.

    Raises:
        RenderError: what is wrong with the values.
    """
    return (
        drawn.stylesheet if drawn.stylesheet is not None else render.stylesheet(cast(render.Kind, kind), look_of(drawn))
    )


def try_on(drawn: Drawn) -> None:
    """Hold a design to GİB's demands before anybody wears it.

    Raises:
        DesignError: ``design.unfit``, ``design.too-large``.
        RenderError: what is wrong with the values.
    """
    own = drawn.stylesheet
    if own is not None and len(own) > LARGEST:
        raise problem("design.too-large", where="/stylesheet", size=-(-len(own) // 1024), most=LARGEST // 1024)
    found = render.lint(look_of(drawn)) if own is None else render.lint_stylesheet(own)
    errors = [one for one in found if one.is_error]
    if errors:
        detail = Text(" ".join(one.text.tr for one in errors), " ".join(one.text.en for one in errors))
        repair = Text(" ".join(one.repair.tr for one in errors), " ".join(one.repair.en for one in errors))
        raise problem("design.unfit", detail=detail, repair=repair)
