"""Which stylesheet a document wears, found once and remembered by the process that seals."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple

import structlog
from django.db import connection

from ulak.errors import UlakError
from ulak_server.database.remembered import Remembered
from ulak_server.designs.keeping import design_of, drawn
from ulak_server.designs.kinds import WORN_BY
from ulak_server.designs.models import Sheet
from ulak_server.designs.sewing import Drawn, sewn

__all__ = ["UNDRESSED", "Dress", "dress_for", "dresses_for", "is_own"]

_LOG: Final = structlog.get_logger("ulak_server.designs")
UNDRESSED: Final = 0
"""In place of a design's id: the document is to be sealed as it is."""
_CHOICE: Final = """
SELECT coalesce(w.has_stylesheet, true), coalesce(w.has_karekod, true), d.id, d.revision
FROM (SELECT %s::int AS taxpayer) AS t
LEFT JOIN designs_wardrobe w ON w.taxpayer_id = t.taxpayer
LEFT JOIN designs_design d ON d.taxpayer_id = t.taxpayer AND CASE WHEN %s::int IS NULL
    THEN d.is_default AND d.retired_at IS NULL AND d.kind IN ('', %s) ELSE d.id = %s::int END
ORDER BY d.kind DESC NULLS LAST LIMIT 1
"""


class Dress(NamedTuple):
    """What is put into a document as it is sealed.

    Attributes:
        stylesheet: XSLT; empty: none.
        digest: its SHA-256; empty if there is none.
        has_karekod: whether the picture of the karekod is put in.
        design: the id of the design it is made of; None: the one that everybody has.
        is_foreign: whether the stylesheet is the taxpayer's own.
    """

    stylesheet: bytes = b""
    digest: bytes = b""
    has_karekod: bool = False
    design: int | None = None
    is_foreign: bool = False

    def __bool__(self) -> bool:
        return bool(self.stylesheet) or self.has_karekod


_MADE: Final = "INSERT INTO designs_sheet (taxpayer_id, digest) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_NOTHING: Final = Dress()
_TOLD: Final = Remembered[bool]("designs.told", 2 << 20)
_SEWN: Final = Remembered[Dress]("designs.dresses", 5 << 20, lambda dress: len(dress.stylesheet))


def dress_for(taxpayer: int, kind: str, design: int | None = None) -> Dress:
    """What documents of a kind wear.

    Args:
        kind: of `ulak_server.documents.kinds`.
        design: the one that the document's author named; `UNDRESSED`: none; None: the taxpayer's default.
    """
    worn = WORN_BY.get(kind)
    if worn is None or design == UNDRESSED:
        return _NOTHING
    with connection.cursor() as cursor:
        cursor.execute(_CHOICE, [taxpayer, design, worn, design])
        has_stylesheet, has_karekod, id, revision = cursor.fetchone()
    if not has_stylesheet:
        return Dress(has_karekod=has_karekod)
    dress = _everybodys(worn) if id is None else _worn(taxpayer, id, revision, worn)
    _TOLD.get((taxpayer, dress.digest), lambda: dress.is_foreign or _tell(taxpayer, dress.digest))
    return dress._replace(has_karekod=has_karekod)


def is_own(taxpayer: int, digest: bytes) -> bool:
    """Whether a stylesheet in one of a taxpayer's documents is of Ulak's making, so that it may be run as it is.

    Args:
        digest: its SHA-256.
    """
    if any(digest == _everybodys(worn).digest for worn in WORN_BY.values()):
        return True
    return Sheet.objects.filter(taxpayer_id=taxpayer, digest=digest).exists()


def _tell(taxpayer: int, digest: bytes) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_MADE, [taxpayer, digest])
    return True


def dresses_for(taxpayer: int, wanted: Mapping[int, tuple[str, int | None]]) -> Mapping[int, Dress]:
    """The dress of each of many documents: kind and named design by the document's key."""
    found = {one: dress_for(taxpayer, *one) for one in set(wanted.values())}
    return {key: found[one] for key, one in wanted.items()}


@lru_cache(maxsize=16)
def _everybodys(worn: str) -> Dress:
    return _dress(sewn(worn, Drawn()))


def _worn(taxpayer: int, id: int, revision: int, worn: str) -> Dress:
    """A design never changes without its revision, so what was made of it once is kept."""
    return _SEWN.get((id, revision, worn), lambda: _tailored(taxpayer, id, worn))


def _tailored(taxpayer: int, id: int, worn: str) -> Dress:
    try:
        look = drawn(design_of(taxpayer, id))
        return _dress(sewn(worn, look))._replace(design=id, is_foreign=look.stylesheet is not None)
    except UlakError as error:
        # A design that was good when it was kept: its documents go out in everybody's, and do not wait.
        _LOG.error("designs.not-sewn", taxpayer=taxpayer, design=id, kind=worn, exc_info=error)
        return _everybodys(worn)


def _dress(stylesheet: bytes) -> Dress:
    return Dress(stylesheet, sha256(stylesheet).digest())
