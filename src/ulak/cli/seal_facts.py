"""What a person wants to know of a sealed document besides its seal."""

from __future__ import annotations

from typing import Final

from ulak.errors import UlakError
from ulak.seal.places import CBC
from ulak.seal.verify import SealReport
from ulak.xml import parse

__all__ = ["number_of"]

_NUMBERS: Final = (
    CBC + "ID",
    "{http://earsiv.efatura.gov.tr}baslik/{http://earsiv.efatura.gov.tr}raporNo",
    ".//{http://www.xbrl.org/int/gl/cor/2006-10-25}uniqueID",
)


def number_of(report: SealReport) -> str:
    """The document's own number: of a report its ``raporNo``, of a book its ``uniqueID``; empty if it has none.

    As it stands there: only a seal that passed vouches for it.
    """
    try:
        root = parse(report.data, max_bytes=max(len(report.data), 1))
    except UlakError:
        return ""
    texts = (root.findtext(path) for path in _NUMBERS)
    return next((text.strip() for text in texts if text and text.strip()), "")
