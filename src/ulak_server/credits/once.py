"""What operators send is done once, however often it is sent; in the caller's transaction and scope."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, NamedTuple

from django.db import connection

from ulak_server import clock
from ulak_server.credits.account import By
from ulak_server.credits.operating import check_text, locked_or_opened
from ulak_server.credits.problems import problem
from ulak_server.formats import day_text

__all__ = ["Done", "by_key", "forget_sent", "is_first"]

_KEPT: Final = timedelta(days=30)
_ONCE: Final = """
INSERT INTO credits_once (taxpayer_id, key, made_at) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING RETURNING key
"""
_KEYED: Final = "SELECT made_at, balance, content FROM credits_once WHERE taxpayer_id = %s AND key = %s"
_KEEP: Final = "INSERT INTO credits_once (taxpayer_id, key, made_at, balance, content) VALUES (%s, %s, %s, %s, %s)"


class Done(NamedTuple):
    """What was done under a key.

    Attributes:
        balance: after it.
        is_again: whether it had been done before, and was not done now.
    """

    at: datetime
    balance: Decimal
    is_again: bool = False


def is_first(taxpayer: int, mark: str, sent: Sequence[str]) -> bool:
    """Whether something is sent for the first time; False if it was done already, in the last month.

    Call it in the transaction that does it: what fails may be sent again. Who sends the same at the same moment waits
    for the other.

    Args:
        mark: of the form from which it is sent; empty: it is always the first time.
        sent: what stands in it: changed, it is something else.
    """
    if not mark:
        return True
    with connection.cursor() as cursor:
        cursor.execute(_ONCE, [taxpayer, _digest([mark, *sent]), clock.now()])
        return cursor.fetchone() is not None


def by_key(taxpayer: int, key: str, sent: Sequence[str], do: Callable[[], Decimal]) -> Done:
    """Do something to a taxpayer's account under a key of the caller's, or tell what was done under it before.

    Args:
        key: unique for the taxpayer, for good.
        sent: what is to be done, in the words of the caller.
        do: does it; the balance after it.

    Raises:
        CreditsError: ``credits.key-twice``: something else was done under it; ``credits.text``; whatever ``do`` raises.
    """
    check_text(key=key)
    # No digest looks like it, so that a form's mark is never taken for a key.
    kept, content = f"key:{key}", _digest(sent)
    # Who sends the same at the same moment waits here.
    locked_or_opened(taxpayer, By(clock.now()))
    with connection.cursor() as cursor:
        cursor.execute(_KEYED, [taxpayer, kept])
        before = cursor.fetchone()
        if before is not None:
            at, balance, was = before
            if was != content:
                raise problem("credits.key-twice", where="/key", key=key, day=day_text(at))
            return Done(at, balance, is_again=True)
        done = Done(clock.now(), do())
        cursor.execute(_KEEP, [taxpayer, kept, done.at, done.balance, content])
    return done


def forget_sent() -> None:
    """Forget what was sent from a form more than a month ago, and no key; in a worker's scope."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM credits_once WHERE made_at < %s AND content IS NULL", [clock.now() - _KEPT])


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
