"""Levels as verification asks for them."""

from __future__ import annotations

from datetime import datetime

from ulak.seal.levels.checking import check_levels
from ulak.seal.levels.ports import Judge
from ulak.seal.verify.report import LevelCheck, Levels, Signed

__all__ = ["level_check"]


def level_check(trust: Judge) -> LevelCheck:
    """What `ulak.seal.verify.verify` takes to let time stamps and evidence in a seal count.

    Args:
        trust: judges the time-stamp authorities.
    """

    def check(signed: Signed, *, at: datetime) -> Levels:
        found = check_levels(signed.signature, trust=trust, at=at, whole=signed.whole)
        return Levels(found.level, found.proven_at, found.sub, found.reasons, found.known, found.evidence)

    return check
