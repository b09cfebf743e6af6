"""What is over is forgotten: counts, sessions that ended long ago."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ulak_server import clock
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people.limits import tidy_limits
from ulak_server.people.models import Session

__all__ = ["tidy"]

_KEPT: Final = timedelta(days=30)


def tidy() -> int:
    """Forget what is over, in a transaction of its own; how many rows. To be called once a day."""
    with scoped(Role.PIPELINE):
        sessions, _ = Session.objects.filter(expires_at__lt=clock.now() - _KEPT).delete()
        return sessions + tidy_limits()
