"""Which rows about people the running transaction sees, besides those of the taxpayers in scope."""

from __future__ import annotations

import hashlib

from django.db import connection

__all__ = ["digest_of", "see"]


def see(*, user: int | None = None, email: str = "", session: str = "") -> None:
    """Let the running transaction see a person's own rows: of that id, of that address, or of that session.

    Args:
        session: the digest of its token.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('ulak.user', %s, true), set_config('ulak.email', %s, true),"
            " set_config('ulak.session', %s, true)",
            ["" if user is None else str(user), email, session],
        )


def digest_of(token: str) -> str:
    """What is kept of a token: tokens are long and random, so that one round does."""
    return hashlib.sha256(token.encode()).hexdigest()
