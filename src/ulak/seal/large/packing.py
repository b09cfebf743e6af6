"""A report packed as GİB takes it: a ZIP with one XML of the same name (e-Arşiv Kılavuzu V1.18, 5)."""

from __future__ import annotations

import zipfile
from typing import BinaryIO, Final

__all__ = ["zip_report"]

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The least time that a ZIP can name; a fixed one lets the same report give the same package."""
_MODE: Final = 0o644 << 16
_UNIX: Final = 3
_BLOCK: Final = 1 << 20


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
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _MODE
    source.seek(0)
    size = 0
    with zipfile.ZipFile(target, "w", compresslevel=level) as archive, archive.open(entry, "w") as packed:
        while block := source.read(_BLOCK):
            size += packed.write(block)
    return size
