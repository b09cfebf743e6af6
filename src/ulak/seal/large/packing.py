"""A report packed as GİB takes it: a ZIP with one XML of the same name (e-Arşiv Kılavuzu V1.18, 5)."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from ulak import zips

__all__ = ["zip_report"]


def zip_report(source: BinaryIO, target: BinaryIO, name: str, *, level: int = 6) -> int:
    """Pack one file; the same bytes and name always give the same package.

    Args:
        source: read from its beginning to its end.
        target: takes the ZIP.
        name: of the file in it, ``{raporNo}.xml``.
        level: of compression, 1–9.

    Returns:
        bytes of ``source``.
    """
    with zipfile.ZipFile(target, "w", compresslevel=level) as archive:
        return zips.put(archive, name, source)
