"""A month's folder as the taxpayer has to keep it: books, berats, approved berats, and the stylesheets to read them.

Source: Uyumluluk Onay Kılavuzu V1.7, 2.2; Uygulama Kılavuzu V1.12, steps 11–12: ``VKN/fiscal year/month/``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import product
from pathlib import PurePosixPath
from typing import Final

from ulak import zips
from ulak.ledger.names import FileName, folder_of
from ulak.ledger.stylesheets import NAMES, stylesheet
from ulak.ledger.values import Month

__all__ = ["month_folder"]

_LEVEL: Final = 6


def month_folder(
    tax_id: str,
    year_of: Callable[[FileName], tuple[date, date]],
    month: Month,
    files: Iterable[tuple[str, Iterable[bytes]]],
) -> Iterator[bytes]:
    """The folder as a ZIP, piece by piece, in the memory of one piece.

    Args:
        year_of: the first and the last day of the fiscal year that a file is of: a month may hold days of two.
        files: names by GİB's rules, ``GIB-`` before those it approved, each with its content; asked for one by one.

    Yields:
        the bytes of the ZIP; the same files always give the same ones.

    Raises:
        BeratError: ``berat.name`` for a name that is none of the month's; what was given out is no ZIP then.
    """
    sink = _Sink()
    places: dict[PurePosixPath, None] = {}
    with zipfile.ZipFile(sink, "w", compresslevel=_LEVEL) as archive:
        for name, content in files:
            parsed = FileName.parse(name)
            place = folder_of(tax_id, *year_of(parsed), month)
            places[place] = None
            with archive.open(zips.entry(f"{place}/{parsed.xml}"), "w", force_zip64=True) as packed:
                for piece in content:
                    packed.write(piece)
                    yield sink.taken()
        for place, name in product(places, NAMES):
            archive.writestr(zips.entry(f"{place}/{name}"), stylesheet(name))
    yield sink.taken()


class _Sink(io.RawIOBase):
    """Takes what a ZIP writes, and hands it on; it cannot be sought, so sizes stand behind each file."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = bytes(self._held)
        self._held.clear()
        return data
