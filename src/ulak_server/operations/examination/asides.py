"""Whether work of some taxpayer fails again and again."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import DatabaseError

from ulak.errors import Text
from ulak_server.asides import services
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.environment import Environment
from ulak_server.operations.examination.finding import Finding, Level, found, well

__all__ = ["asides"]

_WELL = Text("hiçbir mükellefin işi kenarda değil", "no taxpayer's work is put aside")
_SHOWN = 5


def asides(_: Environment) -> Iterator[Finding]:
    """What is put aside, and since when."""
    try:
        with scoped(Role.OPERATOR):
            standing = services.standing()
    except DatabaseError:
        return
    if not standing:
        yield well("asides", _WELL)
        return
    detail = ", ".join(f"{one.station} {one.taxpayer} ({one.reason})" for one in standing[:_SHOWN])
    count = len({one.taxpayer for one in standing})
    yield found(Level.WARNING, "asides", "doctor.aside", count=count, detail=detail)
