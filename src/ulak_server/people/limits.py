"""How often something may be done: counts in the database, so that all processes count together."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from django.db import connection

from ulak_server import clock
from ulak_server.people.models import Limit
from ulak_server.people.problems import problem

__all__ = ["Rate", "bucket_of", "forgive", "take", "tidy_limits", "used_up"]

_TAKE: Final = """
INSERT INTO people_limit AS l (bucket, since, used) VALUES (%(bucket)s, %(now)s, 1)
ON CONFLICT (bucket) DO UPDATE SET
    used = CASE WHEN l.since > %(start)s THEN l.used + 1 ELSE 1 END,
    since = CASE WHEN l.since > %(start)s THEN l.since ELSE excluded.since END
RETURNING used, since
"""
_LONGEST: Final = timedelta(days=1)


class Rate(NamedTuple):
    """So often in a stretch of time that begins with the first."""

    limit: int
    per: timedelta


def take(bucket: str, rate: Rate) -> None:
    """Count one more, in the running transaction: commit it also where what is counted fails.

    Raises:
        TooMany: ``people.too-many``.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"bucket": bucket, "now": now, "start": now - rate.per})
        used, since = cursor.fetchone()
    if used > rate.limit:
        per = round(rate.per.total_seconds())
        raise problem("people.too-many", limit=rate.limit, per=per, seconds=_seconds(since + rate.per - now))


def used_up(bucket: str, rate: Rate) -> int:
    """For how many seconds no more is allowed; 0 if it is."""
    now = clock.now()
    found = Limit.objects.filter(bucket=bucket, since__gt=now - rate.per, used__gte=rate.limit).first()
    return _seconds(found.since + rate.per - now) if found else 0


def forgive(bucket: str) -> None:
    """Begin to count anew."""
    Limit.objects.filter(bucket=bucket).delete()


def tidy_limits(before: datetime | None = None) -> int:
    """Forget counts that are over; how many."""
    return Limit.objects.filter(since__lt=before or clock.now() - _LONGEST).delete()[0]


def bucket_of(what: str, whom: str) -> str:
    """The name of a count that does not tell whose it is.

    >>> bucket_of("sign-in", "a@b.example")
    'sign-in:ebb18a030bf15174'
    """
    return f"{what}:{hashlib.sha256(whom.lower().encode()).hexdigest()[:16]}"


def _seconds(left: timedelta) -> int:
    return max(1, round(left.total_seconds()))
