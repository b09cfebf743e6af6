"""Wrong attempts, counted so that guessing is slow wherever a password or a code is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from ulak_server import clock
from ulak_server.audit import services as audit
from ulak_server.audit.services import Entry
from ulak_server.database.roles import Role
from ulak_server.database.scope import scoped
from ulak_server.people import limits
from ulak_server.people.limits import Rate, bucket_of
from ulak_server.people.problems import problem

__all__ = ["Counts", "by_code", "by_password", "count_wrong", "refuse_if_locked"]

Counts = Sequence[tuple[str, Rate]]
"""Buckets that an attempt counts in."""
_BY_ADDRESS: Final = Rate(10, timedelta(minutes=15))
"""Wrong passwords for one e-mail address, whoever gives them."""
_BY_ORIGIN: Final = Rate(50, timedelta(minutes=15))
"""Wrong passwords from one network address, for whomever."""
_BY_CODE: Final = Rate(10, timedelta(hours=1))
"""Wrong codes of one person, over all sessions."""


def by_password(email: str, origin: str | None = None) -> Counts:
    """Where a wrong password counts; without an origin by the e-mail address alone."""
    of_origin = () if origin is None else ((bucket_of("password-from", origin), _BY_ORIGIN),)
    return ((bucket_of("password", email), _BY_ADDRESS), *of_origin)


def by_code(user: int) -> Counts:
    """Where a person's wrong code counts."""
    return ((bucket_of("code", str(user)), _BY_CODE),)


def refuse_if_locked(counts: Counts) -> None:
    """Refuse whoever guessed too often, in the running transaction.

    Raises:
        TooMany: ``people.locked``.
    """
    for bucket, rate in counts:
        if seconds := limits.used_up(bucket, rate):
            raise problem("people.locked", seconds=seconds)


def count_wrong(counts: Counts, user: int | None, what: str, origin: str) -> None:
    """Count a wrong attempt and write it into the timeline, in a transaction of its own."""
    with scoped(Role.WEB):
        for bucket, rate in counts:
            limits.take(bucket, rate._replace(limit=rate.limit * 1000))
        facts = {} if user is None else {"user": user}
        audit.record([Entry(what, clock.now(), origin=origin, facts=facts)])
