"""Pictures for the template: everything becomes an SVG, which Typst takes as text.

Logos of strangers are decoded here, within limits, and written anew as JPEG, which a PDF carries as it is.
"""

from __future__ import annotations

import base64
import io
from functools import lru_cache
from typing import Final

from PIL import Image

from ulak.render.design import Asset
from ulak.render.qr_picture import qr_png

__all__ = ["qr_svg", "svg_of"]

_WIDEST: Final = 900
_MOST_PIXELS: Final = 24_000_000
_FORMATS: Final = ("PNG", "JPEG", "WEBP")
_SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}">{inside}</svg>'


@lru_cache(maxsize=128)
def svg_of(asset: Asset, place: tuple[int, int] = (1, 1)) -> str:
    """The picture as SVG, at the left of a place of such proportions.

    It is empty if the picture cannot be decoded or has too many pixels: the document is shown without it.
    """
    try:
        with Image.open(io.BytesIO(asset.data), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return ""
            return _as_jpeg(picture, place)
    # Pillow raises a dozen kinds for pictures that are broken in a dozen ways.
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError):
        return ""


def _as_jpeg(picture: Image.Image, place: tuple[int, int]) -> str:
    picture.thumbnail((_WIDEST, _WIDEST))
    shown = picture.convert("RGBA")
    paper = Image.new("RGB", shown.size, "white")
    paper.paste(shown, mask=shown.getchannel("A"))
    file = io.BytesIO()
    paper.save(file, "JPEG", quality=90, subsampling=0)
    data = base64.b64encode(file.getvalue()).decode()
    wide, high = place
    held = f'width="{wide}" height="{high}" preserveAspectRatio="xMinYMid meet"'
    return _SVG.format(w=wide, h=high, inside=f'<image {held} href="data:image/jpeg;base64,{data}"/>')


def qr_svg(payload: str) -> str:
    """The QR code, one pixel for a module: drawn as an outline it would take twice the time and space in the PDF."""
    data = base64.b64encode(qr_png(payload)).decode()
    inside = f'<image width="8" height="8" style="image-rendering:pixelated" href="data:image/png;base64,{data}"/>'
    return _SVG.format(w=8, h=8, inside=inside)
