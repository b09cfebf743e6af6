"""GİB's own ends as tests use them: a center with a test PKI in which the portal user has a key."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from center_support import Laboratory
from seal_pki import NOW, fresh_authority, key_of
from ulak.envelope import opening
from ulak.seal.pki import folder
from ulak.seal.trust import Trust, TrustStore
from ulak_center.seals import PORTAL_PLAN, Seals

__all__ = ["documents_in", "end_laboratory", "seals"]


@cache
def _pki() -> tuple[Any, Path]:
    place = Path(tempfile.mkdtemp(prefix="center-pki-")) / "pki"
    made = fresh_authority(more=(PORTAL_PLAN,))
    folder.write(made, place, NOW)
    return made, place


@cache
def seals() -> Seals:
    """Of a PKI that differs from that of `seal_pki` only in having a portal user."""
    made, place = _pki()
    trust = Trust(TrustStore.read(place), clock=lambda: NOW)
    return Seals(key_of(made, "portal", place), key_of(made, "gib", place), trust, place)


def end_laboratory(**changes: Any) -> Laboratory:
    """A center whose portal user can seal."""
    return Laboratory(**{"seals": seals(), **changes})


def documents_in(data: bytes) -> list[bytes]:
    """The documents of an envelope, byte by byte."""
    return [document.data for document in opening(data)]
