"""Pictures made small enough to travel with every document."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from ulak.errors import Text
from ulak.render.design import Asset
from ulak.render.problems import problem

__all__ = ["LARGEST_UPLOAD", "fitted"]

LARGEST_UPLOAD: Final = 4 * 1024 * 1024
"""Bytes of a picture that somebody brings along."""

_MOST_PIXELS: Final = 24_000_000
_TOO_MANY: Final = Text("çok fazla noktası var", "it has too many pixels")
_FORMATS: Final = ("PNG", "JPEG", "WEBP")
# Together with the largest stylesheet of ours, labels in both languages, they stay within 30 KB.
_BUDGETS: Final = {"logo": 3584, "signature": 1536, "emblem": 1536}
_BOXES: Final = ((560, 224), (420, 168), (320, 128), (240, 96), (160, 64), (110, 44))
_COLOURS: Final = (64, 24, 8)


def fitted(data: bytes, slot: str) -> Asset:
    """The picture at the size in which it is shown, with few colours and no metadata: PNG, or JPEG for photographs.

    Args:
        slot: one of `ulak.render.ASSETS`; a logo may have 3.5 KB, the others 1.5 KB.

    Raises:
        RenderError: ``render.asset`` if it is no picture, or one of too many pixels.
    """
    budget = _BUDGETS[slot]
    picture = _opened(data, slot)
    candidates = [found for box in _BOXES for found in _encoded(picture, box)]
    fitting = next((found for found in candidates if len(found.data) <= budget), None)
    return fitting or min(candidates, key=lambda found: len(found.data))


def _opened(data: bytes, slot: str) -> Image.Image:
    if len(data) > LARGEST_UPLOAD:
        most = LARGEST_UPLOAD // 1024 // 1024
        raise problem("render.asset", field=slot, why=Text(f"{most} MB'tan büyük", f"it is larger than {most} MB"))
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as found:
            if found.width * found.height > _MOST_PIXELS:
                raise problem("render.asset", field=slot, why=_TOO_MANY)
            upright = ImageOps.exif_transpose(found)
            return upright.convert("RGBA" if _is_transparent(upright) else "RGB")
    except Image.DecompressionBombError:
        raise problem("render.asset", field=slot, why=_TOO_MANY) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        why = Text("okunabilen bir PNG, JPEG ya da WebP değil", "it is no readable PNG, JPEG or WebP")
        raise problem("render.asset", field=slot, why=why) from None


def _is_transparent(picture: Image.Image) -> bool:
    return picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info


def _encoded(picture: Image.Image, box: tuple[int, int]) -> Iterator[Asset]:
    small = picture.copy()
    small.thumbnail(box, Image.Resampling.LANCZOS)
    method = Image.Quantize.FASTOCTREE if small.mode == "RGBA" else Image.Quantize.MEDIANCUT
    for colours in _COLOURS:
        yield Asset(_saved(small.quantize(colours, method=method), "PNG", optimize=True), "image/png")
    if small.mode == "RGB":
        yield Asset(_saved(small, "JPEG", quality=78, optimize=True), "image/jpeg")


def _saved(picture: Image.Image, form: str, **options: int | bool) -> bytes:
    made = io.BytesIO()
    picture.save(made, form, **options)
    return made.getvalue()
