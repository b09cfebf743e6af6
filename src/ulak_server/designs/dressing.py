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
from ulak_server.designs.sewing import Drawn, sewn

__all__ = ["UNDRESSED", "Dress", "dress_for", "dresses_for"]

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
    """

    stylesheet: bytes = b""
    digest: bytes = b""
    has_karekod: bool = False
    design: int | None = None

    def __bool__(self) -> bool:
        return bool(self.stylesheet) or self.has_karekod


_NOTHING: Final = Dress()
_SEWN: Final = Remembered[Dress](256)


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
    if id is None:
        return _everybodys(worn)._replace(has_karekod=has_karekod)
    return _worn(taxpayer, id, revision, worn)._replace(has_karekod=has_karekod)


def dresses_for(taxpayer: int, wanted: Mapping[int, tuple[str, int | None]]) -> Mapping[int, Dress]:
    """The dress of each of many documents: kind and named design by the document's key."""
    found = {one: dress_for(taxpayer, *one) for one in set(wanted.values())}
    return {key: found[one] for key, one in wanted.items()}


@lru_cache(maxsize=16)
def _everybodys(worn: str) -> Dress:
    return _dress(sewn(worn, Drawn()), None)


def _worn(taxpayer: int, id: int, revision: int, worn: str) -> Dress:
    """A design never changes without its revision, so what was made of it once is kept."""
    return _SEWN.get((id, revision, worn), lambda: _tailored(taxpayer, id, worn))


def _tailored(taxpayer: int, id: int, worn: str) -> Dress:
    try:
        return _dress(sewn(worn, drawn(design_of(taxpayer, id))), id)
    except UlakError as error:
        # A design that was good when it was kept: its documents go out in everybody's, and do not wait.
        _LOG.error("designs.not-sewn", taxpayer=taxpayer, design=id, kind=worn, exc_info=error)
        return _everybodys(worn)


def _dress(stylesheet: bytes, design: int | None) -> Dress:
    return Dress(stylesheet, sha256(stylesheet).digest(), design=design)
