"""Pictures in designs: few places, few bytes, and only what every browser shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ulak.render import ASSETS
from ulak_server.designs.problems import problem

__all__ = ["LARGEST", "SLOTS", "checked", "mime_of"]

SLOTS: Final = ASSETS
LARGEST: Final = 12 * 1024
"""Bytes: every document carries them, a third more in base64, within a stylesheet of 30 KB (decision 12)."""
_BEGINNINGS: Final = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}


def checked(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """The pictures, if they are fit for a design.

    Raises:
        DesignError: ``design.picture-slot``, ``design.picture-type``, ``design.picture-too-large``.
    """
    for slot, data in pictures.items():
        where = f"/pictures/{slot[:20]}"
        if slot not in SLOTS:
            raise problem("design.picture-slot", where=where, slot=slot[:20], slots=", ".join(SLOTS))
        if not mime_of(data):
            raise problem("design.picture-type", where=where, slot=slot)
        if len(data) > LARGEST:
            size, most = -(-len(data) // 1024), LARGEST // 1024
            raise problem("design.picture-too-large", where=where, slot=slot, size=size, most=most)
    return dict(pictures)


def mime_of(data: bytes) -> str:
    """The media type that a picture's first bytes tell; empty if it is none that designs know.

    >>> mime_of(b"\\xff\\xd8\\xff\\xe0")
    'image/jpeg'
    """
    return next((mime for start, mime in _BEGINNINGS.items() if data.startswith(start)), "")
