"""Whether every kontör is accounted for, and nobody's documents wait for some."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db import DatabaseError

from ulak.errors import Text
from ulak_server.credits import services as credits
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.environment import Environment
from ulak_server.operations.examination.finding import Finding, Level, found, well

__all__ = ["kontor"]

_WELL: Final = Text(
    "{metered} mükellefte sayılıyor; {sold} satıldı, {used} kullanıldı, {refunded} geri verildi",
    "counted for {metered} taxpayers; {sold} sold, {used} used, {refunded} given back",
)


def kontor(_: Environment) -> Iterator[Finding]:
    """Where kontör are counted for anybody."""
    try:
        with scoped(Role.OPERATOR):
            sums, unequal = credits.totals(), credits.unequal()
    except DatabaseError:
        return
    if unequal:
        shown = ", ".join(map(str, unequal[:10]))
        yield found(Level.ERROR, "credits", "doctor.credits-unequal", count=len(unequal), detail=shown)
    if sums.waiting:
        yield found(Level.WARNING, "credits", "doctor.credits-waiting", count=sums.waiting)
    if sums.metered and not unequal and not sums.waiting:
        yield well("credits", _WELL.format(**sums._asdict()))
